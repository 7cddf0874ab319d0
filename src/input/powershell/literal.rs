//! Literals of PowerShell (`about_Quoting_Rules`, `about_Hash_Tables`).

use crate::diagnostic::Span;

use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::{Options, code, reference};

/// A value of a parameter.
pub(super) enum Operand {
    /// A string, or a bare word.
    Text(Text),
    /// A string whose bytes in UTF-8 are meant.
    Bytes(Text),
    /// `@{ … }`.
    Table(Vec<(Text, Text)>),
    /// A variable that holds something else than text.
    Variable(Span),
}

impl Operand {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Text(text) | Self::Bytes(text) => text.span(),
            Self::Table(pairs) => pairs.first().map_or_else(Span::default, |(name, _)| name.span()),
            Self::Variable(span) => *span,
        }
    }
}

/// Reads literals from a place of a text on.
pub(super) struct Literals<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) options: &'a Options,
}

impl Literals<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts_with(&self, text: &str) -> bool {
        self.bytes[self.at..].starts_with(text.as_bytes())
    }

    /// Skips white space, line ends, `;` and comments; whether a statement follows.
    pub(super) fn skip_to_statement(&mut self) -> bool {
        loop {
            match self.peek() {
                None => return false,
                Some(b'#') => self.skip_line(),
                Some(byte) if byte.is_ascii_whitespace() || byte == b';' => self.at += 1,
                Some(_) => return true,
            }
        }
    }

    /// Skips blanks and continued line ends; whether a word of the statement follows.
    pub(super) fn skip_to_word(&mut self) -> bool {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'`') if self.starts_with("`\n") => self.at += 2,
                Some(b'`') if self.starts_with("`\r\n") => self.at += 3,
                None | Some(b'\r' | b'\n' | b';' | b'|') => {
                    self.skip_pipe();
                    return false;
                }
                Some(_) => return true,
            }
        }
    }

    /// What follows a pipe is about the response.
    fn skip_pipe(&mut self) {
        if self.peek() == Some(b'|') {
            self.skip_line();
        }
    }

    pub(super) fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// Skips blanks and `=`.
    pub(super) fn skip_sign(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'=')) {
            self.at += 1;
        }
    }

    /// A word without quotes.
    pub(super) fn read_bare(&mut self) -> Text {
        let rest = &self.bytes[self.at..];
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b";|(){}=,`\"'".contains(byte);
        let length = rest.iter().position(is_end).unwrap_or(rest.len()).max(1).min(rest.len());
        let text = Text::of(self.bytes, self.at..self.at + length);
        self.at += length;
        text
    }

    pub(super) fn read_operand(&mut self) -> Result<Operand, Refusal> {
        match self.peek() {
            Some(b'"') => Ok(Operand::Text(self.read_double()?)),
            Some(b'\'') => Ok(Operand::Text(self.read_single()?)),
            Some(b'@') if self.starts_with("@{") => {
                self.at += 2;
                self.read_table().map(Operand::Table)
            }
            Some(b'(') => self.read_bytes(),
            Some(b'$') => {
                let name = self.read_bare();
                let place = name.span();
                let value = self.options.variable(&name.lossy()[1..]);
                Ok(value.map_or(Operand::Variable(place), |value| {
                    Operand::Text(Text::new(value, place))
                }))
            }
            Some(_) => Ok(Operand::Text(self.read_bare())),
            None => Err(self.refuse_here("a value is missing")),
        }
    }

    /// `([System.Text.Encoding]::UTF8.GetBytes("…"))`.
    fn read_bytes(&mut self) -> Result<Operand, Refusal> {
        let call = "([System.Text.Encoding]::UTF8.GetBytes(";
        let begins = self.bytes[self.at..].get(..call.len());
        if !begins.is_some_and(|begins| begins.eq_ignore_ascii_case(call.as_bytes())) {
            return Err(self.refuse_here("an expression is not run"));
        }
        self.at += call.len();
        let text = match self.peek() {
            Some(b'"') => self.read_double()?,
            Some(b'\'') => self.read_single()?,
            _ => return Err(self.refuse_here("an expression is not run")),
        };
        if !self.starts_with("))") {
            return Err(self.refuse_here("expected `))`"));
        }
        self.at += 2;
        Ok(Operand::Bytes(text))
    }

    /// Names and values up to `}`.
    fn read_table(&mut self) -> Result<Vec<(Text, Text)>, Refusal> {
        let mut pairs = Vec::new();
        while self.skip_to_statement() {
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(pairs);
            }
            let name = self.read_text()?;
            self.skip_sign();
            pairs.push((name, self.read_text()?));
        }
        Err(self.refuse_here("the table is not closed"))
    }

    fn read_text(&mut self) -> Result<Text, Refusal> {
        match self.read_operand()? {
            Operand::Text(text) | Operand::Bytes(text) => Ok(text),
            operand => {
                let message = "this is no text";
                let help = "write the value as a string";
                Err(refuse(
                    code::POWERSHELL_SYNTAX,
                    message,
                    operand.span(),
                    "expected a string",
                    help,
                ))
            }
        }
    }

    /// All strings of the rest of the line.
    pub(super) fn read_texts_of_line(&mut self) -> Result<Vec<Text>, Refusal> {
        let mut texts = Vec::new();
        loop {
            match self.peek() {
                Some(b'"') => texts.push(self.read_double()?),
                Some(b'\'') => texts.push(self.read_single()?),
                None | Some(b'\n') => return Ok(texts),
                Some(_) => self.at += 1,
            }
        }
    }

    fn read_single(&mut self) -> Result<Text, Refusal> {
        let opening = self.at;
        let mut text = Text::new("", Span::new(opening, opening + 1));
        self.at += 1;
        loop {
            let rest = &self.bytes[self.at..];
            let Some(length) = memchr::memchr(b'\'', rest) else {
                return Err(refuse_unclosed(opening));
            };
            text.push_input(self.bytes, self.at..self.at + length);
            self.at += length + 1;
            if self.peek() != Some(b'\'') {
                return Ok(text);
            }
            text.push(b"'", Span::new(self.at - 1, self.at + 1));
            self.at += 1;
        }
    }

    fn read_double(&mut self) -> Result<Text, Refusal> {
        let opening = self.at;
        let mut text = Text::new("", Span::new(opening, opening + 1));
        self.at += 1;
        loop {
            let rest = &self.bytes[self.at..];
            let Some(length) = rest.iter().position(|byte| b"\"`$".contains(byte)) else {
                return Err(refuse_unclosed(opening));
            };
            text.push_input(self.bytes, self.at..self.at + length);
            self.at += length;
            match rest[length] {
                b'"' if self.starts_with("\"\"") => {
                    text.push(b"\"", Span::new(self.at, self.at + 2));
                    self.at += 2;
                }
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'`' => self.read_backtick(&mut text),
                _ => self.read_dollar(&mut text)?,
            }
        }
    }

    fn read_backtick(&mut self, text: &mut Text) {
        let start = self.at;
        let character = match self.bytes.get(start + 1).copied().unwrap_or(b'`') {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'0' => 0,
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'v' => 11,
            byte if byte.is_ascii() => byte,
            // The character after the backtick is read as it is.
            _ => {
                self.at += 1;
                return;
            }
        };
        let end = (start + 2).min(self.bytes.len());
        text.push(&[character], Span::new(start, end));
        self.at = end;
    }

    /// `$([char]N)`, or a variable that was given.
    fn read_dollar(&mut self, text: &mut Text) -> Result<(), Refusal> {
        let start = self.at;
        if let Some(rest) = self.bytes[start..].strip_prefix(b"$([char]") {
            let length = memchr::memchr(b')', &rest[..rest.len().min(12)]);
            let number = length.and_then(|length| std::str::from_utf8(&rest[..length]).ok());
            let unit = number.and_then(|number| match number.strip_prefix("0x") {
                Some(digits) => u16::from_str_radix(digits, 16).ok(),
                None => number.parse().ok(),
            });
            let (Some(unit), Some(length)) = (unit, length) else {
                return Err(self.refuse_here("an expression is not run"));
            };
            let end = start + "$([char]".len() + length + 1;
            self.at = end;
            self.push_unit(text, unit, Span::new(start, end));
            return Ok(());
        }
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let length = self.bytes[start + 1..].iter().take_while(is_name).count();
        if length == 0 {
            if matches!(self.bytes.get(start + 1), Some(b'(' | b'{')) {
                return Err(self.refuse_here("an expression is not run"));
            }
            text.push_input(self.bytes, start..start + 1);
            self.at += 1;
            return Ok(());
        }
        let name = String::from_utf8_lossy(&self.bytes[start + 1..start + 1 + length]);
        let place = Span::new(start, start + 1 + length);
        text.push(reference::variable(self.options, &name, place)?.as_bytes(), place);
        self.at = place.end;
        Ok(())
    }

    /// A UTF-16 code unit; the second half of a pair follows at once.
    fn push_unit(&mut self, text: &mut Text, unit: u16, place: Span) {
        let mut units = vec![unit];
        if (0xd800..0xdc00).contains(&unit)
            && let Some(rest) = self.bytes[self.at..].strip_prefix(b"$([char]")
        {
            let length = memchr::memchr(b')', &rest[..rest.len().min(12)]).unwrap_or(0);
            let low =
                std::str::from_utf8(&rest[..length]).ok().and_then(|number| number.parse().ok());
            if let Some(low) = low {
                units.push(low);
                self.at += "$([char]".len() + length + 1;
            }
        }
        let decoded =
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
        let decoded: String = decoded.collect();
        text.push(decoded.as_bytes(), Span::new(place.start, self.at.max(place.end)));
    }

    #[cold]
    fn refuse_here(&self, message: &str) -> Refusal {
        let place = Span::new(self.at, (self.at + 1).min(self.bytes.len()));
        let help = "give the command as the browser copies it";
        refuse(code::POWERSHELL_SYNTAX, message, place, "the text is wrong here", help)
    }
}

#[cold]
fn refuse_unclosed(opening: usize) -> Refusal {
    let place = Span::new(opening, opening + 1);
    refuse(
        code::POWERSHELL_SYNTAX,
        "the string is not closed",
        place,
        "it is opened here",
        "give the whole command",
    )
}
