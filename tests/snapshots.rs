//! Every target's code for a core set of cases, as snapshots that a reviewer can read alone: the
//! request stands in the description, the outcome in the info.
//!
//! A snapshot is accepted only after `requote verify` ran the snippet and the wire agreed.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use requote::{Engine, Options};
use serde::Serialize;

/// The cases that every target has a snapshot of; files of `tests/requests`.
const CORE: &str = include_str!("core.txt");

#[derive(Serialize)]
struct Claim {
    outcome: requote::Outcome,
    adds: Vec<String>,
    diagnostics: Vec<String>,
    attachments: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn each_target_writes_the_core_cases_as_before() {
    let engine = Engine::new();
    let mut failed = Vec::new();
    for case in CORE.lines() {
        let path = root().join("tests/requests").join(format!("{case}.http"));
        let bytes = fs::read(&path).unwrap();
        let message = requote::parse(&bytes).unwrap();
        for id in engine.ids() {
            let snippet = engine.quote(&message, &id, &Options::default()).unwrap();
            let mut settings = insta::Settings::clone_current();
            settings
                .set_snapshot_path(root().join("snapshots").join(id.language()).join(id.client()));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.set_description(String::from_utf8_lossy(&bytes));
            settings.set_info(&Claim {
                outcome: snippet.outcome,
                adds: snippet.adds,
                diagnostics: snippet
                    .diagnostics
                    .iter()
                    .map(|d| format!("{}[{}]: {}", d.severity, d.code, d.message))
                    .collect(),
                attachments: snippet.attachments.into_iter().map(|a| a.name).collect(),
            });
            let code = snippet.code.unwrap_or_else(|| "(no code)\n".to_owned());
            let held = settings
                .bind(|| catch_unwind(AssertUnwindSafe(|| insta::assert_snapshot!(case, code))));
            if held.is_err() {
                failed.push(format!("{id}: {case}"));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn no_snapshot_is_an_orphan() {
    let engine = Engine::new();
    let targets: BTreeSet<(String, String)> =
        engine.ids().iter().map(|id| (id.language().to_owned(), id.client().to_owned())).collect();
    let mut orphans = Vec::new();
    for language in folders(&root().join("snapshots")) {
        // What other inputs are read as, and what is said of all cases, have tests of their own.
        if matches!(&*name(&language), "claims" | "inputs") {
            continue;
        }
        for client in folders(&language) {
            let pair = (name(&language), name(&client));
            for file in fs::read_dir(&client).unwrap() {
                let file = file.unwrap().path();
                let case = file.file_stem().unwrap().to_string_lossy().into_owned();
                if !targets.contains(&pair) || !CORE.lines().any(|core| core == case) {
                    orphans.push(file);
                }
            }
        }
    }
    assert!(orphans.is_empty(), "{orphans:#?}");
}

fn folders(path: &std::path::Path) -> Vec<PathBuf> {
    fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !path.ends_with("rejects"))
        .collect()
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
