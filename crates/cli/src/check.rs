//! `requote check`: what is odd about a message, before any target.

use requote::diagnostic::{Diagnostic, Severity};
use requote::{Options, Refused, Requested};
use serde::Serialize;

use crate::args::CheckArgs;
use crate::input;
use crate::output::json::Lines;
use crate::report::{Report, head_of};
use crate::stop::{Status, Stop};
use crate::to::messages::read_place;

#[derive(Serialize)]
struct Line<'l> {
    file: &'l str,
    request: Option<&'l str>,
    from: &'l str,
    diagnostics: &'l [Diagnostic],
}

/// Checks each request.
pub fn run(args: &CheckArgs, report: &mut Report) -> Result<Status, Stop> {
    let places = input::list_places(&args.files)?;
    let reading = args.reading.reading()?;
    input::announce(&places, report);
    let mut checking = Checking { lines: args.json.then(Lines::to_stdout), report, worst: None };
    for place in &places {
        let name = place.name();
        match read_place(place, &reading) {
            Ok(requests) => {
                for request in &requests {
                    checking.check(request, &name)?;
                }
            }
            Err(Refused { source, diagnostic, .. }) => {
                checking.tell(&name, None, "message", &[*diagnostic], &source)?;
            }
        }
    }
    let tolerated = if args.strict { Severity::Note } else { Severity::Warning };
    let fails = checking.worst.is_some_and(|severity| severity > tolerated);
    Ok(if fails { Status::Failed } else { Status::Done })
}

struct Checking<'r> {
    lines: Option<Lines>,
    report: &'r mut Report,
    worst: Option<Severity>,
}

impl Checking<'_> {
    /// Tells what there is to say about a request; of several, each is listed.
    fn check(&mut self, request: &Requested, file: &str) -> Result<(), Stop> {
        let diagnostics = match request.parse(&Options::default()) {
            Ok(parsed) => parsed.message.diagnostics,
            Err(error) => vec![error.into_diagnostic()],
        };
        let label = request.label.as_deref();
        if let (Some(label), None) = (label, &self.lines) {
            let line =
                head_of(&format!("{file}#{label}: {}", request.title), &self.report.palette());
            self.report.write(&line);
        }
        self.tell(file, label, request.format.name(), &diagnostics, request.source())
    }

    fn tell(
        &mut self,
        file: &str,
        request: Option<&str>,
        from: &str,
        diagnostics: &[Diagnostic],
        source: &[u8],
    ) -> Result<(), Stop> {
        if let Some(lines) = &mut self.lines {
            lines.push(&Line { file, request, from, diagnostics })?;
        } else {
            for diagnostic in diagnostics {
                self.report.tell_of(diagnostic, file, source);
            }
        }
        let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
        self.worst = self.worst.max(worst);
        Ok(())
    }
}
