//! Two values, as text above each other and as hexadecimal rows side by side, what differs marked.

use std::fmt::Write as _;

use super::visible::{show, show_byte};

/// Bytes in a hexadecimal row of one side.
const ROW: usize = 8;

/// The most hexadecimal rows.
const ROWS: usize = 6;

/// Bytes of text that are shown before the first difference, and in all.
const BEFORE: usize = 20;
const SHOWN: usize = 64;

/// The part of a value that has no counterpart in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    start: usize,
    end: usize,
}

/// What lies between the common beginning and the common end.
fn differing(left: &[u8], right: &[u8]) -> (Range, Range) {
    let start = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let ends = left[start..].iter().rev().zip(right[start..].iter().rev());
    let tail = ends.take_while(|(left, right)| left == right).count();
    (Range { start, end: left.len() - tail }, Range { start, end: right.len() - tail })
}

/// Lines that show both values.
pub fn lay_out(sent: &[u8], captured: &[u8]) -> Vec<String> {
    let (left, right) = differing(sent, captured);
    let mut lines = vec![format!(
        "first difference at byte {} (message {} bytes, captured {} bytes)",
        left.start,
        sent.len(),
        captured.len()
    )];
    lines.extend(text_lines("message ", sent, left));
    lines.extend(text_lines("captured", captured, right));
    lines.extend(hex_lines(sent, left, captured, right));
    lines
}

/// A value that has no counterpart.
pub fn lay_out_one(label: &str, value: Option<&[u8]>) -> String {
    match value {
        None => format!("{label}  (none)"),
        Some(bytes) if bytes.len() > SHOWN => {
            format!("{label}  {}… ({} bytes)", show(&bytes[..SHOWN]), bytes.len())
        }
        Some(bytes) => format!("{label}  {}", show(bytes)),
    }
}

fn text_lines(label: &str, bytes: &[u8], range: Range) -> [String; 2] {
    let from = range.start.saturating_sub(BEFORE);
    let to = bytes.len().min(from + SHOWN);
    let lead = if from > 0 { "…" } else { "" };
    let mut text = format!("{label}  {lead}");
    let mut marks = " ".repeat(label.len() + 2 + lead.chars().count());
    for (at, &byte) in bytes.iter().enumerate().take(to).skip(from) {
        let shown = show_byte(byte);
        let is_marked = (range.start..range.end).contains(&at);
        marks.push_str(&(if is_marked { "^" } else { " " }).repeat(shown.len()));
        text.push_str(&shown);
    }
    if range.start == range.end {
        // Nothing stands here that the other lacks: the place alone is marked.
        let column: usize =
            bytes[from..range.start].iter().map(|&byte| show_byte(byte).len()).sum();
        let place = label.len() + 2 + lead.chars().count() + column;
        marks = format!("{}|", " ".repeat(place));
    }
    if to < bytes.len() {
        text.push('…');
    }
    [text, marks.trim_end().to_owned()]
}

fn hex_lines(sent: &[u8], left: Range, captured: &[u8], right: Range) -> Vec<String> {
    let first = left.start / ROW;
    let last = left.end.max(right.end).max(left.start + 1).div_ceil(ROW);
    let mut lines: Vec<String> = (first..last.min(first + ROWS))
        .map(|row| {
            let (left, right) = (half_row(sent, left, row), half_row(captured, right, row));
            format!("{:06x}  {left}  │ {right}", row * ROW).trim_end().to_owned()
        })
        .collect();
    if last > first + ROWS {
        lines.push(format!("        … {} more rows", last - first - ROWS));
    }
    lines
}

/// `7b 22[3a 20]31 7d        {"a": 1`, the differing bytes in brackets.
fn half_row(bytes: &[u8], range: Range, row: usize) -> String {
    let is_marked = |at: usize| at < bytes.len() && (range.start..range.end).contains(&at);
    let start = row * ROW;
    let mut hex = String::new();
    let mut text = String::new();
    for at in start..start + ROW {
        hex.push(match (at > start && is_marked(at - 1), is_marked(at)) {
            (false, true) => '[',
            (true, false) => ']',
            _ => ' ',
        });
        if let Some(&byte) = bytes.get(at) {
            // Writing to a `String` cannot fail.
            let _ = write!(hex, "{byte:02x}");
            text.push(if (b' '..=b'~').contains(&byte) { char::from(byte) } else { '.' });
        } else {
            hex.push_str("  ");
            text.push(' ');
        }
    }
    hex.push(if is_marked(start + ROW - 1) { ']' } else { ' ' });
    format!("{hex} {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_added_space_is_marked_on_its_side() {
        let lines = lay_out(br#"{"a":1}"#, br#"{"a": 1}"#);
        assert_eq!(
            lines,
            [
                "first difference at byte 5 (message 7 bytes, captured 8 bytes)",
                r#"message   {"a":1}"#,
                "               |",
                r#"captured  {"a": 1}"#,
                "               ^",
                "000000   7b 22 61 22 3a 31 7d     {\"a\":1}   │  7b 22 61 22 3a[20]31 7d  {\"a\": 1}",
            ]
        );
    }

    #[test]
    fn a_far_difference_is_shown_with_its_surroundings_only() {
        let sent: Vec<u8> = vec![b'x'; 1000];
        let mut captured = sent.clone();
        captured[500] = b'\n';
        let lines = lay_out(&sent, &captured);
        assert!(lines[1].contains('…') && lines[1].len() < 100, "{}", lines[1]);
        assert_eq!(lines[4].trim(), "^^");
        assert!(lines[5].starts_with("0001f0"), "{}", lines[5]);
        assert_eq!(lines.len(), 6);
    }

    #[test]
    fn many_rows_are_cut() {
        let lines = lay_out(&[b'a'; 200], &[b'b'; 200]);
        assert_eq!(lines.len(), 5 + ROWS + 1);
        assert_eq!(lines[11].trim(), "… 19 more rows");
    }

    #[test]
    fn nothing_against_something_is_laid_out_too() {
        assert_eq!(lay_out(b"", b"a")[3], "captured  a");
        assert_eq!(lay_out(b"aa", b"a").len(), 6);
        assert_eq!(lay_out_one("captured", None), "captured  (none)");
    }
}
