//! Every file of `tests/requests` is read, and warned of exactly where its name says so.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use requote::check;
use requote::diagnostic::{Diagnostic, Severity};
use requote::parse::{
    MAX_FIELDS, MAX_HEADER_BYTES, MAX_TARGET_BYTES, WireStatus, parse, parse_wire,
};
use requote::request::{Framing, Message, TargetForm};

/// The cases that are warned of, and how. Each name of `warn-…` stands here.
const WARNED: &[(&str, &[&str])] = &[
    ("delete-body", &["body-unexpected"]),
    ("get-with-body", &["body-unexpected"]),
    ("head-with-body", &["body-unexpected"]),
    ("put-json-invalid", &["json-invalid"]),
    ("warn-basic-over-http", &["credentials-over-http"]),
    ("warn-body-names-a-file", &["body-file-reference"]),
    ("warn-bom", &["bom"]),
    ("warn-charset-mismatch", &["charset-mismatch"]),
    ("warn-chunked-then-bytes", &["bytes-after-body"]),
    ("warn-chunks-end-missing", &["chunks-end-missing"]),
    ("warn-cl-cuts-json", &["content-length-small"]),
    ("warn-cl-cuts-xml", &["content-length-small"]),
    ("warn-cl-list", &["content-length-repeated"]),
    ("warn-cl-long", &["body-long"]),
    ("warn-cl-of-lf-lines", &["body-cr-removed"]),
    ("warn-cl-placeholder", &["content-length-placeholder"]),
    ("warn-cl-repeated", &["content-length-repeated"]),
    ("warn-cl-short-crlf", &["body-crlf-restored"]),
    ("warn-cl-short", &["body-short"]),
    ("warn-content-type-invalid", &["content-type-invalid"]),
    ("warn-content-type-twice", &["field-repeated"]),
    ("warn-credentials-in-target", &["credentials-in-target"]),
    ("warn-encoding-mismatch", &["content-encoding-mismatch"]),
    ("warn-entity-tag-unquoted", &["entity-tag"]),
    ("warn-expect-unknown", &["expect"]),
    ("warn-form-line-end-counted", &["form-line-end"]),
    ("warn-form-line-end-length-too-large", &["body-short", "form-line-end"]),
    ("warn-form-lines", &["form-lines"]),
    ("warn-form-lines-counted", &["form-lines"]),
    ("warn-form-not-encoded", &["form-invalid"]),
    ("warn-header-control", &["field-control"]),
    ("warn-host-differs", &["host-differs"]),
    ("warn-if-match-if-none-match", &["condition-conflict"]),
    ("warn-json-deep", &["json-deep"]),
    ("warn-json-lf-header-and-body", &["body-crlf-restored"]),
    ("warn-json-nul-escape", &["json-invalid"]),
    ("warn-method-lower-case", &["method-case"]),
    ("warn-multipart-lf-counted", &["multipart-crlf-restored"]),
    ("warn-multipart-lf-counted-with-crlf", &["multipart-crlf-restored"]),
    ("warn-multipart-lf", &["multipart-crlf-restored"]),
    ("warn-multipart-no-boundary", &["multipart-boundary"]),
    ("warn-multipart-other-boundary", &["multipart-boundary-unused"]),
    ("warn-multipart-unclosed", &["multipart-unclosed"]),
    ("warn-no-content-type", &["content-type-missing"]),
    ("warn-obs-fold", &["obs-fold"]),
    ("warn-put-collection", &["put-collection"]),
    ("warn-put-content-range", &["put-partial"]),
    ("warn-range-not-utf8", &["upgrade"]),
    ("warn-range-put", &["range-ignored"]),
    ("warn-request-line-spaces", &["request-line-space"]),
    ("warn-response-head-body", &["response-body-unexpected"]),
    ("warn-response-invalid", &["response-invalid"]),
    ("warn-response-lf", &["body-crlf-restored"]),
    ("warn-response-no-allow", &["response-field-missing"]),
    ("warn-secret-in-query", &["secret-in-query"]),
    ("warn-secret-like-a-file", &["secret-in-query"]),
    ("warn-type-not-utf8", &["content-type-invalid"]),
    ("warn-target-fragment", &["target-fragment"]),
    ("warn-target-long", &["target-long"]),
    ("warn-target-parameters-stray", &["target-percent"]),
    ("warn-target-percent", &["target-percent"]),
    ("warn-target-percent-at-end", &["target-percent"]),
    ("warn-target-scheme", &["target-scheme"]),
    ("warn-target-utf8", &["target-non-ascii"]),
    ("warn-trace-cookie", &["trace-credentials"]),
    ("warn-upgrade-alone", &["upgrade"]),
    ("get-cookie-twice", &["field-repeated"]),
    ("get-own-fields-twice", &["field-repeated"]),
    ("get-header-special", &["placeholder", "placeholder"]),
    ("get-placeholders", &["placeholder"; 5]),
    ("get-query-special", &["placeholder"]),
    ("put-text-dollar", &["placeholder"]),
    ("method-first-letter-lower", &["method-case"]),
    ("method-first-letter-upper", &["method-case"]),
    ("post-singletons-twice", &["field-repeated", "field-repeated", "field-repeated"]),
];

