//! The facts of a client, as the wire shows them.
//!
//! ```text
//! messages ─run─▶ what arrived ─search─▶ facts with which each claim holds ─run again─▶ what they explain
//! ```

mod candidates;
mod distance;
mod search;
mod seen;

use requote::{Engine, TargetId};
use toml::Table;

use super::args::{Args, Error};
use super::case_result::{CaseResult, Verdict};
use super::queue::run_parallel;
use super::setup::Setup;
use search::Search;
use seen::Seen;

/// What the wire taught.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The keys of the client's table that change, each with the whole of its new value.
    pub facts: Table,
    /// The number of messages that ran.
    pub tried: usize,
    /// The number of them of which all that was said is true without the facts.
    pub held_before: usize,
    /// And with them, in a second run.
    pub held_after: usize,
    /// What no fact explains: the message, and what is wrong.
    pub unexplained: Vec<(String, String)>,
    /// Why messages did not run, each reason once.
    pub skipped: Vec<String>,
}

/// Runs the snippets of one target, and looks for facts that explain how what arrives differs.
///
/// `known` is the client's table as it is; `with_facts` builds an engine whose client has the keys of a
/// table laid over it.
pub fn learn(
    mut args: Args,
    known: &Table,
    with_facts: &dyn Fn(&Table) -> Engine,
) -> Result<Lesson, Error> {
    let Some(target) = args.targets.pop_first() else { return Ok(Lesson::of(&[])) };
    args.targets = [target.clone()].into();
    let mut setup = Setup::prepare(args)?;
    let first = run_all(&setup);
    let mut lesson = Lesson::of(&first);
    let seen: Vec<Seen> = first.iter().filter_map(Seen::of).collect();
    // Where nothing ever arrives it is the program that does not work.
    if seen.iter().any(|seen| seen.captured.is_some()) {
        lesson.facts = find_facts(&target, &seen, known, with_facts, &setup);
    }
    if lesson.facts.is_empty() {
        return Ok(lesson);
    }
    setup.shared.engine = with_facts(&lesson.facts);
    let second = Lesson::of(&run_all(&setup));
    Ok(Lesson { held_after: second.held_after, unexplained: second.unexplained, ..lesson })
}

fn find_facts(
    target: &TargetId,
    seen: &[Seen],
    known: &Table,
    with_facts: &dyn Fn(&Table) -> Engine,
    setup: &Setup,
) -> Table {
    let mut search = Search::new(target, &setup.shared.options, seen, known, with_facts);
    while candidates::KINDS.iter().any(|kind| search.take_best(*kind)) {}
    for key in [&["target", "plain"] as &[&str], &["method"], &["field"]] {
        search.thin(key);
    }
    search.into_facts()
}

fn run_all(setup: &Setup) -> Vec<CaseResult> {
    let runs = setup.runners.iter().map(|runner| (runner, setup.sources.clone())).collect();
    let mut results: Vec<CaseResult> = Vec::new();
    let jobs = super::cut_into_jobs(runs, setup);
    let work = |job: super::Job<'_>| super::try_job(&setup.shared, &job);
    run_parallel(jobs, setup.threads, work, |_, found| results.extend(found));
    results.sort_by(|one, other| one.message.cmp(&other.message));
    results
}

impl Lesson {
    /// What a run says by itself.
    fn of(results: &[CaseResult]) -> Self {
        let mut skipped: Vec<String> = Vec::new();
        let mut unexplained = Vec::new();
        let (mut tried, mut held) = (0, 0);
        for result in results {
            match &result.verdict {
                Verdict::Skipped(skip) => skipped.push(skip.to_string()),
                Verdict::Passed | Verdict::Untried => {
                    tried += 1;
                    held += 1;
                }
                Verdict::Failed(faults) => {
                    tried += 1;
                    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
                    let said = seen::last_line(&result.stderr);
                    let said = said.map(|line| format!(" ({line})")).unwrap_or_default();
                    unexplained.push((result.message.clone(), words.join("; ") + &said));
                }
            }
        }
        skipped.sort();
        skipped.dedup();
        Self {
            facts: Table::new(),
            tried,
            held_before: held,
            held_after: held,
            unexplained,
            skipped,
        }
    }
}
