//! What Tera is given of the view: what a template mentions. Most templates read few of the names,
//! and a value that nothing reads would be the greater part of the work.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use tera::{Context, Value};

use super::value::{Group, List, Plain, Record};
use crate::content::form::Pair;
use crate::language::Language;
use crate::view::{Basic, Content, Part, View, ViewField};

/// Which names of a record a template mentions, by their place in the record.
#[derive(Debug, Clone, Copy)]
struct Used(u32);

impl Used {
    fn of<R: Record>(tags: &Tags) -> Self {
        let bit = |(place, name): (usize, &&str)| u32::from(tags.mention(name)) << place;
        Self(R::NAMES.iter().enumerate().map(bit).fold(0, |bits, bit| bits | bit))
    }

    fn places(self) -> impl Iterator<Item = usize> {
        (0..u32::BITS as usize).filter(move |place| self.0 >> place & 1 == 1)
    }
}

/// What a template mentions of all that it could name.
#[derive(Debug)]
pub(super) struct Shape {
    view: Used,
    indent: bool,
    field: Used,
    group: Used,
    body: Used,
    basic: Used,
    pair: Used,
    part: Used,
    cookie: Used,
}

impl Shape {
    /// The shape of templates with these texts.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let tags: Tags = texts.into_iter().collect();
        Self {
            view: Used::of::<View<'_, '_>>(&tags),
            indent: tags.mention("indent"),
            field: Used::of::<ViewField<'_>>(&tags),
            group: Used::of::<Group<'_>>(&tags),
            body: Used::of::<Content<'_>>(&tags),
            basic: Used::of::<Basic>(&tags),
            pair: Used::of::<Pair<'_>>(&tags),
            part: Used::of::<Part<'_>>(&tags),
            cookie: Used::of::<(&str, &str)>(&tags),
        }
    }

    /// The context of one render.
    pub(super) fn fill(&self, view: &View<'_, '_>, language: &Language) -> Context {
        let mut context = Context::new();
        for place in self.view.places() {
            let given = Given(&view.get(place), self);
            context.insert_value(View::NAMES[place], Value::from_serializable(&given));
        }
        if self.indent {
            context.insert_value("indent", Value::safe_string(&language.indent));
        }
        context
    }
}

/// A value in the words of serde.
struct Given<'r>(&'r Plain<'r>, &'r Shape);

impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Self(value, shape) = *self;
        match value {
            Plain::Nothing => out.serialize_none(),
            Plain::Flag(flag) => out.serialize_bool(*flag),
            Plain::Number(number) => out.serialize_u64(*number),
            Plain::Text(text) => out.serialize_str(text),
            Plain::Bytes(bytes) => out.serialize_bytes(bytes),
            Plain::Body(body) => Row(*body, shape.body, shape).serialize(out),
            Plain::Basic(basic) => Row(*basic, shape.basic, shape).serialize(out),
            Plain::Needs(needs) => {
                let mut map = out.serialize_map(Some(needs.len()))?;
                needs.iter().try_for_each(|need| map.serialize_entry(need, &true))?;
                map.end()
            }
            Plain::List(list) => match list {
                List::Fields(fields) => shape.rows(fields, shape.field, out),
                List::Groups(groups) => shape.rows(groups, shape.group, out),
                List::Values(fields) => shape.rows(fields, shape.field, out),
                List::Pairs(pairs) => shape.rows(pairs, shape.pair, out),
                List::Parts(parts) => shape.rows(parts, shape.part, out),
                List::Cookies(cookies) => shape.rows(cookies, shape.cookie, out),
                List::Attachments(files) => out.collect_seq(files.iter().map(|file| &file.name)),
            },
        }
    }
}

impl Shape {
    fn rows<R: Record, S: Serializer>(
        &self,
        records: &[R],
        used: Used,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_seq(records.iter().map(|record| Row(record, used, self)))
    }
}

/// A record and the names of it that are used.
struct Row<'r, R>(&'r R, Used, &'r Shape);

impl<R: Record> Serialize for Row<'_, R> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Self(record, used, shape) = *self;
        // A struct's names are static, and Tera keeps them so.
        let mut map = out.serialize_struct("", used.0.count_ones() as usize)?;
        for place in used.places().take_while(|place| *place < R::NAMES.len()) {
            map.serialize_field(R::NAMES[place], &Given(&record.get(place), shape))?;
        }
        map.end()
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
