//! The Host field (RFC 9112 §3.2): one, and valid.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, show};
use crate::grammar::Authority;
use crate::request::{Field, TargetForm};

use super::code;
use super::reader::{Mode, Read, Reader};
use super::request_line::RequestLine;

pub(super) fn check_host(
    reader: &mut Reader<'_>,
    line: &RequestLine<'_>,
    headers: &[Field<'_>],
) -> Read<()> {
    let mut hosts = headers.iter().filter(|field| field.is("host"));
    let Some(host) = hosts.next() else {
        let is_old = line.version == "HTTP/1.0";
        return match authority_of(line) {
            _ if reader.mode == Mode::Wire && is_old => Ok(()),
            Some(authority) if reader.mode == Mode::Typed => {
                if !is_old {
                    reader.diagnostics.push(note_authority(line, authority));
                }
                Ok(())
            }
            _ => Err(refuse_missing(line).into()),
        };
    };
    if let Some(second) = hosts.next() {
        return Err(Diagnostic::error(code::HOST_REPEATED, "there is more than one Host")
            .with_span(second.span())
            .with_label("expected no second Host")
            .with_help("remove the wrong one (RFC 9112 §3.2)")
            .into());
    }
    check_value(host)
}

/// The authority that the target names: clients then send it as Host. HTTP/1.0 has no Host.
fn authority_of<'a>(line: &RequestLine<'a>) -> Option<&'a str> {
    match line.target_form {
        TargetForm::Absolute => line.url_split.map(|url| url.parts(line.target).authority),
        TargetForm::Authority => Some(line.target),
        TargetForm::Origin | TargetForm::Asterisk => None,
    }
}

#[cold]
fn note_authority(line: &RequestLine<'_>, authority: &str) -> Diagnostic {
    let host = show(authority);
    Diagnostic::note(
        code::HOST_OF_TARGET,
        format!("there is no Host: that of the target is sent, `{host}`"),
    )
    .with_span(line.target_span)
    .with_help(format!("add `Host: {host}` (RFC 9112 §3.2)"))
}

#[cold]
fn refuse_missing(line: &RequestLine<'_>) -> Diagnostic {
    Diagnostic::error(code::HOST_MISSING, "there is no Host")
        .with_span(line.span)
        .with_label("expected a Host field after this line")
        .with_help("add `Host: example.com`")
}

fn check_value(host: &Field<'_>) -> Read<()> {
    let invalid = |start: usize, end: usize, expected: String, help: &str| {
        // A folded value is not in one piece: then the whole of it is marked.
        let span = match host.value {
            Cow::Borrowed(_) => host.value_span.map(|span| span.part(start..end)),
            Cow::Owned(_) => host.value_span,
        };
        let message = format!("`{}` is not a valid Host", show(&host.value));
        Diagnostic::error(code::HOST_INVALID, message)
            .with_span(span)
            .with_label(expected)
            .with_help(help)
    };
    let plain = "write `host` or `host:port`, an IPv6 address in brackets";
    let text = match host.text() {
        Some("") => return Err(invalid(0, 0, "expected a host".to_owned(), plain).into()),
        Some(text) => text,
        None => {
            let text = std::str::from_utf8(&host.value);
            let at = text.err().map_or(0, |error| error.valid_up_to());
            return Err(invalid(at, at + 1, "expected ASCII".to_owned(), plain).into());
        }
    };
    let error = match Authority::read_host(text) {
        Ok(Authority { host: "", .. }) => {
            return Err(invalid(0, 0, "expected a host".to_owned(), plain).into());
        }
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    if text.contains("://") {
        let help = "write only the host: Host has no scheme and no path";
        return Err(invalid(0, text.len(), "expected a host".to_owned(), help).into());
    }
    let help = if text.starts_with("{{") {
        "write the host; a file of requests with variables is read by `--from http-file --var NAME=VALUE`"
    } else if text.is_ascii() {
        plain
    } else {
        "write an international name in its ASCII form, `xn--…`"
    };
    Err(invalid(error.start, error.end, error.to_string(), help).into())
}
