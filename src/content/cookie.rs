//! The pairs of a Cookie field, where joining them writes the same bytes.

use crate::grammar::token::is_token;

/// Reads the value of a Cookie field into its pairs, in order, duplicates kept.
///
/// Strictly the grammar of RFC 6265 §4.2.1, so that joining `name=value` with `; ` gives the same bytes
/// again. A value in quotes stays text as well: clients disagree on whether the quotes belong to it.
pub fn parse(value: &[u8]) -> Option<Vec<(&str, &str)>> {
    str::from_utf8(value).ok()?.split("; ").map(read_pair).collect()
}

fn read_pair(pair: &str) -> Option<(&str, &str)> {
    let (name, value) = pair.split_once('=')?;
    (is_token(name.as_bytes()) && value.bytes().all(is_cookie_octet)).then_some((name, value))
}

/// `cookie-octet` (RFC 6265 §4.1.1): visible ASCII without `"`, `,`, `;` and `\`.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_order_and_duplicates() {
        let pairs = parse(b"b=2; a=; b=x=y%20").unwrap();
        assert_eq!(pairs, [("b", "2"), ("a", ""), ("b", "x=y%20")]);
    }

    #[test]
    fn a_value_that_would_not_come_back_stays_text() {
        for value in [
            "",
            "a",
            "=b",
            "a=1;b=2",
            "a=1;  b=2",
            "a=1; ",
            "a=1;",
            " a=1",
            "a=\"1\"",
            "a=1,2",
            "a=x y",
            "a b=1",
            "a=é",
            "a=1\t",
        ] {
            assert_eq!(parse(value.as_bytes()), None, "{value:?}");
        }
        assert_eq!(parse(b"a=\xff"), None);
    }
}
