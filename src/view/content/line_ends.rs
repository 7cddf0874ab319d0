//! Texts that say the same with CR LF in place of LF, so that a snippet may be saved with either.

use super::{media_type, vouch};
use crate::content::json;
use crate::grammar::media_type::{has_free_line_ends, is_json};
use crate::literal::LineEnds;
use crate::request::Request;
use crate::view::BodyMode;

/// Whether the body of a request says the same with LF in place of each CR LF and the reverse, and
/// nothing asks for its bytes: neither the mode nor a field that vouches for them.
pub fn are_free(request: &Request<'_>, mode: BodyMode) -> bool {
    let Ok(text) = std::str::from_utf8(&request.body.bytes) else { return false };
    mode != BodyMode::Exact && vouch::find(request).is_none() && is_free(&media_type(request), text)
}

/// The line ends of a text of this media type. A CR that the text already has would come before the
/// CR of the file, and be a line end of its own.
pub(super) fn of(media_type: &str, text: &str) -> LineEnds {
    let has_line_feeds_only = text.contains('\n') && !text.contains('\r');
    if has_line_feeds_only && is_free(media_type, text) { LineEnds::Free } else { LineEnds::Kept }
}

/// A string of JSON holds no raw line end (RFC 8259 §7), so that all are white space.
fn is_free(media_type: &str, text: &str) -> bool {
    if is_json(media_type) { json::parse(text).is_ok() } else { has_free_line_ends(media_type) }
}

#[cfg(test)]
mod tests {
    use super::{are_free, of};
    use crate::literal::LineEnds;
    use crate::view::BodyMode;

    #[track_caller]
    fn says(fields: &str, body: &str, mode: BodyMode, expected: bool) {
        let length = body.len();
        let text = format!(
            "PUT / HTTP/1.1\r\nHost: h\r\n{fields}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let message = crate::parse::parse(text.as_bytes()).expect("a message");
        assert_eq!(are_free(&message.request, mode), expected, "{fields} {body:?} {mode:?}");
    }

    #[test]
    fn line_ends_are_free_where_they_are_white_space_of_the_language() {
        for (media_type, body) in [
            ("application/json", "{\n}"),
            ("application/problem+json; charset=utf-8", "[\n1]"),
            ("Application/XML", "<a>\n</a>"),
            ("image/svg+xml", "<svg>\n</svg>"),
            ("application/graphql", "{\n  a\n}"),
            ("text/html", "<p>\n"),
            ("text/javascript", "a\nb"),
            ("text/css", "a {\n}"),
        ] {
            says(&format!("Content-Type: {media_type}"), body, BodyMode::Auto, true);
            says(&format!("Content-Type: {media_type}"), body, BodyMode::Exact, false);
        }
    }

    #[test]
    fn line_ends_are_kept_where_they_are_content() {
        for (fields, body) in [
            ("Content-Type: text/plain", "a\nb"),
            ("Content-Type: text/csv", "a\nb"),
            ("Content-Type: application/x-ndjson", "{}\n{}\n"),
            ("Content-Type: application/x-www-form-urlencoded", "a=b\n"),
            ("X-Type: none", "{\n}"),
            ("Content-Type: application/json", "{\"a\": \"b\nc\"}"),
            ("Content-Type: application/xml\r\nContent-MD5: AAA=", "<a>\n</a>"),
            ("Content-Type: application/json\r\nDigest: SHA-256=AAA=", "{\n}"),
        ] {
            says(fields, body, BodyMode::Auto, false);
        }
    }

    #[test]
    fn a_text_with_a_carriage_return_is_written_with_escapes() {
        assert_eq!(of("application/xml", "<a>\n</a>"), LineEnds::Free);
        assert_eq!(of("application/xml", "<a>\r\n</a>"), LineEnds::Kept);
        says("Content-Type: application/xml", "<a>\r\n</a>", BodyMode::Auto, true);
    }
}
