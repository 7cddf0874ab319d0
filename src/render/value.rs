//! What the names of a template stand for, as the view has it: with no template engine between.
//!
//! The names are documented in `CONTRIBUTING.md`. Those of a record, and what each is, are said once,
//! in a table; a name that has been looked up is its place in the table.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::content::form::Pair;
use crate::diagnostic::is_hidden;
use crate::view::{Attachment, Basic, Content, Part, View, ViewField};

/// What a name stands for.
#[derive(Debug)]
pub(super) enum Plain<'v> {
    Nothing,
    Flag(bool),
    Number(u64),
    Text(Cow<'v, str>),
    Bytes(Cow<'v, [u8]>),
    Body(&'v Content<'v>),
    Basic(&'v Basic),
    /// The names of what the request needs; any other name is false.
    Needs(&'v [&'v str]),
    List(List<'v>),
}

/// What a loop goes through.
#[derive(Debug)]
pub(super) enum List<'v> {
    Fields(&'v [ViewField<'v>]),
    Groups(Vec<Group<'v>>),
    /// The fields of a group.
    Values(&'v [&'v ViewField<'v>]),
    Pairs(&'v [Pair<'v>]),
    Parts(&'v [Part<'v>]),
    Cookies(&'v [(&'v str, &'v str)]),
    /// Each stands for its name.
    Attachments(&'v [Attachment<'v>]),
}

/// The fields of one name, in the letter case of the first.
#[derive(Debug)]
pub(super) struct Group<'v> {
    name: &'v str,
    values: Vec<&'v ViewField<'v>>,
}

impl<'v> Group<'v> {
    pub(super) fn first(&self) -> Option<&'v ViewField<'v>> {
        self.values.first().copied()
    }
}

/// What a template sees as a map.
pub(super) trait Record {
    /// What the map can hold.
    const NAMES: &'static [&'static str];

    /// What the name at `place` of [`Self::NAMES`] is.
    fn get(&self, place: usize) -> Plain<'_>;
}

impl<R: Record> Record for &R {
    const NAMES: &'static [&'static str] = R::NAMES;

    fn get(&self, place: usize) -> Plain<'_> {
        (**self).get(place)
    }
}

/// Says which names a record has, and what each is.
macro_rules! record {
    ($record:ty as $item:ident { $($name:literal => $value:expr,)* }) => {
        impl Record for $record {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn get(&self, place: usize) -> Plain<'_> {
                let $item = self;
                let mut places = 0..;
                $(
                    if places.next() == Some(place) {
                        return Plain::from($value);
                    }
                )*
                Plain::Nothing
            }
        }
    };
}

record! { View<'_, '_> as view {
    "method" => view.method,
    "method_is_word" => is_word(view.method),
    "url" => &*view.url,
    "scheme" => view.scheme.as_str(),
    "authority" => &*view.authority,
    "host" => &*view.host,
    "port" => usize::from(view.port),
    "target" => view.target,
    "path_and_query" => &*view.path_and_query,
    "headers" => List::Fields(&view.headers),
    "header_groups" => List::Groups(group(&view.headers)),
    "body" => Plain::Body(&view.content),
    "basic" => view.basic.as_ref().map_or(Plain::Nothing, Plain::Basic),
    "bearer" => view.bearer.map_or(Plain::Nothing, Plain::from),
    "cookies" => List::Cookies(&view.cookies),
    "cookie" => Plain::Text(Cow::Owned(join_cookies(view))),
    "needs" => Plain::Needs(&view.needs),
    "attachments" => List::Attachments(&view.attachments),
} }

record! { Content<'_> as body {
    "kind" => body.kind.as_str(),
    "media_type" => &*body.media_type,
    "text" => body.text,
    "is_ascii" => body.text.is_ascii(),
    "is_printable" => is_printable(body.text),
    "has_nul" => body.text.contains('\0'),
    "has_lines" => has_lines(body.text),
    "is_map" => is_map(body),
    "pairs" => List::Pairs(&body.pairs),
    "parts" => List::Parts(&body.parts),
    "file" => body.file,
    "bytes" => body.bytes,
    "length" => body.length,
} }

