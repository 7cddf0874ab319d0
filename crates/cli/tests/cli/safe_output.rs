//! What is written stays in its folder, under plain names, and is whole.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::program::{command, empty_folder, list_files, root, run, run_with, text, write};

const PNG: &str = "tests/requests/put-binary-png.http";

#[test]
fn a_link_in_the_place_of_a_file_is_replaced() {
    let folder = empty_folder("link-file");
    write(&folder.join("victim"), "mine");
    write(&folder.join("out/put/keep"), "");
    symlink(folder.join("victim"), folder.join("out/put/python-requests.py")).unwrap();
    let ran = run(&["to", "python", "examples/put.http", "-o", text(&folder.join("out/"))]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(fs::read_to_string(folder.join("victim")).unwrap(), "mine");
    let written = folder.join("out/put/python-requests.py");
    assert!(!written.is_symlink() && fs::read_to_string(written).unwrap().contains("requests"));
}

#[test]
fn a_link_in_the_place_of_a_folder_is_refused() {
    let folder = empty_folder("link-folder");
    fs::create_dir_all(folder.join("elsewhere")).unwrap();
    fs::create_dir_all(folder.join("out")).unwrap();
    symlink(folder.join("elsewhere"), folder.join("out/put")).unwrap();
    let ran = run(&["to", "python", "examples/put.http", "-o", text(&folder.join("out/"))]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("error[output-path]") && ran.stderr.contains("link"), "{ran:?}");
    assert_eq!(fs::read_dir(folder.join("elsewhere")).unwrap().count(), 0);
}

#[test]
fn a_dangling_link_beside_the_file_is_replaced() {
    let folder = empty_folder("link-beside");
    fs::create_dir_all(&folder).unwrap();
    symlink(folder.join("nowhere"), folder.join("body.png")).unwrap();
    let ran = run(&["to", "python", PNG, "-o", text(&folder.join("put.py"))]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!folder.join("nowhere").exists() && !folder.join("body.png").is_symlink());
}

#[test]
fn names_of_lines_become_plain_names_of_folders() {
    let folder = empty_folder("line-names");
    let names = [
        "a:b",
        "CON",
        "-rf",
        "\u{1b}[31mred",
        "\u{202e}gnp.x",
        "new\nline",
        "../../up",
        "a/b/c.http",
        "",
        "....",
        "é",
    ];
    let message = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
    let lines: String = names
        .iter()
        .map(|name| serde_json::json!({ "name": name, "message": message }).to_string() + "\n")
        .collect();
    let mut to = command(&["to", "python", "--ndjson", "-o", text(&folder.join("out/"))]);
    let ran = run_with(&mut to, lines.as_bytes());
    assert_eq!(ran.status, 0, "{ran:?}");
    let files = list_files(&folder);
    assert_eq!(files.len(), names.len(), "{files:?}");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    for file in files {
        let name = file.strip_prefix("out/").unwrap();
        assert!(name.chars().all(is_plain) && !name.starts_with(['-', '.']), "{name:?}");
        assert!(!name.starts_with("CON/"), "{name:?}");
    }
    assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{ran:?}");
}

/// The limit of a file's size makes the write fail in its middle, as a full disk does.
#[test]
fn a_write_that_fails_leaves_what_was_there() {
    for (options, file) in [("to python", "put.py"), ("to all --json", "all.ndjson")] {
        let folder = empty_folder("full-disk");
        write(&folder.join(file), "before");
        let script = format!(
            "trap '' XFSZ; ulimit -f 0; exec {} {options} examples/put.http -o {}",
            env!("CARGO_BIN_EXE_requote"),
            text(&folder.join(file)),
        );
        let mut shell = Command::new("sh");
        let ran = run_with(shell.args(["-c", &script]).current_dir(root()), b"");
        assert_ne!(ran.status, 0, "{ran:?}");
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), "before");
        assert_eq!(list_files(&folder), [file], "nothing is left beside it");
    }
}

#[test]
fn a_new_file_may_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = empty_folder("mode");
    let script = format!(
        "umask 022; exec {} to python examples/put.http -o {}",
        env!("CARGO_BIN_EXE_requote"),
        text(&folder.join("put.py")),
    );
    let mut shell = Command::new("sh");
    assert_eq!(run_with(shell.args(["-c", &script]).current_dir(root()), b"").status, 0);
    let mode = fs::metadata(folder.join("put.py")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}

#[test]
fn what_is_no_regular_file_takes_what_comes() {
    let ran = run(&["to", "python", "examples/put.http", "-o", "/dev/null"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_pipe_among_templates_is_not_waited_for() {
    let folder = empty_folder("fifo");
    fs::create_dir_all(folder.join("python")).unwrap();
    let made = Command::new("mkfifo").arg(folder.join("python/requests.tera")).status();
    assert!(made.unwrap().success());
    let ran = run(&["to", "python", "examples/put.http", "--templates", text(&folder)]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stderr.contains("not a regular file"), "{ran:?}");
}
