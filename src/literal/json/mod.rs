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
    /// Words of the language that are no bare keys, though they look like one.
    #[serde(default)]
    quoted_keys: Vec<String>,
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
            environment: None,
            variable: None,
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

    #[test]
    fn a_key_is_bare_where_the_language_takes_it_so() {
        let table = |key: &str| {
            format!(
                "null = 'null'\ntrue = 'true'\nfalse = 'false'\nkey = '{key}'\n\
                 object = {{ open = '{{', close = '}}' }}\narray = {{ open = '[', close = ']' }}\n\
                 quoted-keys = ['if']"
            )
        };
        let string: crate::literal::StringStyle =
            toml::from_str("open = '\"'\nclose = '\"'").expect("a style");
        let literals = Literals { string: vec![string], ..Literals::default() };
        let bare = |key: &str| {
            let json: JsonLiteral = toml::from_str(&table(key)).expect("a table");
            let keys = ["a", "A_1", "_a", "a$", "1", "a-b", "if"].into_iter();
            let is_bare = |text: &&str| {
                let mut out = String::new();
                json.write_key(&mut out, text, &literals).expect("a literal");
                out == *text
            };
            keys.filter(is_bare).collect::<Vec<_>>()
        };
        assert_eq!(bare("string"), [""; 0]);
        assert_eq!(bare("identifier"), ["a", "A_1", "_a", "a$", "1"]);
        assert_eq!(bare("word"), ["a", "A_1", "_a"]);
        assert_eq!(bare("letter-word"), ["a", "A_1"]);
    }

    #[test]
    fn what_is_open_in_the_message_stays_open() {
        let write = |text, keep| {
            let table = format!(
                "[[string]]\nopen = '\"'\nclose = '\"'\nescapes = {{ '\\' = '\\\\', '\"' = '\\\"' }}\n\
                 [json]\nnull = 'None'\ntrue = 'True'\nfalse = 'False'\ntrailing-comma = true\nwidth = 30\n\
                 object = {{ open = '{{', close = '}}' }}\narray = {{ open = '[', close = ']' }}\n{keep}"
            );
            let tables: Tables = toml::from_str(&table).expect("valid tables");
            let mut json = tables.json;
            json.unit = " ".to_owned();
            let literals =
                Literals { string: tables.string, json: Some(json), ..Literals::default() };
            let mut out = String::new();
            literals.write_json(&mut out, text, Place::default()).expect("a literal");
            crate::literal::finish(out, "\n")
        };
        let text = "{\r\n\"a\": [1],\"b\":[\n[],2],\"c\":{\"d\":null}}";
        assert_eq!(
            write(text, ""),
            "{\n \"a\": [1],\n \"b\": [\n  [],\n  2,\n ],\n \"c\": {\"d\": None},\n}"
        );
        assert_eq!(
            write(text, "keep-open = 'objects'"),
            "{\n \"a\": [1],\n \"b\": [[], 2],\n \"c\": {\"d\": None},\n}"
        );
        let closed = "{\"a\":[[1],{\n\"b\":1}]}";
        assert_eq!(write(closed, "keep-open = 'nothing'"), "{\"a\": [[1], {\"b\": 1}]}");
        assert_eq!(
            write("[[1,2,3],[4,5,6],[7,8,9],[\n0]]", "keep-open = 'nothing'"),
            "[\n [1, 2, 3],\n [4, 5, 6],\n [7, 8, 9],\n [0],\n]"
        );
    }

    #[test]
    fn values_begin_in_one_column_where_keys_are_in_lines_one_after_another() {
        let tables: Tables = toml::from_str(
            "[[string]]\nopen = '\"'\nclose = '\"'\n[json]\nnull = 'nil'\ntrue = 'true'\nfalse = 'false'\n\
             object = { open = '{', close = '}' }\narray = { open = '[', close = ']' }\n\
             key = 'word'\nalign-values = true",
        )
        .expect("valid tables");
        let mut json = tables.json;
        json.unit = " ".to_owned();
        let literals = Literals { string: tables.string, json: Some(json), ..Literals::default() };
        let mut out = String::new();
        let text = "{\n\"a\":1,\"bbb\":{\n\"c\":2,\"é-\":3},\"d\":[\n1],\"e\":4,\"ff\":{\"g\":5,\"hh\":6}}";
        literals.write_json(&mut out, text, Place::default()).expect("a literal");
        assert_eq!(
            crate::literal::finish(out, "\n"),
            "{\n a:   1,\n bbb: {\n  c:    2,\n  \"é-\": 3\n },\n d: [\n  1\n ],\n e:  4,\n ff: {g: 5, hh: 6}\n}"
        );
    }
}
