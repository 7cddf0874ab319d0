//! Credentials of a collection.

use crate::diagnostic::Diagnostic;
use crate::grammar::base64;

use super::super::code;
use super::super::compose::{Parts, is_name};
use super::super::placeholder::{Variables, expand};
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::url::encode_pairs;
use super::super::value::Value;

/// Adds what an `auth` says, as far as it is part of one message.
pub(super) fn add_credentials(
    auth: &Value,
    parts: &mut Parts,
    variables: &Variables<'_>,
) -> Result<(), Refusal> {
    let Some(kind) = auth.text_of("type") else { return Ok(()) };
    let value = |key: &str| read_value(auth, kind.valid(), key, variables);
    match kind.bytes() {
        b"noauth" => {}
        b"basic" => {
            let pair = [value("username")?.bytes(), b":", value("password")?.bytes()].concat();
            set(
                parts,
                "Authorization",
                Text::new(format!("Basic {}", base64::encode(&pair)), kind.span()),
            );
        }
        b"bearer" => {
            let mut text = Text::new("Bearer ", kind.span());
            text.append(&value("token")?);
            set(parts, "Authorization", text);
        }
        b"apikey" => {
            let (name, secret) = (value("key")?, value("value")?);
            if value("in")?.bytes() == b"query" {
                parts.url.add_query(&encode_pairs(&[(name, secret)]));
            } else {
                parts.fields.retain(|(known, _)| !is_name(known, name.valid()));
                parts.fields.push((name, secret));
            }
        }
        _ => {
            let message = format!(
                "`{}` credentials are made for each request and are left out",
                kind.lossy()
            );
            parts.diagnostics.push(
                Diagnostic::warning(code::AUTHENTICATION_FLOW, message).with_span(kind.span()),
            );
        }
    }
    Ok(())
}

/// Credentials take the place of a field that is given.
fn set(parts: &mut Parts, name: &str, value: Text) {
    parts.fields.retain(|(known, _)| !is_name(known, name));
    parts.imply(name, value);
}

/// A value of an `auth`: a list of keys and values, or an object in version 2.0.
fn read_value(
    auth: &Value,
    kind: &str,
    key: &str,
    variables: &Variables<'_>,
) -> Result<Text, Refusal> {
    let Some(values) = auth.get(kind) else { return Ok(Text::default()) };
    let is_it =
        |item: &&Value| item.text_of("key").is_some_and(|known| known.bytes() == key.as_bytes());
    let listed = values.items().iter().find(is_it).and_then(|item| item.scalar_of("value"));
    expand(&listed.or_else(|| values.scalar_of(key)).unwrap_or_default(), variables)
}
