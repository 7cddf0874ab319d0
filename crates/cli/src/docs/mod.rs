//! `requote docs`: the snippets of documentation pages.

mod args;
mod change;
mod choices;
mod files;
mod find;
mod line;
mod style;

use std::io::{self, IsTerminal, Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use requote::diagnostic::{Diagnostic, Palette, Severity};
use requote::docs::{self, Mode};
use requote::{Engine, Outcome};

use crate::code;
use crate::output::Sink;
use crate::output::stdout::stdout;
use crate::page::Page;
use crate::report::Report;
use crate::settings::Settings;
use crate::stop::{Status, Stop};
use crate::templates::build_engine;
use crate::to::ordered_printer::OrderedPrinter;

use choices::Choices;
use find::Found;

pub use args::DocsArgs;
pub use files::Beside;

/// How many pages may wait for an earlier one, for each thread.
const WAITING_PER_THREAD: usize = 64;

/// From this number of pages on, progress is shown.
const MANY: usize = 50;

/// Writes the snippets of pages.
pub fn run(args: &DocsArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = build_engine(&args.templates)?;
    let settings = Settings::find()?;
    let choices = Choices::new(args, &settings, &engine)?;
    let work = Work { args, engine: &engine, choices: &choices, palette: report.palette() };
    match args.stdin {
        Some(format) => work.pass_through(format, report),
        None => work.update(report),
    }
}

/// What all pages share.
struct Work<'a> {
    args: &'a DocsArgs,
    engine: &'a Engine,
    choices: &'a Choices,
    palette: Palette,
}

impl Work<'_> {
    /// Standard input, with its snippets, to standard output.
    fn pass_through(&self, format: docs::Format, report: &mut Report) -> Result<Status, Stop> {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(|error| {
            let message = format!("cannot read standard input: {error}");
            Stop::usage(Diagnostic::error(code::INPUT_UNREADABLE, message))
        })?;
        let mode = if self.args.clean { Mode::Clean } else { Mode::Build };
        let settings = self.choices.of_page(Path::new(""), format).map_err(Stop::Usage)?;
        let settings = settings.with_mode(mode);
        let files = Beside::new(Path::new(""), self.choices.root());
        let expanded = docs::expand(&text, format, self.engine, &settings, &files);
        let mut out = anstream::AutoStream::never(stdout()?);
        out.write_all(expanded.text.as_bytes())?;
        out.flush()?;
        let mut page = Page::new(self.palette, self.args.verbosity());
        self.tell(&expanded, "-", &text, &mut page);
        let status = page.status;
        report.print(&mut page);
        Ok(status)
    }

    /// The pages of files, in place.
    fn update(&self, report: &mut Report) -> Result<Status, Stop> {
        let pages = find::pages(&self.args.paths)?;
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(pages.len());
        let bar = progress(pages.len(), report);
        let window = threads.max(1) * WAITING_PER_THREAD;
        let printer = OrderedPrinter::new(Sink::to_stdout(), report, window);
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(found) = pages.get(number) else { return };
                let page = self.do_page(found);
                // Not within `suspend`, which keeps others from the bar while this page waits for them.
                let is_stopped = printer.submit(number, page).is_err();
                bar.inc(1);
                if is_stopped {
                    return;
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        bar.finish_and_clear();
        printer.finish()
    }

    /// Does one page: what there is to say and to print.
    fn do_page(&self, found: &Found) -> Page {
        let mut page = Page::new(self.palette, self.args.verbosity());
        if let Err(error) = self.try_page(found, &mut page) {
            page.tell(&error);
            page.add_status(Status::Failed);
        }
        page
    }

    fn try_page(&self, found: &Found, page: &mut Page) -> Result<(), Box<Diagnostic>> {
        let Some(text) = change::read(&found.path)? else { return Ok(()) };
        let settings = self.choices.of_page(&found.path, found.format)?;
        let mode = if self.args.clean { Mode::Clean } else { Mode::Update };
        let settings = settings.with_mode(mode);
        let files = Beside::new(&found.path, self.choices.root());
        let expanded = docs::expand(&text, found.format, self.engine, &settings, &files);
        let name = found.path.display().to_string();
        if self.args.json {
            page.add_lines(|out| line::write(out, &name, &expanded));
        }
        self.tell(&expanded, &name, &text, page);
        if !expanded.is_changed() {
            return Ok(());
        }
        if self.args.check {
            page.add_status(Status::Failed);
            if !self.args.json {
                let diff = change::diff(&name, &text, &expanded.text);
                page.add_lines(|out| out.extend_from_slice(diff.as_bytes()));
            }
            return Ok(());
        }
        change::write(&found.path, &expanded.text)?;
        if !self.args.json && !self.args.quiet {
            page.head(&format!("{name}: written"));
        }
        Ok(())
    }

    /// What there is to say of a page, for people, and what it means for the exit status.
    fn tell(&self, expanded: &docs::Page<'_>, name: &str, text: &str, page: &mut Page) {
        for (target, diagnostic) in expanded.told() {
            if diagnostic.severity == Severity::Error {
                page.add_status(Status::Failed);
            }
            // A page tells of differences in meaning each time that it is looked at: they are no news.
            let is_news = diagnostic.severity != Severity::Note || self.args.verbose;
            if self.args.json || !is_news {
                continue;
            }
            let mut told = diagnostic.clone();
            if let Some(target) = target {
                told.message = format!("{target}: {}", told.message);
            }
            page.tell_of(&told, name, text.as_bytes());
        }
        let quoted = expanded.regions.iter().flat_map(|region| &region.targets);
        for lossy in quoted.filter(|it| it.outcome == Outcome::Lossy && self.choices.is_strict()) {
            let message = format!("{name}: {} is lossy, which is not allowed here", lossy.target);
            if !self.args.json {
                page.tell(&Diagnostic::error(code::STRICT, message));
            }
            page.add_status(Status::Failed);
        }
    }
}

/// A bar on a terminal, where there is much to do.
fn progress(count: usize, report: &Report) -> ProgressBar {
    let bar = ProgressBar::new(count as u64);
    let is_shown =
        count >= MANY && io::stderr().is_terminal() && report.palette() != Palette::PLAIN;
    bar.set_draw_target(if is_shown {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    });
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages");
    bar.set_style(style.unwrap_or(ProgressStyle::default_bar()));
    bar
}
