//! View + template → code.
//!
//! A template is the program that it prints. Values reach it only through the filters of
//! `filters`, each of which writes a whole literal: the room `template` refuses one that prints a value
//! without them, and auto-escaping is on and the escape function refuses whatever gets past it.

mod budget;
mod current;
mod filters;
mod join_lines;

use std::cell::Cell;
use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::diagnostic::{Fault, File};
use crate::language::{Language, OptionValue, Sources};
use crate::literal::{self, LineEnds};
use crate::template::{self, Described, Source, blocks, fault_of};
use crate::view::record::{Reads, Record as _, Taker};
use crate::view::{Choice, Kind, View};

use current::Current;
pub(crate) use filters::Writes;

/// Whether the value of a name is the one that it has for most requests.
type IsUsual = fn(&View<'_, '_>) -> bool;

/// The names that mostly have the same value, whatever the request: no option, no body, no need.
const USUAL: [(&str, IsUsual); 3] = [
    ("options", |view| view.options.iter().all(|choice| choice.value.is_none())),
    ("body", |view| view.content.kind == Kind::None && view.content.media_type.is_empty()),
    ("needs", |view| view.needs.is_empty()),
];

/// The template of one client.
#[derive(Debug)]
pub struct Template {
    /// The template, `<language>/<client>.tera`, and the files that it uses.
    files: Vec<Source>,
    language: Arc<Language>,
    tera: Tera,
    reads: Reads,
    /// The usual value of each name of [`USUAL`], as the template reads it.
    usual: [OnceLock<Value>; USUAL.len()],
}

thread_local! {
    /// Where a template is rendered: the code is copied, since it is seldom as long as the room for it.
    static OUTPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The most bytes of [`OUTPUT`] that are kept for the next render.
const KEPT: usize = 1 << 16;

/// Why a template did not load or render.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RenderError {
    /// Which template.
    pub path: String,
    /// What is wrong, with the place in the template where it is known.
    pub message: String,
    /// What is at fault.
    pub(crate) culprit: Culprit,
}

/// What is at fault where there is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Culprit {
    /// The template.
    Template,
    /// A text of the request, which no literal of the language holds.
    Text,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for RenderError {}

impl Template {
    /// Reads, compiles and checks `<language>/<client>.tera` and the files that it uses.
    pub(crate) fn load(
        sources: &Sources,
        language_name: &str,
        language: &Arc<Language>,
        client: &str,
        writes: Writes,
    ) -> Result<Self, RenderError> {
        let path = format!("{language_name}/{client}.tera");
        let layers = sources.layers(language_name);
        let tables: Vec<File<'_>> = layers.iter().map(|(file, _)| *file).collect();
        let files = template::gather(sources, language_name, &path);
        if files.is_empty() {
            let message = format!("this client has no template: write `{path}`, or say `like`");
            let fault = fault_of(&tables, client, &format!("client.{client}"), message.clone());
            let message = fault.map_or(message, |fault| fault.to_string());
            let path = tables.last().map_or(path, |file| file.path.to_owned());
            return Err(RenderError { path, message, culprit: Culprit::Template });
        }
        let mut template = Self {
            files: files.iter().map(Source::of).collect(),
            language: language.clone(),
            tera: Tera::new(),
            reads: Reads::default(),
            usual: Default::default(),
        };
        template.compile(writes)?;
        if let Some(rules) = language.clients.get(client) {
            let described = Described { name: client, client: rules, tables: &tables };
            template.reads = template::check(&files, language, &described).map_err(|faults| {
                let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
                template.fault(faults.join("\n\n"))
            })?;
        }
        Ok(template)
    }

    fn compile(&mut self, writes: Writes) -> Result<(), RenderError> {
        self.tera.set_escape_fn(refuse);
        self.tera.autoescape_on([".tera"]);
        budget::register(&mut self.tera);
        filters::register(&mut self.tera, &self.language, writes);
        if let Err(error) = self.add_files() {
            return Err(self.error_without_calls(&error));
        }
        let indent = Value::safe_string(&self.language.indent);
        self.tera.global_context().insert_value("indent", indent);
        Ok(())
    }

    fn add_files(&mut self) -> tera::TeraResult<()> {
        let files = self.files.iter().map(|file| (&*file.path, file.compiled()));
        self.tera.add_raw_templates(files)
    }

    /// What Tera says of the files as their authors wrote them: some of its errors come with lines of the
    /// text that it compiled.
    fn error_without_calls(&mut self, error: &tera::Error) -> RenderError {
        if let Some(fault) = self.files.iter().find_map(|file| blocks::misplaced(file.as_written()))
        {
            return self.fault(fault.to_string());
        }
        self.files.iter_mut().for_each(Source::leave_as_written);
        match self.add_files() {
            Ok(()) => self.error(error),
            Err(error) => self.error(&error),
        }
    }

