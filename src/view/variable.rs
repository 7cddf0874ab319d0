//! Variables that the code sets first, and reads in place of a text of the request: `base-url`, `var`.

use super::environment::{self, Variable};
use super::options::Options;
use crate::diagnostic::Diagnostic;
use crate::language::Client;
use crate::literal::{VariableStyle, mark_variable};
use crate::request::Message;

/// The words of the variable of `base-url`.
pub(super) const BASE_URL: &str = "base_url";

/// The variables of the code, and what is told of those that it does not have. `url` is the URL that
/// the snippet asks for.
pub(super) fn find(
    message: &Message<'_>,
    url: &str,
    client: &Client,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    let Some(style) = client.variable.as_ref().filter(|_| options.sets_variables) else {
        return found;
    };
    let has_marks = environment::holds_marks(message.source);
    for (option, text) in &options.given {
        if !client.options.contains_key(option) {
            continue;
        }
        let (words, value) = match option.as_str() {
            "base-url" if text.is_empty() => (BASE_URL, origin_of(url)),
            "base-url" => (BASE_URL, text.as_str()),
            "var" => text.split_once(':').unwrap_or((text, "")),
            _ => continue,
        };
        let is_there = match option.as_str() {
            "base-url" => url.starts_with(value),
            _ => environment::is_in(&message.request, value),
        };
        if has_marks || options.unread.iter().any(|unread| unread == words) || !is_there {
            diagnostics.push(unused(client, option, words, is_there));
        } else if !found.iter().any(|known| known.value == value) {
            let name = choose_name(style, (words, value), &found, options);
            found.push(Variable {
                name,
                source: option.clone(),
                value: value.to_owned(),
                words: words.to_owned(),
            });
        }
    }
    let (mut all, rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|it| it.source == "base-url");
    all.extend(rest);
    all
}

/// The variables as the code reads them. Where it is only to set them, it reads others, which nothing sets.
pub(super) fn as_read(variables: &[Variable], options: &Options) -> Vec<Variable> {
    let end = if options.only_sets_variables { "_" } else { "" };
    let read = |it: &Variable| Variable { name: format!("{}{end}", it.name), ..it.clone() };
    variables.iter().map(read).collect()
}

fn unused(client: &Client, option: &str, words: &str, is_there: bool) -> Diagnostic {
    let message = match (option, is_there) {
        ("base-url", false) => "the URL of the request does not begin with the base URL".to_owned(),
        (_, false) => format!("the request does not have the text of the variable `{words}`"),
        (_, true) => format!("the code for {} has no place for `{words}`", client.title),
    };
    Diagnostic::note("option-unused", message)
}

/// The scheme and the authority.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    &url[..end]
}

/// A name as the language writes constants, which the code does not have for anything else.
fn choose_name(
    style: &VariableStyle,
    (words, value): (&str, &str),
    found: &[Variable],
    options: &Options,
) -> String {
    // A value that has the name in it is what the variable takes the place of.
    let code = options.code_without.replace(value, "");
    let is_free = |name: &String| {
        !style.reserved.contains(name)
            && !found.iter().any(|known| known.name == *name)
            && count_words(&code, name) == 0
    };
    let name = style.case.write(words);
    if is_free(&name) {
        return name;
    }
    let mut numbered = (2..=u32::MAX).map(|number| style.case.write(&format!("{words}_{number}")));
    numbered.find(is_free).unwrap_or(name)
}

/// How often a name is in the code, not as a part of a longer one.
pub(crate) fn count_words(code: &str, name: &str) -> usize {
    let is_inside = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let bytes = code.as_bytes();
    let is_whole = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        !before.is_some_and(is_inside) && !bytes.get(at + name.len()).is_some_and(is_inside)
    };
    memchr::memmem::find_iter(bytes, name).filter(is_whole).count()
}

/// The mark of the variable that the URL begins with, and what follows.
pub(super) fn split_base<'u>(url: &'u str, variables: &[Variable]) -> (String, &'u str) {
    let base = variables.iter().find(|it| it.source == "base-url");
    base.and_then(|base| Some((mark_variable(&base.name), url.strip_prefix(&*base.value)?)))
        .unwrap_or((String::new(), url))
}

#[cfg(test)]
mod tests {
    use super::{count_words, origin_of};

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        for (url, origin) in [
            ("https://h.example/a?b", "https://h.example"),
            ("http://h:80", "http://h:80"),
            ("http://h?x=/", "http://h"),
        ] {
            assert_eq!(origin_of(url), origin);
        }
    }

    #[test]
    fn a_name_within_another_does_not_count() {
        assert_eq!(count_words("A = 1; BA(A_); A", "A"), 2);
        assert_eq!(count_words("", "A"), 0);
    }
}
