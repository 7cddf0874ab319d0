//! Random hostile requests, and a small one for each that fails.

mod body;
mod fields;
mod hostile;
mod json;
mod make;
#[cfg(test)]
mod quoted;
mod random;
mod request;
mod shrink;
mod target;
mod variable;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use make::make_request;
use random::Random;
use request::FuzzRequest;
use shrink::shrink;
use variable::choose_variable;

use super::args::Fuzz;
use super::case_result::{CaseResult, Fault};
use super::keep::Keep;
use super::prepare::{Source, SourceVariable, VariablePlace};
use super::queue::run_parallel;
use super::report::Report;
use super::report::visible::{as_printf, as_shell_word};
use super::runner::TargetRunner;
use super::setup::Setup;

/// The most failures of one target that are made small.
const SHRUNK_PER_TARGET: usize = 3;

/// A failure to make small.
struct Failure<'b> {
    runner: &'b TargetRunner,
    name: String,
    request: FuzzRequest,
    fault: &'static str,
}

/// Tries random requests on each runner.
pub fn run<W: io::Write>(
    setup: &Setup,
    keep: Option<&Keep>,
    Fuzz { count, seed, variables }: Fuzz,
    report: &mut Report<W>,
) -> io::Result<()> {
    report.expect(setup.runners.len() * count as usize);
    let make = |runner: &TargetRunner, number: u32| {
        let target = runner.target.to_string();
        let mut random = Random::new(seed, &target, number.into());
        let mut request = make_request(&mut random, number.into());
        request.variable =
            variables.and_then(|place| choose_variable(&mut random, place, number, &request));
        request
    };
    let sources = |runner: &TargetRunner| -> Vec<Arc<Source>> {
        let source = |number| Arc::new(make(runner, number).to_source(name_of(seed, number)));
        (0..count).map(source).collect()
    };
    let runs = setup.runners.iter().map(|runner| (runner, sources(runner))).collect();
    let failed = super::try_all(setup, keep, runs, None, report)?;
    let failures = choose(setup, &failed).into_iter().filter_map(|(runner, result)| {
        let number = (0..count).find(|&number| name_of(seed, number) == result.message)?;
        let fault = result.faults().first()?.code();
        Some(Failure { runner, name: result.message.clone(), request: make(runner, number), fault })
    });
    shrink_all(setup, failures.collect(), report)
}

fn name_of(seed: u64, number: u32) -> String {
    format!("fuzz-{seed}-{number}.http")
}

/// A few failures of each target, of different kinds first.
fn choose<'b, 't>(
    setup: &'b Setup,
    failed: &'t [CaseResult],
) -> Vec<(&'b TargetRunner, &'t CaseResult)> {
    let mut chosen = Vec::new();
    for runner in &setup.runners {
        let target = runner.target.to_string();
        let own = failed.iter().filter(|result| result.target.as_deref() == Some(&target));
        let mut kinds: BTreeMap<&str, Vec<&CaseResult>> = BTreeMap::new();
        for result in own {
            // A missing toolchain is no fault of the request.
            if let Some(fault) =
                result.faults().first().filter(|fault| !matches!(fault, Fault::NotRun(_)))
            {
                kinds.entry(fault.code()).or_default().push(result);
            }
        }
        let rounds = kinds.values().map(Vec::len).max().unwrap_or(0);
        let in_turn =
            (0..rounds).flat_map(|round| kinds.values().filter_map(move |kind| kind.get(round)));
        chosen.extend(in_turn.take(SHRUNK_PER_TARGET).map(|result| (runner, *result)));
    }
    chosen
}

fn shrink_all<W: io::Write>(
    setup: &Setup,
    failures: Vec<Failure<'_>>,
    report: &mut Report<W>,
) -> io::Result<()> {
    let mut written = Ok(());
    let mut seen = BTreeSet::new();
    let small = |failure: Failure<'_>| {
        let small = shrink(&failure.request, |candidate| is_failing(setup, &failure, candidate));
        (failure.runner.target.to_string(), failure.fault, small.to_source(failure.name))
    };
    run_parallel(failures, setup.threads, small, |_, (target, fault, source)| {
        if written.is_ok() && seen.insert((target.clone(), source.bytes.clone())) {
            written = tell(report, &target, fault, &source);
        }
    });
    written
}

/// Whether the request fails in the way of `failure`.
fn is_failing(setup: &Setup, failure: &Failure<'_>, request: &FuzzRequest) -> bool {
    let source = request.to_source(failure.name.clone());
    let results = failure.runner.try_all(&setup.shared, &[&source]);
    let fault = results.first().and_then(|result| result.faults().first());
    fault.is_some_and(|fault| fault.code() == failure.fault)
}

fn tell<W: io::Write>(
    report: &mut Report<W>,
    target: &str,
    fault: &str,
    Source { name, bytes, variable }: &Source,
) -> io::Result<()> {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
    let told = variable.as_ref().map(|SourceVariable { place, name, text }| {
        serde_json::json!({ "place": place.as_str(), "name": name, "text": text })
    });
    report.write_object(&serde_json::json!({
        "smallest": {
            "file": name, "target": target, "fault": fault, "message": base64, "variable": told
        }
    }))?;
    let mut commands = as_printf(bytes, name);
    if let Some(SourceVariable { place, name: variable, text }) = variable {
        let option = match place {
            VariablePlace::Env => "--env-var ",
            VariablePlace::Code => "-O var=",
        };
        let text = as_shell_word(text.as_bytes());
        let verify = format!("\n  requote verify -t {target} {option}{variable}:{text} {name}");
        commands.push_str(&verify);
    }
    report.write(&format!("SMALL {target}  {name}  ({fault})\n  {commands}\n\n"))
}
