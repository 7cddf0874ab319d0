//! [`Json`] → the text that a serializer puts on the wire.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use super::{Json, JsonStyle, MAX_DEPTH};
use crate::grammar::HexCase;

/// What a language's value cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unheld {
    /// This number: it would get another value.
    Number(String),
    /// An object with this name more than once.
    RepeatedName(String),
    /// An object with a name that is empty.
    EmptyName,
    /// An object with this name.
    Name(String),
    /// The names of an object: one would vanish, or they would change their order.
    Names,
    /// Arrays and objects that stand deeper in each other than [`MAX_DEPTH`].
    Depth,
}

impl fmt::Display for Unheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(text) => write!(f, "the number `{text}`"),
            Self::RepeatedName(name) => write!(f, "the name `{name}` twice in one object"),
            Self::EmptyName => f.write_str("an empty name"),
            Self::Name(name) => write!(f, "the name `{name}`"),
            Self::Names => f.write_str("the names of an object in their order"),
            Self::Depth => f.write_str("arrays and objects so deep in each other"),
        }
    }
}

/// Why writing ends early.
enum Stop {
    /// What is written is not what is expected.
    Differs,
    Unheld(Unheld),
}

/// What the serializer of this style sends for the literal of this value; an error where the
/// language's value cannot hold it.
pub fn write(json: &Json, style: &JsonStyle) -> Result<String, Unheld> {
    let mut writer = Writer { style, out: String::new(), expected: None };
    if let Err(Stop::Unheld(unheld)) = writer.write_value(json, MAX_DEPTH) {
        return Err(unheld);
    }
    writer.out.push_str(&style.end);
    Ok(writer.out)
}

/// Whether the serializer of this style sends just `text` for the literal of this value. Looks no
/// further than the first difference.
pub fn writes(json: &Json, style: &JsonStyle, text: &str) -> bool {
    let mut writer = Writer { style, out: String::new(), expected: Some(text) };
    let written = writer.write_value(json, MAX_DEPTH);
    writer.out.push_str(&style.end);
    written.is_ok() && writer.expected == Some(writer.out.as_str())
}

struct Writer<'a> {
    style: &'a JsonStyle,
    /// What is written; where a text is expected, what follows the part that was compared.
    out: String,
    /// The rest of the text that is to come of it.
    expected: Option<&'a str>,
}

impl Writer<'_> {
    /// Compares what was written since the last time with what is expected; an error if it differs.
    fn compare(&mut self) -> Result<(), Stop> {
        if let Some(expected) = self.expected {
            let rest = expected.strip_prefix(self.out.as_str()).ok_or(Stop::Differs)?;
            self.expected = Some(rest);
            self.out.clear();
        }
        Ok(())
    }

    /// Writes a value that may hold arrays and objects of this depth.
    fn write_value(&mut self, json: &Json, depth: usize) -> Result<(), Stop> {
        self.compare()?;
        match json {
            Json::Null => self.out.push_str("null"),
            Json::Bool(true) => self.out.push_str("true"),
            Json::Bool(false) => self.out.push_str("false"),
            Json::Number(text) => {
                let printed = self.style.numbers.print(text);
                let unheld = || Stop::Unheld(Unheld::Number((*text).to_owned()));
                self.out.push_str(&printed.ok_or_else(unheld)?);
            }
            Json::String(text) => self.write_string(text),
            Json::Array(items) => self.write_array(items, deeper(depth)?)?,
            Json::Object(members) => self.write_object(members, deeper(depth)?)?,
        }
        Ok(())
    }

    fn write_array(&mut self, items: &[Json], depth: usize) -> Result<(), Stop> {
        self.out.push('[');
        for (place, item) in items.iter().enumerate() {
            self.separate_items(place);
            self.write_value(item, depth)?;
        }
        self.out.push(']');
        Ok(())
    }

    fn write_object(&mut self, members: &[(Cow<str>, Json)], depth: usize) -> Result<(), Stop> {
        let mut seen = HashSet::new();
        let repeated = members.iter().find(|(key, _)| !seen.insert(key));
        if let Some((name, _)) = repeated.filter(|_| !self.style.duplicates) {
            return Err(Stop::Unheld(Unheld::RepeatedName(name.to_string())));
        }
        if !self.style.empty_keys && members.iter().any(|(name, _)| name.is_empty()) {
            return Err(Stop::Unheld(Unheld::EmptyName));
        }
        let lacks = |name: &str| self.style.keys_lack.iter().any(|text| name.contains(&**text));
        if let Some((name, _)) = members.iter().find(|(name, _)| lacks(name)) {
            return Err(Stop::Unheld(Unheld::Name(name.to_string())));
        }
        let are_few = self.style.most_members.is_none_or(|most| members.len() <= most);
        if !are_few || !self.style.keys.keeps(members) {
            return Err(Stop::Unheld(Unheld::Names));
        }
        self.out.push('{');
        for (place, (key, value)) in members.iter().enumerate() {
            self.separate_items(place);
            self.write_string(key);
            self.out.push_str(&self.style.key_separator);
            self.write_value(value, depth)?;
        }
        self.out.push('}');
        Ok(())
    }

    fn separate_items(&mut self, place: usize) {
        if place > 0 {
            self.out.push_str(&self.style.item_separator);
        }
    }

    fn write_string(&mut self, text: &str) {
        self.out.push('"');
        let mut before = '"';
        for character in text.chars() {
            let is_held_back = character == '/' && self.style.escape_slash_behind.contains(before);
            if is_held_back || self.is_escaped(character) {
                self.write_escape(character);
            } else {
                self.out.push(character);
            }
            before = character;
        }
        self.out.push('"');
    }

    fn is_escaped(&self, character: char) -> bool {
        // RFC 8259 §7: these must be.
        matches!(character, ..'\u{20}' | '"' | '\\')
            || self.style.ascii && !character.is_ascii()
            || self.style.also_escape.contains(character)
    }

    fn write_escape(&mut self, character: char) {
        let short = match character {
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '"' | '\\' | '/' => character,
            _ => return self.write_unicode_escape(character),
        };
        if self.style.short_escapes.contains(short) {
            self.out.push('\\');
            self.out.push(short);
        } else {
            self.write_unicode_escape(character);
        }
    }

    /// Writes `\uXXXX`, a surrogate pair beyond U+FFFF (RFC 8259 §7).
    fn write_unicode_escape(&mut self, character: char) {
        let is_lower = self.style.lower_hex_of.contains(character);
        let hex = if is_lower { HexCase::Lower } else { self.style.hex };
        for unit in character.encode_utf16(&mut [0; 2]) {
            self.out.push_str("\\u");
            hex.push_digits(&mut self.out, u32::from(*unit), 4);
        }
    }
}

/// One level less of what may still follow.
fn deeper(depth: usize) -> Result<usize, Stop> {
    depth.checked_sub(1).ok_or(Stop::Unheld(Unheld::Depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_made_too_deep_is_not_written() {
        let wrap_array = |json| Json::Array(vec![json]);
        let wrap_object = |json| Json::Object(vec![("a".into(), json)]);
        for wrap in [wrap_array, wrap_object as fn(Json<'static>) -> Json<'static>] {
            let deepest = (0..MAX_DEPTH).fold(Json::Null, |json, _| wrap(json));
            assert!(write(&deepest, &JsonStyle::default()).is_ok());
            assert_eq!(write(&wrap(deepest), &JsonStyle::default()), Err(Unheld::Depth));
        }
    }
}
