//! Lines of JSON.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use base64::display::Base64Display;
use base64::prelude::BASE64_STANDARD;
use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Attachment, Outcome, Snippet, TargetId};
use serde::{Serialize, Serializer};

use super::{Input, Receiver};
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::to::{Strictness, judge};

/// One object per line for each file and target.
pub struct JsonLines {
    lines: Lines,
    strictness: Strictness,
}

/// A file or a stream of JSON objects, one per line.
pub struct Lines {
    out: BufWriter<Box<dyn Write>>,
    /// What it is called where it cannot be written.
    name: String,
}

/// One line; a key is never missing.
#[derive(Serialize)]
struct Line<'l> {
    file: &'l str,
    target: Option<String>,
    outcome: Option<Outcome>,
    extension: Option<&'l str>,
    code: Option<&'l str>,
    attachments: Vec<AttachmentValue<'l>>,
    adds: &'l [String],
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
        Self { out: BufWriter::new(Box::new(io::stdout())), name: "standard output".to_owned() }
    }

    /// Lines in a file; its folder is made where there is none.
    pub fn to_file(path: &Path) -> Result<Self, Stop> {
        let name = format!("`{}`", path.display());
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = fs::create_dir_all(folder)
            .and_then(|()| File::create(path))
            .map_err(|error| Stop::output(&name, &error))?;
        Ok(Self { out: BufWriter::new(Box::new(file)), name })
    }

    /// Writes one line.
    pub fn push(&mut self, line: &impl Serialize) -> Result<(), Stop> {
        let written = serde_json::to_writer(&mut self.out, line).map_err(io::Error::from);
        written
            .and_then(|()| self.out.write_all(b"\n"))
            .and_then(|()| self.out.flush())
            .map_err(|error| Stop::output(&self.name, &error))
    }
}

impl JsonLines {
    pub fn to_stdout(strictness: Strictness) -> Self {
        Self { lines: Lines::to_stdout(), strictness }
    }

    pub fn to_file(path: &Path, strictness: Strictness) -> Result<Self, Stop> {
        Ok(Self { lines: Lines::to_file(path)?, strictness })
    }
}

impl Receiver for JsonLines {
    fn refuse(
        &mut self,
        input: &Input<'_>,
        diagnostics: &[Diagnostic],
        _: &mut Report,
    ) -> Result<(), Stop> {
        self.lines.push(&Line::without_code(input.name, diagnostics.iter().collect()))
    }

    fn begin(&mut self, _: &Input<'_>, _: &[Diagnostic], _: &mut Report) -> Result<(), Stop> {
        Ok(())
    }

    fn take(
        &mut self,
        input: &Input<'_>,
        message: &Message<'_>,
        snippet: &Snippet<'_>,
        _: &mut Report,
    ) -> Result<Status, Stop> {
        self.lines.push(&Line {
            file: input.name,
            target: Some(snippet.target.to_string()),
            outcome: Some(snippet.outcome),
            extension: Some(&snippet.extension),
            code: snippet.code.as_deref(),
            attachments: snippet.attachments.iter().map(AttachmentValue::from).collect(),
            adds: &snippet.adds,
            diagnostics: message.diagnostics.iter().chain(&snippet.diagnostics).collect(),
        })?;
        Ok(judge(snippet.outcome, self.strictness))
    }

    fn fail(
        &mut self,
        input: &Input<'_>,
        message: &Message<'_>,
        target: &TargetId,
        error: &Diagnostic,
        _: &mut Report,
    ) -> Result<(), Stop> {
        let diagnostics = message.diagnostics.iter().chain([error]).collect();
        let line = Line::without_code(input.name, diagnostics);
        self.lines.push(&Line { target: Some(target.to_string()), ..line })
    }

    fn finish(&mut self) -> Result<(), Stop> {
        Ok(())
    }
}
