//! The words of the pages' tables: a little Markdown, of which only code spans are known.

use crate::format::Format;

/// A sentence of a table in a format: text between backticks is code.
pub fn write_prose(text: &str, format: Format) -> String {
    match format {
        Format::Markdown => text.to_owned(),
        Format::Html => {
            let mut out = String::new();
            for (number, part) in text.split('`').enumerate() {
                let part = format.escaped(part);
                if number % 2 == 1 {
                    out.extend(["<code>", &part, "</code>"]);
                } else {
                    out.push_str(&part);
                }
            }
            out
        }
    }
}

/// A text as a string of JSON, which YAML reads too: a value of a page's front matter.
pub fn write_yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Beside controls and separators, what a generator may read as a directive.
            '{'
            | '}'
            | '<'
            | '>'
            | '%'
            | '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}' => out.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text may be part of a path in a site: a plain name.
pub fn is_plain_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// A plain name made of any text.
pub fn plain_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "request".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_has_code_spans_and_no_markup_of_its_own() {
        assert_eq!(write_prose("a `<b>` & c", Format::Html), "a <code>&lt;b&gt;</code> &amp; c");
    }

    #[test]
    fn front_matter_holds_no_directive() {
        assert_eq!(write_yaml("a \"{{ b }}\"\n"), r#""a \"\u007b\u007b b \u007d\u007d\"\u000a""#);
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(plain_name("../Ä b/c?"), "b-c");
        assert_eq!(plain_name("…"), "request");
        assert!(is_plain_name("body.txt") && !is_plain_name("..") && !is_plain_name("a/b"));
    }
}
