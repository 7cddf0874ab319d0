//! Comments that their text cannot end.

use std::fmt::Write as _;

use serde::Deserialize;

use super::SOFT_BREAK;
use super::string::Place;
use crate::diagnostic::is_hidden;

/// How a language writes a comment, as `[comment]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommentStyle {
    /// What begins each comment line, the space after it included.
    line: String,
    /// What ends each comment line, where the language has no comment to the end of the line.
    #[serde(default)]
    close: String,
    /// Sequences that are broken up by a space (`*/`, `-->`), and a final backslash in C.
    #[serde(default)]
    forbid: Vec<String>,
    /// The indentation unit, set by the language.
    #[serde(skip)]
    pub(crate) unit: String,
}

impl CommentStyle {
    /// Appends one comment line for each line of `text`.
    ///
    /// Code points that must not stand raw become `U+…`; a comment is for a reader, so it need not
    /// be read back.
    pub(super) fn write(&self, out: &mut String, text: &str, place: Place) {
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                out.push(SOFT_BREAK);
                out.push_str(&self.unit.repeat(place.level));
            }
            out.push_str(&self.line);
            let mut safe = String::with_capacity(line.len());
            for c in line.chars() {
                if is_hidden(c) {
                    // Writing to a `String` cannot fail.
                    let _ = write!(safe, "U+{:04X}", u32::from(c));
                } else {
                    safe.push(c);
                }
            }
            for sequence in &self.forbid {
                let mut chars = sequence.chars();
                if let Some(first) = chars.next() {
                    let apart = format!("{first} {}", chars.as_str());
                    safe = safe.replace(sequence.as_str(), &apart);
                }
            }
            // A final backslash would continue the comment in C and the shells.
            out.push_str(safe.trim_end_matches(['\\', ' ']));
            out.push_str(&self.close);
        }
    }
}
