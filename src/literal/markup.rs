//! Texts in pages: character references, strings of JSX, and fences that a code cannot end.

use std::fmt::Write as _;

/// A text of HTML in which each character is a reference (HTML §13.5) that `is_plain` does not let stand.
pub fn references(text: &str, is_plain: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for point in text.chars() {
        if is_plain(point) {
            out.push(point);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "&#{};", u32::from(point));
        }
    }
    out
}

/// A string of JavaScript in which all but ASCII letters and digits is an escape (ECMA-262 §12.9.4).
pub fn script_string(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        match u8::try_from(unit).map(char::from) {
            Ok(point) if point.is_ascii_alphanumeric() => out.push(point),
            _ => {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('"');
    out
}

/// A line of `mark`, at least so long, and longer than any run of it in the code.
pub fn fence(code: &str, mark: char, at_least: usize) -> String {
    let longest = code.split(|c| c != mark).map(str::len).max().unwrap_or_default();
    mark.to_string().repeat(at_least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_run_of_its_mark() {
        assert_eq!(fence("a", '`', 3), "```");
        assert_eq!(fence("```` ``", '`', 3), "`````");
        assert_eq!(fence("----\n", '-', 4), "-----");
    }

    #[test]
    fn what_is_not_plain_is_a_reference_or_an_escape() {
        assert_eq!(references("a<é", |c| c.is_ascii_alphanumeric()), "a&#60;&#233;");
        assert_eq!(script_string("a}\u{1f600}"), "\"a\\u007d\\ud83d\\ude00\"");
    }
}
