//! `requote targets`, `completions` and `man`.

use serde_json::Value;

use crate::program::{empty_folder, list_files, run, text};

const KEYS: [&str; 17] = [
    "adds",
    "aliases",
    "client",
    "default",
    "docs",
    "extension",
    "highlight",
    "id",
    "install",
    "label",
    "language",
    "limits",
    "options",
    "proven",
    "redirects",
    "title",
    "version",
];

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_target_is_a_row() {
    let ran = run(&["targets"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let lines = run(&["targets", "--json"]).lines();
    let mut rows = ran.stdout.lines();
    assert_eq!(rows.next().unwrap().split_whitespace().last(), Some("PROVEN"));
    for (row, line) in rows.by_ref().zip(&lines) {
        assert!(row.starts_with(line["id"].as_str().unwrap()), "{row}");
        assert!(row.contains(line["title"].as_str().unwrap()), "{row}");
    }
    assert_eq!(rows.next(), None);
    assert!(lines.iter().all(|line| keys(line) == KEYS));
    let squeezed = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed.contains("python/requests python, py, requests Python"), "{}", ran.stdout);
}

#[test]
fn a_message_gives_outcomes() {
    let message = "tests/requests/get-cookie.http";
    let lines = run(&["targets", "--json", "--for", message]).lines();
    for line in &lines {
        assert_eq!(keys(line).len(), KEYS.len() + 2);
        let target = line["id"].as_str().unwrap();
        let quoted = &run(&["to", target, "--json", message]).lines()[0];
        assert_eq!(line["outcome"], quoted["outcome"], "{target}");
        assert_eq!(line["diagnostics"], quoted["diagnostics"], "{target}");
    }
    let table = run(&["targets", "--for", message]).stdout;
    let fetch = table.lines().skip_while(|row| !row.starts_with("javascript/fetch"));
    let rows: Vec<&str> = fetch.take(2).collect();
    assert!(rows[0].ends_with("lossy") && rows[1].starts_with("    warning: "), "{table}");
}

#[test]
fn a_message_that_does_not_parse_fails() {
    let ran = run(&["targets", "--for", "tests/rejects/chunk-size.http"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("error[chunk-size]"), "{}", ran.stderr);
    assert_eq!(run(&["targets", "--for", "none.http"]).status, 1);
}

#[test]
fn completions_know_the_targets() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        assert!(ran.stdout.contains("requote"), "{shell}");
    }
    let fish = run(&["completions", "bash"]).stdout;
    for name in [" all ", " python ", " python/requests ", " curl "] {
        assert!(fish.contains(name), "{name}");
    }
    assert_eq!(run(&["completions", "tcsh"]).status, 2);
}

#[test]
fn each_subcommand_has_a_page() {
    let page = run(&["man"]).stdout;
    assert!(page.contains(".TH requote 1") && page.contains("requote\\-to(1)"), "{page}");
    let to = run(&["man", "to"]).stdout;
    assert!(to.contains(".TH requote-to 1") && to.contains("\\-\\-strict"), "{to}");
    let unknown = run(&["man", "form"]);
    assert_eq!((unknown.status, unknown.stdout.as_str()), (2, ""));
    let folder = empty_folder("man");
    assert_eq!(run(&["man", "-o", text(&folder.join("new"))]).status, 0);
    let files = list_files(&folder);
    for name in ["requote", "requote-to", "requote-check", "requote-targets", "requote-man"] {
        assert!(files.contains(&format!("new/{name}.1")), "{files:?}");
    }
}
