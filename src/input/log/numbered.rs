//! What Jersey's `LoggingFeature` and Karate write: `1 > POST http://…`, a line with such a number for each field, and
//! the body as it is.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::grammar::line_end;

use super::super::draft::Draft;
use super::super::http_file::known_method;
use super::super::text::Text;
use super::lines::Lines;
use super::{draft_of_parts, has_time, parts_of};

/// Where a line has what was sent, behind its number and mark.
fn content_of(line: &[u8], mark: &[u8]) -> Option<usize> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_it = digits > 0 && line[digits..].starts_with(mark);
    is_it.then_some(digits + mark.len())
}

/// Whether a line is the first one of a request.
pub(super) fn begins(line: &[u8]) -> bool {
    let Some(start) = content_of(line, b" > ") else { return false };
    let mut words = line[start..].split(u8::is_ascii_whitespace);
    words.next().is_some_and(|method| known_method(method).is_some())
        && words.next().is_some_and(|url| url.starts_with(b"http"))
}

/// The requests of a log.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut lines = Lines::of(bytes);
    while let Some(first) = lines.skip_to(begins) {
        let mut fields = Vec::new();
        while let Some(start) = lines.next_text().and_then(|line| content_of(line, b" > ")) {
            let place = lines.place(lines.at);
            fields.push(place.start + start..place.end);
            lines.at += 1;
        }
        let start = lines.whole(lines.at).start;
        let mut is_after_empty = false;
        while let Some(line) = lines.next_text().filter(|line| !is_other(line, is_after_empty)) {
            is_after_empty = line.is_empty();
            lines.at += 1;
        }
        let body = start..lines.whole(lines.at).start;
        let place = lines.place(first);
        let start = content_of(lines.text(first), b" > ").unwrap_or_default();
        let mut parts = parts_of(bytes, place.start + start..place.end, &fields);
        if let Ok(parts) = &mut parts {
            parts.body = body_of(bytes, body);
        }
        drafts.push(draft_of_parts(parts, Span::new(place.start, place.end)));
    }
    drafts
}

/// Whether a line is none of a body: of a response, or one that the logger begins behind an empty line.
fn is_other(line: &[u8], is_after_empty: bool) -> bool {
    let is_numbered =
        [&b" > "[..], b" < ", b" * "].iter().any(|mark| content_of(line, mark).is_some());
    is_numbered
        || is_after_empty && line.first().is_some_and(u8::is_ascii_alphanumeric) && has_time(line)
}

/// The body without the line end that the logger adds, and the empty line behind it.
fn body_of(bytes: &[u8], range: Range<usize>) -> Option<Text> {
    let body = line_end::strip(line_end::strip(&bytes[range.clone()]));
    (!body.is_empty()).then(|| Text::of(bytes, range.start..range.start + body.len()))
}
