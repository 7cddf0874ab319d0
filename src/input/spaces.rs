//! No-break spaces (U+00A0) where a message has spaces: pages write them to keep the width of code, and
//! they are copied.

use crate::diagnostic::{Diagnostic, Span};

use super::code;
use super::curl;
use super::detect::is_request_line;
use super::http_file;
use super::layer::lines;
use super::text::Text;

const NO_BREAK: &[u8] = "\u{a0}".as_bytes();

/// The text with spaces in place of all its no-break spaces, where its head can only be read so, and
/// what is to be told of it.
pub(super) fn restore(bytes: &[u8]) -> Option<(Text, Diagnostic)> {
    let first = memchr::memmem::find(bytes, NO_BREAK)?;
    if !is_needed(bytes) {
        return None;
    }
    let mut text = Text::default();
    let mut count = 0;
    for line in lines(bytes) {
        let mut at = line.start;
        // A line of such spaces only is the empty line that it looks like.
        let is_empty = with_spaces(&bytes[line.clone()]).trim_ascii().is_empty();
        for found in memchr::memmem::find_iter(&bytes[line.clone()], NO_BREAK) {
            let found = line.start + found;
            if !is_empty {
                text.push_input(bytes, at..found);
                text.push(b" ", Span::new(found, found + NO_BREAK.len()));
            }
            at = found + NO_BREAK.len();
            count += 1;
        }
        text.push_input(bytes, at..line.end);
    }
    let said = match count {
        1 => "1 no-break space is read as a space".to_owned(),
        _ => format!("{count} no-break spaces are read as spaces"),
    };
    let warning = Diagnostic::warning(code::NO_BREAK_SPACES, said)
        .with_span(Span::new(first, first + NO_BREAK.len()))
        .with_help("replace U+00A0 by a space: pages write it to keep the layout of code");
    Some((text, warning))
}

/// Whether no-break spaces are between the words of the first line, between the name and the value
/// of a field, or on the line that ends the header section.
fn is_needed(bytes: &[u8]) -> bool {
    let mut head = lines(bytes).map(|line| &bytes[line]);
    let Some(first) = head.find(|line| !line.trim_ascii().is_empty()) else { return false };
    let begins = |line: &[u8]| {
        let name = line.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        is_request_line(line) || http_file::is_request_line(line) || curl::is_curl(name)
    };
    if !begins(first.trim_ascii()) {
        return has(first) && begins(with_spaces(first).trim_ascii());
    }
    if !is_request_line(first.trim_ascii()) {
        return false;
    }
    for line in head {
        let spaced = with_spaces(line);
        if spaced.trim_ascii().is_empty() {
            return has(line);
        }
        let value = line.iter().position(|byte| *byte == b':').map(|colon| &line[colon + 1..]);
        if value.is_some_and(|value| value.trim_ascii().starts_with(NO_BREAK)) {
            return true;
        }
    }
    false
}

fn has(line: &[u8]) -> bool {
    memchr::memmem::find(line, NO_BREAK).is_some()
}

fn with_spaces(line: &[u8]) -> Vec<u8> {
    let mut spaced = Vec::with_capacity(line.len());
    let mut at = 0;
    for found in memchr::memmem::find_iter(line, NO_BREAK) {
        spaced.extend_from_slice(&line[at..found]);
        spaced.push(b' ');
        at = found + NO_BREAK.len();
    }
    spaced.extend_from_slice(&line[at..]);
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(text: &str) -> Option<String> {
        restore(text.as_bytes()).map(|(text, _)| text.lossy())
    }

    #[test]
    fn spaces_that_only_can_be_meant_are_put_back() {
        for (text, expected) in [
            ("GET\u{a0}/ HTTP/1.1\nHost: a\n", "GET / HTTP/1.1\nHost: a\n"),
            ("\u{a0}\u{a0}GET / HTTP/1.1\n", "  GET / HTTP/1.1\n"),
            ("GET / HTTP/1.1\nHost:\u{a0}a\n", "GET / HTTP/1.1\nHost: a\n"),
            (
                "PUT / HTTP/1.1\nHost: a\n\u{a0}\n{\n\u{a0}\u{a0}\"b\": 1}",
                "PUT / HTTP/1.1\nHost: a\n\n{\n  \"b\": 1}",
            ),
            ("curl\u{a0}-X\u{a0}PUT a", "curl -X PUT a"),
        ] {
            assert_eq!(restored(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn those_of_values_and_bodies_are_data() {
        for text in [
            "GET / HTTP/1.1\nHost: a\nX-A: 10\u{a0}EUR\n",
            "PUT / HTTP/1.1\nHost: a\n\n10\u{a0}EUR\n",
            "curl -d '10\u{a0}EUR' a",
            "10\u{a0}EUR",
        ] {
            assert_eq!(restored(text), None, "{text}");
        }
    }
}
