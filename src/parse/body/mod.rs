//! The body of a typed message, and what follows it.

mod cut_off;
mod form;
mod laid_out;
mod line_ends;
mod multipart;
mod say;

use std::borrow::Cow;

use crate::diagnostic::Span;
use crate::grammar::media_type::is_made_of_lines;
use crate::grammar::{MediaType, line_end};
use crate::request::{Body, Field, Framing};

use super::chunks::{Chunked, read_chunked};
use super::framing::Length;
use super::reader::{Read, Reader};
use super::response::{find_response, may_hold_messages};
use super::second::find_second;

use cut_off::find_whole;
use laid_out::find_one_line;
use line_ends::{find_added_cr, find_lost_crlf, restore_crlf};

/// The media type of forms (WHATWG URL §5).
const FORM: &str = "application/x-www-form-urlencoded";

/// Takes the body and leaves the reader at the response, or at the end of the input.
pub(super) fn read_body<'a>(
    reader: &mut Reader<'a>,
    headers: &[Field<'a>],
    length: Length,
) -> Read<(Body<'a>, Vec<Field<'a>>)> {
    let (mut body, trailers) = match length {
        Length::Unstated => (take_following(reader, headers)?, Vec::new()),
        Length::Bytes { count, span } => (take_counted(reader, headers, count, span)?, Vec::new()),
        Length::Chunked => {
            let start = reader.position;
            let Chunked { bytes, trailers } = read_chunked(reader)?;
            let span = Span::new(start, reader.position);
            skip_to_response(reader, say::bytes_after_chunks)?;
            (Body { bytes, span: Some(span), framing: Framing::Chunked }, trailers)
        }
    };
    restore_multipart(reader, headers, &mut body);
    Ok((body, trailers))
}

