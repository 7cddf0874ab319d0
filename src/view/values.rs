//! The values that templates read.
//!
//! `templates/README.md` lists them with the comments that they have here. Each record is one table
//! below: the names of the record, the shape of what each of them is, and the value. A name that is
//! not in its table does not exist.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;
use serde::ser::Serializer;

use super::record::Shape::{
    Bytes, Flag, Flags, List, Number, OneOf, Options, Record as Of, Text, Texts,
};
use super::record::{Raw, Reads, Record, Table, Taker, True, list, one, record};
use super::{Basic, Bound, Choice, Content, Kind, Part, Variable, View, ViewField, ViewPair};
use crate::content::json::{self, Json, JsonStyle};
use crate::diagnostic::is_hidden;
use crate::language::OptionValue;
use crate::literal::environment::{CLOSE, OPEN};

/// The fields of one name, in the letter case of the first.
struct Group<'v> {
    name: &'v str,
    values: Vec<&'v ViewField<'v>>,
}

record! { View<'_, '_> as view, reads {
    /// The method, as in the message.
    "method": Text => view.method,
    /// Whether the method consists of ASCII letters and digits.
    "method_is_word": Flag => is_word(view.method),
    /// Whether the client's API has something of its own for the method: see `[[client.<name>.helper]]`.
    "method_has_helper": Flag => view.method_has_helper,
    /// The URL to ask for; without the query where `query` has its pairs.
    "url": Text => &*view.url,
    /// The scheme of the URL.
    "scheme": OneOf(&["http", "https"]) => view.scheme.as_str(),
    /// Host and port, as in `Host`.
    "authority": Text => &*view.authority,
    /// The host of the URL; an IPv6 address in brackets.
    "host": Text => &*view.host,
    /// Whether the host is an IP literal in brackets (RFC 3986 §3.2.2).
    "host_is_ip_literal": Flag => view.host.starts_with('['),
    /// The host without brackets.
    "hostname": Text => view.host.trim_start_matches('[').trim_end_matches(']'),
    /// The port, also where the URL does not say it.
    "port": Number => u64::from(view.port),
    /// The request target as in the message; for clients that take it with `needs.raw_target`.
    "target": Text => &*view.target,
    /// Path and query of the URL.
    "path_and_query": Text => &*view.path_and_query,
    /// The pairs of the query, where the client has a parameter for them: see `[client.<name>.query]`.
    "query": List(ViewPair::TABLE) => list(&view.query, reads),
    /// Whether each name of `query` occurs once, so that a map holds them.
    "query_is_map": Flag => is_map(&view.query),
    /// The fields that the program sets, in the order of the message.
    "headers": List(ViewField::TABLE) => list(&view.headers, reads),
    /// The same fields by name, in the order of each name's first.
    "header_groups": List(Group::TABLE) => list(&group(&view.headers), reads),
    /// The fields that the client takes by parameters of their own: see `[[client.<name>.takes]]`.
    "taken": List(ViewField::TABLE) => list(&view.taken, reads),
    /// Whether there is a body.
    "has_body": Flag => view.content.kind != Kind::None,
    /// The body.
    "body": Of(Content::TABLE) => one(&view.content, reads),
    /// Basic credentials (RFC 7617), where the client has a parameter for them and the message has some.
    "basic": Of(Basic::TABLE) => view.basic.as_ref().map(|basic| one(basic, reads)),
    /// The bearer token (RFC 6750), where the client has a parameter for it and the message has one.
    "bearer": Text => view.bearer.as_deref(),
    /// The cookies (RFC 6265), where the client has a parameter for them.
    "cookies": List(Cookie::TABLE) => list(&view.cookies, reads),
    /// The same cookies as one text.
    "cookie": Text => join_cookies(view),
    /// Whether the code reads variables of its environment.
    "reads_environment": Flag => !view.environment.is_empty(),
    /// The variables of the environment that the template sets variables of the code to, where the language reads
    /// them by a statement: see `bind` of `[environment]`.
    "environment": List(Bound::TABLE) => list(&view.bound, reads),
    /// The variables of the code that the template sets first: see `[variable]`.
    "variables": List(Variable::TABLE) => list(&view.variables, reads),
    /// The options that are set, by name: those of `[client.<name>.options]`.
    "options": Options => Chosen { choices: &view.options, reads },
    /// Whether the request needs extra code, by name: those of the client's rules, `raw_target` and `host_header`.
    "needs": Flags => True(&view.needs),
    /// The names of the files beside the code.
    "attachments": Texts => view.attachments.iter().map(|file| &*file.name).collect::<Vec<_>>(),
} }

