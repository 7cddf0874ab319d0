//! [`Json`] → the text that a serializer puts on the wire.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Json, JsonStyle, MAX_DEPTH};
use crate::grammar::HexCase;

/// What the serializer of this style sends for the literal of this value.
///
/// Nothing if the language's value cannot hold it: a number would change its value, a key would
/// vanish or move, or the value is deeper than [`MAX_DEPTH`].
pub fn write(json: &Json, style: &JsonStyle) -> Option<String> {
    let mut writer = Writer { style, out: String::new(), expected: None };
    writer.write_value(json, MAX_DEPTH)?;
    writer.out.push_str(&style.end);
    Some(writer.out)
}

/// Whether the serializer of this style sends just `text` for the literal of this value. Looks no
/// further than the first difference.
pub fn writes(json: &Json, style: &JsonStyle, text: &str) -> bool {
    let mut writer = Writer { style, out: String::new(), expected: Some(text) };
    let written = writer.write_value(json, MAX_DEPTH);
    writer.out.push_str(&style.end);
    written.is_some() && writer.expected == Some(writer.out.as_str())
}

struct Writer<'a> {
    style: &'a JsonStyle,
    /// What is written; where a text is expected, what follows the part that was compared.
    out: String,
    /// The rest of the text that is to come of it.
    expected: Option<&'a str>,
}

impl Writer<'_> {
    /// Compares what was written since the last time with what is expected; nothing if it differs.
    fn compare(&mut self) -> Option<()> {
        if let Some(expected) = self.expected {
            self.expected = Some(expected.strip_prefix(self.out.as_str())?);
            self.out.clear();
        }
        Some(())
    }

    /// Writes a value that may hold arrays and objects of this depth.
    fn write_value(&mut self, json: &Json, depth: usize) -> Option<()> {
        self.compare()?;
        match json {
            Json::Null => self.out.push_str("null"),
            Json::Bool(true) => self.out.push_str("true"),
            Json::Bool(false) => self.out.push_str("false"),
            Json::Number(text) => self.out.push_str(&self.style.numbers.print(text)?),
            Json::String(text) => self.write_string(text),
            Json::Array(items) => self.write_array(items, depth.checked_sub(1)?)?,
            Json::Object(members) => self.write_object(members, depth.checked_sub(1)?)?,
        }
        Some(())
    }

    fn write_array(&mut self, items: &[Json], depth: usize) -> Option<()> {
        self.out.push('[');
        for (place, item) in items.iter().enumerate() {
            self.separate_items(place);
            self.write_value(item, depth)?;
        }
        self.out.push(']');
        Some(())
    }

    fn write_object(&mut self, members: &[(Cow<str>, Json)], depth: usize) -> Option<()> {
        let mut seen = HashSet::new();
        let unique = self.style.duplicates || members.iter().all(|(key, _)| seen.insert(key));
        if !unique || !self.style.keys.keeps(members) {
            return None;
        }
        self.out.push('{');
        for (place, (key, value)) in members.iter().enumerate() {
            self.separate_items(place);
            self.write_string(key);
            self.out.push_str(&self.style.key_separator);
            self.write_value(value, depth)?;
        }
        self.out.push('}');
        Some(())
    }

    fn separate_items(&mut self, place: usize) {
        if place > 0 {
            self.out.push_str(&self.style.item_separator);
        }
    }

    fn write_string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            if self.is_escaped(character) {
                self.write_escape(character);
            } else {
                self.out.push(character);
            }
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
            _ => return write_unicode_escape(&mut self.out, character, self.style.hex),
        };
        if self.style.short_escapes.contains(short) {
            self.out.push('\\');
            self.out.push(short);
        } else {
            write_unicode_escape(&mut self.out, character, self.style.hex);
        }
    }
}

/// Writes `\uXXXX`, a surrogate pair beyond U+FFFF (RFC 8259 §7).
fn write_unicode_escape(out: &mut String, character: char, hex: HexCase) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        out.push_str("\\u");
        hex.push_digits(out, u32::from(*unit), 4);
    }
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
            assert!(write(&deepest, &JsonStyle::default()).is_some());
            assert_eq!(write(&wrap(deepest), &JsonStyle::default()), None);
        }
    }
}
