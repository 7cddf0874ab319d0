//! The library as its users meet it.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use requote::{Engine, Message, Options, Reading, Request, Snippet, TargetId};

/// What a user of the library writes: each error passes through `?`.
fn quote(bytes: &[u8], target: &str) -> Result<Snippet, Box<dyn Error + Send + Sync>> {
    let message = requote::parse(bytes)?;
    let engine = Engine::new();
    Ok(engine.quote(&message, &engine.find(target)?, &Options::default())?)
}

#[test]
fn a_snippet_outlives_what_it_was_made_from() {
    let snippet = quote(b"GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "curl").unwrap();
    assert_eq!(snippet.target.to_string(), "shell/curl");
    assert!(snippet.code.unwrap().starts_with("curl "));
}

#[test]
fn an_error_says_the_place() {
    let error = quote(b"GET /a HTTP/1.1\r\nHost: h\r\n: v\r\n\r\n", "curl").unwrap_err();
    assert!(error.to_string().starts_with("3:1: "), "{error}");
    let error = quote(b"GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "crul").unwrap_err();
    assert_eq!(error.to_string(), "there is no target `crul`; did you mean `curl`?");
}

#[test]
fn a_snippet_is_serialised_with_every_key() {
    let snippet = quote(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "python").unwrap();
    let json = serde_json::to_string(&snippet).unwrap();
    let head = "{\"schema\":1,\"file\":null,\"request\":null,\"from\":\"message\",\
                \"target\":\"python/requests\",\"label\":\"Python\",\"highlight\":\"python\",\
                \"outcome\":\"exact\",\"extension\":\"py\",\"code\":\"import requests\\n";
    assert!(json.starts_with(head), "{json}");
    let tail = "\"install\":\"pip install requests\",\"attachments\":[],\"environment\":[],\
                \"adds\":[\"accept\",\"accept-encoding\",\"user-agent\"],\"diagnostics\":[]}";
    assert!(json.ends_with(tail), "{json}");
}

#[test]
fn an_id_is_read_as_it_is_written() {
    for id in Engine::new().ids() {
        assert_eq!(id.to_string().parse::<TargetId>().unwrap(), id);
    }
    for text in ["", "python", "/requests", "python/", "a/b/c"] {
        assert!(text.parse::<TargetId>().is_err(), "{text}");
    }
}

#[test]
fn each_target_has_a_label_of_its_own_and_a_language_for_highlighters() {
    let targets = Engine::new().targets().unwrap();
    let labels: BTreeSet<&str> = targets.iter().map(|target| target.label.as_str()).collect();
    assert_eq!(labels.len(), targets.len(), "{labels:?}");
    assert!(labels.iter().all(|label| label.chars().count() <= 28), "{labels:?}");
    for language in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).unwrap() {
        let table = language.unwrap().path().join("language.toml");
        if let Ok(text) = fs::read_to_string(&table) {
            let table: toml::Table = text.parse().unwrap();
            assert!(table.contains_key("highlight"), "{text:.40}");
        }
    }
}

#[test]
fn languages_have_the_names_that_people_type() {
    let engine = Engine::new();
    let mean = |name: &str| engine.find(name).unwrap().to_string();
    for (name, id) in [
        ("js", "javascript/fetch"),
        ("js/xhr", "javascript/xhr"),
        ("ts", "javascript/fetch"),
        ("py", "python/requests"),
        ("py/httpx", "python/httpx"),
        ("c++", "cpp/libcurl"),
        ("c#", "csharp/http-client"),
        ("golang", "go/net-http"),
        ("bash", "shell/curl"),
    ] {
        assert_eq!(mean(name), id);
    }
    // An alias hides no other name.
    let mut names = BTreeSet::new();
    for target in engine.targets().unwrap() {
        for alias in target.aliases {
            assert_eq!(mean(&alias), target.id);
            assert!(names.insert(alias));
        }
    }
    for id in engine.ids() {
        assert!(!names.contains(id.language()) && !names.contains(id.client()), "{id}");
    }
}

#[test]
fn a_request_that_was_built_is_quoted() {
    let request =
        Request::builder("PUT", "https://example.org/a?b=c").field("X-A", "1").body("text");
    let message = Message::from(request.build().unwrap());
    let engine = Engine::new();
    let target = engine.find("curl").unwrap();
    let snippet = engine.quote(&message, &target, &Options::default()).unwrap();
    let code = snippet.code.unwrap();
    for part in ["--request PUT", "'https://example.org/a?b=c'", "X-A: 1", "text"] {
        assert!(code.contains(part), "{code}");
    }
}

fn record_of(input: &str, reading: &Reading, options: &Options) -> serde_json::Value {
    let engine = Engine::new();
    let target = engine.find("python").unwrap();
    let quoted = engine.quote_input(input.into(), reading, &target, options);
    serde_json::to_value(quoted.record()).unwrap()
}

#[test]
fn an_input_of_any_format_becomes_a_record_whose_places_are_in_the_input() {
    let input = "# comment\nGET https://h.example/a%zz\nX: 1\n";
    let record = record_of(input, &Reading::default(), &Options::default());
    assert_eq!((&record["file"], &record["from"]), (&serde_json::Value::Null, &"http-file".into()));
    let found = &record["diagnostics"][0];
    assert_eq!((&found["code"], &found["line"]), (&"target-percent".into(), &2.into()), "{record}");
}

#[test]
fn an_input_without_one_request_becomes_a_record_of_an_error() {
    let two = "GET https://h.example/a\n\n###\nGET https://h.example/b\n";
    for (input, request, code) in [
        ("GET / HTTP/1.1\nHost: h\n: v\n\n", None, "field-name-empty"),
        (two, None, "several-requests"),
        (two, Some("3"), "unknown-request"),
    ] {
        let reading = Reading::default().with_request(request.map(str::to_owned));
        let record = record_of(input, &reading, &Options::default());
        assert_eq!(
            (&record["target"], &record["code"]),
            (&serde_json::Value::Null, &serde_json::Value::Null)
        );
        assert_eq!(record["diagnostics"][0]["code"], code, "{record}");
    }
    let second = Reading::default().with_request(Some("2".to_owned()));
    let record = record_of(two, &second, &Options::default());
    assert!(record["code"].as_str().unwrap().contains("h.example/b"), "{record}");
}

#[test]
fn what_is_shown_of_an_input_lacks_the_secrets_that_the_code_reads_from_its_environment() {
    let input = "GET / HTTP/1.1\nHost: h.example\nAuthorization: Bearer s3cr3t-token\n\n";
    let engine = Engine::new();
    let target = engine.find("python").unwrap();
    let options = Options::default().with_secrets(requote::Secrets::Env);
    let quoted = engine.quote_input(input.into(), &Reading::default(), &target, &options);
    let holds = |bytes: &[u8]| bytes.windows(12).any(|part| part == b"s3cr3t-token");
    assert!(holds(input.as_bytes()) && !holds(&quoted.source));
    assert!(!serde_json::to_string(&quoted.record()).unwrap().contains("s3cr3t-token"));
}
