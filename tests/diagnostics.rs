//! `docs/diagnostics.md` lists the codes of reading and checking: all of them, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use requote::{check, parse};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The codes that stand in the first column of the tables under a heading of level two.
fn read_listed(heading: &str) -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/diagnostics.md")).unwrap();
    page.split("\n## ")
        .find(|section| section.lines().next().is_some_and(|title| title.trim() == heading))
        .unwrap_or_else(|| panic!("no section {heading}"))
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect()
}

fn read_sources(room: &str) -> String {
    let folder = root().join("src").join(room);
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| read(&path)).collect()
}

#[test]
fn the_page_lists_each_code_once_and_no_other() {
    for (heading, codes) in [("Reading", parse::code::ALL), ("Checking", check::code::ALL)] {
        let listed = read_listed(heading);
        let known: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!(known.len(), codes.len(), "a code of {heading} stands twice");
        assert_eq!(listed.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
        assert_eq!(listed.len(), codes.len(), "{heading} lists a code twice");
        for code in codes {
            let is_kebab = code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            assert!(is_kebab, "{code}");
        }
    }
}

#[test]
fn each_code_is_a_constant_and_is_used() {
    for (room, codes) in [("parse", parse::code::ALL), ("check", check::code::ALL)] {
        let sources = read_sources(room);
        for code in codes {
            let constant = code.replace('-', "_").to_uppercase();
            assert!(sources.contains(&format!("code::{constant}")), "{room} never tells {code}");
        }
        for kind in ["error", "warning", "note"] {
            assert!(!sources.contains(&format!("Diagnostic::{kind}(\"")), "a bare code in {room}");
        }
    }
}
