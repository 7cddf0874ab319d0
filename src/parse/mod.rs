//! Bytes → [`Message`]: the grammar of RFC 9112, one file per part, spans kept.
//!
//! [`parse`] reads what people type and save, [`parse_wire`] what a server captures. Both take
//! time and memory linear in the input.

mod body;
mod chunks;
pub mod code;
mod error;
mod fields;
mod framing;
mod host;
mod opening;
mod reader;
mod request_line;
mod response;
mod second;
mod target;
mod wire;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;
use crate::request::{Message, Request, Response, SchemeSource, decide_scheme};

use fields::{Section, SectionEnd, read_fields};
use reader::{Mode, Read, Reader, Stop};

pub use error::ParseError;
pub use wire::{WireStatus, parse_wire};

/// The largest header or trailer section that is read, in bytes, its first line included.
pub const MAX_HEADER_BYTES: usize = 4 << 20;
/// The most field lines that a header or trailer section may have.
pub const MAX_FIELDS: usize = 16_384;
/// The longest request target that is read, in bytes.
pub const MAX_TARGET_BYTES: usize = 256 << 10;

/// Reads a typed or saved message, and the response that may follow it.
///
/// Line ends may be LF only. Without Content-Length and Transfer-Encoding, the body is what
/// follows the header section, less one final line end unless its media type is made of lines. A body that is shorter than its
/// Content-Length, and exactly as long once its line ends are CRLF, gets them back. The lines of a form are
/// joined, JSON and XML may follow the fields at once, and a target that names a host needs no Host. What was
/// accepted with doubt is in [`Message::diagnostics`], as warnings and notes.
///
/// # Errors
///
/// What a sender and a receiver may read differently is refused, with a place, a label and a help.
pub fn parse(input: &[u8]) -> Result<Message<'_>, ParseError> {
    let mut reader = Reader::new(input, Mode::Typed);
    match read_message(&mut reader) {
        Ok((request, response)) => {
            Ok(Message { request, response, source: input, diagnostics: reader.finish() })
        }
        // What was noticed before the refusal is told again once that is dealt with.
        Err(stop) => Err(refuse(stop, &reader)),
    }
}

/// The error that ends the reading of `reader`'s input.
#[cold]
fn refuse(stop: Stop, reader: &Reader<'_>) -> ParseError {
    let mut refusal = match stop {
        Stop::Refused(refusal) => refusal,
        Stop::Incomplete(_) => Box::new(refuse_incomplete(reader.here())),
    };
    refusal.locate(reader.input);
    refusal.into()
}

fn refuse_incomplete(end: Span) -> Diagnostic {
    Diagnostic::error(code::MESSAGE_INCOMPLETE, "the input ends before the message does")
        .with_span(end)
        .with_label("the input ends here")
        .with_help("give the whole message")
}

fn read_message<'a>(reader: &mut Reader<'a>) -> Read<(Request<'a>, Option<Response<'a>>)> {
    let (mut request, length, end) = read_head(reader)?;
    if end == SectionEnd::EndOfInput {
        reader.diagnostics.push(note_missing_end(reader.here()));
    }
    (request.body, request.trailers) = body::read_body(reader, &request.headers, length)?;
    let response = if reader.rest().is_empty() {
        None
    } else {
        // A reader of its own: what is odd about the response's lines is not said of the request.
        let mut inner = Reader::new(reader.input, reader.mode);
        inner.position = reader.position;
        let response = response::read_response(&mut inner, &request.method);
        body::refuse_second_in(inner.rest(), inner.position)?;
        reader.diagnostics.append(&mut inner.diagnostics);
        response
    };
    Ok((request, response))
}

/// The request up to its body, which is still empty.
fn read_head<'a>(reader: &mut Reader<'a>) -> Read<(Request<'a>, framing::Length, SectionEnd)> {
    let line = request_line::read_request_line(reader)?;
    let (headers, end) = read_fields(reader, Section::Header)?;
    host::check_host(reader, &line, &headers)?;
    let length = framing::decide_length(reader, &headers, line.version)?;
    let mut request = Request {
        method: Cow::Borrowed(line.method),
        method_span: Some(line.method_span),
        target: Cow::Borrowed(line.target),
        target_span: Some(line.target_span),
        target_form: line.target_form,
        url_split: line.url_split,
        version: line.version,
        scheme: Scheme::Https,
        scheme_source: SchemeSource::Default,
        headers,
        body: body::empty_body(reader.position),
        trailers: Vec::new(),
    };
    (request.scheme, request.scheme_source) = decide_scheme(&request);
    Ok((request, length, end))
}

#[cold]
fn note_missing_end(end: Span) -> Diagnostic {
    Diagnostic::note(code::HEADER_END_MISSING, "no empty line ends the header section")
        .with_span(end)
        .with_label("expected an empty line")
        .with_help("end the header section with an empty line")
}
