//! What a template can name. It is given what it mentions: most templates read few of the names, and
//! a value that nothing reads would be the greater part of the work.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::{Context, Value};

use crate::content::form::Pair;
use crate::diagnostic::is_hidden;
use crate::language::Language;
use crate::view::{Content, Part, View, ViewField};

/// Which names of a record a template mentions, by their place in the record.
#[derive(Debug, Clone, Copy)]
struct Used(u32);

impl Used {
    fn of(names: &[&str], tags: &Tags) -> Self {
        let bit = |(place, name): (usize, &&str)| u32::from(tags.mention(name)) << place;
        Self(names.iter().enumerate().map(bit).fold(0, |bits, bit| bits | bit))
    }
}

/// What a template sees as a map.
trait Record {
    /// What the map can hold.
    const NAMES: &'static [&'static str];

    /// Writes those names that are used.
    fn serialize<S: Serializer>(&self, used: Used, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Says which names a record has, and what each is.
macro_rules! record {
    ($record:ty as $item:ident { $($name:literal => $value:expr,)* }) => {
        impl Record for $record {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn serialize<S: Serializer>(&self, used: Used, out: S) -> Result<S::Ok, S::Error> {
                let $item = self;
                // A struct's names are static, and Tera keeps them so.
                let mut map = out.serialize_struct("", used.0.count_ones() as usize)?;
                let mut bits = used.0;
                $(
                    if bits & 1 == 1 {
                        map.serialize_field($name, &$value)?;
                    }
                    bits >>= 1;
                )*
                debug_assert_eq!(bits, 0, "each bit stands for a name");
                map.end()
            }
        }
    };
}

/// A record and the names of it that are used.
struct Row<'r, R>(&'r R, Used);

impl<R: Record> Serialize for Row<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(self.1, serializer)
    }
}

/// Records and the names of them that are used.
struct Rows<'r, R>(&'r [R], Used);

impl<R: Record> Serialize for Rows<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|record| Row(record, self.1)))
    }
}

/// Bytes that are no text.
struct Bytes<'b>(&'b [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// What a template mentions of all that it could name; the names are documented in
/// `CONTRIBUTING.md`.
#[derive(Debug)]
pub(super) struct Shape {
    names: Vec<&'static str>,
    field: Used,
    body: Used,
    pair: Used,
    part: Used,
}

/// The names outside any record.
const NAMES: &[&str] = &[
    "method",
    "method_is_word",
    "url",
    "scheme",
    "authority",
    "host",
    "port",
    "target",
    "path_and_query",
    "headers",
    "header_groups",
    "body",
    "basic",
    "bearer",
    "cookies",
    "cookie",
    "needs",
    "attachments",
    "indent",
];

impl Shape {
    /// The shape of templates with these texts.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let tags: Tags = texts.into_iter().collect();
        Self {
            names: NAMES.iter().copied().filter(|name| tags.mention(name)).collect(),
            field: Used::of(ViewField::NAMES, &tags),
            body: Used::of(Body::NAMES, &tags),
            pair: Used::of(Pair::NAMES, &tags),
            part: Used::of(Part::NAMES, &tags),
        }
    }

    /// The context of one render.
    pub(super) fn fill(&self, view: &View<'_, '_>, language: &Language) -> Context {
        let mut context = Context::new();
        for name in &self.names {
            context.insert_value(*name, self.value(name, view, language));
        }
        context
    }

    fn value(&self, name: &str, view: &View<'_, '_>, language: &Language) -> Value {
        match name {
            "method" => view.method.into(),
            "method_is_word" => is_word(view.method).into(),
            "url" => view.url.as_str().into(),
            "scheme" => view.scheme.as_str().into(),
            "authority" => (&*view.authority).into(),
            "host" => (&*view.host).into(),
            "port" => Value::from(u64::from(view.port)),
            "target" => view.target.into(),
            "path_and_query" => view.path_and_query.as_str().into(),
            "headers" => Value::from_serializable(&Rows(&view.headers, self.field)),
            "header_groups" => header_groups(&view.headers, self.field),
            "body" => Value::from_serializable(&Row(
                &Body { content: &view.content, shape: self },
                self.body,
            )),
            "basic" => basic(view),
            "bearer" => view.bearer.map_or_else(Value::none, Value::from),
            "cookies" => cookies(view),
            "cookie" => cookie(view).into(),
            "needs" => needs(view),
            "attachments" => list(view.attachments.iter().map(|a| a.name.as_str().into())),
            "indent" => Value::safe_string(&language.indent),
            _ => Value::undefined(),
        }
    }
}

/// What stands between the delimiters of the tags of some templates.
struct Tags(String);

impl<'t> FromIterator<&'t str> for Tags {
    fn from_iter<T: IntoIterator<Item = &'t str>>(texts: T) -> Self {
        let mut tags = String::new();
        for text in texts {
            for (_, rest) in opens(text) {
                // A string in the tag may hold what ends one: the last end before the next tag.
                let rest = &rest[..opens(rest).next().map_or(rest.len(), |(at, _)| at)];
                tags.push_str(
                    &rest[..memchr::memrchr(b'}', rest.as_bytes()).unwrap_or(rest.len())],
                );
            }
        }
        Self(tags)
    }
}

