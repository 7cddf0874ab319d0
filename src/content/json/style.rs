//! How a serializer writes JSON, and what its values can hold: data of a language or client.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::{Json, NumberModel};
use crate::grammar::HexCase;

/// How a serializer writes JSON, and what its values can hold.
///
/// Every field has a default; together they write compact JSON and escape only what must be
/// (RFC 8259 §7). Some serializers, as TOML:
///
/// ```toml
/// # Python, json.dumps(value)
/// { item-separator = ", ", key-separator = ": ", ascii = true, also-escape = "\u007f", numbers = "python" }
/// # JavaScript, JSON.stringify(value)
/// { numbers = "ecmascript", keys = "ecmascript" }
/// # Go, json.Marshal(map[string]any{…}); a json.Encoder has end = "\n" as well
/// { also-escape = "<>&\u2028\u2029", keys = "sorted", numbers = { integers = "i64", floats = "f64" } }
/// # PHP, json_encode($value)
/// { also-escape = "/", ascii = true, keys = "php", … }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct JsonStyle {
    /// What stands between items: a `,` with white space as the serializer writes it.
    #[serde(deserialize_with = "read_separator::<_, ','>")]
    pub item_separator: String,
    /// What stands between a key and its value: a `:` with white space as the serializer writes it.
    #[serde(deserialize_with = "read_separator::<_, ':'>")]
    pub key_separator: String,
    /// What stands after the whole value: white space.
    #[serde(deserialize_with = "read_white_space")]
    pub end: String,
    /// Whether characters outside ASCII are written as escapes.
    pub ascii: bool,
    /// Characters that are written as escapes though they need not be.
    pub also_escape: String,
    /// Characters behind which a `/` is written as an escape (`<`: no text then ends a script of HTML).
    pub escape_slash_behind: String,
    /// The characters after `\` of those short escapes that the serializer uses, of `"\/bfnrt`.
    #[serde(deserialize_with = "read_short_escapes")]
    pub short_escapes: String,
    /// The letter case of `\u` escapes.
    pub hex: HexCase,
    /// Characters whose `\u` escape has small letters, whatever `hex` says.
    pub lower_hex_of: String,
    /// Which numbers can be held.
    pub numbers: NumberModel,
    /// Which keys can be held, in which order.
    pub keys: KeyModel,
    /// The most members of an object that keep their order, where there is a limit (Clojure's maps: 8).
    pub most_members: Option<usize>,
    /// Whether an object can hold a key twice, as a list of pairs can.
    pub duplicates: bool,
    /// Whether a key can be the empty text.
    pub empty_keys: bool,
    /// Texts that no key can have in it.
    pub keys_lack: Vec<String>,
}

impl JsonStyle {
    /// The tokens of the text in one line, with the spaces of a reader.
    pub fn of_one_line() -> Self {
        Self {
            item_separator: ", ".into(),
            key_separator: ": ".into(),
            duplicates: true,
            ..Self::default()
        }
    }

    /// Whether the serializer may have written `text`: `false` where it has line ends, which most
    /// serializers never write (in a string they are escapes). Spares the reading of the text.
    pub fn may_write(&self, text: &str) -> bool {
        memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none()
            || [&self.item_separator, &self.key_separator, &self.end]
                .into_iter()
                .any(|separator| separator.bytes().any(|b| matches!(b, b'\n' | b'\r')))
    }
}

impl Default for JsonStyle {
    fn default() -> Self {
        Self {
            item_separator: ",".to_owned(),
            key_separator: ":".to_owned(),
            end: String::new(),
            ascii: false,
            also_escape: String::new(),
            escape_slash_behind: String::new(),
            short_escapes: SHORT_ESCAPES.to_owned(),
            hex: HexCase::Lower,
            lower_hex_of: String::new(),
            numbers: NumberModel::text(),
            keys: KeyModel::Ordered,
            most_members: None,
            duplicates: false,
            empty_keys: true,
            keys_lack: Vec::new(),
        }
    }
}

/// The characters that may follow `\`, `u` aside (RFC 8259 §7).
const SHORT_ESCAPES: &str = "\"\\/bfnrt";

fn read_separator<'de, D, const MARK: char>(from: D) -> Result<String, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(from)?;
    if text.trim_matches(is_white_space) == String::from(MARK) {
        Ok(text)
    } else {
        Err(D::Error::custom(format_args!("expected `{MARK}` with white space, not {text:?}")))
    }
}

fn read_white_space<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.chars().all(is_white_space) {
        Ok(text)
    } else {
        Err(D::Error::custom(format_args!("expected white space, not {text:?}")))
    }
}

fn read_short_escapes<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    match text.chars().find(|character| !SHORT_ESCAPES.contains(*character)) {
        None => Ok(text),
        Some(other) => Err(D::Error::custom(format_args!("JSON has no escape `\\{other}`"))),
    }
}

/// White space of RFC 8259 §2.
fn is_white_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// What becomes of the keys of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyModel {
    /// Keys stay in the order in which they are written.
    #[default]
    Ordered,
    /// Keys are sorted by their bytes in UTF-8.
    Sorted,
    /// Keys come in no order that one can know.
    Unordered,
    /// Array indices come first, in ascending order (ECMA-262 §10.1.11.1), and `__proto__` in a
    /// literal is no key (§13.2.5.5).
    Ecmascript,
    /// The array whose keys are 0, 1, 2, … is a list. An empty object needs a spelling of its own,
    /// `new stdClass()`, since `[]` is an empty list.
    Php,
}

impl KeyModel {
    /// Whether an object with these members keeps its keys and their order.
    pub(super) fn keeps(self, members: &[(Cow<str>, Json)]) -> bool {
        match self {
            Self::Ordered => true,
            Self::Sorted => members.is_sorted_by(|left, right| left.0 <= right.0),
            Self::Unordered => members.len() < 2,
            Self::Ecmascript => {
                let place = |key: &str| read_array_index(key).unwrap_or(u32::MAX);
                members.is_sorted_by_key(|(key, _)| place(key))
                    && members.iter().all(|(key, _)| key != "__proto__")
            }
            Self::Php => {
                let is_place = |(place, (key, _)): (usize, &(Cow<str>, Json))| {
                    read_array_index(key).is_some_and(|index| usize::try_from(index) == Ok(place))
                };
                members.is_empty() || !members.iter().enumerate().all(is_place)
            }
        }
    }
}

/// The number of an array index in canonical spelling: an integer below 2³² - 1 (ECMA-262 §6.1.7).
fn read_array_index(key: &str) -> Option<u32> {
    let index = key.parse::<u32>().ok().filter(|index| *index < u32::MAX)?;
    let canonical = key == "0" || key.starts_with(|first: char| matches!(first, '1'..='9'));
    canonical.then_some(index)
}
