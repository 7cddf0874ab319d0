//! What comes before a request, or is in its place.

use crate::diagnostic::{Diagnostic, Span};

use super::code;
use super::reader::{Line, Mode, Read, Reader};
use super::response::is_status_line;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Steps over a byte order mark and blank lines (RFC 9112 §2.2).
pub(super) fn skip_preamble(reader: &mut Reader<'_>) -> Read<()> {
    if reader.mode == Mode::Typed && reader.rest().starts_with(BOM) {
        reader.position += BOM.len();
        reader.diagnostics.push(
            Diagnostic::warning(code::BOM, "ignoring a byte order mark before the request")
                .with_span(Span::new(0, BOM.len()))
                .with_help("save the message as UTF-8 without a byte order mark"),
        );
    }
    let start = reader.position;
    while let Some(length) = blank_line_length(reader.rest(), reader.mode) {
        reader.position += length;
    }
    let blank = reader.position - start;
    if reader.rest().first() == Some(&b'\r') && !reader.rest().trim_ascii().is_empty() {
        // On a connection the LF may be still to come.
        if reader.mode == Mode::Typed || reader.rest().len() > 1 {
            return Err(refuse_bare_cr(reader.position).into());
        }
    }
    if reader.mode == Mode::Typed {
        if reader.rest().iter().all(u8::is_ascii_whitespace) {
            return Err(refuse_empty(reader.position).into());
        }
        if blank > 0 {
            reader.diagnostics.push(
                Diagnostic::note(code::BLANK_LINES_BEFORE, "blank lines before the request")
                    .with_span(Span::new(start, start + blank)),
            );
        }
    }
    reader.start_section();
    Ok(())
}

/// The length of the empty line at the start of `bytes`, if there is one. A CR that no LF follows is
/// not a line end.
fn blank_line_length(bytes: &[u8], mode: Mode) -> Option<usize> {
    match bytes {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n', ..] if mode == Mode::Typed => Some(1),
        _ => None,
    }
}

#[cold]
fn refuse_bare_cr(place: usize) -> Diagnostic {
    Diagnostic::error(code::BARE_CR_BEFORE, "a CR without LF before the request line")
        .with_span(Span::new(place, place + 1))
        .with_label("expected a request line")
        .with_help("remove the byte: only CR LF or LF ends a line (RFC 9112 §2.2)")
}

#[cold]
fn refuse_empty(end: usize) -> Diagnostic {
    Diagnostic::error(code::EMPTY_INPUT, "there is no request")
        .with_span(Span::new(end, end))
        .with_label("expected a request line")
        .with_help("a message begins like `GET / HTTP/1.1`, then `Host: example.com`")
}

/// Refuses first lines that people paste but that begin no request, each with a way out.
pub(super) fn refuse_foreign(line: &Line<'_>) -> Read<()> {
    let bytes = line.bytes;
    // Nearly every request begins with a letter that none of these does.
    if !matches!(bytes.first(), Some(b'P' | b'H' | b'c' | b'$' | b':' | b'>' | b'<' | b'*')) {
        return Ok(());
    }
    let starts = |prefix: &str| bytes.starts_with(prefix.as_bytes());
    let (code, message, marked, help) = if starts("PRI * HTTP/2") {
        (
            code::H2_PREFACE,
            "this is the connection preface of HTTP/2, whose messages are binary",
            bytes.len(),
            "write the request as text: `GET /path HTTP/2`, then `Host: …`",
        )
    } else if starts("> ") || starts("< ") || starts("* ") {
        (
            code::CURL_PREFIX,
            "the lines carry the prefixes of `curl -v`",
            2,
            "keep the lines that begin with `> ` and remove that prefix: sed -n 's/^> \\{0,1\\}//p'",
        )
    } else if starts("curl ") || starts("$ curl ") {
        (
            code::CURL_COMMAND,
            "this is a curl command, not a message",
            bytes.len(),
            "give the message that curl sends, as `curl -v` shows it after `> `",
        )
    } else if starts(":") {
        (
            code::PSEUDO_HEADER,
            "the message begins with a pseudo-header field of HTTP/2",
            memchr::memchr(b':', &bytes[1..]).map_or(bytes.len(), |at| at + 2),
            "write `:method`, `:path` and `:authority` as `GET /path HTTP/2` and `Host: …`",
        )
    } else if is_status_line(bytes) {
        (
            code::RESPONSE_FIRST,
            "this is a response, not a request",
            bytes.len(),
            "put the request before it: `GET /path HTTP/1.1`, `Host: …` and an empty line",
        )
    } else {
        return Ok(());
    };
    Err(Diagnostic::error(code, message)
        .with_span(Span::new(line.start, line.start + marked))
        .with_label("expected a request line: method, target, version")
        .with_help(help)
        .into())
}
