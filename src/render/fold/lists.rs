//! Which names of a template go through the fields of a request.

use std::collections::HashMap;

use super::condition::{Token, choice, tokens};

/// What the elements of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elements {
    /// Fields of the request.
    Fields,
    /// `header_groups`, each with fields as its `values`.
    Groups,
    /// Anything else.
    Others,
}

/// The lists that a template has set so far, and the loops around the place that is read.
#[derive(Debug, Default)]
pub(super) struct Lists<'t> {
    sets: HashMap<&'t str, Elements>,
    loops: Vec<(&'t str, Elements)>,
    /// Whether a name has meant several things.
    pub(super) is_ambiguous: bool,
}

impl<'t> Lists<'t> {
    /// Whether `name` is a field in each round of a loop.
    pub(super) fn is_field(&self, name: &str) -> bool {
        self.element(name) == Elements::Fields
    }

    /// Whether `name` is a group of fields in each round of a loop.
    pub(super) fn is_group(&self, name: &str) -> bool {
        self.element(name) == Elements::Groups
    }

    /// Whether the place that is read stands in a loop.
    pub(super) fn is_looping(&self) -> bool {
        !self.loops.is_empty()
    }

    /// Notes `set name = value`.
    pub(super) fn set(&mut self, name: &'t str, value: &str) {
        let elements = self.of(value);
        let before = self.sets.insert(name, elements);
        let is_loop = self.loops.iter().any(|(known, _)| *known == name);
        self.is_ambiguous |= is_loop || before.is_some_and(|before| before != elements);
    }

    /// Enters `for name in list`.
    pub(super) fn enter(&mut self, text: &'t str) {
        let (name, list) = text.split_once(" in ").unwrap_or((text, ""));
        let elements = self.of(list);
        self.loops.push((name.trim(), elements));
    }

    /// Leaves the innermost loop.
    pub(super) fn leave(&mut self) {
        self.loops.pop();
    }

    fn element(&self, name: &str) -> Elements {
        let known = self.loops.iter().rev().find(|(known, _)| *known == name);
        known.map_or(Elements::Others, |(_, elements)| *elements)
    }

    fn of(&self, value: &str) -> Elements {
        if let Some([one, _, other]) = choice(value) {
            let elements = self.of(&value[one]);
            return if elements == self.of(&value[other]) { elements } else { Elements::Others };
        }
        let tokens = tokens(value).unwrap_or_default();
        match tokens[..] {
            [Token::Path(list, _)]
            | [Token::Path(list, _), Token::Sign("|", _), Token::Path("reverse", _)] => {
                self.named(list)
            }
            [
                Token::Sign("[", _),
                Token::Path(one, _),
                Token::Path("for", _),
                Token::Path(name, _),
                Token::Path("in", _),
                Token::Path(list, _),
                Token::Sign("]", _),
            ]
            | [
                Token::Sign("[", _),
                Token::Path(one, _),
                Token::Path("for", _),
                Token::Path(name, _),
                Token::Path("in", _),
                Token::Path(list, _),
                Token::Path("if", _),
                ..,
                Token::Sign("]", _),
            ] if one == name => self.named(list),
            _ => Elements::Others,
        }
    }

    fn named(&self, list: &str) -> Elements {
        match list {
            "headers" => Elements::Fields,
            "header_groups" => Elements::Groups,
            _ => match list.strip_suffix(".values") {
                Some(group) if self.element(group) == Elements::Groups => Elements::Fields,
                _ => self.sets.get(list).copied().unwrap_or(Elements::Others),
            },
        }
    }
}
