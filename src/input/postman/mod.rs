//! Postman collections 2.0 and 2.1 (<https://schema.postman.com/collection/json/v2.1.0/docs/index.html>).

mod auth;
mod body;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::compose::Parts;
use super::draft::Draft;
use super::placeholder::{Variables, expand};
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::{Unencoded, Url, encode_pairs};
use super::value::{Kind, Value};
use super::{Found, Options, code};

/// Whether a JSON text is a collection.
pub(super) fn is_collection(value: &Value) -> bool {
    value.get("info").is_some_and(|info| {
        let schema = info.text_of("schema");
        schema.is_some_and(|schema| memchr::memmem::find(schema.bytes(), b"postman.com").is_some())
    }) && value.get("item").is_some()
}

/// Reads the requests of a collection, folder by folder.
pub(super) fn read(root: &Value, options: &Options) -> Result<Found, Refusal> {
    let own = root.items_of("variable").iter().filter(|item| !item.is_true("disabled"));
    let own = own.filter_map(|item| {
        let key = item.text_of("key").or_else(|| item.text_of("id"))?;
        Some((key.lossy(), item.scalar_of("value")?))
    });
    let variables = Variables { options, own: own.collect() };
    let mut reading = Reading { variables: &variables, found: Found::default() };
    let auth = root.get("auth");
    reading.note_scripts(root);
    reading.take_items(root, "", auth);
    let found = reading.found;
    if found.entries.is_empty() {
        let place = root.span;
        let help = "export the collection as v2.1";
        return Err(refuse(
            code::REQUEST_MISSING,
            "the collection has no request",
            place,
            "expected items with a `request`",
            help,
        ));
    }
    Ok(found)
}

struct Reading<'r> {
    variables: &'r Variables<'r>,
    found: Found,
}

impl Reading<'_> {
    fn take_items<'v>(&mut self, folder: &'v Value, path: &str, auth: Option<&'v Value>) {
        for item in folder.items_of("item") {
            let name = item.text_of("name").map(Text::lossy).unwrap_or_default();
            let path = if path.is_empty() { name } else { format!("{path}/{name}") };
            self.note_scripts(item);
            if item.get("item").is_some() {
                self.take_items(
                    item,
                    &path,
                    item.get("auth").filter(|auth| is_given(auth)).or(auth),
                );
            } else if let Some(request) = item.get("request") {
                let parts = read_request(request, auth, self.variables);
                let title = parts.as_ref().map_or_else(|_| path.clone(), Parts::title);
                let raw = parts.and_then(Parts::write);
                self.found.entries.push(Draft { name: Some(path), title, span: request.span, raw });
            }
        }
    }

    /// A script may change the request that it belongs to.
    fn note_scripts(&mut self, owner: &Value) {
        let is_told = self.found.diagnostics.iter().any(|told| told.code == code::SCRIPT_NOT_RUN);
        let events = owner.items_of("event").iter().filter(|event| {
            event.text_of("listen").is_some_and(|listen| listen.bytes() == b"prerequest")
                && event.get("script").is_some_and(has_code)
        });
        for event in events.take(usize::from(!is_told)) {
            self.found.diagnostics.push(
                Diagnostic::warning(
                    code::SCRIPT_NOT_RUN,
                    "a script that may change requests is not run",
                )
                .with_span(event.span)
                .with_help("give the values that it sets by `--var NAME=VALUE`"),
            );
        }
    }
}

fn has_code(script: &Value) -> bool {
    let is_code =
        |line: &Value| line.text().is_some_and(|line| !line.bytes().trim_ascii().is_empty());
    script.get("exec").is_some_and(|exec| is_code(exec) || exec.items().iter().any(is_code))
}

/// Whether an `auth` says something; `null` means that the folder's counts.
fn is_given(auth: &Value) -> bool {
    !matches!(auth.kind, Kind::Null)
}

