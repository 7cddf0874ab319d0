//! Literals of JavaScript: what JSON has, and quotes, names, comments and commas as programs have them.

use crate::diagnostic::Span;

use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::value::{Kind, MAX_DEPTH, Value};
use super::super::{Options, code};
use super::call::{Call, as_text, refuse_literal};

/// Reads literals from a place of a text on.
pub(super) struct Literals<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) options: &'a Options,
}

impl Literals<'_> {
    /// The arguments of a call whose `(` was read.
    pub(super) fn read_arguments(&mut self) -> Result<Vec<Value>, Refusal> {
        self.read_list(b')', MAX_DEPTH)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts_with(&self, text: &str) -> bool {
        self.bytes[self.at..].starts_with(text.as_bytes())
    }

    /// Skips white space and comments.
    fn skip_space(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            if rest.first().is_some_and(u8::is_ascii_whitespace) {
                self.at += 1;
            } else if rest.starts_with(b"//") {
                self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            } else if rest.starts_with(b"/*") {
                self.at += memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    /// Values up to a closing bracket; a comma may stand before it.
    fn read_list(&mut self, close: u8, depth: usize) -> Result<Vec<Value>, Refusal> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(close) {
                self.at += 1;
                return Ok(items);
            }
            items.push(self.read_value(depth)?);
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {}
                _ => return Err(self.refuse_here("expected a comma or the end")),
            }
        }
    }

    /// A value, and texts that are added to it.
    fn read_value(&mut self, depth: usize) -> Result<Value, Refusal> {
        let mut value = self.read_operand(depth)?;
        loop {
            self.skip_space();
            if self.peek() != Some(b'+') {
                return Ok(value);
            }
            self.at += 1;
            self.skip_space();
            let added = self.read_operand(depth)?;
            let Kind::String(text) = &mut value.kind else {
                return Err(refuse_literal(added.span));
            };
            text.append(&as_text(&added)?);
            value.span.end = added.span.end;
        }
    }

    fn read_operand(&mut self, depth: usize) -> Result<Value, Refusal> {
        if depth == 0 {
            return Err(self.refuse_here("the literal is nested too deep"));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'"' | b'\'' | b'`') => Kind::String(self.read_string(depth)?),
            Some(b'{') => {
                self.at += 1;
                Kind::Object(self.read_members(depth - 1)?)
            }
            Some(b'[') => {
                self.at += 1;
                Kind::Array(self.read_list(b']', depth - 1)?)
            }
            Some(b'-' | b'.' | b'0'..=b'9') => Kind::Number(self.read_number()),
            _ => self.read_word(depth)?,
        };
        Ok(Value { span: Span::new(start, self.at), kind })
    }

    fn read_number(&mut self) -> Text {
        let rest = &self.bytes[self.at..];
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-.+_".contains(byte);
        // A sign belongs to a number at its beginning, or in its exponent.
        let mut length = rest.iter().take_while(is_part).count();
        if let Some(plus) = rest[..length].iter().skip(1).position(|byte| b"+-".contains(byte)) {
            let is_exponent = matches!(rest[plus], b'e' | b'E');
            length = if is_exponent { length } else { plus + 1 };
        }
        let text = Text::of(self.bytes, self.at..self.at + length.max(1));
        self.at += length.max(1);
        text
    }

    fn read_members(&mut self, depth: usize) -> Result<Vec<(Text, Value)>, Refusal> {
        let mut members = Vec::new();
        loop {
            self.skip_space();
            let name = match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(members);
                }
                Some(b'"' | b'\'') => self.read_string(depth)?,
                _ => self.read_name()?,
            };
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.refuse_here("expected `:` after the name"));
            }
            self.at += 1;
            self.skip_space();
            members.push((name, self.read_value(depth)?));
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {}
                _ => return Err(self.refuse_here("expected a comma or the end")),
            }
        }
    }

    fn name_length(&self) -> usize {
        let is_name =
            |byte: &&u8| byte.is_ascii_alphanumeric() || b"_$".contains(byte) || **byte > 0x7f;
        self.bytes[self.at..].iter().take_while(is_name).count()
    }

    fn read_name(&mut self) -> Result<Text, Refusal> {
        let length = self.name_length();
        if length == 0 {
            return Err(self.refuse_here("expected a name"));
        }
        let name = Text::of(self.bytes, self.at..self.at + length);
        self.at += length;
        Ok(name)
    }

    /// A word: a constant, one of the few calls that are read, or a variable that was given.
    fn read_word(&mut self, depth: usize) -> Result<Kind, Refusal> {
        for (word, kind) in [
            ("JSON.stringify(", Call::Stringify),
            ("new URLSearchParams(", Call::Form),
            ("new Headers(", Call::Same),
            ("new URL(", Call::Same),
        ] {
            if self.starts_with(word) {
                let start = self.at;
                self.at += word.len();
                let arguments = self.read_list(b')', depth - 1)?;
                let span = Span::new(start, self.at);
                return self.read_conversion(kind.apply(arguments, span)?);
            }
        }
        let start = self.at;
        let name = self.read_name()?;
        let place = Span::new(start, self.at);
        match name.bytes() {
            b"null" => Ok(Kind::Null),
            b"undefined" => Ok(Kind::Undefined),
            b"true" => Ok(Kind::Bool(true)),
            b"false" => Ok(Kind::Bool(false)),
            _ => match self.options.variable(&name.lossy()) {
                Some(value) => Ok(Kind::String(Text::new(value, place))),
                None => Err(refuse_literal(place)),
            },
        }
    }

    /// `.toString()` after a call.
    fn read_conversion(&mut self, value: Value) -> Result<Kind, Refusal> {
        const CONVERSION: &str = ".toString()";
        if !self.starts_with(CONVERSION) {
            return Ok(value.kind);
        }
        self.at += CONVERSION.len();
        as_text(&value).map(Kind::String)
    }

    /// A string, up to its closing mark; a template may hold literals in `${…}`.
    fn read_string(&mut self, depth: usize) -> Result<Text, Refusal> {
        let opening = self.at;
        let mark = self.bytes[opening];
        self.at += 1;
        let mut text = Text::new("", Span::new(opening, opening + 1));
        loop {
            let rest = &self.bytes[self.at..];
            let stop =
                rest.iter().position(|byte| *byte == mark || matches!(byte, b'\\' | b'\n' | b'$'));
            let Some(stop) = stop else {
                let place = Span::new(opening, opening + 1);
                let message = "the string is not closed";
                return Err(refuse(
                    code::NOT_LITERAL,
                    message,
                    place,
                    "it is opened here",
                    "give the whole call",
                ));
            };
            text.push_input(self.bytes, self.at..self.at + stop);
            self.at += stop;
            match rest[stop] {
                b'\\' => self.read_escape(&mut text),
                b'$' if mark == b'`' && self.starts_with("${") => {
                    text.append(&self.read_substitution(depth)?);
                }
                b'\n' if mark != b'`' => return Err(self.refuse_here("a string ends in its line")),
                byte if byte == mark => {
                    self.at += 1;
                    return Ok(text);
                }
                _ => {
                    text.push_input(self.bytes, self.at..self.at + 1);
                    self.at += 1;
                }
            }
        }
    }

    /// The text of `${…}` in a template.
    fn read_substitution(&mut self, depth: usize) -> Result<Text, Refusal> {
        self.at += 2;
        self.skip_space();
        let Some(inner) = depth.checked_sub(1) else {
            return Err(self.refuse_here("the literal is nested too deep"));
        };
        let value = self.read_value(inner)?;
        self.skip_space();
        if self.peek() != Some(b'}') {
            return Err(self.refuse_here("expected `}` after the value"));
        }
        self.at += 1;
        as_text(&value)
    }

    /// An escape (ECMA-262, "String Literals").
    fn read_escape(&mut self, text: &mut Text) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let digits = |from: usize, count: usize| {
            let digits = std::str::from_utf8(rest.get(from..from + count)?).ok()?;
            u32::from_str_radix(digits, 16).ok()
        };
        let (point, length) = match rest.get(1).copied().unwrap_or(b'\\') {
            b'b' => (8, 2),
            b'f' => (12, 2),
            b'n' => (10, 2),
            b'r' => (13, 2),
            b't' => (9, 2),
            b'v' => (11, 2),
            b'0' => (0, 2),
            b'\n' => {
                self.at += 2;
                return;
            }
            b'x' => (digits(2, 2).unwrap_or(u32::from(b'x')), 4),
            b'u' if rest.get(2) == Some(&b'{') => {
                let end = memchr::memchr(b'}', rest).unwrap_or(3);
                (digits(3, end - 3).unwrap_or(0xfffd), end + 1)
            }
            b'u' => match (digits(2, 4), rest.get(6..8), digits(8, 4)) {
                (Some(high @ 0xd800..=0xdbff), Some(b"\\u"), Some(low @ 0xdc00..=0xdfff)) => {
                    (0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12)
                }
                (Some(unit), ..) => (unit, 6),
                _ => (0xfffd, 2),
            },
            byte if byte.is_ascii() => (u32::from(byte), 2),
            // The character after the backslash is read as it is.
            _ => {
                self.at += 1;
                return;
            }
        };
        let end = (start + length).min(self.bytes.len());
        let character = char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
        text.push_char(character, Span::new(start, end));
        self.at = end;
    }

    #[cold]
    fn refuse_here(&self, message: &str) -> Refusal {
        let place = Span::new(self.at, (self.at + 1).min(self.bytes.len()));
        refuse(code::NOT_LITERAL, message, place, "the text is wrong here", "give the whole call")
    }
}
