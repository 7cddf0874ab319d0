//! What .NET does to the percent-encodings of a URL that needs the rules of an IRI (RFC 3987), as seen
//! on the wire with .NET 8 and 10.

use crate::grammar::percent::{decode_first, is_unreserved};

/// What is written anew, so with upper-case digits: it is neither reserved nor allowed in a URL.
const UNSAFE: &[u8] = b"\"<>\\^`{|}";

/// Upper-case digits in the encodings of characters that an IRI may hold and, where one encoding is
/// such that .NET looks at all of them, in those of unsafe ASCII; other encodings stay.
pub(super) fn upper_hex(target: &str) -> String {
    let with_unsafe = is_iri(target);
    let query_from = target.find('?').unwrap_or(target.len());
    let mut out = String::with_capacity(target.len());
    let mut at = 0;
    while let Some(c) = target[at..].chars().next() {
        let is_upper = |encoded: char| match u8::try_from(encoded) {
            Ok(byte) if byte.is_ascii() => with_unsafe && UNSAFE.contains(&byte),
            _ => is_iri_character(encoded, at > query_from),
        };
        match encoded_character(&target[at..]) {
            Some((encoded, length)) if is_upper(encoded) => {
                out.push_str(&target[at..at + length].to_ascii_uppercase());
                at += length;
            }
            _ => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    out
}

/// Whether .NET decodes and encodes the URL: it holds a character outside ASCII, or a percent sign and
/// two characters that are no encoding, or the encoding of an unreserved character or of no ASCII.
fn is_iri(target: &str) -> bool {
    let bytes = target.as_bytes();
    let needs = |at: usize| match decode_first(&bytes[at..]) {
        Some(byte) => !byte.is_ascii() || is_unreserved(byte),
        None => at + 2 < bytes.len(),
    };
    !target.is_ascii() || target.match_indices('%').any(|(at, _)| needs(at))
}

/// `ucschar` and, in a query, `iprivate` (RFC 3987 §2.2).
fn is_iri_character(c: char, is_in_query: bool) -> bool {
    match u32::from(c) {
        0xa0..=0xd7ff | 0xf900..=0xfdcf | 0xfdf0..=0xffef => true,
        0xe000..=0xf8ff => is_in_query,
        code @ 0x1_0000.. => {
            let is_assigned = code & 0xffff < 0xfffe && !(0xe_0000..0xe_1000).contains(&code);
            is_assigned && (code < 0xf_0000 || is_in_query)
        }
        _ => false,
    }
}

/// The character whose percent-encoding the text begins with, and the length of the encoding.
fn encoded_character(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let count = match decode_first(bytes)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let encoded: Option<Vec<u8>> =
        (0..count).map(|index| decode_first(bytes.get(3 * index..)?)).collect();
    let decoded = std::str::from_utf8(&encoded?).ok()?.chars().next()?;
    Some((decoded, 3 * count))
}

#[cfg(test)]
mod tests {
    use super::upper_hex;

    #[test]
    fn text_outside_ascii_gets_upper_case_digits() {
        for (target, expected) in [
            ("/%c3%a9%2f?x=%c3%a9&e=%e9", "/%C3%A9%2f?x=%C3%A9&e=%e9"),
            ("/%f0%9f%98%80%7e", "/%F0%9F%98%80%7e"),
            ("/%ed%a0%80é%c3", "/%ed%a0%80é%c3"),
            ("/%c2%85%c2%a0%ef%bf%b0%ef%b7%90", "/%c2%85%C2%A0%ef%bf%b0%ef%b7%90"),
            ("/%f0%9f%bf%be%f3%a0%84%80%f3%a1%80%80", "/%f0%9f%bf%be%f3%a0%84%80%F3%A1%80%80"),
            ("/%ee%80%80?x=%ee%80%80", "/%ee%80%80?x=%EE%80%80"),
            ("/%f3%b0%80%80?x=%f3%b0%80%80", "/%f3%b0%80%80?x=%F3%B0%80%80"),
        ] {
            assert_eq!(upper_hex(target), expected);
        }
    }

    #[test]
    fn unsafe_ascii_gets_upper_case_digits_beside_what_makes_an_iri() {
        for (target, expected) in [
            ("/%9A%3c%2f", "/%9A%3C%2f"),
            ("/%AF%7d", "/%AF%7D"),
            ("/%3c?x=%ff", "/%3C?x=%ff"),
            ("/%41%3c%5b%7f%0a", "/%41%3C%5b%7f%0a"),
            ("/%zz%3c", "/%zz%3C"),
            ("/é%3e", "/é%3E"),
            ("/%3c%2f%5b", "/%3c%2f%5b"),
            ("/%3c%4", "/%3c%4"),
        ] {
            assert_eq!(upper_hex(target), expected);
        }
    }
}
