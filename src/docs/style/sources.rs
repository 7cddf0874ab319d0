//! The files of `styles/`: those built into the crate, and a user's laid over them.

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::Style;
use super::table::{ProjectFile, Table};
use super::template::Template;
use crate::diagnostic::{Fault, File, suggest};
use crate::docs::Format;
use crate::language::lay_over;
use crate::order::sort_by_text;

include!(concat!(env!("OUT_DIR"), "/styles.rs"));

/// The styles that there are. A style is loaded when it is first asked for; clones share what is loaded.
#[derive(Debug, Clone)]
pub struct Styles(Arc<Vec<Slot>>);

#[derive(Debug)]
struct Slot {
    name: String,
    /// The layers of its table, the lowest first.
    tables: Vec<Laid>,
    template: Option<Laid>,
    style: OnceLock<Result<Style, StyleError>>,
}

/// A file, with what messages call it.
#[derive(Debug, Clone)]
struct Laid {
    shown: String,
    text: String,
}

/// Why there is no style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleError(String);

impl StyleError {
    pub(super) fn new(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StyleError {}

/// The built-in styles.
impl Default for Styles {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Styles {
    /// The built-in styles; those that one caller has loaded are loaded for all.
    pub fn built_in() -> Self {
        static BUILT_IN: OnceLock<Styles> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self(Arc::new(slots(&[])))).clone()
    }

    /// The styles with files laid over the built-in ones. Of each there is what messages call it, its path
    /// below the folder of styles (`mkdocs/tabs.tera`), and its text. Keys of a `style.toml` merge; a
    /// template takes the place of the other. Later files are laid over earlier ones.
    ///
    /// # Errors
    ///
    /// A style of these files that does not load.
    pub fn laid_over(
        files: impl IntoIterator<Item = (String, String, String)>,
    ) -> Result<Self, StyleError> {
        let files: Vec<(String, Laid)> =
            files.into_iter().map(|(shown, path, text)| (path, Laid { shown, text })).collect();
        let styles = Self(Arc::new(slots(&files)));
        for (path, _) in &files {
            if let Some((name, _)) = path.split_once('/') {
                styles.get(name)?;
            }
        }
        Ok(styles)
    }

    /// The names of all styles, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|slot| slot.name.as_str())
    }

    /// The style of a name.
    ///
    /// # Errors
    ///
    /// There is none, or its files do not hold together.
    pub fn get(&self, name: &str) -> Result<&Style, StyleError> {
        let Some(slot) = self.0.iter().find(|slot| slot.name == name) else {
            let near = suggest(name, self.names());
            return Err(StyleError(format!("there is no style `{name}`{near}")));
        };
        slot.style.get_or_init(|| slot.load()).as_ref().map_err(Clone::clone)
    }

    /// The style of pages of a format where nothing else is said.
    ///
    /// # Errors
    ///
    /// A style does not load.
    pub fn default_for(&self, format: Format) -> Result<Option<&Style>, StyleError> {
        for name in self.names() {
            let style = self.get(name)?;
            if style.table.default_for.contains(&format) {
                return Ok(Some(style));
            }
        }
        Ok(None)
    }

    /// Whether any of the tools for pages of a format acts on a code that is in a block of code there, such as
    /// `{{#include` in mdBook: what a page for all of them must write otherwise. White space that a tool
    /// writes otherwise does not count. `highlight` names the language.
    ///
    /// # Errors
    ///
    /// A style does not load.
    pub fn act_on(&self, format: Format, code: &str, highlight: &str) -> Result<bool, StyleError> {
        for name in self.names() {
            let style = self.get(name)?;
            if style.formats().contains(&format) && style.acts_on(code, highlight) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The style of the tool that a project uses for pages of a format: the first of which `has` knows a
    /// file. A file whose text tells comes before one whose name does.
    ///
    /// # Errors
    ///
    /// A style does not load.
    pub fn of_project(
        &self,
        format: Format,
        has: impl Fn(&ProjectFile) -> bool,
    ) -> Result<Option<&Style>, StyleError> {
        let mut found = None;
        for name in self.names() {
            let style = self.get(name)?;
            if !style.formats().contains(&format) {
                continue;
            }
            for file in style.table.project.iter().filter(|file| has(file)) {
                if file.contains.is_some() {
                    return Ok(Some(style));
                }
                found = found.or(Some(style));
            }
        }
        Ok(found)
    }
}

/// The slots of the built-in files and of those that are laid over them.
fn slots(files: &[(String, Laid)]) -> Vec<Slot> {
    let built_in = BUILT_IN.iter().map(|(path, text)| {
        (*path, Laid { shown: format!("styles/{path}"), text: (*text).to_owned() })
    });
    let own = files.iter().map(|(path, laid)| (path.as_str(), laid.clone()));
    let mut slots: Vec<Slot> = Vec::new();
    for (path, laid) in built_in.chain(own) {
        let Some((name, file)) = path.split_once('/') else { continue };
        if !matches!(file, "style.toml" | "tabs.tera") {
            continue;
        }
        let at = slots.iter().position(|slot| slot.name == name).unwrap_or_else(|| {
            let name = name.to_owned();
            slots.push(Slot { name, tables: Vec::new(), template: None, style: OnceLock::new() });
            slots.len() - 1
        });
        if file == "style.toml" {
            slots[at].tables.push(laid);
        } else {
            slots[at].template = Some(laid);
        }
    }
    sort_by_text(&mut slots, |slot| &slot.name);
    slots
}

impl Slot {
    fn load(&self) -> Result<Style, StyleError> {
        let name = &self.name;
        let missing = |file: &str| StyleError(format!("the style `{name}` has no {file}"));
        let laid = self.template.as_ref().ok_or_else(|| missing("tabs.tera"))?;
        let template = Template::load(&laid.shown, &laid.text)?;
        let table = self.table()?.ok_or_else(|| missing("style.toml"))?;
        Ok(Style { name: name.clone(), table, template })
    }

    fn table(&self) -> Result<Option<Table>, StyleError> {
        let Some(last) = self.tables.last() else { return Ok(None) };
        let mut merged = DeTable::new();
        for laid in &self.tables {
            let table = DeTable::parse(&laid.text).map_err(|error| laid.fault(&error))?;
            lay_over(&mut merged, table.into_inner());
        }
        // A key that is missing has no place of its own.
        let whole = Spanned::new(0..0, merged);
        Table::deserialize(toml::Deserializer::from(whole)).map(Some).map_err(|error| {
            if let [only] = self.tables.as_slice() {
                return only.fault(&error);
            }
            StyleError(format!(
                "{}, merged over the built-in table: {}",
                last.shown,
                error.message()
            ))
        })
    }
}

impl Laid {
    fn fault(&self, error: &toml::de::Error) -> StyleError {
        let span = error.span().unwrap_or_default();
        let file = File { path: &self.shown, text: &self.text };
        StyleError(Fault::new(file, span.start, span.end, error.message().to_owned()).to_string())
    }
}
