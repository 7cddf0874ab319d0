//! `requote to`: messages × targets → code.

use std::path::Path;

use requote::diagnostic::Diagnostic;
use requote::parse::parse;
use requote::{Engine, Options, Outcome, TargetId};

use crate::args::ToArgs;
use crate::code;
use crate::input::{self, Place};
use crate::output::{self, Input, Receiver};
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates;

/// Quotes each message for each target.
pub fn run(args: &ToArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = templates::build_engine(args.templates.folder.as_deref())?;
    let targets = find_targets(&engine, &args.targets)?;
    let places = input::list_places(&args.files)?;
    let mut receiver = output::open(args, &places, targets.len())?;
    let work = Work { engine: &engine, targets: &targets, options: args.options() };
    let mut status = Status::Done;
    for (index, place) in places.iter().enumerate() {
        status = status.max(work.quote_place(index, place, &mut *receiver, report)?);
    }
    receiver.finish()?;
    Ok(status)
}

/// What all messages share.
struct Work<'a> {
    engine: &'a Engine,
    targets: &'a [TargetId],
    options: Options,
}

impl Work<'_> {
    fn quote_place(
        &self,
        index: usize,
        place: &Place<'_>,
        receiver: &mut dyn Receiver,
        report: &mut Report,
    ) -> Result<Status, Stop> {
        let name = place.name();
        let bytes = place.read(report);
        let input = Input { index, name: &name, bytes: bytes.as_deref().unwrap_or_default() };
        let message =
            bytes.as_ref().map_err(|error| vec![Diagnostic::clone(error)]).and_then(|b| parse(b));
        let message = match message {
            Ok(message) => message,
            Err(diagnostics) => {
                receiver.refuse(&input, &diagnostics, report)?;
                return Ok(Status::Failed);
            }
        };
        receiver.begin(&input, &message.diagnostics, report)?;
        let mut status = Status::Done;
        for target in self.targets {
            let came = match self.engine.quote(&message, target, &self.options) {
                Ok(snippet) => receiver.take(&input, &message, &snippet, report)?,
                Err(error) => {
                    receiver.fail(&input, &message, target, &code::diagnose(&error), report)?;
                    Status::Failed
                }
            };
            status = status.max(came);
        }
        Ok(status)
    }
}

/// The targets of a list of names, each once, in the order of the list.
fn find_targets(engine: &Engine, list: &str) -> Result<Vec<TargetId>, Stop> {
    let mut targets: Vec<TargetId> = Vec::new();
    for name in list.split(',').map(str::trim) {
        let found = if name == "all" {
            engine.ids()
        } else {
            vec![engine.find(name).map_err(|error| no_target(list, code::diagnose(&error)))?]
        };
        for target in found {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    Ok(targets)
}

/// Who names a file first has likely forgotten the target.
fn no_target(list: &str, diagnostic: Diagnostic) -> Stop {
    Stop::usage(if Path::new(list).is_file() {
        diagnostic.with_help(format!("the target comes first: requote to python {list}"))
    } else {
        diagnostic
    })
}

/// What a snippet's outcome means for the exit status.
pub fn judge(outcome: Outcome, strictness: Strictness) -> Status {
    match (outcome, strictness) {
        (Outcome::Unsupported, _) | (Outcome::Lossy, Strictness::Strict) => Status::Failed,
        _ => Status::Done,
    }
}

/// Whether a lossy snippet is a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// It is not.
    Lenient,
    /// It is.
    Strict,
}
