//! Percent-encoding (RFC 3986 §2.1).

use super::hex::{HexCase, read_pair};

/// The byte that an escape at the start of the text stands for: `%` and two hexadecimal digits.
pub fn decode_first(text: &[u8]) -> Option<u8> {
    match text {
        [b'%', high, low, ..] => read_pair(*high, *low),
        _ => None,
    }
}

/// The bytes that the text stands for. A `%` that no two hexadecimal digits follow is kept.
pub fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let decoded = decode_first(rest);
        out.push(decoded.unwrap_or(first));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    out
}

/// Appends `%` and the two digits of the byte.
pub fn push_escape(out: &mut String, byte: u8, case: HexCase) {
    out.push('%');
    case.push_digits(out, u32::from(byte), 2);
}

/// The offsets of each `%` that no two hexadecimal digits follow.
pub fn stray_percents(text: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr_iter(b'%', text).filter(|&at| decode_first(&text[at..]).is_none())
}

/// `unreserved` of RFC 3986 §2.3: what needs no escape anywhere in a URL.
pub const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// `sub-delims` of RFC 3986 §2.2.
pub const fn is_sub_delimiter(byte: u8) -> bool {
    matches!(byte, b'!' | b'$' | b'&'..=b',' | b';' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_escapes_are_decoded() {
        assert_eq!(decode(b"%41%c3%A9%4%zz%"), b"A\xc3\xa9%4%zz%");
        assert_eq!(stray_percents(b"%41%4%zz%").collect::<Vec<_>>(), [3, 5, 8]);
    }

    #[test]
    fn an_escape_has_two_digits_of_one_letter_case() {
        let mut out = String::new();
        push_escape(&mut out, 0x0a, HexCase::Upper);
        push_escape(&mut out, 0xef, HexCase::Lower);
        assert_eq!(out, "%0A%ef");
    }

    #[test]
    fn sub_delimiters_are_those_of_the_standard() {
        let all: Vec<u8> = (0..=255).filter(|&byte| is_sub_delimiter(byte)).collect();
        let mut standard = b"!$&'()*+,;=".to_vec();
        standard.sort_unstable();
        assert_eq!(all, standard);
    }
}
