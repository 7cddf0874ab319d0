//! Structured data with places: JSON, and literals of JavaScript.

use crate::content::json::{JsonError, Quoted, Reader, Token};
use crate::diagnostic::Span;

use super::code;
use super::refusal::{Refusal, refuse};
use super::text::Text;

/// How deep arrays and objects may be nested; captures and collections need some twenty levels.
pub(super) const MAX_DEPTH: usize = 128;

/// A value, and its place in the input.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Kind {
    Null,
    /// JavaScript's `undefined`: a member of this value is as if it were not given.
    Undefined,
    Bool(bool),
    /// A number as it is written.
    Number(Text),
    String(Text),
    Array(Vec<Value>),
    Object(Vec<(Text, Value)>),
    /// JavaScript's `URLSearchParams`: names and values.
    Form(Vec<(Text, Text)>),
}

impl Value {
    /// The member of this name; the last one counts.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Kind::Object(members) = &self.kind else { return None };
        members.iter().rev().find(|(key, _)| key.bytes() == name.as_bytes()).map(|(_, value)| value)
    }

    /// The text of a string.
    pub(super) fn text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The string of this name.
    pub(super) fn text_of(&self, name: &str) -> Option<&Text> {
        self.get(name)?.text()
    }

    /// The items of an array; none for anything else.
    pub(super) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    /// The items of the array of this name.
    pub(super) fn items_of(&self, name: &str) -> &[Self] {
        self.get(name).map_or(&[], Self::items)
    }

    /// Whether the member of this name is `true`.
    pub(super) fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Self { kind: Kind::Bool(true), .. }))
    }

    /// A string, number or boolean as text.
    pub(super) fn scalar(&self) -> Option<Text> {
        match &self.kind {
            Kind::String(text) | Kind::Number(text) => Some(text.clone()),
            Kind::Bool(is_true) => Some(Text::new(is_true.to_string(), self.span)),
            _ => None,
        }
    }

    /// The scalar of this name.
    pub(super) fn scalar_of(&self, name: &str) -> Option<Text> {
        self.get(name)?.scalar()
    }
}

/// Reads a JSON text.
pub(super) fn read_json(bytes: &[u8]) -> Result<Value, Refusal> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            return Err(refuse_json("the JSON text is not UTF-8", Span::new(at, at + 1)));
        }
    };
    build(text).map_err(|error| {
        let (offset, end) = (error.offset.min(bytes.len()), bytes.len());
        refuse_json(&format!("this is not JSON: {error}"), Span::new(offset, (offset + 1).min(end)))
    })
}

#[cold]
fn refuse_json(message: &str, place: Span) -> Refusal {
    let label = "the JSON text is wrong here";
    refuse(
        code::INPUT_JSON,
        message,
        place,
        label,
        "give the whole of the file, as it was exported",
    )
}

/// An array or object whose end is still to come.
struct Open {
    start: usize,
    items: Vec<Value>,
    members: Vec<(Text, Value)>,
    /// The name that waits for its value, in an object.
    key: Option<Text>,
    is_object: bool,
}

fn build(text: &str) -> Result<Value, JsonError> {
    let mut reader = Reader::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut root = Value { span: Span::default(), kind: Kind::Null };
    while let Some(token) = reader.next_token()? {
        let end = reader.offset();
        let value = match token {
            Token::OpenArray | Token::OpenObject => {
                if open.len() == MAX_DEPTH {
                    return Err(JsonError::too_deep(end - 1));
                }
                let is_object = matches!(token, Token::OpenObject);
                let (items, members) = (Vec::new(), Vec::new());
                open.push(Open { start: end - 1, items, members, key: None, is_object });
                continue;
            }
            Token::Key(quoted) => {
                if let Some(object) = open.last_mut() {
                    object.key = Some(read_string(text, quoted));
                }
                continue;
            }
            Token::Close => match open.pop() {
                Some(Open { start, members, is_object: true, .. }) => {
                    Value { span: Span::new(start, end), kind: Kind::Object(members) }
                }
                Some(Open { start, items, .. }) => {
                    Value { span: Span::new(start, end), kind: Kind::Array(items) }
                }
                None => continue,
            },
            Token::Null => scalar(end, 4, Kind::Null),
            Token::Bool(is_true) => scalar(end, if is_true { 4 } else { 5 }, Kind::Bool(is_true)),
            Token::Number(number) => {
                let text = Text::of(text.as_bytes(), end - number.len()..end);
                scalar(end, number.len(), Kind::Number(text))
            }
            Token::String(quoted) => {
                let length = quoted.text.len() + 2;
                scalar(end, length, Kind::String(read_string(text, quoted)))
            }
        };
        match open.last_mut() {
            Some(Open { members, key, is_object: true, .. }) => {
                members.push((key.take().unwrap_or_default(), value));
            }
            Some(Open { items, .. }) => items.push(value),
            None => root = value,
        }
    }
    Ok(root)
}

