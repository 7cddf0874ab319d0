//! Where what comes of a message goes: code for people, or lines of JSON for programs.

mod folder;
pub mod json;
mod text;

use std::path::Path;

use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Snippet, TargetId};

use crate::args::ToArgs;
use crate::code;
use crate::input::Place;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::to::Strictness;

use folder::Layout;
use json::JsonLines;
use text::{Destination, Text};

/// A message as it was read.
pub struct Input<'i> {
    /// Its place on the command line.
    pub index: usize,
    /// What it is called.
    pub name: &'i str,
    /// All of it.
    pub bytes: &'i [u8],
}

/// Takes what comes of the messages, one after the other.
pub trait Receiver {
    /// There is no message: its file cannot be read, or it does not parse.
    fn refuse(
        &mut self,
        input: &Input<'_>,
        diagnostics: &[Diagnostic],
        report: &mut Report,
    ) -> Result<(), Stop>;

    /// There is one, and this is what its reading noticed.
    fn begin(
        &mut self,
        input: &Input<'_>,
        diagnostics: &[Diagnostic],
        report: &mut Report,
    ) -> Result<(), Stop>;

    /// A target's snippet, or the reason why there is none.
    fn take(
        &mut self,
        input: &Input<'_>,
        message: &Message<'_>,
        snippet: &Snippet<'_>,
        report: &mut Report,
    ) -> Result<Status, Stop>;

    /// A target whose templates fail.
    fn fail(
        &mut self,
        input: &Input<'_>,
        message: &Message<'_>,
        target: &TargetId,
        error: &Diagnostic,
        report: &mut Report,
    ) -> Result<(), Stop>;

    /// Nothing more will come.
    fn finish(&mut self) -> Result<(), Stop>;
}

/// The receiver that the command line asks for.
pub fn open(
    args: &ToArgs,
    places: &[Place<'_>],
    targets: usize,
) -> Result<Box<dyn Receiver>, Stop> {
    let strictness = if args.strict { Strictness::Strict } else { Strictness::Lenient };
    let path = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    if args.json {
        let lines = match path {
            Some(path) if is_folder(path) => {
                let message = format!("`{}` is a folder, and --json writes a file", path.display());
                return Err(Stop::usage(Diagnostic::error(code::OUTPUT_PATH, message)));
            }
            Some(path) => JsonLines::to_file(path, strictness)?,
            None => JsonLines::to_stdout(strictness),
        };
        return Ok(Box::new(lines));
    }
    let count = places.len() * targets;
    let destination = match path {
        None => Destination::stdout(),
        Some(path) if count == 1 && !is_folder(path) => Destination::File(path.to_owned()),
        Some(path) if path.is_file() => {
            let message =
                format!("`{}` is a file, and {count} snippets need a folder", path.display());
            return Err(Stop::usage(Diagnostic::error(code::OUTPUT_PATH, message)));
        }
        Some(path) => Destination::Folder(Layout::new(path, places)),
    };
    Ok(Box::new(Text::new(destination, count, strictness)))
}

/// Whether a path means a folder: it is one, or it ends with a slash.
fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.is_dir() || last.is_some_and(|&byte| std::path::is_separator(char::from(byte)))
}
