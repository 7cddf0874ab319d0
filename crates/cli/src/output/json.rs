//! Lines of JSON.

use base64::display::Base64Display;
use base64::prelude::BASE64_STANDARD;
use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Attachment, Outcome, Snippet, TargetId};
use serde::{Serialize, Serializer};

use super::{Input, Receiver, Sink};
use crate::page::Page;
use crate::stop::{Stop, Strictness, judge};

/// One object per line for each message and target.
pub struct JsonLines {
    /// Whether a lossy snippet is a failure.
    pub strictness: Strictness,
}

/// A stream of JSON objects, one per line.
pub struct Lines(Sink);

/// One line; a key is never missing.
#[derive(Serialize)]
struct Line<'l> {
    file: &'l str,
    target: Option<String>,
    outcome: Option<Outcome>,
    extension: Option<&'l str>,
    code: Option<&'l str>,
    attachments: Vec<AttachmentValue<'l>>,
    adds: &'l [&'l str],
    diagnostics: Vec<&'l Diagnostic>,
}

#[derive(Serialize)]
struct AttachmentValue<'l> {
    name: &'l str,
    #[serde(rename = "base64", serialize_with = "write_base64")]
    bytes: &'l [u8],
}

impl<'l> From<&'l Attachment<'_>> for AttachmentValue<'l> {
    fn from(attachment: &'l Attachment<'_>) -> Self {
        Self { name: &attachment.name, bytes: &attachment.bytes }
    }
}

fn write_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Base64Display::new(bytes, &BASE64_STANDARD))
}

impl<'l> Line<'l> {
    /// A line of no target, or of one that has nothing to show.
    fn without_code(file: &'l str, diagnostics: Vec<&'l Diagnostic>) -> Self {
        Self {
            file,
            target: None,
            outcome: None,
            extension: None,
            code: None,
            attachments: Vec::new(),
            adds: &[],
            diagnostics,
        }
    }
}

impl Lines {
    /// Lines on standard output.
    pub fn to_stdout() -> Self {
        Self(Sink::to_stdout())
    }

    /// Writes one line.
    pub fn push(&mut self, line: &impl Serialize) -> Result<(), Stop> {
        let mut bytes = Vec::new();
        write_line(&mut bytes, line);
        self.0.write(&bytes)?;
        self.0.flush()
    }
}

fn write_line(out: &mut Vec<u8>, line: &impl Serialize) {
    let written = serde_json::to_writer(&mut *out, line);
    debug_assert!(written.is_ok(), "strings, numbers and lists always are JSON");
    out.push(b'\n');
}

impl Receiver for JsonLines {
    fn needs_folders(&self) -> bool {
        false
    }

    fn refuse(&self, input: &Input<'_>, error: &Diagnostic, page: &mut Page) {
        let line = Line::without_code(input.name, vec![error]);
        page.add_lines(|out| write_line(out, &line));
    }

    fn begin(&self, _: &Input<'_>, _: &[Diagnostic], _: &mut Page) {}

    fn take(
        &self,
        input: &Input<'_>,
        message: &Message<'_>,
        snippet: Snippet<'_>,
        page: &mut Page,
    ) {
        let line = Line {
            file: input.name,
            target: Some(snippet.target.to_string()),
            outcome: Some(snippet.outcome),
            extension: Some(snippet.extension),
            code: snippet.code.as_deref(),
            attachments: snippet.attachments.iter().map(AttachmentValue::from).collect(),
            adds: &snippet.adds,
            diagnostics: message.diagnostics.iter().chain(&snippet.diagnostics).collect(),
        };
        // Line feeds and quotes become escapes; keys and the rest are short.
        let room = line.code.map_or(0, |code| code.len() + code.len() / 4) + 512;
        page.add_lines(|out| {
            out.reserve(room);
            write_line(out, &line);
        });
        page.add_status(judge(snippet.outcome, self.strictness));
    }

    fn fail(
        &self,
        input: &Input<'_>,
        message: &Message<'_>,
        target: &TargetId,
        error: &Diagnostic,
        page: &mut Page,
    ) {
        let diagnostics = message.diagnostics.iter().chain([error]).collect();
        let line = Line::without_code(input.name, diagnostics);
        page.add_lines(|out| write_line(out, &Line { target: Some(target.to_string()), ..line }));
    }
}
