//! The values that templates read.
//!
//! The names are documented in `CONTRIBUTING.md`. Each record is one table below: the names of the
//! record, the shape of what each of them is, and the value. A name that is not in its table does
//! not exist.

use std::borrow::Cow;
use std::collections::HashMap;

use tera::value::Key;
use tera::{Map, Value};

use crate::content::json::{self, Json, JsonStyle};
use crate::diagnostic::is_hidden;
use crate::language::OptionValue;
use crate::literal::environment::{CLOSE, OPEN};
use crate::view::{Basic, Choice, Content, Kind, Part, Variable, View, ViewField, ViewPair};

use Shape::{Bytes, Flag, Flags, List, Number, OneOf, Options, Record as Of, Text, Texts};

/// The fields of one name, in the letter case of the first.
struct Group<'v> {
    name: &'v str,
    values: Vec<&'v ViewField<'v>>,
}

/// What is known of a value before there is a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    Bytes,
    Number,
    Flag,
    /// A map whose names the rules of a client set, each of them true.
    Flags,
    /// A map of the options that a client has.
    Options,
    Record(&'static Table),
    /// A list of records.
    List(&'static Table),
    /// A list of texts.
    Texts,
}

/// The names of a record.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    /// What messages call the record.
    pub(super) record: &'static str,
    /// Each name, and the shape of what it is; at most 32.
    pub(super) names: &'static [(&'static str, Shape)],
}

