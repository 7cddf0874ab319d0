//! What a template can name.

use tera::{Context, Map, Value};

use crate::diagnostic::is_hidden;
use crate::language::Language;
use crate::view::{Content, Part, View, ViewField};

/// The context of one render; the names are documented in `CONTRIBUTING.md`.
pub(super) fn build(view: &View<'_, '_>, language: &Language) -> Context {
    let mut context = Context::new();
    let mut set = |name: &'static str, value: Value| context.insert_value(name, value);
    set("method", view.method.into());
    set("method_is_word", view.method.bytes().all(|b| b.is_ascii_alphanumeric()).into());
    set("url", view.url.as_str().into());
    set("scheme", view.scheme.as_str().into());
    set("authority", (&*view.authority).into());
    set("host", (&*view.host).into());
    set("port", Value::from(u64::from(view.port)));
    set("target", view.target.into());
    set("path_and_query", view.path_and_query.as_str().into());
    set("headers", Value::from(view.headers.iter().map(field).collect::<Vec<_>>()));
    set("header_groups", header_groups(&view.headers));
    set("body", body(&view.content));
    set("basic", basic(view));
    set("bearer", view.bearer.map_or_else(Value::none, Value::from));
    set("cookies", cookies(view));
    set("cookie", cookie(view).into());
    set("needs", needs(view));
    set("attachments", attachments(view));
    set("indent", Value::safe_string(&language.indent));
    context
}

fn map<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    let mut map = Map::new();
    for (name, value) in pairs {
        map.insert(name.into(), value);
    }
    Value::from(map)
}

fn field(field: &ViewField<'_>) -> Value {
    map([
        ("name", field.name.into()),
        ("value", (&*field.value).into()),
        ("bytes", Value::bytes(field.bytes)),
        ("line", Value::bytes([field.name.as_bytes(), b": ", field.bytes].concat())),
        ("is_text", field.is_text.into()),
        ("is_ascii", field.bytes.is_ascii().into()),
        ("is_empty", field.bytes.is_empty().into()),
        ("is_repeated", field.is_repeated.into()),
    ])
}

/// The fields by name, in the order of each name's first, for clients that take a list of values.
fn header_groups(fields: &[ViewField<'_>]) -> Value {
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for f in fields {
        let at = *known.entry(f.name.to_ascii_lowercase()).or_insert_with(|| {
            groups.push((f.name, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(field(f));
    }
    let groups = groups
        .into_iter()
        .map(|(name, values)| map([("name", name.into()), ("values", Value::from(values))]));
    Value::from(groups.collect::<Vec<_>>())
}

fn body(content: &Content<'_>) -> Value {
    let pairs = content.pairs.iter().map(|(name, value)| {
        map([
            ("name", (&**name).into()),
            ("value", value.as_deref().unwrap_or_default().into()),
            ("has_value", value.is_some().into()),
        ])
    });
    map([
        ("kind", content.kind.as_str().into()),
        ("media_type", content.media_type.as_str().into()),
        ("text", content.text.into()),
        ("is_ascii", content.text.is_ascii().into()),
        ("is_printable", is_printable(content.text).into()),
        ("has_nul", content.text.contains('\0').into()),
        ("has_lines", has_lines(content.text).into()),
        ("is_map", is_map(content).into()),
        ("pairs", Value::from(pairs.collect::<Vec<_>>())),
        ("parts", Value::from(content.parts.iter().map(part).collect::<Vec<_>>())),
        ("file", content.file.as_str().into()),
        ("bytes", Value::bytes(content.bytes)),
        ("length", Value::from(content.length as u64)),
    ])
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

/// Whether the text has more than one line.
fn has_lines(text: &str) -> bool {
    text.trim_end_matches('\n').contains('\n')
}

fn part(part: &Part<'_>) -> Value {
    map([
        ("name", part.name.into()),
        ("has_filename", part.filename.is_some().into()),
        ("filename", part.filename.unwrap_or_default().into()),
        ("has_type", part.content_type.is_some().into()),
        ("type", part.content_type.unwrap_or_default().into()),
        ("text", part.text.into()),
        ("is_ascii", part.text.is_ascii().into()),
        ("bytes", Value::bytes(part.bytes)),
        ("is_file", part.file.is_some().into()),
        ("file", part.file.as_deref().unwrap_or_default().into()),
    ])
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
    Value::from(pairs.collect::<Vec<_>>())
}

/// The cookies as one field value.
fn cookie(view: &View<'_, '_>) -> String {
    let pairs = view.cookies.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("; ")
}

/// Every need that the client's rules know is there, so that a template never meets an unknown one.
fn needs(view: &View<'_, '_>) -> Value {
    let mut needs = Map::new();
    for name in &view.known_needs {
        needs.insert((*name).to_owned().into(), view.needs.contains(name).into());
    }
    Value::from(needs)
}

fn attachments(view: &View<'_, '_>) -> Value {
    Value::from(view.attachments.iter().map(|a| Value::from(a.name.as_str())).collect::<Vec<_>>())
}
