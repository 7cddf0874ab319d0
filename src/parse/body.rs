//! The body of a typed message, and what follows it.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span, show};
use crate::request::{Body, Field, Framing};

use super::chunks::{Chunked, read_chunked};
use super::code;
use super::framing::Length;
use super::reader::{Read, Reader, say_bytes};
use super::response::{find_response, may_hold_messages, strip_line_end};

/// Takes the body and leaves the reader at the response, or at the end of the input.
pub(super) fn read_body<'a>(
    reader: &mut Reader<'a>,
    headers: &[Field<'a>],
    length: Length,
) -> Read<(Body<'a>, Vec<Field<'a>>)> {
    match length {
        Length::Unstated => Ok((take_following(reader, headers), Vec::new())),
        Length::Bytes { count, span } => {
            Ok((take_counted(reader, headers, count, span), Vec::new()))
        }
        Length::Chunked => {
            let start = reader.position;
            let Chunked { bytes, trailers } = read_chunked(reader)?;
            let span = Span::new(start, reader.position);
            skip_to_response(reader, |extra, place| {
                let message = format!("{extra} after the last chunk, ignored");
                Diagnostic::warning(code::BYTES_AFTER_BODY, message)
                    .with_span(place)
                    .with_help("remove them, or move them before the chunk of size 0")
            });
            Ok((Body { bytes, span, framing: Framing::Chunked }, trailers))
        }
    }
}

/// No body, at this place.
pub(super) fn empty_body<'a>(place: usize) -> Body<'a> {
    Body { bytes: Cow::default(), span: Span::new(place, place), framing: Framing::None }
}

/// What follows, less one final line end. White space alone is no body: an editor leaves it.
fn take_following<'a>(reader: &mut Reader<'a>, headers: &[Field<'_>]) -> Body<'a> {
    let start = reader.position;
    let rest = reader.rest();
    let response = if may_hold_messages(headers) { None } else { find_response(rest) };
    let end = response.unwrap_or(rest.len());
    reader.position = start + end;
    if rest[..end].trim_ascii().is_empty() {
        return empty_body(start);
    }
    let mut bytes = strip_line_end(&rest[..end]);
    if response.is_some() {
        // The empty line that sets the response apart is no part of the body either.
        bytes = strip_line_end(bytes);
        reader.diagnostics.push(note_response(reader.here(), bytes.len()));
    }
    let span = Span::new(start, start + bytes.len());
    let count = bytes.len();
    reader.diagnostics.push(
        Diagnostic::note(
            code::BODY_WITHOUT_LENGTH,
            format!("no length is stated; the body is what follows, {}", say_bytes(count)),
        )
        .with_span(Span::new(start, start))
        .with_help(format!("add `Content-Length: {count}` to be sure of it")),
    );
    Body { bytes: Cow::Borrowed(bytes), span, framing: Framing::Following }
}

#[cold]
fn note_response(place: Span, count: usize) -> Diagnostic {
    Diagnostic::note(code::RESPONSE_FOUND, "a status line stands here: the response begins")
        .with_span(place)
        .with_help(format!(
            "the body ends before it; a larger Content-Length than {count} keeps it"
        ))
}

/// The message's own Content-Length is the evidence of what was sent. In order:
///
/// 0. Just so many bytes follow: they are the body.
/// 1. What follows, up to a response if one does, is exactly that long once its bare LF are CRLF,
///    and is shorter without: the CRs were lost on the way and are put back.
/// 2. At least that many bytes follow: the body is the first of them.
/// 3. Fewer follow: the body is what is there.
fn take_counted<'a>(
    reader: &mut Reader<'a>,
    headers: &[Field<'_>],
    count: usize,
    stated: Span,
) -> Body<'a> {
    let start = reader.position;
    let rest = reader.rest();
    let framing = Framing::ContentLength;
    if rest.len() == count {
        reader.position = start + count;
        let span = Span::new(start, start + count);
        return Body { bytes: Cow::Borrowed(rest), span, framing };
    }
    // No response can begin in a body whose bytes are all accounted for.
    let response = if may_hold_messages(headers) { None } else { find_response(rest) };
    let response = response.filter(|&at| at > 0 && at < count.saturating_add(4));
    let there = &rest[..response.unwrap_or(rest.len())];
    // The empty line before a response may make up for the lost CRs by chance; where the header
    // section lost its own, it is the separator that it looks like.
    let candidate = if response.is_some() && reader.has_bare_lf() {
        strip_line_end(strip_line_end(there))
    } else {
        there
    };
    if let Some(lost) = find_lost_crlf(candidate, count) {
        let span = Span::new(start, start + lost.len());
        reader.position = start + there.len();
        reader.diagnostics.push(warn_of_restored(span, lost, count));
        skip_to_response(reader, |extra, place| warn_of_extra(&extra, place, count, None));
        return Body { bytes: Cow::Owned(restore_crlf(lost, count)), span, framing };
    }
    if rest.len() >= count {
        reader.position = start + count;
        skip_to_response(reader, |extra, place| {
            warn_of_extra(&extra, place, count, advise_on_long(rest, count))
        });
        let span = Span::new(start, start + count);
        return Body { bytes: Cow::Borrowed(&rest[..count]), span, framing };
    }
    let mut bytes = there;
    if response.is_some() {
        bytes = strip_line_end(strip_line_end(there));
    }
    reader.position = start + there.len();
    reader.diagnostics.push(warn_of_short(stated, bytes.len(), count));
    let span = Span::new(start, start + bytes.len());
    Body { bytes: Cow::Borrowed(bytes), span, framing }
}