/// A form in so many bytes once its lines are joined; in any number where no length is stated.
fn find_form_on_lines(
    headers: &[Field<'_>],
    shown: &[u8],
    count: Option<usize>,
) -> Option<Vec<u8>> {
    let joined = (essence(headers) == FORM).then(|| form::join_lines(shown)).flatten()?;
    count.is_none_or(|count| joined.len() == count).then_some(joined)
}

/// No body, at this place.
pub(super) fn empty_body<'a>(place: usize) -> Body<'a> {
    Body { bytes: Cow::default(), span: Some(Span::new(place, place)), framing: Framing::None }
}

fn essence<'h>(headers: &'h [Field<'_>]) -> Cow<'h, str> {
    let field = headers.iter().find(|field| field.is("content-type"));
    field.map_or(Cow::Borrowed(""), |field| MediaType::essence_of(&field.value))
}

/// What follows. Only white space is not a body: an editor leaves it. One final line end is taken off,
/// unless the content is made of lines.
fn take_following<'a>(reader: &mut Reader<'a>, headers: &[Field<'_>]) -> Read<Body<'a>> {
    let start = reader.position;
    let rest = reader.rest();
    let holds_messages = may_hold_messages(headers);
    let response = if holds_messages { None } else { find_response(rest) };
    let end = response.unwrap_or(rest.len());
    if !holds_messages {
        refuse_second_in(&rest[..end], start)?;
    }
    reader.position = start + end;
    if rest[..end].trim_ascii().is_empty() {
        return Ok(empty_body(start));
    }
    let mut whole = &rest[..end];
    if response.is_some() {
        // The empty line that sets the response apart is not part of the body.
        whole = line_end::strip(whole);
    }
    let bytes = if is_made_of_lines(&essence(headers)) { whole } else { line_end::strip(whole) };
    if response.is_some() {
        reader.diagnostics.push(say::response_found(reader.here(), bytes.len()));
    }
    if let Some(joined) = find_form_on_lines(headers, bytes, None) {
        let span = Span::new(start, start + bytes.len());
        reader.diagnostics.push(say::form_joined(span, joined.len()));
        let bytes = Cow::Owned(joined);
        return Ok(Body { bytes, span: Some(span), framing: Framing::Following });
    }
    let line_end = &whole[bytes.len()..];
    reader.diagnostics.push(say::length_unstated(start, bytes, line_end));
    let span = Span::new(start, start + bytes.len());
    Ok(Body { bytes: Cow::Borrowed(bytes), span: Some(span), framing: Framing::Following })
}

/// The message's own Content-Length is the evidence of what was sent. In order:
///
/// 0. Just so many bytes follow: they are the body.
/// 1. What follows, up to a response if one does, is exactly that long once its bare LF are CRLF,
///    and is shorter without: the CRs were lost on the way and are put back.
/// 2. What follows is JSON, or a form, that is that long on one line: a tool laid it out to show it.
/// 3. What follows is that long once its CRLF are LF: CRs were added on the way, and are taken off.
/// 4. What follows is JSON or XML that the length would cut: the number is wrong.
/// 5. At least that many bytes follow: the body is the first of them.
/// 6. Fewer follow: the body is what is there.
///
/// A form has no line end (WHATWG URL §5.1): a final one that was counted is taken off.
fn take_counted<'a>(
    reader: &mut Reader<'a>,
    headers: &[Field<'_>],
    count: usize,
    stated: Option<Span>,
) -> Read<Body<'a>> {
    let start = reader.position;
    let rest = reader.rest();
    if rest.len() == count {
        reader.position = start + count;
        return Ok(counted(reader, headers, rest, start));
    }
    let holds_messages = may_hold_messages(headers);
    let response = if holds_messages { None } else { find_response(rest) };
    if !holds_messages {
        refuse_second(&rest[..response.unwrap_or(rest.len())], start, count)?;
    }
    let shown = &rest[..response.unwrap_or(rest.len())];
    if rest.len() > count {
        let span = Span::new(start, start + shown.trim_ascii_end().len());
        let one_line =
            find_one_line(shown, count).map(|line| (line, say::layout_removed(span, count)));
        let form = || {
            let joined = find_form_on_lines(headers, shown, Some(count))?;
            Some((joined, say::form_joined(span, count)))
        };
        if let Some((line, warning)) = one_line.or_else(form) {
            reader.position = start + shown.len();
            reader.diagnostics.push(warning);
            let bytes = Cow::Owned(line);
            return Ok(Body { bytes, span: Some(span), framing: Framing::ContentLength });
        }
    }
    // No response can begin in a body whose bytes are all accounted for.
    let response = response.filter(|&at| at > 0 && at < count.saturating_add(4));
    let there = &rest[..response.unwrap_or(rest.len())];
    // The empty line before a response may make up for the lost CRs by chance; where the header
    // section lost its own, it is the separator that it looks like.
    let candidate = if response.is_some() && reader.has_bare_lf() {
        line_end::strip(line_end::strip(there))
    } else {
        there
    };
    if let Some(lost) = find_lost_crlf(candidate, count) {
        let span = Span::new(start, start + lost.len());
        reader.position = start + there.len();
        reader.diagnostics.push(say::crlf_restored(span, lost, count));
        skip_to_response(reader, |extra, place| say::body_long(extra, place, count, None))?;
        let bytes = Cow::Owned(restore_crlf(lost, count));
        return Ok(Body { bytes, span: Some(span), framing: Framing::ContentLength });
    }
    if shown.len() > count
        && let Some(body) = take_longer(reader, headers, shown, count)
    {
        return Ok(body);
    }
    if rest.len() >= count {
        reader.position = start + count;
        skip_to_response(reader, |extra, place| {
            say::body_long(extra, place, count, say::advise_on_long(rest, count))
        })?;
        return Ok(counted(reader, headers, &rest[..count], start));
    }
    let mut bytes = there;
    if response.is_some() {
        bytes = line_end::strip(line_end::strip(there));
    }
    reader.position = start + there.len();
    let body = counted(reader, headers, bytes, start);
    if multipart::restored_length(headers, &body.bytes) != Some(count) {
        reader.diagnostics.push(say::body_short(stated, body.bytes.len(), count));
    }
    Ok(body)
}

/// More than the stated length, where what is shown tells that the number is wrong.
fn take_longer<'a>(
    reader: &mut Reader<'a>,
    headers: &[Field<'_>],
    shown: &'a [u8],
    count: usize,
) -> Option<Body<'a>> {
    let start = reader.position;
    let may_be_saved = !reader.has_bare_lf() && multipart::boundary_of(headers).is_none();
    let (bytes, warning): (Cow<'_, [u8]>, _) = match find_added_cr(shown, count) {
        Some(bytes) if may_be_saved => {
            let length = shown.trim_ascii_end().len();
            (bytes.into(), say::cr_removed(start, length, count))
        }
        _ => {
            let whole = find_whole(shown, count)?;
            (whole.into(), say::content_length_small(start, whole.len(), count))
        }
    };
    reader.diagnostics.push(warning);
    reader.position = start + shown.len();
    let span = Span::new(start, start + shown.trim_ascii_end().len());
    Some(Body { bytes, span: Some(span), framing: Framing::ContentLength })
}

/// A body with a stated length.
fn counted<'a>(
    reader: &mut Reader<'a>,
    headers: &[Field<'_>],
    there: &'a [u8],
    start: usize,
) -> Body<'a> {
    let mut bytes = there;
    if there.ends_with(b"\n") && essence(headers) == FORM {
        bytes = line_end::strip(there);
        reader.diagnostics.push(say::form_line_end(start, there, bytes.len()));
    }
    let span = Span::new(start, start + bytes.len());
    Body { bytes: Cow::Borrowed(bytes), span: Some(span), framing: Framing::ContentLength }
}

