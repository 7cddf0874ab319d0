use requote::Outcome;
use requote::diagnostic::{Affect, Diagnostic};
use requote::parse::{WireStatus, parse, parse_wire};

use super::judge::{Claim, ClaimViolation, judge, judge_unrun, outcome_of};
use super::*;

const HEAD: &str = "PUT /x HTTP/1.1\r\nHost: a\r\n";

/// Compares two requests that share their beginning and have these field lines and bodies.
fn compare_rest(sent: (&str, &str), captured: (&str, &str)) -> Comparison {
    let write = |(fields, body): (&str, &str)| {
        let mut lines = fields.replace('|', "\r\n");
        lines.push_str(if fields.is_empty() { "" } else { "\r\n" });
        format!("{HEAD}{lines}Content-Length: {}\r\n\r\n{body}", body.len())
    };
    compare_all(&write(sent), &write(captured))
}

fn compare_all(sent: &str, captured: &str) -> Comparison {
    let sent = parse(sent.as_bytes()).expect("a message");
    let Ok(WireStatus::Complete { message, .. }) = parse_wire(captured.as_bytes()) else {
        panic!("no request: {captured}")
    };
    compare(&sent.request, &message.request, captured.as_bytes())
}

/// Part, kind and meaning of each difference of the request, framing apart.
fn differences(comparison: &Comparison) -> Vec<(String, Kind, Meaning)> {
    let counted = comparison.differences.iter().filter(|found| found.meaning != Meaning::Framing);
    counted.map(|found| (found.part.to_string(), found.kind, found.meaning)).collect()
}

#[test]
fn order_of_names_case_of_names_and_framing_do_not_count() {
    let comparison = compare_rest(
        ("X-A: 1|X-B: 2|X-A: 3|Connection: keep-alive|Expect: 100-continue", "b"),
        ("x-b: 2|x-a: 1|X-a: 3|Connection: close|Keep-Alive: 5", "b"),
    );
    assert_eq!(differences(&comparison), []);
    assert_eq!(outcome_of(&comparison.differences), Outcome::Exact);
    assert_eq!(comparison.added, [""; 0]);
}

#[test]
fn what_the_connection_is_asked_for_counts() {
    for (sent, captured, part) in [
        ("Connection: Upgrade|Upgrade: a", "Upgrade: a", "connection"),
        ("Connection: Upgrade", "Connection: Upgrade, Keep-Alive", "connection"),
        ("Connection: close|Connection: TE", "Connection: close", "connection"),
        ("Connection: X", "Connection: X, close", "connection"),
        ("TE: trailers", "Connection: close", "te"),
        ("Trailer: X", "", "trailer"),
        ("Expect: x", "", "expect"),
    ] {
        let comparison = compare_rest((sent, ""), (captured, ""));
        let parts: Vec<String> = differences(&comparison).into_iter().map(|it| it.0).collect();
        assert_eq!(parts, [format!("header:{part}")], "{sent}");
        assert_eq!(outcome_of(&comparison.differences), Outcome::Lossy, "{sent}");
    }
    // A line of `close` that is joined with the line before is still `close`.
    let lines = ("Connection: X|Connection: close", "");
    let comparison = compare_rest(lines, ("Connection: X, Close", ""));
    assert_eq!(differences(&comparison), []);
    let comparison = compare_rest(("Connection: close", ""), ("Connection: TE, close|TE: a", ""));
    assert_eq!(differences(&comparison), []);
    assert_eq!(comparison.added, ["connection", "te"]);
}

#[test]
fn values_are_compared_in_order() {
    let cases = [
        ("X: 1|X: 2", "X: 2|X: 1", Kind::Reordered, Meaning::Other),
        ("X: 1|X: 2", "X: 1, 2", Kind::Joined, Meaning::Same),
        ("X: 1|X: 2|X: 3", "X: 1, 2|X: 3", Kind::Joined, Meaning::Same),
        ("X: 1|X:", "X: 1,", Kind::Joined, Meaning::Same),
        ("X: 1|X: 2", "X: 1,2", Kind::Changed, Meaning::Other),
        ("X: 1|X: 2", "X: 2", Kind::Missing, Meaning::Other),
        ("X: 1", "", Kind::Missing, Meaning::Other),
        ("X:", "", Kind::Missing, Meaning::Other),
        ("X: 1", "X: 1|X: 1", Kind::Extra, Meaning::Other),
        ("X: A", "X: a", Kind::Changed, Meaning::Other),
    ];
    for (sent, captured, kind, meaning) in cases {
        let comparison = compare_rest((sent, ""), (captured, ""));
        assert_eq!(
            differences(&comparison),
            [("header:x".to_owned(), kind, meaning)],
            "{captured}"
        );
    }
}

