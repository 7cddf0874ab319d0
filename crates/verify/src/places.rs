//! The placeholders of the `[run]` table.

use std::collections::BTreeMap;
use std::path::Path;

use requote::language::run::{Command, Run};

/// What the placeholders stand for; those that mean nothing at a place stay as they are.
#[derive(Debug, Clone, Default)]
pub struct Places {
    words: Vec<(&'static str, String)>,
    /// What the snippet reads from its environment.
    variables: Vec<(String, String)>,
}

impl Places {
    /// Adds a placeholder, without its braces.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.words.push((name, value.into()));
        self
    }

    /// Adds variables of the environment.
    #[must_use]
    pub fn with_variables(mut self, variables: &[(String, String)]) -> Self {
        self.variables.extend_from_slice(variables);
        self
    }

    /// Adds a placeholder for a path.
    #[must_use]
    pub fn with_path(self, name: &'static str, path: &Path) -> Self {
        self.with(name, path.to_string_lossy())
    }

    /// These, and those of `other` that are not among them.
    #[must_use]
    pub fn over(mut self, other: &Self) -> Self {
        self.words.extend(other.words.iter().cloned());
        self.variables.extend(other.variables.iter().cloned());
        self
    }

    /// Adds `{file}` and `{stem}`.
    #[must_use]
    pub fn with_file(self, file: &str) -> Self {
        let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.with("file", file).with("stem", stem)
    }

    /// The command with its placeholders filled in.
    pub fn fill(&self, command: &Command) -> Vec<String> {
        command.iter().map(|word| self.fill_word(word)).collect()
    }

    /// The variables of the table; one whose placeholder means nothing yet is left out. Those of the
    /// snippet come beside them.
    pub fn fill_env(&self, run: &Run) -> BTreeMap<String, String> {
        let filled = run.env().map(|(name, value)| (name.to_owned(), self.fill_word(value)));
        let known = filled.filter(|(_, value)| !value.contains("{workspace}"));
        known.chain(self.variables.iter().cloned()).collect()
    }

    /// Reads the word once from left to right, so that a value that holds braces is left alone.
    fn fill_word(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        let mut rest = word;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let found = self.words.iter().find(|(name, _)| {
                rest[1..].strip_prefix(name).is_some_and(|tail| tail.starts_with('}'))
            });
            if let Some((name, value)) = found {
                out.push_str(value);
                rest = &rest[name.len() + 2..];
            } else {
                out.push('{');
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        let places = Places::default().with_file("{stem}.tar.gz").with("port", "80");
        let command = ["x", "{file}", "-o={stem}", "{{port}}", "{unknown}", "{"].map(str::to_owned);
        assert_eq!(
            places.fill(&command.to_vec()),
            ["x", "{stem}.tar.gz", "-o={stem}.tar", "{80}", "{unknown}", "{"]
        );
    }
}