record! { Basic as basic {
    "user" => &*basic.user,
    "password" => &*basic.password,
} }

record! { ViewField<'_> as field {
    "name" => field.name,
    "value" => &*field.value,
    "bytes" => field.bytes,
    "line" => Plain::Bytes(Cow::Owned([field.name.as_bytes(), b": ", field.bytes].concat())),
    "is_text" => field.is_text,
    "is_ascii" => field.bytes.is_ascii(),
    "is_empty" => field.bytes.is_empty(),
    "is_repeated" => field.is_repeated,
} }

record! { Group<'_> as group {
    "name" => group.name,
    "values" => List::Values(&group.values),
} }

record! { Pair<'_> as pair {
    "name" => &*pair.0,
    "value" => pair.1.as_deref().unwrap_or_default(),
    "has_value" => pair.1.is_some(),
} }

record! { Part<'_> as part {
    "name" => part.name,
    "has_filename" => part.filename.is_some(),
    "filename" => part.filename.unwrap_or_default(),
    "has_type" => part.content_type.is_some(),
    "type" => part.content_type.unwrap_or_default(),
    "text" => part.text,
    "is_ascii" => part.text.is_ascii(),
    "bytes" => part.bytes,
    "is_file" => part.file.is_some(),
    "file" => part.file.as_deref().unwrap_or_default(),
} }

record! { (&str, &str) as cookie {
    "name" => cookie.0,
    "value" => cookie.1,
} }

impl<'v> From<&'v str> for Plain<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'v> From<&'v [u8]> for Plain<'v> {
    fn from(bytes: &'v [u8]) -> Self {
        Self::Bytes(Cow::Borrowed(bytes))
    }
}

impl From<bool> for Plain<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<usize> for Plain<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl<'v> From<List<'v>> for Plain<'v> {
    fn from(list: List<'v>) -> Self {
        Self::List(list)
    }
}

impl List<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Fields(list) => list.len(),
            Self::Groups(list) => list.len(),
            Self::Values(list) => list.len(),
            Self::Pairs(list) => list.len(),
            Self::Parts(list) => list.len(),
            Self::Cookies(list) => list.len(),
            Self::Attachments(list) => list.len(),
        }
    }
}

/// The place of `name` among `names`.
pub(super) fn place_of(name: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|known| *known == name)
}

/// The fields by name, in the order of each name's first, for clients that take a list of values.
fn group<'v>(fields: &'v [ViewField<'v>]) -> Vec<Group<'v>> {
    let mut groups: Vec<Group<'v>> = Vec::new();
    let mut known = HashMap::new();
    for field in fields {
        let at = *known.entry(field.name.to_ascii_lowercase()).or_insert_with(|| {
            groups.push(Group { name: field.name, values: Vec::new() });
            groups.len() - 1
        });
        groups[at].values.push(field);
    }
    groups
}

/// Whether the pairs of a form can stand in a map that keeps the order of its keys: each name once,
/// none that some languages give a meaning of its own (array indices and `__proto__`).
fn is_map(content: &Content<'_>) -> bool {
    let mut names: Vec<&str> = content.pairs.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
        && !names.iter().any(|name| {
            *name == "__proto__" || (!name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()))
        })
        && content.pairs.iter().all(|(_, value)| value.is_some())
}

/// Whether the text, line feeds apart, can stand raw in code.
pub(super) fn is_printable(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n'))
        || !text.contains(|c| c != '\n' && is_hidden(c))
}

/// Whether a method is a word of letters and digits.
pub(super) fn is_word(method: &str) -> bool {
    method.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether the text has more than one line.
pub(super) fn has_lines(text: &str) -> bool {
    text.trim_end_matches('\n').contains('\n')
}

/// The cookies as one field value.
fn join_cookies(view: &View<'_, '_>) -> String {
    let pairs = view.cookies.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("; ")
}
