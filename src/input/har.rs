//! HAR 1.2 (<http://www.softwareishard.com/blog/har-12-spec/>): captures of browsers and proxies, and
//! request objects by themselves, as generators of documentation have them.

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::{Scheme, base64};

use super::compose::{Parts, is_name};
use super::draft::Draft;
use super::multipart::{self, Part};
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::{Unencoded, Url, encode_pairs};
use super::value::Value;
use super::{Found, Options, code, reference};

/// Whether a JSON text is a capture, an entry of one, or a request object.
pub(super) fn is_har(value: &Value) -> bool {
    let is_request = |value: &Value| value.get("url").is_some_and(|url| url.text().is_some());
    value.get("log").is_some_and(|log| log.get("entries").is_some())
        || value.get("request").is_some_and(is_request)
        || is_request(value)
        || value.items().first().is_some_and(is_har)
}

/// Reads the requests of a capture, or request objects.
pub(super) fn read(root: &Value, options: &Options) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut skipped = None;
    if let Some(log) = root.get("log") {
        for entry in log.items_of("entries") {
            take(entry, Source::Capture, options, &mut found, &mut skipped);
        }
        found.diagnostics.extend(note_sanitized(log, &found));
    } else {
        let items = if root.items().is_empty() { std::slice::from_ref(root) } else { root.items() };
        for item in items {
            take(item, Source::Object, options, &mut found, &mut skipped);
        }
    }
    if let Some(place) = skipped {
        let message = "entries of other protocols than HTTP are not read";
        found.diagnostics.push(Diagnostic::note(code::ENTRY_NOT_READ, message).with_span(place));
    }
    if found.entries.is_empty() {
        return Err(refuse_none(root.span));
    }
    Ok(found)
}

#[cold]
fn refuse_none(place: Span) -> Refusal {
    refuse(
        code::REQUEST_MISSING,
        "there is no HTTP request in the JSON text",
        Span::new(place.start, place.start + 1),
        "expected `log.entries`, or an object with `method` and `url`",
        "give a HAR file, or a request object of one",
    )
}

/// What a request object is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A capture: URL and fields hold all that was sent.
    Capture,
    /// Nothing: query and cookies may be given beside the URL and the fields.
    Object,
}

/// Reads an entry, or a request object.
fn take(
    value: &Value,
    source: Source,
    options: &Options,
    found: &mut Found,
    skipped: &mut Option<Span>,
) {
    let request =
        value.get("request").filter(|request| request.get("url").is_some()).unwrap_or(value);
    let is_http = request.text_of("url").is_some_and(|url| {
        let url = url.bytes();
        let colon = memchr::memmem::find(url, b"://").unwrap_or(0);
        let is_data =
            url.starts_with(b"data:") || url.starts_with(b"blob:") || url.starts_with(b"about:");
        !is_data
            && (colon == 0
                || url[..colon].eq_ignore_ascii_case(b"http")
                || url[..colon].eq_ignore_ascii_case(b"https"))
    });
    if source == Source::Capture && !is_http {
        skipped.get_or_insert(request.span);
        return;
    }
    let parts = read_request(request, source, options);
    let title = parts.as_ref().map_or_else(|_| "HAR".to_owned(), Parts::title);
    let name = [value.text_of("_name"), value.text_of("name")].into_iter().flatten().next();
    let raw = parts.and_then(Parts::write);
    found.entries.push(Draft { name: name.map(Text::lossy), title, span: request.span, raw });
}

