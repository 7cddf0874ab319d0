//! `requote template watch`: each save shows what became of the snippet.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::process::{ChildStdout, Stdio};

use crate::program::{command, empty_folder, run_with};

/// The lines up to one that holds `text`.
fn lines_to(lines: &mut Lines<BufReader<ChildStdout>>, text: &str) -> String {
    let mut seen = String::new();
    for line in lines {
        let line = line.unwrap();
        seen = seen + &line + "\n";
        if line.contains(text) {
            return seen;
        }
    }
    panic!("no {text:?} in {seen}");
}

#[test]
fn each_save_shows_what_changed() {
    let folder = empty_folder("template-watch");
    let new = run_with(command(&["template", "new", "own/client"]).current_dir(&folder), b"");
    assert_eq!(new.status, 0, "{}", new.stderr);
    fs::write(folder.join("a.http"), "GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n").unwrap();
    let mut watching = command(&["template", "watch", "own", "a.http"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    let first = lines_to(&mut lines, "own/client: exact");
    assert!(first.starts_with("request = new_request(\"GET\", "), "{first}");

    let path = folder.join("templates/own/client.tera");
    let template = fs::read_to_string(&path).unwrap();
    fs::write(&path, template.replace("request.send()", "request.go()")).unwrap();
    let changed = lines_to(&mut lines, "own/client: exact");
    for expected in ["-print(request.send())\n", "+print(request.go())\n"] {
        assert!(changed.contains(expected), "{changed}");
    }
    // A fault is told with its place, and the next save mends it.
    fs::write(&path, template.replace("h.value", "h.valeu")).unwrap();
    lines_to(&mut lines, "templates/own/client.tera:5:44");
    fs::write(&path, template.replace("request.send()", "request.go()")).unwrap();
    lines_to(&mut lines, "own/client: exact");
    // So does the request.
    fs::write(folder.join("a.http"), "PUT /a HTTP/1.1\r\nHost: example.org\r\n\r\n").unwrap();
    let changed = lines_to(&mut lines, "own/client: exact");
    assert!(changed.contains("+request = new_request(\"PUT\", "), "{changed}");
    watching.kill().unwrap();
    watching.wait().unwrap();
}
