//! Documents → overlays, applied as another tool would, and read back.

mod apply;

use requote::{Engine, Options, Secrets};
use requote_openapi::{Key, OpenApiError, Overlay, Settings, overlay};
use serde_json::Value;

const SHELTER: &str = include_str!("documents/shelter.yaml");
const ORDERS: &str = include_str!("documents/orders.json");

fn settings(engine: &Engine, targets: &[&str]) -> Settings {
    Settings::new(targets.iter().map(|name| engine.find(name).unwrap()).collect())
}

fn make(document: &str, change: impl FnOnce(&mut Settings)) -> Overlay {
    let engine = Engine::new();
    let mut settings = settings(&engine, &["curl", "python"]);
    change(&mut settings);
    overlay(document, &engine, &settings).unwrap()
}

/// The code of a raw message, which the sample is to be.
fn quote(message: &str, target: &str) -> String {
    let engine = Engine::new();
    let message = message.replace('\n', "\r\n");
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    // A body of the wire has the line ends of the example.
    let body =
        if head.contains("multipart/") { body.to_owned() } else { body.replace("\r\n", "\n") };
    let length =
        if body.is_empty() { String::new() } else { format!("\r\nContent-Length: {}", body.len()) };
    let message = format!("{head}{length}\r\n\r\n{body}");
    let parsed = requote::parse(message.as_bytes()).unwrap();
    engine.quote(&parsed, &engine.find(target).unwrap(), &Options::default()).unwrap().code.unwrap()
}

/// The samples of an operation in the document to which the overlay was applied.
fn samples<'d>(document: &'d Value, path: &str) -> &'d Vec<Value> {
    document.pointer(path).unwrap_or_else(|| panic!("{path}"))["x-codeSamples"].as_array().unwrap()
}

fn assert_sends(document: &Value, path: &str, message: &str) {
    let samples = samples(document, path);
    assert_eq!(samples.len(), 2, "{path}");
    for (sample, target, lang, label) in
        [(&samples[0], "curl", "bash", "curl"), (&samples[1], "python", "python", "Python")]
    {
        assert_eq!((sample["lang"].as_str(), sample["label"].as_str()), (Some(lang), Some(label)));
        assert_eq!(sample["source"].as_str().unwrap(), quote(message, target), "{path}");
    }
}

fn codes(overlay: &Overlay) -> Vec<(String, String)> {
    let split = |it: &requote::Diagnostic| {
        let (place, _) = it.message.split_once(": ").unwrap();
        (it.code.to_string(), place.to_owned())
    };
    overlay.diagnostics.iter().map(split).collect()
}

#[test]
fn the_operations_of_a_3_0_document_in_yaml_get_samples() {
    let made = make(SHELTER, |settings| {
        settings.credentials = vec![
            ("shelterToken".to_owned(), "abc".to_owned()),
            ("apiKey".to_owned(), "k-1".to_owned()),
        ];
    });
    let applied = apply::apply(SHELTER, &made.to_yaml());
    assert_sends(
        &applied,
        "/paths/~1animals/get",
        "GET /v1/animals?kind=cat&kind=dog&age%5Bmin%5D=0&age%5Bmax%5D=2 HTTP/1.1\nHost: eu.shelter.example\n\
         Accept: application/json\nX-Trace: t-1\n\n",
    );
    // The samples that were there are gone, and what only the server sends is not sent.
    assert_sends(
        &applied,
        "/paths/~1animals/post",
        "POST /v1/animals HTTP/1.1\nHost: eu.shelter.example\nX-Trace: t-1\nContent-Type: application/json\n\
         Authorization: Bearer abc\n\n{\n  \"name\": \"Tom's friend\",\n  \"kind\": \"cat\",\n  \"weight\": 4.50\n}",
    );
    assert_sends(
        &applied,
        "/paths/~1animals~1{animalId}/get",
        "GET /v1/animals/tom%2F1 HTTP/1.1\nHost: eu.shelter.example\n\n",
    );
    assert_sends(
        &applied,
        "/paths/~1animals~1{animalId}/delete",
        "DELETE /v1/animals/tom%2F1 HTTP/1.1\nHost: eu.shelter.example\nX-Shelter-Key: k-1\n\n",
    );
    assert_eq!(made.operations(), 4);
}

