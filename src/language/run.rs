//! How a snippet is run: the `[run]` table of `language.toml`.
//!
//! The library carries this data and hands it out; only the program acts on it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use crate::literal::text_or_table::TextOrTable;

/// A program and its arguments; each may hold placeholders such as `{file}`: see [`PLACES`].
pub type Command = Vec<String>;

/// The placeholders of commands and of `env`, without their braces, and what takes their place. One
/// that means nothing at a place stays as it is.
pub const PLACES: &[(&str, &str)] = &[
    ("file", "The name of the snippet's file."),
    ("stem", "That name without its extension."),
    ("dir", "The path of the snippet's folder."),
    ("workspace", "The path of what `[run.workspace]` built; of commands that use it."),
    ("port", "The port at which the server on this machine waits for the snippet; in `command`."),
    (
        "list",
        "The path of a file with a line for each snippet of a batch: the path of its folder, the name \
         of its file, the origin that waits for it, and how many files it reads in its folder, with \
         a tab between; in `[run.batch]`.",
    ),
    ("batch", "The path of the batch's folder, in which its commands run; in `[run.batch]`."),
];

/// The `[run]` table. Every key may be absent; the methods give the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Run {
    /// The name of the snippet's file, in its folder; `snippet.<extension>` by default.
    file: Option<String>,
    /// Commands that each exit with 0 where the toolchain is installed.
    requires: Option<Vec<Command>>,
    /// Where snippets run, in words: the program or the system that they need.
    r#where: Option<String>,
    /// How a person installs the toolchain.
    install: Option<String>,
    /// Runs one snippet, in the snippet's folder: `["python3", "{file}"]`. See the placeholders below.
    command: Option<Command>,
    /// Commands that run before `command`, in the snippet's folder.
    build: Option<Vec<Command>>,
    /// Checks the syntax of the snippet without running it.
    syntax: Option<Command>,
    /// Rewrites the snippet's file in place, in the language's usual layout.
    format: Option<Command>,
    /// Exits with another status than 0 where the snippet is not good style.
    lint: Option<Command>,
    /// Environment variables of every command; values may hold placeholders.
    env: Option<BTreeMap<String, String>>,
    /// How much work one run is.
    cost: Option<Cost>,
    /// The time limit of one snippet in seconds, 20 by default.
    timeout: Option<u64>,
    /// What is built once and shared.
    workspace: Option<Workspace>,
    /// How many snippets are run by one command.
    batch: Option<Batch>,
}

/// How much work one run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cost {
    /// Well below a second.
    #[default]
    Quick,
    /// A second or more.
    Slow,
}

/// What is built once and shared by all snippets of a client.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Workspace {
    /// Relative path to content.
    #[serde(default)]
    pub files: BTreeMap<String, WorkspaceFile>,
    /// Commands that run once, in the workspace.
    #[serde(default)]
    pub setup: Vec<Command>,
}

/// The content of a workspace file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "TextOrTable<FromLanguage>")]
#[non_exhaustive]
pub enum WorkspaceFile {
    /// The text itself.
    Text(String),
    /// A file of the language's folder, or of `_shared`.
    From(FromLanguage),
}

impl From<TextOrTable<FromLanguage>> for WorkspaceFile {
    fn from(value: TextOrTable<FromLanguage>) -> Self {
        match value {
            TextOrTable::Text(text) => Self::Text(text),
            TextOrTable::Table(file) => Self::From(file),
        }
    }
}

/// Names a file that stands next to `language.toml`, or in `_shared`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FromLanguage {
    /// The file's name; in the folder that languages share, its path: `_shared/batch.sh`.
    pub from: String,
}

/// How many snippets are run by one command.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Batch {
    /// The most snippets in one batch.
    pub size: usize,
    /// Commands that run first, in the batch's folder.
    #[serde(default)]
    pub build: Vec<Command>,
    /// Runs all snippets of the batch. It leaves a file `exit` beside each, with the decimal exit
    /// status, and may leave `stdout` and `stderr`.
    pub command: Command,
}

/// Whether a path leads from a folder to what is in it, on every platform.
pub(super) fn is_inside(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(is_name) && !path.contains(['\\', ':', '\0'])
}

/// The time limit of a snippet whose table gives none.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(20);

