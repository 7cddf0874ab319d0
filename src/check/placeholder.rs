//! Variables of request files, shells and documents, which a raw message does not have: `{{name}}`, `$NAME`, `/:name`,
//! `{name}`, `<name>`.

use std::borrow::Cow;
use std::ops::Range;

use super::variable_form::{
    braces, colons, dollars, is_whole, marks, marks_in_json, marks_in_target,
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

/// Warns of each text in the target, in a field or, with braces, in the body that is likely a variable.
pub(super) fn check_placeholders(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Vec<&str> = Vec::new();
    let mut tell = |text, place| {
        if told.len() < MOST && !told.contains(&text) {
            told.push(text);
            found.push(warn(text, place));
        }
    };
    let target = &*request.target;
    let in_target = braces(target).chain(dollars(target)).chain(colons(target));
    for range in in_target.chain(marks_in_target(target)) {
        tell(&request.target[range.clone()], request.target_place(range));
    }
    for field in &request.headers {
        let Some(value) = field.text() else { continue };
        let in_value = braces(value).chain(dollars(value));
        for range in in_value.chain(marks(value).filter(|mark| is_meant(field, value, mark))) {
            let place = field.value_span.map(|span| {
                // A folded value is not in one piece.
                let is_whole = span.end - span.start == value.len();
                if is_whole { span.part(range.clone()) } else { span }
            });
            tell(&value[range], place);
        }
    }
    let body = &request.body;
    let start = &body.bytes[..body.bytes.len().min(MOST_BODY)];
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    let content_type = request.header("content-type");
    let is_json = content_type.is_some_and(|field| is_json(&MediaType::essence_of(&field.value)));
    let strings = is_json.then(|| marks_in_json(text)).into_iter().flatten();
    for range in braces(text).chain(strings) {
        let place = place_in_body(body, range.start);
        let whole = place.filter(|place| place.end > place.start);
        let place = whole.map(|at| Span::new(at.start, at.start + range.len())).or(place);
        tell(&text[range], place);
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
        _ => text.into(),
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
