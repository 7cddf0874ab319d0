//! What is built once.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::tiny::{Tiny, left_in};

/// A workspace whose setup writes down that it ran.
fn with_setup(setup: &str) -> Tiny {
    let table = format!("[run.workspace]\nfiles = {{ 'a/b.txt' = 'text' }}\nsetup = [{setup}]\n");
    let tiny = Tiny::honest();
    let language = tiny.language.replace("[client.client]", &format!("{table}[client.client]"));
    let tiny = Tiny { language, ..tiny };
    tiny.with_language("[\"sh\", \"{file}\"]", "[\"sh\", \"{workspace}/run.sh\", \"{file}\"]")
}

#[test]
fn a_setup_runs_once_and_is_used_again() {
    let setup = "['sh', '-c', 'echo once >> log; test -f a/b.txt'], \
        ['sh', '-c', 'echo \"exec sh \\\"\\$1\\\"\" > {workspace}/run.sh']";
    let tiny = with_setup(setup).with_options(&["--json"]);
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let output = tiny.command(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let cache = folder.path().join("cache/requote/verify");
    let built: Vec<_> = left_in(&cache).into_iter().filter(|path| path.is_dir()).collect();
    assert_eq!(built.len(), 1);
    assert_eq!(fs::read_to_string(built[0].join("log")).unwrap(), "once\n");
}

#[test]
fn a_setup_that_fails_is_told_and_leaves_nothing() {
    let tiny = with_setup("['sh', '-c', 'echo no such library >&2; exit 4']");
    let folder = tempfile::tempdir().unwrap();
    let output = tiny.command(folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("no such library") && text.contains("exit status 4"), "{text}");
    let cache = folder.path().join("cache/requote/verify");
    assert!(!left_in(&cache).iter().any(|path| path.is_dir()));
}

#[test]
fn a_session_does_not_wait_for_another_that_uses_the_same_workspace() {
    let setup = "['sh', '-c', 'echo \"exec sh \\\"\\$1\\\"\" > {workspace}/run.sh']";
    let folder = tempfile::tempdir().unwrap();
    assert!(with_setup(setup).command(folder.path()).output().unwrap().status.success());
    let wait = "touch ../../started; while test ! -e ../../go; do sleep 0.1; done; curl ";
    let mut slow = with_setup(setup).with_template("curl ", wait);
    slow.options = vec!["--timeout", "60"];
    let mut slow = slow.command(folder.path()).stdout(Stdio::null()).spawn().unwrap();
    while !folder.path().join("tmp/started").exists() {
        assert!(slow.try_wait().unwrap().is_none(), "it ended before its snippet ran");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(with_setup(setup).command(folder.path()).output().unwrap().status.success());
    assert!(slow.try_wait().unwrap().is_none(), "the second session waited for the first");
    fs::write(folder.path().join("tmp/go"), "").unwrap();
    assert!(slow.wait().unwrap().success());
}
