//! Requests as a server captures them, while they arrive.

use std::borrow::Cow;

use crate::diagnostic::Span;
use crate::request::{Body, Framing, Message, Request};

use super::chunks::read_chunked;
use super::framing::Length;
use super::reader::{Mode, Read, Reader, Stop};
use super::{ParseError, read_head, refuse};

/// What the bytes that have arrived so far amount to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum WireStatus<'a> {
    /// The request is not all there.
    Incomplete {
        /// At least this many bytes are missing; not zero.
        at_least: usize,
        /// Whether the header section is all there and the client waits for `100 Continue` before
        /// it sends the body (RFC 9110 §10.1.1).
        awaits_continue: bool,
    },
    /// The request is all there.
    Complete {
        /// The request; there is no response.
        message: Box<Message<'a>>,
        /// How many bytes it took, blank lines before it included. The next one begins after.
        consumed: usize,
    },
}

/// Reads a request from the bytes of a connection, of HTTP/1.0 or HTTP/1.1.
///
/// Lines end with CRLF; the body is as long as Content-Length or the chunks say, and there is none
/// without. The target may be in any form and hold any bytes, spaces included, so that what a
/// client really sent can be looked at. Where it is not UTF-8, [`Request::target`] is U+FFFD, which
/// no valid target equals; the bytes are in the input at [`Request::target_span`].
///
/// # Errors
///
/// As for [`parse`](super::parse): what can be read in more than one way, as soon as it is seen.
pub fn parse_wire(input: &[u8]) -> Result<WireStatus<'_>, ParseError> {
    let mut reader = Reader::new(input, Mode::Wire);
    match read_request(&mut reader) {
        Ok(request) => {
            let consumed = reader.position;
            let diagnostics = reader.finish();
            let message = Message { request, response: None, source: input, diagnostics };
            Ok(WireStatus::Complete { message: Box::new(message), consumed })
        }
        Err(Stop::Incomplete(at_least)) => {
            Ok(WireStatus::Incomplete { at_least, awaits_continue: reader.awaits_continue })
        }
        Err(stop) => Err(refuse(stop, &reader)),
    }
}

fn read_request<'a>(reader: &mut Reader<'a>) -> Read<Request<'a>> {
    let (mut request, length, _) = read_head(reader)?;
    let start = reader.position;
    let expect = request.header("expect");
    reader.awaits_continue = reader.rest().is_empty()
        && expect.is_some_and(|field| field.value.eq_ignore_ascii_case(b"100-continue"));
    match length {
        Length::Unstated => {}
        Length::Bytes { count, .. } => {
            let rest = reader.rest();
            if rest.len() < count {
                return Err(Stop::Incomplete(count - rest.len()));
            }
            reader.position += count;
            request.body = Body {
                bytes: Cow::Borrowed(&rest[..count]),
                span: Some(Span::new(start, reader.position)),
                framing: Framing::ContentLength,
            };
        }
        Length::Chunked => {
            let chunked = read_chunked(reader)?;
            request.body = Body {
                bytes: chunked.bytes,
                span: Some(Span::new(start, reader.position)),
                framing: Framing::Chunked,
            };
            request.trailers = chunked.trailers;
        }
    }
    Ok(request)
}
