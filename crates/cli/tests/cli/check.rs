//! `requote check`.

use serde_json::json;

use crate::program::{PLAIN, command, run, run_with};

#[test]
fn nothing_odd_is_nothing_said() {
    let ran = run_with(&mut command(&["check", "--strict", "-"]), PLAIN);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
}

#[test]
fn warnings_fail_with_strict_alone() {
    let file = "tests/requests/warn-no-content-type.http";
    let ran = run(&["check", file]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    assert!(ran.stderr.contains("warning[") && ran.stderr.contains(&format!("--> {file}:")));
    assert_eq!(run(&["check", "--strict", file]).status, 1);
}

#[test]
fn both_the_reading_and_the_checks_are_told() {
    let message = b"DELETE /?password=x HTTP/1.1\nHost: example.org\n\n";
    let stderr = run_with(&mut command(&["check"]), message).stderr;
    assert!(stderr.contains("[lf-line-ends]"), "{stderr}");
    assert!(stderr.matches("\n --> -:").count() > 1, "{stderr}");
}

#[test]
fn a_bad_message_fails_and_the_others_are_checked() {
    let files =
        ["tests/rejects/chunk-size.http", "none.http", "tests/requests/warn-no-content-type.http"];
    let ran = run(&[&["check"], &files[..]].concat());
    assert_eq!(ran.status, 1);
    for code in ["error[chunk-size]", "error[input-unreadable]", "warning["] {
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
    let ran = run(&[&["check", "--json"], &files[..]].concat());
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    let lines = ran.lines();
    assert_eq!(lines.iter().map(|line| &line["file"]).collect::<Vec<_>>(), files);
    assert!(lines.iter().all(|line| line.as_object().unwrap().len() == 2));
    assert_eq!(lines[0]["diagnostics"][0]["code"], "chunk-size");
    assert_eq!(lines[0]["diagnostics"][0]["affects"], json!([]));
}
