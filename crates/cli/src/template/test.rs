//! `requote template test`: what templates of a user's own make of requests, beside what was written down.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use requote::diagnostic::Diagnostic;
use requote::{Engine, Options, Snippet, TargetId};
use requote_verify::Source;

use super::args::TestArgs;
use super::check::count;
use super::coverage::Coverage;
use super::diff::compare;
use super::requests::{Case, core};
use crate::code;
use crate::output::stdout::styled_stdout;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates::{lay_over, read_files};
use crate::verify;

/// Tests each target with each request.
pub fn run(args: &TestArgs, report: &mut Report) -> Result<Status, Stop> {
    let files = read_files(&args.folder)?;
    let engine = build(&args.folder)?;
    let targets = targets_of(args, &engine, &files)?;
    let cases = cases_of(&args.folder)?;
    let mut test = Test {
        folder: args.folder.join("snapshots"),
        update: args.update,
        counts: Counts::default(),
    };
    let mut known = BTreeSet::new();
    let mut out = styled_stdout()?;
    for id in &targets {
        for case in &cases {
            let path = test
                .folder
                .join(id.language())
                .join(id.client())
                .join(format!("{}.snap", case.name));
            let snapshot = describe(&engine, id, case)?;
            write!(out, "{}", test.hold(&path, &snapshot)?)?;
            known.insert(path);
        }
    }
    if args.target.is_empty() {
        for path in snapshots_in(&test.folder).into_iter().filter(|path| !known.contains(path)) {
            test.orphan(&path)?;
            writeln!(out, "{}: no target and request has this snapshot", path.display())?;
        }
    }
    for branch in untaken(&files, &targets, &cases) {
        writeln!(
            out,
            "{branch}: no request takes this branch; add one to {}/requests",
            args.folder.display()
        )?;
    }
    let Counts { same, new, changed, orphans } = test.counts;
    let done = if args.update { ", written down" } else { "" };
    writeln!(
        out,
        "{same} as before, {changed} changed, {new} new, {}{done}",
        count(orphans, "orphan")
    )?;
    if new + changed + orphans > 0 && !args.update {
        report.write("`--update` writes down what the templates make now\n");
    }
    let mut status = test.status();
    if args.verify {
        let sources = cases.into_iter().map(|case| Source::new(case.name, case.message));
        status = status.max(verify::verify_all(engine, targets, sources.collect())?);
    }
    Ok(status)
}

fn build(folder: &Path) -> Result<Engine, Stop> {
    lay_over(&[folder.to_owned()])?.build().map_err(|error| Stop::usage(&error))
}

/// The targets that are named; else all clients that the folder says something of.
fn targets_of(
    args: &TestArgs,
    engine: &Engine,
    files: &[(String, String)],
) -> Result<BTreeSet<TargetId>, Stop> {
    let mut targets = BTreeSet::new();
    for name in &args.target {
        targets.insert(engine.find(name).map_err(|error| Stop::usage(&error))?);
    }
    if args.target.is_empty() {
        targets.extend(
            engine
                .ids()
                .into_iter()
                .filter(|id| files.iter().any(|(path, text)| is_about(path, text, id))),
        );
    }
    Ok(targets)
}

/// Whether a file says something of a target.
fn is_about(path: &str, text: &str, id: &TargetId) -> bool {
    let Some((language, file)) = path.split_once('/') else { return false };
    if language != id.language() {
        return false;
    }
    let table: toml::Table = match file {
        "language.toml" => text.parse().unwrap_or_default(),
        _ => return file.starts_with('_') || file.strip_suffix(".tera") == Some(id.client()),
    };
    let clients = table.get("client").and_then(toml::Value::as_table);
    table.keys().any(|key| key != "client")
        || clients.is_some_and(|clients| clients.contains_key(id.client()))
}

