//! How the program ends.

use std::io;
use std::process::ExitCode;

use requote::Outcome;
use requote::diagnostic::Diagnostic;

use crate::code;

/// What came of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All of it is done.
    Done,
    /// A message or a target failed; the others are done.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Failed => Self::from(1),
        }
    }
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

/// Why the work ends before it is done.
#[derive(Debug)]
pub enum Stop {
    /// Whoever read the output has seen enough, as `head` has.
    ClosedPipe,
    /// The command line asks for something that there is not. Nothing was done.
    Usage(Box<Diagnostic>),
    /// The output cannot be written.
    Output(Box<Diagnostic>),
}

impl Stop {
    /// Ends the program before any work.
    pub fn usage(diagnostic: impl Into<Diagnostic>) -> Self {
        Self::Usage(Box::new(diagnostic.into()))
    }

    /// Says that `place` could not be written.
    pub fn output(place: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        let message = format!("cannot write to {place}: {error}");
        Self::Output(Box::new(Diagnostic::error(code::OUTPUT_FAILED, message)))
    }
}

/// From writing to standard output.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::output("standard output", &error)
    }
}
