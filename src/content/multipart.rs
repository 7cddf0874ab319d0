//! `multipart/form-data` (RFC 7578): parts that a client's own form API can send.

use memchr::memmem::{self, Finder};

use crate::grammar::Parameterized;
use crate::grammar::space::trim;
use crate::grammar::token::is_token;

/// A form of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipart<'a> {
    /// The boundary, without the two hyphens before it in the body.
    pub boundary: &'a str,
    /// The parts, in order; at least one.
    pub parts: Vec<Part<'a>>,
    /// What follows the last boundary: nothing or a line end.
    pub end: &'a [u8],
}

/// A part of a form.
///
/// The raw text of a name stands on the wire between the quotes. Clients disagree on escapes: `"` is
/// `%22` to browsers (HTML §4.10.21.8) and `\"` to others, and few decode either. So the raw text *is* the
/// name, `%22` included, and a form whose names hold `"` or `\` is not offered: a client that is given
/// such a name writes the same bytes, whichever characters it escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// The name of the field: UTF-8 without `"`, `\` and controls.
    pub name: &'a str,
    /// The file name, in the same way.
    pub filename: Option<&'a str>,
    /// The value of the part's Content-Type, visible ASCII and spaces.
    pub content_type: Option<&'a str>,
    /// The other fields of the part, in order.
    pub headers: Vec<(&'a str, &'a [u8])>,
    /// The content, any bytes.
    pub content: &'a [u8],
}

/// Reads a form, given the value of Content-Type.
///
/// Only what a client's form API can send: `multipart/form-data` with a boundary of RFC 2046 §5.1.1 and
/// no other parameter, no preamble, no epilogue but one line end, CRLF line ends, each part with one
/// Content-Disposition of `form-data` with `name` and perhaps `filename`. Takes linear time.
pub fn parse<'a>(content_type: &'a [u8], body: &'a [u8]) -> Option<Multipart<'a>> {
    let boundary = read_boundary(content_type)?;
    let delimiter = ["\r\n--", boundary].concat();
    let finder = Finder::new(&delimiter);
    // The line end before the first delimiter is missing when there is no preamble.
    let mut rest = body.strip_prefix(&delimiter.as_bytes()[2..])?;
    let mut parts = Vec::new();
    while let Some(after) = rest.strip_prefix(b"\r\n") {
        let end = finder.find(after)?;
        parts.push(read_part(&after[..end])?);
        rest = &after[end + delimiter.len()..];
    }
    let end = rest.strip_prefix(b"--")?;
    (!parts.is_empty() && matches!(end, b"" | b"\r\n")).then_some(Multipart {
        boundary,
        parts,
        end,
    })
}

fn read_boundary(content_type: &[u8]) -> Option<&str> {
    let media_type = Parameterized::parse(str::from_utf8(content_type).ok()?)?;
    let [parameter] = media_type.parameters.as_slice() else { return None };
    (media_type.head.eq_ignore_ascii_case("multipart/form-data")
        && parameter.name.eq_ignore_ascii_case("boundary")
        && is_boundary(parameter.raw))
    .then_some(parameter.raw)
}

/// Whether the text can be a boundary: `0*69<bchars> bcharsnospace` (RFC 2046 §5.1.1).
pub fn is_boundary(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    (1..=70).contains(&text.len()) && !text.ends_with(' ') && text.bytes().all(is_allowed)
}

fn read_part(part: &[u8]) -> Option<Part<'_>> {
    let blank = memmem::find(part, b"\r\n\r\n")?;
    let (head, content) = (&part[..blank], &part[blank + 4..]);
    let mut disposition = None;
    let mut content_type = None;
    let mut headers = Vec::new();
    for line in split_lines(head) {
        let (name, value) = read_header(line)?;
        let previous = if name.eq_ignore_ascii_case("Content-Disposition") {
            disposition.replace(value)
        } else if name.eq_ignore_ascii_case("Content-Type") {
            content_type.replace(value)
        } else {
            headers.push((name, value));
            None
        };
        if previous.is_some() {
            return None;
        }
    }
    let (name, filename) = read_disposition(disposition?)?;
    let content_type = match content_type {
        Some(value) => Some(read_visible(value)?),
        None => None,
    };
    Some(Part { name, filename, content_type, headers, content })
}

