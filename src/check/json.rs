//! JSON (RFC 8259): well-formed or not. Iterative, so that deep nesting costs no stack.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::request::Body;

use super::{code, place_in_body};

/// Deeper JSON is well-formed, but many readers refuse it.
const DEEP: usize = 128;

/// Where text stops being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// Offset of the first byte that cannot stand there; the length of the text at its end.
    pub offset: usize,
    /// What should stand there.
    pub expected: &'static str,
}

impl std::fmt::Display for JsonError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for JsonError {}

/// What is worth knowing about JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonFacts {
    /// The deepest nesting of arrays and objects.
    pub depth: usize,
    /// Offset of the first name that its object already has, escapes compared as they are written.
    pub duplicate: Option<usize>,
}

/// Checks that bytes are one JSON value, in time linear in their number.
pub fn check_json(bytes: &[u8]) -> Result<JsonFacts, JsonError> {
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(JsonError { offset: error.valid_up_to(), expected: "UTF-8" });
    }
    Scanner { bytes, at: 0, open: Vec::new(), facts: JsonFacts::default() }.scan()
}

/// An array, or an object with the names that it has so far.
enum Container<'a> {
    Array,
    Object(HashSet<&'a [u8]>),
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<Container<'a>>,
    facts: JsonFacts,
}

impl<'a> Scanner<'a> {
    fn scan(mut self) -> Result<JsonFacts, JsonError> {
        loop {
            let complete = self.scan_value_start()?;
            if complete && self.scan_after_value()? {
                return Ok(self.facts);
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expected<T>(&self, expected: &'static str) -> Result<T, JsonError> {
        Err(JsonError { offset: self.at, expected })
    }

    /// Scans a value, or the opening of a container that is not empty; then it is not complete.
    fn scan_value_start(&mut self) -> Result<bool, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.open_object(),
            Some(b'[') => {
                self.push(Container::Array);
                if self.peek() == Some(b']') {
                    self.close();
                    return Ok(true);
                }
                Ok(false)
            }
            Some(b'"') => self.scan_string().map(|_| true),
            Some(b'-' | b'0'..=b'9') => self.scan_number().map(|()| true),
            Some(b't') => self.scan_word("true").map(|()| true),
            Some(b'f') => self.scan_word("false").map(|()| true),
            Some(b'n') => self.scan_word("null").map(|()| true),
            _ => self.expected("a JSON value"),
        }
    }

    fn open_object(&mut self) -> Result<bool, JsonError> {
        self.push(Container::Object(HashSet::new()));
        if self.peek() == Some(b'}') {
            self.close();
            return Ok(true);
        }
        self.scan_name()?;
        Ok(false)
    }

    fn push(&mut self, container: Container<'a>) {
        self.at += 1;
        self.open.push(container);
        self.facts.depth = self.facts.depth.max(self.open.len());
        self.skip_space();
    }

    fn close(&mut self) {
        self.at += 1;
        self.open.pop();
    }

    /// Scans what may follow a value; true at the end of the text.
    fn scan_after_value(&mut self) -> Result<bool, JsonError> {
        loop {
            self.skip_space();
            match (self.open.last(), self.peek()) {
                (None, None) => return Ok(true),
                (None, Some(_)) => return self.expected("nothing after the JSON value"),
                (Some(Container::Array), Some(b']')) | (Some(Container::Object(_)), Some(b'}')) => {
                    self.close();
                }
                (Some(Container::Array), Some(b',')) => {
                    self.at += 1;
                    return Ok(false);
                }
                (Some(Container::Object(_)), Some(b',')) => {
                    self.at += 1;
                    self.skip_space();
                    self.scan_name()?;
                    return Ok(false);
                }
                (Some(Container::Array), _) => return self.expected("`,` or `]`"),
                (Some(Container::Object(_)), _) => return self.expected("`,` or `}`"),
            }
        }
    }

    /// Scans `"name":`.
    fn scan_name(&mut self) -> Result<(), JsonError> {
        if self.peek() != Some(b'"') {
            return self.expected("a name in double quotes");
        }
        let start = self.at;
        let name = self.scan_string()?;
        if let Some(Container::Object(names)) = self.open.last_mut()
            && !names.insert(name)
        {
            self.facts.duplicate.get_or_insert(start);
        }
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.expected("`:`");
        }
        self.at += 1;
        Ok(())
    }

