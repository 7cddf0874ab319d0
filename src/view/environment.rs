//! Texts of a message that the code reads from the environment instead of holding them.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use super::options::{Options, Secrets};
use super::{Content, Kind, View, masking, variable};
use crate::content::auth::{self, Credentials};
use crate::content::{form, json};
use crate::grammar::secret::{is_secret_field, is_secret_parameter};
use crate::language::Client;
use crate::literal::environment::{CLOSE, OPEN, mark};
use crate::literal::mark_variable;
use crate::order::{self, sort_by_number};
use crate::request::{Field, Request};

/// A value of fewer bytes is looked for only where it comes from: a `1` is found everywhere.
pub(super) const MIN_ANYWHERE: usize = 6;

/// A text of the message that the code reads from the environment.
///
/// As data it has `name` and `source`, and no value.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Variable {
    /// Capital letters, digits and `_`.
    pub name: String,
    /// Where the text comes from: `header:authorization`, `target`, or `text` where the caller named
    /// it.
    pub source: String,
    /// The text.
    #[serde(skip)]
    pub value: String,
    /// The name as the caller gave it, where that is in another letter case.
    #[serde(skip)]
    pub(crate) words: String,
}

/// A variable of the code that holds one of the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Its name.
    pub name: String,
    /// The name of that of the environment.
    pub variable: String,
}

/// The variables of the code that hold those of the environment, as the client's language names them.
pub(super) fn bind(environment: &[Variable], client: &Client) -> Vec<Bound> {
    let Some(style) = client.binds_environment else { return Vec::new() };
    let bound = |it: &Variable| Bound { name: style.write(&it.name), variable: it.name.clone() };
    environment.iter().map(bound).collect()
}

/// The value is not shown.
impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, source, .. } = self;
        f.debug_struct("Variable")
            .field("name", name)
            .field("source", source)
            .finish_non_exhaustive()
    }
}

impl Variable {
    fn is_looked_for_in(&self, part: &str) -> bool {
        match self.source.as_str() {
            // It is only what a URL begins with.
            "base-url" => false,
            "text" | "var" => true,
            source => self.value.len() >= MIN_ANYWHERE || source == part,
        }
    }

    /// Whether the code sets it itself.
    pub(super) fn is_of_code(&self) -> bool {
        matches!(self.source.as_str(), "base-url" | "var")
    }

    /// What is in its place in a text.
    fn mark(&self) -> String {
        if self.is_of_code() { mark_variable(&self.name) } else { mark(&self.name) }
    }
}

/// The texts of `request` that are to be variables.
pub(super) fn find(request: &Request<'_>, has_pairs: bool, options: &Options) -> Vec<Variable> {
    let mut found = Found::default();
    for (name, text) in &options.variables {
        if is_in(request, text) {
            found.add(name.clone(), "text", text);
        }
    }
    if options.secrets == Secrets::Env {
        for field in request.headers.iter().chain(&request.trailers) {
            find_in_field(field, &mut found);
        }
        find_in_query(&request.target, has_pairs, &mut found);
    }
    let mut variables = found.0;
    longest_first(&mut variables);
    variables
}

/// Sorts variables as they are looked for: of two that begin at one place, the longer one is meant.
pub(super) fn longest_first(variables: &mut [Variable]) {
    sort_by_number(variables, |variable| order::longest_first(variable.value.len()));
}

/// Whether the request holds this text, as a snippet may write it.
pub(super) fn is_in(request: &Request<'_>, text: &str) -> bool {
    let holds = |bytes: &[u8]| memchr::memmem::find(bytes, text.as_bytes()).is_some();
    let host = request.header("host").map_or(&[][..], |field| &field.value);
    let http = [b"http://", host, request.target.as_bytes()].concat();
    let https = [b"https://", host, request.target.as_bytes()].concat();
    holds(&http)
        || holds(&https)
        || holds(&request.body.bytes)
        || request.headers.iter().any(|field| holds(&field.value))
}

