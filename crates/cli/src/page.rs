//! What is to be printed for a part of the work, made on any thread, printed in its turn.

use requote::diagnostic::{Diagnostic, Palette, Severity};

use crate::report;
use crate::stop::Status;

/// A piece of a page.
#[derive(Debug)]
pub enum Piece {
    /// For the person at the terminal.
    Told(String),
    /// A snippet for standard output; a blank line parts it from the one before.
    Code(String),
    /// Whole lines of output.
    Lines(Vec<u8>),
}

/// Pieces in the order in which they are to be seen.
#[derive(Debug)]
pub struct Page {
    /// What came of the work.
    pub status: Status,
    palette: Palette,
    verbosity: Verbosity,
    pieces: Vec<Piece>,
}

/// Which diagnostics of messages and snippets are printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verbosity {
    /// Errors.
    Quiet,
    /// Errors, warnings, and a line for each difference in meaning.
    Usual,
    /// All of them.
    Verbose,
}

impl Page {
    /// A page with nothing on it.
    pub const fn new(palette: Palette, verbosity: Verbosity) -> Self {
        Self { status: Status::Done, palette, verbosity, pieces: Vec::new() }
    }

    /// What is on it; nothing is left.
    pub fn take_pieces(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.pieces)
    }

    /// Notes what came of a part of the work.
    pub fn add_status(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// Appends a snippet.
    pub fn add_code(&mut self, code: String) {
        self.pieces.push(Piece::Code(code));
    }

    /// Appends lines of output through `write`.
    pub fn add_lines<T>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        if !matches!(self.pieces.last(), Some(Piece::Lines(_))) {
            self.pieces.push(Piece::Lines(Vec::new()));
        }
        match self.pieces.last_mut() {
            Some(Piece::Lines(lines)) => write(lines),
            _ => write(&mut Vec::new()),
        }
    }

    /// Appends a diagnostic of no message.
    pub fn tell(&mut self, diagnostic: &Diagnostic) {
        if self.verbosity == Verbosity::Quiet && diagnostic.severity != Severity::Error {
            return;
        }
        let text = report::text_of(diagnostic, &self.palette);
        self.add_told(&text);
    }

    /// Appends a diagnostic of the message `source`, which is called `name`.
    /// Where notes are not asked for, a note that tells of a difference is one line.
    pub fn tell_of(&mut self, diagnostic: &Diagnostic, name: &str, source: &[u8]) {
        match (self.verbosity, diagnostic.severity) {
            (_, Severity::Error)
            | (Verbosity::Verbose, _)
            | (Verbosity::Usual, Severity::Warning) => {}
            (Verbosity::Usual, Severity::Note) if !diagnostic.affects.is_empty() => {
                let mut line = diagnostic.clone();
                (line.span, line.help) = (None, None);
                self.tell(&line);
                return;
            }
            _ => return,
        }
        let text = requote::diagnostic::render(diagnostic, name, source, &self.palette);
        self.add_told(&text);
    }

    /// Appends a line that tells what follows.
    pub fn head(&mut self, line: &str) {
        let text = report::head_of(line, &self.palette);
        self.add_told(&text);
    }

    fn add_told(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Told(told)) => told.push_str(text),
            _ => self.pieces.push(Piece::Told(text.to_owned())),
        }
    }
}
