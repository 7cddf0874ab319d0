//! All that is wrong with templates of a user's own, and all that is doubtful, at once.

use super::accounting;
use super::{Engine, EngineBuilder, Error, Known, Slot, TargetId};
use crate::diagnostic::Severity;
use crate::language::{DoubtKind, Language, doubts};
use crate::literal::Place;
use crate::render::{Template, Writes};

/// Something that [`EngineBuilder::findings`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// An error where the templates cannot be used, or where code would be wrong; else a warning or a
    /// note.
    pub severity: Severity,
    /// The stable name of its kind.
    pub code: &'static str,
    /// What is wrong. Where the place is known, the lines after the first show it.
    pub message: String,
    /// What to do about it.
    pub help: Option<&'static str>,
}

impl Finding {
    fn error(code: &'static str, message: String, help: Option<&'static str>) -> Self {
        Self { severity: Severity::Error, code, message, help }
    }
}

const DROPS_HELP: &str = "write it, or add a fact that says what the client does with it";
const STRING_HELP: &str = "the text of a request could become code: mend the table of `[[string]]`";

impl EngineBuilder {
    /// All that is wrong with the files that were added, in the order of their languages. Nothing is run:
    /// no toolchain is needed.
    pub fn findings(self) -> Vec<Finding> {
        let (engine, languages) = match self.lay() {
            Ok(laid) => laid,
            Err(error) => return of_error(&error),
        };
        let mut found = Vec::new();
        for language in &languages {
            found.extend(engine.findings_of(language));
        }
        // A fault of a shared file is told once.
        let mut told: Vec<Finding> = Vec::new();
        for finding in found {
            if !told.contains(&finding) {
                told.push(finding);
            }
        }
        told
    }
}

impl Engine {
    fn findings_of(&self, language: &str) -> Vec<Finding> {
        let mut found: Vec<Finding> = doubts(&self.sources, language)
            .into_iter()
            .map(|doubt| of_doubt(doubt.kind, doubt.fault.to_string()))
            .collect();
        if let Some(error) = self.lack_of(language) {
            return of_error(&error);
        }
        found.extend(self.unread_files(language).into_iter().map(|message| Finding {
            severity: Severity::Warning,
            code: "file-unread",
            message,
            help: None,
        }));
        let mut faults = Vec::new();
        let ids: Vec<TargetId> =
            self.ids().into_iter().filter(|id| id.language() == language).collect();
        // A table that does not load has no clients to look at.
        match self.language(language) {
            Err(error) => faults.extend(of_error(&error)),
            Ok(known) => {
                // A template without a table is told when the language loads.
                let has_table = |id: &&TargetId| known.clients.contains_key(id.client());
                for id in ids.iter().filter(has_table) {
                    faults.extend(self.findings_of_target(id));
                }
                if let Err(error) = self.load_language(language) {
                    faults.extend(of_error(&error));
                }
                faults.extend(self.findings_of_names(language, known));
            }
        }
        faults.extend(std::mem::take(&mut found));
        faults
    }

    /// What is to be said of the strings and aliases of a language of a user's own.
    fn findings_of_names(&self, language: &str, known: &Language) -> Vec<Finding> {
        let table = format!("{language}/language.toml");
        let Some(file) = self.sources.file(&table) else { return Vec::new() };
        let mut found = Vec::new();
        let written = known.literals.write_string(&mut String::new(), "a", "", Place::default());
        if !known.literals.string.is_empty() && written.is_err() {
            let message = format!(
                "{}: no `[[string]]` without a `family` holds the text `a`, so `str` writes nothing",
                file.path
            );
            found.push(Finding::error("string-doubtful", message, None));
        }
        let warn = |message: String| Finding {
            severity: Severity::Warning,
            code: "fact-doubtful",
            message: format!("{}: {message}", file.path),
            help: None,
        };
        let unused = self.unread_families(language, known);
        found.extend(unused.into_iter().map(|family| {
            warn(format!("no template asks for the family `{family}`: `str(style=\"{family}\")`"))
        }));
        found.extend(known.aliases.iter().filter_map(|alias| {
            let other = self.other_language_of(language, alias)?;
            Some(warn(format!("the alias `{alias}` means `{other}` already")))
        }));
        found
    }

    /// The language other than `language` that a name or alias means.
    fn other_language_of(&self, language: &str, name: &str) -> Option<&str> {
        let mut others = self.languages.iter().filter(|slot| slot.name != language);
        let is_meant = |slot: &&Slot| {
            let has_alias = || {
                let known = self.language(&slot.name);
                known.is_ok_and(|known| known.aliases.iter().any(|alias| alias == name))
            };
            slot.name == name || self.sources.mentions(&slot.name, name) && has_alias()
        };
        others.find(is_meant).map(|slot| &*slot.name)
    }

    fn findings_of_target(&self, id: &TargetId) -> Vec<Finding> {
        let loaded = self.look_up(id).and_then(|known| {
            let Known { language, client, .. } = known;
            let load =
                |writes| Template::load(&self.sources, &id.language, language, &id.client, writes);
            load(Writes::Literals)?;
            Ok((load(Writes::Values)?, client))
        });
        let (plain, client) = match loaded {
            Ok(loaded) => loaded,
            Err(error) => return of_error(&error),
        };
        let path = self.shown_template(id);
        match accounting::account_all(&plain, client) {
            Ok(dropped) => dropped
                .into_iter()
                .map(|dropped| {
                    let error = Error::Drops {
                        path: path.clone(),
                        request: dropped.request,
                        what: dropped.what,
                    };
                    Finding::error("template-drops", error.to_string(), Some(DROPS_HELP))
                })
                .collect(),
            Err(error) => of_error(&Error::from(error)),
        }
    }

    /// The template of a target as messages call it.
    pub(super) fn shown_template(&self, id: &TargetId) -> String {
        let path = format!("{id}.tera");
        self.sources.file(&path).map_or_else(|| path.clone(), |file| file.path.to_owned())
    }
}

fn of_doubt(kind: DoubtKind, message: String) -> Finding {
    match kind {
        DoubtKind::String => Finding::error("string-doubtful", message, Some(STRING_HELP)),
        DoubtKind::Fact => {
            Finding { severity: Severity::Warning, code: "fact-doubtful", message, help: None }
        }
        DoubtKind::Source => {
            Finding { severity: Severity::Note, code: "source-missing", message, help: None }
        }
    }
}

/// Each fault of an error is a finding of its own.
fn of_error(error: &Error) -> Vec<Finding> {
    let (code, path, message) = match error {
        Error::Language(crate::language::LanguageError::Toml { path, message }) => {
            ("language-invalid", path, message)
        }
        Error::Template { path, message } => ("template-invalid", path, message),
        error => return vec![Finding::error("template-invalid", error.to_string(), None)],
    };
    let faults = message.split("\n\n");
    faults.map(|fault| Finding::error(code, format!("{path}: {fault}"), None)).collect()
}
