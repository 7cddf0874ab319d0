//! JSON that a tool laid out anew before it showed it: `http --verbose` and the network panels of browsers
//! do so. The message's own Content-Length tells how long the text was on one line.

use std::fmt::Write as _;

use crate::content::json;

/// How programs write JSON on one line.
#[derive(Clone, Copy)]
struct Spelling {
    /// A space after `,` and `:`, as Python's `json.dumps` has it.
    is_spaced: bool,
    /// Escapes in place of what is not ASCII, as Python's `json.dumps` has it.
    is_ascii: bool,
}

const SPELLINGS: [Spelling; 3] = [
    Spelling { is_spaced: true, is_ascii: true },
    Spelling { is_spaced: true, is_ascii: false },
    Spelling { is_spaced: false, is_ascii: false },
];

/// The text on one line, where that has `count` bytes and the text has more. The first `count` bytes of
/// the text as it is must be no JSON: else they may be the body.
pub(super) fn find_one_line(shown: &[u8], count: usize) -> Option<Vec<u8>> {
    let shown = shown.trim_ascii();
    let text = std::str::from_utf8(shown).ok()?;
    let is_laid_out = shown.len() > count && shown.contains(&b'\n');
    if !is_laid_out || json::check(&shown[..count]).is_ok() || json::check(shown).is_err() {
        return None;
    }
    SPELLINGS.iter().map(|it| write(text, *it)).find(|line| line.len() == count).map(String::into)
}

/// Writes JSON on one line. White space outside of strings is the four characters of RFC 8259 §2.
fn write(text: &str, spelling: Spelling) -> String {
    let mut line = String::with_capacity(text.len());
    let (mut is_string, mut is_escaped) = (false, false);
    for c in text.chars() {
        if is_string {
            is_string = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            push(&mut line, c, spelling.is_ascii);
        } else if !matches!(c, ' ' | '\t' | '\r' | '\n') {
            is_string = c == '"';
            line.push(c);
            if spelling.is_spaced && matches!(c, ',' | ':') {
                line.push(' ');
            }
        }
    }
    line
}

fn push(line: &mut String, c: char, is_ascii: bool) {
    if c.is_ascii() || !is_ascii {
        line.push(c);
        return;
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a `String` cannot fail.
        let _ = write!(line, "\\u{unit:04x}");
    }
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
