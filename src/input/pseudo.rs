//! Messages of HTTP/2 as developer tools show them: pseudo-header fields in place of a request line
//! (RFC 9113 §8.3.1).
//!
//! A field stands on one line, or its value stands on the line after its name, as in a table that
//! was copied.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;
use crate::grammar::space;

use super::detect::is_request_line;
use super::draft::Draft;
use super::layer::lines;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Options, code};

/// Whether a pseudo-header field stands where a message begins, or right after its request line.
pub(super) fn has_pseudo_fields(bytes: &[u8]) -> bool {
    let mut lines =
        lines(bytes).map(|line| bytes[line].trim_ascii()).skip_while(|line| line.is_empty());
    let first = lines.next().unwrap_or_default();
    let is_pseudo =
        |line: &[u8]| line.len() > 1 && line[0] == b':' && line[1].is_ascii_alphabetic();
    is_pseudo(first) || is_request_line(first) && lines.next().is_some_and(is_pseudo)
}

/// Reads the message.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Draft, Refusal> {
    let mut head = Head::read(bytes)?;
    let mut text = Text::default();
    let mut scheme = None;
    let place = head.pseudo.first().map_or_else(Span::default, |field| field.0.span());
    if let Some((_, value)) = head.take("scheme")? {
        scheme = Some(value.valid().parse::<Scheme>().map_err(|_| refuse_scheme(value.span()))?);
    }
    let authority = head.take("authority")?.map(|(_, value)| value);
    let method = head.take("method")?.map(|(_, value)| value);
    let path = head.take("path")?.map(|(_, value)| value);
    if let Some((name, _)) = head.pseudo.first() {
        return Err(refuse_field(name));
    }
    match (&head.request_line, method, path) {
        (Some(line), method, path) => {
            let said = [method, path];
            if let Some(other) = said.iter().flatten().find(|value| !has_word(line, value.bytes()))
            {
                return Err(refuse_difference(other.span()));
            }
            text.append(line);
        }
        (None, Some(method), Some(path)) => {
            text.append(&method);
            text.push(b" ", place);
            text.append(&path);
            text.push(b" HTTP/2\r\n", place);
        }
        _ => return Err(refuse_incomplete(place)),
    }
    write_host(&mut text, &head, authority.as_ref(), options, place);
    for (name, value) in &head.fields {
        text.append(name);
        text.push(b": ", name.span());
        text.append(value);
        text.push(b"\r\n", value.span());
    }
    text.push_input(bytes, head.end..bytes.len());
    let mut draft = Draft::of_message(text, scheme, Span::new(0, bytes.len()));
    let words =
        "the message has the pseudo-header fields of HTTP/2, read as a request line and Host";
    draft.tell(Diagnostic::note(code::READ_AS, words).with_span(place));
    Ok(draft)
}

fn write_host(
    text: &mut Text,
    head: &Head,
    authority: Option<&Text>,
    options: &Options,
    place: Span,
) {
    if head.fields.iter().any(|(name, _)| name.bytes().eq_ignore_ascii_case(b"host")) {
        return;
    }
    let value = match (authority, &options.host) {
        (Some(authority), _) => authority.clone(),
        (None, Some(host)) => Text::new(host, place),
        (None, None) => return,
    };
    text.push(b"Host: ", value.span());
    text.append(&value);
    text.push(b"\r\n", value.span());
}

fn has_word(line: &Text, word: &[u8]) -> bool {
    line.bytes().trim_ascii().split(|byte| *byte == b' ').any(|other| other == word)
}

/// The header section.
#[derive(Default)]
struct Head {
    request_line: Option<Text>,
    /// Pseudo-header fields: name without the colon, value.
    pseudo: Vec<(Text, Text)>,
    fields: Vec<(Text, Text)>,
    /// Where the empty line that ends it begins.
    end: usize,
}

