//! Tokens → [`Json`].

use std::borrow::Cow;
use std::mem;

use super::reader::{JsonError, JsonErrorKind, Quoted, Reader, Token};
use super::{Json, MAX_DEPTH};

/// An array or object that is still open, with the key that waits for its value.
enum Open<'a> {
    Array(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>, Cow<'a, str>),
}

/// Reads a JSON text (RFC 8259), strictly: nothing but the grammar, no byte order mark.
///
/// A string borrows from the text unless it has escapes. A text deeper than [`MAX_DEPTH`] and a lone
/// surrogate are errors, though the grammar allows them.
pub fn parse(text: &str) -> Result<Json<'_>, JsonError> {
    let mut reader = Reader::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut root = Json::Null;
    loop {
        let Some(token) = reader.next_token()? else { return Ok(root) };
        let value = match token {
            Token::OpenArray | Token::OpenObject if open.len() == MAX_DEPTH => {
                let offset = reader.offset() - 1;
                return Err(JsonError { offset, kind: JsonErrorKind::TooDeep });
            }
            Token::OpenArray => {
                open.push(Open::Array(Vec::new()));
                continue;
            }
            Token::OpenObject => {
                open.push(Open::Object(Vec::new(), Cow::default()));
                continue;
            }
            Token::Key(quoted) => {
                if let Some(Open::Object(_, key)) = open.last_mut() {
                    *key = resolve_escapes(quoted)?;
                }
                continue;
            }
            Token::Close => match open.pop() {
                Some(Open::Array(items)) => Json::Array(items),
                Some(Open::Object(members, _)) => Json::Object(members),
                None => Json::Null,
            },
            Token::Null => Json::Null,
            Token::Bool(bool) => Json::Bool(bool),
            Token::Number(text) => Json::Number(text),
            Token::String(quoted) => Json::String(resolve_escapes(quoted)?),
        };
        match open.last_mut() {
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object(members, key)) => members.push((mem::take(key), value)),
            None => root = value,
        }
    }
}

/// Whether two JSON texts have the same tokens, written with the same characters: they differ at most in
/// white space. It also tells of texts that [`parse`] refuses, for it resolves no escape. Nothing is the
/// same as a text that is not JSON.
pub fn same_tokens(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (Reader::new(left), Reader::new(right));
    loop {
        match (left.next_token(), right.next_token()) {
            (Ok(None), Ok(None)) => return true,
            (Ok(Some(left)), Ok(Some(right))) if is_written_alike(&left, &right) => {}
            _ => return false,
        }
    }
}

fn is_written_alike(left: &Token<'_>, right: &Token<'_>) -> bool {
    match (left, right) {
        (Token::Key(left), Token::Key(right)) | (Token::String(left), Token::String(right)) => {
            left.text == right.text
        }
        (Token::Number(left), Token::Number(right)) => left == right,
        (Token::Bool(left), Token::Bool(right)) => left == right,
        (Token::OpenArray, Token::OpenArray)
        | (Token::OpenObject, Token::OpenObject)
        | (Token::Close, Token::Close)
        | (Token::Null, Token::Null) => true,
        _ => false,
    }
}

