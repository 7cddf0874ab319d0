//! JSON values as the language's own literals.

mod number;
mod writer;

use serde::Deserialize;

use super::string::{Layout, Place};
use super::{LiteralError, Literals};
use crate::content::json::{self, KeepOpen, Lines};
use number::Spelling;
use writer::JsonWriter;

/// How a language spells a JSON value, as `[json]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct JsonLiteral {
    /// How `null` is written.
    null: String,
    /// How `true` is written.
    r#true: String,
    /// How `false` is written.
    r#false: String,
    /// How an object is written.
    object: Collection,
    /// How an array is written.
    array: Collection,
    /// Between a key and its value.
    #[serde(default = "colon")]
    pair: String,
    /// Around a key and its value (the parentheses of a list of pairs).
    #[serde(default)]
    entry: Around,
    /// Around a string that is a value, and no key.
    #[serde(default)]
    string: Around,
    /// Around a number without a point and an exponent.
    #[serde(default)]
    integer: Around,
    /// Around any other number.
    #[serde(default)]
    float: Around,
    /// Around a number with a minus sign, within `integer` or `float`.
    #[serde(default)]
    negative: Around,
    /// Whether the first item of a broken collection is behind its opening bracket, and the others are
    /// below the first (Lisp).
    #[serde(default)]
    hangs: bool,
    /// Whether the last item of a broken collection has a separator too.
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
    /// Words of the language that are no bare keys, though they look like one.
    #[serde(default)]
    quoted_keys: Vec<String>,
    /// Before a bare key (Clojure's `:`).
    #[serde(default)]
    bare_open: String,
    /// How the language's formatter spells numbers.
    #[serde(default)]
    numbers: Spelling,
    /// What keeps the lines that it has in the message.
    #[serde(default)]
    keep_open: KeepOpen,
    /// Whether an array of several arrays or objects, each of several items, is always broken.
    #[serde(default)]
    break_nested: bool,
    /// Whether a string that does not fit behind its key stands in a line of its own.
    #[serde(default)]
    break_pair: bool,
    /// Whether the numbers of a broken array share lines.
    #[serde(default)]
    fill_numbers: bool,
    /// Whether the values of an object begin in one column where their keys are in lines one after another.
    #[serde(default)]
    align_values: bool,
    /// The indentation unit, set by the language.
    #[serde(skip)]
    pub(crate) unit: String,
}

/// How an object or an array is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Collection {
    /// Before the first item.
    open: String,
    /// After the last one.
    close: String,
    /// How an empty one is written; `open` and `close` where it is not given.
    empty: Option<String>,
    /// White space inside the delimiters of one in a line (`{ a: 1 }`).
    #[serde(default)]
    padding: String,
    /// Behind each item but the last; white space follows.
    #[serde(default = "comma")]
    separator: String,
}

/// What is written around a value, where a language says of each what it is (`Some(1)`, `J.str("a")`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Around {
    /// Before it.
    open: String,
    /// Behind it.
    #[serde(default)]
    close: String,
}

/// How a key of an object is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Key {
    /// As a string literal.
    #[default]
    String,
    /// Bare where it is an ASCII identifier or a number in its shortest form, else as a string
    /// literal.
    Identifier,
    /// Bare where it is an ASCII letter or `_`, and ASCII letters, digits and `_` behind it.
    Word,
    /// The same, but an ASCII letter comes first.
    LetterWord,
}

impl Key {
    /// Whether the key needs no quotes.
    fn is_bare(self, key: &str) -> bool {
        match self {
            Self::String => false,
            Self::Identifier => is_identifier(key) || is_plain_number(key),
            Self::Word => is_identifier(key) && !key.contains('$'),
            Self::LetterWord => is_identifier(key) && !key.contains('$') && !key.starts_with('_'),
        }
    }
}

fn colon() -> String {
    ": ".to_owned()
}

fn comma() -> String {
    ",".to_owned()
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
        let fault = |error: json::JsonError| LiteralError::Json { offset: error.offset };
        let value = json::parse(text).map_err(fault)?;
        let lines = Lines::of(text, self.keep_open).map_err(fault)?;
        let reads_environment = place.reads_environment;
        JsonWriter { style: self, literals, lines, next: 0, reads_environment }.value(
            out,
            &value,
            place.level,
            place.column,
        )
    }

    /// How an array or an object is written.
    const fn collection(&self, value: &json::Json<'_>) -> &Collection {
        if matches!(value, json::Json::Array(_)) { &self.array } else { &self.object }
    }

    /// Appends a number of JSON (RFC 8259 §6).
    fn write_number(&self, out: &mut String, number: &str) {
        let number = self.numbers.spell(number);
        let is_integer = number.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let kind = if is_integer { &self.integer } else { &self.float };
        let sign = Some(&self.negative).filter(|_| number.starts_with('-'));
        out.push_str(&kind.open);
        out.push_str(sign.map_or("", |around| &around.open));
        out.push_str(&number);
        out.push_str(sign.map_or("", |around| &around.close));
        out.push_str(&kind.close);
    }

    /// Appends a key of an object literal.
    pub(super) fn write_key(
        &self,
        out: &mut String,
        key: &str,
        literals: &Literals,
    ) -> Result<(), LiteralError> {
        let is_computed = self.computed_keys.iter().any(|computed| computed == key);
        let is_quoted = self.quoted_keys.iter().any(|quoted| quoted == key);
        if self.key.is_bare(key) && !is_computed && !is_quoted {
            out.push_str(&self.bare_open);
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
mod tests;
