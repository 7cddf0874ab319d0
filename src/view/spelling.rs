//! A text in other spellings: as a client encodes, decodes or escapes it.

use std::ops::Range;

use crate::content::json;
use crate::grammar::hex::read_pair;
use crate::grammar::percent;

/// The places where `text` says `value` in any spelling of a URL, a form or JSON: percent-encoded once,
/// twice or not at all (RFC 3986 §2.1), with `+` for a space (HTML §4.10.21.8), with the escapes of a
/// string (RFC 8259 §7). A value that means fewer than `least` bytes is found nowhere.
pub(super) fn find(text: &str, value: &str, least: usize) -> Vec<Range<usize>> {
    let (mut wanted, mut rest) = (Vec::with_capacity(value.len()), value);
    // A value comes from a URL or a field: a backslash in it is one.
    while let Some(length) = read_encoded(rest, &mut wanted) {
        rest = &rest[length..];
    }
    let mut places = Vec::new();
    let (mut at, mut bytes) = (0, Vec::new());
    while at < text.len() && wanted.len() >= least.max(1) {
        at += if let Some(length) = says(&text[at..], &wanted, &mut bytes) {
            places.push(at..at + length);
            length
        } else {
            read_first(&text[at..], &mut bytes).unwrap_or(1)
        };
    }
    places
}

/// How much of the beginning of `text` says `wanted`. `bytes` is room to work in.
fn says(text: &str, wanted: &[u8], bytes: &mut Vec<u8>) -> Option<usize> {
    bytes.clear();
    let mut at = 0;
    while bytes.len() < wanted.len() {
        at += read_first(&text[at..], bytes)?;
        if !wanted.starts_with(bytes) {
            return None;
        }
    }
    Some(at)
}

/// Adds the bytes that the beginning of a text means, and gives its length; nothing at the end.
fn read_first(text: &str, bytes: &mut Vec<u8>) -> Option<usize> {
    if let Some((character, length)) = json::read_escape(text) {
        bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        return Some(length);
    }
    read_encoded(text, bytes)
}

/// As [`read_first`], where a backslash is one.
fn read_encoded(text: &str, bytes: &mut Vec<u8>) -> Option<usize> {
    let length = text.chars().next()?.len_utf8();
    let (byte, length) = match read_percent(text.as_bytes()) {
        Some(encoded) => encoded,
        None if length > 1 => {
            bytes.extend_from_slice(&text.as_bytes()[..length]);
            return Some(length);
        }
        None => (text.as_bytes()[0], 1),
    };
    bytes.push(if byte == b'+' { b' ' } else { byte });
    Some(length)
}

/// The byte of a percent-encoding at the start of the text, and its length: `%7E` or `%257E`.
fn read_percent(text: &[u8]) -> Option<(u8, usize)> {
    let byte = percent::decode_first(text)?;
    let twice = match text {
        [_, _, _, high, low, ..] if byte == b'%' => read_pair(*high, *low),
        _ => None,
    };
    Some(twice.map_or((byte, 3), |byte| (byte, 5)))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_value_is_found_as_clients_spell_it() {
        for (text, value, place) in [
            ("/a?k=a%20s%C3%A9cret%22x&b", "a sécret\"x", 5..24),
            ("/a?k=a+s%c3%a9cret&b", "a%20sécret", 5..18),
            ("/a?k=%2573ecret7", "%73ecret7", 5..16),
            ("/a?k=%7esecret", "~secret", 5..14),
            (r#"{"a":"s\u00e9cret\/\ud83d\ude00\""}"#, "sécret/\u{1f600}\"", 6..33),
            (r#"{"a":"C:\\new\\x"}"#, r"C:\new\x", 6..16),
            ("a word: plain12.", "plain12", 8..15),
        ] {
            assert_eq!(find(text, value, 6), [place], "{text} {value}");
        }
    }

    #[test]
    fn what_is_short_or_only_begins_an_escape_is_not_found() {
        assert!(find("a%41%42", "%41%42", 6).is_empty());
        assert!(find("100% \\ud800 \\x %4", "secret", 6).is_empty());
        assert!(find("", "", 0).is_empty());
    }
}