#[derive(Default)]
struct Found(Vec<Variable>);

impl Found {
    /// One variable for each value, one value for each name.
    fn add(&mut self, name: String, source: &str, value: &str) {
        if value.is_empty() || self.0.iter().any(|known| known.value == value) {
            return;
        }
        let is_taken = |name: &str| self.0.iter().any(|known| known.name == name);
        let name = (2..=self.0.len() + 2)
            .map(|number| format!("{name}_{number}"))
            .find(|other| !is_taken(other))
            .filter(|_| is_taken(&name))
            .unwrap_or(name);
        self.0.push(Variable {
            words: name.clone(),
            name,
            source: source.to_owned(),
            value: value.to_owned(),
        });
    }
}

fn find_in_field(field: &Field<'_>, found: &mut Found) {
    let Some(value) = field.text() else { return };
    let name = field.name.to_ascii_lowercase();
    let source = format!("header:{name}");
    match name.as_str() {
        "authorization" | "proxy-authorization" => {
            let prefix = if name.starts_with("proxy") { "PROXY_" } else { "" };
            let (scheme, rest) = value.split_once(' ').unwrap_or(("", value));
            let own = match auth::parse(&field.value) {
                Some(Credentials::Basic { password, .. }) => {
                    found.add(format!("{prefix}BASIC_PASSWORD"), &source, &password);
                    "BASIC_CREDENTIALS"
                }
                _ if scheme.eq_ignore_ascii_case("basic") => "BASIC_CREDENTIALS",
                _ if scheme.eq_ignore_ascii_case("bearer") => "API_TOKEN",
                _ => "AUTHORIZATION",
            };
            found.add(format!("{prefix}{own}"), &source, rest);
        }
        "cookie" => {
            for pair in value.split(';') {
                match pair.trim().split_once('=') {
                    Some((name, value)) => {
                        found.add(format!("COOKIE_{}", variable_name(name)), &source, value);
                    }
                    None => found.add("COOKIE".to_owned(), &source, pair.trim()),
                }
            }
        }
        _ if is_secret_field(&name) => {
            found.add(variable_name(name.strip_prefix("x-").unwrap_or(&name)), &source, value);
        }
        _ => {}
    }
}

