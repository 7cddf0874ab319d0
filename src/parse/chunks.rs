//! The chunked transfer coding (RFC 9112 §7.1).

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::space;
use crate::request::Field;

use super::code;
use super::fields::{Section, SectionEnd, read_fields};
use super::reader::{Line, Mode, Read, Reader, Stop, say_bytes};

#[derive(Debug)]
pub(super) struct Chunked<'a> {
    pub bytes: Cow<'a, [u8]>,
    pub trailers: Vec<Field<'a>>,
}

pub(super) fn read_chunked<'a>(reader: &mut Reader<'a>) -> Read<Chunked<'a>> {
    let mut pieces: Vec<&'a [u8]> = Vec::new();
    while let Some(piece) = read_chunk(reader)? {
        pieces.push(piece);
    }
    reader.start_section();
    let (trailers, end) = read_fields(reader, Section::Trailer)?;
    if let Some(field) = trailers.iter().find(|field| is_forbidden_in_trailers(field)) {
        return Err(refuse_trailer(field).into());
    }
    if end == SectionEnd::EndOfInput {
        reader.diagnostics.push(warn_of_missing_end(reader.here()));
    }
    let bytes = match pieces.as_slice() {
        [] => Cow::default(),
        [whole] => Cow::Borrowed(*whole),
        _ => Cow::Owned(pieces.concat()),
    };
    Ok(Chunked { bytes, trailers })
}

/// Fields that frame or route the message: in a trailer section they come too late, and a recipient
/// that merges them reads another message (RFC 9110 §6.5.1).
fn is_forbidden_in_trailers(field: &Field<'_>) -> bool {
    ["content-length", "transfer-encoding", "host", "trailer"].iter().any(|name| field.is(name))
}

/// The bytes of a chunk; `None` for the last chunk, whose size is zero.
fn read_chunk<'a>(reader: &mut Reader<'a>) -> Read<Option<&'a [u8]>> {
    reader.start_section();
    let Some(line) = reader.take_line()? else {
        return Err(refuse_missing_last(reader.here()).into());
    };
    let (size, size_span) = read_size(reader, &line)?;
    if size == 0 {
        return Ok(None);
    }
    let rest = reader.rest();
    if rest.len() < size {
        return Err(match reader.mode {
            // The line end of this chunk, the last chunk and the empty line follow.
            Mode::Wire => Stop::Incomplete((size - rest.len()).saturating_add(7)),
            Mode::Typed => refuse_truncated(size_span, size, rest.len()).into(),
        });
    }
    let (bytes, after) = rest.split_at(size);
    let data_start = reader.position;
    reader.position += size;
    reader.start_section();
    if reader.mode == Mode::Wire && after.len() < 2 && b"\r\n".starts_with(after) {
        return Err(Stop::Incomplete(7 - after.len()));
    }
    if after.is_empty() {
        return Err(refuse_missing_last(reader.here()).into());
    }
    if !(after.starts_with(b"\r\n") || (reader.mode == Mode::Typed && after.starts_with(b"\n"))) {
        return Err(refuse_end(reader, data_start, size).into());
    }
    reader.take_line()?;
    Ok(Some(bytes))
}

fn read_size(reader: &mut Reader<'_>, line: &Line<'_>) -> Read<(usize, Span)> {
    let bytes = line.bytes;
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let span = Span::new(line.start, line.start + digits);
    let rest = space::trim_start(&bytes[digits..]);
    match rest.first() {
        None if digits == bytes.len() => {}
        Some(b';') if digits > 0 => check_extension(reader, line, bytes.len() - rest.len())?,
        _ => return Err(refuse_size(line, digits).into()),
    }
    let size = std::str::from_utf8(&bytes[..digits])
        .ok()
        .and_then(|text| usize::from_str_radix(text, 16).ok())
        .ok_or_else(|| refuse_size(line, digits))?;
    Ok((size, span))
}

fn check_extension(reader: &mut Reader<'_>, line: &Line<'_>, at: usize) -> Read<()> {
    let extension = &line.bytes[at..];
    if let Some(bad) = extension.iter().position(|byte| byte.is_ascii_control() && *byte != b'\t') {
        return Err(Diagnostic::error(
            code::CHUNK_EXTENSION_INVALID,
            "a chunk extension contains a control character",
        )
        .with_span(line.place(at + bad))
        .with_label("expected `;name=value`")
        .with_help("remove the extension: it is not part of the content")
        .into());
    }
    reader.extensions.add(Span::new(line.start + at, line.start + line.bytes.len()));
    Ok(())
}

const NOT_CHUNKED: &str = "remove `Transfer-Encoding: chunked` if the body is not chunked";

#[cold]
fn refuse_size(line: &Line<'_>, digits: usize) -> Diagnostic {
    let all_digits = digits == line.bytes.len() && digits > 0;
    let what =
        if all_digits { "is too large a chunk size" } else { "is not a hexadecimal chunk size" };
    let message = match line.bytes {
        [] => "there is no chunk size".to_owned(),
        bytes => format!("`{}` {what}", show(bytes)),
    };
    let span = if all_digits { line.span() } else { line.place(digits) };
    Diagnostic::error(code::CHUNK_SIZE, message)
        .with_span(span)
        .with_label(if all_digits { "expected fewer digits" } else { "expected 0-9 or a-f" })
        .with_help(NOT_CHUNKED)
}

#[cold]
fn refuse_truncated(span: Span, size: usize, there: usize) -> Diagnostic {
    Diagnostic::error(
        code::CHUNK_TRUNCATED,
        format!("the chunk says {}, but {there} follow", say_bytes(size)),
    )
    .with_span(span)
    .with_label(format!("expected at most `{there:x}`: the size is hexadecimal"))
    .with_help("correct the size, then end with `0` and an empty line")
}

#[cold]
fn refuse_missing_last(end: Span) -> Diagnostic {
    Diagnostic::error(code::CHUNK_TRUNCATED, "the chunks end without the last one, of size 0")
        .with_span(end)
        .with_label("expected `0` and an empty line")
        .with_help(NOT_CHUNKED)
}

#[cold]
fn refuse_end(reader: &Reader<'_>, data_start: usize, size: usize) -> Diagnostic {
    let line = memchr::memchr(b'\n', reader.rest()).map_or(reader.input.len(), |at| {
        let end = reader.position + at;
        if reader.input[..end].ends_with(b"\r") { end - 1 } else { end }
    });
    let at = reader.position;
    Diagnostic::error(
        code::CHUNK_END,
        format!("no line end after the {} of the chunk", say_bytes(size)),
    )
    .with_span(Span::new(at, (at + 1).min(reader.input.len())))
    .with_label("expected CR LF")
    .with_help(format!(
        "the size is hexadecimal and counts bytes: `{:x}` reaches the end of this line",
        line.saturating_sub(data_start)
    ))
}

#[cold]
fn refuse_trailer(field: &Field<'_>) -> Diagnostic {
    Diagnostic::error(
        code::TRAILER_FIELD,
        format!("`{}` is not allowed in the trailer section", show(&*field.name)),
    )
    .with_span(field.name_span)
    .with_label("expected no field of framing or routing")
    .with_help("remove the field, or move it to the header section (RFC 9110 §6.5.1)")
}

#[cold]
fn warn_of_missing_end(end: Span) -> Diagnostic {
    Diagnostic::warning(code::CHUNKS_END_MISSING, "the chunks do not end with an empty line")
        .with_span(end)
        .with_label("expected an empty line")
        .with_help("end the message with `0`, CR LF, CR LF (RFC 9112 §7.1)")
}
