//! Bodies of a collection.

use super::super::compose::Parts;
use super::super::multipart::{self, Part};
use super::super::placeholder::{Variables, expand};
use super::super::reference;
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::url::encode_pairs;
use super::super::value::{Value, write_json_string};
use super::pairs_of;

/// The languages of raw bodies, and the types that Postman sends for them.
const RAW_TYPES: &str =
    "json application/json\nxml application/xml\nhtml text/html\njavascript application/javascript";

/// Adds the body of a request, and the Content-Type that Postman adds.
pub(super) fn add_body(
    request: &Value,
    parts: &mut Parts,
    variables: &Variables<'_>,
) -> Result<(), Refusal> {
    let Some(body) = request.get("body").filter(|body| !body.is_true("disabled")) else {
        return Ok(());
    };
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
            let pairs = pairs_of(body.items_of("urlencoded"), variables)?;
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
            Ok(multipart::write_part(&name, Some(&base), kind, content))
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
    text.push(b",\"variables\":", query.span());
    if given.bytes().trim_ascii().is_empty() {
        text.push(b"{}", query.span());
    } else {
        text.append(&given);
    }
    text.push(b"}", query.span());
    Ok(text)
}
