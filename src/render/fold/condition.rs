//! Conditions of templates, as far as they ask for facts.
//!
//! Tera's precedence: `or`, `and`, `not` and `in`, `==`. An operand that is more than a fact is
//! unknown, and so is a condition that hangs on it.

use std::collections::HashMap;
use std::ops::Range;

use super::fact::Fact;
use super::pieces::end_of_string;
use super::read::Scope;

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Fact(u32),
    /// A flag of the field that a loop is at: the facts that it is true of all fields, and of none.
    Field {
        every: u32,
        no: u32,
    },
    /// A name that a `set` of the template may have given a value.
    Name(String),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Unknown,
}

impl Condition {
    /// Reads what stands behind `if`, or behind `=` in a `set`.
    pub(super) fn read(text: &str, scope: &mut Scope<'_>) -> Self {
        let Some(tokens) = tokens(text) else { return Self::Unknown };
        if let Some(condition) = any_field(&tokens, scope) {
            return condition;
        }
        let mut reader = Reader { tokens: &tokens, scope };
        match reader.any() {
            Some(condition) if reader.tokens.is_empty() => condition,
            _ => Self::Unknown,
        }
    }

    /// Whether it holds where the facts of `bits` do, `names` being the values of names.
    pub(super) fn holds(&self, bits: u64, names: &HashMap<&str, bool>) -> Option<bool> {
        match self {
            Self::Fact(bit) => Some(has(bits, *bit)),
            Self::Field { every, .. } if has(bits, *every) => Some(true),
            Self::Field { no, .. } if has(bits, *no) => Some(false),
            Self::Field { .. } | Self::Unknown => None,
            Self::Name(name) => names.get(name.as_str()).copied(),
            Self::Not(inner) => inner.holds(bits, names).map(|holds| !holds),
            Self::And(one, other) => match (one.holds(bits, names), other.holds(bits, names)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(one, other) => match (one.holds(bits, names), other.holds(bits, names)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

/// `[h for h in headers if h.is_text]`, as a condition: one of the fields is like this.
fn any_field(tokens: &[Token<'_>], scope: &mut Scope<'_>) -> Option<Condition> {
    let [
        Token::Sign("[", _),
        Token::Path(one, _),
        Token::Path("for", _),
        Token::Path(name, _),
        Token::Path("in", _),
        Token::Path("headers", _),
        Token::Path("if", _),
        condition @ ..,
        Token::Sign("]", _),
    ] = tokens
    else {
        return None;
    };
    let (path, negates) = match condition {
        [Token::Path(path, _)] => (path, false),
        [Token::Path("not", _), Token::Path(path, _)] => (path, true),
        _ => return None,
    };
    let flag = path.strip_prefix(name)?.strip_prefix('.').filter(|_| one == name)?;
    let [every, no] = Fact::of_fields(flag)?;
    let none = scope.facts.bit(if negates { every } else { no })?;
    Some(Condition::Not(Box::new(Condition::Fact(none))))
}

const fn has(bits: u64, bit: u32) -> bool {
    bits >> bit & 1 == 1
}

/// `A if C else B`: where the three stand in the text, where it is that and nothing else.
pub(super) fn choice(text: &str) -> Option<[Range<usize>; 3]> {
    let mut depth = 0_i32;
    let mut words = Vec::new();
    for token in tokens(text)? {
        match token {
            Token::Sign("(" | "[" | "{", _) => depth += 1,
            Token::Sign(")" | "]" | "}", _) => depth -= 1,
            Token::Path(word @ ("if" | "else"), at) if depth == 0 => words.push((word, at)),
            _ => {}
        }
    }
    match words[..] {
        [("if", one), ("else", other)] => {
            Some([0..one, one + "if".len()..other, other + "else".len()..text.len()])
        }
        _ => None,
    }
}

/// A token and where it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Token<'t> {
    /// A name, or names with dots between.
    Path(&'t str, usize),
    /// What stands in a string without escapes.
    Text(&'t str),
    /// Digits.
    Number(&'t str),
    Sign(&'t str, usize),
}

/// The tokens of an expression; nothing where a string is left open.
pub(in crate::render) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let bytes = text.as_bytes();
    let is_inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.');
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'"' | b'\'' | b'`' => {
                let end = end_of_string(bytes, at, byte)?;
                let inside = &text[at + 1..end];
                at = end + 1;
                tokens.push(if inside.contains('\\') {
                    Token::Sign(&text[start..at], start)
                } else {
                    Token::Text(inside)
                });
            }
            _ if byte.is_ascii_alphabetic() || byte == b'_' => {
                at += bytes[at..].iter().take_while(|b| is_inside(b)).count();
                tokens.push(Token::Path(&text[start..at], start));
            }
            b'0'..=b'9' => {
                at += bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                tokens.push(Token::Number(&text[start..at]));
            }
            _ => {
                at += match bytes.get(at..at + 2) {
                    Some(b"==" | b"!=") => 2,
                    _ => text[at..].chars().next()?.len_utf8(),
                };
                tokens.push(Token::Sign(&text[start..at], start));
            }
        }
    }
    Some(tokens)
}

struct Reader<'r, 's, 't> {
    tokens: &'r [Token<'t>],
    scope: &'r mut Scope<'s>,
}

impl<'t> Reader<'_, '_, 't> {
    fn take(&mut self, wanted: impl Fn(&Token<'t>) -> bool) -> bool {
        let is_next = self.tokens.first().is_some_and(wanted);
        if is_next {
            self.tokens = &self.tokens[1..];
        }
        is_next
    }

    fn take_word(&mut self, word: &str) -> bool {
        self.take(|token| matches!(token, Token::Path(path, _) if *path == word))
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        self.take(|token| matches!(token, Token::Sign(known, _) if *known == sign))
    }

    fn any(&mut self) -> Option<Condition> {
        let mut left = self.all()?;
        while self.take_word("or") {
            left = Condition::Or(Box::new(left), Box::new(self.all()?));
        }
        Some(left)
    }

    fn all(&mut self) -> Option<Condition> {
        let mut left = self.operand()?;
        while self.take_word("and") {
            left = Condition::And(Box::new(left), Box::new(self.operand()?));
        }
        Some(left)
    }

    /// What stands between two of `and` and `or`.
    fn operand(&mut self) -> Option<Condition> {
        let start = self.tokens;
        let negates = self.take_word("not");
        if let Some(known) = self.known().filter(|_| self.is_at_end()) {
            return Some(if negates { Condition::Not(Box::new(known)) } else { known });
        }
        self.tokens = start;
        self.skip_operand()?;
        Some(Condition::Unknown)
    }

    fn known(&mut self) -> Option<Condition> {
        if self.take_sign("(") {
            let inner = self.any()?;
            return self.take_sign(")").then_some(inner);
        }
        if let [Token::Text(text), Token::Path("in", _), Token::Path("host", _), rest @ ..] =
            self.tokens
        {
            self.tokens = rest;
            let fact = Fact::HostHas((*text).to_owned());
            return Some(Condition::Fact(self.scope.facts.bit(fact)?));
        }
        let Some(Token::Path(path, _)) = self.tokens.first().copied() else { return None };
        self.tokens = &self.tokens[1..];
        if let [
            Token::Sign("|", _),
            Token::Path("length", _),
            Token::Sign(">", _),
            Token::Number("1"),
            rest @ ..,
        ] = self.tokens
        {
            self.tokens = rest;
            return self.is_shared(path);
        }
        let (fact, negates) = if self.take_sign("==") {
            (Fact::of_comparison(path, &[self.text()?]), false)
        } else if self.take_sign("!=") {
            (Fact::of_comparison(path, &[self.text()?]), true)
        } else if self.take_word("in") {
            (Fact::of_comparison(path, &self.texts()?), false)
        } else if self.take_word("not") {
            let texts = if self.take_word("in") { self.texts()? } else { return None };
            (Fact::of_comparison(path, &texts), true)
        } else if let Some(fact) = Fact::of_path(path) {
            (Some(fact), false)
        } else if let Some((name, flag)) = path.split_once('.') {
            return self.flag(name, flag);
        } else {
            return Some(Condition::Name(path.to_owned()));
        };
        let fact = Condition::Fact(self.scope.facts.bit(fact?)?);
        Some(if negates { Condition::Not(Box::new(fact)) } else { fact })
    }

    /// `h.is_text`, where `h` is a field.
    fn flag(&mut self, name: &str, flag: &str) -> Option<Condition> {
        if self.scope.lists.is_field(name) { self.field(flag) } else { None }
    }

    /// `g.values | length > 1`, where `g` is a group of fields: its fields are repeated.
    fn is_shared(&mut self, path: &str) -> Option<Condition> {
        let is_group = self.scope.lists.is_group(path.strip_suffix(".values")?);
        if is_group { self.field("is_repeated") } else { None }
    }

    fn field(&mut self, flag: &str) -> Option<Condition> {
        let [every, no] = Fact::of_fields(flag)?;
        let (every, no) = (self.scope.facts.bit(every)?, self.scope.facts.bit(no)?);
        Some(Condition::Field { every, no })
    }

    fn text(&mut self) -> Option<&'t str> {
        let Some(Token::Text(text)) = self.tokens.first().copied() else { return None };
        self.tokens = &self.tokens[1..];
        Some(text)
    }

    /// `["a", "b"]`
    fn texts(&mut self) -> Option<Vec<&'t str>> {
        if !self.take_sign("[") {
            return None;
        }
        let mut texts = Vec::new();
        while !self.take_sign("]") {
            texts.push(self.text()?);
            if !self.take_sign(",") {
                return self.take_sign("]").then_some(texts);
            }
        }
        Some(texts)
    }

    fn is_at_end(&self) -> bool {
        match self.tokens.first() {
            None | Some(Token::Sign(")", _)) => true,
            Some(Token::Path(word, _)) => matches!(*word, "and" | "or"),
            Some(_) => false,
        }
    }

    /// Up to the next `and` or `or` outside brackets, or the end. Nothing where `if` makes the whole
    /// another kind of expression.
    fn skip_operand(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        while let Some(token) = self.tokens.first() {
            match token {
                Token::Path("and" | "or", _) | Token::Sign(")" | "]" | "}", _) if depth == 0 => {
                    break;
                }
                Token::Path("if" | "else", _) if depth == 0 => return None,
                Token::Sign("(" | "[" | "{", _) => depth += 1,
                Token::Sign(")" | "]" | "}", _) => depth -= 1,
                _ => {}
            }
            self.tokens = &self.tokens[1..];
        }
        Some(())
    }
}
