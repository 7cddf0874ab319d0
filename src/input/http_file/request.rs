//! The request line and the fields of a request.

use std::ops::Range;

use crate::content::json;
use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::{Scheme, base64};
use crate::parse::code::BODY_AT_ONCE;

use super::super::code;
use super::super::compose::{Parts, is_name};
use super::super::placeholder::{Variables, expand};
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::url::{Unencoded, Url};
use super::super::value::write_json_string;
use super::body::{Form, LONG_STRING, add_body};
use super::line::{comment, first_segment, is_console_path, known_method};
use super::{Block, trim_end};

/// Reads a request.
pub(super) fn read(
    bytes: &[u8],
    block: &Block,
    variables: &Variables<'_>,
) -> Result<Parts, Refusal> {
    let mut lines = block.lines.iter().peekable();
    let Some(first) = lines.next() else { return Err(refuse_line(Span::default())) };
    let mut line = trimmed(bytes, first);
    // A URL goes on in lines that begin with white space, or with `?` or `&`.
    while let Some(next) = lines.next_if(|next| continues_url(&bytes[(*next).clone()])) {
        line.append(&trimmed(bytes, next));
    }
    let (method, url) = split_line(&line, variables)?;
    let mut fields = Vec::new();
    let mut at_once = None;
    while let Some(&next) = lines.peek() {
        let text = &bytes[next.clone()];
        if begins_json(text) {
            at_once = Some(Span::new(next.start, next.start + 1));
            break;
        }
        lines.next();
        if text.trim_ascii().is_empty() {
            break;
        }
        if comment(text.trim_ascii()).is_none() {
            add_field(&mut fields, bytes, next, variables)?;
        }
    }
    let rest: Vec<Range<usize>> = lines.cloned().collect();
    let place = line.span();
    let url = if is_path_without_slash(
        url.bytes(),
        at_once.is_some() || variables.options.host.is_some(),
    ) {
        let mut path = Text::new("/", url.span());
        path.append(&url);
        path
    } else {
        url
    };
    let url = read_url(&url, &fields, variables)?;
    let mut parts = Parts { method, url, fields, body: None, place, diagnostics: Vec::new() };
    read_credentials(&mut parts);
    if let Some(place) = at_once {
        tell_of_body(bytes, &rest, place, &mut parts);
    }
    let form = if at_once.is_some() { Form::Console } else { Form::Editor };
    add_body(bytes, &rest, &mut parts, form, variables)?;
    if let Some(body) = parts.body.as_mut().filter(|_| form == Form::Console) {
        *body = with_json_strings(body);
    }
    Ok(parts)
}

fn trimmed(bytes: &[u8], line: &Range<usize>) -> Text {
    Text::of(bytes, line.start..trim_end(bytes, line)).trim()
}

fn continues_url(line: &[u8]) -> bool {
    let text = line.trim_ascii();
    let is_indented = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
    !text.is_empty() && (is_indented || matches!(text[0], b'?' | b'&'))
}

/// Whether the target is a path of the console of Elasticsearch, which needs no `/` before it. Where a host is known or
/// asked for, a word without a dot is the name of an index.
fn is_path_without_slash(url: &[u8], is_console: bool) -> bool {
    let first = first_segment(url);
    let is_name = !first.is_empty() && !first.iter().any(|byte| b".:".contains(byte));
    is_console_path(url) || is_console && is_name && first != b"localhost"
}

/// Whether a line begins JSON, which no field does: the console of Elasticsearch takes a body without an
/// empty line before it, and documentation has it so.
pub(super) fn begins_json(line: &[u8]) -> bool {
    matches!(line, [b'{' | b'[', rest @ ..] if !rest.starts_with(b"{"))
}

