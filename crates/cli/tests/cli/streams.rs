//! Exit status, standard output and standard error of `requote to`.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::program::{PLAIN, command, run, run_with};

#[test]
fn code_alone_goes_to_standard_output() {
    let ran = run(&["to", "fetch", "tests/requests/get-cookie.http"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stderr.starts_with("warning[header-forbidden]"), "{}", ran.stderr);
    let json = run(&["to", "fetch", "--json", "tests/requests/get-cookie.http"]);
    assert_eq!(json.lines()[0]["outcome"], "lossy");
    assert_eq!(json.lines()[0]["code"], ran.stdout.as_str());
    assert_eq!(json.stderr, "");
}

#[test]
fn a_message_is_read_from_standard_input() {
    let plain = run_with(&mut command(&["to", "curl"]), PLAIN);
    assert_eq!((plain.status, plain.stderr.as_str()), (0, ""));
    assert!(plain.stdout.contains("https://example.org/a"));
    assert_eq!(run_with(&mut command(&["to", "curl", "-"]), PLAIN).stdout, plain.stdout);
    let twice = run_with(&mut command(&["to", "curl", "-", "-"]), PLAIN);
    assert_eq!((twice.status, twice.stdout.as_str()), (2, ""));
    assert!(twice.stderr.starts_with("error[input-repeated]"), "{}", twice.stderr);
}

#[test]
fn an_unknown_target_is_wrong_usage_before_any_work() {
    let ran = run(&["to", "python,pyton", "examples/put.http"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("no target `pyton`; did you mean `python`?"), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: `requote targets`"), "{}", ran.stderr);
}

#[test]
fn a_forgotten_target_is_recognised() {
    let ran = run(&["to", "examples/put.http"]);
    assert_eq!(ran.status, 2);
    let help = "help: the target comes first: requote to python examples/put.http";
    assert!(ran.stderr.contains(help), "{}", ran.stderr);
}

#[test]
fn wrong_usage_has_status_2() {
    for args in
        [&[][..], &["to"], &["to", "curl", "--body", "x"], &["frm"], &["to", ""], &["to", "curl,"]]
    {
        let ran = run(args);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
    assert!(run(&[]).stderr.contains("Usage: requote"));
}

#[test]
fn one_bad_message_fails_and_the_others_are_done() {
    let (bad, good) = ("tests/rejects/chunk-size.http", "examples/put.http");
    let alone = run(&["to", "python", good]);
    let ran = run(&["to", "python", bad, "no/such.http", good, "src"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.stdout, alone.stdout);
    assert!(ran.stderr.contains("error[chunk-size]"), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("--> {bad}:5:1")), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[input-unreadable]: cannot read `no/such.http`"));
    assert!(ran.stderr.contains("error[input-unreadable]: cannot read `src`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: name a file"), "{}", ran.stderr);
}

#[test]
fn an_unsupported_target_fails_with_targets_that_can() {
    let ran = run(&["to", "fetch,curl", "tests/requests/get-with-body.http"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.stdout, run(&["to", "curl", "tests/requests/get-with-body.http"]).stdout);
    assert!(ran.stderr.contains("→ javascript/fetch: unsupported\nerror["), "{}", ran.stderr);
    assert!(ran.stderr.contains("targets that can: `"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`shell/curl`"), "{}", ran.stderr);
}

#[test]
fn strict_makes_lossy_a_failure_and_writes_the_code() {
    let lossy = "tests/requests/get-cookie.http";
    let lenient = run(&["to", "fetch", lossy]);
    let strict = run(&["to", "fetch", "--strict", lossy]);
    assert_eq!((lenient.status, strict.status), (0, 1));
    assert_eq!(lenient.stdout, strict.stdout);
    assert!(strict.stderr.contains("error[strict]: javascript/fetch is lossy"));
    assert_eq!(run(&["to", "fetch", "--strict", "--json", lossy]).status, 1);
    assert_eq!(run(&["to", "curl", "--strict", lossy]).status, 0);
}

#[test]
fn several_snippets_are_parted_by_a_blank_line() {
    let alone = |target| run(&["to", target, "tests/requests/get-plain.http"]).stdout;
    let ran = run(&["to", "python,curl,python/requests", "tests/requests/get-plain.http"]);
    assert_eq!(ran.stdout, format!("{}\n{}", alone("python"), alone("curl")));
    let head = |target| format!("tests/requests/get-plain.http → {target}: exact\n");
    assert_eq!(ran.stderr, head("python/requests") + &head("shell/curl"));
}

#[test]
fn attachments_are_announced() {
    let ran = run(&["to", "python", "tests/requests/put-binary-png.http"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("body.png"));
    assert!(ran.stderr.contains("note[attachment-unwritten]: the snippet reads `body.png`"));
    assert!(ran.stderr.contains("help: `-o PATH`"), "{}", ran.stderr);
}

#[test]
fn options_reach_the_engine() {
    let url = |args: &[&str]| run_with(&mut command(args), PLAIN).stdout;
    assert!(url(&["to", "python", "--scheme", "http"]).contains("\"http://example.org/a\""));
    assert!(url(&["to", "python"]).contains("\"https://example.org/a\""));
    let compact = "tests/requests/put-json-compact.http";
    let native = run(&["to", "python", "--body", "native", compact]).stdout;
    let exact = run(&["to", "python", "--body", "exact", compact]).stdout;
    assert!(native.contains("json=") && !exact.contains("json="), "{native}{exact}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child =
        command(&["to", "all", "--json", "tests/requests/put-64k.http", "examples/put.http"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("{\"schema\":1,\"file\":\"tests/requests/put-64k.http\""));
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let inputs: [&[&str]; 6] = [
        &["to", "python", "tests/requests/get-plain.http"],
        &["to", "python", "--json", "tests/requests/get-plain.http"],
        &["targets"],
        &["targets", "--json"],
        &["completions", "bash"],
        &["man"],
    ];
    for args in inputs {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command(args).stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(
            stderr.starts_with("error[output-failed]: cannot write to standard output"),
            "{stderr}"
        );
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_to_a_closed_standard_output_is_an_error() {
    let run = |line: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", line]).env("requote", env!("CARGO_BIN_EXE_requote"));
        let output = shell.current_dir(crate::program::root()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let commands = [
        "to python tests/requests/get-plain.http",
        "to python --json tests/requests/get-plain.http",
        "check --json tests/requests/get-plain.http",
        "targets",
        "targets --json",
        "template show",
        "template show python/requests.tera",
        "template docs",
        "template diff tests",
        "verify -t all --needs",
        "verify -t http tests/requests/get-plain.http",
        "completions bash",
        "man",
        "--help",
        "to --help",
        "--version",
    ];
    // `1<`: open, but for reading only.
    for closed in [">&-", "1</dev/null"] {
        for command in commands {
            let (status, told) = run(&format!("\"$requote\" {command} {closed}"));
            assert_eq!(status, Some(1), "{command} {closed}: {told}");
            let first = told.lines().find(|line| line.starts_with("error"));
            let expected =
                "error[output-failed]: cannot write to standard output: it is not open for writing";
            assert_eq!(first, Some(expected), "{command} {closed}: {told}");
        }
        // Nothing is lost where nothing is written there.
        let file = tempfile::NamedTempFile::new().unwrap();
        let place = file.path().display();
        let line =
            format!("\"$requote\" to python tests/requests/get-plain.http -o {place} {closed}");
        assert_eq!(run(&line), (Some(0), String::new()));
        assert!(std::fs::read_to_string(file.path()).unwrap().contains("requests.get"));
    }
    for open in [">/dev/null", "1<>/dev/null", "| cat"] {
        let line = format!("\"$requote\" to python tests/requests/get-plain.http {open}");
        assert_eq!(run(&line), (Some(0), String::new()), "{open}");
    }
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let stderr = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(args);
        let ran = run_with(command.envs(variables.iter().copied()), b"x");
        assert!(ran.stderr.contains("error"), "{}", ran.stderr);
        ran.stderr.contains('\x1b')
    };
    assert!(!stderr(&["check"], &[]));
    assert!(stderr(&["check", "--color", "always"], &[]));
    assert!(stderr(&["--color=always", "check"], &[("NO_COLOR", "1")]));
    assert!(stderr(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!stderr(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!stderr(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
