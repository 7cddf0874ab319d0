//! What is odd about a message, before any target: one file per family of checks.
//!
//! Warnings are likely mistakes, notes are knowledge. What the reading noticed is in
//! [`Message::diagnostics`] and is not said again.

pub mod code;
mod content;
mod encoding;
mod fields;
mod file_reference;
mod form;
mod json;
mod method;
mod multipart;
mod placeholder;
mod response;
mod scheme;
mod secret;
mod target;
mod variable_form;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span, put_in_order};
use crate::request::{Body, Message};

/// Checks a message; the result is in the order of the places. Takes time linear in its size.
pub fn check(message: &Message<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let request = &message.request;
    method::check_method(request, &mut found);
    target::check_target(request, &mut found);
    scheme::check_scheme(request, &mut found);
    secret::check_secrets(request, &mut found);
    fields::check_fields(request, &mut found);
    content::check_content(request, &mut found);
    placeholder::check_placeholders(request, &mut found);
    if let Some(response) = &message.response {
        response::check_response(request, response, &mut found);
    }
    put_in_order(&mut found, message.source);
    found
}

/// The place of an offset of the body. Where the bytes are not in the input in one piece, it is the
/// start of the body.
fn place_in_body(body: &Body<'_>, offset: usize) -> Option<Span> {
    let span = body.span?;
    Some(match body.bytes {
        Cow::Borrowed(bytes) if span.end - span.start == bytes.len() => {
            let start = span.start + offset.min(bytes.len());
            Span::new(start, (start + 1).min(span.end))
        }
        _ => Span::new(span.start, span.start),
    })
}
