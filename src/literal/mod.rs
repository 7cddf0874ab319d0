//! The only place where text is quoted: strings, bytes, JSON values and comments of any language.
//!
//! What a language's literals look like is data (`templates/<language>/language.toml`, the tables
//! `[[string]]`, `[split]`, `[bytes]`, `[json]` and `[comment]`); the rules here read that data and
//! know no language. Where a rule cannot be data it is a named strategy that the TOML picks.
//!
//! # Line breaks
//!
//! A literal that spans lines marks its line breaks instead of writing them: [`RAW_BREAK`] is part
//! of the text (inside a triple-quoted string), [`SOFT_BREAK`] is layout between two pieces. Both
//! are control characters, which no literal ever holds raw, so they cannot come from the request.
//! [`finish`] turns them into line feeds once the snippet is whole.

mod bytes;
mod class;
mod comment;
pub mod environment;
mod json;
pub mod markup;
mod matcher;
mod plain_run;
mod split;
mod string;
mod template;
pub(crate) mod text_or_table;
mod variable;

use std::fmt;

pub use bytes::BytesStyle;
pub use class::Class;
pub use comment::CommentStyle;
pub use environment::EnvironmentStyle;
pub use json::JsonLiteral;
pub use matcher::Rule;
pub use split::SplitStyle;
pub use string::{Inverse, Layout, LineEnds, Place, StringDoubts, StringStyle};
pub use variable::{NameStyle, VariableStyle, mark_variable};

use serde::Deserialize;

use crate::diagnostic::show;
use crate::order::sort_by_number;
use string::Lines;

/// A line feed that belongs to the text of a literal.
pub const RAW_BREAK: char = '\u{1}';

/// A line feed between two pieces of a literal; white space before it is not written.
pub const SOFT_BREAK: char = '\u{2}';

/// How many characters a message shows before the one that cannot be written.
const SHOWN_BEFORE: usize = 20;

/// How one language writes its literals.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Literals {
    /// String literals, in the order of preference.
    pub string: Vec<StringStyle>,
    /// How a text of many lines becomes many literals.
    pub split: Option<SplitStyle>,
    /// Byte strings.
    pub bytes: Option<BytesStyle>,
    /// JSON values as the language's own literals.
    pub json: Option<JsonLiteral>,
    /// Comments.
    pub comment: Option<CommentStyle>,
    /// Variables of the environment.
    pub environment: Option<EnvironmentStyle>,
    /// Variables of the code itself.
    pub variable: Option<VariableStyle>,
}

/// Why a text has no literal in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LiteralError {
    /// No string style of the language can hold the text.
    NoStyle {
        /// The `family` of the styles that were asked for; empty for the language's ordinary strings.
        family: String,
        /// The first code point that none of them can write, where there is one.
        code_point: Option<char>,
        /// The text, or the part of it around that code point, with hidden characters as escapes.
        shown: String,
    },
    /// The language has no table for this kind of literal.
    NoTable(&'static str),
    /// The JSON text does not parse, or nests too deeply.
    Json {
        /// Byte offset of the fault.
        offset: usize,
    },
}

impl fmt::Display for LiteralError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStyle { family, code_point, shown } => {
                f.write_str("no string literal of this language")?;
                if !family.is_empty() {
                    write!(f, " (`[[string]]` of the family `{family}`)")?;
                }
                match code_point {
                    Some(c) => write!(f, " can hold U+{:04X} of `{shown}`", u32::from(*c)),
                    None => write!(f, " can hold `{shown}`"),
                }
            }
            Self::NoTable(name) => write!(f, "language.toml has no `{name}` table"),
            Self::Json { offset } => write!(f, "the JSON text has a fault at byte {offset}"),
        }
    }
}

impl std::error::Error for LiteralError {}

impl Literals {
    /// Whether some style of the language's ordinary strings holds every text without NUL.
    pub(crate) fn hold_every_text(&self) -> bool {
        let samples: String =
            ('\u{1}'..='\u{ff}').chain("\u{2028}\u{fffd}\u{1f389}".chars()).collect();
        let mut buffer = [0; 4];
        self.string.iter().any(|style| {
            style.family().is_empty()
                && style.admits_all()
                && samples.chars().all(|c| style.cost(c.encode_utf8(&mut buffer)).is_some())
        })
    }

    /// Whether a literal of some style holds other line ends where the file is saved with others.
    pub(crate) fn take_line_ends_of_file(&self) -> bool {
        self.string.iter().any(StringStyle::takes_line_ends_of_file)
    }

    /// The names of the families of string styles, each once.
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.string.iter().map(StringStyle::family).collect();
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The quotes with which ordinary strings of the language begin and end.
    pub(crate) fn quotes(&self) -> Vec<char> {
        let mut quotes: Vec<char> = self.string.iter().filter_map(StringStyle::quote).collect();
        sort_by_number(&mut quotes, |c| u64::from(*c));
        quotes.dedup();
        quotes
    }

    /// Whether a backslash within a string begins an escape.
    pub(crate) fn escape_with_backslash(&self) -> bool {
        self.string.iter().any(|style| style.cost("\\").is_some_and(|cost| cost > 0))
    }

