//! Multipart bodies (RFC 2046 §5.1).

use memchr::memmem;

use crate::content::multipart::is_boundary;
use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::MediaType;
use crate::request::{Body, Field};

use super::code;

pub(super) fn check_body(
    body: &Body<'_>,
    field: &Field<'_>,
    media_type: &MediaType<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let boundary = media_type.parameter("boundary").unwrap_or_default();
    if !is_boundary(&boundary) {
        found.push(
            Diagnostic::warning(
                code::MULTIPART_BOUNDARY,
                "a multipart type needs a boundary of 1 to 70 characters, and this has none",
            )
            .with_span(field.value_span)
            .with_help("add `; boundary=…` as it is in the body after `--`"),
        );
        return;
    }
    let bytes = &*body.bytes;
    let delimiter = format!("--{boundary}");
    let at_line_start = |at: &usize| *at == 0 || bytes[..*at].ends_with(b"\n");
    let mut places = memmem::find_iter(bytes, &delimiter).filter(at_line_start).peekable();
    let start = body.span.map(|span| Span::new(span.start, span.start));
    if places.peek().is_none() {
        found.push(
            Diagnostic::warning(
                code::MULTIPART_BOUNDARY_UNUSED,
                format!("the boundary `{}` does not occur in the body", show(&*boundary)),
            )
            .with_span(field.value_span)
            .with_help("a part begins with a line of `--` and the boundary"),
        );
        return;
    }
    let mut closed = false;
    let mut has_bare_lf = false;
    for at in places {
        closed |= bytes[at + delimiter.len()..].starts_with(b"--");
        has_bare_lf |= at > 0 && !bytes[..at].ends_with(b"\r\n");
    }
    if !closed {
        found.push(
            Diagnostic::warning(code::MULTIPART_UNCLOSED, "the multipart body is not closed")
                .with_span(body.span.map(|span| Span::new(span.end, span.end)))
                .with_label(format!("expected `{}--`", show(&delimiter)))
                .with_help("end the last part with CR LF, the delimiter and `--`"),
        );
    }
    if has_bare_lf {
        found.push(
            Diagnostic::warning(
                code::MULTIPART_LINE_ENDS,
                "multipart delimiters follow LF only; servers need CR LF",
            )
            .with_span(start)
            .with_help("save the body with CR LF line ends and correct Content-Length"),
        );
    }
}