impl Head {
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut head = Self { end: bytes.len(), ..Self::default() };
        let mut rest: Vec<Range<usize>> = Vec::new();
        for line in lines(bytes) {
            let is_blank = bytes[line.clone()].trim_ascii().is_empty();
            if is_blank && (head.request_line.is_some() || !rest.is_empty()) {
                head.end = line.start;
                break;
            }
            if rest.is_empty()
                && head.request_line.is_none()
                && is_request_line(&bytes[line.clone()])
            {
                head.request_line = Some(Text::of(bytes, line));
            } else if !is_blank {
                rest.push(line);
            }
        }
        let is_table = rest.first().is_some_and(|line| is_name_alone(&bytes[line.clone()]));
        let pairs = if is_table { pair_lines(bytes, &rest)? } else { split_lines(bytes, &rest)? };
        for (name, value) in pairs {
            match name.bytes().strip_prefix(b":") {
                Some(_) => head.pseudo.push((name.slice(1..name.len()), value)),
                None => head.fields.push((name, value)),
            }
        }
        Ok(head)
    }

    /// Takes out the pseudo-header field of this name, which stands once.
    fn take(&mut self, name: &str) -> Result<Option<(Text, Text)>, Refusal> {
        let is_it = |field: &(Text, Text)| field.0.bytes() == name.as_bytes();
        let Some(at) = self.pseudo.iter().position(is_it) else { return Ok(None) };
        let field = self.pseudo.remove(at);
        match self.pseudo.iter().find(|field| is_it(field)) {
            Some(again) => Err(refuse_repeated(again)),
            None => Ok(Some(field)),
        }
    }
}

/// Whether a line is the name of a pseudo-header field without its value.
fn is_name_alone(line: &[u8]) -> bool {
    let name = line.trim_ascii();
    let name = name.strip_prefix(b":").unwrap_or(name);
    !name.strip_suffix(b":").unwrap_or(name).contains(&b':')
}

/// Fields whose value stands on the line after the name.
fn pair_lines(bytes: &[u8], lines: &[Range<usize>]) -> Result<Vec<(Text, Text)>, Refusal> {
    lines
        .chunks(2)
        .map(|pair| {
            let [name, value] = pair else {
                return Err(refuse_line(pair[0].clone()));
            };
            let name = trimmed(bytes, name);
            let end = name.bytes().strip_suffix(b":").map_or(name.len(), <[u8]>::len);
            Ok((name.slice(0..end), trimmed(bytes, value)))
        })
        .collect()
}

/// Fields that stand on one line each.
fn split_lines(bytes: &[u8], lines: &[Range<usize>]) -> Result<Vec<(Text, Text)>, Refusal> {
    let split = |line: &Range<usize>| split(&trimmed(bytes, line));
    lines.iter().map(|line| split(line).ok_or_else(|| refuse_line(line.clone()))).collect()
}

/// The name and the value of a field on one line. A name may begin with the colon of a pseudo-header
/// field.
pub(super) fn split(line: &Text) -> Option<(Text, Text)> {
    let from = usize::from(line.bytes().starts_with(b":"));
    let colon = memchr::memchr(b':', &line.bytes()[from..]).map(|at| at + from)?;
    Some((line.slice(0..colon), line.slice(colon + 1..line.len()).trim()))
}

/// A line without the white space around it.
pub(super) fn trimmed(bytes: &[u8], line: &Range<usize>) -> Text {
    let content = &bytes[line.clone()];
    let end = line.start + content.trim_ascii_end().len();
    let start = line.start + content.len() - space::trim_start(content).len();
    Text::of(bytes, start.min(end)..end)
}

#[cold]
fn refuse_this(message: String, place: Span, label: &str) -> Refusal {
    let help =
        "give `:method`, `:scheme`, `:authority` and `:path` once each, or a request line and Host";
    refuse(code::PSEUDO_HEADERS, message, place, label, help)
}

fn refuse_scheme(place: Span) -> Refusal {
    refuse_this(
        "`:scheme` is neither `http` nor `https`".to_owned(),
        place,
        "expected http or https",
    )
}

fn refuse_field(name: &Text) -> Refusal {
    let message = format!("`:{}` is no pseudo-header field of an ordinary request", name.lossy());
    refuse_this(message, name.span(), "expected method, scheme, authority or path")
}

fn refuse_difference(place: Span) -> Refusal {
    let message = "the pseudo-header field says something else than the request line".to_owned();
    refuse_this(message, place, "expected the value in the request line")
}

fn refuse_incomplete(place: Span) -> Refusal {
    let message = "the pseudo-header fields lack `:method` or `:path`".to_owned();
    refuse_this(message, place, "expected both of them")
}

fn refuse_repeated(field: &(Text, Text)) -> Refusal {
    let message = format!("`:{}` is there twice", field.0.lossy());
    refuse_this(message, field.0.span(), "expected one")
}

fn refuse_line(line: Range<usize>) -> Refusal {
    let message = "the line has no name and value".to_owned();
    refuse_this(message, Span::new(line.start, line.end), "expected `name: value`")
}