/// The core, and the folder's own requests.
fn cases_of(folder: &Path) -> Result<Vec<Case>, Stop> {
    let mut cases = core();
    let own = folder.join("requests");
    let Ok(entries) = fs::read_dir(&own) else { return Ok(cases) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "http"));
    paths.sort();
    for path in paths {
        let shown = path.display().to_string();
        let stop =
            |message: String| Stop::usage(Diagnostic::error(code::INPUT_UNREADABLE, message));
        let message =
            fs::read(&path).map_err(|error| stop(format!("cannot read `{shown}`: {error}")))?;
        if let Err(error) = requote::parse(&message) {
            return Err(stop(format!("{shown}: {}", error.diagnostic().message)));
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        cases.push(Case { name, why: shown, message });
    }
    Ok(cases)
}

/// A snapshot: what there is to say of a snippet, and its code.
fn describe(engine: &Engine, id: &TargetId, case: &Case) -> Result<String, Stop> {
    let stop = |error: requote::Error| Stop::usage(&error);
    let message = match requote::parse(&case.message) {
        Ok(message) => message,
        Err(error) => return Ok(format!("no request: {}\n", error.diagnostic().message)),
    };
    let Snippet { outcome, diagnostics, attachments, code, .. } =
        engine.quote(&message, id, &Options::default()).map_err(stop)?;
    let line = String::from_utf8_lossy(&case.message);
    let line = line.lines().next().unwrap_or_default();
    let mut text = format!("{line}\n{}\noutcome: {outcome}\n", case.why);
    for attachment in attachments {
        let _ = writeln!(text, "attachment: {}, {} bytes", attachment.name, attachment.bytes.len());
    }
    for told in diagnostics {
        let _ = writeln!(text, "{}[{}]: {}", told.severity, told.code, told.message);
    }
    text.push_str("---\n");
    text.push_str(code.as_deref().unwrap_or_default());
    Ok(text)
}

/// The state of a test.
struct Test {
    folder: PathBuf,
    update: bool,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    same: usize,
    new: usize,
    changed: usize,
    orphans: usize,
}

impl Test {
    /// Holds a text against its snapshot, and gives the difference.
    fn hold(&mut self, path: &Path, text: &str) -> Result<String, Stop> {
        let shown = path.display().to_string();
        let before = fs::read_to_string(path).ok();
        match before.as_deref() {
            Some(before) if before == text => {
                self.counts.same += 1;
                return Ok(String::new());
            }
            Some(_) => self.counts.changed += 1,
            None => self.counts.new += 1,
        }
        if self.update {
            write(path, text)?;
            return Ok(String::new());
        }
        Ok(before.map_or_else(
            || format!("{shown}: there is no snapshot\n"),
            |before| compare(&shown, &before, text),
        ))
    }

    fn orphan(&mut self, path: &Path) -> Result<(), Stop> {
        self.counts.orphans += 1;
        if self.update {
            let shown = format!("`{}`", path.display());
            fs::remove_file(path).map_err(|error| Stop::output(&shown, &error))?;
        }
        Ok(())
    }

    fn status(&self) -> Status {
        let Counts { new, changed, orphans, .. } = self.counts;
        if self.update || new + changed + orphans == 0 { Status::Done } else { Status::Failed }
    }
}

fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Stop::output(&format!("`{}`", path.display()), &error))
}

/// The snapshots of all targets, sorted.
fn snapshots_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "snap") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The branches of the folder's templates that no request takes.
fn untaken(
    files: &[(String, String)],
    targets: &BTreeSet<TargetId>,
    cases: &[Case],
) -> Vec<String> {
    let mut coverage = Coverage::default();
    let marked: Vec<(String, String)> = files
        .iter()
        .map(|(path, text)| {
            let is_tested =
                targets.iter().any(|id| path.starts_with(&format!("{}/", id.language())));
            let is_template = path.strip_suffix(".tera").is_some() && is_tested;
            let text = if is_template { coverage.mark(path, text) } else { text.clone() };
            (path.clone(), text)
        })
        .collect();
    let engine = Engine::with_templates(marked);
    for case in cases {
        let Ok(message) = requote::parse(&case.message) else { continue };
        for id in targets {
            // A mark may be in the way of the template: then its branches are told as not taken.
            if let Ok(Snippet { code: Some(code), .. }) =
                engine.quote(&message, id, &Options::default())
            {
                coverage.note(&code);
            }
        }
    }
    coverage.untaken()
}