    /// Scans a string; returns what stands between its quotes.
    fn scan_string(&mut self) -> Result<&'a [u8], JsonError> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek() {
                None => return self.expected("the closing `\"`"),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(&self.bytes[start..self.at - 1]);
                }
                Some(b'\\') => self.scan_escape()?,
                Some(0..=0x1f) => return self.expected("an escape such as \\n"),
                Some(_) => self.at += 1,
            }
        }
    }

    fn scan_escape(&mut self) -> Result<(), JsonError> {
        let length = match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => {
                let hex = self.bytes.get(self.at + 2..self.at + 6);
                if !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
                    return self.expected("\\u and four hexadecimal digits");
                }
                6
            }
            _ => return self.expected("an escape of JSON, such as \\n or \\u000a"),
        };
        self.at += length;
        Ok(())
    }

    /// RFC 8259 §6: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    fn scan_number(&mut self) -> Result<(), JsonError> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return self.expected("no digit after a leading zero");
            }
        } else {
            self.scan_digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.scan_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.scan_digits()?;
        }
        Ok(())
    }

    fn scan_digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { self.expected("a digit") } else { Ok(()) }
    }

    fn scan_word(&mut self, word: &str) -> Result<(), JsonError> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return self.expected("a JSON value");
        }
        self.at += word.len();
        Ok(())
    }
}

pub(super) fn check_body(body: &Body<'_>, found: &mut Vec<Diagnostic>) {
    let facts = match check_json(&body.bytes) {
        Ok(facts) => facts,
        Err(error) => {
            found.push(
                Diagnostic::warning(code::JSON_INVALID, "the body is not JSON, as its type says")
                    .with_span(place_in_body(body, error.offset))
                    .with_label(error.to_string())
                    .with_help("correct the body, or its Content-Type (RFC 8259)"),
            );
            return;
        }
    };
    if facts.depth > DEEP {
        let message = format!("the JSON is nested {} deep; many readers refuse it", facts.depth);
        found.push(
            Diagnostic::warning(code::JSON_DEEP, message)
                .with_span(place_in_body(body, 0))
                .with_help(format!("nest no deeper than {DEEP} (RFC 8259 §9)")),
        );
    }
    if let Some(offset) = facts.duplicate {
        found.push(
            Diagnostic::note(code::JSON_DUPLICATE_NAME, "a JSON object has this name twice")
                .with_span(place_in_body(body, offset))
                .with_help("keep one: readers differ in which counts (RFC 8259 §4)"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_accepted() {
        for text in [
            "0",
            "-0.10e+5",
            "\"\"",
            "null",
            " [ ] ",
            "{}",
            "[1,[2,{\"a\":[]}],\"\\u00e9\\n\"]",
            "{\"a\":1 , \"b\" : {}}",
            "1e400",
            "12345678901234567890",
            "true",
            "\"\u{2028}\"",
        ] {
            assert!(check_json(text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn other_text_is_refused_at_its_place() {
        for (text, offset) in [
            ("", 0),
            ("{not json}", 1),
            ("[1,]", 3),
            ("{\"a\":1,}", 7),
            ("[1", 2),
            ("01", 1),
            ("1.", 2),
            ("-", 1),
            ("1e", 2),
            ("\"a", 2),
            ("\"\n\"", 1),
            ("\"\\x\"", 1),
            ("\"\\u12g4\"", 1),
            ("[1] x", 4),
            ("{\"a\" 1}", 5),
            ("{1:2}", 1),
            ("nul", 0),
            ("[}", 1),
            ("'a'", 0),
            ("\u{feff}{}", 0),
            ("NaN", 0),
            ("]", 0),
            ("[1}", 2),
        ] {
            assert_eq!(
                check_json(text.as_bytes()).map_err(|error| error.offset),
                Err(offset),
                "{text}"
            );
        }
        assert_eq!(check_json(b"\"\xff\"").map_err(|error| error.offset), Err(1));
    }

    #[test]
    fn depth_and_duplicates_are_found() {
        let facts = check_json(br#"{"a":{"b":1},"b":[{}],"a":2}"#).unwrap();
        assert_eq!(facts, JsonFacts { depth: 3, duplicate: Some(22) });
    }

    #[test]
    fn deep_nesting_costs_no_stack() {
        let deep = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
        assert_eq!(check_json(&deep).unwrap().depth, 1 << 20);
        assert!(check_json(&deep[..1 << 20]).is_err());
    }
}
