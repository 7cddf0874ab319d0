//! Requests as source code has them in its comments: behind the same mark in each line, or as inline code
//! of Markdown.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::grammar::space::count_start;

use super::detect;
use super::layer::lines;
use super::prompt;
use super::text::Text;

/// What line comments begin with, in one language or another.
const MARKS: [&str; 7] = ["///", "//!", "//", "#", "--", ";", "*"];

/// The request without the marks that each of its lines begins with, and the place of the first mark.
///
/// A comment may be within another one. Of the white space behind a mark each line loses as much as the
/// first one has.
pub(super) fn take_off(bytes: &[u8]) -> Option<(Text, Span)> {
    let is_blank = |line: &Range<usize>| bytes[line.clone()].trim_ascii().is_empty();
    let first = lines(bytes).find(|line| !is_blank(line))?;
    let mut marks: Vec<Mark> = Vec::new();
    let mut begins = first.start;
    while !begins_request(&bytes[begins..first.end]) {
        let mark = Mark::at_start_of(&bytes[begins..first.end])?;
        begins += mark.length(&bytes[begins..first.end])?;
        marks.push(mark);
    }
    if marks.is_empty() {
        return None;
    }
    let mut text = Text::default();
    for line in lines(bytes).skip_while(|line| line.start < first.start) {
        let mut start = line.start;
        if !is_blank(&line) {
            for mark in &marks {
                start += mark.length(&bytes[start..line.end])?;
            }
        }
        text.push_input(bytes, start..line.end);
    }
    Some((text, Span::new(first.start, begins)))
}

fn begins_request(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    // `*` and `#` would pass for methods.
    let is_mark = |word: &[u8]| MARKS.iter().any(|mark| mark.as_bytes() == word);
    !line.split(u8::is_ascii_whitespace).next().is_some_and(is_mark)
        && (prompt::begins_curl(line) || detect::begins_request(line))
}

/// What a line begins with, as the first line has it.
struct Mark {
    text: &'static str,
    /// The white space behind it.
    blanks: usize,
}

impl Mark {
    fn at_start_of(line: &[u8]) -> Option<Self> {
        let line = line.trim_ascii_start();
        let text = MARKS.into_iter().find(|mark| line.starts_with(mark.as_bytes()))?;
        Some(Self { text, blanks: count_start(&line[text.len()..]) })
    }

    /// The length of the mark in this line, with what is before it and the white space behind it; none
    /// where the line does not begin with it.
    fn length(&self, line: &[u8]) -> Option<usize> {
        let before = count_start(line);
        let rest = line[before..].strip_prefix(self.text.as_bytes())?;
        Some(before + self.text.len() + count_start(rest).min(self.blanks))
    }
}

/// The command that is inline code of Markdown (<https://spec.commonmark.org/0.31.2/#code-spans>) as a
/// whole, and the place of the first mark.
pub(super) fn take_off_inline_code(bytes: &[u8]) -> Option<(Text, Span)> {
    let start = bytes.len() - bytes.trim_ascii_start().len();
    let end = bytes.trim_ascii_end().len();
    let span = bytes.get(start..end)?;
    let marks = span.iter().take_while(|byte| **byte == b'`').count();
    let within = span.get(marks..span.len().checked_sub(marks)?)?;
    let is_closed = span[marks + within.len()..].iter().all(|byte| *byte == b'`');
    if marks == 0 || !is_closed || within.contains(&b'`') || !begins_request(within) {
        return None;
    }
    let text = Text::of(bytes, start + marks..end - marks);
    Some((text, Span::new(start, start + marks)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> Option<String> {
        take_off(text.as_bytes()).map(|(text, _)| text.lossy())
    }

    #[test]
    fn comment_marks_are_taken_off() {
        for (text, expected) in [
            ("# curl a\n", "curl a\n"),
            ("\n  // curl a \\\n  //   -H 'b: c'\n", "curl a \\\n  -H 'b: c'\n"),
            ("//  // curl a \\\n//  // -d b\n", "curl a \\\n-d b\n"),
            (
                " * PUT /a HTTP/1.1\n * Host: b\n *\n * {\n *   \"c\": 1\n * }",
                "PUT /a HTTP/1.1\nHost: b\n\n{\n  \"c\": 1\n}",
            ),
            ("--\tGET http://a/\n\n--b: c", "GET http://a/\n\nb: c"),
            ("/// curl a\n///\n", "curl a\n\n"),
        ] {
            assert_eq!(without(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_comment_stays() {
        for text in [
            "curl a",
            "# about\n# curl a\n",
            "# curl a\ncurl b\n",
            "### a\nGET http://a/\n",
            "* b: c\n",
            "//",
        ] {
            assert_eq!(without(text), None, "{text}");
        }
    }

    #[test]
    fn inline_code_is_taken_off_where_it_is_all() {
        let within =
            |text: &str| take_off_inline_code(text.as_bytes()).map(|(text, _)| text.lossy());
        assert_eq!(within(" `curl a`\n").as_deref(), Some("curl a"));
        assert_eq!(within("``curl a``").as_deref(), Some("curl a"));
        for text in ["`", "``", "`ls`", "`curl a` `curl b`", "`curl a", "curl `a`"] {
            assert_eq!(within(text), None, "{text}");
        }
    }
}
