//! The values that templates read.
//!
//! The names are documented in `CONTRIBUTING.md`. Each record is one table below: the names of the
//! record, and what each of them is. A name that is not in its table does not exist.

use std::collections::HashMap;

use tera::value::Key;
use tera::{Map, Value};

use crate::content::form::Pair;
use crate::diagnostic::is_hidden;
use crate::view::{Attachment, Basic, Content, Part, View, ViewField};

/// The fields of one name, in the letter case of the first.
struct Group<'v> {
    name: &'v str,
    values: Vec<&'v ViewField<'v>>,
}

/// What a template sees as a map.
trait Record {
    /// All of the record.
    fn to_value(&self) -> Value;
}

impl<R: Record> Record for &R {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

/// Says which names a record has, and what each is.
macro_rules! record {
    ($visible:vis $table:ident: $record:ty as $item:ident { $($name:literal => $value:expr,)* }) => {
        $visible const $table: &[(&str, fn(&$record) -> Value)] =
            &[$(($name, |$item| Value::from($value))),*];

        impl Record for $record {
            fn to_value(&self) -> Value {
                let mut map = Map::with_capacity_and_hasher($table.len(), Default::default());
                map.extend($table.iter().map(|(name, value)| (Key::Str(name), value(self))));
                Value::from(map)
            }
        }
    };
}

record! { pub(super) VIEW: View<'_, '_> as view {
    "method" => view.method,
    "method_is_word" => is_word(view.method),
    "url" => &*view.url,
    "scheme" => view.scheme.as_str(),
    "authority" => &*view.authority,
    "host" => &*view.host,
    "port" => u64::from(view.port),
    "target" => view.target,
    "path_and_query" => &*view.path_and_query,
    "headers" => list(&view.headers),
    "header_groups" => list(&group(&view.headers)),
    "body" => view.content.to_value(),
    "basic" => view.basic.as_ref().map(Record::to_value),
    "bearer" => view.bearer,
    "cookies" => list(&view.cookies),
    "cookie" => join_cookies(view),
    "needs" => flags(&view.needs),
    "attachments" => list(&view.attachments),
} }

record! { BODY: Content<'_> as body {
    "kind" => body.kind.as_str(),
    "media_type" => &*body.media_type,
    "text" => body.text,
    "is_ascii" => body.text.is_ascii(),
    "is_printable" => is_printable(body.text),
    "has_nul" => body.text.contains('\0'),
    "has_lines" => has_lines(body.text),
    "is_map" => is_map(body),
    "pairs" => list(&body.pairs),
    "parts" => list(&body.parts),
    "file" => body.file,
    "bytes" => body.bytes,
    "length" => body.length as u64,
} }

record! { BASIC: Basic as basic {
    "user" => &*basic.user,
    "password" => &*basic.password,
} }

record! { FIELD: ViewField<'_> as field {
    "name" => field.name,
    "value" => &*field.value,
    "bytes" => field.bytes,
    "line" => Value::bytes([field.name.as_bytes(), b": ", field.bytes].concat()),
    "is_text" => field.is_text,
    "is_ascii" => field.bytes.is_ascii(),
    "is_empty" => field.bytes.is_empty(),
    "is_repeated" => field.is_repeated,
} }

record! { GROUP: Group<'_> as group {
    "name" => group.name,
    "values" => list(&group.values),
} }

record! { PAIR: Pair<'_> as pair {
    "name" => &*pair.0,
    "value" => pair.1.as_deref().unwrap_or_default(),
    "has_value" => pair.1.is_some(),
} }

record! { PART: Part<'_> as part {
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

record! { COOKIE: (&str, &str) as cookie {
    "name" => cookie.0,
    "value" => cookie.1,
} }

/// A template knows an attachment by its name.
impl Record for Attachment<'_> {
    fn to_value(&self) -> Value {
        Value::from(&*self.name)
    }
}

fn list<R: Record>(records: &[R]) -> Value {
    Value::from(records.iter().map(Record::to_value).collect::<Vec<_>>())
}

/// Names that are true; any other name of the map is undefined, which counts as false.
fn flags(names: &[&str]) -> Value {
    let flag = |name: &&str| (Key::from((*name).to_owned()), Value::from(true));
    Value::from(names.iter().map(flag).collect::<Map>())
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
fn is_printable(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n'))
        || !text.contains(|c| c != '\n' && is_hidden(c))
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
