//! The response that may follow a request (RFC 9112 §4).

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Severity, Span, show};
use crate::grammar::line_end;
use crate::request::{Field, Response};

use super::chunks::read_chunked;
use super::code;
use super::fields::{Section, read_fields};
use super::framing::{Length, decide_length};
use super::reader::{Line, Mode, Read, Reader, Stop, say_bytes};
use super::second::find_after_response;

/// Whether a line begins a response: `HTTP/`, digits and points, a space, three digits.
pub(super) fn is_status_line(line: &[u8]) -> bool {
    split_status_line(line).is_some()
}

/// Version, status and reason.
fn split_status_line(line: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let after = line.strip_prefix(b"HTTP/")?;
    let digits = after.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let (version, rest) = line.split_at(5 + digits);
    let rest = rest.strip_prefix(b" ")?;
    let status = rest.get(..3)?;
    let valid = digits > 0
        && matches!(status, [b'1'..=b'9', b, c] if b.is_ascii_digit() && c.is_ascii_digit());
    match &rest[3..] {
        [] | [b'\r' | b'\n', ..] if valid => Some((version, status, &[])),
        [b' ', reason @ ..] if valid => Some((version, status, reason)),
        _ => None,
    }
}

/// The offset of the first status line in `bytes` that is at the start or after an empty line.
pub(super) fn find_response(bytes: &[u8]) -> Option<usize> {
    if is_status_line(first_line(bytes)) {
        return Some(0);
    }
    memchr::memmem::find_iter(bytes, b"\nHTTP/").map(|at| at + 1).find(|&at| {
        let before = &bytes[..at - 1];
        let before = before.strip_suffix(b"\r").unwrap_or(before);
        (before.is_empty() || before.ends_with(b"\n")) && is_status_line(first_line(&bytes[at..]))
    })
}

fn first_line(bytes: &[u8]) -> &[u8] {
    // A status line that counts is short; a longer one is cut in its reason phrase.
    let head = &bytes[..bytes.len().min(64)];
    &head[..memchr::memchr(b'\n', head).unwrap_or(head.len())]
}

/// Reads the response where `reader` is. What is wrong in it makes no request wrong: it
/// becomes a warning, and there is no response.
pub(super) fn read_response<'a>(reader: &mut Reader<'a>, method: &str) -> Option<Response<'a>> {
    match read_final_response(reader, method) {
        Ok(response) => response,
        Err(Stop::Refused(refusal)) => {
            let mut warning = *refusal;
            warning.severity = Severity::Warning;
            warning.code = Cow::Borrowed(code::RESPONSE_INVALID);
            warning.message = format!("the response cannot be read: {}", warning.message);
            reader.diagnostics.push(warning);
            None
        }
        Err(Stop::Incomplete(_)) => None,
    }
}

/// Interim responses (1xx) have no body, and another response follows (RFC 9110 §15.2).
fn read_final_response<'a>(reader: &mut Reader<'a>, method: &str) -> Read<Option<Response<'a>>> {
    loop {
        reader.start_section();
        let Some(line) = reader.take_line()? else { return Ok(None) };
        let Some(mut response) = read_status_line(&line) else { return Ok(None) };
        response.headers = read_fields(reader, Section::Header)?.0;
        let is_interim = (100..200).contains(&response.status) && response.status != 101;
        if is_interim && is_status_line(first_line(reader.rest())) {
            continue;
        }
        response.body = read_body(reader, &response, method)?;
        return Ok(Some(response));
    }
}

fn read_status_line<'a>(line: &Line<'a>) -> Option<Response<'a>> {
    let (version, status, reason) = split_status_line(line.bytes)?;
    let start = line.start + version.len() + 1;
    Some(Response {
        version: std::str::from_utf8(version).ok()?,
        status: std::str::from_utf8(status).ok()?.parse().ok()?,
        status_span: Span::new(start, start + 3),
        reason: Cow::Borrowed(reason),
        headers: Vec::new(),
        body: Cow::default(),
    })
}

fn read_body<'a>(
    reader: &mut Reader<'a>,
    response: &Response<'a>,
    method: &str,
) -> Read<Cow<'a, [u8]>> {
    let rest = reader.rest();
    let never_has_body = method == "HEAD" || matches!(response.status, 100..=199 | 204 | 304);
    if never_has_body {
        return Ok(take_what_follows(reader, response));
    }
    match decide_length(reader, &response.headers, "HTTP/1.1")? {
        Length::Unstated => Ok(take_what_follows(reader, response)),
        Length::Chunked => Ok(read_chunks_as_far_as_there(reader, response)),
        Length::Bytes { count, span } if count > rest.len() => {
            let message = format!(
                "the response says {} of body, but {} follow",
                say_bytes(count),
                rest.len()
            );
            let note = Diagnostic::note(code::RESPONSE_BODY_SHORT, message).with_span(span);
            reader.diagnostics.push(note);
            reader.position = reader.input.len();
            Ok(Cow::Borrowed(rest))
        }
        Length::Bytes { count, .. } => {
            reader.position += count;
            note_bytes_after(reader);
            Ok(Cow::Borrowed(&rest[..count]))
        }
    }
}

/// Tools show a chunked body with its chunks joined: then it is what follows.
fn read_chunks_as_far_as_there<'a>(
    reader: &mut Reader<'a>,
    response: &Response<'a>,
) -> Cow<'a, [u8]> {
    let mut inner = Reader::new(reader.input, Mode::Typed);
    inner.position = reader.position;
    match read_chunked(&mut inner) {
        Ok(chunked) => {
            reader.position = inner.position;
            note_bytes_after(reader);
            chunked.bytes
        }
        Err(_) => take_what_follows(reader, response),
    }
}

/// All that follows, up to another request.
fn take_what_follows<'a>(reader: &mut Reader<'a>, response: &Response<'a>) -> Cow<'a, [u8]> {
    let rest = reader.rest();
    let next = if may_hold_messages(&response.headers) { None } else { find_after_response(rest) };
    let end = next.unwrap_or(rest.len());
    reader.position += end;
    Cow::Borrowed(line_end::strip(&rest[..end]))
}

fn note_bytes_after(reader: &mut Reader<'_>) {
    let rest = reader.rest();
    if rest.trim_ascii().is_empty() {
        return;
    }
    let message =
        format!("{} after the response, ignored: `{}`", say_bytes(rest.len()), show(rest));
    let note = Diagnostic::note(code::BYTES_AFTER_RESPONSE, message).with_span(reader.here());
    reader.diagnostics.push(note);
}

/// Whether a message of this type may itself hold a status line after an empty line.
pub(super) fn may_hold_messages(headers: &[Field<'_>]) -> bool {
    headers.iter().filter(|field| field.is("content-type")).any(|field| {
        let value = field.value.to_ascii_lowercase();
        [&b"message/"[..], b"multipart/", b"application/http"]
            .iter()
            .any(|kind| value.starts_with(kind))
    })
}
