//! A page that is read, and written where it changed.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use requote::diagnostic::{Diagnostic, make_visible};
use similar::TextDiff;

use crate::code;
use crate::output::file;

/// The text of a page; none where nothing in it is for requote.
pub fn read(path: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    let refuse = |why: String| {
        let message = format!("cannot read `{}`: {why}", path.display());
        Box::new(Diagnostic::error(code::PAGE, message))
    };
    let bytes = fs::read(path).map_err(|error| refuse(error.to_string()))?;
    if !bytes.windows(b"requote:".len()).any(|window| window == b"requote:") {
        return Ok(None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(refuse("it has markers, and is not UTF-8".to_owned())),
    }
}

/// Puts a new text into the place of a page.
pub fn write(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    file::write(path, text.as_bytes()).map_err(|error| {
        let message = format!("cannot write `{}`: {error}", path.display());
        Box::new(Diagnostic::error(code::OUTPUT_FAILED, message))
    })
}

/// The lines that differ, in the unified format, which `patch` and `git apply` read. On a terminal hidden
/// characters are escapes.
#[expect(clippy::disallowed_methods, reason = "this writes nothing")]
pub fn diff(name: &str, old: &str, new: &str) -> String {
    let difference = TextDiff::from_lines(old, new);
    let (before, after) = (format!("a/{name}"), format!("b/{name}"));
    let text = difference.unified_diff().header(&before, &after).to_string();
    if io::stdout().is_terminal() {
        let show = |line: &str| line.split('\t').map(make_visible).collect::<Vec<_>>().join("\t");
        return text.lines().map(|line| show(line) + "\n").collect();
    }
    text
}
