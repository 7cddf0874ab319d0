//! What `--data` and its kind add to a body (curl, `src/tool_getparam.c`).

use crate::grammar::percent;

use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::{Options, code, reference};
use super::arguments::Given;
use super::shell::Stdin;

/// Where the data of a command may come from.
pub(super) struct Sources<'s> {
    pub(super) options: &'s Options,
    pub(super) stdin: Option<&'s Stdin>,
}

impl Sources<'_> {
    /// The bytes of a file; `-` is standard input.
    pub(super) fn read(&self, name: &Text) -> Result<Text, Refusal> {
        let place = name.span();
        match (name.bytes(), self.stdin) {
            (b"-" | b".", Some(Stdin::Text(text))) => Ok(text.clone()),
            (b"-" | b".", Some(Stdin::File(file))) => {
                reference::file(self.options, file, file.span())
            }
            (b"-" | b".", None) => Err(refuse(
                code::INPUT_STDIN,
                "the data comes from the standard input of curl, which is not in the text",
                place,
                "this stands for standard input",
                "write the data in its place, or give it as a here-document: <<'EOF'",
            )),
            _ => reference::file(self.options, name, place),
        }
    }
}

/// The data of one option.
pub(super) fn read_data(given: &Given, sources: &Sources<'_>) -> Result<Text, Refusal> {
    let value = &given.value;
    let file =
        value.bytes().first().filter(|mark| **mark == b'@').map(|_| value.slice(1..value.len()));
    match (given.known.name, file) {
        ("data-raw", _) | (_, None) if given.known.name != "data-urlencode" => Ok(value.clone()),
        ("data-urlencode", _) => encode_data(value, sources),
        ("data" | "data-ascii", Some(file)) => Ok(without_line_ends(&sources.read(&file)?)),
        (_, Some(file)) => sources.read(&file),
        (_, None) => Ok(value.clone()),
    }
}

/// `--data` leaves out line ends and NUL of a file.
fn without_line_ends(text: &Text) -> Text {
    let mut out = Text::default();
    let mut from = 0;
    for (at, byte) in text.bytes().iter().enumerate() {
        if matches!(byte, b'\r' | b'\n' | 0) {
            out.append_part(text, from..at);
            from = at + 1;
        }
    }
    out.append_part(text, from..text.len());
    out
}

/// `content`, `=content`, `name=content`, `@file` or `name@file`: the content is encoded.
pub(super) fn encode_data(value: &Text, sources: &Sources<'_>) -> Result<Text, Refusal> {
    let bytes = value.bytes();
    let mark = memchr::memchr(b'=', bytes).or_else(|| memchr::memchr(b'@', bytes));
    let (name, content) = match mark {
        Some(at) if bytes[at] == b'@' => (at, sources.read(&value.slice(at + 1..value.len()))?),
        Some(at) => (at, value.slice(at + 1..value.len())),
        None => (0, value.clone()),
    };
    let mut out = value.slice(0..name);
    if name > 0 {
        out.push(b"=", value.span_of(name..name + 1));
    }
    encode_form(&mut out, &content);
    Ok(out)
}

/// Percent-encoding with `+` for a space.
fn encode_form(out: &mut Text, text: &Text) {
    let mut from = 0;
    for (at, byte) in text.bytes().iter().enumerate() {
        if percent::is_unreserved(*byte) {
            continue;
        }
        out.append_part(text, from..at);
        let place = text.span_of(at..at + 1);
        match byte {
            b' ' => out.push(b"+", place),
            byte => out.push(format!("%{byte:02X}").as_bytes(), place),
        }
        from = at + 1;
    }
    out.append_part(text, from..text.len());
}
