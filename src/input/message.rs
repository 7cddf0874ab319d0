//! Raw messages: as they are, and as they are pasted.

use std::borrow::Cow;

use crate::diagnostic::Span;

use super::draft::Draft;
use super::layer::{Layer, lines};
use super::refusal::Refusal;
use super::text::Text;
use super::{Entry, Format, Found, Options, Raw, SpanMap};
use super::{detect, foreign, log, panel, pseudo, trace, verbose};

/// Reads a text that holds a message, or the messages that curl shows.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let first = detect::first_line(bytes);
    if trace::is_trace_line(first) {
        return trace::read(bytes);
    }
    if verbose::is_verbose_line(first)
        || detect::begins_with_curl(bytes) && verbose::follows_command(bytes)
    {
        return verbose::read(bytes);
    }
    if panel::begins(bytes) {
        return panel::read(bytes).map(Found::of_one);
    }
    if pseudo::has_pseudo_fields(bytes) {
        return pseudo::read(bytes, options).map(Found::of_one);
    }
    let may_be_log = log::begins(first) || !detect::is_request_line(first);
    if let Some(found) = may_be_log.then(|| log::read(bytes)).flatten() {
        return Ok(found);
    }
    if let Some(refusal) = foreign::refuse_by_name(bytes) {
        return Err(refusal);
    }
    if !detect::is_request_line(first)
        && let Some(found) = log::read_dumps(bytes)
    {
        return Ok(found);
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

/// The input itself as its one message, which then needs no copy: nothing was taken off, and nothing
/// tells of another format.
pub(super) fn find_plain<'a>(layer: &Layer<'a>, options: &Options) -> Option<Entry<'a>> {
    let Cow::Borrowed(bytes) = layer.bytes else { return None };
    let first = detect::first_line(bytes);
    let is_plain = detect::is_request_line(first)
        && !verbose::is_verbose_line(first)
        && !log::begins(first)
        && detect::detect(bytes) == Format::Message
        && !pseudo::has_pseudo_fields(bytes)
        && find_place_for_host(bytes, options).is_none();
    is_plain.then(|| as_it_is(bytes))
}

fn as_it_is(bytes: &[u8]) -> Entry<'_> {
    let (message, map) = (Cow::Borrowed(bytes), SpanMap::default());
    let raw = Raw { message, scheme: None, map, diagnostics: Vec::new() };
    let span = Span::new(0, bytes.len());
    Entry { name: None, title: String::new(), span, raw: Ok(raw) }
}

/// Where a Host line goes, and what it says: after the request line of a message that names no host.
fn find_place_for_host<'o>(bytes: &[u8], options: &'o Options) -> Option<(usize, &'o str)> {
    let host = options.host.as_deref()?;
    let mut lines = lines(bytes).skip_while(|line| bytes[line.clone()].trim_ascii().is_empty());
    let request_line = lines.next()?;
    let mut words = bytes[request_line.clone()].split(u8::is_ascii_whitespace);
    let names_host = words.nth(1).is_some_and(|target| !target.starts_with(b"/") && target != b"*");
    let is_missing = detect::is_request_line(&bytes[request_line.clone()])
        && !names_host
        && lines
            .map(|line| &bytes[line])
            .take_while(|line| !line.trim_ascii().is_empty())
            .all(|line| !line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"host:")));
    is_missing.then_some((request_line.end, host))
}