/// Notes that a body begins where a field would, and gives it the type by which the console sends it.
#[cold]
fn tell_of_body(bytes: &[u8], lines: &[Range<usize>], place: Span, parts: &mut Parts) {
    let mut message = "the body begins without an empty line before it".to_owned();
    if !parts.has("content-type") {
        let is_json = |line: &Range<usize>| {
            str::from_utf8(&bytes[line.clone()]).is_ok_and(|text| json::parse(text).is_ok())
        };
        let is_filled = |line: &&Range<usize>| {
            let text = bytes[(*line).clone()].trim_ascii();
            !text.is_empty() && comment(text).is_none()
        };
        let mut filled = lines.iter().filter(is_filled);
        let are_texts = filled.clone().count() > 1 && filled.all(is_json);
        let media_type = if are_texts { "application/x-ndjson" } else { "application/json" };
        message = format!("{message}: it is sent as {media_type}");
        parts.imply("Content-Type", Text::new(media_type, place));
    }
    let help = "put an empty line before the body (RFC 9112 §2.1)";
    let note = Diagnostic::note(BODY_AT_ONCE, message);
    parts.diagnostics.push(note.with_span(place).with_help(help));
}

/// The console writes a long string as it is between `"""`, and sends a JSON string. No JSON has such marks.
fn with_json_strings(body: &Text) -> Text {
    let mut out = Text::default();
    let mut from = 0;
    let mut marks = memchr::memmem::find_iter(body.bytes(), LONG_STRING);
    while let (Some(start), Some(end)) = (marks.next(), marks.next()) {
        out.append_part(body, from..start);
        write_json_string(&mut out, &body.slice(start + LONG_STRING.len()..end));
        from = end + LONG_STRING.len();
    }
    out.append_part(body, from..body.len());
    out
}

/// The method and the URL of a request line.
fn split_line(line: &Text, variables: &Variables<'_>) -> Result<(Text, Text), Refusal> {
    let bytes = line.bytes();
    let space = bytes.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(bytes.len());
    let first = &bytes[..space];
    let has_method =
        space < bytes.len() && first.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
    let (method, rest) = if has_method {
        (read_method(line.slice(0..space))?, line.slice(space..line.len()).trim())
    } else {
        (Text::new("GET", line.span()), line.clone())
    };
    let version = memchr::memmem::rfind(rest.bytes(), b" HTTP/");
    let words = rest.slice(version.map_or(rest.len(), |at| at + 1)..rest.len());
    if let Some((_, behind)) = words.split_once(b' ') {
        return Err(refuse_behind_version(behind.span()));
    }
    let url = expand(&rest.slice(0..version.unwrap_or(rest.len())).trim(), variables)?;
    Ok((method, url))
}

/// Editors send a method that they know in capitals; they know no other one in small letters.
fn read_method(method: Text) -> Result<Text, Refusal> {
    let name = method.bytes();
    if let Some(known) = known_method(name) {
        return Ok(if name == known.as_bytes() { method } else { Text::new(known, method.span()) });
    }
    if name.iter().any(u8::is_ascii_lowercase) {
        let message = format!("`{}` is not a method", method.lossy());
        let label = "expected a method, such as GET";
        let help = "write the method in capitals, or put `#` before a line that is no request";
        return Err(refuse(code::INPUT_METHOD, message, method.span(), label, help));
    }
    let other = ["WEBSOCKET", "WS", "GRPC", "MQTT", "AMQP", "SSE", "EVENTSOURCE", "RSOCKET"];
    if other.iter().any(|protocol| name == protocol.as_bytes()) {
        let message = format!("`{}` is another protocol than HTTP", method.lossy());
        let label = "expected a method";
        let help = "requote reads HTTP requests";
        return Err(refuse(code::INPUT_URL_SCHEME, message, method.span(), label, help));
    }
    Ok(method)
}

#[cold]
fn refuse_behind_version(place: Span) -> Refusal {
    refuse(
        code::INPUT_URL,
        "something is behind the version of the request line",
        place,
        "expected the end of the line",
        "write each field on a line of its own",
    )
}

#[cold]
fn refuse_line(place: Span) -> Refusal {
    refuse(
        code::INPUT_URL,
        "the request has no URL",
        place,
        "expected `GET https://…`",
        "add the URL",
    )
}

