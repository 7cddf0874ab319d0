//! `templates/<language>/language.toml` → [`Language`] and [`Client`]; a user's folder laid over the
//! built-in ones.
//!
//! A language is data. Nothing here, nor anywhere else in the crate, names one.

mod call;
mod client;
#[cfg(feature = "templates")]
mod doubts;
#[cfg(feature = "templates")]
mod explain;
mod fact;
#[cfg(feature = "templates")]
mod fact_doubts;
mod file_name;
mod host;
mod layered;
#[cfg(feature = "templates")]
mod like;
mod limits;
#[cfg(feature = "templates")]
mod list_doubts;
mod native;
mod option;
mod packed;
mod reference;
mod response;
mod rule;
pub mod run;
mod slot;
mod source;
mod step;
#[cfg(feature = "templates")]
mod tables;
#[cfg(feature = "templates")]
mod text_doubts;
mod usual;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::diagnostic::{Fault, File};
use crate::literal::{
    BytesStyle, CommentStyle, EnvironmentStyle, JsonLiteral, Literals, SplitStyle, StringStyle,
    VariableStyle,
};
use crate::order::sort_by_text;

pub use call::{Helper, Takes};
pub use client::{Add, Client, Encoding, HeaderRules, TextTrait};
#[cfg(feature = "templates")]
pub use doubts::{Doubt, DoubtKind, doubts};
pub use fact::{
    FieldEffect, FieldFact, MethodEffect, MethodFact, NameCase, NameRules, name_matches,
};
pub use file_name::{Role, is_name, role_of};
pub use host::{HostRules, HostStep, HostSteps};
use layered::Layered;
pub use limits::{Limit, LimitPart, limits};
pub use native::{JsonTop, MultipartRules, NativeForm, NativeJson, NativeQuery};
pub use option::{
    OPTION_WORDS, OptionFact, OptionType, OptionValue, OptionWord, TargetOption, VARIABLE_OPTIONS,
    list_options, option_word, read_option,
};
pub use packed::Packed;
#[cfg(feature = "templates")]
pub use packed::pack;
pub use reference::{REFERENCE, SCHEMA};
pub use response::{DecodingFact, RedirectFact, Redirects, ResponseRules};
pub use rule::{BodyTrait, Condition, Rule, TargetTrait, ValueTrait};
pub use run::Run;
pub use slot::{NameSlot, PairSlot, TextSlot, TypeSlot};
pub use source::{Origin, Sources};
pub use step::{Recoding, Step, Steps, SystemSteps, TargetRules};
#[cfg(feature = "templates")]
use tables::Tables;
#[cfg(feature = "docs")]
pub(crate) use tables::lay_over;
pub use usual::{Usual, ValueForm};
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
    /// The column that the language's formatter keeps its lines within.
    pub width: usize,
    /// What the formatter writes inside of braces in one line.
    pub padding: String,
    /// What ends a line of the code; the line feeds of a text's own stay as they are.
    pub line_end: String,
    /// Whether the code ends where the template does, and not with the last line that is not empty.
    pub keeps_end: bool,
    /// The most bytes of code that can run (a command line's length), where there is a limit.
    pub max_code: Option<NonZeroUsize>,
    /// How literals are written.
    pub literals: Literals,
    /// The clients, by name.
    pub clients: BTreeMap<String, Client>,
    run: Run,
    /// What [`Self::writes_every_text`] found out.
    writes_every_text: OnceLock<bool>,
}

