//! A form on several lines, as documents show it ("with extra line breaks for display purposes only",
//! RFC 6749 §4.1.3). Its text has no line ends and no white space (WHATWG URL §5.2).

/// The form on one line, where each line but the first begins with `&` or white space, or follows one that ends with
/// `&`.
pub(super) fn join_lines(shown: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(shown.len());
    let mut lines = shown.trim_ascii_end().split(|byte| *byte == b'\n');
    joined.extend_from_slice(lines.next()?.trim_ascii());
    let first = joined.len();
    for line in lines {
        let text = line.trim_ascii();
        let is_next = text.starts_with(b"&")
            || joined.ends_with(b"&")
            || line.first().is_some_and(u8::is_ascii_whitespace);
        if text.is_empty() || !is_next {
            return None;
        }
        joined.extend_from_slice(text);
    }
    (first > 0 && joined.len() > first).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::join_lines;

    #[test]
    fn lines_that_break_a_form_are_joined() {
        for shown in
            ["a=1\n&b=%2F\n&c=3", "a=1&\nb=%2F&\nc=3\n\n", "a=1\r\n  &b=%\r\n  2F\r\n  &c=3"]
        {
            assert_eq!(
                join_lines(shown.as_bytes()).as_deref(),
                Some(&b"a=1&b=%2F&c=3"[..]),
                "{shown}"
            );
        }
    }

    #[test]
    fn other_lines_may_be_values_or_pairs() {
        for shown in ["a=1&b=2", "a=1\n", "a=1\nb=2", "a=1\n\n&b=2", "\n&a=1", ""] {
            assert_eq!(join_lines(shown.as_bytes()), None, "{shown}");
        }
    }
}
