//! Lines of JSON.

use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Origin, Record, Snippet, TargetId};
use serde::Serialize;

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

/// Appends one line.
pub fn write_line(out: &mut Vec<u8>, line: &impl Serialize) {
    let written = serde_json::to_writer(&mut *out, line);
    debug_assert!(written.is_ok(), "strings, numbers and lists always are JSON");
    out.push(b'\n');
}

impl Receiver for JsonLines {
    fn needs_folders(&self) -> bool {
        false
    }

    fn refuse(&self, input: &Input<'_>, error: &Diagnostic, page: &mut Page) {
        let origin = origin_of(input);
        let record = Record::of_failure(&origin, None, [error]);
        page.add_lines(|out| write_line(out, &record));
    }

    fn begin(&self, _: &Input<'_>, _: &[Diagnostic], _: &mut Page) {}

    fn take(&self, input: &Input<'_>, message: &Message<'_>, snippet: Snippet, page: &mut Page) {
        let origin = origin_of(input);
        let record = Record::of_snippet(&origin, &message.diagnostics, &snippet);
        // Line feeds and quotes become escapes; keys and the rest are short.
        let room = snippet.code.as_ref().map_or(0, |code| code.len() + code.len() / 4) + 768;
        page.add_lines(|out| {
            out.reserve(room);
            write_line(out, &record);
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
        let origin = origin_of(input);
        let diagnostics = message.diagnostics.iter().chain([error]);
        let record = Record::of_failure(&origin, Some(target), diagnostics);
        page.add_lines(|out| write_line(out, &record));
    }
}

fn origin_of(input: &Input<'_>) -> Origin {
    let file = Some(input.file.to_owned());
    match input.request {
        Some(request) => request.origin(file),
        None => Origin { file, ..Origin::default() },
    }
}
