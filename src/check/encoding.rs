//! What the body is said to be encoded in, and plainly is not.

use crate::diagnostic::{Diagnostic, show};
use crate::grammar::{MediaType, list};
use crate::request::{Body, Request};

use super::{code, place_in_body};

/// Codings that can be told by their first bytes, outermost first in the body.
/// gzip: RFC 1952 §2.3.1; zlib: RFC 1950 §2.2; Zstandard: RFC 8878 §3.1.1.
fn begins_like(coding: &[u8], bytes: &[u8]) -> Option<bool> {
    match coding.to_ascii_lowercase().as_slice() {
        b"gzip" | b"x-gzip" => Some(bytes.starts_with(&[0x1f, 0x8b, 0x08])),
        b"deflate" => Some(match bytes {
            [cmf, flags, ..] => {
                cmf & 0x0f == 8 && (u16::from(*cmf) * 256 + u16::from(*flags)) % 31 == 0
            }
            _ => false,
        }),
        b"zstd" => Some(
            bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
                || (bytes.get(1..4) == Some(&[0x2a, 0x4d, 0x18]) && bytes[0] & 0xf0 == 0x50),
        ),
        // Brotli has no mark; text in its place is told by being text.
        b"br" => Some(std::str::from_utf8(bytes).is_err()),
        _ => None,
    }
}

/// Whether the body is in a content coding; warns where it is plainly not in the stated one.
pub(super) fn check_encoding(request: &Request<'_>, found: &mut Vec<Diagnostic>) -> bool {
    let codings = request
        .headers_named("content-encoding")
        .flat_map(|field| list::elements(&field.value).map(move |one| (field, one)))
        .filter(|(_, one)| !one.eq_ignore_ascii_case(b"identity"));
    // The last coding of the list was applied last.
    let Some((field, coding)) = codings.last() else { return false };
    if begins_like(coding, &request.body.bytes) == Some(false) {
        let name = show(coding);
        found.push(
            Diagnostic::warning(
                code::CONTENT_ENCODING_MISMATCH,
                format!("Content-Encoding says {name}, but the body does not look like it"),
            )
            .with_span(field.value_span)
            .with_help("remove Content-Encoding, or give the encoded bytes (RFC 9110 §8.4)"),
        );
        return false;
    }
    true
}

/// Whether the body is in the character encoding that it states, as far as can be told.
pub(super) fn check_charset(
    body: &Body<'_>,
    media_type: &MediaType<'_>,
    found: &mut Vec<Diagnostic>,
) -> bool {
    let stated = media_type.parameter("charset").unwrap_or_default();
    let valid = if stated.eq_ignore_ascii_case("utf-8") || stated.eq_ignore_ascii_case("utf8") {
        std::str::from_utf8(&body.bytes).map_err(|error| error.valid_up_to())
    } else if stated.eq_ignore_ascii_case("us-ascii") {
        body.bytes.iter().position(|byte| !byte.is_ascii()).map_or(Ok(""), Err)
    } else {
        return true;
    };
    let Err(at) = valid else { return true };
    let message = format!("charset says {stated}, but byte {at} of the body is not valid in it");
    found.push(
        Diagnostic::warning(code::CHARSET_MISMATCH, message)
            .with_span(place_in_body(body, at))
            .with_help("correct the charset, or encode the body again"),
    );
    false
}
