//! How long the body is (RFC 9112 §6.3).

use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::space::trim;
use crate::request::Field;

use super::code;
use super::reader::{Mode, Read, Reader};

/// What the header section says of the body's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Unstated,
    Bytes { count: usize, span: Option<Span> },
    Chunked,
}

/// Decides the length, or refuses fields that a sender and a receiver may read differently.
pub(super) fn decide_length(
    reader: &mut Reader<'_>,
    headers: &[Field<'_>],
    version: &str,
) -> Read<Length> {
    let stated = read_content_length(reader, headers)?;
    let Some(coding) = headers.iter().find(|field| field.is("transfer-encoding")) else {
        return Ok(match stated {
            Some((count, span)) => Length::Bytes { count, span },
            None => Length::Unstated,
        });
    };
    if let Some((_, span)) = stated {
        return Err(refuse_both(span).into());
    }
    for field in headers.iter().filter(|field| field.is("transfer-encoding")) {
        if !std::ptr::eq(field, coding) || !field.value.eq_ignore_ascii_case(b"chunked") {
            return Err(refuse_coding(field).into());
        }
    }
    if version == "HTTP/1.0" {
        return Err(refuse_http10(coding).into());
    }
    Ok(Length::Chunked)
}

fn read_content_length(
    reader: &mut Reader<'_>,
    headers: &[Field<'_>],
) -> Read<Option<(usize, Option<Span>)>> {
    let mut stated: Option<(usize, Option<Span>)> = None;
    let mut repeated = None;
    for field in headers.iter().filter(|field| field.is("content-length")) {
        if reader.mode == Mode::Typed && is_placeholder(&field.value) {
            reader.diagnostics.push(warn_of_placeholder(field));
            continue;
        }
        for value in field.value.split(|&byte| byte == b',') {
            let count = read_count(trim(value)).ok_or_else(|| refuse_count(field))?;
            match stated {
                None => stated = Some((count, field.value_span)),
                Some((first, _)) if first == count => repeated = Some(field.value_span),
                Some((first, _)) => return Err(refuse_conflict(field, first).into()),
            }
        }
    }
    if let Some(span) = repeated {
        reader.diagnostics.push(
            Diagnostic::warning(code::CONTENT_LENGTH_REPEATED, "duplicate Content-Length")
                .with_span(span)
                .with_label("the same again")
                .with_help("keep one of them: some servers refuse both (RFC 9112 §6.3)"),
        );
    }
    Ok(stated)
}

/// Whether a value only shows where the length belongs: `xxxx` (RFC 4918), `nnn`, `...`, or words in brackets.
fn is_placeholder(value: &[u8]) -> bool {
    match value {
        [b'<', .., b'>'] | [b'[', .., b']'] | [b'{', .., b'}'] | [b'(', .., b')'] => true,
        [first, _, ..] => {
            (first.is_ascii_alphabetic() || *first == b'.')
                && value.iter().all(|byte| byte == first)
        }
        _ => false,
    }
}

#[cold]
fn warn_of_placeholder(field: &Field<'_>) -> Diagnostic {
    let message = format!("`{}` is no length: the body is what follows", show(&field.value));
    Diagnostic::warning(code::CONTENT_LENGTH_PLACEHOLDER, message)
        .with_span(field.value_span)
        .with_label("expected digits")
        .with_help("write the length of the body in bytes, or remove Content-Length")
}

fn read_count(value: &[u8]) -> Option<usize> {
    // Only digits: Content-Length has no sign (RFC 9110 §8.6).
    let add = |count: usize, byte: &u8| {
        let digit = byte.wrapping_sub(b'0');
        let more = count.checked_mul(10)?.checked_add(digit.into())?;
        (digit < 10).then_some(more)
    };
    if value.is_empty() { None } else { value.iter().try_fold(0, add) }
}

#[cold]
fn refuse_count(field: &Field<'_>) -> Diagnostic {
    let digits = field.value.iter().all(u8::is_ascii_digit) && !field.value.is_empty();
    let what = if digits { "is too large" } else { "is not a number of bytes" };
    let message = match &*field.value {
        b"" => "Content-Length is empty".to_owned(),
        value => format!("`{}` {what}", show(value)),
    };
    Diagnostic::error(code::CONTENT_LENGTH, message)
        .with_span(field.value_span)
        .with_label("expected digits")
        .with_help("write the length of the body in bytes, or remove Content-Length")
}

#[cold]
fn refuse_conflict(field: &Field<'_>, first: usize) -> Diagnostic {
    Diagnostic::error(
        code::CONTENT_LENGTH_CONFLICT,
        format!("Content-Length is both {first} and {}", show(&field.value)),
    )
    .with_span(field.value_span)
    .with_label(format!("expected {first}, as before"))
    .with_help("remove the wrong one (RFC 9112 §6.3)")
}

#[cold]
fn refuse_both(span: Option<Span>) -> Diagnostic {
    Diagnostic::error(code::LENGTH_CONFLICT, "Content-Length and Transfer-Encoding in one message")
        .with_span(span)
        .with_label("expected no Content-Length beside Transfer-Encoding")
        .with_help("remove Content-Length if the body is chunked, Transfer-Encoding if it is not")
}

#[cold]
fn refuse_coding(field: &Field<'_>) -> Diagnostic {
    let message = match &*field.value {
        b"" => "Transfer-Encoding is empty".to_owned(),
        value if value.eq_ignore_ascii_case(b"chunked") => "duplicate Transfer-Encoding".to_owned(),
        value => format!("`{}` is not the transfer coding `chunked`", show(value)),
    };
    Diagnostic::error(code::TRANSFER_ENCODING, message)
        .with_span(field.span())
        .with_label("expected `chunked`, once")
        .with_help("keep one `Transfer-Encoding: chunked`, or remove it and send the body without a transfer coding")
}

#[cold]
fn refuse_http10(field: &Field<'_>) -> Diagnostic {
    Diagnostic::error(code::TRANSFER_ENCODING_HTTP10, "HTTP/1.0 has no Transfer-Encoding")
        .with_span(field.span())
        .with_label("expected no Transfer-Encoding")
        .with_help("write `HTTP/1.1` in the request line (RFC 9112 §6.1)")
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn what_shows_where_a_length_belongs_is_no_wrong_length() {
        for value in ["xxxx", "nnn", "..", "<length>", "[5]", "{{n}}", "(size)"] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
        for value in ["", "x", "5", "55", "abc", "+5", "0x5", "5, 5", "<5", "--"] {
            assert!(!is_placeholder(value.as_bytes()), "{value}");
        }
    }
}