fn scalar(end: usize, length: usize, kind: Kind) -> Value {
    Value { span: Span::new(end - length, end), kind }
}

/// Resolves the escapes of a string (RFC 8259 §7). Half of a surrogate pair becomes U+FFFD.
fn read_string(source: &str, quoted: Quoted<'_>) -> Text {
    let start = quoted.offset;
    let end = start + quoted.text.len();
    let bytes = source.as_bytes();
    let mut text = Text::new("", Span::new(start, end));
    let mut from = start;
    while let Some(at) = memchr::memchr(b'\\', &bytes[from..end]).map(|at| from + at) {
        text.push_input(bytes, from..at);
        let (character, length) = read_escape(&source[at..end]);
        text.push_char(character, Span::new(at, at + length));
        from = at + length;
    }
    text.push_input(bytes, from..end);
    text
}

/// The character of the escape that the text begins with, and its length.
pub(super) fn read_escape(text: &str) -> (char, usize) {
    let character = match text.as_bytes().get(1).copied().unwrap_or(b'\\') {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return read_unit(text),
        byte => char::from(byte),
    };
    (character, 2)
}

fn read_unit(text: &str) -> (char, usize) {
    let unit = |from: usize| u16::from_str_radix(text.get(from..from + 4)?, 16).ok();
    let Some(first) = unit(2) else { return (char::REPLACEMENT_CHARACTER, 2) };
    let has_second = text.get(6..).is_some_and(|rest| rest.starts_with("\\u"));
    let second = if has_second { unit(8) } else { None };
    match char::decode_utf16([first].into_iter().chain(second)).next() {
        Some(Ok(character)) => (character, 6 * character.len_utf16()),
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

/// Appends a text as a JSON string (RFC 8259 §7).
pub(super) fn write_json_string(out: &mut Text, text: &Text) {
    out.push(b"\"", text.span());
    let mut from = 0;
    for (at, byte) in text.bytes().iter().enumerate() {
        let escape = match byte {
            b'"' | b'\\' => format!("\\{}", char::from(*byte)),
            b'\n' => "\\n".to_owned(),
            b'\r' => "\\r".to_owned(),
            b'\t' => "\\t".to_owned(),
            0x08 => "\\b".to_owned(),
            0x0c => "\\f".to_owned(),
            ..b' ' => format!("\\u{byte:04x}"),
            _ => continue,
        };
        out.append_part(text, from..at);
        out.push(escape.as_bytes(), text.span_of(at..at + 1));
        from = at + 1;
    }
    out.append_part(text, from..text.len());
    out.push(b"\"", text.span());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_places() {
        let source = br#" {"a": [1, true, null, "x\n\u00e9y"], "a": {"b": "\ud83d\ude00\ud800"}} "#;
        let value = read_json(source).unwrap();
        assert_eq!(value.span, Span::new(1, source.len() - 1));
        let Kind::Object(members) = &value.kind else { panic!() };
        let items = members[0].1.items();
        assert_eq!(items[0].scalar().unwrap().span(), Span::new(8, 9));
        assert_eq!(items[1].span, Span::new(11, 15));
        let text = items[3].text().unwrap();
        assert_eq!(text.lossy(), "x\n\u{e9}y");
        assert_eq!(text.span_of(1..2), Span::new(25, 27));
        assert_eq!(text.span_of(2..4), Span::new(27, 33));
        assert_eq!(value.get("a").unwrap().text_of("b").unwrap().lossy(), "\u{1f600}\u{fffd}");
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        assert_eq!(read_json(b"{\"a\": }").unwrap_err().span, Some(Span::new(6, 7)));
        assert_eq!(read_json(b"\"\xff\"").unwrap_err().span, Some(Span::new(1, 2)));
        let deep = read_json("[".repeat(100_000).as_bytes()).unwrap_err();
        assert_eq!(deep.span, Some(Span::new(MAX_DEPTH, MAX_DEPTH + 1)));
    }
}
