//! The files that snippets read, carried by the page itself.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::Diagnostic;
use crate::engine::{Attachment, TargetId};
use crate::grammar::base64;
use crate::view::{UnknownName, find_name};

use super::{Refusal, code};

/// What becomes of code that reads a file, such as a binary body: a page has no file beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Attachments {
    /// There is no snippet, and an error tells why.
    #[default]
    Refuse,
    /// Behind the snippets there is, for each file, a command that makes it.
    Carry,
}

impl Attachments {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Refuse, Self::Carry];

    /// Its name in settings and markers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Carry => "carry",
        }
    }
}

impl fmt::Display for Attachments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Attachments {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        find_name("a way with files", &Self::ALL, Self::name, text)
    }
}

/// The longest file that a page carries, in bytes: more is no page that anybody reads.
pub const MAX_CARRIED: usize = 32 * 1024;

/// Characters in a line of Base64, as RFC 2045 §6.8 has them.
const LINE: usize = 76;

/// The files of a region's snippets, each once.
#[derive(Debug, Default)]
pub(super) struct Carried {
    files: Vec<Attachment>,
}

impl Carried {
    /// Takes the files that the code for `target` reads; the reason where the page cannot have one.
    pub(super) fn take(
        &mut self,
        way: Attachments,
        target: &TargetId,
        files: &[Attachment],
    ) -> Result<(), Refusal> {
        for file in files {
            if let Some((why, help)) = self.why_not(way, file) {
                let message =
                    format!("the code for {target} reads the file `{}`, {why}", file.name);
                let error = Diagnostic::error(code::DOCS_ATTACHMENT, message);
                return Err(error.with_help(help).into());
            }
        }
        for file in files {
            if !self.files.contains(file) {
                self.files.push(file.clone());
            }
        }
        Ok(())
    }

    fn why_not(&self, way: Attachments, file: &Attachment) -> Option<(String, &'static str)> {
        let has_other = |it: &Attachment| it.name == file.name && it.bytes != file.bytes;
        match way {
            Attachments::Refuse => Some((
                "which a page does not have".to_owned(),
                "write `attachments=carry` to show a command that makes the file, or show a shorter body of text",
            )),
            Attachments::Carry if file.bytes.len() > MAX_CARRIED => Some((
                format!(
                    "whose {} bytes are more than the {MAX_CARRIED} that a page carries",
                    file.bytes.len()
                ),
                "show a shorter body",
            )),
            Attachments::Carry if self.files.iter().any(has_other) => Some((
                "and another snippet of this region a file of that name with other bytes"
                    .to_owned(),
                "show the targets in regions of their own",
            )),
            Attachments::Carry => None,
        }
    }

    /// The files, in the order in which snippets named them.
    pub(super) fn files(&self) -> &[Attachment] {
        &self.files
    }
}

/// A command of a POSIX shell with `base64` (GNU, macOS, BSD) that makes a file.
///
/// The name is plain, and Base64 has no character that a shell acts on.
pub(super) fn command(file: &Attachment) -> String {
    let encoded = base64::encode(&file.bytes);
    let mut command = format!("base64 --decode > {} <<'END'\n", file.name);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        command.push_str(line);
        command.push('\n');
        rest = after;
    }
    command.push_str("END\n");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_makes_the_file() {
        let file = |bytes: &[u8]| Attachment { name: "body.bin".to_owned(), bytes: bytes.to_vec() };
        assert_eq!(command(&file(b"")), "base64 --decode > body.bin <<'END'\nEND\n");
        assert_eq!(
            command(&file(&[0xff; 58])),
            format!("base64 --decode > body.bin <<'END'\n{}\n/w==\nEND\n", "/".repeat(76))
        );
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for way in Attachments::ALL {
            assert_eq!(way.to_string().parse(), Ok(way));
        }
        let error = "beside".parse::<Attachments>().unwrap_err().to_string();
        assert_eq!(error, "`beside` is not a way with files: use refuse, carry");
    }
}
