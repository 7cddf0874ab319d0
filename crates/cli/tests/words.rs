//! What people read: the console blocks of the README, and the help pages.
//!
//! `SNAPSHOTS=overwrite cargo test -p requote-cli --test words` writes the help pages again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::{Assert, Data, IntoData};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the program prints: standard error, then standard output.
fn print(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_requote"));
    command.args(args).current_dir(root()).env("COLUMNS", "100").env_remove("CLICOLOR_FORCE");
    let output = command.output().unwrap();
    String::from_utf8([output.stderr, output.stdout].concat()).unwrap()
}

#[test]
fn the_console_blocks_of_the_readme_are_what_the_program_prints() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut count = 0;
    for block in readme.split("```console\n").skip(1) {
        let (block, _) = block.split_once("\n```\n").expect("the end of a block");
        let (command, shown) = block.split_once('\n').expect("a command and what it prints");
        let args = command.strip_prefix("$ requote ").expect("a command of the program");
        let args: Vec<&str> = args.split(' ').collect();
        assert_eq!(print(&args).trim_end(), shown, "{command}");
        count += 1;
    }
    assert!(count >= 2, "the README has {count} console blocks");
}

#[test]
fn the_help_pages_are_approved() {
    let folder = root().join("crates/cli/tests/help");
    let assert = Assert::new().action_env("SNAPSHOTS");
    let pages = [
        "to",
        "targets",
        "check",
        "verify",
        "docs",
        "mdbook",
        "site",
        "openapi",
        "template",
        "completions",
        "man",
    ];
    let deeper = ["show", "new", "diff", "docs", "check", "test", "watch", "learn"];
    let short =
        [("short.txt".to_owned(), print(&["-h"])), ("requote.txt".to_owned(), print(&["--help"]))];
    let long = pages.map(|page| (format!("{page}.txt"), print(&[page, "--help"])));
    let deeper =
        deeper.map(|page| (format!("template-{page}.txt"), print(&["template", page, "--help"])));
    for (name, page) in short.into_iter().chain(long).chain(deeper) {
        let approved = Data::read_from(&folder.join(name), None).raw();
        assert.eq(page.into_data().raw(), approved);
    }
    let commands = print(&["-h"]);
    let listed = commands.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for line in listed.lines() {
        let name = line.split_whitespace().next().unwrap();
        assert!(name == "help" || pages.contains(&name), "{name} has no approved page");
    }
}

#[test]
fn the_regions_of_the_documentation_are_up_to_date() {
    assert_eq!(print(&["docs", "--check", "docs/documentation.md"]), "");
    let lines = print(&["docs", "--check", "--json", "docs/documentation.md"]);
    assert_eq!(lines.lines().count(), 1, "{lines}");
}
