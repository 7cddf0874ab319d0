//! The files of `pages/`: the built-in ones, and those that a caller lays over them.

use std::collections::BTreeMap;

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../pages/", $name)))),*]
    };
}

/// Path below `pages/` and text of each built-in file.
const BUILT_IN: &[(&str, &str)] = built_in![
    "_code.html",
    "_languages.html",
    "_message.html",
    "_method.html",
    "_notes.html",
    "base.html",
    "index.html",
    "request.html",
    "target.html",
    "_code.md",
    "_message.md",
    "_method.md",
    "index.md",
    "request.md",
    "target.md",
    "fields.toml",
    "highlight.toml",
    "media-types.toml",
    "methods.toml",
    "site.css",
    "site.js",
    "site.toml",
    "statuses.toml",
    "topics.toml",
    "webdav.toml",
];

/// The texts of each file, the built-in one first.
#[derive(Debug, Clone)]
pub struct Pages {
    layers: BTreeMap<String, Vec<String>>,
}

impl Pages {
    /// The built-in files.
    pub fn built_in() -> Self {
        let file = |(path, text): &(&str, &str)| ((*path).to_owned(), vec![(*text).to_owned()]);
        Self { layers: BUILT_IN.iter().map(file).collect() }
    }

    /// Lays a file over what is there.
    pub fn lay_over(&mut self, path: String, text: String) {
        self.layers.entry(path).or_default().push(text);
    }

    /// The file that is in force.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.layers.get(path)?.last().map(String::as_str)
    }

    /// All layers of a file, the built-in one first.
    pub fn layers(&self, path: &str) -> &[String] {
        self.layers.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// Path and text of the files with this ending.
    pub fn with_ending(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        self.layers
            .iter()
            .filter(move |(path, _)| path.ends_with(ending))
            .filter_map(|(path, layers)| Some((path.as_str(), layers.last()?.as_str())))
    }
}
