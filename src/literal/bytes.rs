//! Byte strings.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::SOFT_BREAK;
use super::string::Place;
use super::template::NumberTemplate;
use crate::grammar::base64;

/// How a language writes bytes, as `[bytes]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BytesStyle {
    /// Before the first byte.
    open: String,
    /// After the last byte.
    close: String,
    /// Between two bytes (`, ` in a list).
    #[serde(default)]
    separator: String,
    /// A byte that has no other form; without it the bytes are written as Base64.
    byte: Option<NumberTemplate>,
    /// Bytes with an escape of their own, by their ASCII character.
    #[serde(default)]
    escapes: BTreeMap<char, String>,
    /// The first byte where it has an escape of its own only there, by its ASCII character.
    #[serde(default)]
    start: BTreeMap<char, String>,
    /// Whether printable ASCII stands as it is.
    #[serde(default)]
    printable: bool,
    /// The column that a line should not pass; beyond it `open` and `close` stand in lines of their
    /// own. Zero: one line, always.
    #[serde(default)]
    width: usize,
    /// Whether bytes that need several lines fill each of them.
    #[serde(default)]
    fill: bool,
    /// After the bytes where `close` stands in a line of its own (a trailing comma).
    #[serde(default)]
    trail: String,
    /// Around the bytes, inside `open` and `close` (the quotes of a call's argument).
    #[serde(default)]
    quote: String,
    /// How each value of a byte is written, once one is.
    #[serde(skip)]
    written: OnceLock<Vec<String>>,
    /// The indentation unit, set by the language.
    #[serde(skip)]
    pub(crate) unit: String,
}

impl BytesStyle {
    /// Appends the bytes.
    pub(super) fn write(&self, out: &mut String, bytes: &[u8], place: Place) {
        // Each byte takes a column at least. What is surely long goes to its place at once.
        let is_long = self.width > 0 && bytes.len() > self.width && !self.fill;
        if is_long || self.width == 0 {
            out.push_str(&self.open);
            if is_long {
                out.push(SOFT_BREAK);
                out.push_str(&self.unit.repeat(place.level + 1));
            }
            self.write_inner(out, bytes);
            if is_long {
                out.push_str(&self.trail);
                out.push(SOFT_BREAK);
                out.push_str(&self.unit.repeat(place.level));
            }
            out.push_str(&self.close);
            return;
        }
        let mut inner = String::new();
        self.write_inner(&mut inner, bytes);
        // One column for what ends the statement.
        let columns = place.column + self.open.len() + inner.len() + self.close.len() + 1;
        out.push_str(&self.open);
        if columns <= self.width {
            out.push_str(&inner);
        } else {
            let indent = self.unit.repeat(place.level + 1);
            if self.fill {
                self.write_lines(out, &inner, &indent);
            } else {
                push_line(out, &indent, &inner);
            }
            out.push_str(&self.trail);
            out.push(SOFT_BREAK);
            out.push_str(&self.unit.repeat(place.level));
        }
        out.push_str(&self.close);
    }

    /// Appends the bytes without what stands around them.
    fn write_inner(&self, out: &mut String, bytes: &[u8]) {
        out.push_str(&self.quote);
        match &self.byte {
            Some(number) => self.write_each(out, bytes, number),
            None => base64::push(out, bytes),
        }
        out.push_str(&self.quote);
    }

    /// Writes as many bytes into each line as its width takes.
    fn write_lines(&self, out: &mut String, inner: &str, indent: &str) {
        let gap = self.separator.trim_end();
        let mut line = String::new();
        for item in inner.split(self.separator.as_str()) {
            let joined = line.len() + self.separator.len() + item.len() + gap.len();
            if !line.is_empty() && indent.len() + joined > self.width {
                line.push_str(gap);
                push_line(out, indent, &line);
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(&self.separator);
            }
            line.push_str(item);
        }
        push_line(out, indent, &line);
    }

    fn write_each(&self, out: &mut String, bytes: &[u8], number: &NumberTemplate) {
        let write_one = |out: &mut String, byte: u8| {
            if let Some(escape) = self.escapes.get(&char::from(byte)) {
                out.push_str(escape);
            } else if self.printable && matches!(byte, b' '..=b'~') {
                out.push(char::from(byte));
            } else {
                number.write(out, u32::from(byte));
            }
        };
        let written = self.written.get_or_init(|| {
            let text_of = |byte| {
                let mut text = String::new();
                write_one(&mut text, byte);
                text
            };
            (0..=u8::MAX).map(text_of).collect()
        });
        out.reserve(bytes.len() * 2);
        for (at, &byte) in bytes.iter().enumerate() {
            if at > 0 {
                out.push_str(&self.separator);
            }
            let first = self.start.get(&char::from(byte)).filter(|_| at == 0);
            out.push_str(first.unwrap_or(&written[usize::from(byte)]));
        }
    }
}

fn push_line(out: &mut String, indent: &str, line: &str) {
    out.push(SOFT_BREAK);
    out.push_str(indent);
    out.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::{BytesStyle, Place};

    fn write(table: &str, bytes: &[u8]) -> String {
        let mut style: BytesStyle = toml::from_str(table).expect("a style");
        style.unit = "  ".to_owned();
        let mut out = String::new();
        style.write(&mut out, bytes, Place { level: 1, column: 4, ..Place::default() });
        crate::literal::finish(out, "\n")
    }

    #[test]
    fn bytes_that_do_not_fit_fill_lines() {
        let table =
            "open = 'c('\nclose = ')'\nseparator = ', '\nbyte = '{:02x}'\nwidth = 14\nfill = true";
        assert_eq!(write(table, &[1, 2]), "c(01, 02)");
        assert_eq!(write(table, &[1, 2, 3]), "c(\n    01, 02,\n    03\n  )");
        assert_eq!(write(table, &[1, 2, 3, 4, 5]), "c(\n    01, 02,\n    03, 04,\n    05\n  )");
    }

    #[test]
    fn the_first_byte_may_have_an_escape_of_its_own() {
        let table =
            "open = '<'\nclose = '>'\nprintable = true\nstart = { '-' = '.' }\nbyte = '{:02x}'";
        assert_eq!((write(table, b"-a-"), write(table, b"a-")), ("<.a->".into(), "<a->".into()));
    }

    #[test]
    fn bytes_are_written_alike_wherever_they_stand() {
        let table = "open = '<'\nclose = '>'\nprintable = true\nescapes = { '<' = '\\<' }\nbyte = '.{:02x}'";
        let all: Vec<u8> = (0..=255).collect();
        let one_by_one: String =
            all.iter().map(|&b| write(table, &[b])).map(|s| s[1..s.len() - 1].to_owned()).collect();
        assert_eq!(write(table, &all), format!("<{one_by_one}>"));
        assert!(
            one_by_one.contains("\\<") && one_by_one.contains('a') && one_by_one.contains(".ff")
        );
    }
}
