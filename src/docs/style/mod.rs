//! How a documentation tool shows several snippets: `styles/<style>/style.toml` and `tabs.tera`.

mod block;
mod directive;
mod filters;
mod sources;
mod table;
mod template;

use crate::docs::Format;

pub use sources::{StyleError, Styles};
pub use table::ProjectFile;

pub(super) use directive::{Form, Hazard};
pub(super) use template::Tab;

use table::Table;
use template::Template;

/// A style that is loaded.
#[derive(Debug)]
pub struct Style {
    name: String,
    table: Table,
    template: Template,
}

impl Style {
    /// Its name, that of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tool that it is for, for a reader.
    pub fn title(&self) -> &str {
        &self.table.title
    }

    /// Where the tool's documentation tells of its tabs.
    pub fn docs(&self) -> &str {
        &self.table.docs
    }

    /// The formats of pages that it is for.
    pub fn formats(&self) -> &[Format] {
        &self.table.formats
    }

    /// The files that tell of a project that uses the tool.
    pub fn project(&self) -> &[ProjectFile] {
        &self.table.project
    }

    /// The lines that a page needs once, such as the imports of components.
    pub(super) fn needs(&self) -> &[String] {
        &self.table.needs
    }

    /// The tool's name of a language, for a name that most highlighters know.
    pub(super) fn highlight<'s>(&'s self, name: &'s str) -> &'s str {
        self.table.highlight.get(name).map_or(name, String::as_str)
    }

    /// A label without what the tool has no way to show in one.
    pub(super) fn label(&self, label: &str) -> String {
        label.chars().filter(|c| !self.table.label_drops.contains(*c) && !c.is_control()).collect()
    }

    /// The form in which code is harmless in a page, and the code as it is written.
    pub(super) fn tame(
        &self,
        code: &str,
        highlight: &str,
        mode: super::Mode,
    ) -> Result<(Form, String), Hazard> {
        directive::tame(&self.table.directive, code, highlight, mode)
    }

    /// Whether the tool acts on a code in a block of code of a kept page.
    fn acts_on(&self, code: &str, highlight: &str) -> bool {
        directive::is_any_in(&self.table.directive, code, self.highlight(highlight))
    }

    /// Writes the tabs.
    pub(super) fn write(
        &self,
        format: Format,
        number: usize,
        needs: &[String],
        tabs: &[Tab],
    ) -> Result<String, StyleError> {
        self.template.write(format, number, needs, tabs)
    }
}
