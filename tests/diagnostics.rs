//! `docs/diagnostics.md` lists the codes of reading and checking: all of them, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use requote::{check, docs, input, parse};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Code and severity of each row of the tables under a heading of level two.
fn read_severities(heading: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("docs/diagnostics.md")).unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    rows.map(|(code, rest)| (code.to_owned(), rest.split(" | ").next().unwrap().to_owned()))
        .collect()
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

fn read_sources(folder: &Path) -> String {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(
            |path| {
                if path.is_dir() { read_sources(&path) } else { fs::read_to_string(&path).unwrap() }
            },
        )
        .collect()
}

#[test]
fn the_page_lists_each_code_once_and_no_other() {
    for (heading, codes) in [
        ("Reading", parse::code::ALL),
        ("Input", input::code::ALL),
        ("Checking", check::code::ALL),
        ("Pages", docs::code::ALL),
    ] {
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
    for (room, codes) in [
        ("parse", parse::code::ALL),
        ("input", input::code::ALL),
        ("check", check::code::ALL),
        ("docs", docs::code::ALL),
    ] {
        let sources = read_sources(&root().join("src").join(room));
        for code in codes {
            let constant = code.replace('-', "_").to_uppercase();
            assert!(sources.contains(&format!("code::{constant}")), "{room} never tells {code}");
        }
        for kind in ["error", "warning", "note"] {
            assert!(!sources.contains(&format!("Diagnostic::{kind}(\"")), "a bare code in {room}");
        }
    }
}

/// What stands between quotation marks behind `before`, in all files below a folder.
fn read_quoted(folder: &Path, before: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(read_quoted(&path, before));
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let rest = text.split(before).skip(1);
        found.extend(rest.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
    found
}

#[test]
fn each_code_of_a_rule_and_of_the_program_is_listed() {
    let listed: BTreeSet<String> = read_listed("Quoting").into_iter().collect();
    let of_rules = read_quoted(&root().join("templates"), "\ncode = \"");
    assert!(!of_rules.is_empty());
    assert_eq!(of_rules.difference(&listed).collect::<Vec<_>>(), [""; 0]);

    let listed: BTreeSet<String> = read_listed("The program").into_iter().collect();
    let files = ["crates/cli/src/code.rs", "crates/openapi/src/code.rs"];
    let code: String = files.map(|path| fs::read_to_string(root().join(path)).unwrap()).concat();
    let known: BTreeSet<String> = code
        .split("&str = \"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .chain(requote::code::ALL.iter().map(|code| (*code).to_owned()))
        .collect();
    assert_eq!(listed, known);
}

#[test]
fn each_code_stands_once_and_has_one_severity() {
    let mut known = std::collections::BTreeMap::new();
    for heading in ["Reading", "Checking", "Quoting", "Pages", "The program"] {
        for (code, severity) in read_severities(heading) {
            assert!(["error", "warning", "note"].contains(&&*severity), "{code}: {severity}");
            assert!(known.insert(code.clone(), severity).is_none(), "{code} stands twice");
        }
    }
    assert!(known.len() > 100, "{}", known.len());
}

/// Requests of which each client can tell what it makes: names and values that some change, methods
/// that some refuse.
const AWKWARD: [&str; 6] = [
    "pUT /a HTTP/1.1\r\nHost: h.example\r\n",
    "CONNECT h.example:80 HTTP/1.1\r\nHost: h.example\r\n",
    "GET /a HTTP/1.1\r\nHost: h.example\r\nContent-Length: 1\r\nX: 1\r\nX: 2\r\nDate: 1\r\nDate: 2\r\n",
    "GET /a HTTP/1.1\r\nHost: h.example\r\nx-low: \x01\r\nY: \u{a0}a\r\nZ: \u{e9}\r\nE:\r\n",
    "GET /a HTTP/1.1\r\nHost: h.example\r\nVia: a\r\nUser-Agent: a\r\nConnection: Upgrade\r\n",
    "GET /[a]%zz HTTP/1.1\r\nHost: H.example:443\r\n",
];

#[test]
fn each_code_that_quoting_tells_is_listed_with_its_severity() {
    let listed: BTreeSet<(String, String)> = read_severities("Quoting").into_iter().collect();
    let mut told = BTreeSet::new();
    let engine = requote::Engine::new();
    let requests = fs::read_dir(root().join("tests/requests")).unwrap();
    let messages = requests.map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let awkward = AWKWARD.iter().map(|text| format!("{text}\r\nb").into_bytes());
    for bytes in messages.chain(awkward) {
        let message = parse(&bytes).unwrap();
        for id in engine.ids() {
            let (_, diagnostics) =
                engine.assess(&message, &id, &requote::Options::default()).unwrap();
            told.extend(
                diagnostics.into_iter().map(|it| (it.code.into_owned(), it.severity.to_string())),
            );
        }
    }
    assert!(told.len() > 15, "{told:?}");
    let unlisted: Vec<_> = told.difference(&listed).collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}
