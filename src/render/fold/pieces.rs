//! A template as text and tags, as Tera's lexer sees them, white space control already done.

use std::ops::Range;

/// A stretch of a template; ranges are of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Printed as it stands.
    Text(Range<usize>),
    /// What stands between `{{` and `}}`.
    Print(Range<usize>),
    /// What stands between `{%` and `%}`.
    Tag(Range<usize>),
    /// A `raw` block with its tags.
    Raw(Range<usize>),
    /// `{# … #}`: prints nothing, but keeps what stands around it apart.
    Comment,
}

/// The pieces of `template`; nothing where a tag is left open.
pub(super) fn pieces(template: &str) -> Option<Vec<Piece>> {
    let bytes = template.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    // Whether the tag before ends with a dash, so that the text behind it loses its white space.
    let mut is_trimmed = false;
    while at < bytes.len() {
        let open = next_open(bytes, at);
        let dash = bytes.get(open + 2) == Some(&b'-');
        if at < open {
            let mut text = at..open;
            if is_trimmed {
                text.start = open - template[text.clone()].trim_start().len();
            }
            if dash && open < bytes.len() {
                text.end = text.start + template[text.clone()].trim_end().len();
            }
            if !text.is_empty() {
                pieces.push(Piece::Text(text));
            }
        }
        if open == bytes.len() {
            break;
        }
        let start = open + 2 + usize::from(dash);
        let end = match bytes[open + 1] {
            b'#' => open + 2 + memchr::memmem::find(&bytes[open + 2..], b"#}")?,
            b'%' => end_of_tag(bytes, start, *b"%}")?,
            _ => end_of_tag(bytes, start, *b"}}")?,
        };
        at = end + 2;
        is_trimmed = end > start && bytes[end - 1] == b'-';
        let inside = start..end - usize::from(is_trimmed);
        pieces.push(match bytes[open + 1] {
            b'#' => Piece::Comment,
            b'%' if word(&template[inside.clone()]) == "raw" => {
                let length = end_of_raw(&template[at..])?;
                is_trimmed = template[..at + length].ends_with("-%}");
                at += length;
                Piece::Raw(open..at)
            }
            b'%' => Piece::Tag(inside),
            _ => Piece::Print(inside),
        });
    }
    Some(pieces)
}

/// The first word of a tag.
pub(super) fn word(tag: &str) -> &str {
    let tag = tag.trim_start();
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    &tag[..end.unwrap_or(tag.len())]
}

/// The length of a `raw` block behind its first tag.
fn end_of_raw(text: &str) -> Option<usize> {
    let mut opens = memchr::memmem::find_iter(text.as_bytes(), "{%");
    opens.find_map(|open| {
        let tag = text[open + 2..].strip_prefix('-').unwrap_or(&text[open + 2..]);
        let end = text.len() - tag.len() + memchr::memmem::find(tag.as_bytes(), b"%}")?;
        (word(tag) == "endraw").then_some(end + 2)
    })
}

/// Where the next tag opens at or after `at`, or the end.
fn next_open(bytes: &[u8], at: usize) -> usize {
    memchr::memchr_iter(b'{', &bytes[at..])
        .map(|found| at + found)
        .find(|open| matches!(bytes.get(open + 1), Some(b'{' | b'%' | b'#')))
        .unwrap_or(bytes.len())
}

/// Where `close` stands outside a string, at or after `at`.
fn end_of_tag(bytes: &[u8], mut at: usize, close: [u8; 2]) -> Option<usize> {
    while at + 1 < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => at = end_of_string(bytes, at, quote)?,
            _ if bytes[at..].starts_with(&close) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the string that opens at `at` closes.
pub(super) fn end_of_string(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let mut at = at + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(template: &str) -> Option<String> {
        let shown = pieces(template)?.into_iter().map(|piece| match piece {
            Piece::Text(at) => format!("text({})", &template[at]),
            Piece::Print(at) => format!("print({})", &template[at]),
            Piece::Tag(at) => format!("tag({})", &template[at]),
            Piece::Raw(at) => format!("raw({})", &template[at]),
            Piece::Comment => "comment".to_owned(),
        });
        Some(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_template_is_cut_at_its_tags() {
        for (template, shown) in [
            ("a{{ b }}c", "text(a) print( b ) text(c)"),
            ("a {%- if b -%} c", "text(a) tag( if b ) text(c)"),
            ("{{ '}}' }}{{ \"\\\"}}\" }}", "print( '}}' ) print( \"\\\"}}\" )"),
            ("{ {#- why -#} {x", "text({) comment text({x)"),
            ("{##}", "comment"),
            ("{{-b-}}", "print(b)"),
            ("a {%- if b %}", "text(a) tag( if b )"),
            ("  {%- if b %}", "tag( if b )"),
            ("{", "text({)"),
            ("{% raw %}{{{% if %}{% endraw %}a", "raw({% raw %}{{{% if %}{% endraw %}) text(a)"),
            (
                "a {%- raw -%} { {%- endraw -%} b",
                "text(a) raw({%- raw -%} { {%- endraw -%}) text(b)",
            ),
            ("", ""),
        ] {
            assert_eq!(show(template).as_deref(), Some(shown), "{template}");
        }
        for open in ["{{ a", "{% if \"%}", "{# a", "{% raw %}{% if %}"] {
            assert_eq!(show(open), None, "{open}");
        }
    }
}
