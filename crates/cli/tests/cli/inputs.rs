//! Other inputs than raw messages, through the program.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::program::{command, empty_folder, list_files, run, run_with};

const HAR: &str = r#"{"log": {"entries": [
  {"request": {"method": "GET", "url": "https://a.example/first", "headers": []}},
  {"request": {"method": "PUT", "url": "http://a.example/second", "headers": [
    {"name": "content-type", "value": "application/json"}],
    "postData": {"text": "{\"a\":\n 1,}"}}}]}}"#;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn each_request_of_a_capture_is_quoted() {
    let ran = run_with(&mut command(&["to", "curl", "--json"]), HAR.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let lines = ran.lines();
    assert_eq!(lines.len(), 2);
    for (line, request) in lines.iter().zip(["1", "2"]) {
        assert_eq!((&line["file"], &line["request"]), (&json!("-"), &json!(request)));
        assert_eq!(line["from"], "har");
    }
    assert!(lines[0]["code"].as_str().unwrap().contains("https://a.example/first"));
    assert!(lines[1]["code"].as_str().unwrap().contains("http://a.example/second"));
}

#[test]
fn a_place_in_an_escaped_body_is_a_place_of_the_capture() {
    let ran = run_with(&mut command(&["to", "curl", "--request", "2"]), HAR.as_bytes());
    let line = r#"5 |     "postData": {"text": "{\"a\":\n 1,}"}}}]}}"#;
    assert!(ran.stderr.contains(line), "{}", ran.stderr);
    let mark = ran.stderr.lines().find(|line| line.contains('^')).unwrap();
    // The brace after the comma.
    assert_eq!(mark.find('^'), line.find(r#"}"}}}"#), "{}", ran.stderr);
}

#[test]
fn a_request_is_chosen_by_number_name_or_part_of_its_url() {
    for wanted in ["2", "second"] {
        let args = ["to", "curl", "--request", wanted];
        let ran = run_with(&mut command(&args), HAR.as_bytes());
        assert!(ran.stdout.contains("/second") && !ran.stdout.contains("/first"), "{wanted}");
    }
    let ran = run_with(&mut command(&["to", "curl", "--request", "third"]), HAR.as_bytes());
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("unknown-request") && ran.stderr.contains("2 PUT"),
        "{}",
        ran.stderr
    );
}

#[test]
fn each_request_has_a_folder_of_its_own() {
    let folder = empty_folder("requests");
    let capture = folder.join("c.har");
    fs::write(&capture, HAR).unwrap();
    let out = folder.join("out");
    let ran = run(&["to", "curl", text(&capture), "-o", text(&out)]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(list_files(&out), ["c-1/shell-curl.sh", "c-2/shell-curl.sh"]);
    // One file cannot hold both.
    let file = folder.join("one.sh");
    fs::write(&file, "").unwrap();
    assert_eq!(run(&["to", "curl", text(&capture), "-o", text(&file)]).status, 2);
    let ran = run(&["to", "curl", text(&capture), "--request", "1", "-o", text(&file)]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(fs::read_to_string(&file).unwrap().contains("/first"));
}

#[test]
fn check_lists_the_requests() {
    let ran = run_with(&mut command(&["check"]), HAR.as_bytes());
    assert!(ran.stderr.contains("-#1: GET https://a.example/first\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("-#2: PUT http://a.example/second\n"), "{}", ran.stderr);
    let ran = run_with(&mut command(&["targets", "--for", "-"]), HAR.as_bytes());
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("several-requests"), "{}", ran.stderr);
}

#[test]
fn a_file_is_read_only_where_it_is_allowed() {
    let folder = empty_folder("allowed");
    let inside = folder.join("inside");
    fs::create_dir(&inside).unwrap();
    fs::write(folder.join("canary"), "canary-outside").unwrap();
    fs::write(inside.join("data"), "canary-inside").unwrap();
    let curl = |name: &str| format!("curl --data-binary @{name} https://a.example/");
    let try_it = |name: &str, args: &[&str]| {
        let args = [&["to", "python"], args].concat();
        run_with(command(&args).current_dir(&folder), curl(name).as_bytes())
    };
    let ran = try_it("inside/data", &[]);
    assert!(ran.status == 1 && ran.stderr.contains("input-file"), "{}", ran.stderr);
    let ran = try_it("data", &["--files", "inside"]);
    assert!(ran.status == 0 && ran.stdout.contains("canary-inside"), "{}", ran.stderr);
    let absolute = folder.join("canary");
    for name in ["../canary", "./../canary", text(&absolute), "missing", ".", "link"] {
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink(&absolute, inside.join("link"));
        let ran = try_it(name, &["--files", "inside"]);
        assert_eq!(ran.status, 1, "{name}");
        assert!(!ran.stdout.contains("canary-outside"), "{name}");
    }
}

#[test]
fn a_variable_has_the_value_that_is_given() {
    let folder = empty_folder("variables");
    let env = folder.join("env.json");
    fs::write(&env, r#"{"dev": {"TOKEN": "from-file"}}"#).unwrap();
    let input = b"curl -H \"X-Token: $TOKEN\" https://a.example/";
    let quote = |args: &[&str]| run_with(&mut command(&[&["to", "curl"], args].concat()), input);
    let ran = quote(&[]);
    assert!(ran.status == 1 && ran.stderr.contains("--var TOKEN=VALUE"), "{}", ran.stderr);
    assert!(quote(&["--var", "TOKEN=given"]).stdout.contains("X-Token: given"));
    let chosen = format!("{}:dev", text(&env));
    assert!(quote(&["--env", &chosen]).stdout.contains("X-Token: from-file"));
    assert!(quote(&["--env", &chosen, "--var", "TOKEN=given"]).stdout.contains("X-Token: given"));
    assert_eq!(quote(&["--env", text(&env)]).status, 2);
}

#[test]
fn a_line_of_json_may_tell_its_format() {
    let line = json!({"name": "a", "from": "curl", "message": "curl -X PUT https://a.example/"});
    let ran = run_with(&mut command(&["to", "http", "--ndjson"]), line.to_string().as_bytes());
    assert!(ran.stdout.starts_with("PUT / HTTP/1.1"), "{} {}", ran.stdout, ran.stderr);
    let line = json!({"from": "har", "message": HAR});
    let ran = run_with(&mut command(&["to", "http", "--ndjson"]), line.to_string().as_bytes());
    assert!(ran.stderr.contains("several-requests"), "{}", ran.stderr);
}

#[test]
fn a_host_is_given_to_a_message_without_one() {
    let input = b"GET /a HTTP/1.1\r\n\r\n";
    let ran = run_with(&mut command(&["to", "curl", "--host", "a.example"]), input);
    assert!(ran.stdout.contains("https://a.example/a"), "{}", ran.stderr);
}
