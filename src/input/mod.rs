//! What people have in hand → raw HTTP/1.1 messages: commands, captures, collections and pastes.
//!
//! [`read`] writes for each request of an input the message that it stands for, with a map of
//! places, so that every later diagnostic points into the input itself. Nothing that an input says
//! opens a file, expands a variable or runs a command: [`Options`] allows files and variables by
//! name, and what is not allowed is refused with its place.
//!
//! ```
//! use requote::input::{self, Options};
//!
//! let input = input::read(b"```http\nGET /a HTTP/1.1\nHost: example.org\n```\n", None, &Options::default())?;
//! let raw = input.entries[0].raw.as_ref().expect("one request");
//! assert_eq!(&*raw.message, b"GET /a HTTP/1.1\nHost: example.org\n");
//! # Ok::<(), requote::parse::ParseError>(())
//! ```

mod burp;
mod cmd;
pub mod code;
mod comment;
mod compose;
mod curl;
mod detect;
mod draft;
mod environment;
mod fetch;
mod foreign;
mod format;
mod har;
mod http_file;
mod layer;
mod log;
mod map;
mod message;
mod multipart;
mod options;
mod panel;
mod placeholder;
mod postman;
mod powershell;
mod prompt;
mod pseudo;
mod reference;
mod refusal;
mod spaces;
mod structured;
mod text;
mod trace;
mod url;
mod value;
mod verbose;
mod wrapped;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;
use crate::parse::ParseError;

use draft::Draft;
use layer::Layer;
use refusal::Refusal;

pub use environment::read_environment;
pub use format::{Format, UnknownFormat};
pub use map::SpanMap;
pub use options::{FileError, Files, Options};

/// What was read: the requests of an input, in order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Input<'a> {
    /// What the input was read as.
    pub format: Format,
    /// The requests; at least one.
    pub entries: Vec<Entry<'a>>,
    /// Notes about the input as a whole, with places in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A request of an input.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// What the input calls it, if it does.
    pub name: Option<String>,
    /// Method and URL, as far as they are known, for a list of requests; empty for a raw message.
    pub title: String,
    /// Its place in the input.
    pub span: Span,
    /// The message that it stands for, or why there is none, with its place in the input.
    pub raw: Result<Raw<'a>, ParseError>,
}

/// A raw message that a reader wrote.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Raw<'a> {
    /// The bytes of an HTTP/1.1 message, for [`parse`](crate::parse::parse).
    pub message: Cow<'a, [u8]>,
    /// The scheme of the URL, where the input says it.
    pub scheme: Option<Scheme>,
    /// From places in the message to places in the input.
    pub map: SpanMap,
    /// Notes and warnings of the reading, with places in the input.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the requests of an input; without a format, its content decides.
///
/// Takes time and memory linear in the input.
///
/// # Errors
///
/// An error with its place in the input, where that holds no request that can be told apart. What is
/// wrong with one request of several is in [`Entry::raw`].
pub fn read<'a>(
    input: &'a [u8],
    format: Option<Format>,
    options: &Options,
) -> Result<Input<'a>, ParseError> {
    let mut layer = layer::take_off(input).map_err(|refusal| finish(refusal, input))?;
    if format.is_none_or(|format| format == Format::Message)
        && let Some(entry) = message::find_plain(&layer, options)
    {
        let (format, diagnostics) = (Format::Message, Vec::new());
        return Ok(Input { format, entries: vec![entry], diagnostics });
    }
    let (format, read) = read_layer(&mut layer, format, options);
    let map = Arc::new(layer.map);
    let mut found = read.map_err(|mut refusal| {
        map.relocate(&mut refusal, input);
        ParseError::from(refusal)
    })?;
    for diagnostic in &mut found.diagnostics {
        map.relocate(diagnostic, input);
    }
    let mut diagnostics = layer.diagnostics;
    diagnostics.append(&mut found.diagnostics);
    for diagnostic in &mut diagnostics {
        diagnostic.locate(input);
    }
    let entries = found.entries.into_iter().map(|entry| entry.finish(&map, input)).collect();
    Ok(Input { format, entries, diagnostics })
}

/// Reads the text within its wrappings, in the format that was named or that its content tells.
fn read_layer(
    layer: &mut Layer<'_>,
    format: Option<Format>,
    options: &Options,
) -> (Format, Result<Found, Refusal>) {
    if format.is_none() && structured::begins_json(&layer.bytes) && !foreign::is_page(&layer.bytes)
    {
        layer.skip_byte_order_mark();
        return structured::read(&layer.bytes, options);
    }
    let format = format.unwrap_or_else(|| detect::detect(&layer.bytes));
    if format != Format::Message {
        layer.skip_byte_order_mark();
    }
    let bytes = &*layer.bytes;
    let read = match format {
        Format::Message => message::read(bytes, options),
        Format::Curl => curl::read(bytes, options),
        Format::HttpFile => http_file::read(bytes, options),
        Format::Fetch => fetch::read(bytes, options),
        Format::Har => structured::read_as(bytes, options, har::read),
        Format::Burp => burp::read(bytes),
        Format::Cmd => cmd::read(bytes, options),
        Format::PowerShell => powershell::read(bytes, options),
        Format::Postman => structured::read_as(bytes, options, postman::read),
    };
    (format, read)
}

fn finish(mut refusal: Refusal, input: &[u8]) -> ParseError {
    refusal.locate(input);
    refusal.into()
}

/// What a reader found, with places in the text that it was given.
#[derive(Debug, Default)]
struct Found {
    entries: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn of_one(entry: Draft) -> Self {
        Self { entries: vec![entry], diagnostics: Vec::new() }
    }
}
