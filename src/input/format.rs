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
    /// Postman collections 2.0 and 2.1.
    Postman,
}

/// Each format with its name, in the order in which help lists them.
const NAMES: &[(Format, &str)] = &[
    (Format::Message, "message"),
    (Format::Curl, "curl"),
    (Format::Har, "har"),
    (Format::HttpFile, "http-file"),
    (Format::Fetch, "fetch"),
    (Format::Postman, "postman"),
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(format, _)| *format)
    }

    /// The name, as it is given to `--from` and printed in JSON.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
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
        let names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
        write!(f, "`{}` is no format of input; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(format, _)| *format).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
