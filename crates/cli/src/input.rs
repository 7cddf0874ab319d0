//! Where messages are read from.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
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
    pub fn read(&self) -> Result<Vec<u8>, Box<Diagnostic>> {
        let read = match self {
            Self::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            Self::File(path) => fs::read(path),
        };
        read.map_err(|error| {
            let help = "name a file with one HTTP message, or `-` for standard input";
            Box::new(self.unreadable(&error).with_help(help))
        })
    }

    /// Opens it, to read it line by line.
    pub fn open(&self) -> io::Result<Box<dyn BufRead + Send>> {
        Ok(match self {
            Self::Stdin => Box::new(BufReader::new(io::stdin())),
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
        })
    }

    /// Why it cannot be read.
    pub fn unreadable(&self, error: &io::Error) -> Diagnostic {
        let what = match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => format!("`{}`", path.display()),
        };
        Diagnostic::error(code::INPUT_UNREADABLE, format!("cannot read {what}: {error}"))
    }
}

/// Tells a person who typed no file that the program waits for a message.
pub fn announce(places: &[Place<'_>], report: &mut Report) {
    let is_awaited = places.iter().any(|place| matches!(place, Place::Stdin));
    if is_awaited && io::stdin().is_terminal() {
        let message = "waiting for an HTTP message on standard input";
        let note = Diagnostic::note(code::INPUT_AWAITED, message);
        report.tell(&note.with_help("type or paste one and end it with Ctrl-D, or name a FILE"));
    }
}
