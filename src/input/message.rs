//! Raw messages: as they are, and as they are pasted.

use std::borrow::Cow;

use crate::diagnostic::Span;

use super::draft::Draft;
use super::layer::lines;
use super::refusal::Refusal;
use super::text::Text;
use super::{Entry, Found, Options, Raw, SpanMap};
use super::{detect, pseudo, trace, verbose};

/// Reads a text that holds a message, or the messages that curl shows.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let first = detect::first_line(bytes);
    if trace::is_trace_line(first) {
        return trace::read(bytes);
    }
    if verbose::is_verbose_line(first) {
        return verbose::read(bytes);
    }
    if pseudo::has_pseudo_fields(bytes) {
        return pseudo::read(bytes, options).map(Found::of_one);
    }
    let mut message = Text::default();
    match find_place_for_host(bytes, options) {
        Some((at, host)) => {
            message.push_input(bytes, 0..at);
            message.push(format!("Host: {host}\r\n").as_bytes(), Span::new(at, at));
            message.push_input(bytes, at..bytes.len());
        }
        None => message.push_input(bytes, 0..bytes.len()),
    }
    let place = Span::new(0, bytes.len());
    Ok(Found::of_one(Draft::of_message(message, None, place)))
}

/// Whether the message is the input itself, which then needs no copy.
pub(super) fn is_plain(bytes: &[u8], options: &Options) -> bool {
    let first = detect::first_line(bytes);
    !trace::is_trace_line(first)
        && !verbose::is_verbose_line(first)
        && !pseudo::has_pseudo_fields(bytes)
        && find_place_for_host(bytes, options).is_none()
}

/// The input itself as its one message.
pub(super) fn as_it_is(bytes: &[u8]) -> Entry<'_> {
    Entry {
        name: None,
        title: String::new(),
        span: Span::new(0, bytes.len()),
        raw: Ok(Raw {
            message: Cow::Borrowed(bytes),
            scheme: None,
            map: SpanMap::default(),
            diagnostics: Vec::new(),
        }),
    }
}

/// Where a Host line goes, and what it says: after the request line of a message that has none.
fn find_place_for_host<'o>(bytes: &[u8], options: &'o Options) -> Option<(usize, &'o str)> {
    let host = options.host.as_deref()?;
    let mut lines = lines(bytes).skip_while(|line| bytes[line.clone()].trim_ascii().is_empty());
    let request_line = lines.next()?;
    let is_missing = detect::is_request_line(&bytes[request_line.clone()])
        && lines
            .map(|line| &bytes[line])
            .take_while(|line| !line.trim_ascii().is_empty())
            .all(|line| !line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"host:")));
    is_missing.then_some((request_line.end, host))
}
