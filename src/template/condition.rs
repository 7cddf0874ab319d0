//! Conditions that are the same for each request: Tera compares any two values without a word.

use super::expression::{Expressions, Kind, Typed, element};
use crate::grammar::method::standard_of_other_case;
use crate::view::record::Shape;

/// What two values must have in common to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Number,
    Flag,
    List,
    Record,
}

impl Class {
    /// Nothing where only a request tells.
    fn of(kind: &Kind) -> Option<Self> {
        Some(match kind {
            kind if kind.is_text() => Self::Text,
            Kind::Of(Shape::Number) => Self::Number,
            Kind::Of(Shape::Flag) => Self::Flag,
            Kind::Of(Shape::List(_) | Shape::Texts | Shape::Bytes) => Self::List,
            Kind::Of(Shape::Record(_) | Shape::Flags | Shape::Options) => Self::Record,
            _ => return None,
        })
    }

    fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::List => "a list",
            Self::Record => "a record",
        }
    }
}

impl<'t, 'f> Expressions<'_, 't, 'f> {
    /// An expression that is true or false.
    pub(super) fn condition(&mut self, least: u8) {
        let condition = self.expression(least);
        self.can_be_false(&condition);
    }

    /// A condition is not true for each request: a text is, where it is not empty.
    pub(super) fn can_be_false(&mut self, condition: &Typed<'t>) {
        let message = match condition.kind {
            // One that is set to a name may be set to another, too.
            Kind::Constant if condition.texts.iter().any(|it| !it.text.is_empty()) => {
                "this text is always true: compare a value with it, as in \
                               `{% if method in [\"GET\", \"HEAD\"] %}`"
                    .to_owned()
            }
            Kind::Of(Shape::OneOf(known)) => format!(
                "this is always true: compare it with one of the texts that it can be: `{}`",
                known.join("`, `")
            ),
            _ => return,
        };
        self.names.fault(condition.start, condition.end, message);
    }

    /// `one == other`
    pub(super) fn can_be_same(&mut self, one: &Typed<'t>, other: &Typed<'t>) {
        self.can_be_one_of(one, other);
        self.can_be_one_of(other, one);
        if let (Some(its), Some(others)) = (Class::of(&one.kind), Class::of(&other.kind))
            && its != others
        {
            let (its, others) = (its.words(), others.words());
            let (one_is, other_is) = (self.source(one), self.source(other));
            let message =
                format!("`{one_is}` is {its}, `{other_is}` {others}: they are never the same");
            self.names.fault(other.start, other.end, message);
        }
    }

    /// `element in list`, or a text in another.
    pub(super) fn can_be_in(&mut self, inner: &Typed<'t>, list: &Typed<'t>) {
        self.can_be_one_of(inner, list);
        let elements = match &list.kind {
            // The list of the template's own may have anything in it.
            Kind::Of(Shape::Texts) if list.texts.is_empty() => return,
            kind => element(kind),
        };
        if let (Some(its), Some(others)) = (Class::of(&inner.kind), Class::of(&elements))
            && its != others
        {
            let (its, others) = (its.words(), others.words());
            let (inner_is, list_is) = (self.source(inner), self.source(list));
            let message = format!(
                "`{inner_is}` is {its}, each of `{list_is}` {others}: it is never in there"
            );
            self.names.fault(list.start, list.end, message);
        }
    }

    /// An expression as its author wrote it.
    fn source(&self, expression: &Typed<'t>) -> &'f str {
        self.names.file.text.get(expression.start..expression.end).unwrap_or_default()
    }

    /// The texts that a value is compared with are ones that it can be.
    fn can_be_one_of(&mut self, value: &Typed<'t>, with: &Typed<'t>) {
        let is_method = self.names.file.text.get(value.start..value.end) == Some("method");
        for text in &with.texts {
            let message = match value.kind {
                Kind::Of(Shape::OneOf(known)) if !known.contains(&text.text) => format!(
                    "`{}` is none of the texts that this can be: `{}`",
                    text.text,
                    known.join("`, `")
                ),
                Kind::Lower if text.text.contains(char::is_uppercase) => {
                    format!("`{}` has a capital letter, and this has none", text.text)
                }
                Kind::Upper if text.text.contains(char::is_lowercase) => {
                    format!("`{}` has a small letter, and this has none", text.text)
                }
                _ => match standard_of_other_case(text.text).filter(|_| is_method) {
                    Some(standard) => format!(
                        "`{}` is another method than `{standard}` (RFC 9110 §9.1)",
                        text.text
                    ),
                    None => continue,
                },
            };
            self.names.fault(text.start, text.end, message);
        }
    }
}