impl Run {
    /// This table laid over `base`: what is absent here is taken from there, key by key.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        Self {
            file: self.file.or(base.file),
            requires: self.requires.or(base.requires),
            r#where: self.r#where.or(base.r#where),
            install: self.install.or(base.install),
            command: self.command.or(base.command),
            build: self.build.or(base.build),
            syntax: self.syntax.or(base.syntax),
            format: self.format.or(base.format),
            lint: self.lint.or(base.lint),
            env: self.env.or(base.env),
            cost: self.cost.or(base.cost),
            timeout: self.timeout.or(base.timeout),
            workspace: self.workspace.or(base.workspace),
            batch: self.batch.or(base.batch),
        }
    }

    /// The name of the snippet's file; `snippet.<extension>` where none is given.
    pub fn file_name(&self, extension: &str) -> String {
        self.file.clone().unwrap_or_else(|| format!("snippet.{extension}"))
    }

    /// The file that the table names.
    pub(super) fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Commands that each exit with 0 where the toolchain is installed.
    pub fn requires(&self) -> &[Command] {
        self.requires.as_deref().unwrap_or_default()
    }

    /// Where snippets run, in words: the program or the system that they need.
    pub fn location(&self) -> Option<&str> {
        self.r#where.as_deref()
    }

    /// How a person installs the toolchain.
    pub fn install(&self) -> Option<&str> {
        self.install.as_deref()
    }

    /// Runs one snippet, in the snippet's folder; `None` where a snippet only runs in a batch, or
    /// not at all.
    pub fn command(&self) -> Option<&Command> {
        self.command.as_ref().filter(|command| !command.is_empty())
    }

    /// Commands that run before [`Run::command`], in the snippet's folder.
    pub fn build(&self) -> &[Command] {
        self.build.as_deref().unwrap_or_default()
    }

    /// Checks the syntax of the snippet without running it.
    pub fn syntax(&self) -> Option<&Command> {
        self.syntax.as_ref().filter(|command| !command.is_empty())
    }

    /// Rewrites the snippet's file in place, in the language's usual layout.
    pub fn format(&self) -> Option<&Command> {
        self.format.as_ref().filter(|command| !command.is_empty())
    }

    /// Exits with another status than 0 where the snippet is not good style.
    pub fn lint(&self) -> Option<&Command> {
        self.lint.as_ref().filter(|command| !command.is_empty())
    }

    /// Environment variables of every command of this table; values may hold placeholders.
    pub fn env(&self) -> impl Iterator<Item = (&str, &str)> {
        self.env.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How much work one run is.
    pub fn cost(&self) -> Cost {
        self.cost.unwrap_or_default()
    }

    /// The time limit of one snippet, 20 seconds where none is given.
    pub fn timeout(&self) -> Duration {
        self.timeout.map_or(DEFAULT_TIMEOUT, Duration::from_secs)
    }

    /// What is built once and shared.
    pub fn workspace(&self) -> Option<&Workspace> {
        self.workspace.as_ref()
    }

    /// How many snippets are run by one command.
    pub fn batch(&self) -> Option<&Batch> {
        self.batch.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Run {
        toml::from_str(text).expect("a valid table")
    }

    #[test]
    fn client_replaces_single_keys_of_the_language() {
        let language =
            read("command = ['sh', '{file}']\ntimeout = 3\nrequires = [['sh', '-c', ':']]");
        let client = read("timeout = 9\ninstall = 'apt install x'");
        let run = client.over(language);
        assert_eq!(run.command(), Some(&vec!["sh".to_owned(), "{file}".to_owned()]));
        assert_eq!(run.timeout(), Duration::from_secs(9));
        assert_eq!(run.requires().len(), 1);
        assert_eq!(run.install(), Some("apt install x"));
    }

    #[test]
    fn a_client_can_take_away_what_the_language_gives() {
        let language = read("build = [['make']]\nlint = ['lint', '{file}']");
        let run = read("build = []\nlint = []").over(language);
        assert!(run.build().is_empty());
        assert_eq!(run.lint(), None);
    }

    #[test]
    fn defaults_stand_where_the_table_is_silent() {
        let run = Run::default();
        assert_eq!(run.file_name("py"), "snippet.py");
        assert_eq!(run.timeout(), Duration::from_secs(20));
        assert_eq!(run.cost(), Cost::Quick);
        assert!(run.workspace().is_none() && run.batch().is_none());
    }

    #[test]
    fn workspace_files_are_text_or_stand_in_the_language_folder() {
        let run = read(
            "[workspace]\nfiles = { 'a.txt' = 'A', 'driver.mjs' = { from = 'driver.mjs' } }\n\
             [batch]\nsize = 5\ncommand = ['node', '{workspace}/driver.mjs', '{list}']",
        );
        let files = &run.workspace().expect("a workspace").files;
        assert_eq!(files["a.txt"], WorkspaceFile::Text("A".to_owned()));
        assert!(
            matches!(&files["driver.mjs"], WorkspaceFile::From(file) if file.from == "driver.mjs")
        );
        assert_eq!(run.batch().expect("a batch").size, 5);
    }

    #[test]
    fn paths_that_leave_the_folder_are_not_inside() {
        for path in ["main.sh", "src/main.rs", "a..b", ".x"] {
            assert!(is_inside(path), "{path}");
        }
        for path in ["", ".", "../x", "../../x", "/tmp/x", "a/../../x", "a//b", "C:x", "a\\b"] {
            assert!(!is_inside(path), "{path}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(toml::from_str::<Run>("comand = ['sh']").is_err());
        assert!(toml::from_str::<Run>("[batch]\nsize = 1\ncommand = []\nspeed = 2").is_err());
    }
}
