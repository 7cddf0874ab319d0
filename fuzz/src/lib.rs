//! What a fuzzer calls: each function takes any bytes and panics where requote breaks a promise.

use requote::literal::Inverse;
use requote::{BodyMode, Engine, Options, Outcome, TargetId};

/// Languages whose literals differ most; all of them for each input would be slow.
const TARGETS: [&str; 8] = [
    "python/requests",
    "shell/curl",
    "javascript/fetch",
    "rust/reqwest",
    "php/curl",
    "elixir/httpc",
    "csharp/http-client",
    "powershell/invoke-restmethod",
];

/// Reads bytes as a message; what is a message is quoted in each mode for a few targets.
pub fn message(bytes: &[u8]) {
    quote_all(bytes);
}

/// Quotes bytes as a JSON body.
pub fn json(bytes: &[u8]) {
    quote_all(&with_body("application/json", bytes));
}

/// Quotes a form of parts; the boundary is `B`.
pub fn multipart(bytes: &[u8]) {
    quote_all(&with_body("multipart/form-data; boundary=B", bytes));
}

/// Writes bytes as a body of text, and as the value of a field.
pub fn literals(bytes: &[u8]) {
    quote_all(&with_body("text/plain", bytes));
    let is_value = |byte: &&u8| !matches!(byte, b'\r' | b'\n' | 0);
    let value: Vec<u8> = bytes.iter().filter(is_value).copied().collect();
    quote_all(&[b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ".as_slice(), &value, b"\r\n\r\n"].concat());
}

/// Writes bytes that are text as a literal of each table of string styles, and reads it back by that table.
pub fn read_back(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    INVERSES.with(|inverses| {
        for (language, inverse) in inverses {
            if let Some(fault) = inverse.find_fault(text) {
                panic!("{language}: {fault}");
            }
        }
    });
}

fn with_body(media_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

thread_local! {
    static ENGINE: (Engine, Vec<TargetId>) = {
        let engine = Engine::new();
        let targets = TARGETS.iter().filter_map(|name| engine.find(name).ok()).collect();
        (engine, targets)
    };
}

thread_local! {
    /// The tables whose literals are read back, each with the name of its language.
    static INVERSES: Vec<(String, Inverse)> = inverses();
}

fn inverses() -> Vec<(String, Inverse)> {
    let engine = Engine::new();
    let mut languages: Vec<String> =
        engine.ids().iter().map(|id| id.language().to_owned()).collect();
    languages.dedup();
    let mut inverses = Vec::new();
    for language in &languages {
        let table = engine.language_file(language, "language.toml").unwrap_or_default();
        let table: toml::Table = table.parse().expect("a table that is built in");
        for style in table.get("string").and_then(toml::Value::as_array).into_iter().flatten() {
            let inverse: Inverse = style.clone().try_into().expect("a string style");
            if inverse.is_read() {
                inverses.push((language.clone(), inverse));
            }
        }
    }
    assert!(inverses.len() > languages.len(), "a language has a table or two");
    inverses
}

fn quote_all(bytes: &[u8]) {
    let Ok(message) = requote::parse(bytes) else { return };
    ENGINE.with(|(engine, targets)| {
        assert_eq!(targets.len(), TARGETS.len(), "a target is gone");
        for target in targets {
            for mode in [BodyMode::Exact, BodyMode::Text, BodyMode::Native] {
                let options = Options::default().with_body(mode);
                let snippet = engine.quote(&message, target, &options);
                let snippet = snippet.unwrap_or_else(|error| panic!("{target}: {error}"));
                let is_refused = snippet.outcome == Outcome::Unsupported;
                assert_eq!(is_refused, snippet.code.is_none(), "{target}: outcome and code");
                let code = snippet.code.as_deref().unwrap_or_default();
                let is_hidden = |&c: &char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
                let hidden = code.chars().find(is_hidden);
                assert_eq!(hidden, None, "{target}: a raw control character");
                serde_json::to_string(&snippet).unwrap_or_else(|error| panic!("{target}: {error}"));
            }
        }
    });
}
