//! View + template → code.
//!
//! A template is the program that it prints. Values reach it only through the filters of
//! `filters`, each of which writes a whole literal; auto-escaping is on and the escape function
//! refuses, so a value without a filter is an error at the first render.

mod context;
mod filters;
mod fit;
mod fold;
mod folded;
mod layout;

use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use tera::Tera;

use crate::language::{Language, Sources};
use crate::literal;
use crate::view::View;

use context::Shape;
use fold::Outline;
use folded::Folded;

/// The template of one client.
#[derive(Debug)]
pub struct Template {
    /// Path and text of the template and of the partials of its folder.
    files: Vec<(String, String)>,
    language: Arc<Language>,
    whole: OnceLock<Result<Compiled, RenderError>>,
    folded: Option<(Outline, Folded)>,
}

/// A text that Tera has compiled.
#[derive(Debug)]
struct Compiled {
    tera: Tera,
    shape: Shape,
}

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
    /// Reads `<language>/<client>.tera` and the partials of its folder. What is wrong in it is found
    /// by [`Self::check`], or where a render comes upon it.
    pub fn load(
        sources: &Sources,
        language_name: &str,
        language: &Arc<Language>,
        client: &str,
    ) -> Result<Self, RenderError> {
        let path = format!("{language_name}/{client}.tera");
        let text = sources.get(&path).ok_or_else(|| RenderError {
            path: path.clone(),
            message: "there is no such template".into(),
        })?;
        let mut files = vec![(path, layout::hide_tag_lines(text))];
        for partial in sources.partials(language_name) {
            if let Some(text) = sources.get(partial) {
                files.push((partial.to_owned(), layout::hide_tag_lines(text)));
            }
        }
        // A partial reads the names of the template that includes it: such templates stay whole.
        let outline = if files.len() == 1 { Outline::of(&files[0].1) } else { None };
        Ok(Self {
            files,
            language: language.clone(),
            whole: OnceLock::new(),
            folded: outline.map(|outline| (outline, Folded::default())),
        })
    }

    /// Whether the template, all of it, compiles.
    pub fn check(&self) -> Result<(), RenderError> {
        self.whole().map(|_| ())
    }

    /// Renders the code of `view`.
    pub fn render(&self, view: &View<'_, '_>) -> Result<String, RenderError> {
        let folded = self.folded.as_ref().and_then(|(outline, folded)| {
            folded.find(outline.facts_of(view), |facts| {
                let text = outline.fold(&self.files[0].1, facts);
                Compiled::new(&self.language, vec![(&*self.files[0].0, &*text)]).ok()
            })
        });
        // A fault is reported where it stands in the whole template.
        let code = folded.and_then(|folded| self.run(folded, view).ok());
        let code = match code {
            Some(code) => code,
            None => self.run(self.whole()?, view)?,
        };
        Ok(self.finish(&code))
    }

    fn whole(&self) -> Result<&Compiled, RenderError> {
        let compile = || {
            let files = self.files.iter().map(|(path, text)| (&**path, &**text)).collect();
            Compiled::new(&self.language, files).map_err(|error| self.fault(&error))
        };
        self.whole.get_or_init(compile).as_ref().map_err(Clone::clone)
    }

    fn run(&self, compiled: &Compiled, view: &View<'_, '_>) -> Result<String, RenderError> {
        let context = compiled.shape.fill(view, &self.language);
        compiled.tera.render(&self.files[0].0, &context).map_err(|error| self.fault(&error))
    }

    fn finish(&self, code: &str) -> String {
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

    fn fault(&self, error: &tera::Error) -> RenderError {
        RenderError { path: self.files[0].0.clone(), message: describe(error) }
    }
}

impl Compiled {
    fn new(language: &Arc<Language>, files: Vec<(&str, &str)>) -> tera::TeraResult<Self> {
        let mut tera = Tera::new();
        tera.set_escape_fn(refuse);
        tera.autoescape_on([".tera"]);
        filters::register(&mut tera, language);
        let shape = Shape::of(files.iter().map(|(_, text)| *text));
        tera.add_raw_templates(files)?;
        Ok(Self { tera, shape })
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

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::fs;

    use super::*;
    use crate::parse::parse;
    use crate::view::{Options, Outcome};

    #[test]
    fn a_folded_template_prints_what_the_whole_one_prints() -> Result<(), Box<dyn Error>> {
        let mut messages = Vec::new();
        for entry in fs::read_dir("tests/requests")? {
            messages.push(fs::read(entry?.path())?);
        }
        let messages: Vec<_> = messages.iter().filter_map(|bytes| parse(bytes).ok()).collect();
        assert!(messages.len() > 100);
        let sources = Sources::built_in();
        for (name, client_name) in sources.targets() {
            let language = Arc::new(Language::load(&sources, name)?);
            let template = Template::load(&sources, name, &language, client_name)?;
            let (outline, folded) = template.folded.as_ref().ok_or(client_name)?;
            let client = &language.clients[client_name];
            for message in &messages {
                let view = View::new(message, client, &Options::default());
                if view.outcome == Outcome::Unsupported {
                    continue;
                }
                let code = template.render(&view)?;
                let path = &template.files[0].0;
                let facts = outline.facts_of(&view);
                let text = outline.fold(&template.files[0].1, facts);
                let compiled = folded.find(facts, |_| None).ok_or(text.clone())?;
                assert_eq!(template.run(compiled, &view)?, template.run(template.whole()?, &view)?);
                assert_eq!(
                    code,
                    template.finish(&template.run(compiled, &view)?),
                    "{path}\n{text}"
                );
            }
        }
        Ok(())
    }
}
