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

/// Editors save LF: that is no reason to fail, nor to say anything beside the code.
#[test]
fn a_file_with_lf_passes_strictly_and_is_quoted_in_silence() {
    let message =
        b"PUT /v1/users/42 HTTP/1.1\nHost: api.example.com\nContent-Type: application/json\n\n\
                    {\n  \"name\": \"Zoe\"\n}\n";
    assert_eq!(run_with(&mut command(&["check", "--strict"]), message).status, 0);
    let ran = run_with(&mut command(&["to", "python", "--body", "exact"]), message);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let told = run_with(&mut command(&["to", "python", "--body", "exact", "--verbose"]), message);
    assert_eq!(told.stdout, ran.stdout);
    for code in ["note[lf-line-ends]", "note[body-without-length]", "note[put-replaces]"] {
        assert!(told.stderr.contains(code), "{}", told.stderr);
    }
}

#[test]
fn to_tells_what_check_warns_of() {
    for (code, head, body) in [
        ("json-invalid", "Content-Type: application/json\r\n", "{\"a\": 1, ...}"),
        ("content-type-missing", "", "a"),
        ("content-encoding-mismatch", "Content-Type: a/b\r\nContent-Encoding: gzip\r\n", "a"),
        ("form-invalid", "Content-Type: application/x-www-form-urlencoded\r\n", "a=%zz"),
    ] {
        let message = format!(
            "PUT /a HTTP/1.1\r\nHost: example.org\r\n{head}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let ran = run_with(&mut command(&["to", "curl"]), message.as_bytes());
        assert_eq!(ran.status, 0, "{code}");
        assert!(ran.stderr.starts_with(&format!("warning[{code}]")), "{}", ran.stderr);
        assert!(!ran.stderr.contains("note["), "{}", ran.stderr);
        let quiet = run_with(&mut command(&["to", "curl", "--quiet"]), message.as_bytes());
        assert_eq!((quiet.stdout, quiet.stderr.as_str()), (ran.stdout, ""));
        let json = run_with(&mut command(&["to", "curl", "--json"]), message.as_bytes());
        let diagnostics = json.lines()[0]["diagnostics"].clone();
        let codes: Vec<_> = diagnostics.as_array().unwrap().iter().map(|it| &it["code"]).collect();
        assert!(codes.contains(&&json!(code)), "{codes:?}");
    }
}

#[test]
fn a_difference_in_meaning_is_one_line() {
    let ran = run(&["to", "fetch", "tests/requests/put-multipart.http"]);
    let lines: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("note[")).collect();
    assert!(lines[0].starts_with("note[boundary-chosen]"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("-->"), "{}", ran.stderr);
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
    assert!(lines.iter().all(|line| line.as_object().unwrap().len() == 4));
    assert_eq!(lines[0]["diagnostics"][0]["code"], "chunk-size");
    assert_eq!(lines[0]["diagnostics"][0]["affects"], json!([]));
}
