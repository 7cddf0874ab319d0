//! What is told, to people and to scripts.

use std::fs;
use std::process::Command;

use crate::tiny::{NOTHING, Tiny};

fn text_of(tiny: &Tiny) -> (Option<i32>, String) {
    let (output, _folder) = tiny.verify();
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn success_is_one_line() {
    assert_eq!(text_of(&Tiny::honest()), (Some(0), "1 passed, 0 failed, 0 skipped\n".to_owned()));
}

#[test]
fn a_failure_shows_both_sides_and_the_snippets_own_words() {
    let broken = Tiny::honest()
        .with_template("curl ", "echo some words >&2\ncurl ")
        .with_template("~ h.value", "~ (h.value ~ 'é')");
    let (status, text) = text_of(&broken);
    assert_eq!(status, Some(1));
    for line in [
        "  said exact, but it is lossy",
        "  header:x-two changed",
        "    message   2",
        r"    captured  2\xc3\xa9",
        "               ^^^^^^^^",
        "    000000   32                       2         │  32[c3 a9]                2..",
        "    some words",
        "0 passed, 1 failed, 0 skipped",
    ] {
        assert!(text.lines().any(|found| found == line), "no line {line:?} in\n{text}");
    }
}

#[test]
fn a_missing_toolchain_is_named_and_counted() {
    let tiny = Tiny::honest().with_language("\"curl\", \"--version\"", "\"no-such-tool\", \"-v\"");
    let (status, text) = text_of(&tiny);
    assert_eq!(status, Some(0));
    assert_eq!(
        text,
        "tiny/client: 1 message skipped: `no-such-tool -v`: no such program; install: apt-get \
         install curl\n0 passed, 0 failed, 1 skipped\n"
    );
    let (status, text) = text_of(&tiny.with_options(&["--require", "tiny"]));
    assert_eq!(status, Some(1));
    assert!(text.contains("1 message failed: `no-such-tool -v`"), "{text}");
    assert!(text.ends_with("0 passed, 1 failed, 0 skipped\n"), "{text}");
}

#[test]
fn all_that_is_required_is_all_that_is_proven() {
    let missing = |table: &str| {
        Tiny::honest()
            .with_language("\"curl\", \"--version\"", "\"no-such-tool\", \"-v\"")
            .with_language("[client.client]\n", table)
            .with_options(&["--require", "all"])
    };
    assert_eq!(text_of(&missing("[client.client]\n")).0, Some(0));
    let (output, _folder) = missing("[client.client]\nproven = true\n").verify();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    let place = "tiny/client` cannot be `proven`";
    assert!(words.contains(place) && words.contains("tiny/language.toml:19:1\n"), "{words}");
}

#[test]
fn needs_are_listed_and_only_what_is_required_fails() {
    let folder = tempfile::tempdir().unwrap();
    let list = |tiny: Tiny, more: &[&str]| {
        tiny.write(folder.path());
        let output = Command::new(env!("CARGO_BIN_EXE_requote"))
            .args(["verify", "--needs", "-t", "tiny", "--templates"])
            .arg(folder.path().join("templates"))
            .args(more)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let here = "tiny/client  here     `curl --version`\n1 here, 0 missing\n";
    assert_eq!(list(Tiny::honest(), &[]), (Some(0), here.to_owned()));
    assert_eq!(list(Tiny::honest(), &["--require", "tiny"]).0, Some(0));
    let missing = || {
        Tiny::honest()
            .with_language("\"curl\", \"--version\"", "\"no-such-tool\", \"-v\"")
            .with_language("install = ", "where = \"no machine\"\ninstall = ")
    };
    let told = "tiny/client  missing  `no-such-tool -v`: no such program\n                      \
        runs on no machine\n                      install: apt-get install curl\n\
        0 here, 1 missing\n";
    assert_eq!(list(missing(), &[]), (Some(0), told.to_owned()));
    assert_eq!(list(missing(), &["--require", "tiny"]).0, Some(1));
    let (status, json) = list(missing(), &["--json"]);
    let object: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &object["here"]), (Some(0), &false.into()));
    assert_eq!(object["requires"][0]["error"], "no such program");
}

#[test]
fn a_message_that_does_not_parse_is_a_failure() {
    let (status, text) = text_of(&Tiny::honest().with_message("GET / HTTP/1.1\r\nHost a\r\n\r\n"));
    assert_eq!(status, Some(1));
    assert!(text.contains("message.http:2:"), "{text}");
}

#[test]
fn an_unknown_target_is_wrong_usage() {
    let (output, _folder) = Tiny::honest().with_options(&["--require", "tinny"]).verify();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("did you mean"), "{words}");
}

