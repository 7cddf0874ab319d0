//! Many messages at once: as lines of JSON, and on several threads.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::Stdio;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::program::{command, empty_folder, list_files, root, run, run_with, text};

/// Targets of several pieces of work.
const TARGETS: &str = "python,curl,fetch,wget,httpie,go,rust,java,php,ruby,perl";

/// Every message of the project, those that must be refused among them.
fn all_messages() -> Vec<String> {
    let list = |folder: &str| -> Vec<String> {
        let files = list_files(&root().join(folder)).into_iter();
        files
            .filter(|name| Path::new(name).extension() == Some("http".as_ref()))
            .map(|name| format!("{folder}/{name}"))
            .collect()
    };
    let mut names = [list("tests/requests"), list("tests/rejects")].concat();
    // A file may hold several requests, a line holds one.
    names.retain(|name| !name.ends_with("second-request-after-separator.http"));
    names.sort();
    assert!(names.len() > 200, "{}", names.len());
    names
}

#[test]
fn lines_of_json_give_what_files_give() {
    let names = all_messages();
    let mut lines = String::new();
    for (number, name) in names.iter().enumerate() {
        let bytes = fs::read(root().join(name)).unwrap();
        let line = match String::from_utf8(bytes) {
            Ok(message) if number % 2 == 0 => json!({ "name": name, "message": message }),
            Ok(message) => json!({ "name": name, "base64": BASE64_STANDARD.encode(message) }),
            Err(error) => {
                json!({ "base64": BASE64_STANDARD.encode(error.as_bytes()), "name": name })
            }
        };
        writeln!(lines, "{line}").unwrap();
    }
    let args = ["to", "python,curl", "--json"];
    let from_lines = run_with(command(&args).arg("--ndjson"), lines.as_bytes());
    let from_files = run_with(command(&args).args(&names), b"");
    assert_eq!(from_lines.status, 1);
    assert!(from_lines.stdout == from_files.stdout, "the lines differ from the files");
}

#[test]
fn a_line_that_is_no_message_loses_no_other() {
    let good = r#"{"name": "one", "message": "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"}"#;
    let nameless = r#"{"message": "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"}"#;
    let input = format!("{good}\n\nGET / HTTP/1.1\n{{\"name\": \"two\"}}\n{nameless}");
    let ran = run_with(&mut command(&["to", "curl", "--ndjson", "--json"]), input.as_bytes());
    assert_eq!(ran.status, 1);
    let lines = ran.lines();
    let seen: Vec<_> =
        lines.iter().map(|line| (&line["file"], &line["diagnostics"][0]["code"])).collect();
    assert_eq!(
        json!(seen),
        json!([["one", null], ["-:3", "input-line"], ["two", "input-line"], ["-:5", null]])
    );
    assert_eq!(lines[0]["code"], lines[3]["code"]);
}

#[test]
fn each_line_is_answered_before_the_next_is_read() {
    let mut child = command(&["to", "python,curl", "--ndjson", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for name in ["a", "b", "c"] {
        let message = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        writeln!(input, "{}", json!({ "name": name, "message": message })).unwrap();
        for target in ["python/requests", "shell/curl"] {
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            let line: serde_json::Value = serde_json::from_str(&line).unwrap();
            assert_eq!((&line["file"], &line["target"]), (&json!(name), &json!(target)));
        }
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let all = all_messages();
    // Threads share the messages, or the targets where there are fewer messages.
    let few = ["examples/put.http", "tests/rejects/chunk-size.http", "tests/requests/put-xml.http"];
    let few = few.map(str::to_owned);
    for (target, names) in [(TARGETS, &all[..]), ("all", &few), ("all", &few[1..2])] {
        for args in [&["to", target][..], &["to", target, "--json"]] {
            let with = |jobs| run_with(command(args).args(["--jobs", jobs]).args(names), b"");
            let (one, many) = (with("1"), with("7"));
            assert_eq!(one.status, many.status);
            assert!(one.stdout == many.stdout, "standard output differs: {args:?}");
            assert!(one.stderr == many.stderr, "standard error differs: {args:?}");
        }
    }
}

#[test]
fn the_number_of_threads_changes_no_file() {
    let folder = empty_folder("threads");
    let names = all_messages();
    let write = |jobs: &str| {
        let out = folder.join(jobs);
        let mut command = command(&["to", "python,curl", "-o", text(&out), "--jobs", jobs]);
        run_with(command.args(&names), b"");
        let files = list_files(&out);
        assert!(files.len() > 200, "{}", files.len());
        files.into_iter().map(move |name| (fs::read(out.join(&name)).unwrap(), name)).collect()
    };
    let (one, many): (Vec<_>, Vec<_>) = (write("1"), write("7"));
    assert!(one == many, "the files differ");
}

#[test]
fn lines_name_folders() {
    let folder = empty_folder("lines");
    let line = |name: &str| {
        let message = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        json!({ "name": name, "message": message }).to_string()
    };
    let input = [line("api/v1/put.http"), line("put"), line("../up"), line("..")].join("\n");
    let args = ["to", "curl", "--ndjson", "-o", text(&folder)];
    let ran = run_with(&mut command(&args), input.as_bytes());
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let stems: Vec<String> =
        list_files(&folder).iter().map(|name| name.split('/').next().unwrap().to_owned()).collect();
    assert_eq!(stems, ["message", "put-2", "put", "up"]);
    // One snippet in one file needs files: how many lines come is not known.
    let file = folder.join("put/shell-curl.sh");
    let ran = run(&["to", "curl", "--ndjson", "-o", text(&file)]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("is a file, and snippets need a folder"), "{}", ran.stderr);
}