/// Refuses a second request that follows where the counted body of the first ends, as it is or with
/// its line ends restored.
fn refuse_second(rest: &[u8], start: usize, count: usize) -> Read<()> {
    let Some(second) = find_second(rest) else { return Ok(()) };
    let is_after = second.start >= count
        || rest.len() < count
        || find_lost_crlf(&rest[..second.start], count).is_some();
    if is_after { Err(say::second_request(rest, start, second).into()) } else { Ok(()) }
}

/// Refuses a second request in bytes that belong to no body.
pub(super) fn refuse_second_in(bytes: &[u8], start: usize) -> Read<()> {
    match find_second(bytes) {
        Some(second) => Err(say::second_request(bytes, start, second).into()),
        None => Ok(()),
    }
}

/// Delimiters and part headers of multipart content end with CRLF (RFC 2046 §5.1.1). In a file that
/// was saved with LF they are put back; what the parts contain stays as it is.
fn restore_multipart(reader: &mut Reader<'_>, headers: &[Field<'_>], body: &mut Body<'_>) {
    let Some(boundary) = multipart::boundary_of(headers) else { return };
    if let Some((restored, first)) = multipart::restore(&body.bytes, &boundary) {
        let place = body.span.map(|span| span.part(first..first + 1));
        reader.diagnostics.push(say::multipart_restored(place, &body.bytes, &restored));
        body.bytes = Cow::Owned(restored);
    }
}

/// Moves to the response, if one follows; tells of other bytes on the way, white space aside.
fn skip_to_response(
    reader: &mut Reader<'_>,
    warn: impl FnOnce(&str, Span) -> crate::diagnostic::Diagnostic,
) -> Read<()> {
    let rest = reader.rest();
    let blank = rest.len() - rest.trim_ascii_start().len();
    let start = reader.position + blank;
    let rest = &rest[blank..];
    let end = find_response(rest).unwrap_or(rest.len());
    refuse_second_in(&rest[..end], start)?;
    reader.position = start + end;
    let extra = rest[..end].trim_ascii_end();
    if !extra.is_empty() {
        let text = say::count_and_show(extra);
        reader.diagnostics.push(warn(&text, Span::new(start, start + extra.len())));
    }
    Ok(())
}
