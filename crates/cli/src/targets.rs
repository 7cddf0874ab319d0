//! `requote targets`: what there is, and what each target makes of a request.

use std::fmt::Write as _;
use std::io::Write;

use requote::diagnostic::make_visible;
use requote::request::Message;
use requote::{Assessed, Engine, Options, Refused, Requested, only_one};

use crate::args::TargetsArgs;
use crate::input::{self, Place};
use crate::output::json::Lines;
use crate::output::stdout::stdout;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates;
use crate::to::messages::read_place;

/// Prints the table or the lines.
pub fn run(args: &TargetsArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = templates::build_engine(&args.templates)?;
    let Some(path) = &args.message else {
        return print(args, &engine, None);
    };
    let place = Place::from(path.as_path());
    input::announce(&[place], report);
    let name = place.name();
    let reading = args.reading.reading()?;
    let request = match read_place(&place, &reading).and_then(only_one) {
        Ok(request) => request,
        Err(Refused { source, diagnostic, .. }) => {
            report.tell_of(&diagnostic, &name, &source);
            return Ok(Status::Failed);
        }
    };
    match request.parse(&Options::default()) {
        Ok(parsed) => {
            let message = parsed.message;
            for diagnostic in &message.diagnostics {
                report.tell_of(diagnostic, &name, request.source());
            }
            print(args, &engine, Some((&request, &message)))
        }
        Err(error) => {
            report.tell_of(error.diagnostic(), &name, request.source());
            Ok(Status::Failed)
        }
    }
}

fn print(
    args: &TargetsArgs,
    engine: &Engine,
    request: Option<(&Requested, &Message<'_>)>,
) -> Result<Status, Stop> {
    let rows = engine.assess_all(request, &Options::default());
    let rows = rows.map_err(|error| Stop::usage(&error))?;
    if args.json {
        let mut lines = Lines::to_stdout();
        rows.iter().try_for_each(|row| lines.push(row))?;
    } else {
        stdout()?.write_all(draw_table(engine, &rows).as_bytes())?;
    }
    Ok(Status::Done)
}

/// The table, each target with what it changes below it.
fn draw_table(engine: &Engine, rows: &[Assessed]) -> String {
    let has_outcomes = rows.iter().any(|row| row.assessment.is_some());
    let mut head = vec!["TARGET", "ALSO", "TITLE", "PROVEN"];
    head.extend(has_outcomes.then_some("OUTCOME"));
    let head = head.into_iter().map(str::to_owned).collect();
    let cells: Vec<Vec<String>> =
        [head].into_iter().chain(rows.iter().map(|row| cells_of(engine, row))).collect();
    let width = |column: usize| {
        cells
            .iter()
            .filter_map(|line| line.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..cells[0].len()).map(width).collect();
    let mut table = String::new();
    for (index, line) in cells.iter().enumerate() {
        let padded: Vec<String> =
            line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        table.push_str(padded.join("  ").trim_end());
        table.push('\n');
        let row = index.checked_sub(1).and_then(|row| rows.get(row));
        let assessment = row.and_then(|row| row.assessment.as_ref());
        for diagnostic in assessment.iter().flat_map(|it| &it.diagnostics) {
            let message = make_visible(&diagnostic.message);
            // Writing to a `String` cannot fail.
            let _ = writeln!(table, "    {}: {message}", diagnostic.severity);
        }
    }
    table
}

fn cells_of(engine: &Engine, row: &Assessed) -> Vec<String> {
    let target = &row.target;
    let mut also = Vec::new();
    also.extend(target.default.then_some(target.language.as_str()));
    also.extend(target.aliases.iter().map(String::as_str));
    // A client's name works alone where it means this target and no language.
    also.extend(
        engine
            .find(&target.client)
            .is_ok_and(|id| id.to_string() == target.id)
            .then_some(target.client.as_str()),
    );
    also.dedup();
    let proven = if target.proven { "yes" } else { "no" };
    let mut cells =
        vec![target.id.clone(), also.join(", "), target.title.clone(), proven.to_owned()];
    cells.extend(row.assessment.as_ref().map(|assessment| assessment.outcome.to_string()));
    cells
}
