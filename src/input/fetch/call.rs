//! The calls that stand among literals: `JSON.stringify`, `new URLSearchParams`, `new Headers`, `new URL`.

use crate::diagnostic::Span;

use super::super::code;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::value::{Kind, Value};
use super::stringify::{in_order, is_canonical, stringify};

#[cold]
pub(super) fn refuse_literal(place: Span) -> Refusal {
    refuse(
        code::NOT_LITERAL,
        "this is no literal, and requote does not run code",
        place,
        "expected a literal",
        "write the value in its place, or give a variable by `--var NAME=VALUE`",
    )
}

/// The calls that are read.
#[derive(Clone, Copy)]
pub(super) enum Call {
    Stringify,
    Form,
    /// Its argument means the same.
    Same,
}

impl Call {
    pub(super) fn apply(self, arguments: Vec<Value>, span: Span) -> Result<Value, Refusal> {
        let mut arguments = arguments.into_iter();
        let Some(value) = arguments.next() else { return Err(refuse_literal(span)) };
        let kind = match self {
            Self::Stringify => {
                let indent = read_indent(&mut arguments)?;
                Kind::String(stringify(&value, &indent)?)
            }
            Self::Form => Kind::Form(match &value.kind {
                Kind::String(text) => read_form(text),
                _ => form_pairs(&value).ok_or_else(|| refuse_literal(value.span))?,
            }),
            Self::Same => value.kind,
        };
        match arguments.next() {
            Some(more) => Err(refuse_literal(more.span)),
            None => Ok(Value { span, kind }),
        }
    }
}

/// What `JSON.stringify` puts before a member for each level: its third argument, up to ten spaces or
/// characters. The second one is a function, or nothing.
fn read_indent(arguments: &mut impl Iterator<Item = Value>) -> Result<String, Refusal> {
    match arguments.next() {
        None => return Ok(String::new()),
        Some(Value { kind: Kind::Null | Kind::Undefined, .. }) => {}
        Some(replacer) => return Err(refuse_literal(replacer.span)),
    }
    let Some(indent) = arguments.next() else { return Ok(String::new()) };
    match &indent.kind {
        Kind::Null | Kind::Undefined => Ok(String::new()),
        Kind::String(text) => Ok(text.valid().chars().take(10).collect()),
        Kind::Number(number) => {
            let count: usize = number.valid().parse().map_err(|_| refuse_literal(indent.span))?;
            Ok(" ".repeat(count.min(10)))
        }
        _ => Err(refuse_literal(indent.span)),
    }
}

/// The text that a value becomes where it is added to one.
pub(super) fn as_text(value: &Value) -> Result<Text, Refusal> {
    match &value.kind {
        Kind::Form(pairs) => Ok(write_form(pairs, value.span)),
        Kind::Number(number) if !is_canonical(number.bytes()) => Err(refuse_literal(value.span)),
        _ => value.scalar().ok_or_else(|| refuse_literal(value.span)),
    }
}

/// The pairs that `URLSearchParams` reads of a text; a `?` at its beginning does not count.
fn read_form(text: &Text) -> Vec<(Text, Text)> {
    let place = text.span();
    let form = text.bytes().strip_prefix(b"?").unwrap_or(text.bytes());
    let pairs = url::form_urlencoded::parse(form);
    pairs.map(|(name, value)| (Text::new(&*name, place), Text::new(&*value, place))).collect()
}

/// The pairs of an object, or of a list of pairs.
fn form_pairs(value: &Value) -> Option<Vec<(Text, Text)>> {
    match &value.kind {
        Kind::Object(members) => {
            let members = in_order(members).into_iter();
            members.map(|(name, member)| Some((name.clone(), member.scalar()?))).collect()
        }
        Kind::Array(items) => {
            let pair = |item: &Value| match item.items() {
                [name, member] => Some((name.scalar()?, member.scalar()?)),
                _ => None,
            };
            items.iter().map(pair).collect()
        }
        _ => None,
    }
}

/// The form that `URLSearchParams` writes of pairs.
pub(super) fn write_form(pairs: &[(Text, Text)], place: Span) -> Text {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, member) in pairs {
        form.append_pair(&name.lossy(), &member.lossy());
    }
    Text::new(form.finish(), place)
}
