//! Fields that vouch for the bytes of the body: with other bytes, a receiver would refuse the request.

use crate::diagnostic::Diagnostic;
use crate::request::{Field, Request};

/// Words of field names that speak of a digest or a signature: `Content-Digest`, `Repr-Digest`,
/// `Digest` (RFC 9530, RFC 3230), `Content-MD5` (RFC 1864), `Signature`, `Signature-Input` (RFC 9421),
/// `X-Hub-Signature-256`, `x-amz-content-sha256`, `x-goog-hash`, `x-amz-checksum-crc32c`.
const WORDS: [&str; 14] = [
    "checksum",
    "crc32",
    "crc32c",
    "digest",
    "hash",
    "hmac",
    "md5",
    "sha1",
    "sha256",
    "sha384",
    "sha512",
    "sig",
    "signature",
    "signed",
];

/// Names that hold such a word and ask for one instead (RFC 9530 §4, RFC 9421 §5.1).
const REQUESTS: [&str; 4] =
    ["accept-signature", "want-content-digest", "want-digest", "want-repr-digest"];

/// Schemes of Authorization whose value is computed from the request.
const SCHEMES: [&str; 5] = ["hawk", "oauth", "sharedkey", "sharedkeylite", "signature"];

/// The first field, or trailer field, that vouches for the bytes.
pub(super) fn find<'r>(request: &'r Request<'_>) -> Option<&'r Field<'r>> {
    request.headers.iter().chain(&request.trailers).find(|field| vouches(field))
}

/// Says which field keeps the bytes.
pub(super) fn note(field: &Field<'_>) -> Diagnostic {
    let message = format!("`{}` vouches for the bytes of the body, so they are kept", field.name);
    Diagnostic::note("body-vouched", message).with_span(field.name_span)
}

fn vouches(field: &Field<'_>) -> bool {
    let value = || field.text().unwrap_or_default().trim();
    if field.is("content-encoding") {
        !value().eq_ignore_ascii_case("identity")
    } else if field.is("authorization") || field.is("proxy-authorization") {
        is_computed(value())
    } else if field.is("x-amz-content-sha256") {
        !value().starts_with("UNSIGNED-PAYLOAD")
    } else {
        let is_known = |word: &str| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
        field.is("content-range")
            || field.name.split(['-', '_']).any(is_known)
                && !REQUESTS.iter().any(|asking| field.is(asking))
    }
}

/// Whether the credentials may be computed from the body: signature version 4 of AWS, Hawk, OAuth 1.0
/// (RFC 5849), HTTP signatures, and Digest with `auth-int` (RFC 7616 §3.4.3).
fn is_computed(credentials: &str) -> bool {
    let (scheme, rest) = credentials.split_once(' ').unwrap_or((credentials, ""));
    let scheme = scheme.to_ascii_lowercase();
    SCHEMES.contains(&scheme.as_str())
        || scheme.starts_with("aws")
        || scheme.contains("hmac")
        || (scheme == "digest" && rest.to_ascii_lowercase().contains("auth-int"))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn finds(field: &str, is_found: bool) {
        let text = format!("PUT / HTTP/1.1\r\nHost: h\r\n{field}\r\nContent-Length: 2\r\n\r\n{{}}");
        let message = crate::parse::parse(text.as_bytes()).expect("a message");
        let found = find(&message.request).map(|field| field.name.clone());
        assert_eq!(found.is_some(), is_found, "{field}");
    }

    #[test]
    fn digests_signatures_codings_and_ranges_vouch_for_bytes() {
        for field in [
            "Content-Digest: sha-256=:AAA=:",
            "Repr-Digest: sha-256=:AAA=:",
            "digest: SHA-256=AAA=",
            "Content-MD5: AAA=",
            "Signature-Input: sig1=()",
            "X-Hub-Signature-256: sha256=00",
            "Stripe-Signature: t=1,v1=00",
            "x-amz-content-sha256: 00",
            "X-Goog-Hash: crc32c=AAA=",
            "Content-Encoding: aes128gcm",
            "Content-Range: bytes 0-1/2",
            "Authorization: AWS4-HMAC-SHA256 Credential=a/b",
            "Authorization: Hawk id=\"a\"",
            "authorization: OAuth oauth_signature=\"a\"",
            "Authorization: Signature keyId=\"a\"",
            "Authorization: HMAC-SHA256 a",
            "Authorization: Digest username=\"a\", qop=auth-int",
        ] {
            finds(field, true);
        }
    }

    #[test]
    fn other_fields_do_not() {
        for field in [
            "Authorization: Bearer a",
            "Authorization: Basic YTpi",
            "Authorization: Digest username=\"a\", qop=auth",
            "Content-Encoding: identity",
            "Want-Content-Digest: sha-256=1",
            "Accept-Signature: sig1=()",
            "X-Designated: a",
            "ETag: \"a\"",
        ] {
            finds(field, false);
        }
    }
}
