//! requote for JavaScript: bytes and JSON in, JSON out.
//!
//! What a function gives is the text that the program prints, so that both cannot differ. The package
//! reads it, and has the types (`npm/`).
//!
//! `options` is a JSON object of the keys of `Asked` in `options.rs`. What cannot be done as it is asked is an error: a
//! diagnostic as JSON. A message that does not parse is no error, but a line with its diagnostics.

mod engine;
mod options;
#[cfg(feature = "full")]
mod page;
mod secrets;

use requote::grammar::base64;
use requote::{Diagnostic, Refused, Requested};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use engine::engine_of;
use options::{Asked, Fault};

/// Quotes the request of an input for a target: the line of `requote to --json`, whose `file` is null.
#[wasm_bindgen]
pub fn quote(input: Vec<u8>, target: &str, options: &str) -> Result<String, String> {
    let asked = Asked::read(options)?;
    let engine = engine_of(&asked.templates)?;
    let target = engine.find(target).map_err(Fault::from)?;
    let (reading, options) = (asked.reading()?, asked.options()?);
    Ok(to_json(&engine.quote_input(input, &reading, &target, &options).record()))
}

/// The targets, as the lines of `requote targets --json` in a list; with an input that holds a request,
/// as those of `requote targets --json --for`.
#[wasm_bindgen]
pub fn targets(input: Option<Vec<u8>>, options: &str) -> Result<String, String> {
    let asked = Asked::read(options)?;
    let engine = engine_of(&asked.templates)?;
    let (reading, options) = (asked.reading()?, asked.options()?);
    let request = input.and_then(|input| reading.read_one(input).ok());
    let parsed = request.as_ref().and_then(|request| request.parse(&options).ok());
    let request = request.as_ref().zip(parsed.as_ref().map(|parsed| &parsed.message));
    Ok(to_json(&engine.assess_all(request, &options).map_err(Fault::from)?))
}

/// A line of `requote check --json`, and what the request is called in a list.
#[derive(Serialize)]
struct Checked {
    file: Option<()>,
    request: Option<String>,
    from: &'static str,
    diagnostics: Vec<Diagnostic>,
    title: String,
}

/// What is odd about the requests of an input, as the lines of `requote check --json` in a list.
#[wasm_bindgen]
pub fn check(input: Vec<u8>, options: &str) -> Result<String, String> {
    let asked = Asked::read(options)?;
    let (reading, options) = (asked.reading()?, asked.options()?);
    let checked = match reading.read(input) {
        Ok(requests) => requests.iter().map(|request| check_one(request, &options)).collect(),
        Err(Refused { diagnostic, .. }) => vec![Checked {
            file: None,
            request: None,
            from: "message",
            diagnostics: vec![*diagnostic],
            title: String::new(),
        }],
    };
    Ok(to_json(&checked))
}

fn check_one(request: &Requested, options: &requote::Options) -> Checked {
    let diagnostics = match request.parse(options) {
        Ok(parsed) => parsed.message.diagnostics,
        Err(error) => vec![error.into_diagnostic()],
    };
    Checked {
        file: None,
        request: request.label.clone(),
        from: request.format.name(),
        diagnostics,
        title: request.title.clone(),
    }
}

/// A page of documentation with its snippets: its text, its regions and its diagnostics.
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn expand(page: &str, format: &str, options: &str) -> Result<String, String> {
    Ok(page::expand(page, format, &Asked::read(options)?)?)
}

/// The input in base64, with `*` in place of its credentials; null where it does not parse.
#[wasm_bindgen]
pub fn without_secrets(input: Vec<u8>, options: &str) -> Result<String, String> {
    let asked = Asked::read(options)?;
    let masked = secrets::mask(input, &asked.reading()?);
    Ok(to_json(&masked.map(|bytes| base64::encode(&bytes))))
}

fn to_json(value: &impl Serialize) -> String {
    // Strings, numbers and lists always are JSON.
    serde_json::to_string(value).unwrap_or_default()
}
