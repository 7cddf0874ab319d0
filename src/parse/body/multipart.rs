//! The line ends of multipart content (RFC 2046 §5.1.1).

use crate::content::multipart::is_boundary;
use crate::grammar::space::trim_end;
use crate::grammar::{MediaType, line_end};
use crate::request::Field;

use super::line_ends::push_with_crlf;

/// What a line of multipart content is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first delimiter, or after the last.
    Outside,
    /// Among the header fields of a part.
    Head,
    /// In the content of a part.
    Content,
}

/// The boundary that Content-Type states, if the content is multipart.
pub(super) fn boundary_of(headers: &[Field<'_>]) -> Option<String> {
    let field = headers.iter().find(|field| field.is("content-type"))?;
    if !field.value.get(..10)?.eq_ignore_ascii_case(b"multipart/") {
        return None;
    }
    let boundary = MediaType::read(&field.value)?.parameter("boundary")?.into_owned();
    is_boundary(&boundary).then_some(boundary)
}

/// How long the content is with its line ends restored, if any is to be restored.
pub(super) fn restored_length(headers: &[Field<'_>], bytes: &[u8]) -> Option<usize> {
    restore(bytes, &boundary_of(headers)?).map(|(restored, _)| restored.len())
}

/// The content with CRLF before and after each delimiter and after each part header, and the
/// offset of the first LF that lacked its CR; `None` where no delimiter lacks one.
pub(super) fn restore(bytes: &[u8], boundary: &str) -> Option<(Vec<u8>, usize)> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut place = Place::Outside;
    let mut first = None;
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let text = line_end::strip(line);
        if let Some(is_last) = read_delimiter(text, boundary) {
            // The line end before a delimiter belongs to it.
            if out.ends_with(b"\n") && !out.ends_with(b"\r\n") {
                out.pop();
                out.extend_from_slice(b"\r\n");
                first.get_or_insert(at - 1);
            }
            place = if is_last { Place::Outside } else { Place::Head };
            let is_bare = line.len() == text.len() + 1;
            if is_bare {
                first.get_or_insert(at + text.len());
            }
            push_with_crlf(&mut out, line);
        } else if place == Place::Head {
            push_with_crlf(&mut out, line);
            if text.is_empty() {
                place = Place::Content;
            }
        } else {
            out.extend_from_slice(line);
        }
        at += line.len();
    }
    first.map(|first| (out, first))
}

/// Whether a line is a delimiter, and if so whether it is the closing one. White space may follow.
fn read_delimiter(line: &[u8], boundary: &str) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?;
    match trim_end(rest) {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_and_part_headers_get_their_cr_back_and_content_stays() {
        let lf = b"--B\nContent-Disposition: form-data; name=\"a\"\n\none\ntwo\r\n\n--B\nX: y\n\n--Bx\n--B--\n";
        let crlf = b"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\ntwo\r\n\r\n--B\r\nX: y\r\n\r\n--Bx\r\n--B--\r\n";
        let (restored, first) = restore(lf, "B").unwrap();
        assert_eq!(restored.escape_ascii().to_string(), crlf.escape_ascii().to_string());
        assert_eq!(first, 3);
        assert_eq!(restore(crlf, "B"), None);
    }

    #[test]
    fn what_has_no_delimiter_stays() {
        assert_eq!(restore(b"a\nb\n", "B"), None);
        assert_eq!(restore(b"", "B"), None);
    }
}
