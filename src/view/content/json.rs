//! JSON (RFC 8259) as the language's own structures, or as text that is laid out for a reader.

use std::borrow::Cow;

use super::{Content, Kind};
use crate::content::json::{self, Json, JsonErrorKind, JsonStyle};
use crate::diagnostic::{Affect, Diagnostic};
use crate::language::{Client, JsonTop, NativeJson, PairSlot, TextTrait};
use crate::view::{BodyMode, Plan};

/// A JSON text of one line that is longer than this many characters is broken.
const WIDTH: usize = 70;

/// What may become of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) mode: BodyMode,
    /// The most bytes that stand in the code.
    pub(super) limit: usize,
}

/// An array or object within a pair that is longer than this many bytes is easier to read in a text.
const MAX_NESTED: usize = 60;

/// Whether the body is written as a structure or as text laid out anew; where it is not, its text or
/// bytes stay as they are.
pub(super) fn choose<'a>(
    text: &'a str,
    client: &Client,
    native: Option<&NativeJson>,
    Room { mode, limit }: Room,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    let keeps_meaning = matches!(mode, BodyMode::Auto | BodyMode::Native);
    let is_native = native.is_some_and(|native| {
        if keeps_meaning {
            write_natively(text, client, native, plan)
        } else {
            sends_the_bytes(text, client, native)
        }
    });
    if is_native {
        content.kind = Kind::Json;
        content.text = Cow::Borrowed(text);
        return true;
    }
    mode != BodyMode::Exact && lay_out(text, client, limit, content, plan)
}

/// Whether the client's own JSON sends just these bytes.
fn sends_the_bytes(text: &str, client: &Client, native: &NativeJson) -> bool {
    native.style.may_write(text)
        && json::parse(text).is_ok_and(|value| {
            takes(native, &value)
                && find_unwritable(&value, client).is_none()
                && json::writes(&value, &native.style, text)
        })
}

/// Whether the client's own JSON sends the value. What arrives otherwise, or why it cannot, goes into
/// the plan.
fn write_natively(
    text: &str,
    client: &Client,
    native: &NativeJson,
    plan: &mut Plan<'_, '_>,
) -> bool {
    let value = match json::parse(text) {
        Ok(value) => value,
        Err(error) if error.kind == JsonErrorKind::LoneSurrogate => {
            note_unheld(client, "half of a surrogate pair", plan);
            return false;
        }
        Err(_) => return false,
    };
    if !takes(native, &value) {
        return false;
    }
    if find_unwritable(&value, client).is_some() {
        note_unheld(client, "one of the strings", plan);
        return false;
    }
    match json::write(&value, &native.style) {
        Ok(written) => {
            if written != text {
                plan.diagnostics.push(reprinted(client, written, "the same value"));
            }
            true
        }
        Err(unheld) => {
            note_unheld(client, &shorten(&unheld.to_string()), plan);
            false
        }
    }
}

/// Whether the client's parameter takes such a value.
fn takes(native: &NativeJson, value: &Json<'_>) -> bool {
    let top = match value {
        Json::Object(_) => JsonTop::Object,
        Json::Array(_) => JsonTop::Array,
        Json::String(_) => JsonTop::String,
        Json::Number(_) => JsonTop::Number,
        Json::Bool(_) => JsonTop::Boolean,
        Json::Null => JsonTop::Null,
    };
    (native.only.is_empty() || native.only.contains(&top))
        && native.max_items.is_none_or(|most| count_items(value) <= most)
        && native.members.as_ref().is_none_or(|slot| are_pairs(value, slot))
}

/// Whether the value is an object of which each member can be a pair of its own.
fn are_pairs(value: &Json<'_>, slot: &PairSlot) -> bool {
    let Json::Object(members) = value else { return false };
    let is_taken = |(name, value): &(Cow<'_, str>, Json<'_>)| match value {
        Json::String(text) => slot.carries(name, text),
        other => json::write(other, &JsonStyle::of_one_line())
            .is_ok_and(|text| text.len() <= MAX_NESTED && slot.carries(name, &text)),
    };
    !members.is_empty() && members.iter().all(is_taken)
}

/// The items and members of all arrays and objects. The depth is bounded by [`json::parse`].
fn count_items(value: &Json<'_>) -> usize {
    match value {
        Json::Array(items) => items.iter().map(|item| 1 + count_items(item)).sum(),
        Json::Object(members) => members.iter().map(|(_, item)| 1 + count_items(item)).sum(),
        _ => 0,
    }
}

/// A string of the value that the language's literals cannot hold. The depth is bounded by
/// [`json::parse`].
fn find_unwritable<'v>(value: &'v Json<'_>, client: &Client) -> Option<&'v str> {
    let is_unwritable = |text: &str| client.attach.iter().any(|it| it.is_in(text));
    match value {
        Json::String(text) => Some(&**text).filter(|text| is_unwritable(text)),
        Json::Array(items) => items.iter().find_map(|item| find_unwritable(item, client)),
        Json::Object(members) => members.iter().find_map(|(name, item)| {
            let name = Some(&**name).filter(|name| is_unwritable(name));
            name.or_else(|| find_unwritable(item, client))
        }),
        _ => None,
    }
}

/// Whether the text has another layout than the one of the message.
fn lay_out<'a>(
    text: &'a str,
    client: &Client,
    limit: usize,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    let laid_out = if client.attach.contains(&TextTrait::LineFeed) {
        json::join_lines(text)
    } else {
        json::lay_out(text, WIDTH)
    };
    let Some(Cow::Owned(laid_out)) = laid_out.filter(|laid_out| laid_out != text) else {
        return false;
    };
    if laid_out.len() > limit || client.attach.iter().any(|it| it.is_in(&laid_out)) {
        return false;
    }
    plan.diagnostics.push(reprinted(client, laid_out.clone(), "the same tokens"));
    content.kind = Kind::Text;
    content.length = laid_out.len();
    content.text = Cow::Owned(laid_out);
    true
}

/// Says what arrives instead, and how to keep the bytes.
fn reprinted(client: &Client, sent: String, likeness: &str) -> Diagnostic {
    let message = format!("{} sends {} bytes of JSON with {likeness}", client.title, sent.len());
    Diagnostic::note("json-reprinted", message)
        .with_affect(Affect::Body)
        .with_arrives(sent)
        .with_help("use `--body exact` to keep the bytes")
}

/// Says why the value is written as text.
fn note_unheld(client: &Client, what: &str, plan: &mut Plan<'_, '_>) {
    let message = format!("{} cannot keep {what}, so the JSON is written as text", client.title);
    plan.diagnostics.push(Diagnostic::note("json-as-text", message));
}

/// At most 60 characters, so that a message stays a sentence.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…`", &text[..end]),
        None => text.to_owned(),
    }
}