/// The value is as it is in the URL, or what it means where the pairs are written.
fn find_in_query(target: &str, has_pairs: bool, found: &mut Found) {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    for pair in query.split('&') {
        let parsed = form::parse(pair.as_bytes()).unwrap_or_default();
        let (raw_name, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = match parsed.as_slice() {
            [(name, Some(value))] => (&**name, if has_pairs { &**value } else { raw }),
            _ => (raw_name, raw),
        };
        if is_secret_parameter(name) {
            found.add(variable_name(name), "target", value);
        }
    }
}

/// `access-token` becomes `ACCESS_TOKEN`.
fn variable_name(name: &str) -> String {
    let mut variable: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    if !variable.starts_with(|c: char| c.is_ascii_uppercase()) {
        variable.insert_str(0, "SECRET_");
    }
    variable
}

/// Whether a text holds one of the characters that mark variables.
pub(super) fn holds_marks(source: &[u8]) -> bool {
    [OPEN, CLOSE].iter().any(|mark| {
        memchr::memmem::find(source, mark.encode_utf8(&mut [0; 4]).as_bytes()).is_some()
    })
}

/// `text` with `write(name)` in place of each value that is looked for in this part of the request.
pub(super) fn replace<'t>(
    text: &'t str,
    part: &str,
    variables: &[Variable],
    write: impl Fn(&Variable) -> String,
) -> Cow<'t, str> {
    let mut out = String::new();
    let mut rest = text;
    loop {
        // They are sorted: the first of those at one place is the longest.
        let first = variables
            .iter()
            .filter(|it| it.is_looked_for_in(part))
            .filter_map(|it| rest.find(&it.value).map(|at| (at, it)))
            .min_by_key(|(at, _)| *at);
        let Some((at, variable)) = first else { break };
        out.push_str(&rest[..at]);
        out.push_str(&write(variable));
        rest = &rest[at + variable.value.len()..];
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Puts marks into the texts of the view, and `$NAME` into what is told of them.
pub(super) fn hide(view: &mut View<'_, '_>, variables: &[Variable], options: &Options) {
    let marked = |text: &mut String, part: &str| {
        if let Cow::Owned(new) = replace(text, part, variables, Variable::mark) {
            *text = new;
        }
    };
    let marked_cow = |text: &mut Cow<'_, str>, part: &str| {
        if let Cow::Owned(new) = replace(text, part, variables, Variable::mark) {
            *text = Cow::Owned(new);
        }
    };
    let (base, rest) = variable::split_base(&view.url, variables);
    view.url = base + &replace(rest, "target", variables, Variable::mark);
    marked_cow(&mut view.target, "target");
    marked_cow(&mut view.path_and_query, "target");
    for pair in &mut view.query {
        if let Some(value) = &mut pair.value {
            marked_cow(value, "target");
        }
        marked_cow(&mut pair.text, "target");
    }
    for header in view.headers.iter_mut().chain(&mut view.taken) {
        let part = format!("header:{}", header.name.to_ascii_lowercase());
        marked_cow(&mut header.value, &part);
        if let Some(basic) = &mut header.basic {
            marked(&mut basic.user, "text");
            marked(&mut basic.password, &part);
        }
    }
    if let Some(basic) = &mut view.basic {
        marked(&mut basic.user, "text");
        marked(&mut basic.password, "header:authorization");
    }
    if let Some(bearer) = &mut view.bearer {
        marked_cow(bearer, "header:authorization");
    }
    for (_, value) in &mut view.cookies {
        marked_cow(value, "header:cookie");
    }
    hide_in_content(&mut view.content, variables);
    masking::mask(&mut view.diagnostics, variables, options.tells_values);
}

fn hide_in_content(content: &mut Content<'_>, variables: &[Variable]) {
    let is_json = content.kind == Kind::Json;
    // The client escapes what a variable has; other texts are escapes, or parts of more than one string.
    let is_within =
        |it: &&Variable| !is_json || !it.value.contains(|c: char| c < ' ' || "\"\\".contains(c));
    let within: Vec<Variable> = variables.iter().filter(is_within).cloned().collect();
    if let Cow::Owned(new) = replace(&content.text, "body", &within, Variable::mark)
        && (!is_json || are_values(&new))
    {
        content.text = Cow::Owned(new);
        content.has_marks = true;
    }
    for pair in &mut content.pairs {
        if let Some(Cow::Owned(new)) =
            pair.value.as_ref().map(|value| replace(value, "body", variables, Variable::mark))
        {
            pair.value = Some(Cow::Owned(new));
        }
        if let Cow::Owned(new) = replace(&pair.text, "body", variables, Variable::mark) {
            pair.text = Cow::Owned(new);
        }
    }
    for part in &mut content.parts {
        if let Cow::Owned(new) = replace(&part.text, "body", variables, Variable::mark) {
            part.text = Cow::Owned(new);
            part.has_marks = true;
            // A variable may have what the client's shortest way would read.
            part.is_plain = false;
        }
    }
}

/// Whether the text is JSON of which marks are within string values, and nowhere else.
fn are_values(text: &str) -> bool {
    fn has_plain_names(value: &json::Json<'_>) -> bool {
        match value {
            json::Json::Array(items) => items.iter().all(has_plain_names),
            json::Json::Object(members) => {
                members.iter().all(|(name, item)| !name.contains(OPEN) && has_plain_names(item))
            }
            _ => true,
        }
    }
    json::parse(text).is_ok_and(|value| has_plain_names(&value))
}