/// A language: what `language.toml` says before its first table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LanguageTable {
    /// The language's name for a reader.
    title: String,
    /// Other names of the language, as people type them: `py`.
    #[serde(default)]
    aliases: Vec<String>,
    /// The name that highlighters know (`bash`), where it is not the name of the folder.
    highlight: Option<String>,
    /// File name extension, without the dot.
    extension: String,
    /// The client that the language alone means.
    default: String,
    /// One level of indentation; four spaces by default.
    #[serde(default = "four_spaces")]
    indent: String,
    /// The column that the language's formatter keeps its lines within; 80 by default.
    #[serde(default = "eighty")]
    width: usize,
    /// What the formatter writes inside of braces in one line: a space by default, or nothing.
    #[serde(default = "space")]
    padding: String,
    /// What ends a line of the code; a line feed by default.
    #[serde(default = "line_feed")]
    line_end: String,
    /// Whether the code ends where the template does, and not with the last line that is not empty.
    #[serde(default)]
    keeps_end: bool,
    /// The most bytes of code that can run (a command line's length), where there is a limit.
    max_code: Option<NonZeroUsize>,
    /// The ways to write a string, in the order of preference: the one with the fewest escapes is used.
    #[serde(default)]
    string: Vec<StringStyle>,
    /// How a text of many lines becomes many literals.
    split: Option<SplitStyle>,
    /// How bytes are written.
    bytes: Option<BytesStyle>,
    /// JSON values as the language's own literals.
    json: Option<JsonLiteral>,
    /// How comments are written.
    comment: Option<CommentStyle>,
    /// How the language reads variables of its environment.
    environment: Option<EnvironmentStyle>,
    /// How the language reads a variable of its own.
    variable: Option<VariableStyle>,
    /// How a snippet is run.
    #[serde(default)]
    run: Run,
    /// The clients, by name.
    client: BTreeMap<String, Client>,
}

impl LanguageTable {
    /// Gives the indentation to the styles that lay out lines.
    fn indent_styles(&mut self) {
        for string in &mut self.string {
            string.unit.clone_from(&self.indent);
        }
        if let Some(split) = &mut self.split {
            split.unit.clone_from(&self.indent);
        }
        if let Some(json) = &mut self.json {
            json.unit.clone_from(&self.indent);
        }
        if let Some(bytes) = &mut self.bytes {
            bytes.unit.clone_from(&self.indent);
        }
        if let Some(comment) = &mut self.comment {
            comment.unit.clone_from(&self.indent);
        }
    }
}

fn four_spaces() -> String {
    "    ".to_owned()
}

fn eighty() -> usize {
    80
}

