//! The files of `templates/`: those built into the crate, and a user's laid over them.
//!
//! A template that is laid over takes the place of the other. The tables of a language are layers: what
//! [`super::tables`] reads is all of them, merged.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Packed;
use crate::diagnostic::File;

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The texts of template files by path, for example `python/requests.tera`.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    /// The built-in tables, where they are packed.
    packed: Option<Packed>,
    laid_over: BTreeMap<String, Laid>,
    /// The tables over the built-in one, by path, the lowest first.
    tables: BTreeMap<String, Vec<Laid>>,
}

/// A file that is laid over others.
#[derive(Debug, Clone)]
struct Laid {
    /// What messages call it.
    shown: String,
    text: Cow<'static, str>,
}

impl Laid {
    fn file(&self) -> File<'_> {
        File { path: &self.shown, text: &self.text }
    }
}

impl Sources {
    /// The built-in files.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The built-in templates, with tables that are packed: nothing can be laid over these.
    pub fn of_packed(packed: Packed) -> Self {
        Self { packed: Some(packed), ..Self::default() }
    }

    /// The packed table of a language.
    pub(super) fn packed(&self, language: &str) -> Option<&'static [u8]> {
        self.packed?.table(language)
    }

    /// Whether there is a table of a language.
    pub(super) fn has_language(&self, language: &str) -> bool {
        self.packed(language).is_some() || !self.layers(language).is_empty()
    }

    /// Whether the table of a language may have a name in it; where it does not, it need not be read.
    pub fn mentions(&self, language: &str, name: &str) -> bool {
        match self.packed {
            Some(packed) => packed.mentions(language, name),
            None => self.layers(language).iter().any(|(file, _)| file.text.contains(name)),
        }
    }

    /// Lays a file over the one of the same path, or adds it.
    pub fn lay_over(&mut self, path: impl Into<String>, text: impl Into<Cow<'static, str>>) {
        let path = path.into();
        self.lay_over_from(path.clone(), path, text);
    }

    /// Lays a file, which messages call `shown`, over the one of the same path. A byte order mark is
    /// no part of a text.
    pub fn lay_over_from(
        &mut self,
        path: impl Into<String>,
        shown: impl Into<String>,
        text: impl Into<Cow<'static, str>>,
    ) {
        let (path, mut text) = (path.into(), text.into());
        if let Some(rest) = text.strip_prefix('\u{feff}') {
            text = Cow::Owned(rest.to_owned());
        }
        let laid = Laid { shown: shown.into(), text };
        if is_table(&path) {
            self.tables.entry(path).or_default().push(laid);
        } else {
            self.laid_over.insert(path, laid);
        }
    }

    /// The text of a file; of a table the uppermost layer.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.file(path).map(|file| file.text)
    }

    /// A file as messages call it, with its text; of a table the uppermost layer.
    pub fn file(&self, path: &str) -> Option<File<'_>> {
        let laid = self.tables.get(path).and_then(|layers| layers.last());
        if let Some(laid) = laid.or_else(|| self.laid_over.get(path)) {
            return Some(laid.file());
        }
        built_in(path)
    }

    /// The layers of a language's table, the lowest first, each with whether it is built in.
    pub fn layers(&self, language: &str) -> Vec<(File<'_>, Origin)> {
        let path = format!("{language}/language.toml");
        let lowest = built_in(&path).map(|file| (file, Origin::BuiltIn));
        // A copy of the built-in table changes nothing.
        let is_other = |laid: &&Laid| lowest.is_none_or(|(file, _)| file.text != laid.text);
        let over = self.tables.get(&path).into_iter().flatten().filter(is_other);
        lowest.into_iter().chain(over.map(|laid| (laid.file(), Origin::LaidOver))).collect()
    }

    /// Whether another text is laid over the template `path`, or over a partial that it may share.
    pub fn is_laid_over(&self, path: &str) -> bool {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        self.laid_over.iter().any(|(known, laid)| {
            if built_in(known).is_some_and(|file| file.text == laid.text) {
                return false;
            }
            let is_partial = known.split_once('/').is_some_and(|(its, file)| {
                its.starts_with('_') || its == folder && file.starts_with('_')
            });
            known == path || is_partial
        })
    }

    /// All paths, sorted, each once.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = BUILT_IN
            .iter()
            .map(|(path, _)| *path)
            .chain(self.laid_over.keys().map(String::as_str))
            .chain(self.tables.keys().map(String::as_str))
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

    /// Gives each client of a table that is laid over, and that is `like` another, the other's template
    /// where it has none of its own.
    #[cfg(feature = "templates")]
    pub fn share_templates(&mut self) {
        let mut shared = Vec::new();
        for (path, layers) in &self.tables {
            let folder = path.split_once('/').map_or("", |(folder, _)| folder);
            for laid in layers {
                // A fault of the table is told where it is read.
                let Ok(table) = laid.text.parse::<toml::Table>() else { continue };
                let clients = table.get("client").and_then(toml::Value::as_table);
                for (name, client) in clients.into_iter().flatten() {
                    let own = format!("{folder}/{name}.tera");
                    let like = client.get("like").and_then(toml::Value::as_str);
                    if let Some(like) = like.filter(|_| self.get(&own).is_none()) {
                        shared.push((own, format!("{{% include \"{like}.tera\" %}}")));
                    }
                }
            }
        }
        for (path, text) in shared {
            self.lay_over(path, text);
        }
    }
}

/// Where a table is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The crate.
    BuiltIn,
    /// A user's folder.
    LaidOver,
}

/// A built-in file.
fn built_in(path: &str) -> Option<File<'static>> {
    let at = BUILT_IN.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
    let (path, text) = BUILT_IN[at];
    Some(File { path, text })
}

/// Whether a path is that of a language's table.
fn is_table(path: &str) -> bool {
    path.split_once('/').is_some_and(|(_, file)| file == "language.toml")
}

/// `python/requests.tera` → (`python`, `requests`); partials, other files, and what is in a folder
/// whose name begins with `_` are no targets.
fn target_of(path: &str) -> Option<(&str, &str)> {
    let (language, file) = path.split_once('/')?;
    let client = file.strip_suffix(".tera")?;
    let is_target = !path.starts_with('_') && !client.starts_with('_') && !client.contains('/');
    is_target.then_some((language, client))
}