fn read_request(request: &Value, source: Source, options: &Options) -> Result<Parts, Refusal> {
    let Some(url) = request.text_of("url") else {
        let label = "expected a `url`";
        return Err(refuse(
            code::INPUT_URL,
            "the request has no `url`",
            Span::new(request.span.start, request.span.start + 1),
            label,
            "add it",
        ));
    };
    let mut url = Url::split(url, Scheme::Https, Unencoded::Encoded)?;
    let added = added_query(request, &url, source);
    url.add_query(&encode_pairs(&added));
    let place = Span::new(request.span.start, request.span.start + 1);
    let method = request.text_of("method").cloned().unwrap_or_else(|| Text::new("GET", place));
    let mut parts =
        Parts { method, url, fields: Vec::new(), body: None, place, diagnostics: Vec::new() };
    read_fields(request, &mut parts);
    add_cookies(request, &mut parts);
    if let Some(data) = request.get("postData") {
        read_body(data, &mut parts, options)?;
    }
    check_length(&mut parts)?;
    if let Some(credentials) = parts.url.basic().filter(|_| !parts.has("authorization")) {
        parts.imply("Authorization", credentials);
    }
    Ok(parts)
}

/// The pairs of `queryString` that the URL does not have: in a capture, only where it has none.
fn added_query(request: &Value, url: &Url, source: Source) -> Vec<(Text, Text)> {
    let pairs = read_pairs(request.items_of("queryString"));
    let Some(at) = memchr::memchr(b'?', url.target.bytes()) else { return pairs };
    if source == Source::Capture {
        return Vec::new();
    }
    let query = &url.target.bytes()[at + 1..];
    let known: Vec<&[u8]> = query.split(|byte| *byte == b'&').collect();
    let is_copy = pairs.iter().all(|pair| {
        let written = encode_pairs(std::slice::from_ref(pair));
        known.contains(&written.bytes())
            || known.contains(&&*[pair.0.bytes(), b"=", pair.1.bytes()].concat())
    });
    if is_copy { Vec::new() } else { pairs }
}

fn read_pairs(items: &[Value]) -> Vec<(Text, Text)> {
    let read =
        |item: &Value| Some((item.scalar_of("name")?, item.scalar_of("value").unwrap_or_default()));
    items.iter().filter_map(read).collect()
}

/// The fields, without pseudo-header fields of HTTP/2.
fn read_fields(request: &Value, parts: &mut Parts) {
    for (name, value) in read_pairs(request.items_of("headers")) {
        if !name.bytes().starts_with(b":") {
            parts.fields.push((name, value.trim()));
        }
    }
}

fn add_cookies(request: &Value, parts: &mut Parts) {
    let cookies = read_pairs(request.items_of("cookies"));
    if cookies.is_empty() || parts.has("cookie") {
        return;
    }
    let mut value = Text::default();
    for (name, cookie) in &cookies {
        if !value.is_empty() {
            value.push(b"; ", name.span());
        }
        value.append(name);
        value.push(b"=", name.span());
        value.append(cookie);
    }
    parts.imply("Cookie", value);
}

fn read_body(data: &Value, parts: &mut Parts, options: &Options) -> Result<(), Refusal> {
    let kind = data.text_of("mimeType").filter(|kind| !kind.is_empty());
    if let (Some(kind), false) = (kind, parts.has("content-type")) {
        parts.fields.push((Text::new("Content-Type", kind.span()), kind.clone()));
    }
    let text = data.text_of("text");
    let params = data.items_of("params");
    if let Some(text) = text.filter(|text| !text.is_empty() || params.is_empty()) {
        parts.body = Some(decode(text, data)?);
    } else if !params.is_empty() {
        build_body(data, params, parts, options)?;
    }
    Ok(())
}

/// The text, or the bytes where an `encoding` beside it says base64 (common, outside of HAR 1.2).
fn decode(text: &Text, data: &Value) -> Result<Text, Refusal> {
    let encoding = data.text_of("encoding").or_else(|| data.text_of("_encoding"));
    if encoding.is_none_or(|encoding| encoding.bytes() != b"base64") {
        return Ok(text.clone());
    }
    let bytes = base64::decode(text.valid().trim()).ok_or_else(|| {
        let label = "expected Base 64";
        refuse(
            code::INPUT_BASE64,
            "the body is not Base 64",
            text.span(),
            label,
            "correct it, or remove `encoding`",
        )
    })?;
    Ok(Text::new(bytes, text.span()))
}

