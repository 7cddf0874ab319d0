//! The content and the fields that describe it (RFC 9110 §8).

use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::MediaType;
use crate::request::{Body, Framing, Request};

use super::{code, encoding, file_reference, form, json, multipart};

pub(super) fn check_content(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let body = &request.body;
    if body.bytes.is_empty() {
        check_absence(request, found);
        return;
    }
    check_presence(request, found);
    if file_reference::check_body(request, found) {
        return;
    }
    let Some(field) = request.header("content-type") else {
        found.push(
            Diagnostic::warning(code::CONTENT_TYPE_MISSING, "the body has no Content-Type")
                .with_span(request.method_span)
                .with_help("add `Content-Type: …`, else the server guesses (RFC 9110 §8.3)"),
        );
        check_fields_in_body(body, found);
        encoding::check_encoding(request, found);
        return;
    };
    let Some(media_type) = MediaType::read(&field.value) else {
        let message = format!("`{}` is not a valid media type", show(&field.value));
        found.push(
            Diagnostic::warning(code::CONTENT_TYPE_INVALID, message)
                .with_span(field.value_span)
                .with_help("write `type/subtype; name=value` (RFC 9110 §8.3.1)"),
        );
        return;
    };
    // What is inside a coding cannot be looked at.
    if encoding::check_encoding(request, found) {
        return;
    }
    let charset_holds = encoding::check_charset(body, &media_type, found);
    if media_type.is_json() && charset_holds {
        json::check_body(body, found);
    } else if media_type.essence == "application/x-www-form-urlencoded" {
        form::check_body(body, found);
    } else if media_type.essence.starts_with("multipart/") {
        multipart::check_body(body, field, &media_type, found);
    }
}

/// Names of fields that begin no text but a header section.
const FIELDS: [&str; 7] =
    ["accept", "authorization", "content-type", "cookie", "host", "prefer", "user-agent"];

/// Pages put empty lines between lines, and the first one ends the header section (RFC 9112 §2.1).
fn check_fields_in_body(body: &Body<'_>, found: &mut Vec<Diagnostic>) {
    let line = body.bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let colon = memchr::memchr(b':', line).unwrap_or_default();
    if FIELDS.iter().any(|name| line[..colon].eq_ignore_ascii_case(name.as_bytes())) {
        let message = format!("the body begins with the field `{}`", show(&line[..colon]));
        let place = body.span.map(|span| Span::new(span.start, span.start + colon));
        found.push(
            Diagnostic::warning(code::FIELDS_IN_BODY, message).with_span(place).with_help(
                "if it is a field, remove the empty line before it: the first empty line ends the header section",
            ),
        );
    }
}

/// RFC 9110 §8.6: a method that expects content says by Content-Length that there is none.
fn check_absence(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let expects_body = matches!(&*request.method, "PUT" | "POST" | "PATCH");
    if expects_body && request.body.framing == Framing::None {
        let message = format!("{} without a body and without Content-Length", request.method);
        found.push(
            Diagnostic::note(code::BODY_MISSING, message)
                .with_span(request.method_span)
                .with_help("add `Content-Length: 0` if no body is meant (RFC 9110 §8.6)"),
        );
    }
}

/// RFC 9110 §9.3.1, §9.3.2, §9.3.5, §9.3.6, §9.3.8.
fn check_presence(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let method = &*request.method;
    let message = match method {
        "GET" | "HEAD" | "DELETE" => {
            format!(
                "a body has no meaning for {method}: servers ignore or refuse it, some clients too"
            )
        }
        "TRACE" | "CONNECT" => format!("{method} must not have a body"),
        _ => return,
    };
    let section = match method {
        "GET" => "§9.3.1",
        "HEAD" => "§9.3.2",
        "DELETE" => "§9.3.5",
        "CONNECT" => "§9.3.6",
        _ => "§9.3.8",
    };
    found.push(
        Diagnostic::warning(code::BODY_UNEXPECTED, message)
            .with_span(request.method_span)
            .with_help(format!("put the data into the target, or use POST (RFC 9110 {section})")),
    );
}