/// The lines of a header section, split at CRLF.
fn split_lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(head);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memmem::find(text, b"\r\n");
        rest = end.map(|end| &text[end + 2..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Reads a field line (RFC 9112 §5); a folded line has no name and is refused.
fn read_header(line: &[u8]) -> Option<(&str, &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = (&line[..colon], trim(&line[colon + 1..]));
    let is_text = value.iter().all(|byte| !byte.is_ascii_control() || *byte == b'\t');
    (is_token(name) && is_text).then_some((str::from_utf8(name).ok()?, value))
}

fn read_visible(value: &[u8]) -> Option<&str> {
    let is_visible = value.iter().all(|byte| matches!(byte, b' '..=b'~'));
    str::from_utf8(value).ok().filter(|value| is_visible && !value.is_empty())
}

/// The name and the file name of a Content-Disposition (RFC 7578 §4.2).
fn read_disposition(value: &[u8]) -> Option<(&str, Option<&str>)> {
    let disposition = Parameterized::parse(str::from_utf8(value).ok()?)?;
    if !disposition.head.eq_ignore_ascii_case("form-data") {
        return None;
    }
    let mut name = None;
    let mut filename = None;
    for parameter in &disposition.parameters {
        let place = match parameter.name.to_ascii_lowercase().as_str() {
            "name" => &mut name,
            "filename" => &mut filename,
            _ => return None,
        };
        let is_plain = !parameter.raw.contains(|c: char| c == '\\' || c.is_control());
        if !is_plain || place.replace(parameter.raw).is_some() {
            return None;
        }
    }
    Some((name?, filename))
}

/// Whether both bodies have the same parts in the same order; boundaries and the last line end may
/// differ.
///
/// Names, file names and contents are compared exactly, a part's Content-Type as a media type with its
/// parameters (one that only one side has is a difference), other fields of a part in order, their
/// names without regard to letter case. What [`parse`] does not read is the same only if its bytes are.
pub fn same_parts(left_type: &[u8], left: &[u8], right_type: &[u8], right: &[u8]) -> bool {
    if (left_type, left) == (right_type, right) {
        return true;
    }
    let (Some(left), Some(right)) = (parse(left_type, left), parse(right_type, right)) else {
        return false;
    };
    left.parts.len() == right.parts.len()
        && left.parts.iter().zip(&right.parts).all(|(left, right)| is_same_part(left, right))
}

fn is_same_part(left: &Part, right: &Part) -> bool {
    let same_headers = left.headers.len() == right.headers.len()
        && left
            .headers
            .iter()
            .zip(&right.headers)
            .all(|(left, right)| left.0.eq_ignore_ascii_case(right.0) && left.1 == right.1);
    left.name == right.name
        && left.filename == right.filename
        && is_same_type(left.content_type, right.content_type)
        && same_headers
        && left.content == right.content
}

fn is_same_type(left: Option<&str>, right: Option<&str>) -> bool {
    left == right
        || match (left.and_then(Parameterized::parse), right.and_then(Parameterized::parse)) {
            (Some(left), Some(right)) => left.is_same(&right),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &[u8] = b"multipart/form-data; boundary=b";

    /// A body of one part whose fields are these lines.
    fn with_head(head: &str) -> Vec<u8> {
        format!("--b\r\n{head}\r\n\r\nx\r\n--b--\r\n").into_bytes()
    }

    #[test]
    fn parts_are_read_as_they_stand() {
        let body =
            b"--b\r\nContent-Disposition: form-data; name=\"a%22\"\r\n\r\n1\n\r\n2\r\n\r\n--b\r\n\
            content-disposition:form-data; filename=\"\xc3\xa9;.bin\"; name=f\r\n\
            Content-Type: image/png\r\nX-Other:  \xff \r\n\r\n\0\xff--b\r\n--b--";
        let read = parse(b"Multipart/Form-Data; Boundary=\"b\"", body).unwrap();
        let text = Part {
            name: "a%22",
            filename: None,
            content_type: None,
            headers: vec![],
            content: b"1\n\r\n2\r\n",
        };
        let file = Part {
            name: "f",
            filename: Some("\u{e9};.bin"),
            content_type: Some("image/png"),
            headers: vec![("X-Other", b"\xff")],
            content: b"\0\xff--b",
        };
        assert_eq!(read, Multipart { boundary: "b", parts: vec![text, file], end: b"" });
    }

    #[test]
    fn an_empty_part_has_its_own_line_ends() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n\r\n--b--\r\n";
        let read = parse(TYPE, body).unwrap();
        assert_eq!((read.parts[0].content, read.end), (&b""[..], &b"\r\n"[..]));
    }

    #[test]
    fn a_head_that_a_client_would_write_otherwise_is_refused() {
        for head in [
            "",
            "Content-Type: text/plain",
            "Content-Disposition: form-data",
            "Content-Disposition: form-data; filename=\"a\"",
            "Content-Disposition: attachment; name=\"a\"",
            "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
            "Content-Disposition: form-data; name=\"a\"; filename*=utf-8''b",
            "Content-Disposition: form-data; name=\"a\"; size=1",
            "Content-Disposition: form-data; name=\"a\\\"b\"",
            "Content-Disposition: form-data; name=\"a\"; filename=\"C:\\b\"",
            "Content-Disposition: form-data;\r\n name=\"a\"",
            "Content-Disposition : form-data; name=\"a\"",
            "Content-Disposition: form-data; name=\"a\nb\"",
            "Content-Disposition: form-data; name=\"a\"\r\nContent-Type:",
            "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: a/b\r\nContent-Type: a/b",
        ] {
            assert_eq!(parse(TYPE, &with_head(head)), None, "{head:?}");
        }
        assert!(parse(TYPE, &with_head("Content-Disposition: form-data; name=\"a\"")).is_some());
    }

    #[test]
    fn a_frame_that_is_not_exact_is_refused() {
        let part = "Content-Disposition: form-data; name=\"a\"\r\n\r\nx";
        for body in [
            String::new(),
            "--b--\r\n".into(),
            format!("preamble\r\n--b\r\n{part}\r\n--b--\r\n"),
            format!("\r\n--b\r\n{part}\r\n--b--\r\n"),
            format!("--b\r\n{part}\r\n--b--\r\nepilogue"),
            format!("--b\r\n{part}\r\n--b--\r\n\r\n"),
            format!("--b \r\n{part}\r\n--b--\r\n"),
            format!("--b\r\n{part}\r\n--b"),
            format!("--b\r\n{part}\r\n--bc\r\n--b--\r\n"),
            format!("--b\r\n{part}\n--b--\r\n"),
            format!("--b\n{part}\r\n--b--\r\n"),
            format!("--b\r\n{part}"),
        ] {
            assert_eq!(parse(TYPE, body.as_bytes()), None, "{body:?}");
        }
    }

    #[test]
    fn a_content_type_that_is_not_exact_is_refused() {
        let body = with_head("Content-Disposition: form-data; name=\"a\"");
        let long = format!("multipart/form-data; boundary={}", "b".repeat(71));
        for content_type in [
            "multipart/form-data",
            "multipart/mixed; boundary=b",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"b \"",
            "multipart/form-data; boundary=\"\\b\"",
            "multipart/form-data; boundary=b; charset=utf-8",
            "multipart/form-data; boundary=b; boundary=b",
            &long,
        ] {
            assert_eq!(parse(content_type.as_bytes(), &body), None, "{content_type:?}");
        }
    }

    #[test]
    fn sameness_is_of_parts_not_of_boundaries() {
        let name = "Content-Disposition: form-data; name=\"a\"";
        let plain = with_head(name);
        let other = b"--c\r\ncontent-disposition: form-data; NAME=a\r\n\r\nx\r\n--c--";
        assert!(same_parts(TYPE, &plain, b"multipart/form-data; boundary=c", other));
        let with = |rest: &str| with_head(&format!("{name}{rest}"));
        let typed = with("\r\nContent-Type: text/plain;charset=a");
        assert!(same_parts(
            TYPE,
            &typed,
            TYPE,
            &with("\r\nContent-Type: Text/Plain; charset=\"a\"")
        ));
        for different in [
            with("\r\nContent-Type: text/plain"),
            with("; filename=\"\""),
            with("\r\nX: 1"),
            plain.repeat(2),
        ] {
            assert!(!same_parts(TYPE, &plain, TYPE, &different));
            assert!(!same_parts(TYPE, &typed, TYPE, &different));
        }
    }
}
