//! `requote to --json`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::program::{PLAIN, command, root, run, run_with};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// In alphabetical order, as the map of `serde_json` has them.
const KEYS: [&str; 15] = [
    "adds",
    "attachments",
    "code",
    "diagnostics",
    "environment",
    "extension",
    "file",
    "from",
    "highlight",
    "install",
    "label",
    "outcome",
    "request",
    "schema",
    "target",
];
const DIAGNOSTIC_KEYS: [&str; 9] =
    ["affects", "arrives", "code", "column", "help", "line", "message", "severity", "span"];

#[test]
fn there_is_one_line_for_each_file_and_target() {
    let (first, second) = ("examples/put.http", "tests/requests/get-cookie.http");
    let ran = run(&["to", "python,fetch", "--body", "exact", "--json", first, second]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let lines = ran.lines();
    let pairs: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| (line["file"].as_str().unwrap(), line["target"].as_str().unwrap()))
        .collect();
    let (python, fetch) = ("python/requests", "javascript/fetch");
    assert_eq!(pairs, [(first, python), (first, fetch), (second, python), (second, fetch)]);
    for line in &lines {
        assert_eq!(keys(line), KEYS);
        for diagnostic in line["diagnostics"].as_array().unwrap() {
            assert_eq!(keys(diagnostic), DIAGNOSTIC_KEYS);
        }
    }
    assert_eq!(lines[0]["outcome"], "exact");
    assert_eq!(lines[0]["extension"], "py");
    assert_eq!(lines[0]["diagnostics"][0]["code"], "put-replaces");
    assert_eq!(lines[0]["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(lines[0]["adds"], json!(["accept-encoding", "user-agent"]));
    assert_eq!(lines[3]["outcome"], "lossy");
    assert_eq!(lines[3]["diagnostics"][0]["affects"], json!(["header:cookie"]));
    assert!(ran.stdout.starts_with(
        "{\"schema\":1,\"file\":\"examples/put.http\",\"request\":null,\"from\":\"message\",\
         \"target\":\"python/requests\",\"label\":\"Python\",\"highlight\":\"python\",\
         \"outcome\":\"exact\",\"extension\":\"py\",\"code\":\"import requests\\n"
    ));
    assert_eq!(lines[0]["install"], "pip install requests");
    assert_eq!(lines[1]["install"], Value::Null);
}

#[test]
fn standard_input_is_a_dash() {
    let ran = run_with(&mut command(&["to", "curl", "--json"]), PLAIN);
    assert_eq!(ran.lines()[0]["file"], "-");
}

#[test]
fn attachments_hold_their_bytes() {
    let file = "tests/requests/put-binary-png.http";
    let line = &run(&["to", "curl", "--json", file]).lines()[0];
    let attachment = &line["attachments"][0];
    assert_eq!(keys(attachment), ["base64", "name"]);
    assert_eq!(attachment["name"], "body.png");
    let message = std::fs::read(root().join(file)).unwrap();
    let head = message.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let bytes = BASE64_STANDARD.decode(attachment["base64"].as_str().unwrap()).unwrap();
    assert_eq!(bytes, message[head..]);
}

#[test]
fn what_the_reading_noticed_stands_before_what_the_target_changes() {
    let message = b"GET / HTTP/1.1\nHost: example.org\nCookie: a=b\n\n";
    let line = &run_with(&mut command(&["to", "fetch", "--json"]), message).lines()[0];
    let diagnostics = line["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics[0]["code"], "lf-line-ends");
    assert_eq!(diagnostics[0]["affects"], json!([]));
    assert!(diagnostics[0]["span"]["start"].is_u64());
    assert_eq!([&diagnostics[0]["line"], &diagnostics[0]["column"]], [1, 15]);
    let last = diagnostics.last().unwrap();
    assert_eq!(last["affects"], json!(["header:cookie"]));
    assert_eq!(last["line"], 3);
}

#[test]
fn a_bad_message_is_one_line_without_a_target() {
    let ran = run(&[
        "to",
        "all",
        "--json",
        "tests/rejects/chunk-size.http",
        "none.http",
        "examples/put.http",
    ]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    let lines = ran.lines();
    for (line, code) in lines.iter().zip(["chunk-size", "input-unreadable"]) {
        assert_eq!(keys(line), KEYS);
        assert_eq!(line["diagnostics"][0]["code"], code);
        assert_eq!(line["diagnostics"][0]["severity"], "error");
        for key in ["target", "outcome", "extension", "code"] {
            assert_eq!(line[key], Value::Null, "{key}");
        }
        assert_eq!((&line["attachments"], &line["adds"]), (&json!([]), &json!([])));
    }
    assert!(lines.len() > 3 && lines[2..].iter().all(|line| line["file"] == "examples/put.http"));
}

#[test]
fn an_unsupported_target_has_no_code_and_names_others() {
    let ran = run(&["to", "fetch", "--json", "tests/requests/get-with-body.http"]);
    assert_eq!(ran.status, 1);
    let line = &ran.lines()[0];
    assert_eq!((&line["outcome"], &line["code"]), (&json!("unsupported"), &Value::Null));
    let first = line["diagnostics"].as_array().unwrap().iter().find(|d| d["severity"] == "error");
    assert!(first.unwrap()["help"].as_str().unwrap().contains("`shell/curl`"));
}
