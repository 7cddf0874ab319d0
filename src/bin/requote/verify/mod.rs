//! `requote verify`: run the snippets, hold what arrives against what was promised.
//!
//! ```text
//! message ─repoint─▶ message for 127.0.0.1:PORT ─quote─▶ snippet ─run─▶ captured bytes ─compare─▶ verdict
//! ```

pub mod args;
mod bench;
mod capture;
mod compare;
mod fuzz;
mod keep;
mod places;
mod prepare;
mod process;
mod queue;
mod repoint;
mod report;
mod session;
mod setting;
mod style;
mod templates;
mod toolchain;
mod trial;
mod verdict;
mod workspace;

use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use args::VerifyArgs;
use bench::{Bench, Shop};
use keep::Keep;
use prepare::Source;
use queue::{Sequence, work_off};
use report::{Reader, Report};
use setting::{Setting, Wrong};
use trial::{Fault, Skip, Trial, Verdict};

/// Some message failed, or a promise does not hold.
const FAILED: u8 = 1;
/// The command line, or a language, is wrong.
const WRONG_USAGE: u8 = 2;

/// Runs the command; errors of use go to standard error.
pub fn run(args: &VerifyArgs) -> ExitCode {
    let done = Setting::prepare(args).and_then(|setting| Ok(verify(args, &setting)?));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAILED),
        // Whoever read the report has seen enough.
        Err(Wrong::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(wrong) => {
            anstream::eprintln!("error: {wrong}");
            ExitCode::from(WRONG_USAGE)
        }
    }
}

/// Some messages for one bench, and their place in the report.
struct Job<'b> {
    place: usize,
    bench: &'b Bench,
    sources: Vec<Arc<Source>>,
}

/// Gives whether all that ran holds.
fn verify(args: &VerifyArgs, setting: &Setting) -> io::Result<bool> {
    let keep = args.keep.as_deref().map(Keep::open).transpose()?;
    let count = setting.sources.len() * setting.benches.len() + setting.unread.len();
    let reader = Reader::of_stdout(args.json);
    let mut report = Report::new(reader, anstream::stdout().lock(), count);
    for trial in &setting.unread {
        report.add(trial.clone())?;
    }
    let runs = setting.benches.iter().map(|bench| (bench, setting.sources.clone())).collect();
    try_all(setting, keep.as_ref(), runs, &mut report)?;
    if let Some(count) = args.fuzz {
        fuzz::run(setting, keep.as_ref(), count, args.seed, &mut report)?;
    }
    let totals = report.finish()?;
    Ok(totals.failed == 0)
}

/// Tries the messages of each bench and reports them in that order; gives those that failed.
fn try_all<W: io::Write>(
    setting: &Setting,
    keep: Option<&Keep>,
    runs: Vec<(&Bench, Vec<Arc<Source>>)>,
    report: &mut Report<W>,
) -> io::Result<Vec<Trial>> {
    let mut sequence = Sequence::default();
    let mut failed = Vec::new();
    let mut written = Ok(());
    let work = |job: Job<'_>| (job.place, try_job(&setting.shop, &job));
    work_off(cut_into_jobs(runs, setting.threads), setting.threads, work, |_, (place, trials)| {
        report.tick(&trials);
        for trial in sequence.add(place, trials).into_iter().flatten() {
            let trial = setting.insist(trial);
            if !trial.faults().is_empty() {
                failed.push(trial.clone());
            }
            if written.is_ok() {
                written = keep.map_or(Ok(()), |keep| keep.write(&trial));
                written = std::mem::replace(&mut written, Ok(())).and_then(|()| report.add(trial));
            }
        }
    });
    written.map(|()| failed)
}

fn try_job(shop: &Shop, job: &Job<'_>) -> Vec<Trial> {
    let sources: Vec<&Source> = job.sources.iter().map(AsRef::as_ref).collect();
    job.bench.try_all(shop, &sources)
}

/// Cuts each bench's messages into jobs. The long ones come first, so that no thread is left with
/// one at the end.
fn cut_into_jobs(runs: Vec<(&Bench, Vec<Arc<Source>>)>, threads: usize) -> Vec<Job<'_>> {
    let mut jobs = Vec::new();
    for (bench, sources) in runs {
        let size = bench.batch_size();
        // Even batches: 60 messages in batches of 50 are two of 30.
        let batches = sources.len().div_ceil(size).max(1);
        let batches = if size > 1 { batches.max(threads.min(sources.len() / 8)) } else { batches };
        for part in sources.chunks(sources.len().div_ceil(batches).max(1)) {
            jobs.push(Job { place: jobs.len(), bench, sources: part.to_vec() });
        }
    }
    jobs.sort_by_key(|job| (job.bench.run.workspace().is_none(), job.sources.len() == 1));
    jobs
}

impl Setting {
    /// A missing toolchain of a required target is a failure.
    fn insist(&self, trial: Trial) -> Trial {
        let is_required =
            trial.target.as_ref().is_some_and(|target| self.required.contains(target));
        let fault = match &trial.verdict {
            Verdict::Skipped(Skip::Missing(missing)) if is_required => {
                Fault::Missing(missing.clone())
            }
            _ => return trial,
        };
        Trial { verdict: Verdict::Failed(vec![fault]), ..trial }
    }
}
