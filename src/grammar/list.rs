//! Comma-separated lists (RFC 9110 §5.6.1).

use super::space::trim;

/// The elements of a list field's value, without the white space around them; empty elements are
/// skipped, as §5.6.1.2 asks of a recipient. A comma in a quoted string separates nothing.
pub fn elements(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = find_comma(text);
        rest = end.map(|end| &text[end + 1..]);
        Some(trim(&text[..end.unwrap_or(text.len())]))
    })
    .filter(|element| !element.is_empty())
}

/// Whether the list has this element, in any letter case.
pub fn has_element(value: &[u8], wanted: &[u8]) -> bool {
    elements(value).any(|element| element.eq_ignore_ascii_case(wanted))
}

fn find_comma(text: &[u8]) -> Option<usize> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_are_skipped_and_quoted_commas_kept() {
        let read = |value: &'static str| -> Vec<&str> {
            elements(value.as_bytes()).map(|it| std::str::from_utf8(it).unwrap()).collect()
        };
        assert_eq!(read("close,\tUpgrade , ,"), ["close", "Upgrade"]);
        assert_eq!(read(r#"W/"a,\",b", "c""#), [r#"W/"a,\",b""#, "\"c\""]);
        assert_eq!(read(" , "), [""; 0]);
        assert!(
            has_element(b"close, Upgrade", b"upgrade") && !has_element(b"upgraded", b"upgrade")
        );
    }
}
