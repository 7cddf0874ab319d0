//! Optional white space (`OWS`, RFC 9110 §5.6.3): the space and the tab, and no other character.
//!
//! `u8::is_ascii_whitespace` and `trim_ascii` also take CR, LF and form feed. In a field value or a
//! chunk size that is a mistake: another reader takes such a byte for the end of a line, or refuses it.

/// Whether the byte is a space or a tab.
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Whether the character is a space or a tab.
pub const fn is_blank_char(point: char) -> bool {
    matches!(point, ' ' | '\t')
}

/// The bytes without the spaces and tabs before them.
pub fn trim_start(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|&byte| !is_blank(byte)).unwrap_or(bytes.len());
    &bytes[start..]
}

/// How many spaces and tabs are before the bytes.
pub fn count_start(bytes: &[u8]) -> usize {
    bytes.len() - trim_start(bytes).len()
}

/// The bytes without the spaces and tabs after them.
pub fn trim_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| !is_blank(byte)).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// The bytes without the spaces and tabs around them.
pub fn trim(bytes: &[u8]) -> &[u8] {
    trim_start(trim_end(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_and_tabs_are_taken_off() {
        assert_eq!(trim(b" \ta b\t "), b"a b");
        assert_eq!(trim(b" \t"), b"");
        assert_eq!((count_start(b" \ta "), count_start(b"a "), count_start(b"\n ")), (2, 0, 0));
        for kept in [&b"\x0c5\x0c"[..], b"\r5", b"5\n", b"\x0b5"] {
            assert_eq!(trim(kept), kept);
        }
    }
}
