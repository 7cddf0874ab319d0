use super::*;

fn run_shell(session: &Session, script: &str, limit: Duration) -> Finished {
    let words = ["sh", "-c", script].map(str::to_owned);
    let env = BTreeMap::from([("GIVEN".to_owned(), "yes".to_owned())]);
    let folder = session.root();
    run(
        session,
        &Task { words: &words, folder, env: &env, limit, network: NetworkAccess::Loopback },
    )
}

fn session() -> Session {
    Session::open().expect("a session")
}

const SOON: Duration = Duration::from_secs(10);

#[test]
fn status_and_output_are_kept() {
    let finished = run_shell(&session(), "echo out; echo err >&2; exit 7", SOON);
    assert_eq!(
        finished,
        Finished { end: End::Status(7), stdout: b"out\n".to_vec(), stderr: b"err\n".to_vec() }
    );
}

#[test]
fn output_without_end_is_bounded() {
    let finished = run_shell(&session(), "head -c 3000000 /dev/zero; echo last", SOON);
    assert_eq!(finished.end, End::Status(0));
    assert_eq!(finished.stdout.len(), KEPT_OUTPUT + KEPT_END);
    assert!(finished.stdout.ends_with(b"last\n"), "the end is kept");
}

#[test]
fn the_limit_ends_the_whole_group() {
    let started = Instant::now();
    let finished =
        run_shell(&session(), "sleep 60 & echo $!; sleep 60", Duration::from_millis(300));
    assert_eq!(finished.end, End::TimedOut(Duration::from_millis(300)));
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_gone(&finished.stdout);
}

#[test]
fn what_a_program_leaves_behind_is_ended_with_it() {
    let finished = run_shell(&session(), "sleep 60 & echo $!", SOON);
    assert_eq!(finished.end, End::Status(0));
    assert_gone(&finished.stdout);
}

fn assert_gone(pid: &[u8]) {
    let pid: i32 = String::from_utf8_lossy(pid).trim().parse().expect("a process id");
    let pid = rustix::process::Pid::from_raw(pid).expect("not 0");
    // An orphan is a zombie until it is reaped by whoever inherits it.
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    for _ in 0..100 {
        let zombie = state().is_ok_and(|stat| stat.contains(") Z "));
        if zombie || rustix::process::test_kill_process(pid).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the process still runs");
}

#[test]
fn the_environment_is_what_toolchains_need_and_no_more() {
    let finished = run_shell(&session(), "env", SOON);
    let env = String::from_utf8(finished.stdout).unwrap();
    assert!(env.contains("\nPATH=") || env.starts_with("PATH="), "{env}");
    assert!(env.contains("GIVEN=yes"), "{env}");
    assert!(!env.contains("CARGO_MANIFEST_DIR_OF_NOBODY"), "{env}");
    assert!(is_named("CARGO_HOME", "CARGO_*") && !is_named("CARGOHOME", "CARGO_*"));
    assert!(!INHERITED.iter().any(|known| is_named("NODE_OPTIONS", known)));
}

#[test]
fn a_missing_program_is_named_as_such() {
    let words = ["no-such-program-anywhere".to_owned()];
    let session = session();
    let task = Task {
        words: &words,
        folder: session.root(),
        env: &BTreeMap::new(),
        limit: SOON,
        network: NetworkAccess::Loopback,
    };
    assert_eq!(run(&session, &task).end, End::Missing);
}

#[test]
fn a_program_by_relative_path_is_sought_in_its_folder() {
    assert_eq!(resolve("./a.out", Path::new("/x")), Path::new("/x/./a.out"));
    assert_eq!(resolve("python3", Path::new("/x")), Path::new("python3"));
    assert_eq!(resolve("/bin/sh", Path::new("/x")), Path::new("/bin/sh"));
}
