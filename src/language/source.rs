//! The files of `templates/`: those built into the crate, and a user's laid over them.

use std::borrow::Cow;
use std::collections::BTreeMap;

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The texts of template files by path, for example `python/requests.tera`.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    laid_over: BTreeMap<String, Cow<'static, str>>,
}

impl Sources {
    /// The built-in files.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// Lays a file over the built-in one of the same path, or adds it.
    pub fn lay_over(&mut self, path: impl Into<String>, text: impl Into<Cow<'static, str>>) {
        self.laid_over.insert(path.into(), text.into());
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        if let Some(text) = self.laid_over.get(path) {
            return Some(text);
        }
        let at = BUILT_IN.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
        Some(BUILT_IN[at].1)
    }

    /// Whether the file of this path is the built-in one, or the same text.
    pub fn is_built_in(&self, path: &str) -> bool {
        Self::built_in().get(path).is_some_and(|text| self.get(path) == Some(text))
    }

    /// All paths, sorted, each once.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = BUILT_IN
            .iter()
            .map(|(path, _)| *path)
            .chain(self.laid_over.keys().map(String::as_str))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// The (language, client) pairs for which there is a template, sorted.
    pub fn targets(&self) -> Vec<(&str, &str)> {
        self.paths().into_iter().filter_map(target_of).collect()
    }

    /// The paths of a language's partial templates (`_name.tera`), or of all templates in a folder
    /// whose name begins with `_`.
    pub fn partials(&self, language: &str) -> Vec<&str> {
        self.paths()
            .into_iter()
            .filter(|path| {
                path.split_once('/').is_some_and(|(folder, file)| {
                    folder == language
                        && (file.starts_with('_') || folder.starts_with('_'))
                        && file.strip_suffix(".tera").is_some()
                })
            })
            .collect()
    }
}

/// `python/requests.tera` → (`python`, `requests`); partials, other files, and what is in a folder
/// whose name begins with `_` are no targets.
fn target_of(path: &str) -> Option<(&str, &str)> {
    let (language, file) = path.split_once('/')?;
    let client = file.strip_suffix(".tera")?;
    let is_target = !path.starts_with('_') && !client.starts_with('_') && !client.contains('/');
    is_target.then_some((language, client))
}
