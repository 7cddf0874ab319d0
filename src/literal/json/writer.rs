//! Arrays, objects and what they hold, in lines that fit.

use super::super::string::{Layout, Place};
use super::super::{LiteralError, SOFT_BREAK};
use super::{Collection, JsonLiteral, Literals};
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

/// Where the items of a broken collection begin.
#[derive(Clone, Copy)]
struct ItemPlace {
    /// The level of their indentation.
    level: usize,
    /// Their column.
    column: usize,
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
        self.broken(out, value, level, column)
    }

    /// An array or object with each item in a line of its own; `column` is where it begins.
    fn broken(
        &mut self,
        out: &mut String,
        value: &Json<'_>,
        level: usize,
        column: usize,
    ) -> Result<(), LiteralError> {
        let style = self.style;
        let collection = style.collection(value);
        let place = self.place_items(level, column, &collection.open);
        out.push_str(&collection.open);
        match value {
            Json::Array(items) => {
                if style.fill_numbers && items.iter().all(is_number) {
                    self.fill(out, items, level + 1);
                } else {
                    for (at, item) in items.iter().enumerate() {
                        self.begin_item(out, at, &collection.separator, place);
                        self.value(out, item, place.level, place.column)?;
                    }
                }
            }
            Json::Object(pairs) => {
                let mut written = Vec::new();
                for (at, (key, item)) in pairs.iter().enumerate() {
                    self.begin_item(out, at, &collection.separator, place);
                    let line = out.len();
                    let value = self.pair(out, key, item, place)?;
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
            out.push_str(&collection.separator);
        }
        if !style.hangs {
            self.break_line(out, level);
        }
        out.push_str(&collection.close);
        Ok(())
    }

    /// Where the items of a broken collection are that begins in `column`.
    fn place_items(&self, level: usize, column: usize, open: &str) -> ItemPlace {
        let column = if self.style.hangs {
            column + open.chars().count()
        } else {
            self.indent_width(level + 1)
        };
        ItemPlace { level: level + 1, column }
    }

    /// Writes a pair; returns where its value begins.
    fn pair(
        &mut self,
        out: &mut String,
        key: &str,
        item: &Json<'_>,
        ItemPlace { level, column }: ItemPlace,
    ) -> Result<usize, LiteralError> {
        let line = out.len();
        out.push_str(&self.style.entry.open);
        self.style.write_key(out, key, self.literals)?;
        // Moving a value below a key no longer than this would win nothing.
        let is_short_key = out.len() - line < 5;
        out.push_str(&self.style.pair);
        let start = out.len();
        let around = self.style.entry.close.len();
        let column = column + out[line..].chars().count() + around;
        self.value(out, item, level, column)?;
        let may_move = self.style.break_pair && !is_short_key && matches!(item, Json::String(_));
        if may_move && column + out[start..].chars().count() >= self.style.width {
            out.truncate(start);
            self.break_line(out, level + 1);
            self.flat(out, item)?;
        }
        out.push_str(&self.style.entry.close);
        Ok(start)
    }

    /// As many numbers in a line as fit.
    fn fill(&self, out: &mut String, items: &[Json<'_>], level: usize) {
        let mut column = self.style.width;
        for (at, item) in items.iter().enumerate() {
            let Json::Number(text) = item else { continue };
            let start = out.len();
            self.style.write_number(out, text);
            let text = out.split_off(start);
            let separator = &self.style.array.separator;
            if at > 0 {
                out.push_str(separator);
            }
            if column + 1 + text.len() >= self.style.width {
                self.break_line(out, level);
                column = self.indent_width(level);
            } else {
                out.push(' ');
                column += 1;
            }
            out.push_str(&text);
            column += text.len() + separator.len();
        }
    }

    fn begin_item(&self, out: &mut String, at: usize, separator: &str, place: ItemPlace) {
        if at > 0 {
            out.push_str(separator);
        }
        if !self.style.hangs {
            self.break_line(out, place.level);
        } else if at > 0 {
            out.push(SOFT_BREAK);
            out.push_str(&" ".repeat(place.column));
        }
    }

    fn break_line(&self, out: &mut String, level: usize) {
        out.push(SOFT_BREAK);
        out.push_str(&self.style.unit.repeat(level));
    }

    fn indent_width(&self, level: usize) -> usize {
        self.style.unit.len() * level
    }

    fn flat(&self, out: &mut String, value: &Json<'_>) -> Result<(), LiteralError> {
        let style = self.style;
        let collection = style.collection(value);
        match value {
            Json::Null => out.push_str(&style.null),
            Json::Bool(true) => out.push_str(&style.r#true),
            Json::Bool(false) => out.push_str(&style.r#false),
            Json::Number(text) => style.write_number(out, text),
            Json::String(text) => {
                out.push_str(&style.string.open);
                self.string(out, text)?;
                out.push_str(&style.string.close);
            }
            Json::Array(items) => {
                Self::flat_items(out, collection, items, |out, item| self.flat(out, item))?;
            }
            Json::Object(pairs) => Self::flat_items(out, collection, pairs, |out, (key, item)| {
                out.push_str(&style.entry.open);
                style.write_key(out, key, self.literals)?;
                out.push_str(&style.pair);
                self.flat(out, item)?;
                out.push_str(&style.entry.close);
                Ok(())
            })?,
        }
        Ok(())
    }

    /// An array or object in one line.
    fn flat_items<T>(
        out: &mut String,
        collection: &Collection,
        items: &[T],
        write: impl Fn(&mut String, &T) -> Result<(), LiteralError>,
    ) -> Result<(), LiteralError> {
        if let (true, Some(empty)) = (items.is_empty(), &collection.empty) {
            out.push_str(empty);
            return Ok(());
        }
        out.push_str(&collection.open);
        out.push_str(&collection.padding);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push_str(&collection.separator);
                out.push(' ');
            }
            write(out, item)?;
        }
        out.push_str(&collection.padding);
        out.push_str(&collection.close);
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
