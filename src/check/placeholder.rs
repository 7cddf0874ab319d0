//! Variables of request files, shells and documents, which a raw message does not have: `{{name}}`, `$NAME`, `/:name`,
//! `{name}`, `<name>`.

use std::borrow::Cow;
use std::ops::Range;

use super::variable_form::{
    add_braces, add_colons, add_dollars, add_marks, is_meant_in_json, is_meant_in_target, is_whole,
};
use super::{code, place_in_body};
use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::MediaType;
use crate::grammar::media_type::is_json;
use crate::grammar::percent;
use crate::grammar::secret::{CREDENTIAL_FIELDS, is_secret_field};
use crate::request::{Field, Request};

/// More than so many are not told: the reader has understood.
const MOST: usize = 5;

/// How far into a body placeholders are looked for, in bytes.
const MOST_BODY: usize = 64 << 10;

/// Warns of each text that is likely a variable: in the target, in a field, and in the body the forms that are no
/// ordinary text.
pub(super) fn check_placeholders<'t>(request: &'t Request<'_>, found: &'t mut Vec<Diagnostic>) {
    let mut told = Told { texts: Vec::new(), found };
    let mut places = Vec::new();
    let target = &*request.target;
    add_braces(target, &mut places);
    add_dollars(target, &mut places);
    add_colons(target, &mut places);
    add_marks(target, &|mark| is_meant_in_target(target, mark), &mut places);
    for range in places.drain(..) {
        told.tell(&target[range.clone()], request.target_place(range));
    }
    for field in &request.headers {
        let Some(value) = field.text() else { continue };
        add_braces(value, &mut places);
        add_dollars(value, &mut places);
        add_marks(value, &|mark| is_meant(field, value, mark), &mut places);
        for range in places.drain(..) {
            let place = field.value_span.map(|span| {
                // A folded value is not in one piece.
                let is_whole = span.end - span.start == value.len();
                if is_whole { span.part(range.clone()) } else { span }
            });
            told.tell(&value[range], place);
        }
    }
    let body = &request.body;
    let start = &body.bytes[..body.bytes.len().min(MOST_BODY)];
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    let content_type = request.header("content-type");
    add_braces(text, &mut places);
    if content_type.is_some_and(|field| is_json(&MediaType::essence_of(&field.value))) {
        add_marks(text, &|mark| is_meant_in_json(text, mark), &mut places);
    }
    for range in places {
        let place = place_in_body(body, range.start);
        let whole = place.filter(|place| place.end > place.start);
        let place = whole.map(|at| Span::new(at.start, at.start + range.len())).or(place);
        told.tell(&text[range], place);
    }
}

/// What was told already.
struct Told<'t> {
    texts: Vec<&'t str>,
    found: &'t mut Vec<Diagnostic>,
}

impl<'t> Told<'t> {
    fn tell(&mut self, text: &'t str, place: Option<Span>) {
        if self.texts.len() < MOST && !self.texts.contains(&text) {
            self.texts.push(text);
            self.found.push(warn(text, place));
        }
    }
}

/// Whether a mark in the value of a field is a variable: in credentials, or as the whole value. Other fields have
/// angle brackets of their own (RFC 8288, RFC 2392, RFC 5322).
fn is_meant(field: &Field<'_>, value: &str, mark: &Range<usize>) -> bool {
    let is_one_of = |names: &[&str]| names.iter().any(|name| field.is(name));
    is_one_of(&CREDENTIAL_FIELDS)
        || is_secret_field(&field.name)
        || is_whole(value, mark) && !is_one_of(&["content-id", "from", "link", "message-id"])
}

/// The name of a variable in code: `{teamId}` → `TEAM_ID`.
fn name_of(text: &str) -> String {
    let inner = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "VALUE".to_owned();
    }
    let mut name = String::new();
    for c in inner.chars() {
        let is_hump = c.is_ascii_uppercase() && name.ends_with(|c: char| c.is_ascii_lowercase());
        if is_hump || !c.is_ascii_alphanumeric() && !name.ends_with('_') {
            name.push('_');
        }
        if c.is_ascii_alphanumeric() {
            name.push(c);
        }
    }
    name.to_ascii_uppercase()
}

fn warn(text: &str, place: Option<Span>) -> Diagnostic {
    let plain = plain(text);
    let sent =
        if plain == text { "as it is written".to_owned() } else { format!("as `{}`", show(text)) };
    let message = format!("`{}` is sent {sent}; it looks like a variable", show(&*plain));
    Diagnostic::warning(code::PLACEHOLDER, message).with_span(place).with_help(format!(
        "write its value, or have the code set it: `-O 'var={}:{}'`",
        name_of(&plain),
        show(text)
    ))
}

/// A text without percent-encoding.
fn plain(text: &str) -> Cow<'_, str> {
    match String::from_utf8(percent::decode(text.as_bytes())) {
        Ok(plain) => plain.into(),
        Err(_) => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_variable_gets_a_name_of_code() {
        for (text, name) in [
            ("{{ a.b-c }}", "A_B_C"),
            (":id", "ID"),
            ("{teamId}", "TEAM_ID"),
            ("{id | userName}", "ID_USER_NAME"),
            ("<your key>", "YOUR_KEY"),
            ("{?page}", "PAGE"),
            ("${API_KEY}", "API_KEY"),
            ("{_1}", "VALUE"),
        ] {
            assert_eq!(name_of(text), name, "{text}");
        }
    }
}
