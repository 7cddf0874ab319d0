//! Where what comes of a message goes: code for people, or lines of JSON for programs.

pub mod file;
pub mod folder;
pub mod json;
mod sink;
pub mod stdout;
mod text;

use std::ffi::OsStr;
use std::path::Path;

use requote::diagnostic::Diagnostic;
use requote::request::Message;
use requote::{Requested, Snippet, TargetId};

use crate::args::ToArgs;
use crate::code;
use crate::page::Page;
use crate::stop::{Stop, Strictness};

use folder::Layout;
use json::JsonLines;
pub use sink::Sink;
use text::{Destination, Text};

/// A message as it was read.
pub struct Input<'i> {
    /// What it is called.
    pub name: &'i str,
    /// The file that it is in.
    pub file: &'i str,
    /// The name of its folder, where folders are written.
    pub stem: &'i OsStr,
    /// All of it.
    pub bytes: &'i [u8],
    /// The request, where one was read.
    pub request: Option<&'i Requested>,
}

/// Puts what comes of messages on pages, or into files; many threads share it.
pub trait Receiver: Sync {
    /// Whether each message needs a folder's name.
    fn needs_folders(&self) -> bool;

    /// There is no message: its file cannot be read, or it does not parse.
    fn refuse(&self, input: &Input<'_>, error: &Diagnostic, page: &mut Page);

    /// There is one, and this is what its reading noticed.
    fn begin(&self, input: &Input<'_>, diagnostics: &[Diagnostic], page: &mut Page);

    /// A target's snippet, or the reason why there is none.
    fn take(&self, input: &Input<'_>, message: &Message<'_>, snippet: Snippet, page: &mut Page);

    /// A target whose templates fail.
    fn fail(
        &self,
        input: &Input<'_>,
        message: &Message<'_>,
        target: &TargetId,
        error: &Diagnostic,
        page: &mut Page,
    );
}

/// The receiver that the command line asks for, and where its pages are printed. `count` is the
/// number of snippets, where it is known.
pub fn open(args: &ToArgs, count: Option<usize>) -> Result<(Box<dyn Receiver>, Sink), Stop> {
    let strictness = if args.strict { Strictness::Strict } else { Strictness::Lenient };
    let path = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    if args.json {
        let sink = match path {
            Some(path) if is_folder(path) => {
                let message = format!("`{}` is a folder, and --json writes a file", path.display());
                return Err(Stop::usage(Diagnostic::error(code::OUTPUT_PATH, message)));
            }
            Some(path) => Sink::to_file(path)?,
            None => Sink::to_stdout(),
        };
        return Ok((Box::new(JsonLines { strictness }), sink));
    }
    let is_alone = count == Some(1);
    let destination = match path {
        None => Destination::Stdout,
        Some(path) if is_alone && !is_folder(path) => Destination::File(path.to_owned()),
        Some(path) if path.is_file() => {
            let many = count.map_or_else(String::new, |count| format!("{count} "));
            let message =
                format!("`{}` is a file, and {many}snippets need a folder", path.display());
            return Err(Stop::usage(Diagnostic::error(code::OUTPUT_PATH, message)));
        }
        Some(path) => Destination::Folder(Layout::new(path)),
    };
    Ok((Box::new(Text { destination, is_alone, strictness }), Sink::to_stdout()))
}

/// Whether a path means a folder: it is one, or it ends with a slash.
fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.is_dir() || last.is_some_and(|&byte| std::path::is_separator(char::from(byte)))
}
