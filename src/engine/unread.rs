//! Files of a user's own that nothing reads.

use super::Engine;
use crate::language::{Language, Role, Sources, role_of};

impl Engine {
    /// The families of strings that no template names. Those that take variables are found by their
    /// name.
    pub(super) fn unread_families<'l>(&self, folder: &str, language: &'l Language) -> Vec<&'l str> {
        let prefix = format!("{folder}/");
        let paths = self.sources.paths();
        let of_folder = |path: &&&str| path.starts_with(&prefix) || path.starts_with("_shared/");
        let templates: Vec<&str> = paths
            .iter()
            .filter(of_folder)
            .filter(|path| path.strip_suffix(".tera").is_some())
            .filter_map(|path| self.sources.get(path))
            .collect();
        let is_named = |family: &str| {
            ['"', '\'', '`'].iter().any(|quote| {
                let quoted = format!("{quote}{family}{quote}");
                templates.iter().any(|text| text.contains(&quoted))
            })
        };
        let mut families = language.literals.families();
        families.retain(|family| !family.starts_with("interpolated") && !is_named(family));
        families
    }

    /// What is to be said of the files in the folder of a language that no template and no table names.
    pub(super) fn unread_files(&self, language: &str) -> Vec<String> {
        let prefix = format!("{language}/");
        let built_in = Sources::built_in();
        let paths = self.sources.paths();
        let texts: Vec<&str> = paths
            .iter()
            .filter(|path| path.starts_with(&prefix) || path.starts_with("_shared/"))
            .filter_map(|path| self.sources.get(path))
            .collect();
        let own = paths.iter().filter(|path| built_in.get(path).is_none());
        own.filter_map(|path| {
            let file = path.strip_prefix(&prefix)?;
            let shown = self.sources.file(path).map_or(*path, |file| file.path);
            if file.starts_with('_') && file.strip_suffix(".tera").is_some() {
                // A file of components is known without a word.
                let text = self.sources.get(path).unwrap_or_default();
                let is_used = text.contains("component ")
                    || texts.iter().any(|text| text.contains(&format!("\"{path}\"")));
                return (!is_used).then(|| {
                    format!("{shown}: no template includes it: `{{% include \"{path}\" %}}`")
                });
            }
            let is_named = texts.iter().any(|text| text.contains(file));
            (role_of(file) == Role::Other && !is_named)
                .then(|| format!("{shown}: no table names this file, so nothing reads it"))
        })
        .collect()
    }
}
