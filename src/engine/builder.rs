//! An engine with templates of the user's own.

use std::collections::BTreeSet;

use super::{Engine, Error};
use crate::language::Sources;

/// Builds an [`Engine`] with templates of the user's own beside the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct EngineBuilder {
    files: Vec<(String, String)>,
}

impl EngineBuilder {
    /// Adds files, each as its path below a folder of templates (`python/requests.tera`) and its
    /// text. A file of the same path as a built-in one takes its place; of two that are added, the
    /// later one counts.
    #[must_use]
    pub fn templates<P, T>(mut self, files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<String>,
    {
        self.files.extend(files.into_iter().map(|(path, text)| (path.into(), text.into())));
        self
    }

    /// The engine. Every language that an added file belongs to is loaded, with all its templates,
    /// so that a fault in one of them is an error here and not while a request is quoted. A template
    /// that does not write all that it is given is such a fault: see [`Engine::account`].
    pub fn build(self) -> Result<Engine, Error> {
        let mut sources = Sources::built_in();
        let mut languages = BTreeSet::new();
        for (path, text) in self.files {
            let Some((language, _)) = path.split_once('/') else {
                let message = "the file is in no language's folder".to_owned();
                return Err(Error::Template { path, message });
            };
            // A folder whose name begins with `_` is no language: others include its files.
            if !language.starts_with('_') {
                languages.insert(language.to_owned());
            }
            sources.lay_over(path, text);
        }
        let engine = Engine::with_sources(sources);
        languages.iter().try_for_each(|language| engine.load_language(language))?;
        for id in engine.ids().iter().filter(|id| languages.contains(id.language())) {
            engine.account(id)?;
        }
        Ok(engine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "title = 'X'\nextension = 'x'\ndefault = 'a'\n\
                         [[string]]\nopen = '<'\nclose = '>'\n\
                         [client.a]\ntitle = 'a'\ndocs = 'd'\n[client.a.target]\n";

    fn build(template: &str) -> Result<Engine, Error> {
        Engine::builder().templates([("x/language.toml", TABLE), ("x/a.tera", template)]).build()
    }

    #[test]
    fn a_fault_in_a_template_is_found_before_any_request() {
        let whole = "{{ method | str }} {{ url | str }} {{ body.text | str }}{{ body.file | str }}\
                     {% for h in headers %}{{ h.name | str }}: {{ h.value | str }}{% endfor %}";
        assert!(build(whole).unwrap().find("x").is_ok());
        let dropped = build(&whole.replace("{{ body.file | str }}", "")).unwrap_err();
        assert!(matches!(dropped, Error::Drops { what, .. } if what.contains("of the body")));
        assert!(
            matches!(build("{% if %}"), Err(Error::Template { path, .. }) if path == "x/a.tera")
        );
    }

    #[test]
    fn a_file_in_no_folder_is_an_error() {
        let built = Engine::builder().templates([("a.tera", "")]).build();
        assert!(matches!(built, Err(Error::Template { path, .. }) if path == "a.tera"));
    }
}
