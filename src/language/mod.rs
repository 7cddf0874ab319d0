//! `templates/<language>/language.toml` → [`Language`] and [`Client`]; a user's folder laid over the
//! built-in ones.
//!
//! A language is data. Nothing here, nor anywhere else in the crate, names one.

mod call;
mod client;
mod fact;
mod host;
mod like;
mod limits;
mod place;
mod response;
mod rule;
pub mod run;
mod slot;
mod source;
mod step;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::literal::{
    BytesStyle, CommentStyle, EnvironmentStyle, JsonLiteral, Literals, SplitStyle, StringStyle,
};

pub use call::{Helper, Takes};
pub use client::{
    Add, Client, Encoding, HeaderRules, JsonTop, MultipartRules, NativeForm, NativeJson,
    NativeQuery, TextTrait,
};
pub use fact::{
    FieldEffect, FieldFact, MethodEffect, MethodFact, NameCase, NameRules, name_matches,
};
pub use host::{HostRules, HostStep, HostSteps};
pub use limits::{Limit, LimitPart, limits};
pub(crate) use place::of_key as place_of_key;
pub use response::{DecodingFact, RedirectFact, Redirects, ResponseRules};
pub use rule::{BodyTrait, Condition, Rule, TargetTrait, ValueTrait};
pub use run::Run;
pub use slot::{NameSlot, TypeSlot};
pub use source::Sources;
pub use step::{Recoding, Step, Steps, SystemSteps, TargetRules};
pub use words::{HEADER_CASE, HEADER_ENCODING, RESPONSE_ENCODED, SINGLETON_JOINED, Saying};

/// A language with its clients.
#[derive(Debug)]
pub struct Language {
    /// The language's name for a reader.
    pub title: String,
    /// Other names of the language, as people type them: `py`.
    pub aliases: Vec<String>,
    /// The name that highlighters know (`bash`), where it is not the name of the folder.
    pub highlight: Option<String>,
    /// File name extension, without the dot.
    pub extension: String,
    /// The client that the language alone means.
    pub default: String,
    /// One level of indentation.
    pub indent: String,
    /// What ends a line of the code; the line feeds of a text's own stay as they are.
    pub line_end: String,
    /// Whether the code ends where the template does, and not with the last line that is not empty.
    pub keeps_end: bool,
    /// The most bytes of code that can run (a command line's length), where there is a limit.
    pub max_code: Option<usize>,
    /// How literals are written.
    pub literals: Literals,
    /// The clients, by name.
    pub clients: BTreeMap<String, Client>,
    run: toml::Table,
}

/// `language.toml` as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LanguageTable {
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    highlight: Option<String>,
    extension: String,
    default: String,
    #[serde(default = "four_spaces")]
    indent: String,
    #[serde(default = "line_feed")]
    line_end: String,
    #[serde(default)]
    keeps_end: bool,
    max_code: Option<usize>,
    #[serde(default)]
    string: Vec<StringStyle>,
    split: Option<SplitStyle>,
    bytes: Option<BytesStyle>,
    json: Option<JsonLiteral>,
    comment: Option<CommentStyle>,
    environment: Option<EnvironmentStyle>,
    #[serde(default)]
    run: toml::Table,
    client: BTreeMap<String, Client>,
}

fn four_spaces() -> String {
    "    ".to_owned()
}

fn line_feed() -> String {
    "\n".to_owned()
}

/// Why a language could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LanguageError {
    /// There is no such language.
    Missing {
        /// The name that was asked for.
        language: String,
    },
    /// Its `language.toml` does not hold together.
    Toml {
        /// Which file.
        path: String,
        /// What is wrong, with line and column where they are known.
        message: String,
    },
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { language } => write!(f, "there is no language `{language}`"),
            Self::Toml { path, message } => write!(f, "{path}: {message}"),
        }
    }
}

impl std::error::Error for LanguageError {}

impl Language {
    /// Reads `<name>/language.toml` from `sources`.
    pub fn load(sources: &Sources, name: &str) -> Result<Self, LanguageError> {
        let path = format!("{name}/language.toml");
        let text = sources
            .get(&path)
            .ok_or_else(|| LanguageError::Missing { language: name.to_owned() })?;
        Self::read(sources, text).map_err(|message| LanguageError::Toml { path, message })
    }

    fn read(sources: &Sources, text: &str) -> Result<Self, String> {
        let describe = |error: toml::de::Error| error.to_string().trim_end().to_owned();
        let mut whole = toml::Table::new();
        if like::is_in(text) {
            whole = toml::from_str(text).map_err(describe)?;
        }
        // What is read from the text has its place.
        let mut table: LanguageTable = if like::resolve(sources, &mut whole)? {
            whole.try_into().map_err(describe)?
        } else {
            toml::from_str(text).map_err(describe)?
        };
        if !table.client.contains_key(&table.default) {
            return Err(format!("`default = \"{}\"` names no client", table.default));
        }
        for (name, client) in &mut table.client {
            if client.rule.iter().any(|rule| rule.unsupported.is_some() && rule.code.is_none()) {
                return Err(format!("a rule of `{name}` has a reason for no code, but no `code`"));
            }
            client.reads_environment = table.environment.is_some();
            client.adds.sort_by(|one, other| one.name.cmp(&other.name));
            let merged = merge_run(&table.run, client)?;
            if let Some(file) = merged.file().filter(|file| !run::is_inside(file)) {
                let place = place::of_value(text, "file", file);
                return Err(format!(
                    "{place}`[run] file` is `{file}`, which is not in the snippet's folder: \
                     give a path in it, such as `main.{}`",
                    table.extension
                ));
            }
        }
        // The styles that lay out lines need the indentation.
        for string in &mut table.string {
            string.unit.clone_from(&table.indent);
        }
        if let Some(split) = &mut table.split {
            split.unit.clone_from(&table.indent);
        }
        if let Some(json) = &mut table.json {
            json.unit.clone_from(&table.indent);
        }
        if let Some(bytes) = &mut table.bytes {
            bytes.unit.clone_from(&table.indent);
        }
        if let Some(comment) = &mut table.comment {
            comment.unit.clone_from(&table.indent);
        }
        Ok(Self {
            title: table.title,
            aliases: table.aliases,
            highlight: table.highlight,
            extension: table.extension,
            default: table.default,
            indent: table.indent,
            line_end: table.line_end,
            keeps_end: table.keeps_end,
            max_code: table.max_code,
            literals: Literals {
                string: table.string,
                split: table.split,
                bytes: table.bytes,
                json: table.json,
                comment: table.comment,
                environment: table.environment,
            },
            clients: table.client,
            run: table.run,
        })
    }

    /// How a snippet of `client` is run: the language's `[run]` with the client's laid over it.
    pub fn run(&self, client: &Client) -> Result<Run, LanguageError> {
        merge_run(&self.run, client).map_err(|message| LanguageError::Toml {
            path: format!("{} [run]", self.title),
            message,
        })
    }
}

/// The `[run]` of a language with a client's laid over it.
fn merge_run(run: &toml::Table, client: &Client) -> Result<Run, String> {
    let mut merged = run.clone();
    merged.extend(client.run.clone());
    merged.try_into().map_err(|error: toml::de::Error| format!("[run]: {}", error.message()))
}