/// Adds a field, or goes on with the value of the one before.
fn add_field(
    fields: &mut Vec<(Text, Text)>,
    bytes: &[u8],
    line: &Range<usize>,
    variables: &Variables<'_>,
) -> Result<(), Refusal> {
    let text = trimmed(bytes, line);
    let is_indented = matches!(bytes[line.start], b' ' | b'\t');
    if let (true, Some((_, value))) = (is_indented, fields.last_mut()) {
        value.push(b" ", text.span());
        value.append(&expand(&text, variables)?);
        return Ok(());
    }
    let Some((name, value)) = text.split_once(b':') else {
        let label = "expected `name: value`";
        let help = "put an empty line before the body, and `###` before the next request";
        return Err(refuse(
            code::INPUT_FIELD_COLON,
            "the field has no colon",
            text.span(),
            label,
            help,
        ));
    };
    fields.push((name.trim(), expand(&value.trim(), variables)?));
    Ok(())
}

/// A whole URL, or a path behind the Host field.
fn read_url(
    url: &Text,
    fields: &[(Text, Text)],
    variables: &Variables<'_>,
) -> Result<Url, Refusal> {
    if url.is_empty() {
        return Err(refuse_line(url.span()));
    }
    if !url.bytes().starts_with(b"/") {
        return Url::split(url, Scheme::Http, Unencoded::Standard);
    }
    let field = fields.iter().find(|(name, _)| is_name(name, "host"));
    let given = variables.options.host.as_ref().map(|host| Text::new(host, url.span()));
    // httpyac puts the variable `host` before a path.
    let host = match field {
        Some((_, value)) => Some(value.clone()),
        None if variables.has("host") => {
            Some(expand(&Text::new("{{host}}", url.span()), variables)?)
        }
        None => given,
    };
    let Some(mut whole) = host else {
        let message = "the request has a path and no host";
        let help = "write a whole URL, add `Host: …`, or give `--host`";
        return Err(refuse(code::INPUT_URL, message, url.span(), "expected a whole URL", help));
    };
    let has_scheme = memchr::memmem::find(whole.bytes(), b"://").is_some();
    whole.append(url);
    let url = Url::split(&whole, Scheme::Http, Unencoded::Standard)?;
    Ok(Url { has_scheme, ..url })
}

/// Editors encode Basic credentials that stand as plain words; others take several requests.
fn read_credentials(parts: &mut Parts) {
    let is_it = |field: &(Text, Text)| is_name(&field.0, "authorization");
    let Some(at) = parts.fields.iter().position(is_it) else {
        if let Some(basic) = parts.url.basic() {
            parts.imply("Authorization", basic);
        }
        return;
    };
    let value = parts.fields[at].1.clone();
    let Some((scheme, rest)) = value.split_once(b' ') else { return };
    let rest = rest.trim();
    if scheme.bytes().eq_ignore_ascii_case(b"basic") {
        let pair = match (rest.split_once(b':'), rest.split_once(b' ')) {
            (Some((user, password)), _) => [user.bytes(), b":", password.bytes()].concat(),
            (None, Some((user, password))) => {
                [user.bytes(), b":", password.trim().bytes()].concat()
            }
            (None, None) => return,
        };
        parts.fields[at].1 = Text::new(format!("Basic {}", base64::encode(&pair)), value.span());
    } else if [&b"digest"[..], b"aws", b"ntlm", b"negotiate", b"oauth2", b"openid"]
        .iter()
        .any(|flow| scheme.bytes().eq_ignore_ascii_case(flow))
        && !rest.bytes().contains(&b'=')
    {
        parts.fields.remove(at);
        let message =
            format!("`{}` credentials take several requests and are left out", scheme.lossy());
        let warning = Diagnostic::warning(code::AUTHENTICATION_FLOW, message);
        parts.diagnostics.push(warning.with_span(scheme.span()));
    }
}
