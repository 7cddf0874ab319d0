//! Code for people: on standard output, in a file, or in a folder.

use std::io::{self, BufWriter, Stdout, Write};
use std::path::PathBuf;

use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Outcome, Snippet, TargetId};

use super::folder::{self, Layout};
use super::{Input, Receiver};
use crate::code;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::to::{Strictness, judge};

/// Where code goes.
pub enum Destination {
    /// Standard output, which holds code alone.
    Stdout(BufWriter<Stdout>),
    /// One file.
    File(PathBuf),
    /// A folder for many.
    Folder(Layout),
}

impl Destination {
    pub fn stdout() -> Self {
        Self::Stdout(BufWriter::new(io::stdout()))
    }
}

/// Writes code, and tells the person at the terminal what there is to say.
pub struct Text {
    destination: Destination,
    /// How many snippets there may be.
    count: usize,
    /// How many are written.
    written: usize,
    strictness: Strictness,
}

impl Text {
    pub fn new(destination: Destination, count: usize, strictness: Strictness) -> Self {
        Self { destination, count, written: 0, strictness }
    }

    /// Where there are many, a line tells which one the next words or lines of code belong to.
    fn head(&self, input: &Input<'_>, target: &TargetId, outcome: &str, report: &mut Report) {
        if self.count > 1 {
            report.head(&format!("{} → {target}: {outcome}", input.name));
        }
    }

    fn write(
        &mut self,
        input: &Input<'_>,
        snippet: &Snippet<'_>,
        code: &str,
        report: &mut Report,
    ) -> Result<Status, Stop> {
        let written = match &mut self.destination {
            Destination::Stdout(out) => {
                if self.written > 0 {
                    out.write_all(b"\n")?;
                }
                out.write_all(code.as_bytes())?;
                out.flush()?;
                tell_of_attachments(snippet, report);
                Ok(())
            }
            Destination::File(path) => folder::write_beside(path, snippet, code),
            Destination::Folder(layout) => layout.write(input.index, snippet, code),
        };
        self.written += 1;
        Ok(match written {
            Ok(()) => Status::Done,
            Err(diagnostic) => {
                report.tell(&diagnostic);
                Status::Failed
            }
        })
    }
}

impl Receiver for Text {
    fn refuse(
        &mut self,
        input: &Input<'_>,
        diagnostics: &[Diagnostic],
        report: &mut Report,
    ) -> Result<(), Stop> {
        self.begin(input, diagnostics, report)
    }

    fn begin(
        &mut self,
        input: &Input<'_>,
        diagnostics: &[Diagnostic],
        report: &mut Report,
    ) -> Result<(), Stop> {
        for diagnostic in diagnostics {
            report.tell_of(diagnostic, input.name, input.bytes);
        }
        Ok(())
    }

    fn take(
        &mut self,
        input: &Input<'_>,
        _: &Message<'_>,
        snippet: &Snippet<'_>,
        report: &mut Report,
    ) -> Result<Status, Stop> {
        let goes_to_stdout = matches!(self.destination, Destination::Stdout(_));
        if goes_to_stdout || !snippet.diagnostics.is_empty() {
            self.head(input, &snippet.target, &snippet.outcome.to_string(), report);
        }
        for diagnostic in &snippet.diagnostics {
            report.tell_of(diagnostic, input.name, input.bytes);
        }
        if self.strictness == Strictness::Strict && snippet.outcome == Outcome::Lossy {
            let message = format!("{} is lossy, which --strict does not allow", snippet.target);
            report.tell(&Diagnostic::error(code::STRICT, message));
        }
        let written = match &snippet.code {
            Some(code) => self.write(input, snippet, code, report)?,
            None => Status::Done,
        };
        Ok(written.max(judge(snippet.outcome, self.strictness)))
    }

    fn fail(
        &mut self,
        input: &Input<'_>,
        _: &Message<'_>,
        target: &TargetId,
        error: &Diagnostic,
        report: &mut Report,
    ) -> Result<(), Stop> {
        self.head(input, target, "failed", report);
        report.tell(error);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Stop> {
        if let Destination::Stdout(out) = &mut self.destination {
            out.flush()?;
        }
        Ok(())
    }
}

/// Standard output holds code alone, so that someone has to be told of the files that it reads.
fn tell_of_attachments(snippet: &Snippet<'_>, report: &mut Report) {
    let names: Vec<String> =
        snippet.attachments.iter().map(|attachment| format!("`{}`", attachment.name)).collect();
    if !names.is_empty() {
        let message = format!("the snippet reads {}, which is not written", names.join(", "));
        let note = Diagnostic::note(code::ATTACHMENT_UNWRITTEN, message);
        report.tell(&note.with_help("`-o PATH` writes the snippet and what it reads beside it"));
    }
}
