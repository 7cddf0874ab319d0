//! The expressions of a template: the names, fields, filters and arguments in them exist, and a
//! literal is only printed.
//!
//! Nothing is evaluated. An expression is read with the precedence that Tera gives its operators,
//! to know what kind of value reaches each field and each filter.

use super::known;
use super::names::Names;
use super::token::{self, Token};
use crate::view::record::{Shape, Table};

/// What is known of the value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Of(Shape),
    /// A text of the template.
    Constant,
    /// A text without capital letters.
    Lower,
    /// A text without small letters.
    Upper,
    /// A part of a text: good for a condition, and not for the request.
    Cut,
    /// What a literal filter returned: it is printed as it is.
    Literal,
    /// A block of code that was captured, or a word.
    Code,
    Unknown,
}

impl Kind {
    pub(super) fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Constant
                | Self::Lower
                | Self::Upper
                | Self::Cut
                | Self::Of(Shape::Text | Shape::OneOf(_))
        )
    }
}

/// An expression: what is known of its value, and where it is.
#[derive(Debug, Clone)]
pub(super) struct Typed<'t> {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The text of the template that it is, or the texts of the list that it is.
    pub(super) texts: Vec<Token<'t>>,
}

impl Typed<'_> {
    /// A value of this kind that no expression gives.
    pub(super) fn of(kind: Kind, start: usize, end: usize) -> Self {
        Self { kind, start, end, texts: Vec::new() }
    }
}

/// Reads the expressions in the tokens of a tag.
pub(super) struct Expressions<'r, 't, 'f> {
    tokens: &'r [Token<'t>],
    pub(super) at: usize,
    pub(super) names: &'r mut Names<'f>,
}

/// How tightly an operator binds to its left and to its right, as Tera 2 has it.
fn binding_power(sign: &str) -> Option<(u8, u8)> {
    Some(match sign {
        "or" => (1, 2),
        "and" => (3, 4),
        "in" | "is" | "not" => (5, 6),
        "==" | "!=" | "<" | "<=" | ">" | ">=" => (7, 8),
        "+" | "-" => (11, 12),
        "*" | "/" | "%" | "~" | "//" => (13, 14),
        "**" => (16, 15),
        "|" => (17, 18),
        _ => return None,
    })
}

