//! A message as its page shows it.

use std::fmt::Write as _;

use requote::diagnostic::make_visible;
use requote::grammar::MediaType;
use requote::request::{Field, Message, Request, Response};
use serde::Serialize;

use crate::explain::{Part, explain_field, explain_media_type, explain_request, pairs_of};
use crate::facts::{Facts, StatusFact};
use crate::page::Writer;

/// So many bytes of a body are shown; the file has them all.
const MAX_SHOWN: usize = 8 * 1024;

/// A request as its pages show it.
#[derive(Debug, Serialize)]
pub struct RequestView {
    /// The method.
    pub method: String,
    /// The whole URL; the target where it is none.
    pub url: String,
    /// The URL without the scheme.
    pub place: String,
    /// The message as a block of code.
    block: String,
    /// The same as text.
    text: String,
    parts: Vec<Part>,
    body: BodyView,
    /// The name of the file with the message's bytes.
    file: &'static str,
}

/// A response as the pages of its request show it.
#[derive(Debug, Serialize)]
pub struct ResponseView {
    status: u16,
    reason: String,
    fact: Option<StatusFact>,
    block: String,
    parts: Vec<Part>,
    body: BodyView,
}

/// What is to be said of a body.
#[derive(Debug, Serialize)]
struct BodyView {
    /// Its length in bytes.
    length: usize,
    /// How much of it is shown; 0 where it is no text.
    shown: usize,
    media_type: Option<Part>,
    /// Of a form: names and values.
    pairs: Vec<(String, String)>,
}

/// What becomes of the request of a message.
pub fn view_request(message: &Message<'_>, facts: &Facts, writer: &Writer<'_>) -> RequestView {
    let request = &message.request;
    let start = format!("{} {} {}", request.method, request.target, request.version);
    let (text, body) = write_message(&start, &request.headers, &request.body.bytes, facts);
    let place = place_of(request);
    RequestView {
        method: request.method.to_string(),
        url: if request.target_form == requote::request::TargetForm::Origin {
            format!("{}://{place}", request.scheme)
        } else {
            request.target.to_string()
        },
        place,
        block: writer.block(&text, "http"),
        text,
        parts: explain_request(request, facts),
        body,
        file: "request.http",
    }
}

/// Host, path and query.
fn place_of(request: &Request<'_>) -> String {
    match request.url_parts() {
        Some(url) => format!("{}{}", url.authority, url.rest),
        None if request.target.starts_with('/') => {
            format!("{}{}", request.authority(), request.target)
        }
        None => request.target.to_string(),
    }
}

/// What becomes of a response.
pub fn view_response(response: &Response<'_>, facts: &Facts, writer: &Writer<'_>) -> ResponseView {
    let fact = facts.status(response.status);
    let reason = String::from_utf8_lossy(&response.reason).into_owned();
    let start = format!("{} {} {reason}", response.version, response.status);
    let (text, body) = write_message(start.trim_end(), &response.headers, &response.body, facts);
    ResponseView {
        status: response.status,
        reason: if reason.is_empty() {
            fact.map(|fact| fact.reason.clone()).unwrap_or_default()
        } else {
            make_visible(&reason)
        },
        fact: fact.cloned(),
        block: writer.block(&text, "http"),
        parts: response.headers.iter().map(|field| explain_field(field, facts)).collect(),
        body,
    }
}

/// The message as a text, and what is to be said of its body.
fn write_message(
    start: &str,
    fields: &[Field<'_>],
    bytes: &[u8],
    facts: &Facts,
) -> (String, BodyView) {
    let mut text = format!("{}\n", make_visible(start));
    for field in fields {
        let value = String::from_utf8_lossy(&field.value);
        // A string takes all that is written.
        let _ = writeln!(text, "{}: {}", field.name, make_visible(&value));
    }
    let media_type = fields.iter().find(|field| field.is("content-type"));
    let is_form = media_type.is_some_and(|field| {
        MediaType::essence_of(&field.value)
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    let shown = shown_part(bytes);
    if !bytes.is_empty() {
        text.push('\n');
        match shown {
            Some(part) => {
                text.extend(part.split_inclusive('\n').map(show_line));
                if part.len() < bytes.len() {
                    text.push('…');
                }
                if !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            None => {
                let _ = writeln!(text, "({} bytes that are no text)", bytes.len());
            }
        }
    }
    let body = BodyView {
        length: bytes.len(),
        shown: shown.map_or(0, str::len),
        media_type: media_type.and_then(|field| explain_media_type(&field.value, facts)),
        pairs: if is_form { pairs_of(bytes) } else { Vec::new() },
    };
    (text, body)
}

/// A line without its end's carriage return, and without what cannot be seen.
fn show_line(line: &str) -> String {
    let content = line.strip_suffix('\n').unwrap_or(line);
    let content = content.strip_suffix('\r').unwrap_or(content);
    let mut shown = String::new();
    for (number, part) in content.split('\t').enumerate() {
        if number > 0 {
            shown.push('\t');
        }
        shown.push_str(&make_visible(part));
    }
    if line.ends_with('\n') {
        shown.push('\n');
    }
    shown
}

/// The beginning of a body that is text.
fn shown_part(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    if text.contains('\0') {
        return None;
    }
    let mut end = text.len().min(MAX_SHOWN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(&text[..end])
}