/// Which names of each record a template reads. What nothing reads is not worked out.
#[derive(Debug, Default)]
pub(super) struct Reads(Vec<(&'static str, u32)>);

impl Reads {
    /// Notes that a template reads the name at `place` of `table`.
    pub(super) fn add(&mut self, table: &Table, place: usize) {
        let bit = 1 << place;
        match self.0.iter_mut().find(|(record, _)| *record == table.record) {
            Some((_, bits)) => *bits |= bit,
            None => self.0.push((table.record, bit)),
        }
    }

    /// Notes that a template reads `name` of any of the records that are in reach of `table`.
    pub(super) fn add_to_all(&mut self, table: &Table, name: &str) {
        for (place, (known, shape)) in table.names.iter().enumerate() {
            if *known == name {
                self.add(table, place);
            }
            if let Of(inner) | List(inner) = shape {
                self.add_to_all(inner, name);
            }
        }
    }

    /// A bit for each name of `table` that is read. A record that is there is true, so that it is
    /// never without any name.
    pub(super) fn of(&self, table: &Table) -> u32 {
        self.0.iter().find(|(record, _)| *record == table.record).map_or(1, |(_, bits)| *bits)
    }
}

/// What a template sees as a map.
pub(super) trait Record {
    const TABLE: &'static Table;

    /// Hands over each name that `wanted` has the bit of, and its value.
    fn each(&self, wanted: u32, reads: &Reads, put: impl FnMut(&'static str, Value));

    fn to_value(&self, wanted: u32, reads: &Reads) -> Value {
        let mut map = Map::with_capacity_and_hasher(wanted.count_ones() as usize, <_>::default());
        self.each(wanted, reads, |name, value| {
            map.insert(Key::Str(name), value);
        });
        Value::from(map)
    }
}

impl<R: Record> Record for &R {
    const TABLE: &'static Table = R::TABLE;

    fn each(&self, wanted: u32, reads: &Reads, put: impl FnMut(&'static str, Value)) {
        (**self).each(wanted, reads, put);
    }
}

/// Says which names a record has, the shape of each, and its value.
macro_rules! record {
    ($record:ty as $item:ident, $reads:ident { $($name:literal: $shape:expr => $value:expr,)* }) => {
        impl Record for $record {
            const TABLE: &'static Table =
                &Table { record: stringify!($item), names: &[$(($name, $shape)),*] };

            fn each(
                &self,
                wanted: u32,
                $reads: &Reads,
                mut put: impl FnMut(&'static str, Value),
            ) {
                let $item = self;
                let mut bits = (0..u32::BITS).map(|place| wanted >> place & 1 == 1);
                $(
                    if bits.next() == Some(true) {
                        put($name, Value::from($value));
                    }
                )*
            }
        }
    };
}

record! { View<'_, '_> as view, reads {
    "method": Text => view.method,
    "method_is_word": Flag => is_word(view.method),
    "method_has_helper": Flag => view.method_has_helper,
    "url": Text => &*view.url,
    "scheme": OneOf(&["http", "https"]) => view.scheme.as_str(),
    "authority": Text => &*view.authority,
    "host": Text => &*view.host,
    "host_is_ip_literal": Flag => view.host.starts_with('['),
    "hostname": Text => view.host.trim_start_matches('[').trim_end_matches(']'),
    "port": Number => u64::from(view.port),
    "target": Text => &*view.target,
    "path_and_query": Text => &*view.path_and_query,
    "query": List(ViewPair::TABLE) => list(&view.query, reads),
    "query_is_map": Flag => is_map(&view.query),
    "headers": List(ViewField::TABLE) => list(&view.headers, reads),
    "header_groups": List(Group::TABLE) => list(&group(&view.headers), reads),
    "taken": List(ViewField::TABLE) => list(&view.taken, reads),
    "has_body": Flag => view.content.kind != Kind::None,
    "body": Of(Content::TABLE) => one(&view.content, reads),
    "basic": Of(Basic::TABLE) => view.basic.as_ref().map(|basic| one(basic, reads)),
    "bearer": Text => view.bearer.as_deref(),
    "cookies": List(Cookie::TABLE) => list(&view.cookies, reads),
    "cookie": Text => join_cookies(view),
    "reads_environment": Flag => !view.environment.is_empty(),
    "variables": List(Variable::TABLE) => list(&view.variables, reads),
    "options": Options => options(&view.options, reads),
    "needs": Flags => flags(&view.needs),
    "attachments": Texts => view.attachments.iter().map(|file| &*file.name).collect::<Vec<_>>(),
} }

record! { Content<'_> as body, reads {
    "kind": OneOf(&Kind::NAMES) => body.kind.as_str(),
    "media_type": Text => &*body.media_type,
    "text": Text => &*body.text,
    "is_ascii": Flag => without_marks(&body.text).is_ascii(),
    "is_printable": Flag => is_printable(&without_marks(&body.text)),
    "has_nul": Flag => body.text.contains('\0'),
    "has_lines": Flag => has_lines(&body.text),
    "is_map": Flag => is_map(&body.pairs),
    "pairs": List(ViewPair::TABLE) => list(&body.pairs, reads),
    "members": List(Member::TABLE) => list(&members(&body.text), reads),
    "parts": List(Part::TABLE) => list(&body.parts, reads),
    "file": Text => body.file,
    "bytes": Bytes => body.bytes,
    "length": Number => body.length as u64,
} }

record! { Basic as basic, _reads {
    "user": Text => &*basic.user,
    "password": Text => &*basic.password,
} }

record! { ViewField<'_> as header, reads {
    "name": Text => header.name,
    "value": Text => &*header.value,
    "bytes": Bytes => &*header.bytes,
    "line": Bytes => Value::bytes([header.name.as_bytes(), b": ", &*header.bytes].concat()),
    "is_text": Flag => header.is_text,
    "is_ascii": Flag => header.bytes.is_ascii(),
    "is_empty": Flag => header.bytes.is_empty(),
    "is_repeated": Flag => header.is_repeated,
    "basic": Of(Basic::TABLE) => header.basic.as_ref().map(|basic| one(basic, reads)),
    "is_repeat": Flag => header.is_repeat,
    "is_recased": Flag => header.is_recased,
    "is_usual": Flag => header.is_usual,
} }

record! { Group<'_> as group, reads {
    "name": Text => group.name,
    "values": List(ViewField::TABLE) => list(&group.values, reads),
} }

record! { ViewPair<'_> as pair, _reads {
    "name": Text => &*pair.name,
    "value": Text => pair.value.as_deref().unwrap_or_default(),
    "has_value": Flag => pair.value.is_some(),
    "text": Text => &*pair.text,
    "encodes": Flag => pair.encodes,
    "is_plain": Flag => pair.is_plain(),
} }

record! { Member as member, _reads {
    "name": Text => &*member.name,
    "is_string": Flag => member.is_string,
    "text": Text => &*member.text,
} }

record! { Part<'_> as part, _reads {
    "name": Text => part.name,
    "has_filename": Flag => part.filename.is_some(),
    "filename": Text => part.filename.unwrap_or_default(),
    "has_type": Flag => part.content_type.is_some(),
    "type": Text => part.content_type.unwrap_or_default(),
    "text": Text => part.text,
    "is_text": Flag => part.is_text,
    "is_ascii": Flag => part.text.is_ascii(),
    "bytes": Bytes => part.bytes,
    "is_file": Flag => part.file.is_some(),
    "file": Text => part.file.as_deref().unwrap_or_default(),
} }

record! { Variable as variable, _reads {
    "name": Text => &*variable.name,
    "value": Text => &*variable.value,
} }

/// A time of an option, in milliseconds.
pub(super) struct Time(pub(super) u64);

record! { Time as time, _reads {
    "seconds": Number => seconds(time.0),
    "milliseconds": Number => time.0,
    "is_whole": Flag => time.0.is_multiple_of(1000),
} }

record! { Cookie<'_> as cookie, _reads {
    "name": Text => cookie.0,
    "value": Text => &*cookie.1,
} }