    /// Writes `text` as one expression of the language, laid out for its [`Place`].
    ///
    /// `family` names the string styles to choose from; the ordinary ones have the empty name.
    pub fn write_string(
        &self,
        out: &mut String,
        text: &str,
        family: &str,
        place: Place,
    ) -> Result<(), LiteralError> {
        if place.reads_environment && environment::is_in(text) {
            return self.write_with_variables(out, text, family, place);
        }
        if string::write_plain(&self.string, family, text, out) {
            return Ok(());
        }
        let write = |out: &mut String, text: &str, lines| {
            string::write_cheapest(&self.string, family, text, lines, place, out)
        };
        if Lines::of(text) == Lines::Many && place.layout == Layout::Free {
            if write(out, text, Lines::Many) {
                return Ok(());
            }
            // A formatter looks at each literal alone.
            if let Some(split) = &self.split
                && split.write(out, text, |out, line| write(out, line, Lines::One), place)
            {
                return Ok(());
            }
        }
        if write(out, text, Lines::One) || write(out, text, Lines::Many) {
            return Ok(());
        }
        Err(self.no_style(text, family))
    }

    /// Why no style of a family holds a text: the first code point that none can write even alone.
    fn no_style(&self, text: &str, family: &str) -> LiteralError {
        let mut buffer = [0; 4];
        let unwritable = text.char_indices().find(|(_, c)| {
            let alone = &*c.encode_utf8(&mut buffer);
            !self.string.iter().any(|style| style.is_of(family) && style.cost(alone).is_some())
        });
        let before = unwritable.map_or("", |(at, _)| &text[..at]);
        let from = before.char_indices().rev().nth(SHOWN_BEFORE).map_or(0, |(at, _)| at);
        let cut = if from > 0 { "…" } else { "" };
        LiteralError::NoStyle {
            family: family.to_owned(),
            code_point: unwritable.map(|(_, c)| c),
            shown: format!("{cut}{}", show(&text[from..])),
        }
    }

    /// Writes `bytes` as one expression of the language.
    pub fn write_bytes(
        &self,
        out: &mut String,
        bytes: &[u8],
        place: Place,
    ) -> Result<(), LiteralError> {
        let style = self.bytes.as_ref().ok_or(LiteralError::NoTable("bytes"))?;
        style.write(out, bytes, place);
        Ok(())
    }

    /// Writes the JSON `text` as the language's own literal.
    pub fn write_json(
        &self,
        out: &mut String,
        text: &str,
        place: Place,
    ) -> Result<(), LiteralError> {
        let style = self.json.as_ref().ok_or(LiteralError::NoTable("json"))?;
        style.write(out, text, self, place)
    }

    /// Writes `text` as a key of an object literal.
    pub fn write_key(&self, out: &mut String, text: &str) -> Result<(), LiteralError> {
        let style = self.json.as_ref().ok_or(LiteralError::NoTable("json"))?;
        style.write_key(out, text, self)
    }

    /// Writes `text` as comment lines, each in a line of its own.
    pub fn write_comment(
        &self,
        out: &mut String,
        text: &str,
        place: Place,
    ) -> Result<(), LiteralError> {
        let style = self.comment.as_ref().ok_or(LiteralError::NoTable("comment"))?;
        style.write(out, text, place);
        Ok(())
    }
}

/// Turns the marks of [`RAW_BREAK`] into line feeds, those of [`SOFT_BREAK`] and the line feeds of
/// the layout into `line_end`.
pub fn finish(code: String, line_end: &str) -> String {
    if line_end == "\n" { finish_in_place(code) } else { finish_anew(&code, line_end) }
}

/// Code with marks only gets shorter where a line ends with one byte.
fn finish_in_place(code: String) -> String {
    let next_mark = |rest: &[u8]| memchr::memchr2(RAW_BREAK as u8, SOFT_BREAK as u8, rest);
    let Some(first) = next_mark(code.as_bytes()) else { return code };
    let mut bytes = code.into_bytes();
    let (mut from, mut to) = (first, first);
    while let Some(&mark) = bytes.get(from) {
        if mark == SOFT_BREAK as u8 {
            to -= bytes[..to].iter().rev().take_while(|byte| **byte == b' ').count();
        }
        bytes[to] = b'\n';
        let run = from + 1;
        from = next_mark(&bytes[run..]).map_or(bytes.len(), |at| run + at);
        bytes.copy_within(run..from, to + 1);
        to += 1 + from - run;
    }
    bytes.truncate(to);
    // Marks and spaces are ASCII: without them the rest is the text that it was.
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn finish_anew(code: &str, line_end: &str) -> String {
    const MARKS: [u8; 3] = [RAW_BREAK as u8, SOFT_BREAK as u8, b'\n'];
    let next_mark = |rest: &str| memchr::memchr3(MARKS[0], MARKS[1], MARKS[2], rest.as_bytes());
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = next_mark(rest) {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        if tail.starts_with(SOFT_BREAK) {
            out.truncate(out.trim_end_matches(' ').len());
        }
        out.push_str(if tail.starts_with(RAW_BREAK) { "\n" } else { line_end });
        rest = &tail[1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{finish, finish_anew};

    #[test]
    fn marks_become_line_ends() {
        for (code, finished) in [
            ("", ""),
            ("a\nb", "a\nb"),
            ("a  \u{2}b \u{1}c\u{1}\u{2}", "a\nb \nc\n\n"),
            ("\u{2}\u{2}  \u{2}\u{e9}  \u{1}  \n", "\n\n\n\u{e9}  \n  \n"),
            ("  \u{2}", "\n"),
        ] {
            assert_eq!(finish(code.to_owned(), "\n"), finished, "{code:?}");
            assert_eq!(finish_anew(code, "\n"), finished, "{code:?}");
        }
        assert_eq!(finish("a \u{2}b\nc\u{1}d".to_owned(), "\r\n"), "a\r\nb\r\nc\nd");
    }
}
