//! `requote template watch`: the snippet and what is wrong, whenever a file is saved.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, RecursiveMode, Watcher};
use requote::diagnostic::{Diagnostic, Palette, Severity, render};
use requote::{Engine, Finding, Options, Reading};

use super::args::WatchArgs;
use super::check::diagnostic_of;
use super::diff::compare;
use crate::code;
use crate::output::stdout::styled_stdout;
use crate::report::{Report, framed};
use crate::stop::{Status, Stop};
use crate::templates::{folders_or_usual, lay_over, read_files};

/// An editor saves a file in several steps; what they leave is looked at when so long nothing happened.
const QUIET: Duration = Duration::from_millis(60);

/// What there is to see of the files.
#[derive(Debug, Default, PartialEq, Eq)]
struct View {
    /// The snippet, where there is one.
    code: Option<String>,
    /// The outcome, and what is told.
    told: String,
}

/// Shows the snippet until the program is ended.
pub fn run(args: &WatchArgs, report: &mut Report) -> Result<Status, Stop> {
    let folders = folders_or_usual(&args.templates)?;
    let changes = watch(&folders, &args.file).map_err(|error| {
        let message = format!("the files cannot be watched: {error}");
        Stop::usage(Diagnostic::error(code::WATCH_FAILED, message))
    })?;
    let palette = report.palette();
    let mut before: Option<View> = None;
    loop {
        let view = look(args, &folders, &palette);
        if before.as_ref() != Some(&view) {
            let mut out = styled_stdout()?;
            out.write_all(show(before.as_ref(), &view).as_bytes())?;
            out.flush()?;
        }
        // What does not render leaves the last snippet to compare the next with.
        let code = view.code.or_else(|| before.and_then(|before| before.code));
        before = Some(View { code, told: view.told });
        if changes.events.recv().is_err() {
            return Ok(Status::Done);
        }
        while changes.events.recv_timeout(QUIET).is_ok() {}
    }
}

/// A watcher, which ends when it is dropped, and what it notices.
struct Changes {
    _watcher: notify::RecommendedWatcher,
    events: Receiver<()>,
}

fn watch(folders: &[PathBuf], file: &Path) -> notify::Result<Changes> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // To read a file is an event too.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // The receiver may be gone: the program ends.
            let _ = sender.send(());
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    // An editor may put a new file in the place of the old one, so the folder is watched.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    watcher.watch(folder.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)?;
    Ok(Changes { _watcher: watcher, events })
}

/// What the files say now. Nothing here ends the program: the next save may mend it.
fn look(args: &WatchArgs, folders: &[PathBuf], palette: &Palette) -> View {
    match try_to_look(args, folders, palette) {
        Ok(view) => view,
        Err(told) => View { code: None, told },
    }
}

fn try_to_look(args: &WatchArgs, folders: &[PathBuf], palette: &Palette) -> Result<View, String> {
    let of_stop = |stop: Stop| match stop {
        Stop::Usage(told) | Stop::Output(told) => framed(&told, palette),
        Stop::ClosedPipe => String::new(),
    };
    let findings = lay_over(folders).map_err(of_stop)?.findings();
    let found: String = findings
        .iter()
        .filter(|finding| finding.severity >= Severity::Warning)
        .map(|finding: &Finding| framed(&diagnostic_of(finding), palette))
        .collect();
    let mut files = Vec::new();
    for folder in folders {
        files.extend(read_files(folder).map_err(of_stop)?);
    }
    let engine = Engine::with_templates(files);
    let with_found =
        |told: String| if found.contains(&told) { found.clone() } else { found.clone() + &told };
    let of_error = |error: requote::Error| with_found(framed(&Diagnostic::from(&error), palette));
    let target = engine.find(&args.target).map_err(of_error)?;
    let name = args.file.display().to_string();
    let bytes = std::fs::read(&args.file)
        .map_err(|error| with_found(format!("cannot read `{name}`: {error}\n")))?;
    let read = Reading::default().read_one(bytes);
    let request = read.map_err(|refused| {
        with_found(render(&refused.diagnostic, &name, &refused.source, palette))
    })?;
    let options = Options::default();
    let parsed = request.parse(&options).map_err(|error| {
        with_found(render(error.diagnostic(), &name, request.source(), palette))
    })?;
    let snippet = engine.quote(&parsed.message, &target, &options).map_err(of_error)?;
    let mut told = format!("{target}: {}\n", snippet.outcome);
    for diagnostic in &snippet.diagnostics {
        told += &render(diagnostic, &name, &parsed.shown, palette);
    }
    Ok(View { code: snippet.code, told: told + &found })
}

/// The snippet, or how it differs from the last one; then the outcome and what is told.
fn show(before: Option<&View>, now: &View) -> String {
    let last = before.and_then(|view| view.code.as_deref());
    let code = match (last, now.code.as_deref()) {
        (_, None) => String::new(),
        (None, Some(code)) => code.to_owned(),
        (Some(last), Some(code)) => compare("the snippet", last, code),
    };
    let gap = if code.is_empty() { "" } else { "\n" };
    format!("{code}{gap}{}\n", now.told)
}

#[cfg(test)]
mod tests {
    use super::{View, show};

    fn view(code: Option<&str>, told: &str) -> View {
        View { code: code.map(str::to_owned), told: told.to_owned() }
    }

    #[test]
    fn the_first_snippet_is_whole_and_the_next_one_a_difference() {
        let first = view(Some("a\nb\n"), "exact\n");
        assert_eq!(show(None, &first), "a\nb\n\nexact\n\n");
        let next = show(Some(&first), &view(Some("a\nc\n"), "lossy\n"));
        assert!(
            next.contains("-b") && next.contains("+c") && next.ends_with("lossy\n\n"),
            "{next}"
        );
        assert_eq!(show(Some(&first), &view(None, "a fault\n")), "a fault\n\n");
    }
}
