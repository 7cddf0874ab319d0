//! `fetch(…)` calls: as developer tools copy them, and with literals as documentation has them
//! (<https://fetch.spec.whatwg.org/>). Nothing is evaluated.

mod call;
mod literal;
mod stringify;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::compose::{Parts, is_name};
use super::draft::Draft;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::{Unencoded, Url};
use super::value::{Kind, Value};
use super::{Found, Options, code};

use literal::Literals;

/// Reads the calls of a text.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut from = 0;
    while let Some(at) = find_call(bytes, from) {
        let mut literals = Literals { bytes, at: at + "fetch(".len(), options };
        let arguments = literals.read_arguments()?;
        let span = Span::new(at, literals.at);
        from = literals.at;
        let parts = read_call(&arguments, span);
        let title = parts.as_ref().map_or_else(|_| "fetch".to_owned(), Parts::title);
        let raw = parts.and_then(Parts::write);
        found.entries.push(Draft { name: None, title, span, raw });
    }
    if found.entries.is_empty() {
        let place = Span::new(0, bytes.len().min(1));
        let message = "there is no call of `fetch` in the text";
        let help = "give the call with its arguments";
        return Err(refuse(code::REQUEST_MISSING, message, place, "expected `fetch(…)`", help));
    }
    Ok(found)
}

/// The next `fetch(` that is a word of its own.
fn find_call(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find_iter(&bytes[from..], b"fetch(").map(|at| from + at).find(|at| {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(&byte))
    })
}

fn read_call(arguments: &[Value], span: Span) -> Result<Parts, Refusal> {
    let Some(url) = arguments.first().and_then(Value::text) else {
        let label = "expected a URL in quotes";
        let place = arguments.first().map_or(span, |value| value.span);
        return Err(refuse(
            code::INPUT_URL,
            "the call has no URL",
            place,
            label,
            "write the URL as a string",
        ));
    };
    let url = read_url(url)?;
    let init = arguments.get(1);
    let given = |name: &str| {
        let value = init.and_then(|init| init.get(name))?;
        (!matches!(value.kind, Kind::Undefined)).then_some(value)
    };
    let method = match given("method") {
        Some(value) => normalise_method(text_of(value)?),
        None => Text::new("GET", span),
    };
    let mut parts =
        Parts { method, url, fields: Vec::new(), body: None, place: span, diagnostics: Vec::new() };
    if let Some(headers) = given("headers") {
        read_headers(headers, &mut parts)?;
    }
    if let Some(body) = given("body").filter(|body| !matches!(body.kind, Kind::Null)) {
        add_body(body, &mut parts)?;
    }
    add_referrer(init, &mut parts);
    let includes =
        given("credentials").and_then(Value::text).filter(|text| text.bytes() == b"include");
    if let Some(includes) = includes.filter(|_| !parts.has("cookie")) {
        let message = "a browser adds its cookies, which are not in the text";
        parts
            .diagnostics
            .push(Diagnostic::note(code::COOKIES_NOT_SHOWN, message).with_span(includes.span()));
    }
    Ok(parts)
}

fn text_of(value: &Value) -> Result<Text, Refusal> {
    value.scalar().ok_or_else(|| refuse_value(value.span))
}

#[cold]
fn refuse_value(place: Span) -> Refusal {
    let help = "write the value as a string";
    refuse(code::NOT_LITERAL, "this is no text", place, "expected a string", help)
}

/// The URL as the URL standard writes it, which is what a browser sends.
fn read_url(text: &Text) -> Result<Url, Refusal> {
    let mut split = Url::split(text, Scheme::Https, Unencoded::Encoded)?;
    if let Ok(url) = url::Url::parse(text.valid().trim()) {
        let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
        let target = format!("{}{query}", url.path());
        if target.as_bytes() != split.target.bytes() {
            split.target = Text::new(target, text.span());
        }
        let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
        let authority = format!("{}{port}", url.host_str().unwrap_or_default());
        if authority.as_bytes() != split.authority.bytes() {
            split.authority = Text::new(authority, split.authority.span());
        }
    }
    Ok(split)
}

/// `fetch` writes six methods in upper case (Fetch, "normalize a method").
fn normalise_method(method: Text) -> Text {
    let upper = method.bytes().to_ascii_uppercase();
    let known: [&[u8]; 6] = [b"DELETE", b"GET", b"HEAD", b"OPTIONS", b"POST", b"PUT"];
    if known.contains(&&*upper) { Text::new(upper, method.span()) } else { method }
}

