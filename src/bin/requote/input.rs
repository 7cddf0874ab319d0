//! Where messages are read from.

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use requote::diagnostic::Diagnostic;

use crate::code;
use crate::report::Report;
use crate::stop::Stop;

/// Where one message is read from.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// Standard input.
    Stdin,
    /// A file.
    File(&'a Path),
}

impl<'a> From<&'a Path> for Place<'a> {
    fn from(path: &'a Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path) }
    }
}

/// The places that the command line names; standard input where it names none.
pub fn list_places(files: &[PathBuf]) -> Result<Vec<Place<'_>>, Stop> {
    if files.is_empty() {
        return Ok(vec![Place::Stdin]);
    }
    let places: Vec<Place> = files.iter().map(|path| Place::from(path.as_path())).collect();
    if places.iter().filter(|place| matches!(place, Place::Stdin)).count() > 1 {
        let message = "standard input can be read once, and `-` names it twice";
        return Err(Stop::usage(Diagnostic::error(code::INPUT_REPEATED, message)));
    }
    Ok(places)
}

impl Place<'_> {
    /// What the message is called in what is printed.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The name of the file, without its folder and its extension.
    pub fn stem(&self) -> OsString {
        match self {
            Self::Stdin => "stdin".into(),
            Self::File(path) => path.file_stem().unwrap_or("message".as_ref()).to_owned(),
        }
    }

    /// Reads the whole of it.
    pub fn read(&self, report: &mut Report) -> Result<Vec<u8>, Box<Diagnostic>> {
        let read = match self {
            Self::Stdin => read_stdin(report),
            Self::File(path) => fs::read(path),
        };
        read.map_err(|error| {
            let what = match self {
                Self::Stdin => "standard input".to_owned(),
                Self::File(path) => format!("`{}`", path.display()),
            };
            let message = format!("cannot read {what}: {error}");
            let diagnostic = Diagnostic::error(code::INPUT_UNREADABLE, message);
            Box::new(
                diagnostic
                    .with_help("name a file with one HTTP message, or `-` for standard input"),
            )
        })
    }
}

fn read_stdin(report: &mut Report) -> io::Result<Vec<u8>> {
    let mut stdin = io::stdin().lock();
    if stdin.is_terminal() {
        let message = "waiting for an HTTP message on standard input";
        let note = Diagnostic::note(code::INPUT_AWAITED, message);
        report.tell(&note.with_help("type or paste one and end it with Ctrl-D, or name a FILE"));
    }
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes)?;
    Ok(bytes)
}
