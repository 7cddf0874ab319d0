//! Runs the snippets that requote writes, and compares what arrives with what was promised.
//!
//! ```text
//! message ─repoint─▶ message for 127.0.0.1:PORT ─quote─▶ snippet ─run─▶ captured bytes ─compare─▶ verdict
//! ```

mod args;
mod bait;
mod capture;
mod case_result;
mod compare;
mod fuzz;
mod keep;
mod learn;
pub mod ledger;
mod needs;
pub mod own_network;
mod places;
mod prepare;
mod process;
mod queue;
mod repoint;
mod report;
mod runner;
mod session;
mod setup;
mod style;
mod toolchain;
mod verdict;
mod wire;
mod workspace;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use case_result::{CaseResult, Fault, Verdict};
use keep::Keep;
use ledger::{Ledger, hash_of};
use queue::{Sequence, run_parallel};
use report::{Reader, Report};
use runner::{Shared, TargetRunner};
use setup::Setup;

pub use args::{
    Addressing, Args, Checks, Error, Format, Fuzz, LedgerUse, SavedWith, Source, SourceVariable,
    Unread, VariablePlace,
};
pub use learn::{Lesson, learn};
pub use needs::list_needs;
pub use report::Totals;

/// Runs the snippets, prints the report on standard output, and counts what came of them.
pub fn run(mut args: Args) -> Result<Totals, Error> {
    let format = args.format;
    let keep = args.keep.take();
    let setup = Setup::prepare(args)?;
    let open = |folder: PathBuf| {
        Keep::open(&folder).map_err(|error| {
            let place = format!("`{}`", folder.display());
            Error::Folder { place, error }
        })
    };
    let keep = keep.map(open).transpose()?;
    Ok(verify(&setup, keep.as_ref(), format)?)
}

/// Some messages for one runner, and their place in the report.
struct Job<'b> {
    place: usize,
    runner: &'b TargetRunner,
    sources: Vec<Arc<Source>>,
}

fn verify(setup: &Setup, keep: Option<&Keep>, format: Format) -> io::Result<Totals> {
    let count = setup.unread.len();
    let reader = Reader::of_stdout(format);
    let mut report = Report::new(reader, anstream::stdout().lock(), count);
    for result in &setup.unread {
        report.add(result.clone())?;
    }
    let mut ledger = setup.ledger.as_ref().map(|it| Ledger::open(&it.folder));
    let mut runs = Vec::new();
    for runner in &setup.runners {
        runs.push((runner, setup.choose_sources(runner, ledger.as_mut())?));
    }
    let count: usize = runs.iter().map(|(_, sources)| sources.len()).sum();
    report.expect(count);
    try_all(setup, keep, runs, ledger.as_mut(), &mut report)?;
    ledger.map_or(Ok(()), |ledger| ledger.save())?;
    if let Some(fuzz) = setup.fuzz {
        fuzz::run(setup, keep, fuzz, &mut report)?;
    }
    report.finish()
}

/// Tries the messages of each runner and reports them in that order, or as they come where a script
/// reads; gives those that failed.
fn try_all<W: io::Write>(
    setup: &Setup,
    keep: Option<&Keep>,
    runs: Vec<(&TargetRunner, Vec<Arc<Source>>)>,
    mut ledger: Option<&mut Ledger>,
    report: &mut Report<W>,
) -> io::Result<Vec<CaseResult>> {
    let mut sequence = Sequence::default();
    let mut failed = Vec::new();
    let mut written = Ok(());
    let work = |job: Job<'_>| (job.place, try_job(&setup.shared, &job));
    run_parallel(cut_into_jobs(runs, setup), setup.threads, work, |_, (place, results)| {
        report.tick(&results);
        let ready = if report.is_stream() { vec![results] } else { sequence.add(place, results) };
        for result in ready.into_iter().flatten() {
            let result = setup.insist(result);
            if !result.faults().is_empty() {
                failed.push(result.clone());
            }
            if let Some(ledger) = ledger.as_deref_mut().filter(|_| written.is_ok()) {
                written = setup.record(&result, ledger);
            }
            if written.is_ok() {
                written = keep.map_or(Ok(()), |keep| keep.write(&result));
                written = std::mem::replace(&mut written, Ok(())).and_then(|()| report.add(result));
            }
        }
    });
    written.map(|()| failed)
}