/// A name and its value.
type Cookie<'v> = (&'v str, Cow<'v, str>);

fn one<R: Record>(record: &R, reads: &Reads) -> Value {
    record.to_value(reads.of(R::TABLE), reads)
}

fn list<R: Record>(records: &[R], reads: &Reads) -> Value {
    let wanted = reads.of(R::TABLE);
    Value::from(records.iter().map(|record| record.to_value(wanted, reads)).collect::<Vec<_>>())
}
/// Names that are true; any other name of the map is undefined, which counts as false.
fn flags(names: &[&str]) -> Value {
    let flag = |name: &&str| (Key::from((*name).to_owned()), Value::from(true));
    Value::from(names.iter().map(flag).collect::<Map>())
}

/// A number of seconds, whole where it can be.
#[expect(clippy::cast_precision_loss, reason = "it is less than 2^31")]
fn seconds(milliseconds: u64) -> Value {
    if milliseconds.is_multiple_of(1000) {
        Value::from(milliseconds / 1000)
    } else {
        Value::from(milliseconds as f64 / 1000.0)
    }
}

/// The options of the client by name: nothing, an empty text or `false` where none was given.
fn options(choices: &[Choice<'_>], reads: &Reads) -> Value {
    let value = |choice: &Choice<'_>| match &choice.value {
        Some(OptionValue::Time(milliseconds)) => one(&Time(*milliseconds), reads),
        Some(OptionValue::Text(text)) => Value::from(&**text),
        Some(OptionValue::Flag(flag)) => Value::from(*flag),
        None => Value::from(""),
    };
    let named = |choice: &Choice<'_>| (Key::from(choice.name.replace('-', "_")), value(choice));
    Value::from(choices.iter().map(named).collect::<Map>())
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

/// A member of the outermost object of a JSON text.
struct Member {
    name: String,
    is_string: bool,
    /// The string that the value is, or the value as JSON in one line.
    text: String,
}

/// The members of the outermost object; nothing where the text is no object.
fn members(text: &str) -> Vec<Member> {
    let Ok(Json::Object(members)) = json::parse(text) else { return Vec::new() };
    let style = JsonStyle::of_one_line();
    let member = |(name, value): (Cow<'_, str>, Json<'_>)| match value {
        Json::String(text) => {
            Some(Member { name: name.into_owned(), is_string: true, text: text.into_owned() })
        }
        other => json::write(&other, &style).ok().map(|text| Member {
            name: name.into_owned(),
            is_string: false,
            text,
        }),
    };
    members.into_iter().filter_map(member).collect()
}

/// Whether the pairs of a form or a query can be a map that keeps the order of its keys: each name
/// once, none that some languages give a meaning of its own (array indices and `__proto__`).
fn is_map(pairs: &[ViewPair<'_>]) -> bool {
    let mut names: Vec<&str> = pairs.iter().map(|pair| &*pair.name).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
        && !names.iter().any(|name| {
            *name == "__proto__" || (!name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()))
        })
        && pairs.iter().all(|pair| pair.value.is_some())
}

/// Whether the text, line feeds apart, can stand raw in code.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n'))
        || !text.contains(|c| c != '\n' && is_hidden(c))
}

/// The text with the names of the variables that it reads.
fn without_marks(text: &str) -> Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        Cow::Owned(text.replace([OPEN, CLOSE], ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a method is a word of letters and digits.
fn is_word(method: &str) -> bool {
    method.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether the text has more than one line.
fn has_lines(text: &str) -> bool {
    text.trim_end_matches('\n').contains('\n')
}

/// The cookies as one field value.
fn join_cookies(view: &View<'_, '_>) -> String {
    let pairs = view.cookies.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("; ")
}
