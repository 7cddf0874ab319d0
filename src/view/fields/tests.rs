//! What becomes of fields, for clients made of single facts.

use crate::language::Client;
use crate::parse::parse;
use crate::view::{Options, Outcome, View};

/// A client of these facts; a table `field` may follow.
fn client(facts: &str) -> Client {
    let table = format!("title = 'C'\ndocs = 'https://c.example/'\n{facts}");
    toml::from_str(&table).expect("a client")
}

/// Code and `arrives` of a diagnostic.
type Told = (String, Option<String>);

/// The outcome, the fields as they are written, and code and `arrives` of each diagnostic.
fn decide(facts: &str, fields: &str) -> (Outcome, Vec<String>, Vec<Told>) {
    let bytes =
        format!("GET / HTTP/1.1\r\nHost: h\r\n{}\r\n", fields.replace('|', "\r\n") + "\r\n");
    let message = parse(bytes.as_bytes()).expect("a message");
    let client = client(facts);
    let view = View::new(&message, &client, &Options::default());
    let written = view
        .headers
        .iter()
        .map(|field| format!("{}: {}", field.name, String::from_utf8_lossy(&field.bytes)));
    let told = view.diagnostics.iter().map(|it| (it.code.to_string(), it.arrives.clone()));
    (view.outcome, written.collect(), told.collect())
}

const JOINED: &str = "[[field]]\neffect = 'joined'\n";

#[test]
fn lines_of_a_list_are_joined_and_mean_the_same() {
    let (outcome, written, told) = decide(JOINED, "A: 1|B: 2|a: 3|A:");
    assert_eq!(outcome, Outcome::Semantic);
    assert_eq!(written, ["A: 1, 3,", "B: 2"]);
    assert_eq!(told, [("header-joined".to_owned(), Some("1, 3,".to_owned()))]);
}

#[test]
fn cookies_are_joined_by_a_semicolon_and_singletons_are_a_warning() {
    let (outcome, written, told) = decide(JOINED, "Cookie: a=b|Cookie: c=d");
    assert_eq!((outcome, written), (Outcome::Semantic, vec!["Cookie: a=b; c=d".to_owned()]));
    assert_eq!(told, [("header-joined".to_owned(), Some("a=b; c=d".to_owned()))]);
    let (outcome, _, told) = decide(JOINED, "Date: 1|Date: 2");
    assert_eq!(outcome, Outcome::Lossy);
    assert_eq!(told, [("singleton-joined".to_owned(), Some("1, 2".to_owned()))]);
}

#[test]
fn a_name_gets_one_verdict() {
    let kept = "[[field]]\neffect = 'kept'\nnames = ['cookie']\n";
    for facts in [format!("{kept}{JOINED}"), format!("{JOINED}{kept}")] {
        let (outcome, written, told) = decide(&facts, "Cookie: a=b|Cookie: c=d");
        assert_eq!((outcome, written.len()), (Outcome::Lossy, 0));
        assert_eq!(told, [("header-forbidden".to_owned(), None)]);
    }
    let control = "[[field]]\neffect = 'dropped'\nvalue = 'control'\n";
    let (_, written, told) = decide(&format!("{control}{JOINED}"), "A: \x01|A: 2|A: 3");
    assert_eq!(written, ["A: 2, 3"]);
    assert_eq!(told, [("header-dropped".to_owned(), Some("2, 3".to_owned()))]);
}

#[test]
fn what_a_client_changes_is_told_as_it_arrives() {
    for (facts, fields, code, arrives) in [
        ("effect = 'replaced'\nnames = ['a']", "A: 1", "header-replaced", None),
        (
            "effect = 'replaced'\nnames = ['a']\nwith = 'x'",
            "A: 1|A: 2",
            "header-replaced",
            Some("x"),
        ),
        ("effect = 'trimmed'\nwith = '.'", "A: .1", "header-changed", Some("1")),
        ("effect = 'trimmed'\nwith = '.'", "A: .1|A: 2", "header-changed", Some("1\n2")),
        (
            "effect = 'substituted'\nvalue = 'control'\nwith = '?'",
            "A: \x01",
            "header-changed",
            Some("?"),
        ),
        ("effect = 'appended'\nwith = 'x'", "A: 1", "header-changed", Some("1, x")),
        (
            "effect = 'joined'\n[[field]]\neffect = 'appended'\nwith = 'x'\n[[field]]\neffect = 'appended'\nwith = 'y'",
            "A: 1|A: Y",
            "header-changed",
            Some("1, Y, x"),
        ),
        ("effect = 'dropped'\nvalue = 'empty'", "A:|A: 1", "header-dropped", Some("1")),
    ] {
        let (outcome, _, told) = decide(&format!("[[field]]\n{facts}\n"), fields);
        assert_eq!(outcome, Outcome::Lossy, "{facts}");
        assert_eq!(told, [(code.to_owned(), arrives.map(str::to_owned))], "{facts}");
    }
}

#[test]
fn another_letter_case_of_a_name_is_a_note_without_a_difference() {
    let (outcome, written, told) = decide("[names]\ncase = 'capitalized'\n", "x-LOW: 1|Abc: 2");
    assert_eq!((outcome, written.len()), (Outcome::Exact, 2));
    assert_eq!(told, [("header-case".to_owned(), Some("X-Low".to_owned()))]);
    let (_, _, told) = decide("[names]\ncase = 'capitalized'\nkeeps = ['*']\n", "x-LOW: 1");
    assert_eq!(told, []);
    let (_, _, told) = decide("cookies = true\n", "cookie: a=b");
    assert_eq!(told, [("header-case".to_owned(), Some("Cookie".to_owned()))]);
}

#[test]
fn what_the_connection_is_asked_for_is_written_and_its_framing_is_not() {
    let fields = "Connection: close|Connection: TE|TE: trailers|Expect: 100-continue|Keep-Alive: 1";
    let (outcome, written, told) = decide("", fields);
    assert_eq!(written, ["Connection: TE", "TE: trailers"]);
    assert_eq!((outcome, told), (Outcome::Exact, vec![]));
}

#[test]
fn a_method_is_refused_once() {
    let facts =
        "[[method]]\neffect = 'upper-case'\n[[method]]\neffect = 'refused'\nmethods = ['gET']\n";
    let message = parse(b"gET / HTTP/1.1\r\nHost: h\r\n\r\n").expect("a message");
    let client = client(facts);
    let view = View::new(&message, &client, &Options::default());
    assert_eq!(view.outcome, Outcome::Unsupported);
    let codes: Vec<&str> = view.diagnostics.iter().map(|it| &*it.code).collect();
    assert_eq!(codes, ["method-changed"]);
}
