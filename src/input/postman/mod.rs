//! Postman collections 2.0 and 2.1 (<https://schema.postman.com/collection/json/v2.1.0/docs/index.html>).

mod auth;
mod body;
mod url;

use std::cell::Cell;

use crate::diagnostic::{Diagnostic, Span};

use super::compose::Parts;
use super::draft::Draft;
use super::placeholder::{Variables, expand};
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::value::{Kind, Value};
use super::{Found, Options, code};

use body::KeepsBody;
use url::read_url;

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
    let own: Vec<(String, Text)> = own.collect();
    let variables = Variables { options, before: own.len(), own, kept: Cell::default() };
    let mut reading = Reading { variables: &variables, found: Found::default() };
    let auth = root.get("auth");
    reading.note_scripts(root);
    reading.take_items(root, "", Inherited { auth, keeps_body: keeps_body(root, KeepsBody::No) });
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

/// What folders say for the requests in them.
#[derive(Clone, Copy)]
struct Inherited<'v> {
    auth: Option<&'v Value>,
    keeps_body: KeepsBody,
}

/// What `protocolProfileBehavior` of a folder or request says of bodies, else what is inherited.
fn keeps_body(owner: &Value, inherited: KeepsBody) -> KeepsBody {
    let behavior = owner.get("protocolProfileBehavior");
    match behavior.and_then(|behavior| behavior.get("disableBodyPruning")).map(|value| &value.kind)
    {
        Some(Kind::Bool(true)) => KeepsBody::Yes,
        Some(Kind::Bool(false)) => KeepsBody::No,
        _ => inherited,
    }
}

struct Reading<'r> {
    variables: &'r Variables<'r>,
    found: Found,
}

impl Reading<'_> {
    fn take_items(&mut self, folder: &Value, path: &str, inherited: Inherited<'_>) {
        for item in folder.items_of("item") {
            let name = item.text_of("name").map(Text::lossy).unwrap_or_default();
            let path = if path.is_empty() { name } else { format!("{path}/{name}") };
            self.note_scripts(item);
            let inherited = Inherited {
                auth: item.get("auth").filter(|auth| is_given(auth)).or(inherited.auth),
                keeps_body: keeps_body(item, inherited.keeps_body),
            };
            if item.get("item").is_some() {
                self.take_items(item, &path, inherited);
            } else if let Some(request) = item.get("request") {
                let parts = read_request(request, inherited, self.variables);
                let title = parts.as_ref().map_or_else(|_| path.clone(), Parts::title);
                let kept = self.variables.take_warning();
                let raw = parts.and_then(Parts::write).map(|mut written| {
                    written.diagnostics.extend(kept);
                    written
                });
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
    inherited: Inherited<'_>,
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
        // Postman writes methods in upper case.
        Some(method) => {
            let method = expand(method, variables)?;
            Text::new(method.bytes().to_ascii_uppercase(), method.span())
        }
        None => Text::new("GET", place),
    };
    let mut parts =
        Parts { method, url, fields: Vec::new(), body: None, place, diagnostics: Vec::new() };
    for (name, value) in read_fields(request, variables)? {
        parts.fields.push((name.trim(), value.trim()));
    }
    body::add_body(request, &mut parts, inherited.keeps_body, variables)?;
    let auth = request.get("auth").filter(|auth| is_given(auth)).or(inherited.auth);
    if let Some(auth) = auth {
        auth::add_credentials(auth, &mut parts, variables)?;
    }
    if let Some(basic) = parts.url.basic().filter(|_| !parts.has("authorization")) {
        parts.imply("Authorization", basic);
    }
    Ok(parts)
}

/// The fields: a list, or lines of a text.
fn read_fields(request: &Value, variables: &Variables<'_>) -> Result<Vec<(Text, Text)>, Refusal> {
    let Some(text) = request.text_of("header") else {
        return pairs_of(request.items_of("header"), variables);
    };
    let lines = super::layer::lines(text.bytes());
    let pairs = lines.filter_map(|line| {
        let end = line.start + text.bytes()[line.clone()].trim_ascii_end().len();
        text.slice(line.start..end).split_once(b':')
    });
    pairs.map(|(name, value)| Ok((expand(&name, variables)?, expand(&value, variables)?))).collect()
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
