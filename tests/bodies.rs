//! How a body is written in each mode, and what keeps its bytes.

use requote::{BodyMode, Engine, Options, Outcome};

const MODES: [BodyMode; 4] = [BodyMode::Auto, BodyMode::Native, BodyMode::Text, BodyMode::Exact];

/// A client that is told in the test: JSON literals, and raw strings of many lines.
const TABLE: &str = r#"
title = "Example"
extension = "ex"
default = "client"
[[string]]
open = '"'
close = '"'
escapes = { '\' = '\\', '"' = '\"', "\n" = '\n', "\r" = '\r', "\t" = '\t' }
[[string]]
lines = "any"
open = '`'
close = '`'
escapes = { "\r" = '\r', "\t" = '\t' }
[json]
null = "nil"
true = "yes"
false = "no"
object = { open = "{", close = "}" }
array = { open = "[", close = "]" }
[client.client]
title = "Example"
docs = "https://example.org/"
"#;

const TEMPLATE: &str = "{% for h in headers %}{{ h.name | str }}\n{% endfor %}\
    {% if body.kind == \"json\" %}json {{ body.text | json }}\n{% elif body.kind == \"text\" %}text {{ body.text | str }}\n\
    {% elif body.kind == \"multipart\" %}{% if body.parts_are_maps %}maps\n{% endif %}{% for p in body.parts %}{{ p.name | str }} {% if p.is_file %}{{ p.file | str }} {{ p.filename | str }} {{ p.type | str }}{% else %}{{ p.text | str }}{% endif %}\n{% endfor %}\
    {% elif body.kind == \"form\" %}{% for p in body.pairs %}{{ p.name | str }}={{ p.value | str }}\n{% endfor %}{% endif %}";

/// The code without its fields, the outcome and the codes of the diagnostics.
fn quote(client: &str, fields: &str, body: &str, mode: BodyMode) -> (String, Outcome, Vec<String>) {
    let table = format!("{TABLE}{client}");
    let files = [("example/language.toml", table.as_str()), ("example/client.tera", TEMPLATE)];
    let engine = Engine::with_templates(files);
    let text = format!(
        "PUT / HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let message = requote::parse(text.as_bytes()).expect("a message");
    let target = engine.find("example/client").expect("a target");
    let options = Options::default().with_body(mode);
    let snippet = engine.quote(&message, &target, &options).expect("a snippet");
    let codes = snippet.diagnostics.iter().map(|it| it.code.to_string()).collect();
    let code = snippet.code.expect("code");
    let from = code.find("json ").or_else(|| code.find("text ")).unwrap_or_default();
    (code[from..].to_owned(), snippet.outcome, codes)
}

const JSON: &str = "Content-Type: application/json\r\n";
const NATIVE: &str = "[client.client.json]\nstyle = { numbers = 'ecmascript' }\n";

#[test]
fn json_goes_down_the_steps_of_its_mode() {
    let body = "{\r\n\"Price\": 10.00}";
    let laid_out = "text `{\n  \"Price\": 10.00\n}`\n";
    for (mode, code, outcome) in [
        (BodyMode::Auto, "json {\n    \"Price\": 10.00\n}\n", Outcome::Semantic),
        (BodyMode::Native, "json {\n    \"Price\": 10.00\n}\n", Outcome::Semantic),
        (BodyMode::Text, laid_out, Outcome::Semantic),
        (BodyMode::Exact, "text `{\\r\n\"Price\": 10.00}`\n", Outcome::Exact),
    ] {
        let quoted = quote(NATIVE, JSON, body, mode);
        assert_eq!((quoted.0.as_str(), quoted.1), (code, outcome), "{mode:?}");
        let notes: &[&str] = if outcome == Outcome::Exact { &[] } else { &["json-reprinted"] };
        assert_eq!(quoted.2, notes, "{mode:?}");
    }
    for mode in [BodyMode::Auto, BodyMode::Native, BodyMode::Text] {
        assert_eq!(quote("", JSON, body, mode).0, laid_out, "{mode:?}");
    }
}

#[test]
fn json_that_is_the_same_on_the_wire_is_a_structure_in_every_mode() {
    for mode in MODES {
        let quoted = quote(NATIVE, JSON, "{\"a\":[1,null]}", mode);
        assert_eq!(quoted, ("json {\"a\": [1, nil]}\n".to_owned(), Outcome::Exact, vec![]));
    }
}

#[test]
fn what_the_language_cannot_hold_makes_the_body_text() {
    for body in [
        "{\"id\": 12345678901234567890}",
        "{\"n\": 1e400}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": \"\\ud800\"}",
    ] {
        let quoted = quote(NATIVE, JSON, body, BodyMode::Auto);
        assert_eq!(
            quoted,
            (format!("text `{body}`\n"), Outcome::Exact, vec!["json-as-text".to_owned()])
        );
    }
}

#[test]
fn a_field_that_vouches_for_the_bytes_keeps_them_in_every_mode() {
    let body = "{\r\n\"a\": 10.00}";
    for field in ["Content-Digest: sha-256=:AA==:\r\n", "X-Hub-Signature-256: sha256=00\r\n"] {
        for mode in MODES {
            let (code, outcome, codes) = quote(NATIVE, &format!("{JSON}{field}"), body, mode);
            assert_eq!((code.as_str(), outcome), ("text `{\\r\n\"a\": 10.00}`\n", Outcome::Exact));
            let notes: &[&str] = if mode == BodyMode::Exact { &[] } else { &["body-vouched"] };
            assert_eq!(codes, notes, "{mode:?}");
        }
    }
}

#[test]
fn json_has_one_line_where_the_client_takes_no_line_feeds() {
    let client = "attach = ['line-feed']\n";
    let (code, outcome, _) = quote(client, JSON, "{\r\n\"a\": 10.00,\r\n\"b\":[]}", BodyMode::Auto);
    assert_eq!((code.as_str(), outcome), ("text `{\"a\": 10.00, \"b\": []}`\n", Outcome::Semantic));
}

#[test]
fn text_that_is_no_json_keeps_its_line_ends() {
    for fields in [JSON, "Content-Type: application/xml\r\n"] {
        let (code, outcome, codes) = quote(NATIVE, fields, "<a>\r\n</a>", BodyMode::Auto);
        assert_eq!((code.as_str(), outcome), ("text `<a>\\r\n</a>`\n", Outcome::Exact));
        assert!(codes.is_empty(), "{codes:?}");
    }
}

#[test]
fn a_value_with_more_items_than_the_language_takes_is_text() {
    let client = format!("{NATIVE}max-items = 3\n");
    assert_eq!(quote(&client, JSON, "{\"a\":[1,2]}", BodyMode::Auto).0, "json {\"a\": [1, 2]}\n");
    let four = "{\"a\":[1,2,3]}";
    assert_eq!(quote(&client, JSON, four, BodyMode::Auto).0, format!("text `{four}`\n"));
}

#[test]
fn json_that_is_laid_out_as_it_is_differs_in_nothing() {
    let body = format!("\"{}\"", "a\\\"; b ".repeat(12));
    let (code, outcome, codes) = quote("", JSON, &body, BodyMode::Text);
    assert!(code.contains("text "), "{code}");
    assert_eq!((outcome, codes), (Outcome::Exact, vec![]));
}

#[test]
fn a_parameter_that_sets_its_own_type_is_for_that_type() {
    let client = format!("{NATIVE}content-type = 'application/json'\nalways-content-type = true\n");
    let patch = "Content-Type: application/merge-patch+json\r\n";
    for (fields, is_native) in [(JSON, true), (patch, false)] {
        let (code, _, _) = quote(&client, fields, "{\"a\":1}", BodyMode::Auto);
        assert_eq!(code.contains("json {\"a\": 1}"), is_native, "{code}");
    }
}

#[test]
fn a_file_that_is_sent_by_its_own_name_has_that_name() {
    let client = "[client.client.multipart]\nname-of-file = true\n\
        file-name = { takes = '.-/' }\ntype = { takes = '' }\n";
    let fields = "Content-Type: multipart/form-data; boundary=b\r\n";
    let part = |name: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\nx\r\n"
        )
    };
    for (names, has_parts) in [
        (&["a.txt"][..], true),
        (&["a.txt", "b.txt"], true),
        (&["a.txt", "a.txt"], false),
        (&["d/a.txt"], false),
    ] {
        let parts: String = names.iter().map(|name| part(name)).collect();
        let (_, _, codes) = quote(client, fields, &format!("{parts}--b--\r\n"), BodyMode::Auto);
        assert_eq!(
            codes.contains(&"boundary-chosen".to_owned()),
            has_parts,
            "{names:?}: {codes:?}"
        );
    }
}