#[test]
fn keep_leaves_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Tiny::honest().command(folder.path());
    let kept = folder.path().join("kept");
    assert!(command.arg("--keep").arg(&kept).output().unwrap().status.success());
    let bytes_of = |name: &str| fs::read(kept.join("tiny/client/message").join(name)).unwrap();
    let read = |name: &str| String::from_utf8_lossy(&bytes_of(name)).into_owned();
    assert!(read("main.sh").starts_with("curl "));
    assert!(read("message.http").contains("\r\nHost: 127.0.0.1:"));
    assert!(read("captured-1.http").starts_with("PUT /a%2Fb?c=d HTTP/1.1\r\n"));
    // The answer to this message is not UTF-8, and is kept as it came.
    assert_eq!(bytes_of("stdout.txt"), b"ok \xff\xc3\n");
    assert!(read("verdict.json").contains("\"verdict\": \"passed\""));
}

#[test]
fn layout_style_and_syntax_are_findings() {
    let tools = "[run]\nsyntax = ['sh', '-n', '{file}']\n\
        format = ['sh', '-c', 'echo >> \"$0\"', '{file}']\nlint = ['sh', '-c', 'echo bad; exit 1']\n";
    let tiny = Tiny::honest().with_language("[run]\n", tools).with_options(&["--format-check"]);
    assert_eq!(tiny.faults(), ["format", "lint"]);
}

#[test]
fn a_formatter_that_is_not_there_is_named() {
    let tiny = Tiny::honest()
        .with_language("[run]\n", "[run]\nformat = ['no-such-formatter', '{file}']\n")
        .with_options(&["--format-check"]);
    let (status, text) = text_of(&tiny);
    assert_eq!(status, Some(0));
    assert_eq!(
        text,
        "tiny/client: 1 message without format check: there is no `no-such-formatter`\n\
         1 passed, 0 failed, 0 skipped\n"
    );
    assert_eq!(tiny.with_options(&["--require", "tiny"]).faults(), ["format"]);
}

#[test]
fn what_cannot_run_has_its_syntax_checked() {
    let tiny = Tiny::honest()
        .with_language("command = [\"sh\", \"{file}\"]", "syntax = ['sh', '-n', '{file}']")
        .with_options(&["--format-check"]);
    let (status, text) = text_of(&tiny);
    assert_eq!(status, Some(0));
    assert!(
        text.starts_with("tiny/client: 1 message skipped: the language does not say"),
        "{text}"
    );
    assert_eq!(tiny.with_template("curl ", "fi; curl ").faults(), ["syntax"]);
}

/// Standard output of a run over the honest client and another one, whose template is `template`.
fn text_of_two(tiny: Tiny, template: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let tiny = tiny
        .with_more("[client.other]\ntitle = 'other'\ndocs = 'https://example.org/'\n")
        .with_options(&["--target", "tiny/other"]);
    let mut command = tiny.command(folder.path());
    let template = format!("{NOTHING}{template}");
    fs::write(folder.path().join("templates/tiny/other.tera"), template).unwrap();
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn several_targets_end_in_a_table_of_totals() {
    let text = text_of_two(Tiny::honest(), "true\n");
    let table = "| target | exact | semantic | lossy | unsupported | failed | skipped |\n\
        |---|--:|--:|--:|--:|--:|--:|\n\
        | `tiny/client` | 1 | 0 | 0 | 0 | 0 | 0 |\n\
        | `tiny/other` | 0 | 0 | 0 | 0 | 1 | 0 |\n\
        \n1 passed, 1 failed, 0 skipped\n";
    assert!(text.ends_with(table), "{text}");
}

#[test]
fn a_check_of_several_targets_ends_in_a_table_of_tools() {
    let tools = "[run]\nsyntax = ['sh', '-n', '{file}']\nlint = ['no-such-linter', '{file}']\n";
    let tiny = Tiny::honest().with_language("[run]\n", tools).with_options(&["--format-check"]);
    let text = text_of_two(tiny, "fi\n");
    let table = "| target | syntax | format | lint |\n\
        |---|--:|--:|--:|\n\
        | `tiny/client` | 1 of 1 | no tool | there is no `no-such-linter` |\n\
        | `tiny/other` | 0 of 1 | no tool | there is no `no-such-linter` |\n\n";
    assert!(text.contains(table), "{text}");
}

#[test]
fn what_is_recorded_is_the_code_without_options() {
    for option in [&["--secrets", "env"][..], &["-O", "timeout=1"], &["--env-var", "A:x"]] {
        let (output, _folder) =
            Tiny::honest().with_options(&["--ledger", "ledger"]).with_options(option).verify();
        assert_eq!(output.status.code(), Some(2), "{option:?}");
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(text.contains("'--ledger <DIR>' cannot be used with"), "{text}");
    }
}
