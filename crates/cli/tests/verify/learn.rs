//! `requote template learn`: what a client does is read off the wire.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::tiny::Tiny;

const MESSAGES: [(&str, &str); 4] = [
    ("plain.http", "GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n"),
    ("dots.http", "GET /a/../b?c=d HTTP/1.1\r\nHost: example.com\r\n\r\n"),
    ("two.http", "GET /c HTTP/1.1\r\nHost: example.com\r\nX-Two: 2\r\nX-Other: 3\r\n\r\n"),
    ("body.http", "PUT /d HTTP/1.1\r\nHost: example.com\r\nContent-Length: 1\r\n\r\nx"),
];

fn requote(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_requote"));
    command.current_dir(folder).args(args).env_remove("REQUOTE_TEMPLATES");
    command.output().expect("the program runs")
}

/// What `learn` prints: the facts, what it says, and its exit status.
fn learn(tiny: &Tiny, folder: &Path) -> (String, String, Option<i32>) {
    tiny.write(folder);
    let mut args = vec!["template", "learn", "tiny", "--timeout", "20"];
    for (name, message) in MESSAGES {
        fs::write(folder.join(name), message).expect("a file");
        args.push(name);
    }
    let Output { stdout, stderr, status } = requote(folder, &args);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(stdout), text(stderr), status.code())
}

#[test]
fn what_the_wire_shows_becomes_facts_with_which_all_is_true() {
    let folder = TempDir::new().expect("a folder");
    // It normalises paths, adds three fields, one of them only with a body, and loses X-Two.
    let mut tiny = Tiny::honest()
        .with_template(" --path-as-is", "")
        .with_template(
            "--header {{ (h.name ~ \": \" ~ h.value) | str }}",
            "{% if h.name != \"X-Two\" %}--header {{ (h.name ~ \": \" ~ h.value) | str }}{% endif %}",
        )
        .with_nothing()
        .with_language("adds = [\"accept\", \"user-agent\"]\n", "");
    let (facts, said, status) = learn(&tiny, folder.path());
    assert!(said.contains("0 of 4 requests arrive as it is told; 4 with these facts\n"), "{said}");
    assert_eq!(status, Some(0), "{said}");
    for expected in [
        "\"accept\"",
        "{ name = \"content-type\", when = { body = [\"some\"] } }",
        "plain = [\"dot-segments\"]",
        "effect = \"dropped\"\n",
        "names = [\"x-two\"]",
    ] {
        assert!(facts.contains(expected), "{expected}: {facts}");
    }
    // Pasted, they make `verify` content, and there is nothing more to learn.
    tiny =
        tiny.with_language("header = { text = \"utf-8\" }\n", "header = { text = \"utf-8\" }\nGAP");
    let facts = facts.split_once("[client.client]\n").expect("the client's table").1;
    tiny = tiny.with_language("GAP", facts);
    let (facts, said, status) = learn(&tiny, folder.path());
    assert!(facts.is_empty() && status == Some(0), "{facts}{said}");
    assert!(said.contains("4 of 4 requests arrive as it is told"), "{said}");
}

#[test]
fn what_no_fact_explains_is_told() {
    let folder = TempDir::new().expect("a folder");
    let broken = Tiny::honest().with_template("curl ", "echo 'no such module' >&2; exit 3\ncurl ");
    let (facts, said, status) = learn(&broken, folder.path());
    assert_eq!((facts.as_str(), status), ("", Some(1)), "{said}");
    assert!(said.contains("plain.http: the snippet failed"), "{said}");
    assert!(said.contains("(no such module)"), "{said}");
    let missing =
        Tiny::honest().with_language("[\"curl\", \"--version\"]", "[\"no-such-program\"]");
    let (facts, said, status) = learn(&missing, folder.path());
    assert_eq!((facts.as_str(), status), ("", Some(1)), "{said}");
    assert!(said.starts_with("tiny/client did not run: "), "{said}");
}
