//! JSON that a tool laid out anew before it showed it: `http --verbose` and the network panels of browsers
//! do so. The message's own Content-Length tells how long the text was on one line.

use std::fmt::Write as _;

use crate::content::json;

/// The text on one line, where that has `count` bytes and the text has more. The first `count` bytes of
/// the text as it is must be no JSON: else they may be the body.
pub(super) fn find_one_line(shown: &[u8], count: usize) -> Option<Vec<u8>> {
    let shown = shown.trim_ascii();
    let text = std::str::from_utf8(shown).ok()?;
    let is_laid_out = shown.len() > count && shown.contains(&b'\n');
    if !is_laid_out || json::check(&shown[..count]).is_ok() {
        return None;
    }
    let spaced = json::join_lines(text)?.into_owned();
    // As Python's `json.dumps` writes it, the same without its escapes, and as most other programs do.
    let lines = [escape_non_ascii(&spaced), spaced, json::remove_space(text)?];
    lines.into_iter().find(|line| line.len() == count).map(String::into)
}

/// The text with escapes in place of what is not ASCII.
fn escape_non_ascii(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a `String` cannot fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(shown: &str, count: usize) -> Option<String> {
        find_one_line(shown.as_bytes(), count).map(|line| String::from_utf8(line).unwrap())
    }

    #[test]
    fn the_length_tells_how_the_line_was_written() {
        let shown = "{\n    \"a\": [1, 2],\n    \"b\": \"é: \\\", \"\n}\n\n";
        for line in [
            "{\"a\": [1, 2], \"b\": \"\\u00e9: \\\", \"}",
            "{\"a\": [1, 2], \"b\": \"é: \\\", \"}",
            "{\"a\":[1,2],\"b\":\"é: \\\", \"}",
        ] {
            assert_eq!(find(shown, line.len()).as_deref(), Some(line));
        }
    }

    #[test]
    fn what_no_line_explains_stays() {
        assert_eq!(find("{\n    \"a\": 1\n}", 7), Some("{\"a\":1}".to_owned()));
        for (shown, count) in [
            ("{\n    \"a\": 1\n}", 6),
            ("{\"a\": 1}", 7),
            ("{\n  \"a\": 1\n", 7),
            ("7\n  ", 1),
            ("1\n", 1),
        ] {
            assert_eq!(find(shown, count), None, "{shown}");
        }
    }
}
