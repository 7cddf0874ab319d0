//! Field lines (RFC 9112 §5) of a header or trailer section.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::MediaType;
use crate::grammar::space::is_blank;
use crate::grammar::token::find_non_token;
use crate::request::Field;

use super::reader::{Line, Mode, Read, Reader};
use super::{MAX_FIELDS, code};

/// What the fields are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Header,
    Trailer,
}

/// How a section ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionEnd {
    EmptyLine,
    EndOfInput,
    /// The body begins, as documents have it.
    Body,
}

pub(super) fn read_fields<'a>(
    reader: &mut Reader<'a>,
    section: Section,
) -> Read<(Vec<Field<'a>>, SectionEnd)> {
    let mut fields: Vec<Field<'a>> = Vec::new();
    loop {
        if section == Section::Header
            && reader.mode == Mode::Typed
            && begins_body(reader.rest(), &fields)
        {
            reader.diagnostics.push(note_body_at_once(reader.here()));
            return Ok((fields, SectionEnd::Body));
        }
        let Some(line) = reader.take_line()? else { return Ok((fields, SectionEnd::EndOfInput)) };
        match line.bytes.first() {
            None => return Ok((fields, SectionEnd::EmptyLine)),
            Some(b' ' | b'\t') => {
                check_continuation(reader, &line)?;
                let Some(last) = fields.last_mut() else {
                    return Err(refuse_leading_space(&line).into());
                };
                unfold(last, &line);
                reader.folds.add(line.span());
                check_value(reader, &line, 0)?;
            }
            Some(_) => {
                let field = read_field(reader, &line)?;
                if fields.len() == MAX_FIELDS {
                    return Err(refuse_field_count(&line).into());
                }
                fields.push(field);
            }
        }
    }
}

/// Whether JSON or XML begins where a field would: no field name has such a character, and nothing else that documents
/// write there, as `[form data]` or `<content>`, begins so.
fn begins_body(rest: &[u8], fields: &[Field<'_>]) -> bool {
    let Some((first, behind)) = rest.split_first() else { return false };
    let next = || behind.trim_ascii_start().first().copied().unwrap_or_default();
    match first {
        b'{' => matches!(next(), b'"' | b'}'),
        b'[' => matches!(next(), b'"' | b'{' | b'[' | b']' | b'-' | b'0'..=b'9'),
        b'<' if behind.starts_with(b"?xml") => true,
        b'<' => fields.iter().filter(|field| field.is("content-type")).any(|field| {
            let essence = MediaType::essence_of(&field.value);
            essence.ends_with("/xml") || essence.ends_with("+xml") || essence == "text/html"
        }),
        _ => false,
    }
}

#[cold]
fn note_body_at_once(place: Span) -> Diagnostic {
    let message = "the body begins without an empty line before it";
    Diagnostic::note(code::BODY_AT_ONCE, message)
        .with_span(place)
        .with_help("put an empty line before the body (RFC 9112 §2.1)")
}

fn read_field<'a>(reader: &mut Reader<'a>, line: &Line<'a>) -> Read<Field<'a>> {
    let colon = match find_non_token(line.bytes) {
        Some(0) if line.bytes[0] == b':' => return Err(refuse_empty_name(line).into()),
        Some(colon) if line.bytes[colon] == b':' => colon,
        bad => match (memchr::memchr(b':', line.bytes), bad) {
            (Some(colon), Some(bad)) => {
                return Err(refuse_name(line, &line.bytes[..colon], bad).into());
            }
            _ => return Err(refuse_missing_colon(line).into()),
        },
    };
    let name = &line.bytes[..colon];
    check_value(reader, line, colon + 1)?;
    let (value, value_span) = trim(line, colon + 1);
    Ok(Field {
        // A token is ASCII.
        name: Cow::Borrowed(reader.text_of(name, line.start).unwrap_or_default()),
        value: Cow::Borrowed(value),
        name_span: Some(Span::new(line.start, line.start + colon)),
        value_span: Some(value_span),
        known_text: reader.text_of(value, value_span.start).ok(),
    })
}

/// What is there from `at` on, without the white space around it.
fn trim<'a>(line: &Line<'a>, at: usize) -> (&'a [u8], Span) {
    let bytes = &line.bytes[at..];
    let visible = |byte: &u8| !is_blank(*byte);
    let start = bytes.iter().position(visible).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(visible).map_or(start, |last| last + 1);
    let place = line.start + at;
    (&bytes[start..end], Span::new(place + start, place + end))
}

/// RFC 9112 §5.2: an obs-fold is replaced by a space before the value is interpreted.
fn unfold(field: &mut Field<'_>, line: &Line<'_>) {
    let (more, span) = trim(line, 0);
    if more.is_empty() {
        return;
    }
    field.known_text = None;
    let value = field.value.to_mut();
    let start = match field.value_span {
        Some(before) if !value.is_empty() => before.start,
        _ => span.start,
    };
    if !value.is_empty() {
        value.push(b' ');
    }
    value.extend_from_slice(more);
    field.value_span = Some(Span::new(start, span.end));
}

