//! What is said to the person at the terminal: standard error, through the one printer.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use requote::diagnostic::{Diagnostic, Palette, make_visible, render};

use crate::args::Color;
use crate::code;
use crate::page::{Page, Piece};
use crate::stop::{Status, Stop};

/// Standard error.
pub struct Report {
    stream: AutoStream<io::Stderr>,
    palette: Palette,
}

impl Report {
    /// Colours are for terminals, unless `NO_COLOR` or `--color` says otherwise.
    pub fn new(color: Color) -> Self {
        color.choice().write_global();
        let stream = AutoStream::auto(io::stderr());
        let palette = match stream.current_choice() {
            anstream::ColorChoice::Never => Palette::PLAIN,
            _ => Palette::ANSI,
        };
        Self { stream, palette }
    }

    /// Runs the work and says what ended it.
    pub fn conclude(mut self, work: impl FnOnce(&mut Self) -> Result<Status, Stop>) -> ExitCode {
        match work(&mut self) {
            Ok(status) => status.into(),
            Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
            Err(Stop::Output(diagnostic)) => {
                self.tell(&diagnostic);
                Status::Failed.into()
            }
            Err(Stop::Usage(diagnostic)) => {
                self.tell(&diagnostic);
                ExitCode::from(2)
            }
        }
    }

    /// How what is printed looks.
    pub const fn palette(&self) -> Palette {
        self.palette
    }

    /// Prints a diagnostic of no message.
    pub fn tell(&mut self, diagnostic: &Diagnostic) {
        self.write(&text_of(diagnostic, &self.palette));
    }

    /// Prints a diagnostic of no message, the lines of whose text after the first show its place.
    pub fn tell_framed(&mut self, diagnostic: &Diagnostic) {
        self.write(&framed(diagnostic, &self.palette));
    }

    /// Prints a diagnostic of the message `source`, which is called `name`.
    pub fn tell_of(&mut self, diagnostic: &Diagnostic, name: &str, source: &[u8]) {
        self.write(&render(diagnostic, name, source, &self.palette));
    }

    /// Prints what a page tells; it has nothing for standard output.
    pub fn print(&mut self, page: &mut Page) {
        for piece in page.take_pieces() {
            if let Piece::Told(text) = piece {
                self.write(&text);
            }
        }
    }

    /// Prints a text; nobody can be told that standard error is gone.
    pub fn write(&mut self, text: &str) {
        let _ = self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush());
    }
}

/// A diagnostic of no message. Where it is about a template, the lines of its message after the
/// first show the place.
pub fn text_of(diagnostic: &Diagnostic, palette: &Palette) -> String {
    if ![code::LANGUAGE_INVALID, code::TEMPLATE_INVALID].contains(&&*diagnostic.code) {
        return render(diagnostic, "", b"", palette);
    }
    framed(diagnostic, palette)
}

/// The first line of a diagnostic's message, the others as they are, and its way out.
pub fn framed(diagnostic: &Diagnostic, palette: &Palette) -> String {
    let mut lines = diagnostic.message.lines();
    let mut first = diagnostic.clone();
    lines.next().unwrap_or_default().clone_into(&mut first.message);
    let help = first.help.take();
    let mut text = render(&first, "", b"", palette);
    for line in lines {
        text.push_str(&make_visible(line));
        text.push('\n');
    }
    if let Some(help) = help {
        let Palette { help: colour, reset, .. } = palette;
        text.extend([*colour, "help", *reset, ": ", &make_visible(&help), "\n"]);
    }
    text
}

/// A line that tells what follows.
pub fn head_of(line: &str, palette: &Palette) -> String {
    let Palette { message, reset, .. } = palette;
    format!("{message}{}{reset}\n", make_visible(line))
}
