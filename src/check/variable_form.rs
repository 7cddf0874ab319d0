//! How a variable is written in a text: where each form begins and ends.

use std::ops::Range;

use crate::grammar::percent;

/// Adds `{{name}}`, as request files, Postman and Handlebars write a variable.
pub(super) fn add_braces(text: &str, found: &mut Vec<Range<usize>>) {
    for start in memchr::memmem::find_iter(text.as_bytes(), "{{") {
        let Some(length) = length_before(&text[start + 2..], "}}") else { continue };
        let end = start + 2 + length;
        if is_name(text[start + 2..end].trim_matches(' ')) {
            found.push(start..end + 2);
        }
    }
}

/// How long a text is before a mark, where that is as near as the end of a name.
fn length_before(text: &str, mark: &str) -> Option<usize> {
    let near = &text.as_bytes()[..text.len().min(MAX_NAME + mark.len())];
    memchr::memmem::find(near, mark.as_bytes())
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// Adds `$NAME` and `${NAME}`, as shells write a variable of the environment.
pub(super) fn add_dollars(text: &str, found: &mut Vec<Range<usize>>) {
    for start in memchr::memchr_iter(b'$', text.as_bytes()) {
        found.extend(dollar_at(text, start));
    }
}

fn dollar_at(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = &text[start + 1..];
    let (name, extra) = match rest.strip_prefix('{') {
        Some(inner) => (&inner[..length_before(inner, "}")?], 3),
        None => (&rest[..rest.find(|c: char| !is_of_name(c)).unwrap_or(rest.len())], 1),
    };
    let is_variable = name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| is_of_name(c) && !c.is_ascii_lowercase());
    is_variable.then_some(start..start + name.len() + extra)
}

/// Adds `:name` as a whole segment of the path, as documentation and routers write a variable.
pub(super) fn add_colons(target: &str, found: &mut Vec<Range<usize>>) {
    let path = &target[..target.find('?').unwrap_or(target.len())];
    for slash in memchr::memmem::find_iter(path.as_bytes(), "/:") {
        let start = slash + 1;
        let end = path[start..].find('/').map_or(path.len(), |length| start + length);
        let name = &path[start + 1..end];
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_of_name) {
            found.push(start..end);
        }
    }
}

const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// A pair of marks around a name, as they are written and in percent-encoding, which readers of URLs apply.
const MARKS: [(&str, &str); 4] = [("{", "}"), ("%7B", "%7D"), ("<", ">"), ("%3C", "%3E")];

/// Adds `{name}` and `<name>`, as documents write a variable, where `is_meant`. Two braces are another form, and so is
/// `$` with capitals.
pub(super) fn add_marks(
    text: &str,
    is_meant: &dyn Fn(&Range<usize>) -> bool,
    found: &mut Vec<Range<usize>>,
) {
    let mut from = 0;
    while let Some(at) = memchr::memchr3(b'{', b'<', b'%', &text.as_bytes()[from..]) {
        let start = from + at;
        from = start + 1;
        if let Some(mark) = mark_at(text, start) {
            from = mark.end;
            if is_meant(&mark) {
                found.push(mark);
            }
        }
    }
}

/// Whether a mark in a target is a variable: anywhere in its path, and as a value, or a part of one, in its query. What
/// GraphQL asks for is in braces too, and in brackets stands HTML that somebody tries.
pub(super) fn is_meant_in_target(target: &str, mark: &Range<usize>) -> bool {
    let query = memchr::memchr(b'?', target.as_bytes()).unwrap_or(target.len());
    let is_in_braces = !target[mark.clone()].ends_with(['>', 'E', 'e']);
    mark.start < query && is_in_braces
        || is_delimited(target, mark) && !target[..mark.start].ends_with("query=")
}

/// Whether a mark in JSON is a variable: a string that is nothing else.
pub(super) fn is_meant_in_json(text: &str, mark: &Range<usize>) -> bool {
    text[..mark.start].ends_with('"') && text[mark.end..].starts_with('"')
}

/// Whether nothing but quotes stands beside the mark.
pub(super) fn is_whole(value: &str, mark: &Range<usize>) -> bool {
    let is_empty = |text: &str| text.trim_matches(['"', '\'']).is_empty();
    is_empty(&value[..mark.start]) && is_empty(&value[mark.end..])
}

/// Whether a mark is a whole word: what stands beside it divides words, as it is or in percent-encoding.
fn is_delimited(text: &str, mark: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let (before, behind) = (&bytes[..mark.start], &bytes[mark.end..]);
    let escaped = before.len().checked_sub(3).and_then(|at| percent::decode_first(&before[at..]));
    let before = escaped.or(before.last().copied());
    let behind = percent::decode_first(behind).or(behind.first().copied());
    [before, behind].into_iter().flatten().all(|byte| b"/?&=;,.:'\"()|+-_ ".contains(&byte))
}

/// How long a name between marks may be, in bytes.
const MAX_NAME: usize = 64;

