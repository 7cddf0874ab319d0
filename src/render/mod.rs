//! View + template → code.
//!
//! A template is the program that it prints. Values reach it only through the filters of
//! `filters`, each of which writes a whole literal; auto-escaping is on and the escape function
//! refuses, so a value without a filter is an error at the first render.

mod context;
mod filters;
mod fit;
mod layout;

use std::fmt;
use std::io;
use std::sync::Arc;

use tera::Tera;

use crate::language::{Language, Sources};
use crate::literal;
use crate::view::View;

use context::Shape;

/// A compiled template of one client.
#[derive(Debug)]
pub struct Template {
    tera: Tera,
    shape: Shape,
    name: String,
}

/// Why a template did not load or render.
#[derive(Debug)]
#[non_exhaustive]
pub struct RenderError {
    /// Which template.
    pub path: String,
    /// What is wrong, with the place in the template where it is known.
    pub message: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for RenderError {}

impl Template {
    /// Parses `<language>/<client>.tera` and the partials of its folder.
    pub fn load(
        sources: &Sources,
        language_name: &str,
        language: &Arc<Language>,
        client: &str,
    ) -> Result<Self, RenderError> {
        let path = format!("{language_name}/{client}.tera");
        let fault = |message: String| RenderError { path: path.clone(), message };
        let text = sources.get(&path).ok_or_else(|| fault("there is no such template".into()))?;
        let mut files = vec![(path.as_str(), layout::hide_tag_lines(text))];
        for partial in sources.partials(language_name) {
            if let Some(text) = sources.get(partial) {
                files.push((partial, layout::hide_tag_lines(text)));
            }
        }
        let mut tera = Tera::new();
        tera.set_escape_fn(refuse);
        tera.autoescape_on([".tera"]);
        filters::register(&mut tera, language);
        let shape = Shape::of(files.iter().map(|(_, text)| text.as_str()));
        tera.add_raw_templates(files).map_err(|error| fault(describe(&error)))?;
        Ok(Self { tera, shape, name: path })
    }

    /// Renders the code of `view`.
    pub fn render(&self, view: &View<'_, '_>, language: &Language) -> Result<String, RenderError> {
        let context = self.shape.fill(view, language);
        let code = self
            .tera
            .render(&self.name, &context)
            .map_err(|error| RenderError { path: self.name.clone(), message: describe(&error) })?;
        let mut code = literal::finish(&code, &language.line_end);
        if language.keeps_end {
            return Ok(code);
        }
        // A template may leave blank lines behind where optional parts were; the last line of a
        // text file ends with one line feed.
        code.truncate(code.trim_end().len());
        code.push('\n');
        Ok(code)
    }
}

/// The escape function: a value that no filter made into a literal must not reach the code.
fn refuse(_: &str, _: &mut dyn io::Write) -> io::Result<()> {
    Err(io::Error::other("a value must pass a literal filter, as in {{ url | str }}"))
}

fn describe(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