#[test]
fn an_operation_without_an_example_is_told_by_its_pointer_and_gets_nothing() {
    let made = make(SHELTER, |_| {});
    let is = |code: &str, place: &str| (code.to_owned(), place.to_owned());
    assert_eq!(
        codes(&made),
        [
            is("openapi-no-credentials", "#/paths/~1animals/post"),
            is("openapi-no-credentials", "#/paths/~1animals~1{animalId}/put"),
            is("openapi-no-example", "#/paths/~1animals~1{animalId}/put"),
            is("openapi-no-credentials", "#/paths/~1animals~1{animalId}/delete"),
            is("openapi-body", "#/paths/~1animals~1{animalId}~1picture/put"),
            is("openapi-no-example", "#/paths/~1visits~1{day}/get"),
        ]
    );
    let applied = apply::apply(SHELTER, &made.to_json());
    for path in ["/paths/~1animals~1{animalId}/put", "/paths/~1visits~1{day}/get"] {
        assert!(applied.pointer(path).unwrap().get("x-codeSamples").is_none(), "{path}");
    }
}

#[test]
fn the_operations_of_a_3_1_document_in_json_get_samples() {
    let made = make(ORDERS, |_| {});
    assert_eq!(codes(&made), []);
    let applied = apply::apply(ORDERS, &made.to_json());
    assert_sends(
        &applied,
        "/components/pathItems/Orders/get",
        "GET /api/orders HTTP/1.1\nHost: orders.example\n\n",
    );
    assert_sends(
        &applied,
        "/paths/~1search/post",
        "POST /api/search?fields=id%7Ctotal%20sum&next=/a?b=c HTTP/1.1\nHost: orders.example\n\
         Accept: application/json\nContent-Type: application/x-www-form-urlencoded\nCookie: session=s1\n\n\
         text=blue+%26+green&tags=a,b",
    );
    assert_sends(
        &applied,
        "/paths/~1import/post",
        "POST /api/import HTTP/1.1\nHost: orders.example\n\
         Content-Type: multipart/form-data; boundary=boundary\n\n--boundary\n\
         Content-Disposition: form-data; name=\"title\"\n\nMarch\n--boundary\n\
         Content-Disposition: form-data; name=\"rows\"\nContent-Type: application/json\n\n{\"id\":1}\n--boundary--\n",
    );
}

#[test]
fn credentials_are_variables_of_the_environment_and_never_values() {
    let made = make(SHELTER, |settings| {
        settings.options = Options::default().with_secrets(Secrets::Env);
    });
    let applied = apply::apply(SHELTER, &made.to_yaml());
    for (path, variable) in [
        ("/paths/~1animals/post", "SHELTER_TOKEN"),
        ("/paths/~1animals~1{animalId}/delete", "API_KEY"),
    ] {
        for sample in samples(&applied, path) {
            let source = sample["source"].as_str().unwrap();
            assert!(source.contains(variable) && !source.contains("value-of"), "{source}");
        }
    }
    assert!(!made.to_json().contains("value-of"));
}

#[test]
fn other_members_and_a_server_of_the_caller() {
    let made = make(ORDERS, |settings| {
        settings.key = Key::Readme;
        settings.server = Some("http://localhost:8080".to_owned());
    });
    let applied = apply::apply(ORDERS, &made.to_yaml());
    let sample =
        &applied["components"]["pathItems"]["Orders"]["get"]["x-readme"]["code-samples"][1];
    assert_eq!(sample["language"], "python");
    assert_eq!(sample["install"], "pip install requests");
    assert!(sample["code"].as_str().unwrap().contains("http://localhost:8080/orders"));
}

#[test]
fn json_and_yaml_are_the_same_document() {
    let made = make(SHELTER, |_| {});
    assert_eq!(apply::read(&made.to_yaml()), apply::read(&made.to_json()));
    assert!(made.to_yaml().contains("source: |\n"), "{}", made.to_yaml());
    assert!(
        made.to_yaml().starts_with(
            "overlay: \"1.0.0\"\ninfo:\n  title: \"Code samples of Animal shelter\"\n"
        )
    );
}

#[test]
fn what_is_no_document_is_refused() {
    let engine = Engine::new();
    let settings = settings(&engine, &["curl"]);
    let refused = |text: &str| overlay(text, &engine, &settings).unwrap_err();
    assert!(matches!(refused("swagger: '2.0'\n"), OpenApiError::Document(_)));
    assert!(matches!(refused("{\"openapi\":"), OpenApiError::Syntax { .. }));
    assert!(matches!(refused("a: [\n"), OpenApiError::Syntax { .. }));
    let relative = "openapi: 3.0.0\nservers: [{url: /v1}]\npaths: {/a: {get: {}}}\n";
    let made = overlay(relative, &engine, &settings).unwrap();
    assert_eq!(codes(&made)[0].0, "openapi-no-server");
    assert_eq!(made.operations(), 0);
}
