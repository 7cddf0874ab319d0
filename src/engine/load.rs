//! Loading ahead of need, so that a fault in a language is found before any work.

use std::collections::HashSet;

use super::accounting::{self, Dropped};
use super::{Engine, Error, Known, TargetId};
use crate::language::run::{FromLanguage, WorkspaceFile};
use crate::language::{Role, role_of};
use crate::render::{Template, Writes};

impl Engine {
    /// Loads every language and every template, so that a fault in any of them is found.
    pub fn load_all(&self) -> Result<(), Error> {
        self.languages.iter().try_for_each(|slot| self.load_language(&slot.name))
    }

    /// Whether the template of a target writes all that it is given: each datum of some 450 probe
    /// requests is in the code, in a file that the code reads, or in what a diagnostic excuses.
    pub fn account(&self, id: &TargetId) -> Result<(), Error> {
        let Known { language, client, .. } = self.look_up(id)?;
        let plain =
            Template::load(&self.sources, &id.language, language, &id.client, Writes::Values)?;
        match accounting::account(&plain, client)? {
            None => Ok(()),
            Some(Dropped { request, what, .. }) => {
                Err(Error::Drops { path: self.shown_template(id), request, what })
            }
        }
    }

    /// What the folder of a language has not, without which there is nothing to load.
    pub(super) fn lack_of(&self, name: &str) -> Option<Error> {
        let prefix = format!("{name}/");
        let paths = self.sources.paths();
        let first = paths.iter().find(|path| path.starts_with(&prefix));
        let shown = first.and_then(|path| self.sources.file(path)).map(|file| file.path.to_owned());
        let message = if self.sources.layers(name).is_empty() {
            format!("the language `{name}` is not built in, and its folder has no `language.toml`")
        } else if self.slot(name).is_none() {
            "the folder has no template `<client>.tera`".to_owned()
        } else {
            return None;
        };
        Some(Error::Template { path: shown.unwrap_or(prefix), message })
    }

    /// Loads a language and the templates of all its clients.
    ///
    /// A table without its template, a template without its table, and a file that nothing reads
    /// are errors too: each is likely a misspelt name.
    pub fn load_language(&self, name: &str) -> Result<(), Error> {
        let fault = |file: &str, message: &str| {
            let path = format!("{name}/{file}");
            let shown = self.sources.file(&path).map(|file| file.path.to_owned());
            Error::Template { path: shown.unwrap_or(path), message: message.to_owned() }
        };
        if let Some(error) = self.lack_of(name) {
            return Err(error);
        }
        let Some(slot) = self.slot(name) else { return Ok(()) };
        let language = self.language(name)?;
        let mut files = HashSet::from(["language.toml".to_owned()]);
        for client in language.clients.keys().chain(slot.templates.iter().map(|(name, _)| name)) {
            let id = TargetId { language: name.to_owned(), client: client.clone() };
            if !language.clients.contains_key(client) {
                let message =
                    format!("the language has no table `[client.{client}]` for it: add one");
                return Err(fault(&format!("{client}.tera"), &message));
            }
            Template::load(&self.sources, name, language, client, Writes::Literals)?;
            files.extend(self.run_plan(&id)?.workspace().into_iter().flat_map(|workspace| {
                workspace.files.values().filter_map(|file| match file {
                    WorkspaceFile::From(FromLanguage { from }) => Some(from.clone()),
                    WorkspaceFile::Text(_) => None,
                })
            }));
        }
        let is_read = |file: &str| {
            let is_template = file.strip_suffix(".tera").is_some_and(|stem| !stem.contains('/'));
            let name = file.rsplit('/').next().unwrap_or_default();
            is_template || files.contains(file) || role_of(name) != Role::Template
        };
        let prefix = format!("{name}/");
        let unread = self
            .sources
            .paths()
            .into_iter()
            .find_map(|path| path.strip_prefix(&prefix).filter(|file| !is_read(file)));
        match unread {
            Some(file) => Err(fault(
                file,
                "nothing reads a file of this name: a template is `<client>.tera`, a table `language.toml`",
            )),
            None => Ok(()),
        }
    }
}