/// Where tags open, and what follows there.
fn opens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr::memchr_iter(b'{', text.as_bytes())
        .map(|at| (at, &text[at + 1..]))
        .filter(|(_, rest)| rest.starts_with(['{', '%']))
}

impl Tags {
    /// Whether `name` is among the words.
    fn mention(&self, name: &str) -> bool {
        mentions(&self.0, name)
    }
}

/// Whether `name` is among the words of tags.
pub(super) fn mentions(tags: &str, name: &str) -> bool {
    let bytes = tags.as_bytes();
    let is_inside = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    memchr::memmem::find_iter(bytes, name).any(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        !before.is_some_and(is_inside) && !bytes.get(at + name.len()).is_some_and(is_inside)
    })
}

fn list(values: impl Iterator<Item = Value>) -> Value {
    Value::from(values.collect::<Vec<_>>())
}

fn map<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(pairs))
}

record! { ViewField<'_> as field {
    "name" => field.name,
    "value" => field.value,
    "bytes" => Bytes(field.bytes),
    "line" => Bytes(&[field.name.as_bytes(), b": ", field.bytes].concat()),
    "is_text" => field.is_text,
    "is_ascii" => field.bytes.is_ascii(),
    "is_empty" => field.bytes.is_empty(),
    "is_repeated" => field.is_repeated,
} }

record! { Pair<'_> as pair {
    "name" => pair.0,
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
    "bytes" => Bytes(part.bytes),
    "is_file" => part.file.is_some(),
    "file" => part.file.as_deref().unwrap_or_default(),
} }

struct Body<'r> {
    content: &'r Content<'r>,
    shape: &'r Shape,
}

record! { Body<'_> as body {
    "kind" => body.content.kind.as_str(),
    "media_type" => body.content.media_type,
    "text" => body.content.text,
    "is_ascii" => body.content.text.is_ascii(),
    "is_printable" => is_printable(body.content.text),
    "has_nul" => body.content.text.contains('\0'),
    "has_lines" => has_lines(body.content.text),
    "is_map" => is_map(body.content),
    "pairs" => Rows(&body.content.pairs, body.shape.pair),
    "parts" => Rows(&body.content.parts, body.shape.part),
    "file" => body.content.file,
    "bytes" => Bytes(body.content.bytes),
    "length" => body.content.length,
} }

/// The fields by name, in the order of each name's first, for clients that take a list of values.
fn header_groups(fields: &[ViewField<'_>], used: Used) -> Value {
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for f in fields {
        let at = *known.entry(f.name.to_ascii_lowercase()).or_insert_with(|| {
            groups.push((f.name, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(Value::from_serializable(&Row(f, used)));
    }
    let groups = groups
        .into_iter()
        .map(|(name, values)| map([("name", name.into()), ("values", Value::from(values))]));
    list(groups)
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
fn is_printable(text: &str) -> bool {
    !text.contains(|c| c != '\n' && is_hidden(c))
}

/// Whether a method is a word of letters and digits.
pub(super) fn is_word(method: &str) -> bool {
    method.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether the text has more than one line.
pub(super) fn has_lines(text: &str) -> bool {
    text.trim_end_matches('\n').contains('\n')
}

fn basic(view: &View<'_, '_>) -> Value {
    match &view.basic {
        Some(basic) => map([
            ("user", basic.user.as_str().into()),
            ("password", basic.password.as_str().into()),
        ]),
        None => Value::none(),
    }
}

fn cookies(view: &View<'_, '_>) -> Value {
    let pairs = view
        .cookies
        .iter()
        .map(|(name, value)| map([("name", (*name).into()), ("value", (*value).into())]));
    list(pairs)
}

/// The cookies as one field value.
fn cookie(view: &View<'_, '_>) -> String {
    let pairs = view.cookies.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("; ")
}

/// What the request needs; a name that is not there counts as false.
fn needs(view: &View<'_, '_>) -> Value {
    let need = |name: &&str| ((*name).to_owned(), true.into());
    Value::from(view.needs.iter().map(need).collect::<BTreeMap<String, Value>>())
}

#[cfg(test)]
mod tests {
    use super::Tags;

    #[test]
    fn a_name_counts_where_a_tag_mentions_it() {
        let text =
            "url {{ body.kind | str }} host {% if a.b == \"{x}\" %}name{% set method_is = 1 \n%}";
        let tags: Tags = [text, "{{ port", "{{ '}}' ~ target }} indent"].into_iter().collect();
        for name in ["body", "kind", "a", "b", "method_is", "port", "target"] {
            assert!(tags.mention(name), "{name}");
        }
        for name in ["url", "host", "name", "method", "is", "indent"] {
            assert!(!tags.mention(name), "{name}");
        }
    }
}
