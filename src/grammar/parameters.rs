//! Field values with parameters: `text/html; charset=utf-8`, `form-data; name="a"`.

use std::borrow::Cow;

use super::space::is_blank_char;
use super::token::is_token;

/// A field value that has parameters (RFC 9110 §5.6.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameterized<'a> {
    /// What is before the parameters: a media type or a disposition, letter case kept.
    pub head: &'a str,
    /// The parameters, in order, duplicates kept.
    pub parameters: Vec<Parameter<'a>>,
}

/// A parameter of a field value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// The name, letter case kept.
    pub name: &'a str,
    /// The token, or what is between the quotes with its backslashes.
    pub raw: &'a str,
    /// Whether the value is in quotes.
    pub quoted: bool,
}

impl<'a> Parameter<'a> {
    /// The value: backslashes of a quoted string resolved (RFC 9110 §5.6.4).
    pub fn value(&self) -> Cow<'a, str> {
        if !self.quoted || !self.raw.contains('\\') {
            return Cow::Borrowed(self.raw);
        }
        let mut characters = self.raw.chars();
        let mut out = String::with_capacity(self.raw.len());
        while let Some(character) = characters.next() {
            out.extend(if character == '\\' { characters.next() } else { Some(character) });
        }
        Cow::Owned(out)
    }
}

impl<'a> Parameterized<'a> {
    /// Reads the whole value, or nothing if it breaks the grammar of RFC 9110 §5.6.6.
    ///
    /// Quoted strings may hold any character but controls; empty parameters (`a;;b=c`) are skipped.
    pub fn parse(value: &'a str) -> Option<Self> {
        let (head, mut rest) = value.split_at(value.find(';').unwrap_or(value.len()));
        let head = head.trim_matches(is_blank_char);
        if !head.split('/').all(|token| is_token(token.as_bytes())) {
            return None;
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            rest = after.trim_start_matches(is_blank_char);
            if !rest.is_empty() && !rest.starts_with(';') {
                let (parameter, after) = read_parameter(rest)?;
                parameters.push(parameter);
                rest = after.trim_start_matches(is_blank_char);
            }
        }
        rest.is_empty().then_some(Self { head, parameters })
    }

    /// Whether both mean the same: `head` and names without regard to letter case, values exactly.
    pub fn is_same(&self, other: &Self) -> bool {
        self.head.eq_ignore_ascii_case(other.head)
            && self.parameters.len() == other.parameters.len()
            && self.parameters.iter().zip(&other.parameters).all(|(left, right)| {
                left.name.eq_ignore_ascii_case(right.name) && left.value() == right.value()
            })
    }
}

/// Reads `name=value` at the start of the text, and gives what follows.
fn read_parameter(text: &str) -> Option<(Parameter<'_>, &str)> {
    let (name, value) = text.split_once('=')?;
    let (raw, rest, quoted) = if let Some(text) = value.strip_prefix('"') {
        let end = find_closing_quote(text)?;
        (&text[..end], &text[end + 1..], true)
    } else {
        let is_end = |character| character == ';' || is_blank_char(character);
        let (token, rest) = value.split_at(value.find(is_end).unwrap_or(value.len()));
        (token, rest, false)
    };
    let is_value = quoted || is_token(raw.as_bytes());
    (is_value && is_token(name.as_bytes())).then_some((Parameter { name, raw, quoted }, rest))
}

fn find_closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '\t' => escaped = false,
            _ if character.is_ascii_control() => return None,
            _ if escaped => escaped = false,
            '"' => return Some(at),
            _ => escaped = character == '\\',
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_quoted_strings_are_values() {
        let value = "multipart/Mixed ; a=b;C=\"d;\\\"e=f\" ;; ";
        let read = Parameterized::parse(value).unwrap();
        assert_eq!(read.head, "multipart/Mixed");
        assert_eq!(
            read.parameters,
            [
                Parameter { name: "a", raw: "b", quoted: false },
                Parameter { name: "C", raw: "d;\\\"e=f", quoted: true },
            ]
        );
        assert_eq!(read.parameters[1].value(), "d;\"e=f");
    }

    #[test]
    fn what_breaks_the_grammar_is_refused() {
        for value in [
            "",
            ";",
            "a b",
            "a/",
            "a; b",
            "a; b=",
            "a; b =c",
            "a; b= c",
            "a; b=c d",
            "a; b=\"c",
            "a; b=\"c\"d",
            "a; b=\"c\\\"",
            "a; b=\"\u{1}\"",
            "a; =c",
            "a,b",
        ] {
            assert_eq!(Parameterized::parse(value), None, "{value:?}");
        }
    }

    #[test]
    fn sameness_ignores_spelling_only() {
        let same = |left, right| {
            Parameterized::parse(left).unwrap().is_same(&Parameterized::parse(right).unwrap())
        };
        assert!(same("Text/Plain;Charset=utf-8", "text/plain ; charset=\"utf\\-8\""));
        assert!(!same("text/plain", "text/plain; charset=utf-8"));
        assert!(!same("text/plain; charset=utf-8", "text/plain; charset=UTF-8"));
        assert!(!same("text/plain", "text/html"));
    }
}
