//! Bytes as one line of text in which everything can be seen.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

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
            return point.width().unwrap_or(1);
        }
    };
    out.len() - start
}

/// Whether a code point cannot be seen, reorders what stands around it, or is changed by editors and
/// terminals: it stands raw neither in a diagnostic nor in code.
///
/// These are controls (`Cc`), format characters (`Cf`, the bidirectional ones among them), line and
/// paragraph separators, spaces other than U+0020, default-ignorable code points (UAX #44,
/// `Default_Ignorable_Code_Point`) and noncharacters (Unicode §23.7).
pub const fn is_hidden(point: char) -> bool {
    if point.is_ascii() {
        return point.is_ascii_control();
    }
    let value = point as u32;
    (value & 0xFFFE) == 0xFFFE
        || matches!(
            point,
            '\u{80}'..='\u{A0}'
                | '\u{AD}'
                | '\u{34F}'
                | '\u{600}'..='\u{605}'
                | '\u{61C}'
                | '\u{6DD}'
                | '\u{70F}'
                | '\u{890}'..='\u{891}'
                | '\u{8E2}'
                | '\u{115F}'..='\u{1160}'
                | '\u{1680}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{2000}'..='\u{200F}'
                | '\u{2028}'..='\u{202F}'
                | '\u{205F}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3000}'
                | '\u{3164}'
                | '\u{FDD0}'..='\u{FDEF}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{110BD}'
                | '\u{110CD}'
                | '\u{13430}'..='\u{1343F}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
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

/// All of a text on one line, hidden characters as escapes.
pub fn make_visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_visible(&mut out, text);
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