fn space() -> String {
    " ".to_owned()
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
    /// Reads the layers of `<name>/language.toml` from `sources`.
    pub fn load(sources: &Sources, name: &str) -> Result<Self, LanguageError> {
        if !sources.has_language(name) {
            return Err(LanguageError::Missing { language: name.to_owned() });
        }
        Self::read(sources, name).map_err(|faults| toml_error(name, &faults))
    }

    fn read(sources: &Sources, name: &str) -> Result<Self, Vec<Fault>> {
        let Layered { mut table, changed, is_changed } = Layered::read(sources, name)?;
        if !table.client.contains_key(&table.default) {
            let message = format!("`default = \"{}\"` names no client", table.default);
            return Err(vec![find_line(
                sources,
                name,
                |line| line.starts_with("default"),
                message,
            )]);
        }
        check_extension(&table.extension).map_err(|message| {
            let is_said = |line: &str| line.starts_with("extension");
            vec![find_line(sources, name, is_said, message)]
        })?;
        for (client_name, client) in &mut table.client {
            if client.rule.iter().any(|rule| rule.unsupported.is_some() && rule.code.is_none()) {
                let message =
                    format!("a rule of `{client_name}` has a reason for no code, but no `code`");
                return Err(vec![find_line(
                    sources,
                    name,
                    |line| line.starts_with("unsupported"),
                    message,
                )]);
            }
            client.reads_environment = table.environment.is_some();
            client.binds_environment = table.environment.as_ref().and_then(|style| style.bind);
            client.variable.clone_from(&table.variable);
            let completed = option::complete(&mut client.options);
            let has_style = table.variable.is_some();
            if let Err((option, message)) =
                completed.and_then(|()| option::check_variables(&client.options, has_style))
            {
                let key = format!("[client.{client_name}.options.{option}]");
                let is_said = |line: &str| line.starts_with(&key);
                return Err(vec![find_line(sources, name, is_said, message)]);
            }
            sort_by_text(&mut client.adds, |it| &it.name);
            let run = client.run.clone().over(table.run.clone());
            if let Some(file) = run.file().filter(|file| !run::is_inside(file)) {
                let message = format!(
                    "`[run] file` is `{file}`, which is not in the snippet's folder: \
                     give a path in it, such as `main.{}`",
                    table.extension
                );
                let is_said = |line: &str| line.contains("file") && line.contains(file);
                return Err(vec![find_line(sources, name, is_said, message)]);
            }
            // Only what the project runs is proven.
            client.proven &= !is_changed
                && !changed.contains(client_name)
                && !sources.is_laid_over(&format!("{name}/{client_name}.tera"));
        }
        table.indent_styles();
        Ok(Self {
            title: table.title,
            aliases: table.aliases,
            highlight: table.highlight,
            extension: table.extension,
            default: table.default,
            indent: table.indent,
            line_end: table.line_end,
            width: table.width,
            padding: table.padding,
            keeps_end: table.keeps_end,
            max_code: table.max_code,
            literals: Literals {
                string: table.string,
                split: table.split,
                bytes: table.bytes,
                json: table.json,
                comment: table.comment,
                environment: table.environment,
                variable: table.variable,
            },
            clients: table.client,
            run: table.run,
            writes_every_text: OnceLock::new(),
        })
    }

    /// Whether the language has code for every request: no limit of its length, and a literal for
    /// every text.
    pub(crate) fn writes_every_text(&self) -> bool {
        self.max_code.is_none()
            && *self.writes_every_text.get_or_init(|| self.literals.hold_every_text())
    }

    /// How a snippet of `client` is run: the language's `[run]` with the client's laid over it.
    pub fn run(&self, client: &Client) -> Run {
        client.run.clone().over(self.run.clone())
    }
}

/// The faults of a language's table.
fn toml_error(language: &str, faults: &[Fault]) -> LanguageError {
    LanguageError::Toml {
        path: faults.first().map_or(language, |fault| &fault.path).to_owned(),
        message: faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n\n"),
    }
}

/// A file name extension has no dot before it; one with a dot inside (`d.ts`) is one too.
fn check_extension(text: &str) -> Result<(), String> {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '.');
    if !text.starts_with('.') && !text.contains("..") && text.chars().all(is_inside) {
        return Ok(());
    }
    Err(format!(
        "`extension` is `{text}`: write it without the dot, in letters, digits, `-`, `_` and `+`"
    ))
}

/// The table of a client as it is read: the layers merged, with the facts of the client that it is like.
/// Empty where there is no such client.
#[cfg(feature = "templates")]
pub fn table_of_client(
    sources: &Sources,
    language: &str,
    client: &str,
) -> Result<toml::Table, LanguageError> {
    let mut tables = Tables::new(sources);
    let merged = tables.resolve(language).and_then(|merged| tables.read(merged.table));
    let table: toml::Table = merged.map_err(|faults| toml_error(language, &faults))?;
    let its = table.get("client").and_then(|clients| clients.get(client));
    Ok(its.and_then(toml::Value::as_table).cloned().unwrap_or_default())
}

/// A fault of a language's table, at the line of the uppermost layer that `is_meant`.
fn find_line(
    sources: &Sources,
    language: &str,
    is_meant: impl Fn(&str) -> bool,
    message: String,
) -> Fault {
    let layers = sources.layers(language);
    let found = layers.iter().rev().find_map(|(file, _)| {
        let start = file.text.lines().find(|line| is_meant(line))?;
        let at = start.as_ptr() as usize - file.text.as_ptr() as usize;
        Some(Fault::new(*file, at, at + start.len(), message.clone()))
    });
    found.unwrap_or_else(|| Fault::new(File { path: language, text: "" }, 0, 0, message))
}
