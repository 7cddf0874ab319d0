//! JSON texts: which of the formats made of JSON they are.

use crate::diagnostic::Span;

use super::refusal::{Refusal, refuse};
use super::value::{Value, read_json};
use super::{Format, Found, Options, code, har, postman};

/// Whether a text can only be JSON.
pub(super) fn begins_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = bytes.trim_ascii_start();
    matches!(text.first(), Some(b'{' | b'[')) && !is_log(text)
}

/// Whether a text begins as a line of a log: `[2026-01-02T03:04:05Z] …`, `[INFO] …`.
fn is_log(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"[") else { return false };
    let close = memchr::memchr2(b']', b'\n', rest).unwrap_or(rest.len());
    rest.first().is_some_and(u8::is_ascii_alphanumeric) && rest[close..].starts_with(b"] ")
}

/// Reads a JSON text in the format that its content tells.
pub(super) fn read(bytes: &[u8], options: &Options) -> (Format, Result<Found, Refusal>) {
    match read_json(bytes) {
        Ok(value) if postman::is_collection(&value) => {
            (Format::Postman, postman::read(&value, options))
        }
        Ok(value) if har::is_har(&value) => (Format::Har, har::read(&value, options)),
        Ok(value) => (Format::Har, Err(refuse_unknown(&value))),
        Err(refusal) => (Format::Har, Err(refusal)),
    }
}

/// Reads a JSON text in a format that was named.
pub(super) fn read_as(
    bytes: &[u8],
    options: &Options,
    reader: fn(&Value, &Options) -> Result<Found, Refusal>,
) -> Result<Found, Refusal> {
    reader(&read_json(bytes)?, options)
}

#[cold]
fn refuse_unknown(value: &Value) -> Refusal {
    let has = |name: &str| value.get(name).is_some();
    let what = if has("openapi") || has("swagger") {
        "the JSON text is an OpenAPI description, which is not read"
    } else if value.text_of("_type").is_some() && has("resources") {
        "the JSON text is an export of Insomnia, which is not read"
    } else {
        "the JSON text is neither a HAR nor a Postman collection"
    };
    let place = Span::new(value.span.start, value.span.start + 1);
    let label = "expected `log.entries`, `method` and `url`, or a collection's `item`";
    refuse(
        code::FORMAT_UNKNOWN,
        what,
        place,
        label,
        "convert it to HAR, or give the message itself",
    )
}
