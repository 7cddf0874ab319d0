//! What was asked for → what is to be run, and with what.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::args::{Args, Error, Fuzz, LedgerUse, Unread};
use super::case_result::{CaseResult, Fault, Verdict};
use super::prepare::Source;
use super::runner::{Shared, TargetRunner};
use super::session::Session;
use super::toolchain::Toolchains;
use super::workspace::Workspaces;

/// All that a session works with.
pub struct Setup {
    /// What all targets share.
    pub shared: Shared,
    /// A runner for each target, sorted by target.
    pub runners: Vec<TargetRunner>,
    /// The messages that parse.
    pub sources: Vec<Arc<Source>>,
    /// The files that are no message.
    pub unread: Vec<CaseResult>,
    /// The record of what ran.
    pub ledger: Option<LedgerUse>,
    /// Random requests.
    pub fuzz: Option<Fuzz>,
    /// Targets whose toolchain must be there.
    pub required: BTreeSet<String>,
    /// How many runs go side by side.
    pub threads: usize,
}

impl Setup {
    /// Reads the languages and starts the session.
    pub fn prepare(args: Args) -> Result<Self, Error> {
        let mut runners = Vec::new();
        for target in args.targets {
            let run = args.engine.run_plan(&target)?;
            runners.push(TargetRunner::new(target, run));
        }
        let session = Session::start().map_err(|error| {
            let place = "the temporary folder".to_owned();
            Error::Folder { place, error }
        })?;
        Ok(Self {
            shared: Shared {
                session,
                engine: args.engine,
                options: args.options,
                addressing: args.addressing,
                saved_with: args.saved_with,
                timeout: args.timeout,
                checks: args.checks,
                toolchains: Toolchains::default(),
                workspaces: Workspaces::default(),
            },
            runners,
            sources: args.sources.into_iter().map(Arc::new).collect(),
            unread: args.unread.into_iter().map(report_unread).collect(),
            ledger: args.ledger,
            fuzz: args.fuzz,
            required: args.required.iter().map(ToString::to_string).collect(),
            threads: args.threads,
        })
    }
}

fn report_unread(unread: Unread) -> CaseResult {
    let fault = Fault::Message(unread.diagnostics);
    let result = CaseResult::unrun(&unread.name, None, Verdict::Failed(vec![fault]));
    CaseResult { sent: unread.bytes, ..result }
}
