//! View + template → code.
//!
//! A template is the program that it prints. Values reach it only through the filters of
//! `filters`, each of which writes a whole literal; auto-escaping is on and the escape function
//! refuses, so a value without a filter is an error at the first render.

mod filters;
mod fit;
mod layout;
mod value;

use std::fmt;
use std::io;
use std::sync::Arc;

use tera::{Context, Tera, Value};

use crate::language::{Language, Sources};
use crate::literal;
use crate::view::View;

/// The template of one client.
#[derive(Debug)]
pub struct Template {
    /// `<language>/<client>.tera`.
    path: String,
    language: Arc<Language>,
    tera: Tera,
    /// The names that the template reads, each with what gives its value.
    names: Vec<(&'static str, ValueOf)>,
}

/// Gives the value of a name of [`value::VIEW`].
type ValueOf = fn(&View<'_, '_>) -> Value;

/// Why a template did not load or render.
#[derive(Debug, Clone)]
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
    /// Reads and compiles `<language>/<client>.tera` and the partials of its folder.
    pub fn load(
        sources: &Sources,
        language_name: &str,
        language: &Arc<Language>,
        client: &str,
    ) -> Result<Self, RenderError> {
        let path = format!("{language_name}/{client}.tera");
        let fault = |message: String| RenderError { path: path.clone(), message };
        let text = sources.get(&path).ok_or_else(|| fault("there is no such template".into()))?;
        let mut files = vec![(&*path, layout::hide_tag_lines(text))];
        for partial in sources.partials(language_name) {
            if let Some(text) = sources.get(partial) {
                files.push((partial, layout::hide_tag_lines(text)));
            }
        }
        let mut tera = Tera::new();
        tera.set_escape_fn(refuse);
        tera.autoescape_on([".tera"]);
        filters::register(&mut tera, language);
        tera.add_raw_templates(files).map_err(|error| fault(describe(&error)))?;
        let read = tera.get_template_variables(&path).map_err(|error| fault(describe(&error)))?;
        let names = value::VIEW.iter().filter(|(name, _)| read.contains(name)).copied().collect();
        if read.contains("indent") {
            tera.global_context().insert_value("indent", Value::safe_string(&language.indent));
        }
        Ok(Self { language: language.clone(), names, tera, path })
    }

    /// Renders the code of `view`.
    pub fn render(&self, view: &View<'_, '_>) -> Result<String, RenderError> {
        let mut context = Context::new();
        for (name, value) in &self.names {
            context.insert_value(*name, value(view));
        }
        let code = self
            .tera
            .render(&self.path, &context)
            .map_err(|error| RenderError { path: self.path.clone(), message: describe(&error) })?;
        Ok(self.finish(code))
    }

    fn finish(&self, code: String) -> String {
        let mut code = literal::finish(code, &self.language.line_end);
        if self.language.keeps_end {
            return code;
        }
        // A template may leave blank lines behind where optional parts were; the last line of a
        // text file ends with one line feed.
        code.truncate(code.trim_end().len());
        code.push('\n');
        code
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