#[test]
fn parts_are_maps_of_fields_and_files_where_that_keeps_names_order_and_types() {
    let client = "[client.client.multipart]\nfield-type = true\nfile-name = { takes = '.' }\n";
    let fields = "Content-Type: multipart/form-data; boundary=b\r\n";
    let part = |of: &str| {
        let (name, filename) = of.split_once('=').unwrap_or((of, ""));
        let filename = if filename.is_empty() {
            String::new()
        } else {
            format!("; filename=\"{filename}\"\r\nContent-Type: text/plain")
        };
        let typed = if name == "typed" { "\r\nContent-Type: text/plain" } else { "" };
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"{filename}{typed}\r\n\r\nx\r\n"
        )
    };
    for (parts, are_maps) in [
        (&["a", "f=a.txt"][..], true),
        (&["f=a.txt", "g=b.txt"], true),
        (&["a", "b"], false),
        (&["a", "a", "f=a.txt"], false),
        (&["f=a.txt", "f=b.txt"], false),
        (&["f=a.txt", "a"], false),
        (&["f=a.txt", "a", "g=b.txt"], false),
        (&["typed", "f=a.txt"], false),
    ] {
        let body: String = parts.iter().map(|of| part(of)).collect();
        let (code, _, codes) = quote(client, fields, &format!("{body}--b--\r\n"), BodyMode::Auto);
        assert!(codes.contains(&"boundary-chosen".to_owned()), "{parts:?}: {codes:?}");
        assert_eq!(code.contains("maps\n"), are_maps, "{parts:?}: {code}");
    }
}

