//! `{{name}}`, `$NAME` and `/:name`: variables of request files and shells, which a raw message does not have.

use std::ops::Range;

use super::{code, place_in_body};
use crate::diagnostic::{Diagnostic, Span, show};
use crate::request::Request;

/// More than so many are not told: the reader has understood.
const MOST: usize = 5;

/// How far into a body placeholders are looked for, in bytes.
const MOST_BODY: usize = 64 << 10;

/// Warns of each text in the target, in a field or, with braces, in the body that is likely a variable.
pub(super) fn check_placeholders(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Vec<&str> = Vec::new();
    let mut tell = |text, place| {
        if told.len() < MOST && !told.contains(&text) {
            told.push(text);
            found.push(warn(text, place));
        }
    };
    let target = &*request.target;
    for range in braces(target).chain(dollars(target)).chain(colons(target)) {
        tell(&request.target[range.clone()], request.target_place(range));
    }
    for field in &request.headers {
        let Some(value) = field.text() else { continue };
        for range in braces(value).chain(dollars(value)) {
            let place = field.value_span.map(|span| {
                // A folded value is not in one piece.
                let is_whole = span.end - span.start == value.len();
                if is_whole { span.part(range.clone()) } else { span }
            });
            tell(&value[range], place);
        }
    }
    let body = &request.body;
    let start = &body.bytes[..body.bytes.len().min(MOST_BODY)];
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    for range in braces(text) {
        let place = place_in_body(body, range.start);
        let whole = place.filter(|place| place.end > place.start);
        let place = whole.map(|at| Span::new(at.start, at.start + range.len())).or(place);
        tell(&text[range], place);
    }
}

/// `{{name}}`, as request files, Postman and Handlebars write a variable.
fn braces(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), "{{").filter_map(|start| {
        let end = start + 2 + text[start + 2..].find("}}")?;
        is_name(text[start + 2..end].trim_matches(' ')).then_some(start..end + 2)
    })
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// `$NAME` and `${NAME}`, as shells write a variable of the environment.
fn dollars(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'$', text.as_bytes()).filter_map(|start| {
        let rest = &text[start + 1..];
        let (name, extra) = match rest.strip_prefix('{') {
            Some(inner) => (inner.split_once('}')?.0, 3),
            None => (&rest[..rest.find(|c: char| !is_of_name(c)).unwrap_or(rest.len())], 1),
        };
        let is_variable = name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| is_of_name(c) && !c.is_ascii_lowercase());
        is_variable.then_some(start..start + name.len() + extra)
    })
}

/// `:name` as a whole segment of the path, as documentation and routers write a variable.
fn colons(target: &str) -> impl Iterator<Item = Range<usize>> {
    let path = &target[..target.find('?').unwrap_or(target.len())];
    memchr::memmem::find_iter(path.as_bytes(), "/:").filter_map(|slash| {
        let start = slash + 1;
        let end = path[start..].find('/').map_or(path.len(), |length| start + length);
        let name = &path[start + 1..end];
        let is_variable =
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_of_name);
        is_variable.then_some(start..end)
    })
}

const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn warn(text: &str, place: Option<Span>) -> Diagnostic {
    let inner = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let name = if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        inner.replace(|c: char| !is_of_name(c), "_").to_ascii_uppercase()
    } else {
        "VALUE".to_owned()
    };
    let message = format!("`{}` is sent as it is written; it looks like a variable", show(text));
    Diagnostic::warning(code::PLACEHOLDER, message).with_span(place).with_help(format!(
        "write its value, or have the code set it: `-O 'var={name}:{}'`",
        show(text)
    ))
}

#[cfg(test)]
mod tests {
    use super::{braces, colons, dollars};

    #[test]
    fn variables_are_told_from_other_braces_and_dollars() {
        let found = |text: &str| -> Vec<String> {
            braces(text).chain(dollars(text)).map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(found("/{{id}}/{{ a.b-c }}"), ["{{id}}", "{{ a.b-c }}"]);
        assert_eq!(found("k=$API_KEY&${TOKEN}$X1"), ["$API_KEY", "${TOKEN}", "$X1"]);
        let segments = |target: &str| -> Vec<String> {
            colons(target).map(|range| target[range].to_owned()).collect()
        };
        assert_eq!(segments("/a/:id/b/:User_2?c=/:d"), [":id", ":User_2"]);
        assert_eq!(segments("/:a:b/x:get/:/:1/:a-b/:a.b"), [""; 0]);
        for text in [
            "{id}",
            "{{}}",
            "{{7*7}}",
            "{{#if a}}",
            "{{a",
            "$5",
            "$a",
            "$A",
            "$ref",
            "$Name",
            "${A",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
