//! `requote check`: what is odd about a message, before any target.

use requote::check;
use requote::diagnostic::{Diagnostic, Severity};
use requote::parse;
use serde::Serialize;

use crate::args::CheckArgs;
use crate::input::{self, Place};
use crate::output::json::Lines;
use crate::report::Report;
use crate::stop::{Status, Stop};

#[derive(Serialize)]
struct Line<'l> {
    file: &'l str,
    diagnostics: &'l [Diagnostic],
}

/// Checks each message.
pub fn run(args: &CheckArgs, report: &mut Report) -> Result<Status, Stop> {
    let mut lines = args.json.then(Lines::to_stdout);
    let tolerated = if args.strict { Severity::Note } else { Severity::Warning };
    let mut worst = None;
    let places = input::list_places(&args.files)?;
    input::announce(&places, report);
    for place in &places {
        let (bytes, diagnostics) = check_place(place);
        let name = place.name();
        if let Some(lines) = &mut lines {
            lines.push(&Line { file: &name, diagnostics: &diagnostics })?;
        } else {
            for diagnostic in &diagnostics {
                report.tell_of(diagnostic, &name, &bytes);
            }
        }
        worst = worst.max(diagnostics.iter().map(|diagnostic| diagnostic.severity).max());
    }
    let fails = worst.is_some_and(|severity| severity > tolerated);
    Ok(if fails { Status::Failed } else { Status::Done })
}

/// The message's bytes and all that there is to say about them.
fn check_place(place: &Place<'_>) -> (Vec<u8>, Vec<Diagnostic>) {
    let bytes = match place.read() {
        Ok(bytes) => bytes,
        Err(diagnostic) => return (Vec::new(), vec![*diagnostic]),
    };
    let diagnostics = match parse(&bytes) {
        Ok(mut message) => {
            let mut diagnostics = std::mem::take(&mut message.diagnostics);
            diagnostics.extend(check(&message));
            diagnostics
        }
        Err(error) => vec![error.into_diagnostic()],
    };
    (bytes, diagnostics)
}