#[test]
fn a_field_that_is_no_list_does_not_join() {
    let comparison =
        compare_rest(("Authorization: a|Authorization: b", ""), ("Authorization: a, b", ""));
    assert_eq!(outcome_of(&comparison.differences), Outcome::Lossy);
    let comparison = compare_rest(("Origin: a|Origin: b", ""), ("Origin: a, b", ""));
    assert_eq!(outcome_of(&comparison.differences), Outcome::Lossy);
    let comparison = compare_rest(("Cookie: a=1|Cookie: b=2", ""), ("Cookie: a=1; b=2", ""));
    assert_eq!(outcome_of(&comparison.differences), Outcome::Semantic);
    let comparison = compare_rest(("Cookie: a=1|Cookie: b=2", ""), ("Cookie: a=1, b=2", ""));
    assert_eq!(outcome_of(&comparison.differences), Outcome::Lossy);
}

#[test]
fn bodies_are_equal_in_meaning_by_their_media_type() {
    const FORM: &str = "Content-Type: application/x-www-form-urlencoded; charset=utf-8";
    const TEXT: &str = "Content-Type: text/plain";
    const JSON: &str = "Content-Type: application/json";
    let cases = [
        (JSON, r#"{"a":10.0}"#, r#"{ "a": 10 }"#, Outcome::Semantic),
        (JSON, r#"{"a":1}"#, r#"{"a":2}"#, Outcome::Unsupported),
        (JSON, r#"["\ud800",1]"#, r#"[ "\ud800", 1 ]"#, Outcome::Semantic),
        (JSON, r#"["\ud800",1]"#, r#"["\ud800",2]"#, Outcome::Unsupported),
        (JSON, r#"{"a":1,"a":2}"#, r#"{"a":2}"#, Outcome::Unsupported),
        (JSON, r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, Outcome::Unsupported),
        (JSON, "[12345678901234567890]", "[12345678901234567000]", Outcome::Unsupported),
        (FORM, "a=b+c&d=", "a=b%20c&d=", Outcome::Semantic),
        (FORM, "a=1&a=2", "a=2&a=1", Outcome::Unsupported),
        (TEXT, "a=b+c", "a=b%20c", Outcome::Unsupported),
        (TEXT, "text", "text\n", Outcome::Unsupported),
        (TEXT, "text", "", Outcome::Unsupported),
    ];
    for (kind, sent, captured, outcome) in cases {
        let comparison = compare_rest((kind, sent), (kind, captured));
        assert_eq!(outcome_of(&comparison.differences), outcome, "{sent} {captured}");
    }
}

#[test]
fn a_boundary_is_part_of_the_body() {
    let part = "Content-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";
    let body = |boundary: &str| format!("--{boundary}\r\n{part}--{boundary}--\r\n");
    let field = |boundary: &str| format!("Content-Type: multipart/form-data; boundary={boundary}");
    let comparison = compare_rest((&field("x"), &body("x")), (&field("yy"), &body("yy")));
    assert_eq!(outcome_of(&comparison.differences), Outcome::Semantic);
    let note = Diagnostic::note("multipart", "its own boundary").with_affect(Affect::Body);
    assert_eq!(judge(&claim(Outcome::Semantic, vec![note]), &comparison), []);
    let other = field("yy").replace("form-data", "mixed");
    let comparison = compare_rest((&field("x"), &body("x")), (&other, &body("yy")));
    assert_eq!(outcome_of(&comparison.differences), Outcome::Unsupported);
}

#[test]
fn a_target_is_compared_to_the_letter() {
    let is_same = |sent: &str, captured: &str| {
        let message = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: a:1\r\n\r\n");
        differences(&compare_all(&message(sent), &message(captured))).is_empty()
    };
    assert!(is_same("http://a:1/x?y", "http://a:1/x?y"));
    assert!(!is_same("http://a:1/x?y", "/x?y"));
    assert!(!is_same("/x?", "/x"));
    assert!(!is_same("/%7e", "/~"));
}

#[test]
fn trailers_are_one_part() {
    let head = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n";
    let comparison = compare_all(&format!("{head}X-T: 1\r\n\r\n"), &format!("{head}\r\n"));
    assert_eq!(differences(&comparison), [("trailers".to_owned(), Kind::Missing, Meaning::Other)]);
}

fn claim(outcome: Outcome, diagnostics: Vec<Diagnostic>) -> Claim {
    let (adds, optional_adds, added_values) = Default::default();
    Claim { outcome, adds, optional_adds, added_values, diagnostics }
}

#[test]
fn the_claim_must_be_the_whole_truth() {
    let dropped = compare_rest(("X: 1", ""), ("", ""));
    let header = Affect::Header("x".to_owned());
    let told = Diagnostic::warning("dropped", "x is dropped").with_affect(header.clone());
    assert_eq!(judge(&claim(Outcome::Lossy, vec![told.clone()]), &dropped), []);
    assert_eq!(
        judge(&claim(Outcome::Lossy, vec![]), &dropped),
        [ClaimViolation::Untold(header.clone())]
    );
    let same = compare_rest(("X: 1", ""), ("X: 1", ""));
    assert_eq!(
        judge(&claim(Outcome::Lossy, vec![told]), &same),
        [
            ClaimViolation::Outcome { said: Outcome::Lossy, is: Outcome::Exact },
            ClaimViolation::Untrue { part: header, code: "dropped".to_owned() }
        ]
    );
}

#[test]
fn framing_may_be_told_of_and_need_not() {
    let sent = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n");
    let captured = format!("{HEAD}Content-Length: 1\r\n\r\nb");
    let comparison = compare_all(&sent, &captured);
    assert_eq!(judge(&claim(Outcome::Exact, vec![]), &comparison), []);
    let note = Diagnostic::note("length", "a length instead").with_affect(Affect::Framing);
    assert_eq!(judge(&claim(Outcome::Exact, vec![note.clone()]), &comparison), []);
    let untrue = judge(&claim(Outcome::Exact, vec![note]), &compare_all(&sent, &sent));
    assert!(matches!(untrue.as_slice(), [ClaimViolation::Untrue { part: Affect::Framing, .. }]));
}

#[test]
fn adds_are_all_and_only_what_is_added() {
    let comparison = compare_rest(("X: 1", ""), ("X: 1|User-Agent: me|Connection: close", ""));
    let with = |adds: &[&str]| Claim {
        adds: adds.iter().map(|&name| name.to_owned()).collect(),
        ..claim(Outcome::Exact, vec![])
    };
    assert_eq!(judge(&with(&["user-agent"]), &comparison), []);
    assert_eq!(
        judge(&with(&[]), &comparison),
        [ClaimViolation::UndeclaredField("user-agent".to_owned())]
    );
    for absent in ["accept", "x", "te", "connection"] {
        let judged = judge(&with(&["user-agent", absent]), &comparison);
        assert_eq!(judged, [ClaimViolation::AbsentField(absent.to_owned())]);
    }
}

#[test]
fn an_added_field_has_a_value_that_is_known() {
    let comparison = compare_rest(("X: 1", ""), ("X: 1|User-Agent: me/1.2", ""));
    let judged = |patterns: &[&str]| {
        let values = patterns.iter().map(|&it| it.to_owned()).collect();
        let claim = Claim {
            adds: vec!["user-agent".to_owned()],
            added_values: [("user-agent".to_owned(), values)].into(),
            ..claim(Outcome::Exact, vec![])
        };
        judge(&claim, &comparison)
    };
    for patterns in [&["me/1.2"][..], &["you", "me/…"], &["…"], &["me…2"]] {
        assert_eq!(judged(patterns), [], "{patterns:?}");
    }
    let (name, is) = ("user-agent".to_owned(), "me/1.2".to_owned());
    let violation = ClaimViolation::AddedValue { name, is };
    for patterns in [&["me"][..], &["you/…"], &["me/1.2…2"], &[]] {
        assert_eq!(judged(patterns), std::slice::from_ref(&violation), "{patterns:?}");
    }
}

#[test]
fn an_unsupported_request_has_a_reason_and_no_code() {
    let reason = || vec![Diagnostic::error("no-body", "it takes no body")];
    let unsupported = |diagnostics| claim(Outcome::Unsupported, diagnostics);
    assert_eq!(judge_unrun(&unsupported(reason()), None), []);
    assert_eq!(judge_unrun(&unsupported(vec![]), None), [ClaimViolation::NoReason]);
    assert_eq!(
        judge_unrun(&unsupported(reason()), Some("code")),
        [ClaimViolation::Code(Outcome::Unsupported)]
    );
    assert_eq!(
        judge_unrun(&claim(Outcome::Exact, vec![]), None),
        [ClaimViolation::Code(Outcome::Exact)]
    );
}
