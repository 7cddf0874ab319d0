//! `tabs.tera`: the tabs of one region.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::StyleError;
use super::directive::Form;
use super::filters;
use crate::diagnostic::Fault;
use crate::docs::Format;
use crate::render::{describe, refuse};
use crate::template::layout::Laid;

/// A snippet on a page, as `tabs.tera` reads it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::docs) struct Tab {
    /// `<language>/<client>`, the same on all pages: a key to switch tabs together.
    pub(in crate::docs) target: String,
    /// A short name, unlike that of every other target of the page.
    pub(in crate::docs) label: String,
    /// The name of the language for the tool's highlighter.
    pub(in crate::docs) highlight: String,
    /// File name extension, without the dot.
    pub(in crate::docs) extension: String,
    /// The line that installs the client; empty where it needs none.
    pub(in crate::docs) install: String,
    /// How much of the request arrives: `exact`, `semantic` or `lossy`.
    pub(in crate::docs) outcome: String,
    /// The code, for the filter `block`.
    pub(in crate::docs) code: String,
    /// How the code is written, for the filter `block`.
    pub(in crate::docs) form: Form,
}

/// A compiled template.
#[derive(Debug)]
pub(super) struct Template {
    /// What messages call it.
    shown: String,
    text: String,
    laid: Laid,
    tera: Tera,
}

const NAME: &str = "tabs.tera";

impl Template {
    /// Compiles a template; `shown` is what messages call it.
    pub(super) fn load(shown: &str, text: &str) -> Result<Self, StyleError> {
        let mut tera = Tera::new();
        tera.set_escape_fn(refuse);
        tera.autoescape_on([".tera"]);
        filters::register(&mut tera);
        let laid = Laid::of(text);
        let mut template =
            Self { shown: shown.to_owned(), text: text.to_owned(), laid: laid.clone(), tera };
        let added = template.tera.add_raw_template(NAME, &laid.text);
        added.map_err(|error| template.error(&error))?;
        Ok(template)
    }

    /// Writes the tabs of the region `number` of a page.
    pub(super) fn write(
        &self,
        format: Format,
        number: usize,
        needs: &[String],
        tabs: &[Tab],
    ) -> Result<String, StyleError> {
        let mut context = Context::new();
        context.insert_value(filters::FORMAT, Value::safe_string(format.name()));
        context.insert_value("number", Value::from(number as u64));
        // Lines of the style's own author.
        let needs: Vec<Value> = needs.iter().map(|line| Value::safe_string(line)).collect();
        context.insert_value("needs", Value::from(needs));
        context.insert("tabs", tabs);
        let text = self.tera.render(NAME, &context).map_err(|error| self.error(&error))?;
        Ok(squeeze(&text))
    }

    fn error(&self, error: &tera::Error) -> StyleError {
        let message = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = &report.span().range;
                let (start, end) = (self.laid.origin(range.start), self.laid.origin(range.end));
                let file = crate::diagnostic::File { path: &self.shown, text: &self.text };
                Fault::new(file, start, end, report.message().to_owned()).to_string()
            }
            _ => format!("{}: {}", self.shown, describe(error)),
        };
        StyleError::new(message)
    }
}

/// The text without blank lines at its beginning and its end.
fn squeeze(text: &str) -> String {
    text.trim_matches('\n').to_owned()
}
