//! The parts of a request → the message that they make.

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::token::is_token;

use super::code;
use super::draft::Written;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::Url;

/// A request in its parts, as commands and captures have it.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) method: Text,
    pub(super) url: Url,
    /// Names and values, in order.
    pub(super) fields: Vec<(Text, Text)>,
    /// The content; an empty one is announced by its length, none is not.
    pub(super) body: Option<Text>,
    /// The place of the request, for what it only implies.
    pub(super) place: Span,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Parts {
    /// Whether there is a field of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| is_name(known, name))
    }

    /// Adds a field that the input only implies.
    pub(super) fn imply(&mut self, name: &str, value: Text) {
        self.fields.push((Text::new(name, value.span()), value));
    }

    /// Method and URL, for a list of requests.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.method.lossy(), self.url.lossy())
    }

    /// The message: what frames the body is written anew, and a line break in a field is refused.
    pub(super) fn write(mut self) -> Result<Written, Refusal> {
        self.check()?;
        // Chunks are how a body travels, and not what it is.
        self.fields.retain(|(name, value)| {
            !(is_name(name, "transfer-encoding") && value.bytes().eq_ignore_ascii_case(b"chunked"))
        });
        let has_host = self.has("host");
        let has_length = self.has("content-length") || self.has("transfer-encoding");
        let mut message = Text::default();
        message.append(&self.method);
        message.push(b" ", self.place);
        message.append(&self.url.target);
        message.push(b" HTTP/1.1\r\n", self.place);
        if !has_host {
            push_field(
                &mut message,
                &Text::new("Host", self.url.authority.span()),
                &self.url.authority,
            );
        }
        for (name, value) in &self.fields {
            push_field(&mut message, name, value);
        }
        if let Some(body) = self.body.as_ref().filter(|_| !has_length) {
            message.push(format!("Content-Length: {}\r\n", body.len()).as_bytes(), self.place);
        }
        message.push(b"\r\n", self.place);
        if let Some(body) = &self.body {
            message.append(body);
        }
        let scheme = self.url.has_scheme.then_some(self.url.scheme);
        let diagnostics = self.diagnostics;
        Ok(Written { message, scheme, diagnostics })
    }

    /// Nothing in a line of the header section may begin another line.
    fn check(&self) -> Result<(), Refusal> {
        if !is_token(self.method.bytes()) {
            return Err(refuse_method(&self.method));
        }
        check_line("the target", &self.url.target)?;
        check_line("the host", &self.url.authority)?;
        for (name, value) in &self.fields {
            if !is_token(name.bytes()) {
                return Err(refuse_name(name));
            }
            check_line("the field value", value)?;
        }
        Ok(())
    }
}

/// Whether a field name is this one, in any letter case.
pub(super) fn is_name(known: &Text, name: &str) -> bool {
    known.bytes().eq_ignore_ascii_case(name.as_bytes())
}

fn push_field(message: &mut Text, name: &Text, value: &Text) {
    message.append(name);
    message.push(b":", name.span());
    if !value.is_empty() {
        message.push(b" ", value.span());
        message.append(value);
    }
    message.push(b"\r\n", value.span());
}

fn check_line(what: &str, text: &Text) -> Result<(), Refusal> {
    match text.bytes().iter().position(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
        Some(at) => Err(refuse(
            code::INPUT_LINE_BREAK,
            format!("{what} has a line break or NUL in it"),
            text.span_of(at..at + 1),
            "expected one line",
            "remove it: a request has no way to carry it",
        )),
        None => Ok(()),
    }
}

fn refuse_method(method: &Text) -> Refusal {
    let message = format!("`{}` is no method", method.lossy());
    let label = "expected letters, such as GET or POST";
    refuse(code::INPUT_METHOD, message, method.span(), label, "give the method as one word")
}

fn refuse_name(name: &Text) -> Refusal {
    let message = format!("`{}` is no field name", name.lossy());
    let label = "expected letters, digits or one of !#$%&'*+-.^_`|~";
    refuse(
        code::INPUT_FIELD_NAME,
        message,
        name.span(),
        label,
        "correct the name, or remove the field",
    )
}