fn read_request(
    request: &Value,
    inherited: Option<&Value>,
    variables: &Variables<'_>,
) -> Result<Parts, Refusal> {
    let place = Span::new(request.span.start, request.span.start + 1);
    let url = request.text().map_or_else(|| request.get("url"), |_| Some(request));
    let Some(url) = url else {
        return Err(refuse(
            code::INPUT_URL,
            "the request has no `url`",
            place,
            "expected a `url`",
            "add it",
        ));
    };
    let url = read_url(url, variables)?;
    let method = match request.text_of("method") {
        Some(method) => expand(method, variables)?,
        None => Text::new("GET", place),
    };
    let mut parts =
        Parts { method, url, fields: Vec::new(), body: None, place, diagnostics: Vec::new() };
    for (name, value) in pairs_of(request.items_of("header"), variables)? {
        parts.fields.push((name.trim(), value.trim()));
    }
    body::add_body(request, &mut parts, variables)?;
    let auth = request.get("auth").filter(|auth| is_given(auth)).or(inherited);
    if let Some(auth) = auth {
        auth::add_credentials(auth, &mut parts, variables)?;
    }
    Ok(parts)
}

/// Keys and values that are not disabled.
fn pairs_of(items: &[Value], variables: &Variables<'_>) -> Result<Vec<(Text, Text)>, Refusal> {
    let mut pairs = Vec::new();
    for item in items.iter().filter(|item| !item.is_true("disabled")) {
        if let Some(key) = item.scalar_of("key") {
            let value = item.scalar_of("value").unwrap_or_default();
            pairs.push((expand(&key, variables)?, expand(&value, variables)?));
        }
    }
    Ok(pairs)
}

fn read_url(url: &Value, variables: &Variables<'_>) -> Result<Url, Refusal> {
    let raw = url.text().or_else(|| url.text_of("raw")).cloned().unwrap_or_default();
    let mut text = expand(&raw, variables)?;
    for item in url.items_of("variable") {
        let Some(key) = item.text_of("key") else { continue };
        let value = expand(&item.scalar_of("value").unwrap_or_default(), variables)?;
        text = set_path_variable(&text, key, &value);
    }
    let is_relative = !text.bytes().iter().any(u8::is_ascii_alphanumeric);
    if is_relative {
        text = join_url(url, variables)?;
    }
    let has_query = memchr::memchr(b'?', text.bytes()).is_some();
    let mut url_read = Url::split(&text, Scheme::Http, Unencoded::Encoded)?;
    if !has_query {
        url_read.add_query(&encode_pairs(&pairs_of(url.items_of("query"), variables)?));
    }
    Ok(url_read)
}

/// A URL that is given by its parts alone.
fn join_url(url: &Value, variables: &Variables<'_>) -> Result<Text, Refusal> {
    let mut text = Text::default();
    if let Some(protocol) = url.text_of("protocol") {
        text.append(protocol);
        text.push(b"://", protocol.span());
    }
    for (name, mark) in [("host", "."), ("path", "/")] {
        let parts = url.items_of(name).iter().filter_map(Value::text);
        for (number, part) in parts.enumerate() {
            if number > 0 || name == "path" {
                text.push(mark.as_bytes(), part.span());
            }
            text.append(&expand(part, variables)?);
        }
    }
    Ok(text)
}

/// Puts a value in the place of the path segment `:key`.
fn set_path_variable(url: &Text, key: &Text, value: &Text) -> Text {
    let segment = [b"/:", key.bytes()].concat();
    let ends =
        |at: usize| matches!(url.bytes().get(at + segment.len()), None | Some(b'/' | b'?' | b'#'));
    let found = memchr::memmem::find_iter(url.bytes(), &segment).find(|at| ends(*at));
    let Some(at) = found else { return url.clone() };
    let mut text = url.slice(0..at + 1);
    text.append(value);
    text.append_part(url, at + segment.len()..url.len());
    text
}
