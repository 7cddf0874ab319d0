//! Targets whose toolchain cannot be had: a real grammar of the language, or the documented rules
//! of what reads the code, must see each snippet as it was meant.

mod cmd;
mod dart;
mod julia;
mod matlab;
mod objective_c;
mod powershell;
mod swift;
mod tree;

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use requote::{BodyMode, Engine, Options, Snippet, parse};

/// Calls `check` with the name and bytes of each case of `tests/requests`.
fn for_each_case(mut check: impl FnMut(&str, &[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/requests");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        check(&path.file_stem().unwrap().to_string_lossy(), &fs::read(&path).unwrap());
    }
}

/// Quotes the request of `bytes` for `target` in each mode of the body and calls `check` with the
/// snippets.
fn quote(engine: &Engine, target: &str, bytes: &[u8], check: impl Fn(&Snippet)) {
    let message = parse(bytes).unwrap();
    let id = engine.find(target).unwrap();
    for mode in [BodyMode::Exact, BodyMode::Text, BodyMode::Auto] {
        check(&engine.quote(&message, &id, &Options::default().with_body(mode)).unwrap());
    }
}

/// Text of what is special to one language or another.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        r#"["'`$%^&|<>!\\@#(){};,= ~*?a-c0-9:/-]{1,6}"#,
        "\\\\{1,4}\"?",
        proptest::sample::select(vec![
            "\n",
            "\r\n",
            "\t",
            "\0",
            "\u{1b}",
            "\n'@",
            "\n\"@",
            "'@\n",
            "$(",
            "${",
            "`u{41}",
            "\u{2018}",
            "\u{2019}",
            "\u{201a}",
            "\u{201b}",
            "\u{201c}",
            "\u{201d}",
            "\u{201e}",
            "%PATH%",
            "%%",
            "\"&calc&\"",
            "\u{e9}",
            "\u{1f600}",
            "\u{202e}",
            "\u{2028}",
            " \n",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A request with hostile text wherever a message takes it.
fn hostile_request() -> impl Strategy<Value = Vec<u8>> {
    (hostile_text(), hostile_text(), hostile_text(), any::<bool>()).prop_map(
        |(target, value, body, is_put)| {
            let visible = |text: &str| text.replace(|c: char| c.is_control(), "");
            let target = visible(&target).replace(' ', "+");
            let value = visible(&value);
            let method = if is_put { "PUT" } else { "GET" };
            format!(
                "{method} /{target} HTTP/1.1\r\nHost: example.com\r\nX-Value: {value}\r\n\
                 Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
        },
    )
}
