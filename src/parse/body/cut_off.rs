//! Content that is whole, and that its Content-Length would cut: the number is wrong.

use memchr::memmem;

use crate::content::json;

/// The JSON or XML that is whole, where its first `count` bytes are not.
pub(super) fn find_whole(shown: &[u8], count: usize) -> Option<&[u8]> {
    let whole = shown.trim_ascii_end();
    let cut = whole.get(..count)?;
    let is_whole = match whole.trim_ascii_start().first()? {
        b'{' | b'[' => json::check(whole).is_ok() && json::check(cut).is_err(),
        b'<' => {
            let end = end_of_root(whole)?;
            whole.ends_with(end) && !cut.trim_ascii_end().ends_with(end)
        }
        _ => false,
    };
    is_whole.then_some(whole)
}

/// The end tag that the text ends with, where it is the one of the first element (XML 1.0 §3.1).
fn end_of_root(text: &[u8]) -> Option<&[u8]> {
    let mut starts = memchr::memchr_iter(b'<', text).map(|at| &text[at + 1..]);
    let root = starts.find(|tag| !matches!(tag.first(), Some(b'?' | b'!')))?;
    let length = root.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))?;
    let end = memmem::rfind(text, b"</")?;
    let name = text[end + 2..].strip_suffix(b">")?.trim_ascii_end();
    (length > 0 && name == &root[..length]).then_some(&text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_whole_beyond_the_length_is_the_body() {
        for (shown, whole) in [
            ("{\"a\": 1}\n\n", "{\"a\": 1}"),
            ("[1, 2, 3]", "[1, 2, 3]"),
            (
                "<?xml version=\"1.0\"?><!--c--><a b=\"c\"><a/></a >\r\n",
                "<?xml version=\"1.0\"?><!--c--><a b=\"c\"><a/></a >",
            ),
        ] {
            for count in 0..whole.len() {
                assert_eq!(find_whole(shown.as_bytes(), count), Some(whole.as_bytes()), "{count}");
            }
            assert_eq!(find_whole(shown.as_bytes(), whole.len()), None);
        }
    }

    #[test]
    fn what_may_be_cut_off_is_not_the_body() {
        for (shown, count) in [
            ("abc", 2),
            ("12", 1),
            ("\"a\" b", 3),
            ("{\"a\": 1} b", 8),
            ("{\"a\": 1} b", 4),
            ("{} {}", 2),
            ("<a></a><a></a>", 7),
            ("<a><b></b>", 3),
            ("<a/>", 2),
            ("<>", 1),
            ("< >", 1),
            ("", 0),
        ] {
            assert_eq!(find_whole(shown.as_bytes(), count), None, "{shown}");
        }
    }
}
