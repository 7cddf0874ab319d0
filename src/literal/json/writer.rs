//! Arrays, objects and what they hold, in lines that fit.

use super::super::string::{Layout, Place};
use super::super::{LiteralError, SOFT_BREAK};
use super::{JsonLiteral, Literals};
use crate::content::json::{Json, Lines};

pub(super) struct JsonWriter<'a> {
    pub(super) style: &'a JsonLiteral,
    pub(super) literals: &'a Literals,
    /// The lines of the text that the value was read from.
    pub(super) lines: Lines,
    /// The number of the next array or object there.
    pub(super) next: usize,
    /// See [`Place::reads_environment`].
    pub(super) reads_environment: bool,
}

/// A pair that was written.
struct Pair {
    /// Where its value begins.
    value: usize,
    /// The characters before it, indentation apart.
    key_width: usize,
    /// Whether the value has more than one line.
    has_lines: bool,
}

/// Fills up what precedes each value with spaces, among pairs that begin in lines one after another.
fn align(out: &mut String, pairs: &[Pair]) {
    for group in pairs.split_inclusive(|pair| pair.has_lines).rev() {
        let width = group.iter().map(|pair| pair.key_width).max().unwrap_or(0);
        for pair in group.iter().rev() {
            out.insert_str(pair.value, &" ".repeat(width - pair.key_width));
        }
    }
}

