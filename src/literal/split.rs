//! One text of many lines as many literals that the language joins.

use serde::Deserialize;

use super::SOFT_BREAK;
use super::string::Place;

/// How literals are joined, as `[split]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SplitStyle {
    /// Before the first piece.
    #[serde(default)]
    open: String,
    /// After the last piece.
    #[serde(default)]
    close: String,
    /// At the end of each line but the last (` +`).
    #[serde(default)]
    join: String,
    /// At the beginning of each line but the first (`+ `).
    #[serde(default)]
    lead: String,
    /// Whether the first piece stands in a line of its own.
    #[serde(default)]
    break_first: bool,
    /// Whether `close` stands in a line of its own.
    #[serde(default)]
    break_last: bool,
    /// After the last piece where `close` stands in a line of its own (a trailing comma).
    #[serde(default)]
    trail: String,
    /// The indentation of the pieces, in units of the language.
    #[serde(default = "one")]
    indent: usize,
    /// Where the pieces would fit into a line that ends before this column, the language's
    /// formatter would join the lines: one literal is written instead.
    #[serde(default)]
    flat: usize,
    /// The indentation unit, set by the language.
    #[serde(skip)]
    pub(crate) unit: String,
}

const fn one() -> usize {
    1
}

impl SplitStyle {
    /// Appends the joined literals, each as `write_line` appends its line, which gives `false` where
    /// it cannot; `false`, with nothing appended, where one literal is better.
    pub(super) fn write(
        &self,
        out: &mut String,
        text: &str,
        write_line: impl Fn(&mut String, &str) -> bool,
        place: Place,
    ) -> bool {
        let before = out.len();
        let indent = self.unit.repeat(place.level + self.indent);
        let mut flat = place.column + self.open.len() + self.close.len();
        out.push_str(&self.open);
        let mut pieces = text.split_inclusive('\n').peekable();
        let mut first = true;
        while let Some(piece) = pieces.next() {
            let start = out.len();
            if !first || self.break_first {
                out.push(SOFT_BREAK);
                out.push_str(&indent);
            }
            let line = out.len();
            if !first {
                out.push_str(&self.lead);
            }
            if !write_line(out, piece) {
                out.truncate(before);
                return false;
            }
            if pieces.peek().is_some() {
                out.push_str(&self.join);
            } else if self.break_last {
                out.push_str(&self.trail);
            }
            flat += out[line..].chars().count() + usize::from(start > before);
            first = false;
        }
        if self.break_last {
            out.push(SOFT_BREAK);
            out.push_str(&self.unit.repeat(place.level));
        }
        out.push_str(&self.close);
        if flat < self.flat {
            out.truncate(before);
            return false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::literal::{Literals, Place, finish};

    #[derive(serde::Deserialize)]
    struct Table {
        string: Vec<crate::literal::StringStyle>,
        split: super::SplitStyle,
    }

    #[test]
    fn each_line_has_the_quotes_that_suit_it() {
        let table = "string = [
            { open = '\"', close = '\"', escapes = { '\"' = '\\\"', \"\\n\" = '\\n' } },
            { open = \"'\", close = \"'\", escapes = { \"'\" = \"\\\\'\", \"\\n\" = '\\n' } },
        ]
        [split]\nlead = '+ '";
        let Table { string, split } = toml::from_str(table).expect("a table");
        let literals = Literals { string, split: Some(split), ..Literals::default() };
        let mut out = String::new();
        literals.write_string(&mut out, "a\n\"b\"\nit's", "", Place::default()).expect("a literal");
        assert_eq!(finish(out, "\n"), "\"a\\n\"\n+ '\"b\"\\n'\n+ \"it's\"");
    }
}
