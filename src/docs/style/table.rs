//! The keys of `style.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::docs::Format;

/// A `style.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Table {
    /// The tool, for a reader.
    pub(super) title: String,
    /// Where the tool's documentation tells of its tabs.
    pub(super) docs: String,
    /// The formats of pages that the style is for: `markdown`, `mdx`, `rst`, `asciidoc`.
    pub(super) formats: Vec<Format>,
    /// The formats of which it is the style where nothing else is said.
    #[serde(default)]
    pub(super) default_for: Vec<Format>,
    /// The files that tell of a project that uses the tool; any one of them is enough.
    #[serde(default)]
    pub(super) project: Vec<ProjectFile>,
    /// Characters that a label has no way to show; they are left out.
    #[serde(default)]
    pub(super) label_drops: String,
    /// The tool's names of languages, by the name of `highlight` in `language.toml`.
    #[serde(default)]
    pub(super) highlight: BTreeMap<String, String>,
    /// Lines that a page needs once, such as imports. The template writes those of `needs`.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// What the tool acts on, or takes out, within a block of code.
    #[serde(default)]
    pub(super) directive: Vec<Directive>,
}

/// A file of a project that tells which tool builds its documentation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProjectFile {
    /// Its path from the project's folder; the last part may end with `*`.
    pub file: String,
    /// A text that it has, where its name alone does not tell.
    #[serde(default)]
    pub contains: Option<String>,
}

/// What a tool acts on within a block of code, and how it is made harmless.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Directive {
    /// Texts, each of which may be a directive, or a part of one. ASCII letters match in either case.
    pub(super) find: Vec<String>,
    /// Where in the code they count: `anywhere`, or only at the `line-start`, behind white space.
    #[serde(default)]
    pub(super) at: At,
    /// Only in code with one of these names of languages; in all where it is empty.
    #[serde(default)]
    pub(super) highlight: Vec<String>,
    /// Only in a page that is kept (`page`), or on its way into the documentation (`build`); in both
    /// where it is not said.
    #[serde(default)]
    pub(super) mode: Option<When>,
    /// What makes the code harmless.
    pub(super) then: Then,
    /// With `then = "escape"`, the text that is written before what was found. The tool takes it off.
    #[serde(default)]
    pub(super) before: String,
    /// Where this is documented, or how it was seen.
    #[expect(dead_code, reason = "it is for readers of the table")]
    pub(super) source: String,
}

/// Where a text counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum At {
    #[default]
    Anywhere,
    LineStart,
}

/// When a directive counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum When {
    Page,
    Build,
}

/// What makes code harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Then {
    /// A text before it, which the tool takes off.
    Escape,
    /// The block has no name of a language.
    Plain,
    /// The code is HTML, with references for all that is no letter or digit.
    Html,
    /// The code is HTML of JSX, with a string of JavaScript in it.
    Jsx,
    /// Nothing: there is no snippet.
    Refuse,
}