/// A body that is given by its parts alone.
fn build_body(
    data: &Value,
    params: &[Value],
    parts: &mut Parts,
    options: &Options,
) -> Result<(), Refusal> {
    let is_type = |field: &&mut (Text, Text)| is_name(&field.0, "content-type");
    let place = data.span;
    let has_file = params.iter().any(|param| param.get("fileName").is_some());
    let mut field = parts.fields.iter_mut().find(is_type);
    let starts = |field: &Option<&mut (Text, Text)>, kind: &[u8]| {
        field
            .as_ref()
            .is_some_and(|(_, value)| value.bytes().to_ascii_lowercase().starts_with(kind))
    };
    if starts(&field, b"multipart/") || has_file {
        let read = params.iter().map(|param| read_part(param, options));
        let (body, boundary) = multipart::write(&read.collect::<Result<Vec<Part>, _>>()?, place);
        let value = Text::new(format!("multipart/form-data; boundary={boundary}"), place);
        match &mut field {
            Some((_, known)) => *known = value,
            None => parts.imply("Content-Type", value),
        }
        parts.body = Some(body);
    } else {
        parts.body = Some(encode_pairs(&read_pairs(params)));
    }
    let message = "the body is written anew from its `params`";
    let span = Span::new(place.start, place.start + 1);
    parts.diagnostics.push(Diagnostic::note(code::BODY_REBUILT, message).with_span(span));
    Ok(())
}

fn read_part(param: &Value, options: &Options) -> Result<Part, Refusal> {
    let name = param.scalar_of("name").unwrap_or_default();
    let file = param.text_of("fileName");
    let content = match (param.scalar_of("value"), file) {
        (Some(value), _) => value,
        (None, Some(file)) => reference::file(options, file, file.span())?,
        (None, None) => Text::default(),
    };
    let file = file.map(|file| {
        let from = memchr::memrchr2(b'/', b'\\', file.bytes()).map_or(0, |at| at + 1);
        file.slice(from..file.len())
    });
    Ok(multipart::write_part(&name, file.as_ref(), param.text_of("contentType"), content))
}

/// A capture has bodies as text, in which bytes and file parts are lost: its length tells.
fn check_length(parts: &mut Parts) -> Result<(), Refusal> {
    let is_length = |field: &(Text, Text)| is_name(&field.0, "content-length");
    let Some(at) = parts.fields.iter().position(is_length) else { return Ok(()) };
    let (_, stated) = parts.fields.remove(at);
    let length = parts.body.as_ref().map_or(0, Text::len);
    if stated.valid().trim().parse() == Ok(length) {
        return Ok(());
    }
    let message = format!("the body has {length} bytes here, and {} were sent", stated.lossy());
    let lost =
        parts.body.as_ref().and_then(|body| memchr::memmem::find(body.bytes(), b"\xef\xbf\xbd"));
    if length == 0 || lost.is_some() {
        let help = "bytes that are no text are lost in such a capture; give the message itself";
        return Err(refuse(
            code::BODY_DAMAGED,
            message,
            stated.span(),
            "the length that was sent",
            help,
        ));
    }
    parts.diagnostics.push(
        Diagnostic::warning(code::BODY_LENGTH, message)
            .with_span(stated.span())
            .with_help("the body is taken as it is here"),
    );
    Ok(())
}

/// Chromium leaves out cookies and credentials unless it is asked for them.
fn note_sanitized(log: &Value, found: &Found) -> Option<Diagnostic> {
    let creator = log.get("creator")?;
    let name = creator.text_of("name").filter(|name| name.bytes() == b"WebInspector")?;
    let has_secret = found.entries.iter().any(|draft| {
        let message = draft.raw.as_ref().map_or(&[][..], |written| written.message.bytes());
        let lower = message.to_ascii_lowercase();
        [&b"\ncookie:"[..], b"\nauthorization:"]
            .iter()
            .any(|name| memchr::memmem::find(&lower, name).is_some())
    });
    let message = "the capture has no cookies and no credentials: they are left out unless it is saved \
                   with sensitive data";
    (!has_secret).then(|| Diagnostic::note(code::CAPTURE_SANITIZED, message).with_span(name.span()))
}
