//! What a session of verification is asked to do.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use requote::diagnostic::Diagnostic;
use requote::{Engine, Options, TargetId};

pub use crate::prepare::{Addressing, SavedWith, Source, SourceVariable, VariablePlace};
pub use crate::runner::Checks;

/// What to run, and with what.
#[derive(Debug)]
pub struct Args {
    /// The languages and their templates.
    pub engine: Engine,
    /// How snippets are written.
    pub options: Options,
    /// The targets to verify.
    pub targets: BTreeSet<TargetId>,
    /// Targets whose missing toolchain is a failure.
    pub required: BTreeSet<TargetId>,
    /// Whose host and port the snippets ask for.
    pub addressing: Addressing,
    /// The line ends of the snippets' files.
    pub saved_with: SavedWith,
    /// The messages.
    pub sources: Vec<Source>,
    /// The files that hold no message; each is a failure in the report.
    pub unread: Vec<Unread>,
    /// Random requests, besides the messages.
    pub fuzz: Option<Fuzz>,
    /// What is checked of each snippet.
    pub checks: Checks,
    /// The time limit of one snippet, instead of the language's own.
    pub timeout: Option<Duration>,
    /// The number of snippets that run at the same time.
    pub threads: usize,
    /// The record of what ran.
    pub ledger: Option<LedgerUse>,
    /// A folder for the snippets, the messages and what was captured.
    pub keep: Option<PathBuf>,
    /// How the report is printed on standard output.
    pub format: Format,
}

/// A file that holds no message, and the reason.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The file, as it was named.
    pub name: String,
    /// Its bytes, where they could be read.
    pub bytes: Vec<u8>,
    /// Why it is no message.
    pub diagnostics: Vec<Diagnostic>,
}

/// Random requests; the same seed gives the same requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fuzz {
    /// The number of requests for each target.
    pub count: u32,
    /// The seed of the random numbers.
    pub seed: u64,
    /// Where the code reads a text of each request from; nowhere without it.
    pub variables: Option<VariablePlace>,
}

/// What is done with the record of what ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerUse {
    /// Its folder; what passes is recorded there.
    pub folder: PathBuf,
    /// Leaves out what it knows, but for a tenth that this text chooses.
    pub sample: Option<String>,
}

/// How the report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Text,
    /// One JSON object per result, and one with the totals.
    Json,
}

/// Why a session could not be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A language or a template does not load.
    Engine(requote::Error),
    /// A folder cannot be used.
    Folder {
        /// What the folder is.
        place: String,
        /// What the system said.
        error: io::Error,
    },
    /// A network of its own cannot be had ([`crate::own_network`]).
    OwnNetwork(String),
    /// The report, or a file of `keep`, cannot be written.
    Report(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => error.fmt(f),
            Self::Folder { place, error } => write!(f, "cannot write to {place}: {error}"),
            Self::OwnNetwork(reason) => write!(f, "no network of its own can be had: {reason}"),
            Self::Report(error) => write!(f, "cannot write to standard output: {error}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Engine(error) => Some(error),
            Self::Folder { error, .. } | Self::Report(error) => Some(error),
            Self::OwnNetwork(_) => None,
        }
    }
}

impl From<requote::Error> for Error {
    fn from(error: requote::Error) -> Self {
        Self::Engine(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Report(error)
    }
}
