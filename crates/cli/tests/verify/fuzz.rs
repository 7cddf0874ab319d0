//! Random hostile requests.

use std::fs;
use std::process::Command;

use crate::tiny::Tiny;

fn fuzz(tiny: Tiny, count: &'static str) -> (Option<i32>, String) {
    let (output, _folder) =
        tiny.with_options(&["--fuzz", count, "--seed", "3", "--jobs", "4"]).verify();
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn the_same_seed_is_the_same_report() {
    let ports_aside = |text: String| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("FAIL")).map(str::to_owned).collect()
    };
    let first = fuzz(Tiny::honest(), "20");
    let second = fuzz(Tiny::honest(), "20");
    assert_eq!(ports_aside(first.1), ports_aside(second.1));
}

/// Quotes that a quote within the text ends: what breaks it is found, and made small.
#[test]
fn a_broken_escape_is_found_and_made_small() {
    let broken = Tiny::honest().with_language(r#"escapes = { "'" = "'\\''" }"#, "escapes = {}");
    let (status, text) = fuzz(broken, "40");
    assert_eq!(status, Some(1));
    let small: Vec<&str> = text.lines().filter(|line| line.starts_with("  printf '")).collect();
    assert!(!small.is_empty(), "{text}");
    for command in small {
        let folder = tempfile::tempdir().unwrap();
        let written = Command::new("sh").arg("-c").arg(command).current_dir(&folder).status();
        assert!(written.unwrap().success(), "{command}");
        let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        let message = fs::read(file).unwrap();
        assert!(message.len() < 200, "{command}");
        requote::parse(&message).expect("a message");
    }
}