/// Cases with a note, other than what is noted for every PUT, POST and PATCH.
const NOTED: &[(&str, &[&str])] = &[
    ("absolute-form-no-host", &["host-of-target"]),
    ("connect-no-host", &["host-of-target"]),
    ("blank-lines-before", &["blank-lines-before"]),
    ("body-without-length-keeps-blank-line", &["body-without-length"]),
    ("body-without-length-of-headings", &["body-without-length"]),
    ("body-without-length", &["body-without-length"]),
    ("get-if-modified-since", &["condition-ignored"]),
    ("get-query-special", &["target-unencoded"]),
    ("json-loses-the-last-line-end", &["lf-line-ends", "body-without-length"]),
    ("lf-lines", &["lf-line-ends"]),
    ("lines-keep-the-last-line-end", &["lf-line-ends", "body-without-length"]),
    ("no-empty-line", &["header-end-missing"]),
    ("no-final-line-end", &["header-end-missing"]),
    ("post-json-at-once", &["lf-line-ends", "body-at-once", "body-without-length"]),
    ("propfind-at-once", &["body-at-once"]),
    ("post-message-http", &["body-without-length"]),
    ("put-chunk-extensions", &["chunk-extension"]),
    ("put-json-dupkeys", &["json-duplicate-name"]),
    ("put-no-body", &["body-missing"]),
    ("response-follows-at-once", &["response-status"]),
    ("response-follows-chunked", &["response-status"]),
    ("response-follows-interim", &["response-status"]),
    ("response-follows-no-body", &["response-status"]),
    ("response-follows-no-length", &["body-without-length", "response-found", "response-status"]),
    ("response-follows", &["response-status"]),
    ("target-equals-signs-escaped", &["target-unencoded"]),
    ("target-escape-beside-quote", &["target-unencoded"]),
    ("target-escapes-beside-brackets", &["target-unencoded"]),
];

fn read_cases() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/requests");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

fn read_case(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/requests");
    fs::read(folder.join(name).with_extension("http")).unwrap()
}

fn codes(message: &Message<'_>) -> Vec<(Severity, String)> {
    let told = message.diagnostics.iter().cloned().chain(check(message));
    told.map(|diagnostic: Diagnostic| (diagnostic.severity, diagnostic.code.into_owned())).collect()
}

/// The codes of a severity that a case gives, what is noted for every method or host of its
/// kind aside.
fn codes_of(message: &Message<'_>, wanted: Severity) -> Vec<String> {
    codes(message)
        .into_iter()
        .filter(|(severity, _)| *severity == wanted)
        .map(|(_, code)| code)
        .filter(|code| {
            !matches!(code.as_str(), "put-replaces" | "method-not-idempotent" | "scheme")
        })
        .collect()
}

