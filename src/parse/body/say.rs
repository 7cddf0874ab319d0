//! What is said about a body.

use crate::diagnostic::{Diagnostic, Span, show};
use crate::parse::code;
use crate::parse::reader::say_bytes;
use crate::parse::response::find_response;
use crate::parse::second::Second;

/// `3 bytes (`abc`)`.
pub(super) fn count_and_show(bytes: &[u8]) -> String {
    format!("{} (`{}`)", say_bytes(bytes.len()), show(bytes))
}

/// A line end by its name: `LF` or `CR LF`.
fn name_line_end(line_end: &[u8]) -> &'static str {
    if line_end.len() == 2 { "CR LF" } else { "LF" }
}

#[cold]
pub(super) fn second_request(rest: &[u8], start: usize, second: Second) -> Diagnostic {
    let line = &rest[second.start..second.end];
    let help = if second.is_marked {
        "keep one request in each message, or read them all by `--from http-file`"
    } else {
        "read both by `--from http-file`; if it is the body of the first, state Content-Length"
    };
    Diagnostic::error(
        code::SECOND_REQUEST,
        format!("a second request follows the first: `{}`", show(line)),
    )
    .with_span(Span::new(start + second.start, start + second.end))
    .with_label("expected the end of the message")
    .with_help(help)
}

#[cold]
pub(super) fn length_unstated(start: usize, bytes: &[u8], line_end: &[u8]) -> Diagnostic {
    let count = bytes.len();
    let end = if line_end.is_empty() {
        String::new()
    } else {
        let (name, at) = (name_line_end(line_end), count + 1);
        format!(", without the final {name} (byte {at})")
    };
    let kept = if line_end.is_empty() && bytes.ends_with(b"\n") {
        ", the final line end included: content of this type is made of lines"
    } else {
        ""
    };
    Diagnostic::note(
        code::BODY_WITHOUT_LENGTH,
        format!("no length is stated: the body is the {} that follow{end}{kept}", say_bytes(count)),
    )
    .with_span(Span::new(start, start))
    .with_help(format!("add `Content-Length: {count}` to make this explicit"))
}

#[cold]
pub(super) fn response_found(place: Span, count: usize) -> Diagnostic {
    Diagnostic::note(code::RESPONSE_FOUND, "a status line: the response begins here")
        .with_span(place)
        .with_help(format!(
            "the body ends before it; a larger Content-Length than {count} keeps it"
        ))
}

#[cold]
pub(super) fn crlf_restored(span: Span, lost: &[u8], count: usize) -> Diagnostic {
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
pub(super) fn cr_removed(start: usize, length: usize, count: usize) -> Diagnostic {
    Diagnostic::warning(
        code::BODY_CR_REMOVED,
        format!(
            "the body has {length} bytes, and with LF line ends {count}, as Content-Length says: \
             its CR are taken off"
        ),
    )
    .with_span(Span::new(start, start))
    .with_help("save the file with LF line ends")
}

#[cold]
pub(super) fn content_length_small(start: usize, length: usize, count: usize) -> Diagnostic {
    Diagnostic::warning(
        code::CONTENT_LENGTH_SMALL,
        format!("Content-Length says {count} and would cut the body: all {length} bytes are sent"),
    )
    .with_span(Span::new(start + count, start + length))
    .with_label("what it would cut off")
    .with_help(format!("write `Content-Length: {length}`"))
}

#[cold]
pub(super) fn layout_removed(span: Span, count: usize) -> Diagnostic {
    let shown = span.end - span.start;
    Diagnostic::warning(
        code::BODY_LAYOUT_REMOVED,
        format!("the JSON has {shown} bytes, and on one line the {count} of Content-Length: it was laid out to be shown"),
    )
    .with_span(Span::new(span.start, span.start))
    .with_label("the body is the same on one line")
    .with_help(format!("write `Content-Length: {shown}` to keep the layout"))
}

#[cold]
pub(super) fn form_joined(span: Span, count: usize) -> Diagnostic {
    Diagnostic::warning(
        code::FORM_LINES,
        format!("the lines of the form are joined: the body has {}", say_bytes(count)),
    )
    .with_span(Span::new(span.start, span.start))
    .with_label("a form has no line ends")
    .with_help("write the form on one line, and a line end of a value as `%0A`")
}

#[cold]
pub(super) fn multipart_restored(place: Option<Span>, lost: &[u8], restored: &[u8]) -> Diagnostic {
    let count = restored.len() - lost.len();
    Diagnostic::warning(
        code::MULTIPART_CRLF_RESTORED,
        format!(
            "multipart delimiters and part headers end with CR LF: {count} CR put back, \
             the body has {}",
            say_bytes(restored.len())
        ),
    )
    .with_span(place)
    .with_label("expected CR LF")
    .with_help("save the body with CR LF line ends (RFC 2046 §5.1.1)")
}

#[cold]
pub(super) fn form_line_end(start: usize, there: &[u8], count: usize) -> Diagnostic {
    let name = name_line_end(&there[count..]);
    Diagnostic::warning(
        code::FORM_LINE_END,
        format!("a form has no line end: the final {name} (byte {}) is not sent", count + 1),
    )
    .with_span(Span::new(start + count, start + there.len()))
    .with_label(format!("the body is the {} before", say_bytes(count)))
    .with_help(format!("write `Content-Length: {count}`, or `%0A` if the line end is meant"))
}

#[cold]
pub(super) fn body_short(stated: Option<Span>, there: usize, count: usize) -> Diagnostic {
    Diagnostic::warning(
        code::BODY_SHORT,
        format!("Content-Length says {count}, but the body has {}", say_bytes(there)),
    )
    .with_span(stated)
    .with_label(format!("{there} would match"))
    .with_help(format!("write `Content-Length: {there}`, or add what is missing of the body"))
}

/// What would keep the bytes after the body.
pub(super) fn advise_on_long(rest: &[u8], count: usize) -> Option<String> {
    let end = find_response(&rest[count..]).map_or(rest.len(), |at| count + at);
    let whole = rest[..end].trim_ascii_end();
    let line_ends = whole.windows(2).filter(|pair| pair == b"\r\n").count();
    if whole.len() - line_ends == count {
        return Some(format!(
            "the body has {count} bytes with LF line ends: save the file with LF line ends"
        ));
    }
    (whole.len() > count).then(|| {
        format!(
            "write `Content-Length: {}` if they belong to the body, else remove them",
            whole.len()
        )
    })
}

#[cold]
pub(super) fn body_long(
    extra: &str,
    place: Span,
    count: usize,
    advice: Option<String>,
) -> Diagnostic {
    Diagnostic::warning(
        code::BODY_LONG,
        format!("ignoring {extra} after the body of Content-Length {count}"),
    )
    .with_span(place)
    .with_label("the body ends before")
    .with_help(advice.unwrap_or_else(|| "remove them".to_owned()))
}

#[cold]
pub(super) fn bytes_after_chunks(extra: &str, place: Span) -> Diagnostic {
    Diagnostic::warning(code::BYTES_AFTER_BODY, format!("ignoring {extra} after the last chunk"))
        .with_span(place)
        .with_help("remove them, or move them before the chunk of size 0")
}