#[test]
fn curl_gets_a_field_as_text_where_its_form_option_would_read_more_into_it() {
    let engine = Engine::new();
    let target = engine.find("shell/curl").expect("a target");
    for (text, is_plain) in [
        ("Meeting notes", true),
        ("a=b, <c> \"d\" (e) @f", true),
        ("", true),
        ("@notes", false),
        ("<notes", false),
        ("(notes", false),
        ("\"notes\"", false),
        ("a;type=b", false),
        (" notes", false),
        ("notes\n", false),
    ] {
        let body =
            format!("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{text}\r\n--b--\r\n");
        let message = format!(
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let message = requote::parse(message.as_bytes()).expect("a message");
        let snippet = engine.quote(&message, &target, &Options::default()).expect("a snippet");
        let code = snippet.code.expect("code");
        assert_eq!(code.contains("--form 'a="), is_plain, "{text:?}: {code}");
        assert_eq!(code.contains("--form-string 'a="), !is_plain, "{text:?}: {code}");
    }
}

#[test]
fn an_encoded_body_is_not_named_after_its_type() {
    let engine = Engine::new();
    let curl = engine.find("curl").expect("a target");
    for (coding, body, name) in [
        ("gzip", &b"\x1f\x8b\x08\0\xff"[..], "body.gz"),
        ("gzip", b"\xff\0", "body.bin"),
        ("br", b"\xff\0", "body.bin"),
        ("Identity", b"\xff\0", "body.json"),
    ] {
        let head = format!(
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
             Content-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let bytes = [head.as_bytes(), body].concat();
        let message = requote::parse(&bytes).expect("a request");
        let snippet = engine.quote(&message, &curl, &Options::default()).expect("a snippet");
        let names: Vec<&str> = snippet.attachments.iter().map(|it| &*it.name).collect();
        assert_eq!(names, [name], "{coding}");
    }
}

#[test]
fn a_form_is_no_parameter_with_a_method_that_does_not_send_it() {
    let client = "[client.client.form]\nmethods = [\"POST\"]\n";
    for (method, code) in [("POST", "\"a\"=\"1\"\n"), ("DELETE", "text \"a=1\"\n")] {
        let table = format!("{TABLE}{client}");
        let files = [("example/language.toml", table.as_str()), ("example/client.tera", TEMPLATE)];
        let engine = Engine::with_templates(files);
        let target = engine.find("example").expect("a target");
        let bytes = format!(
            "{method} / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: 3\r\n\r\na=1"
        );
        let message = requote::parse(bytes.as_bytes()).expect("a request");
        let snippet = engine.quote(&message, &target, &Options::default()).expect("a snippet");
        assert!(snippet.code.expect("code").ends_with(code), "{method}");
    }
}
