//! What Jersey's `LoggingFeature` and Karate write: `1 > POST http://…`, a line with such a number for each field, and
//! the body as it is.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::grammar::Scheme;

use super::super::compose::Parts;
use super::super::draft::Draft;
use super::super::http_file::known_method;
use super::super::layer::lines;
use super::super::text::Text;
use super::super::url::{Unencoded, Url};
use super::{has_time, is_field};

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
    let mut rest = lines(bytes).peekable();
    while let Some(first) = rest.next() {
        if !begins(&bytes[first.clone()]) {
            continue;
        }
        let mut fields = Vec::new();
        while let Some(line) =
            rest.next_if(|line| content_of(&bytes[line.clone()], b" > ").is_some())
        {
            fields.push(content_range(bytes, &line));
        }
        let mut body = Vec::new();
        let mut is_after_empty = false;
        while let Some(line) = rest.next_if(|line| !is_other(&bytes[line.clone()], is_after_empty))
        {
            is_after_empty = bytes[line.clone()].trim_ascii().is_empty();
            body.push(line);
        }
        drafts.push(read_request(bytes, &first, fields, &body));
    }
    drafts
}

/// Whether a line is none of a body: of a response, or one that the logger begins behind an empty line.
fn is_other(line: &[u8], is_after_empty: bool) -> bool {
    let is_numbered =
        [&b" > "[..], b" < ", b" * "].iter().any(|mark| content_of(line, mark).is_some());
    is_numbered || is_after_empty && line[0].is_ascii_alphanumeric() && has_time(line)
}

fn content_range(bytes: &[u8], line: &Range<usize>) -> Range<usize> {
    let text = bytes[line.clone()].trim_ascii_end();
    line.start + content_of(text, b" > ").unwrap_or(text.len())..line.start + text.len()
}

fn read_request(
    bytes: &[u8],
    first: &Range<usize>,
    fields: Vec<Range<usize>>,
    body: &[Range<usize>],
) -> Draft {
    let line = Text::of(bytes, content_range(bytes, first));
    let (method, url) = line.split_once(b' ').unwrap_or_default();
    let span = Span::new(first.start, first.end);
    let raw = Url::split(&url.trim(), Scheme::Http, Unencoded::Standard).map(|url| {
        let lines = fields.into_iter().filter(|line| is_field(&bytes[line.clone()]));
        let fields = lines.filter_map(|line| Text::of(bytes, line).split_once(b':'));
        let fields = fields.map(|(name, value)| (name, value.trim())).collect();
        let body = body_of(bytes, body);
        Parts { method, url, fields, body, place: span, diagnostics: Vec::new() }
    });
    let title = raw.as_ref().map_or_else(|_| String::new(), Parts::title);
    Draft { name: None, title, span, raw: raw.and_then(Parts::write) }
}

/// The body without the line end that the logger adds, and the empty line behind it.
fn body_of(bytes: &[u8], lines: &[Range<usize>]) -> Option<Text> {
    let (first, last) = (lines.first()?, lines.last()?);
    let mut range = first.start..last.end;
    for _ in 0..2 {
        let text = &bytes[range.clone()];
        let Some(shorter) = text.strip_suffix(b"\n") else { break };
        range.end = range.start + shorter.strip_suffix(b"\r").unwrap_or(shorter).len();
    }
    (!range.is_empty()).then(|| Text::of(bytes, range))
}