fn expected<'t>(table: &[(&str, &'t [&'t str])], name: &str) -> Option<&'t [&'t str]> {
    table.iter().find(|(known, _)| *known == name).map(|(_, codes)| *codes)
}

#[test]
fn each_case_is_read_and_warned_of_as_its_name_says() {
    let cases = read_cases();
    let mut faults = Vec::new();
    for (name, source) in &cases {
        let message = parse(source).unwrap_or_else(|error| panic!("{name}: {error}"));
        let warned = expected(WARNED, name);
        let wanted = [
            (Severity::Error, &[][..]),
            (Severity::Warning, warned.unwrap_or_default()),
            (Severity::Note, expected(NOTED, name).unwrap_or_default()),
        ];
        for (severity, wanted) in wanted {
            let told = codes_of(&message, severity);
            // What is noted of a case that is warned of is no business of this table.
            if told != wanted && !(warned.is_some() && severity == Severity::Note) {
                faults.push(format!("{name}: {severity} {told:?}, expected {wanted:?}"));
            }
        }
        assert!(warned.is_some() || !name.starts_with("warn-"), "{name}");
    }
    assert!(faults.is_empty(), "{faults:#?}");
    for (name, _) in WARNED.iter().chain(NOTED) {
        assert!(cases.iter().any(|(known, _)| known == name), "{name} is no case");
    }
}

#[test]
fn lost_crlf_are_put_back() {
    let source = read_case("warn-cl-short-crlf");
    let message = parse(&source).unwrap();
    assert_eq!(
        message.request.body.bytes,
        parse(&read_case("put-json-seed")).unwrap().request.body.bytes
    );
    assert_eq!(message.request.body.bytes.len(), 85);
    let with_line_end = [&source[..], b"\n"].concat();
    assert_eq!(parse(&with_line_end).unwrap().request.body.bytes.len(), 85);
    let with_response = [&source[..], b"\n\nHTTP/1.1 200 OK\r\n\r\n"].concat();
    let message = parse(&with_response).unwrap();
    assert_eq!(message.request.body.bytes.len(), 85);
    assert_eq!(message.response.unwrap().status, 200);
}

#[test]
fn the_separator_before_a_response_is_no_part_of_a_body_whose_crlf_were_lost() {
    let source = read_case("warn-response-lf");
    let message = parse(&source).unwrap();
    assert_eq!(&*message.request.body.bytes, b"{\r\n\"a\":1\r\n}");
    assert_eq!(message.response.unwrap().status, 201);
}

#[test]
fn a_body_that_matches_as_it_stands_is_not_restored() {
    let message = parse(b"PUT / HTTP/1.1\nHost: a\nContent-Length: 4\n\na\nb\n").unwrap();
    assert_eq!(&*message.request.body.bytes, b"a\nb\n");
}

#[test]
fn added_cr_are_taken_off_a_file_that_was_saved_with_crlf() {
    let saved = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na\r\nb\r\n";
    assert_eq!(&*parse(saved.as_bytes()).unwrap().request.body.bytes, b"a\nb");
    // The header section shows that the file was not, or the delimiters need CRLF.
    let mixed = saved.replacen("\r\n", "\n", 2);
    assert_eq!(&*parse(mixed.as_bytes()).unwrap().request.body.bytes, b"a\r\n");
    let parts = saved.replace("Host: a", "Host: a\r\nContent-Type: multipart/mixed; boundary=b");
    assert_eq!(&*parse(parts.as_bytes()).unwrap().request.body.bytes, b"a\r\n");
}

#[test]
fn chunks_are_joined_and_trailers_kept_apart() {
    let source = read_case("put-chunk-extensions");
    let request = parse(&source).unwrap().request;
    assert_eq!(&*request.body.bytes, b"Hello, chunked world");
    assert_eq!(request.body.framing, Framing::Chunked);
    assert_eq!(request.body.span.unwrap().end, source.len());
    let source = read_case("put-chunk-trailers");
    let request = parse(&source).unwrap().request;
    assert_eq!(&*request.body.bytes, b"abc");
    assert_eq!(
        (&*request.trailers[0].name, &*request.trailers[0].value),
        ("X-Sum", &b"900150983cd24fb0"[..])
    );
    assert_eq!((&*request.trailers[1].name, &*request.trailers[1].value), ("X-Two", &b""[..]));
}

#[test]
fn folded_values_are_joined_with_a_space() {
    let source = read_case("warn-obs-fold");
    let request = parse(&source).unwrap().request;
    assert_eq!(&*request.header("x-fold").unwrap().value, b"one two three");
    assert_eq!(&*request.header("x-after").unwrap().value, b"1");
}

#[test]
fn values_lose_the_white_space_around_them_only() {
    let source = read_case("get-header-no-space");
    let request = parse(&source).unwrap().request;
    assert_eq!(&*request.header("x-b").unwrap().value, b"2");
    let source = read_case("get-header-latin1");
    assert_eq!(&*parse(&source).unwrap().request.header("x-city").unwrap().value, b"M\xfcnchen");
}

#[test]
fn the_form_of_the_target_is_told() {
    for (name, form) in [
        ("get-plain", TargetForm::Origin),
        ("absolute-form", TargetForm::Absolute),
        ("authority-form", TargetForm::Authority),
        ("asterisk-form", TargetForm::Asterisk),
    ] {
        assert_eq!(parse(&read_case(name)).unwrap().request.target_form, form, "{name}");
    }
}

#[test]
fn a_body_without_a_length_is_what_follows() {
    for (name, body) in [
        ("body-without-length", &b"line one\r\nline two\r\n"[..]),
        ("body-without-length-keeps-blank-line", b"\r\nline\r\n\r\n"),
        ("lines-keep-the-last-line-end", b"{\"index\":{}}\n{\"title\":\"A\"}\n"),
        ("json-loses-the-last-line-end", b"{\n  \"name\": \"Zoe\"\n}"),
        ("response-follows-no-length", b"line one\r\n"),
        ("post-message-http", b"GET / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 200 OK\r\n"),
    ] {
        let source = read_case(name);
        let request = parse(&source).unwrap().request;
        assert_eq!(&*request.body.bytes, body, "{name}");
        assert_eq!(request.body.framing, Framing::Following);
        let span = request.body.span.unwrap();
        assert_eq!(&source[span.start..span.end], body, "{name}");
    }
    let empty = parse(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n").unwrap();
    assert_eq!(empty.request.body.framing, Framing::None);
}

#[test]
fn the_byte_that_is_taken_off_is_named() {
    let note = |case: &str| {
        let source = read_case(case);
        let message = parse(&source).unwrap();
        let wanted = ["body-without-length", "form-line-end"];
        let found = message.diagnostics.into_iter().find(|it| wanted.contains(&&*it.code));
        found.unwrap().message
    };
    let json = note("json-loses-the-last-line-end");
    assert!(json.contains("without the final LF (byte 20)"), "{json}");
    let lines = note("lines-keep-the-last-line-end");
    assert!(lines.contains("the final line end included"), "{lines}");
    let form = note("warn-form-line-end-counted");
    assert!(form.contains("the final LF (byte 15)"), "{form}");
}

#[test]
fn delimiters_of_multipart_are_restored_and_content_stays() {
    let body = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\ny\r\n--B--\r\n";
    for case in ["warn-multipart-lf-counted", "warn-multipart-lf-counted-with-crlf"] {
        let source = read_case(case);
        let message = parse(&source).unwrap();
        assert_eq!(std::str::from_utf8(&message.request.body.bytes), Ok(body), "{case}");
    }
}

#[test]
fn a_length_that_does_not_match_names_the_one_that_does() {
    let short = read_case("warn-cl-short");
    let message = parse(&short).unwrap();
    assert_eq!(&*message.request.body.bytes, b"abc");
    assert!(message.diagnostics[0].help.as_ref().unwrap().contains("`Content-Length: 3`"));
    let long = read_case("warn-cl-long");
    let message = parse(&long).unwrap();
    assert_eq!(&*message.request.body.bytes, b"abc");
    assert!(message.diagnostics[0].message.contains("3 bytes (`def`)"), "{message:?}");
    assert!(message.diagnostics[0].help.as_ref().unwrap().contains("`Content-Length: 6`"));
}

#[test]
fn a_response_that_follows_is_read() {
    for (name, status, body) in [
        ("response-follows", 201, &b"ok"[..]),
        ("response-follows-at-once", 201, b"ok"),
        ("response-follows-no-body", 204, b""),
        ("response-follows-no-length", 204, b""),
        ("response-follows-chunked", 200, b"ok"),
        ("response-follows-interim", 412, b""),
    ] {
        let source = read_case(name);
        let message = parse(&source).unwrap();
        let response = message.response.as_ref().unwrap_or_else(|| panic!("{name}"));
        assert_eq!((response.status, &*response.body), (status, body), "{name}");
        let span = response.status_span;
        assert_eq!(source[span.start..span.end], *status.to_string().as_bytes());
        assert!(codes(&message).iter().any(|(_, code)| code == "response-status"));
    }
    assert!(parse(&read_case("warn-response-invalid")).unwrap().response.is_none());
}

#[test]
fn a_capture_is_complete_at_its_last_byte_and_not_before() {
    for name in ["put-json-seed", "put-chunk-trailers", "get-plain", "put-chunk-extensions"] {
        let source = read_case(name);
        let typed = parse(&source).unwrap().request;
        let pipelined = [&source[..], b"GET /next"].concat();
        for length in 0..source.len() {
            match parse_wire(&source[..length]) {
                Ok(WireStatus::Incomplete { at_least, .. }) => {
                    assert!(at_least > 0 && length + at_least <= source.len(), "{name} {length}");
                }
                other => panic!("{name} at {length}: {other:?}"),
            }
        }
        let Ok(WireStatus::Complete { message, consumed }) = parse_wire(&pipelined) else {
            panic!("{name}")
        };
        assert_eq!(consumed, source.len());
        assert_eq!(message.request.body.bytes, typed.body.bytes);
        assert_eq!(message.request.trailers.len(), typed.trailers.len());
    }
}

#[test]
fn a_capture_tells_that_the_client_waits_for_100_continue() {
    let head =
        &b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n"[..];
    for (bytes, waits) in [(&head[..40], false), (head, true), (&[head, b"a"].concat(), false)] {
        let Ok(WireStatus::Incomplete { awaits_continue, .. }) = parse_wire(bytes) else {
            panic!("{}", bytes.escape_ascii())
        };
        assert_eq!(awaits_continue, waits, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_status_line_counts_after_an_empty_line_only() {
    let head = "PUT / HTTP/1.1\r\nHost: a\r\n\r\n";
    for body in ["a\r\nHTTP/1.1 200 OK\r\nb", "a\r\n\r\nHTTP/1.1 is old", "a\n\nHTTP/1.1 2000"] {
        let source = format!("{head}{body}");
        let message = parse(source.as_bytes()).unwrap();
        assert_eq!(&*message.request.body.bytes, body.as_bytes());
        assert!(message.response.is_none());
    }
}

#[test]
fn a_capture_keeps_what_was_sent_as_target() {
    for (sent, read) in [
        (&b"/a b"[..], "/a b"),
        (b"/caf\xc3\xa9", "/caf\u{e9}"),
        (b"/\xff", "\u{fffd}"),
        (b"http://a/x", "http://a/x"),
        (b"x", "x"),
        (b"", ""),
    ] {
        let source = [b"GET ", sent, b" HTTP/1.1\r\nHost: a\r\n\r\nrest"].concat();
        let Ok(WireStatus::Complete { message, consumed }) = parse_wire(&source) else {
            panic!("{sent:?}")
        };
        let span = message.request.target_span.unwrap();
        assert_eq!((&*message.request.target, &source[span.start..span.end]), (read, sent));
        assert_eq!((consumed, message.request.body.framing), (source.len() - 4, Framing::None));
    }
}

#[test]
fn a_capture_is_read_strictly() {
    for source in [
        &b"GET / HTTP/1.1\nHost: a\n\n"[..],
        b"GET / HTTP/1.1\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n",
        b"GET /\r\nHost: a\r\n\r\n",
    ] {
        assert!(parse_wire(source).is_err(), "{}", source.escape_ascii());
    }
    let old = parse_wire(b"\r\nGET / HTTP/1.0\r\n\r\n");
    assert!(matches!(old, Ok(WireStatus::Complete { consumed: 20, .. })), "{old:?}");
}

#[test]
fn limits_are_kept_and_reached() {
    let refused = |source: &[u8], code: &str| {
        assert_eq!(parse(source).unwrap_err().diagnostic().code, code);
    };
    let request = |target: usize, fields: usize| {
        let mut text = format!("GET /{} HTTP/1.1\r\nHost: a\r\n", "a".repeat(target - 1));
        text.push_str(&"X: y\r\n".repeat(fields - 1));
        text + "\r\n"
    };
    assert!(parse(request(MAX_TARGET_BYTES, MAX_FIELDS).as_bytes()).is_ok());
    refused(request(MAX_TARGET_BYTES + 1, 1).as_bytes(), "target-too-long");
    refused(request(1, MAX_FIELDS + 1).as_bytes(), "too-many-fields");
    let large = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "y".repeat(MAX_HEADER_BYTES));
    refused(large.as_bytes(), "header-too-large");
    assert!(parse_wire(&large.as_bytes()[..=MAX_HEADER_BYTES]).is_err());
}

/// Quadratic work would take minutes here; the bound leaves room for a slow machine.
#[test]
fn large_messages_take_linear_time() {
    let start = Instant::now();
    let mut many = b"PUT / HTTP/1.1\r\nHost: a\r\n".to_vec();
    for number in 0..10_000 {
        many.extend_from_slice(format!("X-{number}: {number}\r\n fold\r\n").as_bytes());
    }
    many.extend_from_slice(b"\r\n");
    assert_eq!(parse(&many).unwrap().request.headers.len(), 10_001);
    for line in ["\nHTTP/1.1 \n", "a\n", "\n", "\r\n", "--b\n", "%41&a=b;", "[", "{\"a\":"] {
        for kind in
            ["application/json", "application/x-www-form-urlencoded", "multipart/x; boundary=b"]
        {
            let mut large = format!(
                "PUT / HTTP/1.1\nHost: a\nContent-Type: {kind}\nContent-Length: 99999999\n\n"
            )
            .into_bytes();
            large.extend(line.bytes().cycle().take(1 << 20));
            check(&parse(&large).unwrap());
        }
    }
    let chunks = [
        &b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"[..],
        &b"1\r\na\r\n".repeat(200_000),
        b"0\r\n\r\n",
    ]
    .concat();
    assert_eq!(parse(&chunks).unwrap().request.body.bytes.len(), 200_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
