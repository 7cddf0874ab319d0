//! What is said to the person at the terminal: standard error, through the one printer.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use requote::diagnostic::{Diagnostic, Palette, make_visible, render};

use crate::args::Color;
use crate::code;
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
    pub fn conclude(mut self, work: impl FnOnce(&mut Self) -> Result<ExitCode, Stop>) -> ExitCode {
        match work(&mut self) {
            Ok(exit) => exit,
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

    /// Prints a diagnostic of no message.
    pub fn tell(&mut self, diagnostic: &Diagnostic) {
        if [code::LANGUAGE_INVALID, code::TEMPLATE_INVALID].contains(&&*diagnostic.code) {
            self.tell_of_template(diagnostic);
        } else {
            self.tell_of(diagnostic, "", b"");
        }
    }

    /// The lines after the first show the place in the template.
    fn tell_of_template(&mut self, diagnostic: &Diagnostic) {
        let mut lines = diagnostic.message.lines();
        let mut first = diagnostic.clone();
        lines.next().unwrap_or_default().clone_into(&mut first.message);
        self.tell_of(&first, "", b"");
        for line in lines {
            self.write(&format!("{}\n", make_visible(line)));
        }
    }

    /// Prints a diagnostic of the message `source`, which is called `name`.
    pub fn tell_of(&mut self, diagnostic: &Diagnostic, name: &str, source: &[u8]) {
        self.write(&render(diagnostic, name, source, &self.palette));
    }

    /// Prints a line that tells what follows.
    pub fn head(&mut self, line: &str) {
        let Palette { message, reset, .. } = self.palette;
        self.write(&format!("{message}{}{reset}\n", make_visible(line)));
    }

    /// Nobody can be told that standard error is gone.
    fn write(&mut self, text: &str) {
        let _ = self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush());
    }
}
