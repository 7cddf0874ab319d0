//! Bytes as logs write them, within quotation marks.

use std::ops::Range;

use crate::diagnostic::Span;

use super::super::text::Text;

/// Appends a literal of Python (The Python Language Reference §2.4.1), Ruby (`String#inspect`) or Go (`strconv.Quote`): what
/// has no escape stands for itself.
pub(super) fn push_quoted(out: &mut Text, bytes: &[u8], content: Range<usize>) {
    let mut from = content.start;
    while let Some(at) = memchr::memchr(b'\\', &bytes[from..content.end]).map(|at| from + at) {
        out.push_input(bytes, from..at);
        let (end, decoded) = decode_escape(&bytes[..content.end], at + 1);
        out.push(&decoded, Span::new(at, end));
        from = end;
    }
    out.push_input(bytes, from..content.end);
}

/// The end of an escape whose `\` is before `at`, and what it stands for.
fn decode_escape(bytes: &[u8], at: usize) -> (usize, Vec<u8>) {
    let Some(&kind) = bytes.get(at) else { return (at, b"\\".to_vec()) };
    let number = |digits: Range<usize>| {
        let text = bytes.get(digits).and_then(|digits| std::str::from_utf8(digits).ok());
        text.and_then(|text| u32::from_str_radix(text, 16).ok())
    };
    let character = |number: u32| char::from_u32(number).map(|it| it.to_string().into_bytes());
    let simple = |byte: u8| (at + 1, vec![byte]);
    match kind {
        b'r' => simple(b'\r'),
        b'n' => simple(b'\n'),
        b't' => simple(b'\t'),
        b'e' => simple(0x1b),
        b'a' => simple(7),
        b'b' => simple(8),
        b'v' => simple(0x0b),
        b'f' => simple(0x0c),
        b'0' => simple(0),
        b'x' => match number(at + 1..at + 3).and_then(|it| u8::try_from(it).ok()) {
            Some(byte) => (at + 3, vec![byte]),
            None => simple(b'x'),
        },
        b'u' | b'U' => {
            let end = at + if kind == b'u' { 5 } else { 9 };
            number(at + 1..end).and_then(character).map_or(simple(kind), |text| (end, text))
        }
        other => simple(other),
    }
}

/// Appends what Apache HttpClient writes on the wire: `[\r]`, `[\n]` and `[0x…]` are bytes, all else stands for itself.
pub(super) fn push_wire(out: &mut Text, bytes: &[u8], content: Range<usize>) {
    let mut from = content.start;
    while let Some(at) = memchr::memchr(b'[', &bytes[from..content.end]).map(|at| from + at) {
        out.push_input(bytes, from..at);
        let rest = &bytes[at..content.end];
        let (length, byte) = match rest {
            [b'[', b'\\', b'r', b']', ..] => (4, b'\r'),
            [b'[', b'\\', b'n', b']', ..] => (4, b'\n'),
            [b'[', b'0', b'x', rest @ ..] => {
                let end = memchr::memchr(b']', rest).unwrap_or_default();
                let digits = std::str::from_utf8(&rest[..end]).unwrap_or_default();
                u8::from_str_radix(digits, 16).map_or((1, b'['), |byte| (end + 4, byte))
            }
            _ => (1, b'['),
        };
        out.push(&[byte], Span::new(at, at + length));
        from = at + length;
    }
    out.push_input(bytes, from..content.end);
}
