//! View + template → code.
//!
//! A template is the program that it prints. Values reach it only through the filters of
//! `filters`, each of which writes a whole literal; auto-escaping is on and the escape function
//! refuses, so a value without a filter is an error at the first render.
//!
//! Tera says what a template means. An ordinary request does without most of it: `fold` takes away
//! what a kind of request does not need, and where text, literals and loops are left, `straight`
//! writes them without an interpreter. Both print what Tera would; what they do not understand they
//! leave to it.

mod context;
mod filters;
mod fit;
mod fold;
mod folded;
mod layout;
mod straight;
mod value;

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
use straight::Straight;

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

/// How what is left of a template for some requests is printed.
#[derive(Debug)]
enum Way {
    Straight(Straight),
    Interpreted(Box<Compiled>),
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
        // A fault is reported where it stands in the whole template.
        let code = match self.render_folded(view) {
            Some(code) => code,
            None => self.run(self.whole()?, view)?,
        };
        Ok(self.finish(code))
    }

    /// What the part of the template that `view` needs prints; nothing where that cannot be told.
    fn render_folded(&self, view: &View<'_, '_>) -> Option<String> {
        let (outline, folded) = self.folded.as_ref()?;
        let way = folded.find(outline.facts_of(view), |facts| {
            let (path, text) = &self.files[0];
            let rest = outline.fold(text, facts);
            if let Some(straight) = Straight::of(&rest, &self.language) {
                return Some(Way::Straight(straight));
            }
            let text = rest.to_text();
            let compiled = Compiled::new(&self.language, vec![(&**path, &*text)]).ok()?;
            Some(Way::Interpreted(Box::new(compiled)))
        })?;
        match way {
            Way::Straight(straight) => straight.run(view, &self.language),
            Way::Interpreted(compiled) => self.run(compiled, view).ok(),
        }
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

/// What tests hold against each other.
#[cfg(test)]
impl Template {
    /// The code as the template engine writes it from all of the template.
    pub(crate) fn render_whole(&self, view: &View<'_, '_>) -> Result<String, RenderError> {
        Ok(self.finish(self.run(self.whole()?, view)?))
    }

    /// The code as the part of the template that `view` needs writes it, if that can be told.
    pub(crate) fn render_part(&self, view: &View<'_, '_>) -> Option<String> {
        Some(self.finish(self.render_folded(view)?))
    }

    /// How many kinds of requests have come so far, and how many of them need no interpreter.
    pub(crate) fn count_kinds(&self) -> (usize, usize) {
        let ways: Vec<_> = self.folded.iter().flat_map(|(_, folded)| folded.ways()).collect();
        let is_straight = |way: &&&Way| matches!(way, Way::Straight(_));
        (ways.len(), ways.iter().filter(is_straight).count())
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
