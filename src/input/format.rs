//! The kinds of input.

use std::fmt;
use std::str::FromStr;

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// A raw HTTP message, as it is or as it was pasted.
    Message,
    /// curl commands, in the words of a POSIX shell.
    Curl,
    /// HAR 1.2: captures, and request objects by themselves.
    Har,
    /// `.http` and `.rest` files of editors.
    HttpFile,
    /// Calls of `fetch` with literals.
    Fetch,
    /// XML that Burp saves.
    Burp,
    /// curl commands, in the words of the Windows command line.
    Cmd,
    /// `Invoke-WebRequest` with literals.
    PowerShell,
    /// Postman collections 2.0 and 2.1.
    Postman,
}

/// All formats, in the order in which help lists them.
const ALL: [Format; 9] = [
    Format::Message,
    Format::Curl,
    Format::Har,
    Format::HttpFile,
    Format::Fetch,
    Format::Burp,
    Format::Cmd,
    Format::PowerShell,
    Format::Postman,
];

/// Their names, in the same order.
const NAMES: &str = "message curl har http-file fetch burp cmd powershell postman";

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter()
    }

    /// The name, as it is given to `--from` and printed in JSON.
    pub fn name(self) -> &'static str {
        let mut names = Self::all().zip(NAMES.split(' '));
        names.find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = NAMES.replace(' ', ", ");
        write!(f, "`{}` is no format of input; there are {names}", self.0)
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::all().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
