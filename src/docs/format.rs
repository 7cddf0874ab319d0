//! The formats of pages.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::view::{UnknownName, find_name};

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// `CommonMark`, with the blocks of tools that indent by four (`!!! note`).
    Markdown,
    /// Markdown with JSX (MDX 3). A page that is none, as it has `<!-- -->`, is read as Markdown.
    Mdx,
    /// reStructuredText.
    #[serde(rename = "rst")]
    ReStructuredText,
    /// `AsciiDoc`.
    AsciiDoc,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Mdx, Self::ReStructuredText, Self::AsciiDoc];

    /// Its name on the command line and in `style.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Mdx => "mdx",
            Self::ReStructuredText => "rst",
            Self::AsciiDoc => "asciidoc",
        }
    }

    /// The extensions of its files, without the dot.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["md", "markdown"],
            Self::Mdx => &["mdx"],
            Self::ReStructuredText => &["rst"],
            Self::AsciiDoc => &["adoc", "asciidoc"],
        }
    }

    /// The format that the extension of a file's name tells.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Self::ALL.into_iter().find(|format| {
            format.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension))
        })
    }

    /// A comment that is a marker with these words.
    pub(super) fn marker(self, words: &str) -> String {
        match self {
            Self::Markdown => format!("<!-- {words} -->"),
            Self::Mdx => format!("{{/* {words} */}}"),
            Self::ReStructuredText => format!(".. {words}"),
            Self::AsciiDoc => format!("// {words}"),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    /// A name, or an extension of its files.
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let known = Self::ALL.into_iter().find(|format| format.extensions().contains(&text));
        known.map_or_else(|| find_name("a format of pages", &Self::ALL, Self::name, text), Ok)
    }
}