/// The mark that begins at a place, if one does.
fn mark_at(text: &str, start: usize) -> Option<Range<usize>> {
    let begins = |at: usize, mark: &str| {
        let bytes = text.as_bytes().get(at..at + mark.len());
        bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let (open, close) = MARKS.iter().find(|(open, _)| begins(start, open))?;
    let inner = start + open.len();
    // JSON has a quote there, or white space.
    let first = text.as_bytes().get(inner)?;
    if b"\"\r\n}>".contains(first) {
        return None;
    }
    let end = (inner..inner + MAX_NAME).find(|at| begins(*at, close))?;
    let is_doubled = start.checked_sub(open.len()).is_some_and(|before| begins(before, open))
        || begins(end + close.len(), close);
    let start = if text[..start].ends_with('$') { start - 1 } else { start };
    let mark = start..end + close.len();
    // `${NAME}` is a form of its own.
    let is_mark = !is_doubled
        && is_words(
            &percent::decode(&text.as_bytes()[inner..end]),
            *close == "}" || *close == "%7D",
        )
        && (!text[start..].starts_with('$') || dollar_at(text, start).is_none());
    is_mark.then_some(mark)
}

/// Whether a text between marks is a name in words: `id`, `site-name`, `id | name`, and `?page,size` of a URI template
/// (RFC 6570 §2.2).
fn is_words(text: &[u8], is_in_braces: bool) -> bool {
    let name = match text.trim_ascii_start() {
        [b'?' | b'&' | b'/' | b'+' | b'.' | b';' | b'#', name @ ..] if is_in_braces => name,
        name => name,
    };
    name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.,|* ".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::{
        add_braces, add_colons, add_dollars, add_marks, is_meant_in_json, is_meant_in_target,
    };
    use std::ops::Range;

    /// The texts that something adds the places of.
    fn texts(text: &str, add: impl Fn(&str, &mut Vec<Range<usize>>)) -> Vec<&str> {
        let mut found = Vec::new();
        add(text, &mut found);
        found.into_iter().map(|range| &text[range]).collect()
    }

    fn meant(text: &str, is_meant: fn(&str, &Range<usize>) -> bool) -> Vec<&str> {
        texts(text, |text, found| add_marks(text, &|mark| is_meant(text, mark), found))
    }

    fn marks(text: &str) -> Vec<&str> {
        meant(text, |_, _| true)
    }

    #[test]
    fn variables_are_told_from_other_braces_and_dollars() {
        let found = |text| {
            texts(text, |text, found| {
                add_braces(text, found);
                add_dollars(text, found);
            })
        };
        assert_eq!(found("/{{id}}/{{ a.b-c }}"), ["{{id}}", "{{ a.b-c }}"]);
        assert_eq!(found("k=$API_KEY&${TOKEN}$X1"), ["$API_KEY", "${TOKEN}", "$X1"]);
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

    #[test]
    fn a_segment_of_a_router_is_whole() {
        let found = |text| texts(text, add_colons);
        assert_eq!(found("/a/:id/b/:User_2?c=/:d"), [":id", ":User_2"]);
        assert_eq!(found("/:a:b/x:get/:/:1/:a-b/:a.b"), [""; 0]);
    }

    #[test]
    fn a_mark_has_words_in_it() {
        for (text, expected) in [
            ("Bearer {token}", &["{token}"][..]),
            ("Bearer <your token>", &["<your token>"]),
            ("{a}{b-c}<d.e>", &["{a}", "{b-c}", "<d.e>"]),
            ("%7Bid%7D %3cname%3e", &["%7Bid%7D", "%3cname%3e"]),
            ("%7Bid%20%7C%20name%7D", &["%7Bid%20%7C%20name%7D"]),
            ("${id}", &["${id}"]),
            ("{?page,size}{&sort*}", &["{?page,size}", "{&sort*}"]),
            ("{ id }", &["{ id }"]),
        ] {
            assert_eq!(marks(text), expected, "{text}");
        }
        for text in [
            "{}",
            "{1}",
            "{{id}}",
            "%7B%7Bid%7D%7D",
            "${ID}",
            "{\"a\":1}",
            "%7B%22a%22%3A1%7D",
            "<a@b.example>",
            "<urn:x>",
            "<https://a.example>",
            "{id",
            "<",
            "{",
            "%7B",
            "%",
            "{a:b}",
            "{é}",
            "<!-->",
        ] {
            assert_eq!(marks(text), [""; 0], "{text}");
        }
        let long = "a".repeat(64);
        assert_eq!(marks(&format!("{{{long}}}")), [""; 0]);
        assert_eq!(marks(&format!("{{{}}}", &long[1..]))[0].len(), 65);
    }

    #[test]
    fn a_mark_in_json_is_a_whole_string() {
        let found = |text| meant(text, is_meant_in_json);
        assert_eq!(found(r#"{"id": "{user id}", "n": ["<string>"]}"#), ["{user id}", "<string>"]);
        assert_eq!(found(r#"{"a": "<b>c</b>", "d": "{e} f", "g": "{}", "h": "{{i}}"}"#), [""; 0]);
    }

    #[test]
    fn a_mark_in_a_query_is_a_word_of_it() {
        let found = |text| meant(text, is_meant_in_target);
        for (target, expected) in [
            ("/users/{id}.json", &["{id}"][..]),
            ("/r(date={date})/%7Ba%7D-x", &["{date}", "%7Ba%7D"]),
            ("/a/<id>/b", &["<id>"]),
            ("/a{?page,size}", &["{?page,size}"]),
            ("/a?b={c}&d='{e}'", &["{c}", "{e}"]),
            ("/a?b=%27%7Bc%7D%27&d=%3Ce%3E", &["%7Bc%7D", "%3Ce%3E"]),
        ] {
            assert_eq!(found(target), expected, "{target}");
        }
        for target in [
            "/a?query={hero}",
            "/a?q={hero{name}}",
            "/a?b=x{c}",
            "/a/<b>c",
            "/a?b=<script>alert(1)</script>",
            "/a?b={\"c\":1}",
            "/search<1>?a=1",
        ] {
            assert_eq!(found(target), [""; 0], "{target}");
        }
    }
}
