//! The table of a language as it is read, of its layers or of its packed form.

use std::collections::BTreeSet;

#[cfg(feature = "templates")]
use super::tables::{Merged, Tables};
use super::{LanguageTable, Sources, packed};
use crate::diagnostic::{Fault, File};

/// The table of a language, and what layers of the user's say something of.
pub(super) struct Layered {
    pub(super) table: LanguageTable,
    /// The clients that a layer of the user's says something of.
    pub(super) changed: BTreeSet<String>,
    /// Whether such a layer says something of the language.
    pub(super) is_changed: bool,
}

impl Layered {
    /// Reads the table of a language; the error is all that is wrong in it.
    pub(super) fn read(sources: &Sources, language: &str) -> Result<Self, Vec<Fault>> {
        match sources.packed(language) {
            Some(bytes) => match packed::read(bytes) {
                Ok(table) => Ok(Self { table, changed: BTreeSet::new(), is_changed: false }),
                Err(damaged) => {
                    let file = File { path: language, text: "" };
                    Err(vec![Fault::new(file, 0, 0, damaged.to_string())])
                }
            },
            None => Self::read_layers(sources, language),
        }
    }

    #[cfg(feature = "templates")]
    fn read_layers(sources: &Sources, language: &str) -> Result<Self, Vec<Fault>> {
        let mut tables = Tables::new(sources);
        let Merged { table, changed, is_changed, proven, claims } = tables.resolve(language)?;
        if let Some((client, span)) = claims.into_iter().find(|(name, _)| !proven.contains(name)) {
            let message = format!(
                "`{language}/{client}` cannot be `proven`: it is not among the targets that the \
                 project itself runs; leave the key out"
            );
            return Err(vec![tables.fault_at(span, message)]);
        }
        Ok(Self { table: tables.read(table)?, changed, is_changed })
    }

    /// Without the feature there is no reader of TOML.
    #[cfg(not(feature = "templates"))]
    fn read_layers(_: &Sources, language: &str) -> Result<Self, Vec<Fault>> {
        let message = "tables of TOML are read with the feature `templates`".to_owned();
        Err(vec![Fault::new(File { path: language, text: "" }, 0, 0, message)])
    }
}