impl JsonWriter<'_> {
    /// Depth is bounded by the limit of [`json::parse`].
    pub(super) fn value(
        &mut self,
        out: &mut String,
        value: &Json<'_>,
        level: usize,
        column: usize,
    ) -> Result<(), LiteralError> {
        let number = self.next;
        let has_items = match value {
            Json::Array(items) => !items.is_empty(),
            Json::Object(pairs) => !pairs.is_empty(),
            _ => return self.flat(out, value),
        };
        if !has_items || !(self.lines.is_open(number) || self.has_forced_break(value)) {
            let start = out.len();
            self.flat(out, value)?;
            // One column for the comma or bracket that follows.
            let fits = column + out[start..].chars().count() < self.style.width;
            if fits || !has_items {
                self.next += self.lines.count(number);
                return Ok(());
            }
            out.truncate(start);
        }
        self.next += 1;
        self.broken(out, value, level)
    }

    /// An array or object with each item in a line of its own.
    fn broken(
        &mut self,
        out: &mut String,
        value: &Json<'_>,
        level: usize,
    ) -> Result<(), LiteralError> {
        let style = self.style;
        match value {
            Json::Array(items) => {
                out.push_str(&style.array.open);
                if style.fill_numbers && items.iter().all(is_number) {
                    self.fill(out, items, level + 1);
                } else {
                    for (at, item) in items.iter().enumerate() {
                        self.begin_item(out, at, level + 1);
                        self.value(out, item, level + 1, self.indent_width(level + 1))?;
                    }
                }
            }
            Json::Object(pairs) => {
                out.push_str(&style.object.open);
                let mut written = Vec::new();
                for (at, (key, item)) in pairs.iter().enumerate() {
                    self.begin_item(out, at, level + 1);
                    let line = out.len();
                    let value = self.pair(out, key, item, level + 1)?;
                    if style.align_values {
                        let key_width = out[line..value].chars().count();
                        let has_lines = out[value..].contains(SOFT_BREAK);
                        written.push(Pair { value, key_width, has_lines });
                    }
                }
                align(out, &written);
            }
            _ => {}
        }
        if style.trailing_comma {
            out.push(',');
        }
        self.break_line(out, level);
        let is_array = matches!(value, Json::Array(_));
        out.push_str(if is_array { &style.array.close } else { &style.object.close });
        Ok(())
    }

    /// Writes a pair; returns where its value begins.
    fn pair(
        &mut self,
        out: &mut String,
        key: &str,
        item: &Json<'_>,
        level: usize,
    ) -> Result<usize, LiteralError> {
        let line = out.len();
        self.style.write_key(out, key, self.literals)?;
        // Moving a value below a key no longer than this would win nothing.
        let is_short_key = out.len() - line < 5;
        out.push_str(&self.style.pair);
        let start = out.len();
        let column = self.indent_width(level) + out[line..].chars().count();
        self.value(out, item, level, column)?;
        let may_move = self.style.break_pair && !is_short_key && matches!(item, Json::String(_));
        if may_move && column + out[start..].chars().count() >= self.style.width {
            out.truncate(start);
            self.break_line(out, level + 1);
            self.flat(out, item)?;
        }
        Ok(start)
    }

    /// As many numbers in a line as fit.
    fn fill(&self, out: &mut String, items: &[Json<'_>], level: usize) {
        let mut column = self.style.width;
        for (at, item) in items.iter().enumerate() {
            let Json::Number(text) = item else { continue };
            let text = self.style.numbers.spell(text);
            if at > 0 {
                out.push(',');
            }
            if column + 1 + text.len() >= self.style.width {
                self.break_line(out, level);
                column = self.indent_width(level);
            } else {
                out.push(' ');
                column += 1;
            }
            out.push_str(&text);
            column += text.len() + 1;
        }
    }

    fn begin_item(&self, out: &mut String, at: usize, level: usize) {
        if at > 0 {
            out.push(',');
        }
        self.break_line(out, level);
    }

    fn break_line(&self, out: &mut String, level: usize) {
        out.push(SOFT_BREAK);
        out.push_str(&self.style.unit.repeat(level));
    }

    fn indent_width(&self, level: usize) -> usize {
        self.style.unit.len() * level
    }

    fn flat(&self, out: &mut String, value: &Json<'_>) -> Result<(), LiteralError> {
        match value {
            Json::Null => out.push_str(&self.style.null),
            Json::Bool(true) => out.push_str(&self.style.r#true),
            Json::Bool(false) => out.push_str(&self.style.r#false),
            Json::Number(text) => out.push_str(&self.style.numbers.spell(text)),
            Json::String(text) => self.string(out, text)?,
            Json::Array(items) => {
                let style = &self.style.array;
                if let (true, Some(empty)) = (items.is_empty(), &style.empty) {
                    out.push_str(empty);
                    return Ok(());
                }
                out.push_str(&style.open);
                out.push_str(&style.padding);
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    self.flat(out, item)?;
                }
                out.push_str(&style.padding);
                out.push_str(&style.close);
            }
            Json::Object(pairs) => {
                let style = &self.style.object;
                if let (true, Some(empty)) = (pairs.is_empty(), &style.empty) {
                    out.push_str(empty);
                    return Ok(());
                }
                out.push_str(&style.open);
                out.push_str(&style.padding);
                for (at, (key, item)) in pairs.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    self.style.write_key(out, key, self.literals)?;
                    out.push_str(&self.style.pair);
                    self.flat(out, item)?;
                }
                out.push_str(&style.padding);
                out.push_str(&style.close);
            }
        }
        Ok(())
    }

    fn string(&self, out: &mut String, text: &str) -> Result<(), LiteralError> {
        let reads_environment = self.reads_environment;
        let place = Place { layout: Layout::OneLine, reads_environment, ..Place::default() };
        self.literals.write_string(out, text, "", place)
    }

    /// A formatter that breaks a value breaks all that it stands in.
    fn has_forced_break(&self, value: &Json<'_>) -> bool {
        self.style.break_nested
            && match value {
                Json::Array(items) => {
                    let is_table = items.len() > 1
                        && (items
                            .iter()
                            .all(|item| matches!(item, Json::Array(inner) if inner.len() > 1))
                            || items.iter().all(
                                |item| matches!(item, Json::Object(inner) if inner.len() > 1),
                            ));
                    is_table || items.iter().any(|item| self.has_forced_break(item))
                }
                Json::Object(pairs) => pairs.iter().any(|(_, item)| self.has_forced_break(item)),
                _ => false,
            }
    }
}

const fn is_number(value: &Json<'_>) -> bool {
    matches!(value, Json::Number(_))
}
