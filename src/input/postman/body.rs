//! Bodies of a collection.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Span};

use super::super::code;
use super::super::compose::Parts;
use super::super::multipart::{self, Part};
use super::super::placeholder::{Variables, expand};
use super::super::reference;
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::url::encode_pairs;
use super::super::value::{Value, write_json_string};
use super::pairs_of;

/// The types that Postman sends for files, by the end of their names; others are `UNKNOWN_TYPE`.
const FILE_TYPES: &str = include_str!("types.txt");
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// The methods with which Postman sends no body unless it is asked to (postman-runtime,
/// `lib/requester/core.js`).
const WITHOUT_BODY: [&[u8]; 5] = [b"GET", b"HEAD", b"COPY", b"PURGE", b"UNLOCK"];

/// Whether a body is sent with the methods that usually have none (`disableBodyPruning`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeepsBody {
    Yes,
    No,
}

/// The languages of raw bodies, and the types that Postman sends for them.
const RAW_TYPES: &str =
    "json application/json\nxml application/xml\nhtml text/html\njavascript application/javascript";

/// Adds the body of a request, and the Content-Type that Postman adds.
pub(super) fn add_body(
    request: &Value,
    parts: &mut Parts,
    keeps_body: KeepsBody,
    variables: &Variables<'_>,
) -> Result<(), Refusal> {
    let Some(body) = request.get("body").filter(|body| !body.is_true("disabled")) else {
        return Ok(());
    };
    if keeps_body == KeepsBody::No && WITHOUT_BODY.contains(&parts.method.bytes()) {
        let message = "Postman sends no body with this method";
        parts.diagnostics.push(
            Diagnostic::note(code::BODY_NOT_SENT, message)
                .with_span(start_of(body))
                .with_help("`disableBodyPruning` of a request makes Postman send it"),
        );
        return Ok(());
    }
    let Some(mode) = body.text_of("mode") else { return Ok(()) };
    let place = mode.span();
    match mode.bytes() {
        b"raw" => {
            let Some(raw) = body.text_of("raw").filter(|raw| !raw.is_empty()) else {
                return Ok(());
            };
            imply_type(parts, Text::new(type_of_raw(body), place));
            parts.body = Some(expand(raw, variables)?);
        }
        b"urlencoded" => {
            let pairs = group(pairs_of(body.items_of("urlencoded"), variables)?);
            if pairs.is_empty() {
                return Ok(());
            }
            imply_type(parts, Text::new("application/x-www-form-urlencoded", place));
            parts.body = Some(encode_pairs(&pairs));
        }
        b"formdata" => {
            let fields =
                body.items_of("formdata").iter().filter(|field| !field.is_true("disabled"));
            let mut read = Vec::new();
            for field in fields {
                read.append(&mut read_parts(field, variables)?);
            }
            if read.is_empty() {
                return Ok(());
            }
            let (text, boundary) = multipart::write(&read, place);
            parts.fields.retain(|(name, _)| !name.bytes().eq_ignore_ascii_case(b"content-type"));
            parts.imply(
                "Content-Type",
                Text::new(format!("multipart/form-data; boundary={boundary}"), place),
            );
            parts.body = Some(text);
        }
        b"file" => {
            if let Some(name) = body.get("file").and_then(|file| file.text_of("src")) {
                parts.body = Some(reference::file(variables.options, name, name.span())?);
                imply_type(parts, type_of_file(name));
            }
        }
        b"graphql" => {
            imply_type(parts, Text::new("application/json", place));
            parts.body = Some(write_graphql(body, variables)?);
        }
        _ => {}
    }
    Ok(())
}

/// Pairs of the same name stand together, at the place of the first.
fn group(pairs: Vec<(Text, Text)>) -> Vec<(Text, Text)> {
    let mut places = HashMap::new();
    let mut grouped: Vec<Vec<(Text, Text)>> = Vec::new();
    for pair in pairs {
        let next = places.len();
        let place = *places.entry(pair.0.bytes().to_vec()).or_insert(next);
        grouped.resize_with(places.len(), Vec::new);
        grouped[place].push(pair);
    }
    grouped.into_iter().flatten().collect()
}

fn type_of_file(name: &Text) -> Text {
    let lower = name.lossy().to_ascii_lowercase();
    let known = FILE_TYPES.lines().filter_map(|line| line.split_once(' '));
    let mut known =
        known.filter(|(end, _)| lower.rsplit_once('.').is_some_and(|(_, own)| own == *end));
    Text::new(known.next().map_or(UNKNOWN_TYPE, |(_, kind)| kind), name.span())
}

fn start_of(value: &Value) -> Span {
    Span::new(value.span.start, value.span.start + 1)
}

fn imply_type(parts: &mut Parts, value: Text) {
    if !parts.has("content-type") {
        parts.imply("Content-Type", value);
    }
}

/// The type of a raw body, by the language that is set for it.
fn type_of_raw(body: &Value) -> &'static str {
    let raw = body.get("options").and_then(|options| options.get("raw"));
    let language = raw.and_then(|raw| raw.text_of("language")).map(Text::valid);
    let language = language.unwrap_or_default();
    let known = RAW_TYPES.lines().filter_map(|line| line.split_once(' '));
    known.into_iter().find(|(name, _)| *name == language).map_or("text/plain", |(_, kind)| kind)
}

/// The parts of a field of a form: one, or one for each of its files.
fn read_parts(field: &Value, variables: &Variables<'_>) -> Result<Vec<Part>, Refusal> {
    let name = expand(&field.scalar_of("key").unwrap_or_default(), variables)?;
    let kind = field.text_of("contentType").filter(|kind| !kind.is_empty());
    let is_file = field.text_of("type").is_some_and(|kind| kind.bytes() == b"file");
    if !is_file {
        let value = expand(&field.scalar_of("value").unwrap_or_default(), variables)?;
        return Ok(vec![multipart::write_part(&name, None, kind, value)]);
    }
    let one = field.text_of("src").into_iter();
    let files = one.chain(field.items_of("src").iter().filter_map(Value::text));
    files
        .map(|file| {
            let content = reference::file(variables.options, file, file.span())?;
            let from = memchr::memrchr2(b'/', b'\\', file.bytes()).map_or(0, |at| at + 1);
            let base = file.slice(from..file.len());
            let kind = kind.cloned().unwrap_or_else(|| type_of_file(&base));
            Ok(multipart::write_part(&name, Some(&base), Some(&kind), content))
        })
        .collect()
}

/// `{"query": …, "variables": …}`, as GraphQL over HTTP has it.
fn write_graphql(body: &Value, variables: &Variables<'_>) -> Result<Text, Refusal> {
    let Some(graphql) = body.get("graphql") else { return Ok(Text::default()) };
    let query = expand(&graphql.scalar_of("query").unwrap_or_default(), variables)?;
    let given = expand(&graphql.scalar_of("variables").unwrap_or_default(), variables)?;
    let mut text = Text::new("{\"query\":", query.span());
    write_json_string(&mut text, &query);
    if !given.is_empty() {
        text.push(b",\"variables\":", query.span());
        text.append(&given);
    }
    text.push(b"}", query.span());
    Ok(text)
}
