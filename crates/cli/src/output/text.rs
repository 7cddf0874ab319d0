//! Code for people: on standard output, in a file, or in a folder.

use std::path::PathBuf;

use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Outcome, Snippet, TargetId};

use super::folder::{self, Layout};
use super::{Input, Receiver};
use crate::code;
use crate::page::Page;
use crate::stop::{Status, Strictness, judge};

/// Where code goes.
pub enum Destination {
    /// Standard output, which holds code alone.
    Stdout,
    /// One file.
    File(PathBuf),
    /// A folder for many.
    Folder(Layout),
}

/// Writes code, and tells the person at the terminal what there is to say.
pub struct Text {
    /// Where the code goes.
    pub destination: Destination,
    /// Whether there is one snippet, and no doubt to whom words and code belong.
    pub is_alone: bool,
    /// Whether a lossy snippet is a failure.
    pub strictness: Strictness,
}

impl Text {
    /// Where there are many, a line tells which one the next words or lines of code belong to.
    fn head(&self, input: &Input<'_>, target: &TargetId, outcome: &str, page: &mut Page) {
        if !self.is_alone {
            page.head(&format!("{} → {target}: {outcome}", input.name));
        }
    }

    fn write(&self, input: &Input<'_>, mut snippet: Snippet, page: &mut Page) {
        let Some(code) = snippet.code.take() else { return };
        let written = match &self.destination {
            Destination::Stdout => {
                page.add_code(code);
                tell_of_attachments(&snippet, page);
                return;
            }
            Destination::File(path) => folder::write_beside(path, &snippet, &code),
            Destination::Folder(layout) => layout.write(input.stem, &snippet, &code),
        };
        if let Err(diagnostic) = written {
            page.tell(&diagnostic);
            page.add_status(Status::Failed);
        }
    }
}

impl Receiver for Text {
    fn needs_folders(&self) -> bool {
        matches!(self.destination, Destination::Folder(_))
    }

    fn refuse(&self, input: &Input<'_>, error: &Diagnostic, page: &mut Page) {
        page.tell_of(error, input.name, input.bytes);
    }

    fn begin(&self, input: &Input<'_>, diagnostics: &[Diagnostic], page: &mut Page) {
        for diagnostic in diagnostics {
            page.tell_of(diagnostic, input.file, input.bytes);
        }
    }

    fn take(&self, input: &Input<'_>, _: &Message<'_>, snippet: Snippet, page: &mut Page) {
        let goes_to_stdout = matches!(self.destination, Destination::Stdout);
        if goes_to_stdout || !snippet.diagnostics.is_empty() {
            self.head(input, &snippet.target, &snippet.outcome.to_string(), page);
        }
        for diagnostic in &snippet.diagnostics {
            page.tell_of(diagnostic, input.file, input.bytes);
        }
        if self.strictness == Strictness::Strict && snippet.outcome == Outcome::Lossy {
            let message = format!("{} is lossy, which --strict does not allow", snippet.target);
            page.tell(&Diagnostic::error(code::STRICT, message));
        }
        page.add_status(judge(snippet.outcome, self.strictness));
        self.write(input, snippet, page);
    }

    fn fail(
        &self,
        input: &Input<'_>,
        _: &Message<'_>,
        target: &TargetId,
        error: &Diagnostic,
        page: &mut Page,
    ) {
        self.head(input, target, "failed", page);
        page.tell(error);
    }
}

/// Standard output holds code alone, so that someone has to be told of the files that it reads.
fn tell_of_attachments(snippet: &Snippet, page: &mut Page) {
    let names: Vec<String> =
        snippet.attachments.iter().map(|attachment| format!("`{}`", attachment.name)).collect();
    if !names.is_empty() {
        let message = format!("the snippet reads {}, which is not written", names.join(", "));
        let note = Diagnostic::note(code::ATTACHMENT_UNWRITTEN, message);
        page.tell(&note.with_help("`-o PATH` writes the snippet and what it reads beside it"));
    }
}