record! { Content<'_> as body, reads {
    /// How the template writes the body.
    "kind": OneOf(&Kind::NAMES) => body.kind.as_str(),
    /// Its media type without parameters, in lower case; empty where the message has none.
    "media_type": Text => &*body.media_type,
    /// The text, where the kind is `text` or `json`.
    "text": Text => &*body.text,
    /// Whether the text is ASCII: never where it reads variables, which may hold anything.
    "is_ascii": Flag => !body.has_marks && body.text.is_ascii(),
    /// Whether the text has nothing that cannot be seen, line feeds apart.
    "is_printable": Flag => is_printable(&without_marks(&body.text, body.has_marks)),
    /// Whether the text reads variables.
    "has_variables": Flag => body.has_marks,
    /// Whether the text has a NUL.
    "has_nul": Flag => body.text.contains('\0'),
    /// Whether the text has more than one line.
    "has_lines": Flag => has_lines(&body.text),
    /// Whether each name of `pairs` occurs once, so that a map holds them.
    "is_map": Flag => is_map(&body.pairs),
    /// The pairs of a form.
    "pairs": List(ViewPair::TABLE) => list(&body.pairs, reads),
    /// The members of a JSON object; none where the text is no object.
    "members": List(Member::TABLE) => list(&members(&body.text), reads),
    /// The parts of a multipart form.
    "parts": List(Part::TABLE) => list(&body.parts, reads),
    /// Whether a map of fields and then a map of files hold `parts`: each name occurs once, the parts
    /// without a file name come first and have no Content-Type, and there is a file.
    "parts_are_maps": Flag => parts_are_maps(&body.parts),
    /// The name of the file that holds the body.
    "file": Text => body.file,
    /// The bytes of the body, whatever its kind.
    "bytes": Bytes => Raw(body.bytes),
    /// The number of its bytes.
    "length": Number => body.length as u64,
} }

record! { Basic as basic, _reads {
    /// The user-id.
    "user": Text => &*basic.user,
    /// The password.
    "password": Text => &*basic.password,
} }

record! { ViewField<'_> as header, reads {
    /// The name, in the letter case of the message.
    "name": Text => header.name,
    /// The value as text; bytes that are no UTF-8 are U+FFFD: see `is_text`.
    "value": Text => &*header.value,
    /// The bytes of the value.
    "bytes": Bytes => Raw(&header.bytes),
    /// Name, colon, space and value, in bytes.
    "line": Bytes => Raw(&[header.name.as_bytes(), b": ", &*header.bytes].concat()),
    /// Whether the value is UTF-8.
    "is_text": Flag => header.is_text,
    /// Whether the value is ASCII.
    "is_ascii": Flag => header.bytes.is_ascii(),
    /// Whether the value is empty.
    "is_empty": Flag => header.bytes.is_empty(),
    /// Whether the name occurs in another field too.
    "is_repeated": Flag => header.is_repeated,
    /// The Basic credentials that the value holds, where it holds some.
    "basic": Of(Basic::TABLE) => header.basic.as_ref().map(|basic| one(basic, reads)),
    /// Whether another field of the same name comes before it.
    "is_repeat": Flag => header.is_repeat,
    /// Whether the client would send the name in another letter case.
    "is_recased": Flag => header.is_recased,
    /// Whether the client takes the field in its usual way.
    "is_usual": Flag => header.is_usual,
} }

record! { Group<'_> as group, reads {
    /// The name, in the letter case of the first.
    "name": Text => group.name,
    /// The fields of the name.
    "values": List(ViewField::TABLE) => list(&group.values, reads),
} }

record! { ViewPair<'_> as pair, _reads {
    /// The name, decoded.
    "name": Text => &*pair.name,
    /// The value, decoded; empty where there is none.
    "value": Text => pair.value.as_deref().unwrap_or_default(),
    /// Whether there is a value: `a=` has one, `a` has none.
    "has_value": Flag => pair.value.is_some(),
    /// The pair as it is in the message, encoded.
    "text": Text => &*pair.text,
    /// Whether a client that encodes the value alone sends just `text`.
    "encodes": Flag => pair.encodes,
    /// Whether nothing of the pair is encoded.
    "is_plain": Flag => pair.is_plain(),
    /// Whether a client that encodes the name and the value sends just `text`.
    "is_own": Flag => pair.is_own,
    /// The value as it is in the message, encoded; empty where there is none.
    "encoded": Text => pair.encoded().unwrap_or_default(),
} }