/// An object, or a list of pairs. The values of a name become one (Fetch, "get" of a header list).
fn read_headers(headers: &Value, parts: &mut Parts) -> Result<(), Refusal> {
    let mut places = HashMap::new();
    for (name, value) in read_pairs(headers)? {
        let value = byte_string(value.trim())?;
        match places.entry(name.bytes().to_ascii_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(parts.fields.len());
                parts.fields.push((name, value));
            }
            Entry::Occupied(place) => {
                let mark: &[u8] = if is_name(&name, "cookie") { b"; " } else { b", " };
                let (_, values) = &mut parts.fields[*place.get()];
                values.push(mark, value.span());
                values.append(&value);
            }
        }
    }
    Ok(())
}

fn read_pairs(headers: &Value) -> Result<Vec<(Text, Text)>, Refusal> {
    if let Kind::Object(members) = &headers.kind {
        let members = stringify::in_order(members).into_iter();
        return members.map(|(name, value)| Ok((name.clone(), text_of(value)?))).collect();
    }
    let read = |pair: &Value| match pair.items() {
        [name, value] => Ok((text_of(name)?, text_of(value)?)),
        _ => Err(refuse_value(pair.span)),
    };
    headers.items().iter().map(read).collect()
}

/// A field value has one byte for each character up to U+00FF; `fetch` refuses others (Web IDL,
/// `ByteString`).
fn byte_string(value: Text) -> Result<Text, Refusal> {
    if value.bytes().is_ascii() {
        return Ok(value);
    }
    let bytes: Result<Vec<u8>, _> = value.valid().chars().map(u8::try_from).collect();
    let Ok(bytes) = bytes else {
        let message = "`fetch` refuses a field value with characters beyond U+00FF";
        let help = "write the bytes of the value, each as a character, such as `\\xe2\\x82\\xac`";
        return Err(refuse(code::NOT_LITERAL, message, value.span(), "this value", help));
    };
    Ok(Text::new(bytes, value.span()))
}

fn add_body(body: &Value, parts: &mut Parts) -> Result<(), Refusal> {
    if matches!(parts.method.bytes(), b"GET" | b"HEAD") {
        let help = "name a method that has a body";
        let message = "`fetch` refuses a body with GET and HEAD";
        return Err(refuse(code::BODY_REFUSED, message, body.span, "expected no body", help));
    }
    let (text, kind) = match &body.kind {
        Kind::Form(pairs) => {
            (call::write_form(pairs, body.span), "application/x-www-form-urlencoded;charset=UTF-8")
        }
        _ => (text_of(body)?, "text/plain;charset=UTF-8"),
    };
    if !parts.has("content-type") {
        parts.imply("Content-Type", Text::new(kind, body.span));
    }
    parts.body = Some(text);
    Ok(())
}

/// The Referer that the policy leaves of the `referrer` (Referrer Policy §8.3).
fn add_referrer(init: Option<&Value>, parts: &mut Parts) {
    let Some(init) = init else { return };
    let text = |name: &str| init.text_of(name);
    let Some(referrer) =
        text("referrer").filter(|referrer| !parts.has("referer") && !referrer.is_empty())
    else {
        return;
    };
    let Ok(mut url) = url::Url::parse(referrer.valid()) else { return };
    // Only a URL that can have no user information refuses to be without one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let origin = url.origin().ascii_serialization();
    let is_same = origin
        == url::Url::parse(&format!("{}://{}", parts.url.scheme, parts.url.authority.lossy()))
            .map_or_else(|_| String::new(), |own| own.origin().ascii_serialization());
    let is_downgrade = url.scheme() == "https" && parts.url.scheme == Scheme::Http;
    let whole = url.as_str().split('#').next().unwrap_or_default().to_owned();
    let origin = format!("{origin}/");
    let policy = text("referrerPolicy").map(Text::valid).unwrap_or_default();
    let sent = match policy {
        "no-referrer" => None,
        "unsafe-url" => Some(whole),
        "origin" => Some(origin),
        "same-origin" => is_same.then_some(whole),
        "origin-when-cross-origin" => Some(if is_same { whole } else { origin }),
        "no-referrer-when-downgrade" => (!is_downgrade).then_some(whole),
        "strict-origin" => (!is_downgrade).then_some(origin),
        _ if is_same => Some(whole),
        _ => (!is_downgrade).then_some(origin),
    };
    if let Some(sent) = sent {
        parts.imply("Referer", Text::new(sent, referrer.span()));
    }
}
