//! `--form` and `--form-string` → parts (curl, `src/tool_formparse.c` and `lib/mime.c`).

use crate::diagnostic::Span;

use super::super::code;
use super::super::multipart::{Part, write_part};
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::arguments::Given;
use super::data::Sources;

/// The part that an option describes.
pub(super) fn read_part(given: &Given, sources: &Sources<'_>) -> Result<Part, Refusal> {
    let Some((name, value)) = given.value.split_once(b'=') else {
        return Err(refuse_form(given.value.span(), "a form field has no `=`"));
    };
    if given.known.name == "form-string" {
        return Ok(write_part(&name, None, None, value));
    }
    let (mark, rest) = match value.bytes().first() {
        Some(b'@' | b'<') => (value.bytes()[0], value.slice(1..value.len())),
        Some(b'(') => return Err(refuse_form(value.span(), "parts within parts are not read")),
        _ => (b'=', value),
    };
    let mut reading = Reading { text: &rest, at: 0 };
    let content = reading.read_word(if mark == b'=' { b";" } else { b";," });
    if reading.peek() == Some(b',') {
        return Err(refuse_form(rest.span(), "several files in one form field are not read"));
    }
    let (mut kind, mut file_name) = (None, None);
    while reading.peek() == Some(b';') {
        reading.at += 1;
        reading.skip_blanks();
        let rest = &reading.text.bytes()[reading.at..];
        if rest.starts_with(b"type=") {
            reading.at += 5;
            kind = Some(reading.read_type());
        } else if rest.starts_with(b"filename=") {
            reading.at += 9;
            file_name = Some(reading.read_word(b";"));
        } else {
            let place = reading.text.span_of(reading.at..reading.text.len());
            return Err(refuse_form(place, "this part of a form field is not read"));
        }
    }
    if mark == b'=' {
        return Ok(write_part(&name, file_name.as_ref(), kind.as_ref(), content));
    }
    let bytes = sources.read(&content)?;
    if mark == b'@' && file_name.is_none() {
        file_name = Some(base_name(&content));
    }
    if kind.is_none() && file_name.is_some() {
        kind = file_name.as_ref().map(|name| Text::new(guess_type(name.bytes()), name.span()));
    }
    Ok(write_part(&name, file_name.as_ref(), kind.as_ref(), bytes))
}

fn base_name(path: &Text) -> Text {
    let from = memchr::memrchr2(b'/', b'\\', path.bytes()).map_or(0, |at| at + 1);
    path.slice(from..path.len())
}

/// The types that curl knows by the end of a file name (`lib/mime.c`).
fn guess_type(name: &[u8]) -> &'static str {
    let types = [
        (".gif", "image/gif"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".png", "image/png"),
        (".svg", "image/svg+xml"),
        (".txt", "text/plain"),
        (".htm", "text/html"),
        (".html", "text/html"),
        (".pdf", "application/pdf"),
        (".xml", "application/xml"),
    ];
    let name = name.to_ascii_lowercase();
    let found = types.iter().find(|(end, _)| name.ends_with(end.as_bytes()));
    found.map_or("application/octet-stream", |(_, kind)| kind)
}

#[cold]
fn refuse_form(place: Span, message: &str) -> Refusal {
    let label =
        "expected `name=value`, `name=@file` or `name=<file`, with `;type=` or `;filename=`";
    refuse(
        code::FORM_FIELD,
        message,
        place,
        label,
        "write it in this form, or give the body by `--data-binary`",
    )
}

/// The small language of `--form`.
struct Reading<'t> {
    text: &'t Text,
    at: usize,
}

impl Reading<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// A word up to one of `stops`; in quotation marks, `\"` and `\\` stand for `"` and `\`.
    fn read_word(&mut self, stops: &[u8]) -> Text {
        let from = self.at;
        self.skip_blanks();
        if self.peek() == Some(b'"')
            && let Some(word) = self.read_quoted(stops)
        {
            return word;
        }
        self.at = from;
        let rest = &self.text.bytes()[from..];
        let length = rest.iter().position(|byte| stops.contains(byte)).unwrap_or(rest.len());
        self.at += length;
        self.text.slice(from..from + length)
    }

    /// A word in quotation marks that is followed by a stop or the end.
    fn read_quoted(&mut self, stops: &[u8]) -> Option<Text> {
        let mut word = Text::default();
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' if matches!(self.text.bytes().get(self.at + 1), Some(b'"' | b'\\')) => {
                    word.append_part(self.text, self.at + 1..self.at + 2);
                    self.at += 2;
                }
                _ => {
                    word.append_part(self.text, self.at..self.at + 1);
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        self.skip_blanks();
        self.peek().is_none_or(|byte| stops.contains(&byte)).then_some(word)
    }

    /// A media type, with the parameters that follow it: a `;` belongs to it unless curl's own words
    /// follow.
    fn read_type(&mut self) -> Text {
        let from = self.at;
        while let Some(byte) = self.peek() {
            if byte == b';' {
                let rest = &self.text.bytes()[self.at + 1..];
                let word = rest.trim_ascii_start();
                let own: [&[u8]; 4] = [b"filename=", b"headers=", b"encoder=", b"type="];
                if own.iter().any(|own| word.starts_with(own)) {
                    break;
                }
            }
            self.at += 1;
        }
        self.text.slice(from..self.at).trim()
    }
}