record! { Member as member, _reads {
    /// The name of the member.
    "name": Text => &*member.name,
    /// Whether its value is a string.
    "is_string": Flag => member.is_string,
    /// The string that its value is, or the value as JSON in one line.
    "text": Text => &*member.text,
} }

record! { Part<'_> as part, _reads {
    /// The name of the part.
    "name": Text => part.name,
    /// Whether it has a file name.
    "has_filename": Flag => part.filename.is_some(),
    /// The file name; empty where there is none.
    "filename": Text => part.filename.unwrap_or_default(),
    /// Whether it has a Content-Type.
    "has_type": Flag => part.content_type.is_some(),
    /// Its Content-Type; empty where there is none.
    "type": Text => part.content_type.unwrap_or_default(),
    /// Its text, where `is_text`.
    "text": Text => &*part.text,
    /// Whether its content is written as text.
    "is_text": Flag => part.is_text,
    /// Whether the client's shortest way takes its text as it is: see `plain-text` of the table.
    "is_plain": Flag => part.is_plain,
    /// Whether its text is ASCII.
    "is_ascii": Flag => !part.has_marks && part.text.is_ascii(),
    /// The bytes of its content.
    "bytes": Bytes => Raw(part.bytes),
    /// Whether its content is in a file beside the code.
    "is_file": Flag => part.file.is_some(),
    /// The name of that file; empty where there is none.
    "file": Text => part.file.as_deref().unwrap_or_default(),
} }

record! { Bound as bound, _reads {
    /// Its name in the code.
    "name": Text => &*bound.name,
    /// Its name in the environment.
    "variable": Text => &*bound.variable,
} }

record! { Variable as variable, _reads {
    /// Its name, as the language writes it.
    "name": Text => &*variable.name,
    /// Its value.
    "value": Text => &*variable.value,
} }

/// A time of an option, in milliseconds.
pub(crate) struct Time(u64);

record! { Time as time, _reads {
    /// The time in seconds.
    "seconds": Number => Seconds(time.0),
    /// The time in milliseconds.
    "milliseconds": Number => time.0,
    /// Whether it is a whole number of seconds.
    "is_whole": Flag => time.0.is_multiple_of(1000),
} }

record! { Cookie<'_> as cookie, _reads {
    /// The name of the cookie.
    "name": Text => cookie.0,
    /// Its value.
    "value": Text => &*cookie.1,
} }

/// A name and its value.
type Cookie<'v> = (&'v str, Cow<'v, str>);

/// A number of seconds, whole where it can be; here in milliseconds.
struct Seconds(u64);

impl Serialize for Seconds {
    #[expect(clippy::cast_precision_loss, reason = "it is less than 2^31")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            serializer.serialize_u64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

/// The options of the client by name.
struct Chosen<'v> {
    choices: &'v [Choice<'v>],
    reads: &'v Reads,
}

impl Serialize for Chosen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = |choice| Given { choice, reads: self.reads };
        serializer.collect_map(
            self.choices.iter().map(|choice| (choice.name.replace('-', "_"), named(choice))),
        )
    }
}

/// What is given for an option; an empty text where nothing is.
struct Given<'v> {
    choice: &'v Choice<'v>,
    reads: &'v Reads,
}

impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.choice.value {
            Some(OptionValue::Time(milliseconds)) => {
                one(&Time(*milliseconds), self.reads).serialize(serializer)
            }
            Some(OptionValue::Text(text)) => serializer.serialize_str(text),
            Some(OptionValue::Flag(flag)) => serializer.serialize_bool(*flag),
            None => serializer.serialize_str(""),
        }
    }
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
    let names = || pairs.iter().map(|pair| &*pair.name);
    are_distinct(names())
        && !names().any(|name| {
            name == "__proto__" || (!name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()))
        })
        && pairs.iter().all(|pair| pair.value.is_some())
}

fn are_distinct<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether the parts without a file come first, and each is one entry of a map with no type of its own.
fn parts_are_maps(parts: &[Part<'_>]) -> bool {
    are_distinct(parts.iter().map(|part| part.name))
        && parts.is_sorted_by_key(|part| part.filename.is_some())
        && parts.last().is_some_and(|part| part.filename.is_some())
        && parts.iter().all(|part| part.filename.is_some() || part.content_type.is_none())
}

/// Whether the text, line feeds apart, can stand raw in code.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n'))
        || !text.contains(|c| c != '\n' && is_hidden(c))
}

/// The text with the names of the variables that it reads.
fn without_marks(text: &str, has_marks: bool) -> Cow<'_, str> {
    if has_marks { Cow::Owned(text.replace([OPEN, CLOSE], "")) } else { Cow::Borrowed(text) }
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
