//! The grammar of RFC 8259, read token by token without recursion.

use std::error::Error;
use std::fmt;

/// Why a text is not JSON, or not a value that can be represented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// Where, in bytes from the start of the text.
    pub offset: usize,
    /// What is wrong there.
    pub kind: JsonErrorKind,
}

/// What is wrong at a place of a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The text ends within a value.
    UnexpectedEnd,
    /// No value starts here.
    ExpectedValue,
    /// Neither a key nor `}` is here.
    ExpectedKey,
    /// No `:` follows the key.
    ExpectedColon,
    /// Neither a `,` nor the bracket that closes follows the value.
    ExpectedCommaOrEnd,
    /// A number lacks a digit here.
    ExpectedDigit,
    /// A digit follows a leading zero (RFC 8259 §6).
    LeadingZero,
    /// A control character in a string is not escaped (RFC 8259 §7).
    ControlCharacter,
    /// Not an escape of RFC 8259 §7.
    UnknownEscape,
    /// Half of a surrogate pair (RFC 8259 §8.2): well-formed, but no Unicode string can hold it.
    LoneSurrogate,
    /// Deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// More text follows the value.
    TrailingText,
    /// The text is not UTF-8 (RFC 8259 §8.1).
    NotUtf8,
}

impl fmt::Display for JsonErrorKind {
    /// What was expected at the place.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::UnexpectedEnd => "expected the rest of the value",
            Self::ExpectedValue => "expected a JSON value",
            Self::ExpectedKey => "expected a name in double quotes",
            Self::ExpectedColon => "expected `:`",
            Self::ExpectedCommaOrEnd => "expected `,` or the closing bracket",
            Self::ExpectedDigit => "expected a digit",
            Self::LeadingZero => "expected no digit after a leading zero",
            Self::ControlCharacter => "expected an escape such as \\n",
            Self::UnknownEscape => "expected an escape of JSON, such as \\n or \\u000a",
            Self::LoneSurrogate => "expected both halves of a surrogate pair",
            Self::TooDeep => "expected fewer arrays and objects inside each other",
            Self::TrailingText => "expected nothing after the JSON value",
            Self::NotUtf8 => "expected UTF-8",
        })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (at byte {})", self.kind, self.offset)
    }
}

impl Error for JsonError {}

impl JsonError {
    /// The error of a bracket at `offset` that is nested too deep.
    pub(crate) const fn too_deep(offset: usize) -> Self {
        Self { offset, kind: JsonErrorKind::TooDeep }
    }
}

