//! One thing broken at a time.

use crate::tiny::{NOTHING, Tiny};

#[test]
fn an_honest_target_passes() {
    let result = Tiny::honest().result();
    assert_eq!(result["verdict"], "passed", "{result}");
    assert_eq!(result["outcome"], "exact");
    assert_eq!(result["found"], "exact");
    assert_eq!(result["requests"], 1);
}

#[test]
fn a_dropped_header() {
    let broken =
        Tiny::honest().with_template("in headers %}", "in headers %}{% if h.name != 'X-Two' %}");
    let broken = broken.with_template("| str }}\n{%- endfor", "| str }}{% endif %}\n{%- endfor");
    let result = broken.result();
    let codes: Vec<_> = result["faults"].as_array().unwrap().iter().map(|f| &f["code"]).collect();
    assert_eq!(codes, ["outcome", "untold-difference"]);
    assert_eq!(result["found"], "lossy");
    assert_eq!(result["differences"][0]["affects"], "header:x-two");
    assert_eq!(result["differences"][0]["kind"], "missing");
}

#[test]
fn an_added_header() {
    let broken = Tiny::honest().with_template("--globoff", "--globoff --header 'X-Extra: 1'");
    assert_eq!(broken.faults(), ["undeclared-field"]);
}

#[test]
fn an_added_value_of_a_field_that_the_message_has() {
    let broken = Tiny::honest().with_template("--globoff", "--globoff --header 'X-Two: 3'");
    assert_eq!(broken.faults(), ["outcome", "untold-difference"]);
}

#[test]
fn a_changed_header() {
    let broken = Tiny::honest().with_template("~ h.value", "~ (h.value ~ '!')");
    let codes = broken.faults();
    assert_eq!(codes.iter().filter(|code| *code == "untold-difference").count(), 3, "{codes:?}");
}

#[test]
fn serialized_json_where_exact_was_said() {
    let reserialize = "--data-raw \"$(printf %s {{ body.text | str }} | sed 's/[:,]/& /g')\"";
    let broken = Tiny::honest().with_template("--data-raw {{ body.text | str }}", reserialize);
    let result = broken.result();
    assert_eq!(result["found"], "semantic", "{result}");
    assert_eq!(result["faults"][0]["code"], "outcome");
    assert_eq!(result["faults"][1]["code"], "untold-difference");
    let differences = result["differences"].as_array().unwrap();
    let body = differences.iter().find(|difference| difference["affects"] == "body");
    assert_eq!(body.unwrap()["meaning"], "same");
}

#[test]
fn a_line_feed_too_many() {
    let broken = Tiny::honest().with_template("{{ body.text | str }}", "{{ body.text | str }}'\n'");
    let broken =
        broken.with_message(&crate::tiny::MESSAGE.replace("application/json", "text/plain"));
    assert_eq!(broken.result()["found"], "semantic", "white space around JSON says nothing");
    let text =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi";
    let broken = Tiny::honest().with_template("{{ body.text | str }}", "{{ body.text | str }}'\n'");
    let result = broken.with_message(text).result();
    assert_eq!(result["found"], "unsupported", "another body");
    assert_eq!(result["faults"][0]["code"], "outcome");
}

