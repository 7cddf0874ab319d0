//! The request target (RFC 9112 §3.2): its characters and its four forms.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::{Authority, AuthorityError, UrlSplit};
use crate::request::TargetForm;

use super::reader::{Mode, Read, Reader};
use super::{MAX_TARGET_BYTES, code};

/// Stands for a captured target that is not UTF-8; no target that can be typed equals it.
const NOT_TEXT: &str = "\u{fffd}";

pub(super) fn read_target<'a>(
    reader: &mut Reader<'a>,
    method: &str,
    bytes: &'a [u8],
    span: Span,
) -> Read<(&'a str, TargetForm, Option<UrlSplit>)> {
    if bytes.len() > MAX_TARGET_BYTES {
        return Err(refuse_long(span).into());
    }
    let (target, form) = match reader.mode {
        Mode::Typed => {
            let target = check_characters(reader, bytes, span)?;
            (target, check_form(method, target, span)?)
        }
        Mode::Wire => {
            let target = std::str::from_utf8(bytes).unwrap_or_else(|_| {
                reader.diagnostics.push(warn_of_utf8(span));
                NOT_TEXT
            });
            (target, guess_form(method, bytes))
        }
    };
    let is_absolute = form == TargetForm::Absolute;
    Ok((target, form, is_absolute.then(|| UrlSplit::find(target)).flatten()))
}

#[cold]
fn refuse_long(span: Span) -> Diagnostic {
    let place = span.start + MAX_TARGET_BYTES;
    Diagnostic::error(
        code::TARGET_TOO_LONG,
        format!("the target has {} bytes, more than {MAX_TARGET_BYTES}", span.end - span.start),
    )
    .with_span(Span::new(place, place))
    .with_label("the limit is here")
    .with_help("send large data in the body instead")
}

fn check_characters<'a>(reader: &mut Reader<'a>, bytes: &'a [u8], span: Span) -> Read<&'a str> {
    let target = reader.text_of(bytes, span.start).map_err(|error| {
        let at = span.start + error.valid_up_to();
        Diagnostic::error(code::TARGET_UTF8, "the target is not valid UTF-8")
            .with_span(Span::new(at, at + 1))
            .with_label("expected ASCII")
            .with_help(format!("percent-encode the byte: `%{:02X}`", bytes[error.valid_up_to()]))
    })?;
    if bytes.iter().all(u8::is_ascii_graphic) {
        return Ok(target);
    }
    let hidden = target.char_indices().find(|(_, point)| point.is_control());
    if let Some((at, point)) = hidden {
        let at = span.start + at;
        return Err(Diagnostic::error(
            code::TARGET_CONTROL,
            "the target contains a control character",
        )
        .with_span(Span::new(at, at + point.len_utf8()))
        .with_label("expected a visible character")
        .with_help(format!("percent-encode it: `{}`", percent_encode(point)))
        .into());
    }
    if let Some((at, point)) = target.char_indices().find(|(_, point)| !point.is_ascii()) {
        let at = span.start + at;
        reader.diagnostics.push(
            Diagnostic::warning(
                code::TARGET_NON_ASCII,
                "a target is ASCII: clients differ in how they send other characters",
            )
            .with_span(Span::new(at, at + point.len_utf8()))
            .with_label("expected ASCII")
            .with_help(format!("percent-encode them: `{}` here", percent_encode(point))),
        );
    }
    Ok(target)
}

fn percent_encode(point: char) -> String {
    let mut encoded = String::new();
    for byte in point.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a `String` cannot fail.
        let _ = write!(encoded, "%{byte:02X}");
    }
    encoded
}

#[cold]
fn warn_of_utf8(span: Span) -> Diagnostic {
    Diagnostic::warning(code::TARGET_UTF8, "the target is not valid UTF-8")
        .with_span(span)
        .with_label("expected ASCII")
        .with_help("percent-encode the bytes that are not ASCII")
}

fn check_form(method: &str, target: &str, span: Span) -> Read<TargetForm> {
    if method == "CONNECT" {
        return check_connect(target, span);
    }
    if target == "*" {
        if method == "OPTIONS" {
            return Ok(TargetForm::Asterisk);
        }
        return Err(Diagnostic::error(
            code::TARGET_ASTERISK,
            format!("`*` is a target of OPTIONS only, not of {}", show(method)),
        )
        .with_span(span)
        .with_label("expected a path")
        .with_help("write `/` for the root of the server")
        .into());
    }
    if target.starts_with('/') {
        return Ok(TargetForm::Origin);
    }
    let Some(url) = UrlSplit::find(target) else {
        return Err(Diagnostic::error(
            code::TARGET_FORM,
            format!("`{}` is neither a path nor a whole URL", show(target)),
        )
        .with_span(span)
        .with_label("expected `/path` or `http://host/path`")
        .with_help("begin the target with `/` and name the host in `Host: …`")
        .into());
    };
    let place = url.authority();
    let start = place.start;
    match Authority::read(&target[place]) {
        Ok(Authority { host: "", .. }) => {
            Err(refuse_authority(span, start, &missing_host()).into())
        }
        Ok(_) => Ok(TargetForm::Absolute),
        Err(error) => Err(refuse_authority(span, start, &error).into()),
    }
}

fn missing_host() -> AuthorityError {
    AuthorityError { start: 0, end: 0, expected: "a host" }
}

/// CONNECT takes `host:port`, both of them, and nothing else (RFC 9112 §3.2.3).
fn check_connect(target: &str, span: Span) -> Read<TargetForm> {
    match Authority::read_host(target) {
        Ok(Authority { host: "", .. }) => Err(refuse_authority(span, 0, &missing_host()).into()),
        Ok(Authority { port: Some(_), .. }) => Ok(TargetForm::Authority),
        Ok(_) => {
            let end = target.len();
            let error = AuthorityError { start: end, end, expected: "`:` and a port" };
            Err(refuse_authority(span, 0, &error).into())
        }
        Err(error) => Err(refuse_authority(span, 0, &error).into()),
    }
}

#[cold]
fn refuse_authority(target: Span, start: usize, error: &AuthorityError) -> Diagnostic {
    let start = target.start + start;
    Diagnostic::error(code::TARGET_AUTHORITY, "the target does not name a valid host and port")
        .with_span(Span::new(start + error.start, start + error.end))
        .with_label(error.to_string())
        .with_help("write `http://host/path`; for CONNECT, write `host:port`")
}

/// The form that a captured target has by its looks.
fn guess_form(method: &str, target: &[u8]) -> TargetForm {
    let is_absolute = std::str::from_utf8(target).is_ok_and(|text| UrlSplit::find(text).is_some());
    match target {
        _ if method == "CONNECT" => TargetForm::Authority,
        b"*" => TargetForm::Asterisk,
        [b'/', ..] => TargetForm::Origin,
        _ if is_absolute => TargetForm::Absolute,
        _ => TargetForm::Origin,
    }
}