/// The part of `there` that is `count` bytes long once its bare LF are CRLF: all of it, or all but
/// the line ends at its end.
fn find_lost_crlf(there: &[u8], count: usize) -> Option<&[u8]> {
    let mut part = there;
    let mut restored = part.len() + count_bare_lf(part);
    while part.len() < count {
        if restored == count && restored > part.len() {
            return Some(part);
        }
        let shorter = strip_line_end(part);
        if shorter.len() == part.len() {
            return None;
        }
        // Restored, either line end has two bytes.
        restored -= 2;
        part = shorter;
    }
    None
}

fn count_bare_lf(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).filter(|&at| at == 0 || bytes[at - 1] != b'\r').count()
}

fn restore_crlf(bytes: &[u8], count: usize) -> Vec<u8> {
    let mut restored = Vec::with_capacity(count);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(text) if !text.ends_with(b"\r") => {
                restored.extend_from_slice(text);
                restored.extend_from_slice(b"\r\n");
            }
            _ => restored.extend_from_slice(line),
        }
    }
    restored
}

#[cold]
fn warn_of_restored(span: Span, lost: &[u8], count: usize) -> Diagnostic {
    let lines = count - lost.len();
    Diagnostic::warning(
        code::BODY_CRLF_RESTORED,
        format!(
            "the body has {}, and {count} with CR LF: {lines} CR put back",
            say_bytes(lost.len())
        ),
    )
    .with_span(Span::new(span.start, span.start))
    .with_help(format!("write `Content-Length: {}` to keep the line ends as they are", lost.len()))
}

#[cold]
fn warn_of_short(stated: Span, there: usize, count: usize) -> Diagnostic {
    Diagnostic::warning(
        code::BODY_SHORT,
        format!("Content-Length says {count}, but the body has {}", say_bytes(there)),
    )
    .with_span(stated)
    .with_label(format!("{there} would match"))
    .with_help(format!("write `Content-Length: {there}`, or add what is missing of the body"))
}

/// What would keep the bytes after the body.
fn advise_on_long(rest: &[u8], count: usize) -> Option<String> {
    let end = find_response(&rest[count..]).map_or(rest.len(), |at| count + at);
    let whole = rest[..end].trim_ascii_end();
    let line_ends = whole.windows(2).filter(|pair| pair == b"\r\n").count();
    if whole.len() - line_ends == count {
        return Some(format!("the body has {count} bytes with LF line ends: save it with these"));
    }
    (whole.len() > count).then(|| {
        format!(
            "write `Content-Length: {}` if they belong to the body, else remove them",
            whole.len()
        )
    })
}

#[cold]
fn warn_of_extra(extra: &str, place: Span, count: usize, advice: Option<String>) -> Diagnostic {
    Diagnostic::warning(
        code::BODY_LONG,
        format!("{extra} after the body of Content-Length {count}, ignored"),
    )
    .with_span(place)
    .with_label("the body ends before")
    .with_help(advice.unwrap_or_else(|| "remove them".to_owned()))
}

/// Moves to the response, if one follows; tells of other bytes on the way, white space aside.
fn skip_to_response(reader: &mut Reader<'_>, warn: impl FnOnce(String, Span) -> Diagnostic) {
    let rest = reader.rest();
    let blank = rest.len() - rest.trim_ascii_start().len();
    let start = reader.position + blank;
    let rest = &rest[blank..];
    let end = find_response(rest).unwrap_or(rest.len());
    reader.position = start + end;
    let extra = rest[..end].trim_ascii_end();
    if !extra.is_empty() {
        let text = format!("{} (`{}`)", say_bytes(extra.len()), show(extra));
        reader.diagnostics.push(warn(text, Span::new(start, start + extra.len())));
    }
}
