//! What of a request a condition can ask for without a template engine.

use super::super::value::{has_lines, is_printable, is_word};
use crate::view::{Kind, View, ViewField};

/// A question about a request, as the condition of a template asks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fact {
    /// `needs.<name>`
    Needs(String),
    /// The name of a value that is true or false in itself, by its place in [`FLAGS`].
    Flag(usize),
    /// `<field>.<flag>` is true of every field, by its place in [`FIELD_FLAGS`].
    Every(usize),
    /// … of no field.
    No(usize),
    /// `body.kind == "<kind>"`
    Kind(Kind),
    /// `scheme == "<scheme>"`
    Scheme(String),
    /// `method in ["<method>", …]`
    Method(Vec<String>),
    /// `"<text>" in host`
    HostHas(String),
}

type Flag = fn(&View<'_, '_>) -> bool;
type FieldFlag = fn(&ViewField<'_>) -> bool;

/// Names that are asked for as they are.
const FLAGS: &[(&str, Flag)] = &[
    ("headers", |view| !view.headers.is_empty()),
    ("cookies", |view| !view.cookies.is_empty()),
    ("attachments", |view| !view.attachments.is_empty()),
    ("basic", |view| view.basic.is_some()),
    ("bearer", |view| view.bearer.is_some_and(|token| !token.is_empty())),
    ("method_is_word", |view| is_word(view.method)),
    ("body.is_ascii", |view| view.content.text.is_ascii()),
    ("body.has_lines", |view| has_lines(view.content.text)),
    ("body.has_nul", |view| view.content.text.contains('\0')),
    ("body.is_printable", |view| is_printable(view.content.text)),
];

/// The names of a field that are true or false.
const FIELD_FLAGS: &[(&str, FieldFlag)] = &[
    ("is_text", |field| field.is_text),
    ("is_ascii", |field| field.bytes.is_ascii()),
    ("is_empty", |field| field.bytes.is_empty()),
    ("is_repeated", |field| field.is_repeated),
];

/// The names whose values facts are of: a template that gives one a meaning of its own is not folded.
pub(super) const ROOTS: &[&str] = &[
    "header_groups",
    "needs",
    "headers",
    "cookies",
    "attachments",
    "basic",
    "bearer",
    "method_is_word",
    "body",
    "scheme",
    "method",
    "host",
];

impl Fact {
    /// What `path` asks, standing alone.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        if let Some(name) = path.strip_prefix("needs.") {
            return (!name.contains('.')).then(|| Self::Needs(name.to_owned()));
        }
        FLAGS.iter().position(|(name, _)| *name == path).map(Self::Flag)
    }

    /// That this flag is true of every field, and that it is of none.
    pub(super) fn of_fields(flag: &str) -> Option<[Self; 2]> {
        let at = FIELD_FLAGS.iter().position(|(name, _)| *name == flag)?;
        Some([Self::Every(at), Self::No(at)])
    }

    /// What `path` asks, compared with one text or several.
    pub(super) fn of_comparison(path: &str, texts: &[&str]) -> Option<Self> {
        match (path, texts) {
            ("body.kind", [kind]) => {
                Kind::ALL.into_iter().find(|known| known.as_str() == *kind).map(Self::Kind)
            }
            ("scheme", [scheme]) => Some(Self::Scheme((*scheme).to_owned())),
            ("method", methods) => {
                Some(Self::Method(methods.iter().map(|m| (*m).to_owned()).collect()))
            }
            _ => None,
        }
    }

    pub(super) fn holds(&self, view: &View<'_, '_>) -> bool {
        match self {
            Self::Needs(name) => view.needs.iter().any(|need| need == name),
            Self::Flag(at) => FLAGS[*at].1(view),
            Self::Every(at) => view.headers.iter().all(FIELD_FLAGS[*at].1),
            Self::No(at) => !view.headers.iter().any(FIELD_FLAGS[*at].1),
            Self::Kind(kind) => view.content.kind == *kind,
            Self::Scheme(scheme) => view.scheme.as_str() == scheme,
            Self::Method(methods) => methods.iter().any(|method| method == view.method),
            Self::HostHas(text) => view.host.contains(text.as_str()),
        }
    }
}

/// The facts that a template asks for, each once; a set of them has a bit for each.
#[derive(Debug, Default)]
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    /// The bit of `fact`; none where there is no room.
    pub(super) fn bit(&mut self, fact: Fact) -> Option<u32> {
        let at = self.0.iter().position(|known| *known == fact).unwrap_or_else(|| {
            self.0.push(fact);
            self.0.len() - 1
        });
        // What follows is asked while the template runs.
        u32::try_from(at).ok().filter(|bit| *bit < u64::BITS)
    }

    /// Which hold for `view`.
    pub(super) fn of(&self, view: &View<'_, '_>) -> u64 {
        let bits = self.0.iter().take(u64::BITS as usize).enumerate();
        bits.fold(0, |bits, (at, fact)| bits | u64::from(fact.holds(view)) << at)
    }
}
