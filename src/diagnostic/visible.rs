//! Bytes as one line of text in which everything can be seen.

use std::fmt::Write as _;

/// The longest text that [`show`] quotes, in characters.
const SHOWN: usize = 60;

/// One character of a byte string: a code point, or a byte that is no valid UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Char(char),
    Byte(u8),
}

/// Splits the first character off; `None` at the end.
pub(super) fn split_unit(bytes: &[u8]) -> Option<(Unit, usize)> {
    let first = *bytes.first()?;
    let length = match first {
        0x00..=0x7f => return Some((Unit::Char(char::from(first)), 1)),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Some((Unit::Byte(first), 1)),
    };
    let decoded = bytes.get(..length).and_then(|head| std::str::from_utf8(head).ok());
    match decoded.and_then(|text| text.chars().next()) {
        Some(point) => Some((Unit::Char(point), length)),
        None => Some((Unit::Byte(first), 1)),
    }
}

/// Appends a character, as an escape where it could not be seen; returns its width in columns.
pub(super) fn push_unit(out: &mut String, unit: Unit) -> usize {
    let start = out.len();
    // Writing to a `String` cannot fail.
    let _ = match unit {
        Unit::Byte(byte) => write!(out, "\\x{byte:02x}"),
        Unit::Char('\t') => write!(out, "\\t"),
        Unit::Char('\n') => write!(out, "\\n"),
        Unit::Char('\r') => write!(out, "\\r"),
        Unit::Char('\0') => write!(out, "\\0"),
        Unit::Char(point) if u32::from(point) < 0x80 && point.is_control() => {
            write!(out, "\\x{:02x}", u32::from(point))
        }
        Unit::Char(point) if is_hidden(point) => write!(out, "\\u{{{:x}}}", u32::from(point)),
        Unit::Char(point) => {
            out.push(point);
            return columns(point);
        }
    };
    out.len() - start
}

/// Whether a code point cannot be seen or changes how others are seen: control characters,
/// bidirectional marks, invisible and unusual spaces, variation selectors, non-characters.
pub fn is_hidden(point: char) -> bool {
    let value = u32::from(point);
    point.is_control()
        || (value & 0xfffe) == 0xfffe
        || matches!(value,
            0x00a0 | 0x00ad | 0x034f | 0x061c | 0x115f..=0x1160 | 0x1680 | 0x17b4..=0x17b5
            | 0x180b..=0x180f | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x206f | 0x2800
            | 0x3000 | 0x3164 | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f | 0xfeff | 0xffa0
            | 0xfff0..=0xfffb | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

/// Columns that a terminal gives to a visible code point (after Unicode Standard Annex 11).
fn columns(point: char) -> usize {
    match u32::from(point) {
        0x0300..=0x036f | 0x1ab0..=0x1aff | 0x20d0..=0x20ff => 0,
        0x1100..=0x115e
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff01..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Bytes for use inside a message: on one line, hidden characters as escapes, cut after 60.
pub fn show(bytes: impl AsRef<[u8]>) -> String {
    let mut rest = bytes.as_ref();
    let mut out = String::new();
    for _ in 0..SHOWN {
        let Some((unit, length)) = split_unit(rest) else { return out };
        push_unit(&mut out, unit);
        rest = &rest[length..];
    }
    if !rest.is_empty() {
        out.push('…');
    }
    out
}

/// Appends a text with its hidden characters as escapes.
pub(super) fn push_visible(out: &mut String, text: &str) {
    for point in text.chars() {
        push_unit(out, Unit::Char(point));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_escapes() {
        assert_eq!(show(b"a\0\t\r\n\x1b\x7f"), r"a\0\t\r\n\x1b\x7f");
        assert_eq!(show("\u{202e}\u{feff}\u{200b}é"), r"\u{202e}\u{feff}\u{200b}é");
        assert_eq!(show(b"\xff\xc3(\xe2\x82"), r"\xff\xc3(\xe2\x82");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(show("x".repeat(60)), "x".repeat(60));
        assert_eq!(show("x".repeat(61)), format!("{}…", "x".repeat(60)));
    }
}
