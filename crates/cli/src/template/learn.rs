//! `requote template learn`: the facts of a client, as the wire shows them.

use std::io::Write as _;
use std::path::PathBuf;

use requote::diagnostic::Diagnostic;
use requote::language::{Sources, table_of_client};
use requote::{Engine, TargetId};
use requote_verify::{Lesson, Source};
use toml::{Table, Value};

use super::args::LearnArgs;
use super::check::count;
use super::probes::probes;
use super::requests::core;
use crate::code;
use crate::output::stdout::styled_stdout;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates::{folders_or_usual, lay_over, read_files};
use crate::verify;

/// Runs the snippets and prints the facts.
pub fn run(args: &LearnArgs, report: &mut Report) -> Result<Status, Stop> {
    let folders = folders_or_usual(&args.templates)?;
    // What does not load, or drops data, is no matter of the client.
    let engine = lay_over(&folders)?.build().map_err(|error| Stop::usage(&error))?;
    let target = engine.find(&args.target).map_err(|error| Stop::usage(&error))?;
    let mut files = Vec::new();
    for folder in &folders {
        files.extend(read_files(folder)?);
    }
    let known = known_facts(&files, &target)?;
    let path = format!("{}/language.toml", target.language());
    let with_facts = |facts: &Table| {
        let layer = (path.clone(), layer_of(&target, facts));
        Engine::with_templates(files.iter().cloned().chain([layer]))
    };
    let targets = [target.clone()].into();
    let mut asked = verify::usual(engine, targets, sources_of(&args.files)?);
    asked.timeout = args.timeout;
    let lesson = requote_verify::learn(asked, &known, &with_facts).map_err(verify::stop)?;
    tell(&lesson, &target, report)
}

/// The table of the client, as the layers have it.
fn known_facts(files: &[(String, String)], target: &TargetId) -> Result<Table, Stop> {
    let mut sources = Sources::built_in();
    for (path, text) in files {
        sources.lay_over(path.clone(), text.clone());
    }
    table_of_client(&sources, target.language(), target.client())
        .map_err(|error| Stop::usage(Diagnostic::error(code::LANGUAGE_INVALID, error.to_string())))
}

/// A table of the language with these facts of the client.
fn layer_of(target: &TargetId, facts: &Table) -> String {
    let nest =
        |name: &str, inner: Table| Table::from_iter([(name.to_owned(), Value::Table(inner))]);
    nest("client", nest(target.client(), facts.clone())).to_string()
}

/// The messages of the files; those that are part of requote where there are none.
fn sources_of(files: &[PathBuf]) -> Result<Vec<Source>, Stop> {
    if files.is_empty() {
        let cases = core().into_iter().chain(probes());
        return Ok(cases.map(|case| Source::new(case.name, case.message)).collect());
    }
    let mut sources = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let stop =
            |message: String| Stop::usage(Diagnostic::error(code::INPUT_UNREADABLE, message));
        let bytes =
            std::fs::read(path).map_err(|error| stop(format!("cannot read `{name}`: {error}")))?;
        if let Err(error) = requote::parse(&bytes) {
            return Err(stop(format!("{name}: {}", error.diagnostic().message)));
        }
        sources.push(Source::new(name, bytes));
    }
    Ok(sources)
}

/// Prints the facts on standard output, and what came of them for people.
fn tell(lesson: &Lesson, target: &TargetId, report: &mut Report) -> Result<Status, Stop> {
    for reason in &lesson.skipped {
        report.write(&format!("{target} did not run: {reason}\n"));
    }
    let Lesson { tried, held_before, held_after, .. } = lesson;
    if *tried == 0 {
        return Ok(Status::Failed);
    }
    if lesson.facts.is_empty() {
        report.write(&format!(
            "{held_before} of {} arrive as it is told; no fact is missing that would explain more\n",
            count(*tried, "request")
        ));
    } else {
        let text = format!(
            "# {}/language.toml: these keys take the place of those of the client's table.\n{}",
            target.language(),
            layer_of(target, &lesson.facts)
        );
        styled_stdout()?.write_all(text.as_bytes())?;
        report.write(&format!(
            "{held_before} of {} arrive as it is told; {held_after} with these facts\n",
            count(*tried, "request")
        ));
    }
    for (message, reason) in &lesson.unexplained {
        report.write(&format!("{message}: {reason}\n"));
    }
    if !lesson.unexplained.is_empty() {
        report.write("what is left may be a matter of the template, or of `[[rule]]`\n");
    }
    let is_whole = lesson.unexplained.is_empty() && lesson.skipped.is_empty();
    Ok(if is_whole { Status::Done } else { Status::Failed })
}
