//! The parts of a message, each with what it says.

use requote::content::form;
use requote::diagnostic::make_visible;
use requote::grammar::MediaType;
use requote::request::{Field, Request, TargetForm};
use serde::Serialize;

use crate::facts::Facts;
use crate::source::{Source, Sources};

/// A part of a message.
#[derive(Debug, Serialize)]
pub struct Part {
    /// What it is called: `Method`, or a field's name.
    name: String,
    /// As it is in the message; bytes that are no text are shown by their numbers.
    value: String,
    /// What it says; none where no table knows it.
    text: Option<String>,
    source: Option<Sources>,
    /// Of a query or a form: names and values, decoded.
    pairs: Vec<(String, String)>,
}

impl Part {
    fn new(name: &str, value: impl Into<String>) -> Self {
        let (name, value) = (name.to_owned(), value.into());
        Self { name, value, text: None, source: None, pairs: Vec::new() }
    }

    fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    fn with_source(mut self, source: &str) -> Self {
        self.source = Source::try_from(source.to_owned()).ok().map(Sources::from);
        self
    }
}

/// The request line and the fields of a request.
pub fn explain_request(request: &Request<'_>, facts: &Facts) -> Vec<Part> {
    let mut method = Part::new("Method", &*request.method).with_source("RFC 9110 §9.1");
    method.text = Some(match facts.method(&request.method) {
        Some(known) => known.means.clone(),
        None => {
            "A method that is in none of this site's tables: the server decides what it means, \
                 and answers 501 if it does not know it."
                .to_owned()
        }
    });
    if let Some(known) = facts.method(&request.method) {
        method.source = Some(known.source.clone());
    }
    let mut parts = vec![method, explain_target(request)];
    parts.push(
        Part::new("Version", request.version)
            .with_text("The version of the message's format. Over HTTP/2 and HTTP/3 the same request travels in another form.")
            .with_source("RFC 9112 §2.3"),
    );
    parts.extend(request.headers.iter().map(|field| explain_field(field, facts)));
    parts
}

fn explain_target(request: &Request<'_>) -> Part {
    let target = Part::new("Target", &*request.target);
    match request.target_form {
        TargetForm::Origin => {
            let mut part = target
                .with_text(
                    "The path and the query of the URL; with the scheme and Host it is the whole.",
                )
                .with_source("RFC 9112 §3.2.1");
            part.pairs = query_pairs(&request.target);
            part
        }
        TargetForm::Absolute => {
            let mut part = target
                .with_text("The whole URL, as a client sends it to a proxy.")
                .with_source("RFC 9112 §3.2.2");
            part.pairs = query_pairs(&request.target);
            part
        }
        TargetForm::Authority => target
            .with_text("The host and port that the tunnel leads to.")
            .with_source("RFC 9112 §3.2.3"),
        TargetForm::Asterisk => {
            target.with_text("The server as a whole.").with_source("RFC 9112 §3.2.4")
        }
    }
}

/// The pairs of the target's query.
fn query_pairs(target: &str) -> Vec<(String, String)> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    pairs_of(query.as_bytes())
}

/// The pairs of a form, decoded; none where it is not in the form of one.
pub fn pairs_of(form: &[u8]) -> Vec<(String, String)> {
    let pairs = form::parse(form).unwrap_or_default();
    let visible = |(name, value): form::Pair<'_>| {
        (make_visible(&name), make_visible(&value.unwrap_or_default()))
    };
    pairs.into_iter().map(visible).collect()
}

/// A field and what it says.
pub fn explain_field(field: &Field<'_>, facts: &Facts) -> Part {
    let mut part = Part::new(&field.name, show_text(&field.value));
    if let Some(fact) = facts.field(&field.name) {
        part.text = Some(fact.text.clone());
        part.source = Some(fact.source.clone());
    }
    part
}

/// A media type and what it is.
pub fn explain_media_type(value: &[u8], facts: &Facts) -> Option<Part> {
    let name = MediaType::essence_of(value).to_ascii_lowercase();
    let fact = facts.media_type(&name)?;
    let mut part = Part::new("Media type", name).with_text(fact.text.clone());
    part.source = Some(fact.source.clone());
    Some(part)
}

/// A text as it is, but for characters that cannot be seen.
fn show_text(bytes: &[u8]) -> String {
    make_visible(&String::from_utf8_lossy(bytes))
}
