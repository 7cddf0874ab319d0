//! `requote mdbook`: the preprocessor of mdBook.

mod args;
mod book;
mod options;

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use requote::diagnostic::{Diagnostic, Severity};
use requote::docs::{self, Format, Mode, Page, Region, Settings};
use requote::{Engine, Outcome};
use serde_json::Value;

use crate::args::TemplatesArgs;
use crate::code;
use crate::docs::Beside;
use crate::output::stdout::stdout;
use crate::report::Report;
use crate::settings::Settings as ProjectSettings;
use crate::stop::{Status, Stop};
use crate::templates;

use book::{Chapter, Context};
use options::{Table, Tabs};

pub use args::MdbookArgs;

/// The style and the script of tabs. They are in each page that has some: a book then needs no file
/// that an update of requote would leave behind.
const ASSETS: &str = include_str!("tabs.html");

/// Reads a book from standard input and writes it, with its snippets, to standard output.
pub fn run(args: &MdbookArgs, report: &mut Report) -> Result<Status, Stop> {
    if args.question.is_some() {
        // There are plain blocks for a renderer that shows no tabs.
        return Ok(Status::Done);
    }
    let (context, mut book) = read()?;
    let table = Table::of(&context)?;
    let engine = templates::build_engine(&TemplatesArgs::default())?;
    let tabs = if context.renderer == "html" { table.tabs } else { Tabs::Plain };
    let settings = Settings::default()
        .with_mode(Mode::Build)
        .with_targets(table.targets.clone())
        .with_style(style_of(tabs))
        .with_styles(templates::read_styles(&ProjectSettings::find()?.docs.styles)?)
        .with_attachments(table.attachments()?)
        .with_options(table.options()?);
    let mut writer = Writer {
        engine: &engine,
        settings,
        tabs,
        strict: table.strict,
        folder: context.source_folder(),
        root: context.root,
        report,
        status: Status::Done,
    };
    book::for_each_chapter(&mut book, &mut |chapter| writer.write(chapter));
    let status = writer.status;
    let mut text = book.to_string();
    text.push('\n');
    stdout()?.write_all(text.as_bytes())?;
    Ok(status)
}

/// The pair that mdBook writes.
fn read() -> Result<(Context, Value), Stop> {
    let refuse = |message: String| {
        let help =
            "mdBook runs this command: `requote mdbook --help` shows the lines for book.toml";
        Stop::usage(Diagnostic::error(code::BOOK_INVALID, message).with_help(help))
    };
    if io::stdin().is_terminal() {
        return Err(refuse("a book of mdBook is expected on standard input".to_owned()));
    }
    let mut text = Vec::new();
    let read = io::stdin().read_to_end(&mut text);
    read.map_err(|error| refuse(format!("cannot read standard input: {error}")))?;
    serde_json::from_slice(&text)
        .map_err(|error| refuse(format!("standard input is no book of mdBook: {error}")))
}

/// The style that shows the tabs.
const fn style_of(tabs: Tabs) -> &'static str {
    match tabs {
        Tabs::Builtin => "mdbook-builtin",
        Tabs::Marks => "mdbook-tabs",
        Tabs::Plain => "plain",
    }
}

/// Writes the snippets of chapters.
struct Writer<'a> {
    engine: &'a Engine,
    settings: Settings,
    tabs: Tabs,
    strict: bool,
    root: PathBuf,
    /// The folder of the chapters.
    folder: PathBuf,
    report: &'a mut Report,
    status: Status,
}

impl Writer<'_> {
    fn write(&mut self, chapter: Chapter<'_>) {
        // A chapter that was read from no file has the folder of the chapters.
        let source = chapter.source.unwrap_or_default();
        let path = self.folder.join(&source);
        let files = Beside::new(&path, &self.root);
        let page =
            docs::expand(chapter.content, Format::Markdown, self.engine, &self.settings, &files);
        self.tell(&page, &source, chapter.content);
        let shows_tabs = self.tabs == Tabs::Builtin && page.regions.iter().any(|it| it.changed);
        if page.is_changed() {
            let mut text = page.text.into_owned();
            if shows_tabs {
                text.push_str("\n\n");
                text.push_str(ASSETS);
            }
            *chapter.content = text;
        }
    }

    /// Tells what is wrong with a chapter.
    fn tell(&mut self, page: &Page<'_>, source: &Path, content: &str) {
        let name = source.display().to_string();
        for (_, diagnostic) in page.told() {
            if diagnostic.severity >= Severity::Warning {
                self.report.tell_of(diagnostic, &name, content.as_bytes());
            }
        }
        if !page.is_done() {
            self.status = Status::Failed;
        }
        if self.strict {
            self.tell_strictly(&page.regions, &name);
        }
    }

    /// Tells which snippets are missing, or differ from their request.
    fn tell_strictly(&mut self, regions: &[Region], name: &str) {
        for region in regions {
            for quoted in &region.targets {
                let what = match quoted.outcome {
                    Outcome::Lossy => "differs from its request",
                    Outcome::Unsupported => "cannot be written",
                    _ => continue,
                };
                let (line, target) = (region.line, &quoted.target);
                let message = format!("{name}:{line}: the snippet for {target} {what}");
                let help = "leave the target out, or `strict = true` in book.toml";
                self.report.tell(&Diagnostic::error(code::STRICT, message).with_help(help));
                self.status = Status::Failed;
            }
        }
    }
}