#[test]
fn the_escapes_of_another_language() {
    let escapes = r#"escapes = { "'" = "\\'", "\\" = "\\\\" }"#;
    let broken = Tiny::honest().with_language(r#"escapes = { "'" = "'\\''" }"#, escapes);
    let codes = broken.faults();
    assert!(codes.contains(&"exit-status".to_owned()), "{codes:?}");
    assert!(codes.contains(&"requests".to_owned()), "{codes:?}");
}

#[test]
fn request_data_that_is_run_as_a_command() {
    let broken = Tiny::honest()
        .with_language(r#"open = "'""#, r#"open = '"'"#)
        .with_language(r#"close = "'""#, r#"close = '"'"#)
        .with_language(r#"escapes = { "'" = "'\\''" }"#, r#"escapes = { '"' = '\"' }"#)
        .with_message("GET / HTTP/1.1\r\nHost: a\r\nX-One: $(touch canary-1)\r\n\r\n");
    let codes = broken.faults();
    assert!(codes.contains(&"side-effect".to_owned()), "{codes:?}");
}

#[test]
fn an_entry_of_adds_that_is_not_sent() {
    let broken = Tiny::honest().with_language("\"accept\", ", "\"accept\", \"x-never\", ");
    assert_eq!(broken.faults(), ["absent-field"]);
}

#[test]
fn an_optional_entry_of_adds_may_be_missing() {
    let entry = "\"accept\", { name = \"x-at-times\", optional = true }, ";
    assert_eq!(Tiny::honest().with_language("\"accept\", ", entry).faults(), [""; 0]);
}

#[test]
fn a_diagnostic_that_is_not_true() {
    let untrue = "[[client.client.field]]\neffect = 'trimmed'\nnames = ['x-two']\nwith = '2'\n";
    assert_eq!(Tiny::honest().with_more(untrue).faults(), ["outcome", "untrue-diagnostic"]);
}

#[test]
fn a_diagnostic_that_is_true() {
    let dropped = "[[client.client.field]]\neffect = 'dropped'\nnames = ['x-two']\n";
    let result = Tiny::honest().with_more(dropped).result();
    assert_eq!((&result["verdict"], &result["outcome"]), (&"passed".into(), &"lossy".into()));
}

#[test]
fn another_method() {
    let broken = Tiny::honest()
        .with_template("{{ method | str }}", "PATCH")
        .with_template("curl ", ": {{ method | str }}\ncurl ");
    let result = broken.result();
    assert_eq!(result["found"], "unsupported");
    assert_eq!(result["differences"][0]["affects"], "method");
}

#[test]
fn another_target() {
    let broken = Tiny::honest().with_template("{{ url | str }}", "{{ url | str }}'&x=y'");
    let result = broken.result();
    assert_eq!(result["found"], "lossy");
    assert_eq!(result["differences"][0]["affects"], "target");
}

#[test]
fn a_snippet_that_sends_nothing() {
    assert_eq!(Tiny::honest().with_template("curl ", "true ").faults(), ["requests"]);
}

#[test]
fn a_snippet_that_sends_twice() {
    let twice = Tiny::honest().with_template("curl ", "for i in 1 2; do curl ");
    let result = twice.with_template("{%- endif %}\n", "{%- endif %}; done\n").result();
    assert_eq!(result["faults"][0]["code"], "requests", "{result}");
    assert_eq!(result["requests"], 2);
}

#[test]
fn a_snippet_that_hangs() {
    let mut hangs = Tiny::honest().with_template("curl ", "sleep 600\ncurl ");
    hangs.options = vec!["--timeout", "0.5"];
    assert_eq!(hangs.faults(), ["timeout", "requests"]);
}

#[test]
fn a_snippet_that_exits_with_another_status() {
    let broken = Tiny::honest().with_template("curl ", "trap 'exit 3' EXIT\ncurl ");
    let result = broken.result();
    assert_eq!(result["faults"][0]["code"], "exit-status");
    assert_eq!(result["faults"].as_array().unwrap().len(), 1, "what it sent was right");
}

#[test]
fn bytes_that_belong_to_no_length() {
    let raw = "printf 'GET / HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\nmore' {{ authority | str }} | \
        curl --silent --max-time 5 telnet://{{ authority | str }}\nexit 0\n";
    let mut broken = Tiny::honest().with_message("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    broken.template = format!("{NOTHING}{raw}");
    let broken = broken.with_language(r#"adds = ["accept", "user-agent"]"#, "");
    assert_eq!(broken.faults(), ["surplus-bytes"]);
}

#[test]
fn a_template_that_does_not_render() {
    let broken = Tiny::honest().with_template(
        "{{ url | str }}",
        "{{ url | str }}{% for h in headers %}{% if h.name == 'X-One' %}\
         {{ throw(message='no X-One') }}{% endif %}{% endfor %}",
    );
    assert_eq!(broken.faults(), ["no-snippet"]);
}
