//! Lines that a document wraps (RFC 8792), so that they fit its width: `\` is at the end of a line, and its
//! rest, indented, on the next one.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::space::count_start;

use super::code;
use super::detect::is_request_line;
use super::http_file;
use super::layer::lines;
use super::text::Text;

/// How the lines are wrapped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strategy {
    /// `\` at the end of a line (RFC 8792 §7).
    Single,
    /// Also at the beginning of the next one (RFC 8792 §8).
    Double,
    /// Only before a line that is indented.
    Unannounced,
}

/// The text with its lines as they were, and what is to be told of it. Where no header announces that lines are
/// wrapped, only those of a request's header section are: a field value does not end with `\` before its rest.
pub(super) fn unwrap(bytes: &[u8]) -> Option<(Text, Diagnostic)> {
    let is_blank = |line: &Range<usize>| bytes[line.clone()].trim_ascii().is_empty();
    let mut rest = lines(bytes).skip_while(is_blank);
    let first = rest.next()?;
    if let Some(strategy) = announced(&bytes[first.clone()]) {
        let content = rest.find(|line| !is_blank(line))?.start;
        let (text, _) = join(bytes, content..bytes.len(), strategy);
        let message = "lines are wrapped as their header says, and read as they were (RFC 8792)";
        let note = Diagnostic::note(code::READ_AS, message);
        return Some((text, note.with_span(Span::new(first.start, first.end))));
    }
    let begins = |line: &[u8]| is_request_line(line) || http_file::is_request_line(line);
    let line = &bytes[first.clone()];
    let method = line.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let may_begin = wrapped_end(line).is_some() && http_file::known_method(method).is_some();
    if !may_begin && !begins(line) {
        return None;
    }
    let end = rest.find(is_blank).map_or(bytes.len(), |line| line.start);
    // Nearly no message has such a line, and then nothing is copied.
    lines(&bytes[..end]).find(|line| wrapped_end(&bytes[line.clone()]).is_some())?;
    let (mut text, place) = join(bytes, first.start..end, Strategy::Unannounced);
    let request_line = text.bytes().split(|byte| *byte == b'\n').next().unwrap_or_default();
    let place = place.filter(|_| begins(request_line))?;
    text.push_input(bytes, end..bytes.len());
    let message = "lines that end with `\\` are read as one with the next, as RFC 8792 wraps them";
    let warning = Diagnostic::warning(code::LINES_WRAPPED, message).with_span(place);
    Some((text, warning.with_help("write each field on one line, without the `\\`")))
}

/// How lines are wrapped, where a line says that they are: `NOTE: '\' line wrapping per RFC 8792`, with signs around
/// it (RFC 8792 §7.1.1, §8.1.1).
fn announced(line: &[u8]) -> Option<Strategy> {
    memchr::memmem::find(line, b"RFC 8792")?;
    let sign = &line[memchr::memmem::find(line, b"NOTE: '\\")? + b"NOTE: '\\".len()..];
    match sign {
        [b'\\', b'\'', ..] => Some(Strategy::Double),
        [b'\'', ..] => Some(Strategy::Single),
        _ => None,
    }
}

/// Where the `\` at the end of a line is.
fn wrapped_end(line: &[u8]) -> Option<usize> {
    let text = line.strip_suffix(b"\n")?;
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    text.ends_with(b"\\").then(|| text.len() - 1)
}

/// The lines as they were, and the place of the first `\` that joins two of them.
fn join(bytes: &[u8], range: Range<usize>, strategy: Strategy) -> (Text, Option<Span>) {
    let mut text = Text::default();
    let mut first = None;
    let mut is_rest = false;
    let goes_on = |next: &[u8]| match strategy {
        Strategy::Single => true,
        Strategy::Double => next[count_start(next)..].starts_with(b"\\"),
        Strategy::Unannounced => count_start(next) > 0,
    };
    let mut lines =
        lines(&bytes[..range.end]).skip_while(|line| line.start < range.start).peekable();
    while let Some(line) = lines.next() {
        let mut start = line.start;
        if is_rest {
            start += count_start(&bytes[line.clone()]);
            start += usize::from(strategy == Strategy::Double);
        }
        let next = lines.peek().map(|next| &bytes[next.clone()]);
        // A `\` by itself may be the one that begins the line.
        let end = wrapped_end(&bytes[line.clone()]).map(|at| line.start + at);
        let end = end.filter(|at| *at >= start && next.is_some_and(goes_on));
        is_rest = end.is_some();
        first = first.or(end.map(|at| Span::new(at, at + 1)));
        text.push_input(bytes, start..end.unwrap_or(line.end));
    }
    (text, first)
}