/// RFC 9110 §5.5: CR, LF and NUL are dangerous; other control characters are invalid only.
fn check_value(reader: &mut Reader<'_>, line: &Line<'_>, at: usize) -> Read<()> {
    let is_control = |&byte: &u8| (byte < b' ' && byte != b'\t') || byte == 0x7f;
    // Nearly always there is none, and a look at all bytes at once is the quickest to say so.
    if !line.bytes[at..].iter().fold(false, |any, byte| any | is_control(byte)) {
        return Ok(());
    }
    let mut rest = at;
    while let Some(found) = line.bytes[rest..].iter().position(is_control) {
        let place = line.place(rest + found);
        match line.bytes[rest + found] {
            0 => return Err(refuse_byte(code::FIELD_NUL, "NUL", place).into()),
            b'\r' => return Err(refuse_byte(code::FIELD_CR, "a CR without LF", place).into()),
            // Some readers take these for white space, and the others refuse them.
            b'\x0b' => {
                return Err(refuse_byte(code::FIELD_SPACE, "a vertical tab", place).into());
            }
            b'\x0c' => {
                return Err(refuse_byte(code::FIELD_SPACE, "a form feed", place).into());
            }
            _ if rest == at => reader.controls.add(place),
            _ => {}
        }
        rest += found + 1;
    }
    Ok(())
}

/// A line of only white space is a continuation on the wire (RFC 9112 §5.2), but in a typed
/// message it is more likely the end of the header section.
fn check_continuation(reader: &Reader<'_>, line: &Line<'_>) -> Read<()> {
    if reader.mode == Mode::Wire || !line.bytes.iter().all(|&byte| is_blank(byte)) {
        return Ok(());
    }
    Err(Diagnostic::error(
        code::BLANK_LINE_SPACE,
        "a line of the header section contains only white space",
    )
    .with_span(line.span())
    .with_label("expected an empty line or a field")
    .with_help("remove the white space to end the header section here, or remove the line")
    .into())
}

#[cold]
fn refuse_leading_space(line: &Line<'_>) -> Diagnostic {
    Diagnostic::error(code::FIELD_LEADING_SPACE, "white space before the first field")
        .with_span(line.place(0))
        .with_label("expected a field name")
        .with_help("remove the white space at the start of the line (RFC 9112 §2.2)")
}

#[cold]
fn refuse_field_count(line: &Line<'_>) -> Diagnostic {
    Diagnostic::error(code::TOO_MANY_FIELDS, format!("there are more than {MAX_FIELDS} fields"))
        .with_span(line.span())
        .with_label("one field too many")
        .with_help("remove fields, or put an empty line before the body")
}

#[cold]
fn refuse_missing_colon(line: &Line<'_>) -> Diagnostic {
    Diagnostic::error(code::FIELD_COLON, format!("`{}` is not a field line", show(line.bytes)))
        .with_span(line.span())
        .with_label("expected `Name: value`")
        .with_help("add a colon after the name; if the body begins here, put an empty line before")
}

#[cold]
fn refuse_empty_name(line: &Line<'_>) -> Diagnostic {
    let is_pseudo = ["method", "path", "authority", "scheme", "protocol", "status"]
        .iter()
        .any(|name| line.bytes[1..].starts_with(name.as_bytes()));
    if is_pseudo {
        return Diagnostic::error(code::PSEUDO_HEADER, "a pseudo-header field of HTTP/2")
            .with_span(line.span())
            .with_label("expected `Name: value`")
            .with_help("remove the line; write `:authority` as `Host: …`");
    }
    Diagnostic::error(code::FIELD_NAME_EMPTY, "a field without a name")
        .with_span(line.place(0))
        .with_label("expected a field name before the colon")
        .with_help("write the field as `Name: value`, or remove the line")
}

#[cold]
fn refuse_name(line: &Line<'_>, name: &[u8], bad: usize) -> Diagnostic {
    if name[bad..].iter().all(|&byte| is_blank(byte)) {
        let span = Span::new(line.start + bad, line.start + name.len());
        return Diagnostic::error(
            code::FIELD_NAME_SPACE,
            "white space before the colon of a field (RFC 9112 §5.1)",
        )
        .with_span(span)
        .with_label("expected the colon")
        .with_help(format!("write `{}:`", show(&name[..bad])));
    }
    Diagnostic::error(code::FIELD_NAME, format!("`{}` is not a field name", show(name)))
        .with_span(line.place(bad))
        .with_label("expected letters, digits or one of !#$%&'*+-.^_`|~")
        .with_help("correct the name; if the body begins here, put an empty line before it")
}

#[cold]
fn refuse_byte(code: &'static str, what: &str, place: Span) -> Diagnostic {
    Diagnostic::error(code, format!("a field value contains {what}"))
        .with_span(place)
        .with_label("expected a visible character, a space or a tab")
        .with_help("remove the byte: HTTP has no way to send it in a field (RFC 9110 §5.5)")
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    #[track_caller]
    fn has_body(fields: &str, text: &str, is_read: bool) {
        let message = format!("POST / HTTP/1.1\r\nHost: a\r\n{fields}{text}");
        let body = parse(message.as_bytes()).ok().map(|read| read.request.body.bytes.into_owned());
        assert_eq!(body.as_deref() == Some(text.as_bytes()), is_read, "{message}");
    }

    #[test]
    fn a_body_at_once_is_json_or_xml() {
        for text in
            ["{\"a\": 1}", "{}", "{\n\"a: b\": 1}", "[{}]", "[ -1]", "<?xml version='1.0'?>"]
        {
            has_body("", text, true);
        }
        for text in ["[form data]", "{body}", "{{body}}", "<content>", "a=1", "text"] {
            has_body("", text, false);
        }
        has_body("Content-Type: application/a+xml\r\n", "<a/>", true);
        has_body("Content-Type: text/plain\r\n", "<a/>", false);
    }

    #[test]
    fn no_body_follows_trailer_fields() {
        let chunks = "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
        let message = format!("POST / HTTP/1.1\r\nHost: a\r\n{chunks}{{}}");
        assert!(parse(message.as_bytes()).is_err());
    }
}
