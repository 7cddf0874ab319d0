//! What is said of each case: one snapshot for all targets, in which those stand together of which the
//! same is said. A change of a rule shows there as targets that move.
//!
//! The code itself has snapshots for the core cases, and a hash in the ledger for each case that ran.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use requote::{Engine, Options, Snippet};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The outcome, the codes of the diagnostics and how often each is told, and the files that the code reads.
fn claim(snippet: &Snippet) -> String {
    let mut claim = snippet.outcome.to_string();
    let mut codes = BTreeMap::<String, usize>::new();
    for told in &snippet.diagnostics {
        *codes.entry(format!("{}[{}]", told.severity, told.code)).or_default() += 1;
    }
    for (code, count) in codes {
        let times = if count > 1 { format!(", {count} times") } else { String::new() };
        let _ = write!(claim, "\n  {code}{times}");
    }
    let files: Vec<&str> = snippet.attachments.iter().map(|file| &*file.name).collect();
    if !files.is_empty() {
        let _ = write!(claim, "\n  reads {}", files.join(", "));
    }
    claim
}

#[test]
fn each_case_has_the_claims_of_before() {
    let engine = Engine::new();
    insta::glob!("requests/*.http", |path| {
        let bytes = fs::read(path).unwrap();
        let message = requote::parse(&bytes).unwrap();
        let mut claims = BTreeMap::<String, Vec<String>>::new();
        for id in engine.ids() {
            let snippet = engine.quote(&message, &id, &Options::default()).unwrap();
            claims.entry(claim(&snippet)).or_default().push(id.to_string());
        }
        let mut text = String::new();
        for (claim, targets) in claims {
            let _ = writeln!(text, "{claim}\n    {}", targets.join("\n    "));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("snapshots/claims"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        let case = path.file_stem().unwrap().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(case, text));
    });
}

#[test]
fn each_claim_is_of_a_case() {
    for file in fs::read_dir(root().join("snapshots/claims")).unwrap() {
        let snapshot = file.unwrap().path();
        let case = snapshot.file_stem().unwrap().to_string_lossy().into_owned();
        let request = root().join("tests/requests").join(format!("{case}.http"));
        assert!(request.exists(), "{} has no request", snapshot.display());
    }
}