impl<'r, 't, 'f> Expressions<'r, 't, 'f> {
    /// Reads from the token at `at`.
    pub(super) fn new(tokens: &'r [Token<'t>], at: usize, names: &'r mut Names<'f>) -> Self {
        Self { tokens, at, names }
    }

    pub(super) fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    /// Goes past `sign` where it is next.
    pub(super) fn skip(&mut self, sign: &str) -> bool {
        let is_next = self.peek().is_some_and(|token| token.is(sign));
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn typed(&self, kind: Kind, start: usize) -> Typed<'t> {
        let before = self.at.min(self.tokens.len()).checked_sub(1).map(|at| self.tokens[at].end);
        Typed { kind, start, end: before.unwrap_or(start), texts: Vec::new() }
    }

    /// An expression whose operators bind at least as tightly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Typed<'t> {
        let mut left = self.operand();
        while let Some(token) = self.peek() {
            if token.is("if") && least == 0 {
                self.at += 1;
                self.condition(0);
                self.skip("else");
                let other = self.expression(0);
                return self.join(left, other);
            }
            if token.is("[") || token.is("?[") {
                left = self.subscript(&left);
                continue;
            }
            let power = binding_power(token.text).filter(|_| token.kind != token::Kind::Quoted);
            let Some((_, right)) = power.filter(|(power, _)| *power >= least) else { break };
            self.at += 1;
            left = self.operation(left, token.text, right);
        }
        left
    }

    fn operation(&mut self, left: Typed<'t>, sign: &str, power: u8) -> Typed<'t> {
        match sign {
            "|" => return self.filter(left),
            "is" => {
                self.skip("not");
                if let Some(name) = self.next() {
                    self.arguments(name.text, known::arguments_of_test(name.text));
                }
                return self.typed(Kind::Of(Shape::Flag), left.start);
            }
            "not" => {
                self.skip("in");
            }
            _ => {}
        }
        let right = self.expression(power);
        match sign {
            "or" | "and" => {
                self.can_be_false(&left);
                self.can_be_false(&right);
                return self.join(left, right);
            }
            "==" | "!=" => self.can_be_same(&left, &right),
            "in" | "not" => self.can_be_in(&left, &right),
            "~" => {
                self.names.take_no_literal(&left, "`~`");
                self.names.take_no_literal(&right, "`~`");
                return self.typed(Kind::Of(Shape::Text), left.start);
            }
            "+" | "-" | "*" | "/" | "%" | "//" | "**" => {
                return self.typed(Kind::Of(Shape::Number), left.start);
            }
            _ => {}
        }
        self.typed(Kind::Of(Shape::Flag), left.start)
    }

    /// One of two values.
    fn join(&mut self, one: Typed<'t>, other: Typed<'t>) -> Typed<'t> {
        let is_code = |kind: &Kind| matches!(kind, Kind::Literal | Kind::Code);
        let is_bare = |kind: &Kind| kind.is_text() || *kind == Kind::Of(Shape::Bytes);
        for (code, bare) in [(&one, &other), (&other, &one)] {
            if is_code(&code.kind) && is_bare(&bare.kind) {
                let message = "this has not passed a literal filter, and the other value has";
                self.names.fault(bare.start, bare.end, message.to_owned());
            }
        }
        let kind = match (one.kind, other.kind) {
            (one, other) if one == other => one,
            (Kind::Literal, _) | (_, Kind::Literal) => Kind::Literal,
            (one, other) if is_bare(&one) && is_bare(&other) => Kind::Of(Shape::Text),
            _ => Kind::Unknown,
        };
        self.typed(kind, one.start)
    }

    fn operand(&mut self) -> Typed<'t> {
        let Some(token) = self.next() else { return self.typed(Kind::Unknown, 0) };
        let kind = match (token.kind, token.text) {
            (token::Kind::Quoted, _) => {
                let texts = vec![token];
                return Typed { texts, ..self.typed(Kind::Constant, token.start) };
            }
            (token::Kind::Number, _) => Kind::Of(Shape::Number),
            (token::Kind::Word, "true" | "false" | "True" | "False") => Kind::Of(Shape::Flag),
            (token::Kind::Word, "none" | "None" | "null") => Kind::Unknown,
            (_, "-") => {
                self.expression(20);
                Kind::Of(Shape::Number)
            }
            (token::Kind::Word, "not") => {
                self.condition(5);
                Kind::Of(Shape::Flag)
            }
            (token::Kind::Word, _) if self.peek().is_some_and(|next| next.is("(")) => {
                self.arguments(token.text, known::arguments_of_function(token.text));
                Kind::Unknown
            }
            (token::Kind::Word, _) => return self.path(token),
            (_, "(") => {
                let inside = self.expression(0);
                self.skip(")");
                return inside;
            }
            (_, "[") => return self.list(token.start),
            (_, "{") => {
                self.map();
                Kind::Unknown
            }
            (_, "<") => {
                self.component();
                Kind::Code
            }
            _ => Kind::Unknown,
        };
        self.typed(kind, token.start)
    }

    /// A name, with the fields and elements that are asked of it.
    fn path(&mut self, name: Token<'t>) -> Typed<'t> {
        let kind = self.names.look_up(name);
        let mut path = self.typed(kind, name.start);
        while let Some(next) = self.peek() {
            if next.is(".") || next.is("?.") {
                self.at += 1;
                let Some(field) = self.next() else { break };
                let kind = self.names.field(&path, field);
                path = self.typed(kind, name.start);
            } else if next.is("[") || next.is("?[") {
                path = self.subscript(&path);
            } else {
                break;
            }
        }
        path
    }

    /// `[…]` behind a value: a field, an element, or a slice.
    fn subscript(&mut self, of: &Typed<'t>) -> Typed<'t> {
        self.at += 1;
        let mut is_slice = false;
        let mut inside = self.typed(Kind::Unknown, of.end);
        while self.peek().is_some_and(|token| !token.is("]")) {
            if self.skip(":") {
                is_slice = true;
            } else {
                inside = self.expression(0);
            }
        }
        self.skip("]");
        let kind = match (&of.kind, inside.texts.first()) {
            (Kind::Of(Shape::Record(_) | Shape::Flags | Shape::Options), Some(name)) => {
                self.names.field(of, *name)
            }
            (Kind::Of(Shape::Record(_) | Shape::Flags | Shape::Options), None) => {
                let message = "a field is asked for by its name: another way cannot be checked";
                self.names.fault(inside.start, inside.end, message.to_owned());
                Kind::Unknown
            }
            (kind, _) if is_slice => kind.clone(),
            _ => element(&of.kind),
        };
        self.typed(kind, of.start)
    }

    /// `[a, b]`, or `[x.y for x in list if z]`.
    fn list(&mut self, start: usize) -> Typed<'t> {
        let open = self.at;
        if let Some(word) = self.find_for() {
            self.at = word + 1;
            self.names.open();
            self.bind_loop(1);
            if self.skip("if") {
                self.condition(1);
            }
            let end = self.at + 1;
            self.at = open;
            let each = self.expression(1);
            self.names.close();
            self.at = end;
            let kind = match &each.kind {
                Kind::Of(Shape::Record(table)) => Kind::Of(Shape::List(table)),
                kind if kind.is_text() => Kind::Of(Shape::Texts),
                _ => Kind::Unknown,
            };
            self.names.take_no_literal(&each, "a list");
            return self.typed(kind, start);
        }
        let mut texts = Vec::new();
        while self.peek().is_some_and(|token| !token.is("]")) {
            self.skip("...");
            let each = self.expression(0);
            self.names.take_no_literal(&each, "a list");
            texts.extend(each.texts);
            if !self.skip(",") {
                break;
            }
        }
        self.skip("]");
        Typed { texts, ..self.typed(Kind::Of(Shape::Texts), start) }
    }

    /// Where the `for` of a list is, if the list that begins here has one.
    fn find_for(&self) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(self.at) {
            match token.text {
                _ if token.kind == token::Kind::Quoted => {}
                "(" | "[" | "{" | "?[" => depth += 1,
                "]" if depth == 0 => return None,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                "for" if depth == 0 => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// `x in list` or `key, x in map`, whose operators bind at least as tightly as `least`: the names
    /// are known in the scope that is open.
    pub(super) fn bind_loop(&mut self, least: u8) {
        let mut bound: Vec<Token<'t>> = self.next().into_iter().collect();
        if self.skip(",") {
            bound.extend(self.next());
        }
        self.skip("in");
        let list = self.expression(least);
        let kind = match list.kind {
            Kind::Of(Shape::Record(Table { record, .. })) => {
                let message = format!("a loop goes through a list, and `{record}` is none");
                self.names.fault(list.start, list.end, message);
                Kind::Unknown
            }
            kind => element(&kind),
        };
        let is_map = bound.len() > 1;
        for name in bound {
            self.names.take_no_given_name(name);
            self.names.set(name.text, if is_map { Kind::Unknown } else { kind.clone() });
        }
    }

    fn map(&mut self) {
        while self.peek().is_some_and(|token| !token.is("}")) {
            if !self.skip("...") {
                self.at += 2;
            }
            let value = self.expression(0);
            self.names.take_no_literal(&value, "a map");
            if !self.skip(",") {
                break;
            }
        }
        self.skip("}");
    }
}

/// What the elements of a list are.
pub(super) fn element(list: &Kind) -> Kind {
    match list {
        Kind::Of(Shape::List(table)) => Kind::Of(Shape::Record(table)),
        Kind::Of(Shape::Texts) => Kind::Of(Shape::Text),
        kind if kind.is_text() => Kind::Of(Shape::Text),
        Kind::Of(Shape::Bytes) => Kind::Of(Shape::Number),
        _ => Kind::Unknown,
    }
}
