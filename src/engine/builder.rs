//! An engine with templates of the user's own.

use std::collections::BTreeSet;

use super::{Engine, Error};
use crate::language::{Role, Sources, is_name, role_of};

/// Builds an [`Engine`] with templates of the user's own beside the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct EngineBuilder {
    files: Vec<OwnFile>,
}

/// A file that was added.
#[derive(Debug, Clone)]
struct OwnFile {
    path: String,
    /// What messages call it.
    shown: String,
    text: String,
}

impl EngineBuilder {
    /// Lays files over the built-in ones and those that were added before, each as its path below a
    /// folder of templates (`python/requests.tera`) and its text.
    ///
    /// A template takes the place of that of the same path. A `language.toml` merges: its keys are
    /// laid over the others, table by table, so that `[client.aiohttp]` alone adds a client; a list
    /// takes the place of the other list. What editors leave behind (`requests.tera~`) and pages for
    /// authors (`README.md`) are no templates.
    #[must_use]
    pub fn templates<P, T>(self, files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<String>,
    {
        self.add(files, str::to_owned)
    }

    /// As [`Self::templates`], with files that errors tell as files of `folder`.
    #[must_use]
    pub fn templates_of<P, T>(self, folder: &str, files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<String>,
    {
        let folder = folder.trim_end_matches('/');
        self.add(files, |path| format!("{folder}/{path}"))
    }

    fn add<P, T>(
        mut self,
        files: impl IntoIterator<Item = (P, T)>,
        show: impl Fn(&str) -> String,
    ) -> Self
    where
        P: Into<String>,
        T: Into<String>,
    {
        self.files.extend(files.into_iter().map(|(path, text)| {
            let path = path.into();
            OwnFile { shown: show(&path), path, text: text.into() }
        }));
        self
    }

    /// The engine. Every language that an added file belongs to is loaded, with all its templates,
    /// so that a fault in one of them is an error here and not while a request is quoted. A template
    /// that does not write all that it is given is such a fault: see [`Engine::account`].
    pub fn build(self) -> Result<Engine, Error> {
        let (engine, languages) = self.lay()?;
        languages.iter().try_for_each(|language| engine.load_language(language))?;
        for id in engine.ids().iter().filter(|id| languages.contains(id.language())) {
            engine.account(id)?;
        }
        Ok(engine)
    }

    /// An engine that has loaded none of the files, and the languages that they belong to.
    pub(super) fn lay(self) -> Result<(Engine, BTreeSet<String>), Error> {
        let mut sources = Sources::built_in();
        let mut languages = BTreeSet::new();
        for OwnFile { path, shown, text } in self.files {
            let name = path.rsplit('/').next().unwrap_or_default();
            if role_of(name) == Role::Bystander {
                continue;
            }
            let Some((language, file)) = path.split_once('/') else {
                let message = "the file is in no language's folder".to_owned();
                return Err(Error::Template { path: shown, message });
            };
            let client = file.strip_suffix(".tera").unwrap_or("client");
            if !is_name(language) || !client.split('/').all(is_name) {
                let message = "a name of a language or client has letters, digits, `-`, `_`, `.` \
                               and `+` only"
                    .to_owned();
                return Err(Error::Template { path: shown, message });
            }
            // A folder whose name begins with `_` is no language: others include its files.
            if !language.starts_with('_') {
                languages.insert(language.to_owned());
            }
            sources.lay_over_from(path, shown, text);
        }
        sources.share_templates();
        Ok((Engine::with_sources(sources), languages))
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
