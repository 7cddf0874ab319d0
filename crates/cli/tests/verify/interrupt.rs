//! Ctrl-C leaves no process and no folder behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::tiny::{NOTHING, Tiny, left_in};

const PATIENCE: Duration = Duration::from_secs(20);

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}: never");
        thread::sleep(Duration::from_millis(20));
    }
}

fn signal(name: &str, pid: &str) -> bool {
    let kill = Command::new("kill").args([name, pid]).stderr(Stdio::null()).status();
    kill.expect("kill runs").success()
}

/// Whether the process runs; one that is dead and not yet reaped does not.
fn is_running(pid: &str) -> bool {
    let state = Command::new("ps").args(["-o", "stat=", "-p", pid]).output().expect("ps runs");
    let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

/// Verifies a snippet that writes the ids of its processes to a file and hangs; interrupts it.
fn interrupt(tiny: &Tiny, folder: &Path) {
    let pids = folder.join("pids");
    let mut child = tiny.command(folder).stdout(Stdio::null()).spawn().expect("the program runs");
    wait_until("the snippet starts", || {
        fs::read_to_string(&pids).is_ok_and(|text| text.lines().count() == 2)
    });
    let pids = fs::read_to_string(pids).unwrap();
    assert!(pids.lines().all(is_running));
    assert!(signal("-INT", &child.id().to_string()));
    assert_eq!(child.wait().unwrap().code(), Some(130));
    for pid in pids.lines() {
        wait_until("the snippet's processes end", || !is_running(pid));
    }
    assert_eq!(left_in(&folder.join("tmp")), Vec::<PathBuf>::new(), "left behind");
}

fn hanging(folder: &Path) -> String {
    let pids = folder.join("pids");
    format!("sleep 300 & echo $$ >> {0}; echo $! >> {0}; wait\n", pids.display())
}

#[test]
fn while_a_snippet_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut tiny = Tiny::honest();
    tiny.template = format!("{NOTHING}{}", hanging(folder.path()));
    tiny.options = vec!["--timeout", "120"];
    interrupt(&tiny, folder.path());
}

#[test]
fn while_a_workspace_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let setup =
        format!("[run.workspace]\nsetup = [['sh', '-c', '''{}''']]\n", hanging(folder.path()));
    let tiny = Tiny::honest().with_language("[client.client]", &format!("{setup}[client.client]"));
    interrupt(&tiny, folder.path());
    let cache = folder.path().join("cache/requote/verify");
    assert!(!left_in(&cache).iter().any(|path| path.is_dir()), "a half-built workspace is left");
}