/// The text between two quotes, its escapes checked but not resolved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quoted<'a> {
    pub(crate) text: &'a str,
    pub(crate) offset: usize,
    pub(super) has_escapes: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Token<'a> {
    OpenArray,
    OpenObject,
    Close,
    Key(Quoted<'a>),
    Null,
    Bool(bool),
    Number(&'a str),
    String(Quoted<'a>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Square,
    Curly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrClose,
    Key,
    KeyOrClose,
    CommaOrClose,
}

/// Reads tokens; the only memory it takes is one byte for each open bracket.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Bracket>,
    expect: Expect,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open: Vec::new(), expect: Expect::Value }
    }

    /// The end of the last token, in bytes.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// The next token, or `None` after a whole value.
    pub(crate) fn next_token(&mut self) -> Result<Option<Token<'a>>, JsonError> {
        self.skip_space();
        match self.expect {
            Expect::ValueOrClose if self.peek() == Some(b']') => Ok(Some(self.close())),
            Expect::Value | Expect::ValueOrClose => self.read_value().map(Some),
            Expect::KeyOrClose if self.peek() == Some(b'}') => Ok(Some(self.close())),
            Expect::Key | Expect::KeyOrClose => self.read_key().map(Some),
            Expect::CommaOrClose => self.read_separator(),
        }
    }

    fn read_separator(&mut self) -> Result<Option<Token<'a>>, JsonError> {
        match (self.open.last(), self.peek()) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(self.error(JsonErrorKind::TrailingText)),
            (Some(Bracket::Square), Some(b']')) | (Some(Bracket::Curly), Some(b'}')) => {
                Ok(Some(self.close()))
            }
            (Some(bracket), Some(b',')) => {
                self.expect = match bracket {
                    Bracket::Square => Expect::Value,
                    Bracket::Curly => Expect::Key,
                };
                self.at += 1;
                self.next_token()
            }
            (Some(_), _) => Err(self.unexpected(JsonErrorKind::ExpectedCommaOrEnd)),
        }
    }

    fn read_value(&mut self) -> Result<Token<'a>, JsonError> {
        let token = match self.peek() {
            Some(b'[') => return Ok(self.open(Bracket::Square)),
            Some(b'{') => return Ok(self.open(Bracket::Curly)),
            Some(b'"') => Token::String(self.read_string()?),
            Some(b'-' | b'0'..=b'9') => Token::Number(self.read_number()?),
            _ if self.take("null") => Token::Null,
            _ if self.take("true") => Token::Bool(true),
            _ if self.take("false") => Token::Bool(false),
            _ => return Err(self.unexpected(JsonErrorKind::ExpectedValue)),
        };
        self.expect = Expect::CommaOrClose;
        Ok(token)
    }

    fn read_key(&mut self) -> Result<Token<'a>, JsonError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(JsonErrorKind::ExpectedKey));
        }
        let key = self.read_string()?;
        self.skip_space();
        if !self.take(":") {
            return Err(self.unexpected(JsonErrorKind::ExpectedColon));
        }
        self.expect = Expect::Value;
        Ok(Token::Key(key))
    }

    fn open(&mut self, bracket: Bracket) -> Token<'a> {
        self.at += 1;
        self.open.push(bracket);
        match bracket {
            Bracket::Square => {
                self.expect = Expect::ValueOrClose;
                Token::OpenArray
            }
            Bracket::Curly => {
                self.expect = Expect::KeyOrClose;
                Token::OpenObject
            }
        }
    }

    fn close(&mut self) -> Token<'a> {
        self.at += 1;
        self.open.pop();
        self.expect = Expect::CommaOrClose;
        Token::Close
    }

    fn read_string(&mut self) -> Result<Quoted<'a>, JsonError> {
        self.at += 1;
        let offset = self.at;
        let mut has_escapes = false;
        loop {
            match self.peek() {
                None => return Err(self.error(JsonErrorKind::UnexpectedEnd)),
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    self.skip_escape()?;
                }
                Some(..b' ') => return Err(self.error(JsonErrorKind::ControlCharacter)),
                Some(_) => self.at += 1,
            }
        }
        let text = &self.text[offset..self.at];
        self.at += 1;
        Ok(Quoted { text, offset, has_escapes })
    }

    fn skip_escape(&mut self) -> Result<(), JsonError> {
        let rest = &self.text.as_bytes()[self.at + 1..];
        let length = match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', a, b, c, d, ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()) => 6,
            _ => return Err(self.error(JsonErrorKind::UnknownEscape)),
        };
        self.at += length;
        Ok(())
    }

    fn read_number(&mut self) -> Result<&'a str, JsonError> {
        let start = self.at;
        self.take("-");
        if !self.take("0") {
            self.skip_digits()?;
        } else if self.peek().is_some_and(|next| next.is_ascii_digit()) {
            return Err(self.error(JsonErrorKind::LeadingZero));
        }
        if self.take(".") {
            self.skip_digits()?;
        }
        if self.take("e") || self.take("E") {
            let _sign = self.take("+") || self.take("-");
            self.skip_digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn skip_digits(&mut self) -> Result<(), JsonError> {
        let rest = &self.text.as_bytes()[self.at..];
        match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
            0 => Err(self.unexpected(JsonErrorKind::ExpectedDigit)),
            count => {
                self.at += count;
                Ok(())
            }
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let stands = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        if stands {
            self.at += word.len();
        }
        stands
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn error(&self, kind: JsonErrorKind) -> JsonError {
        JsonError { offset: self.at, kind }
    }

    fn unexpected(&self, kind: JsonErrorKind) -> JsonError {
        let at_end = self.at == self.text.len();
        self.error(if at_end { JsonErrorKind::UnexpectedEnd } else { kind })
    }
}
