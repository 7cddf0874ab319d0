//! JSON values as the language's own literals.

use serde::Deserialize;

use super::string::{Layout, Place};
use super::{LiteralError, Literals, SOFT_BREAK};
use crate::content::json::{self, Json};

/// How a language spells a JSON value, as `[json]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct JsonLiteral {
    null: String,
    r#true: String,
    r#false: String,
    object: Collection,
    array: Collection,
    /// Between a key and its value.
    #[serde(default = "colon")]
    pair: String,
    /// Whether the last item of a broken collection has a comma too.
    #[serde(default)]
    trailing_comma: bool,
    /// The column that a line should not pass; a collection that would is broken.
    #[serde(default = "eighty")]
    width: usize,
    /// How keys are written.
    #[serde(default)]
    key: Key,
    /// Keys that stand in brackets, since as a name or a string they would mean something else.
    #[serde(default)]
    computed_keys: Vec<String>,
    /// Whether an array of several arrays or objects, each of several items, is always broken.
    #[serde(default)]
    break_nested: bool,
    /// Whether a string that does not fit behind its key stands in a line of its own.
    #[serde(default)]
    break_pair: bool,
    /// Whether the numbers of a broken array share lines.
    #[serde(default)]
    fill_numbers: bool,
    /// The indentation unit, set by the language.
    #[serde(skip)]
    pub(crate) unit: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Collection {
    open: String,
    close: String,
    /// How an empty one is written; `open` and `close` where it is not given.
    empty: Option<String>,
    /// White space inside the delimiters of one in a line (`{ a: 1 }`).
    #[serde(default)]
    padding: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Key {
    /// As a string literal.
    #[default]
    String,
    /// Bare where it is an ASCII identifier or a number in its shortest form, else as a string
    /// literal.
    Identifier,
}

fn colon() -> String {
    ": ".to_owned()
}

const fn eighty() -> usize {
    80
}

impl JsonLiteral {
    /// Appends the value of the JSON `text`.
    pub(super) fn write(
        &self,
        out: &mut String,
        text: &str,
        literals: &Literals,
        place: Place,
    ) -> Result<(), LiteralError> {
        let value =
            json::parse(text).map_err(|error| LiteralError::Json { offset: error.offset })?;
        let writer = JsonWriter { style: self, literals };
        writer.value(out, &value, place.level, place.column)
    }

    /// Appends a key of an object literal.
    pub(super) fn write_key(
        &self,
        out: &mut String,
        key: &str,
        literals: &Literals,
    ) -> Result<(), LiteralError> {
        let is_computed = self.computed_keys.iter().any(|computed| computed == key);
        let is_bare = self.key == Key::Identifier && (is_identifier(key) || is_plain_number(key));
        if is_bare && !is_computed {
            out.push_str(key);
            return Ok(());
        }
        let place = Place { layout: Layout::OneLine, ..Place::default() };
        if !is_computed {
            return literals.write_string(out, key, "", place);
        }
        out.push('[');
        literals.write_string(out, key, "", place)?;
        out.push(']');
        Ok(())
    }
}

struct JsonWriter<'a> {
    style: &'a JsonLiteral,
    literals: &'a Literals,
}

impl JsonWriter<'_> {
    /// Depth is bounded by the limit of [`json::parse`].
    fn value(
        &self,
        out: &mut String,
        value: &Json<'_>,
        level: usize,
        column: usize,
    ) -> Result<(), LiteralError> {
        let start = out.len();
        self.flat(out, value)?;
        // One column for the comma or bracket that follows.
        let fits = column + out[start..].chars().count() < self.style.width;
        let collection = match value {
            Json::Array(items) if !items.is_empty() => &self.style.array,
            Json::Object(pairs) if !pairs.is_empty() => &self.style.object,
            _ => return Ok(()),
        };
        if fits && !self.has_forced_break(value) {
            return Ok(());
        }
        out.truncate(start);
        out.push_str(&collection.open);
        match value {
            Json::Array(items) if self.style.fill_numbers && items.iter().all(is_number) => {
                self.fill(out, items, level + 1);
            }
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.begin_item(out, at, level + 1);
                    self.value(out, item, level + 1, self.indent_width(level + 1))?;
                }
            }
            Json::Object(pairs) => {
                for (at, (key, item)) in pairs.iter().enumerate() {
                    self.begin_item(out, at, level + 1);
                    self.pair(out, key, item, level + 1)?;
                }
            }
            _ => {}
        }
        if self.style.trailing_comma {
            out.push(',');
        }
        self.break_line(out, level);
        out.push_str(&collection.close);
        Ok(())
    }

    fn pair(
        &self,
        out: &mut String,
        key: &str,
        item: &Json<'_>,
        level: usize,
    ) -> Result<(), LiteralError> {
        let line = out.len();
        self.style.write_key(out, key, self.literals)?;
        // Moving a value below a key no longer than this would win nothing.
        let is_short_key = out.len() - line < 5;
        out.push_str(&self.style.pair);
        let start = out.len();
        let column = self.indent_width(level) + out[line..].chars().count();
        self.value(out, item, level, column)?;
        let is_long = column + out[start..].chars().count() >= self.style.width;
        if self.style.break_pair && is_long && !is_short_key && matches!(item, Json::String(_)) {
            out.truncate(start);
            self.break_line(out, level + 1);
            self.flat(out, item)?;
        }
        Ok(())
    }

    /// As many numbers in a line as fit.
    fn fill(&self, out: &mut String, items: &[Json<'_>], level: usize) {
        let mut column = self.style.width;
        for (at, item) in items.iter().enumerate() {
            let Json::Number(text) = item else { continue };
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
            out.push_str(text);
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
            Json::Number(text) => out.push_str(text),
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
        let place = Place { layout: Layout::OneLine, ..Place::default() };
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

fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_' || b == b'$')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'$')
}

/// `0`, `12`, `1.5`: a number that is printed as it is written.
fn is_plain_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "1"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.len() <= 15
        && is_digits(whole)
        && is_digits(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && !fraction.ends_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Tables {
        string: Vec<crate::literal::StringStyle>,
        json: JsonLiteral,
    }

    #[test]
    fn a_computed_key_stands_in_brackets_though_it_is_an_identifier() {
        let tables: Tables = toml::from_str(
            "[[string]]\nopen = '\"'\nclose = '\"'\nescapes = { '\\' = '\\\\', '\"' = '\\\"' }\n\
             [json]\nnull = 'null'\ntrue = 'true'\nfalse = 'false'\nkey = 'identifier'\n\
             object = { open = '{', close = '}' }\narray = { open = '[', close = ']' }\n\
             computed-keys = ['__proto__']",
        )
        .expect("valid tables");
        let literals = Literals {
            string: tables.string,
            split: None,
            bytes: None,
            json: Some(tables.json),
            comment: None,
        };
        let key = |text| {
            let mut out = String::new();
            literals.write_key(&mut out, text).expect("a literal");
            out
        };
        assert_eq!(key("__proto__"), "[\"__proto__\"]");
        assert_eq!(key("proto"), "proto");
        assert_eq!(key("x-proto"), "\"x-proto\"");
    }
}