/// Resolves the escapes of RFC 8259 §7.
pub(super) fn resolve_escapes(quoted: Quoted<'_>) -> Result<Cow<'_, str>, JsonError> {
    if !quoted.has_escapes {
        return Ok(Cow::Borrowed(quoted.text));
    }
    let mut out = String::with_capacity(quoted.text.len());
    let mut rest = quoted.text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let lone = JsonError {
            offset: quoted.offset + quoted.text.len() - escape.len(),
            kind: JsonErrorKind::LoneSurrogate,
        };
        let (character, length) = read_escape(escape).ok_or(lone)?;
        out.push(character);
        rest = &escape[length..];
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The character of the escape at the start of the text and the escape's length, or `None` where there
/// is no escape, or half of a surrogate pair.
pub(crate) fn read_escape(text: &str) -> Option<(char, usize)> {
    let escape = text.strip_prefix('\\')?;
    let character = match escape.as_bytes().first()? {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return read_unicode_escape(text),
        other @ (b'"' | b'\\' | b'/') => char::from(*other),
        _ => return None,
    };
    Some((character, 2))
}

fn read_unicode_escape(escape: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u16::from_str_radix(escape.get(from..from + 4)?, 16).ok();
    let first = unit(2)?;
    let second = if escape[6..].starts_with("\\u") { unit(8) } else { None };
    let mut characters = char::decode_utf16([first].into_iter().chain(second));
    let character = characters.next()?.ok()?;
    Some((character, 6 * character.len_utf16()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (usize, JsonErrorKind) {
        let error = parse(text).unwrap_err();
        (error.offset, error.kind)
    }

    #[test]
    fn keys_numbers_and_order_are_kept_as_written() {
        let json = parse(" {\"b\": 10.00,\t\"a\": [true, null],\r\n \"b\": -1E+5} ").unwrap();
        let expected = Json::Object(vec![
            ("b".into(), Json::Number("10.00")),
            ("a".into(), Json::Array(vec![Json::Bool(true), Json::Null])),
            ("b".into(), Json::Number("-1E+5")),
        ]);
        assert_eq!(json, expected);
    }

    #[test]
    fn escapes_are_resolved_and_plain_strings_borrowed() {
        let Json::String(plain) = parse("\"caf\u{e9}\"").unwrap() else { panic!() };
        assert!(matches!(plain, Cow::Borrowed("caf\u{e9}")));
        let escaped = parse(r#""\"\\\/\b\f\n\r\tx\u00E9\ud83d\uDE00\u0041\u0042""#).unwrap();
        assert_eq!(escaped, Json::String("\"\\/\u{8}\u{c}\n\r\tx\u{e9}\u{1f600}AB".into()));
    }

    #[test]
    fn lone_surrogates_are_told_apart() {
        for text in [r#""\ud800""#, r#""\ude00""#, r#""\ud800\ud800""#, r#""\ud800\n""#] {
            assert_eq!(error(text), (1, JsonErrorKind::LoneSurrogate), "{text}");
        }
        assert_eq!(error(r#"{"a":"xy\ud800A"}"#), (8, JsonErrorKind::LoneSurrogate));
        assert_eq!(error(r#""\u0041\ud800""#), (7, JsonErrorKind::LoneSurrogate));
    }

    #[test]
    fn every_error_has_its_place() {
        use JsonErrorKind::*;
        let cases = [
            ("", 0, UnexpectedEnd),
            ("  ", 2, UnexpectedEnd),
            ("\u{feff}1", 0, ExpectedValue),
            ("[1,]", 3, ExpectedValue),
            ("[,1]", 1, ExpectedValue),
            ("nul", 0, ExpectedValue),
            ("NaN", 0, ExpectedValue),
            ("+1", 0, ExpectedValue),
            ("'a'", 0, ExpectedValue),
            ("{\"a\":1,}", 7, ExpectedKey),
            ("{a:1}", 1, ExpectedKey),
            ("{\"a\" 1}", 5, ExpectedColon),
            ("[1 2]", 3, ExpectedCommaOrEnd),
            ("[1}", 2, ExpectedCommaOrEnd),
            ("{\"a\":1]", 6, ExpectedCommaOrEnd),
            ("[01]", 2, LeadingZero),
            ("-012", 2, LeadingZero),
            ("[1", 2, UnexpectedEnd),
            ("-", 1, UnexpectedEnd),
            ("-a", 1, ExpectedDigit),
            ("1.e5", 2, ExpectedDigit),
            ("1e+ ", 3, ExpectedDigit),
            ("\"a\nb\"", 2, ControlCharacter),
            ("\"abc", 4, UnexpectedEnd),
            (r#""\x41""#, 1, UnknownEscape),
            (r#""\u00g0""#, 1, UnknownEscape),
            ("\"\\u00\u{e9}\"", 1, UnknownEscape),
            ("\"\\", 1, UnknownEscape),
            ("1 1", 2, TrailingText),
            ("null\0", 4, TrailingText),
            ("]", 0, ExpectedValue),
        ];
        for (text, offset, kind) in cases {
            assert_eq!(error(text), (offset, kind), "{text:?}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(error(&nested(MAX_DEPTH + 1)), (MAX_DEPTH, JsonErrorKind::TooDeep));
        assert_eq!(error(&"[".repeat(100_000)), (MAX_DEPTH, JsonErrorKind::TooDeep));
    }
}