fn try_job(shared: &Shared, job: &Job<'_>) -> Vec<CaseResult> {
    let sources: Vec<&Source> = job.sources.iter().map(AsRef::as_ref).collect();
    job.runner.try_all(shared, &sources)
}

/// Cuts each runner's messages into jobs. The long ones come first, so that no thread is left with
/// one at the end.
fn cut_into_jobs<'b>(
    runs: Vec<(&'b TargetRunner, Vec<Arc<Source>>)>,
    setup: &Setup,
) -> Vec<Job<'b>> {
    // Two messages may ask for one port of their own.
    let one_by_one = setup.shared.addressing == Addressing::OwnHost;
    let threads = setup.threads;
    let mut jobs = Vec::new();
    for (runner, sources) in runs {
        // Snippets of one batch share an environment.
        let one_by_one = one_by_one || setup.shared.options.reads_environment();
        let size = if one_by_one { 1 } else { runner.batch_size() };
        // Even batches: 60 messages in batches of 50 are two of 30.
        let batches = sources.len().div_ceil(size).max(1);
        let batches = if size > 1 { batches.max(threads.min(sources.len() / 8)) } else { batches };
        for part in sources.chunks(sources.len().div_ceil(batches).max(1)) {
            jobs.push(Job { place: jobs.len(), runner, sources: part.to_vec() });
        }
    }
    jobs.sort_by_key(|job| (job.runner.run.workspace().is_none(), job.sources.len() == 1));
    jobs
}

impl Setup {
    /// The messages that a target is to try: all, or what the ledger does not know and a tenth.
    fn choose_sources(
        &self,
        runner: &TargetRunner,
        ledger: Option<&mut Ledger>,
    ) -> io::Result<Vec<Arc<Source>>> {
        let sample = self.ledger.as_ref().and_then(|it| it.sample.as_deref());
        let (Some(ledger), Some(seed)) = (ledger, sample) else { return Ok(self.sources.clone()) };
        let target = runner.target.to_string();
        let mode = self.shared.options.body;
        let mut chosen = Vec::new();
        for source in &self.sources {
            let hash =
                hash_of(&self.shared.engine, &self.shared.options, &runner.target, &source.bytes);
            let is_known = match hash {
                Some(hash) => ledger.knows(&target, &ledger::case_of(&source.name), mode, &hash)?,
                None => false,
            };
            if !is_known || ledger::is_sampled(seed, &target, source) {
                chosen.push(Arc::clone(source));
            }
        }
        Ok(chosen)
    }

    /// Puts a result of a named message into the ledger.
    fn record(&self, result: &CaseResult, ledger: &mut Ledger) -> io::Result<()> {
        let target = self.runners.iter().find(|it| Some(it.target.to_string()) == result.target);
        let source = self.sources.iter().find(|source| source.name == result.message);
        let (Some(runner), Some(source)) = (target, source) else { return Ok(()) };
        let options = &self.shared.options;
        match hash_of(&self.shared.engine, options, &runner.target, &source.bytes) {
            Some(hash) => ledger.record(result, options.body, &hash),
            None => Ok(()),
        }
    }

    /// What did not run of a required target, or was not checked, is a failure.
    fn insist(&self, mut result: CaseResult) -> CaseResult {
        let is_required =
            result.target.as_ref().is_some_and(|target| self.required.contains(target));
        if !is_required {
            return result;
        }
        let mut faults = result.faults().to_vec();
        if let Verdict::Skipped(skip) = &result.verdict {
            faults.push(Fault::NotRun(skip.clone()));
        }
        let unchecked = std::mem::take(&mut result.unchecked).into_iter();
        faults.extend(unchecked.map(|(check, finding)| Fault::Style { check, finding }));
        if !faults.is_empty() {
            result.verdict = Verdict::Failed(faults);
        }
        result
    }
}