    /// Renders the code of `view`.
    pub fn render(&self, view: &View<'_, '_>) -> Result<String, RenderError> {
        let context = self.context(view).map_err(|error| self.error(&error))?;
        let body = &view.content;
        let has_free_line_ends =
            body.line_ends == LineEnds::Free && self.language.literals.take_line_ends_of_file();
        current::begin(Current {
            reads_environment: !view.environment.is_empty() || !view.variables.is_empty(),
            is_fragment: view.options.iter().any(is_fragment),
            free_line_ends: has_free_line_ends.then(|| body.text.to_string()),
        });
        budget::begin(view.content.length);
        let code = self.write(&context).map_err(|error| self.error(&error))?;
        let code = self.finish(code);
        if view.options.iter().any(is_fragment) {
            // What stood before is left out, but for the blank lines behind it.
            return Ok(code.trim_start_matches('\n').to_owned());
        }
        Ok(code)
    }

    /// Whether the template reads a name of [`View`].
    #[cfg(feature = "templates")]
    pub(crate) fn reads(&self, name: &str) -> bool {
        self.reads.of(View::TABLE) & View::TABLE.bit(name) != 0
    }

    /// What the template reads of `view`.
    fn context(&self, view: &View<'_, '_>) -> tera::TeraResult<Context> {
        let mut context = Context::new();
        let mut wanted = self.reads.of(View::TABLE);
        for ((name, is_usual), known) in USUAL.iter().zip(&self.usual) {
            let bit = View::TABLE.bit(name) & wanted;
            if bit != 0 && is_usual(view) {
                wanted &= !bit;
                let value = if let Some(value) = known.get() {
                    value.clone()
                } else {
                    let mut alone = Context::new();
                    view.each(bit, &self.reads, &mut alone)?;
                    let value = alone.remove(name).unwrap_or_else(Value::none);
                    known.get_or_init(|| value).clone()
                };
                context.insert_value(*name, value);
            }
        }
        view.each(wanted, &self.reads, &mut context)?;
        Ok(context)
    }

    /// What the template prints.
    fn write(&self, context: &Context) -> tera::TeraResult<String> {
        let mut output = OUTPUT.take();
        output.clear();
        self.tera.render_to(&self.files[0].path, context, &mut output)?;
        let code = str::from_utf8(&output).map_err(tera::Error::message)?.to_owned();
        if output.capacity() <= KEPT {
            OUTPUT.set(output);
        }
        Ok(code)
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

    /// What Tera says, with the place in the text that the author wrote.
    fn error(&self, error: &tera::Error) -> RenderError {
        if let ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) = error.kind() {
            if let Some(text) = report.message().strip_prefix(filters::UNWRITABLE) {
                return RenderError { culprit: Culprit::Text, ..self.fault(text.to_owned()) };
            }
            if let Some(file) = self.files.iter().find(|file| file.path == report.filename()) {
                let range = &report.span().range;
                let (start, end) = (file.origin(range.start), file.origin(range.end));
                let rest = file.text.get(start..).unwrap_or_default();
                let message = report.message().trim_end_matches('.');
                let message = match blocks::way_out(message, rest) {
                    Some(words) => format!("{message}: {words}"),
                    None => report.message().to_owned(),
                };
                return self.fault(Fault::new(file.as_written(), start, end, message).to_string());
            }
        }
        self.fault(self.as_shown(&describe(error)))
    }

    /// A message of Tera with the files as messages call them, each of its faults in a paragraph.
    fn as_shown(&self, message: &str) -> String {
        let mut message = message.replace("\nerror: ", "\n\n");
        for Source { path, shown, .. } in &self.files {
            message = message.replace(&format!("--> {path}:"), &format!("--> {shown}:"));
        }
        message.strip_prefix("error: ").map_or(message.clone(), str::to_owned)
    }

    fn fault(&self, message: String) -> RenderError {
        RenderError { path: self.files[0].shown.clone(), message, culprit: Culprit::Template }
    }
}

/// The names that a template knows.
impl Taker for Context {
    type Error = tera::Error;

    fn take(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), Self::Error> {
        self.insert_value(name, Value::try_from_serializable(value)?);
        Ok(())
    }
}

fn is_fragment(choice: &Choice<'_>) -> bool {
    choice.name == "fragment" && choice.value == Some(OptionValue::Flag(true))
}

/// The escape function: a value that no filter made into a literal must not reach the code.
pub(crate) fn refuse(_: &str, _: &mut dyn io::Write) -> io::Result<()> {
    Err(io::Error::other("a value must pass a literal filter, as in {{ url | str }}"))
}

/// An error of Tera with its causes, one sentence.
pub(crate) fn describe(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
