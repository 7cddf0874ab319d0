//! Clients that do not what was said, each in one way that the bytes of the wire alone show.

use crate::tiny::{NOTHING, Tiny};

fn assert_fault(tiny: Tiny, code: &str) {
    let codes = tiny.faults();
    assert!(codes.iter().any(|found| found == code), "{code} is not among {codes:?}");
}

#[test]
fn a_file_is_read_and_sent() {
    let reads = "--globoff --header \"X-Read: $(head -n 1 secret.txt)\"";
    assert_fault(Tiny::honest().with_template("--globoff", reads), "file-read");
}

#[test]
fn a_file_is_read_and_sent_in_base64() {
    let reads = "--globoff --header \"X-Read: $(base64 -w 0 secret.txt)\"";
    assert_fault(Tiny::honest().with_template("--globoff", reads), "file-read");
}

#[test]
fn a_file_is_read_and_printed() {
    assert_fault(Tiny::honest().with_template("curl ", "cat secret.txt\ncurl "), "file-read");
}

/// A client that sends these bytes, `%s` for the authority, and reads the answer.
fn raw(request: &str) -> Tiny {
    let template = "printf '@' {{ authority | str }} | \
        curl --silent --max-time 5 telnet://{{ authority | str }}\nexit 0\n";
    let mut tiny = Tiny::honest().with_message("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    tiny.template = format!("{NOTHING}{}", template.replace('@', request));
    tiny.with_language(r#"adds = ["accept", "user-agent"]"#, "")
}

#[test]
fn raw_bytes_can_be_honest() {
    assert_eq!(raw("GET / HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n").faults(), [""; 0]);
}

#[test]
fn another_version() {
    assert_fault(raw("GET / HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n"), "odd-request");
}

#[test]
fn a_line_end_before_the_request() {
    assert_fault(raw("\\r\\nGET / HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n"), "odd-request");
}

#[test]
fn a_folded_field() {
    let message = "GET / HTTP/1.1\r\nHost: a\r\nX-One: a b\r\n\r\n";
    let folded = raw("GET / HTTP/1.1\\r\\nHost: %s\\r\\nX-One: a\\r\\n b\\r\\n\\r\\n");
    assert_fault(folded.with_message(message), "odd-request");
}

#[test]
fn a_length_twice() {
    let twice =
        "GET / HTTP/1.1\\r\\nHost: %s\\r\\nContent-Length: 0\\r\\nContent-Length: 0\\r\\n\\r\\n";
    assert_fault(raw(twice), "odd-request");
}

#[test]
fn a_chunk_extension() {
    let message = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
    let chunked = "POST / HTTP/1.1\\r\\nHost: %s\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n\
        2;a=b\\r\\nhi\\r\\n0\\r\\n\\r\\n";
    assert_fault(raw(chunked).with_message(message), "odd-request");
}

#[test]
fn a_connection_without_a_request() {
    let silent = "curl --silent --max-time 0.3 telnet://{{ authority | str }} </dev/null\ncurl ";
    assert_fault(Tiny::honest().with_template("curl ", silent), "silent-connections");
}

#[test]
fn an_added_field_twice() {
    let twice = "--globoff --header 'Accept: a/b' --header 'Accept: c/d'";
    assert_fault(Tiny::honest().with_template("--globoff", twice), "repeated-field");
}

#[test]
fn another_value_than_the_diagnostic_says() {
    let upper = "[client.client.target]\nplain = ['upper-hex', 'decode-unreserved']\n";
    let message = "GET /%7e HTTP/1.1\r\nHost: a\r\n\r\n";
    let changed = Tiny::honest().with_more(upper).with_message(message);
    let liar = changed.with_template("{{ url | str }}", "{{ url | str }}'x'");
    assert_fault(liar, "other-value");
}

#[test]
fn a_file_outside_of_the_folder() {
    let outside = Tiny::honest().with_language("file = \"main.sh\"", "file = \"../../main.sh\"");
    let (output, _folder) = outside.verify();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("`[run] file` is `../../main.sh`"), "{words}");
    assert!(words.contains("tiny/language.toml:13:1\n"), "{words}");
}

/// A client that is said not to send DELETE.
fn refusing() -> Tiny {
    let refused = "[[client.client.rule]]\nwhen = { method = ['DELETE'] }\nunsupported = 'no'\n\
        code = 'method-refused'\nsource = 'none'\n";
    Tiny::honest()
        .with_more(refused)
        .with_message("DELETE /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
}

#[test]
fn a_refusal_that_is_not_true() {
    let result = refusing().result();
    assert_eq!(result["faults"][0]["code"], "false-refusal", "{result}");
    assert_eq!((&result["outcome"], &result["found"]), (&"unsupported".into(), &"exact".into()));
}

#[test]
fn a_refusal_is_true_where_the_code_fails_or_sends_something_else() {
    let fails = refusing().with_template("curl ", "test {{ method | str }} != DELETE && curl ");
    let other_method = refusing().with_template("{{ method | str }} {{ url", "GET {{ url");
    let other_body = refusing().with_template("--data-raw ", "--data-raw x");
    for tiny in [fails, other_method, other_body] {
        let result = tiny.with_nothing().result();
        assert_eq!(
            (&result["verdict"], &result["outcome"]),
            (&"passed".into(), &"unsupported".into())
        );
    }
}

#[test]
fn a_refusal_that_no_code_tries_has_not_passed() {
    let unwritable = refusing().with_language("open = \"'\"", "open = \"'\"\nforbid = ['/']");
    let result = unwritable.result();
    assert_eq!(result["verdict"], "untried", "{result}");
}
