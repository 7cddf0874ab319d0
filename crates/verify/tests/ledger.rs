//! The code that the snapshots of proven targets hold is code that ran.

use std::fs;
use std::path::{Path, PathBuf};

use requote::{BodyMode, Engine, Options, TargetId};
use requote_verify::ledger::{Ledger, hash_of};

/// The cases of the snapshots; files of `tests/requests`.
const CORE: &str = include_str!("../../../tests/core.txt");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The proven targets and core cases whose code is not in the ledger.
fn find_unproven(engine: &Engine, ledger: &mut Ledger) -> Vec<(TargetId, &'static str)> {
    let options = Options::default();
    let proven: Vec<TargetId> =
        engine.ids().into_iter().filter(|id| engine.target(id).unwrap().proven).collect();
    assert!(!proven.is_empty() && CORE.lines().count() > 20);
    let mut unproven = Vec::new();
    for case in CORE.lines() {
        let path = root().join("tests/requests").join(format!("{case}.http"));
        let bytes = fs::read(&path).unwrap();
        for target in &proven {
            // Where there is no code, nothing can run.
            let Some(hash) = hash_of(engine, &options, target, &bytes) else { continue };
            if !ledger.knows(&target.to_string(), case, BodyMode::Auto, &hash).unwrap() {
                unproven.push((target.clone(), case));
            }
        }
    }
    unproven
}

/// The command that runs them and records what the wire says.
fn command_for(unproven: &[(TargetId, &str)]) -> String {
    let sorted = |mut words: Vec<String>| {
        words.sort();
        words.dedup();
        words
    };
    let targets = sorted(unproven.iter().map(|(target, _)| target.to_string()).collect());
    let files =
        sorted(unproven.iter().map(|(_, case)| format!("tests/requests/{case}.http")).collect());
    format!(
        "cargo run -- verify --ledger ledger --sample new -t {} {}",
        targets.join(","),
        files.join(" ")
    )
}

#[test]
fn the_code_of_each_snapshot_ran() {
    let unproven = find_unproven(&Engine::new(), &mut Ledger::open(&root().join("ledger")));
    assert!(
        unproven.is_empty(),
        "{} snippets of the snapshots are not in ledger/: run\n\n    {}\n\nand commit ledger/",
        unproven.len(),
        command_for(&unproven)
    );
}

#[test]
fn a_ledger_without_lines_knows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let unproven = find_unproven(&Engine::new(), &mut Ledger::open(folder.path()));
    let targets = unproven.iter().filter(|(_, case)| *case == "get-plain").count();
    assert!(targets > 30, "{targets}");
    assert!(command_for(&unproven).contains("tests/requests/get-plain.http"));
}
