//! What Burp saves by "Save items": XML with the raw message of each request
//! (<https://portswigger.net/burp/documentation/desktop/tools/proxy/http-history>).
//!
//! Of XML, only what such a file has is read: elements, attributes, text, CDATA, the five entities and
//! references to characters. No entity is defined or expanded beyond these.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::grammar::{Scheme, base64};

use super::draft::Draft;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, code};

/// Whether a text is such a file.
pub(super) fn is_burp(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let has = |text: &str| memchr::memmem::find(start, text.as_bytes()).is_some();
    bytes.trim_ascii_start().starts_with(b"<")
        && has("<items")
        && (has("burpVersion") || has("<request"))
}

/// Reads the requests of a file.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut from = 0;
    while let Some(item) = find_element(bytes, "item", from..bytes.len()) {
        from = item.end;
        found.entries.push(read_item(bytes, &item));
    }
    if found.entries.is_empty() {
        let place = Span::new(0, bytes.len().min(1));
        let message = "the XML has no `item` with a `request`";
        let help = "save the items again, with Base 64 or without";
        return Err(refuse(code::REQUEST_MISSING, message, place, "expected `<items>`", help));
    }
    Ok(found)
}

fn read_item(bytes: &[u8], item: &Element) -> Draft {
    let child = |name: &str| find_element(bytes, name, item.content.clone());
    let scheme = child("protocol")
        .and_then(|element| element_text(bytes, &element).valid().trim().parse::<Scheme>().ok());
    let url = child("url").map(|element| element_text(bytes, &element).lossy());
    let method = child("method").map(|element| element_text(bytes, &element).lossy());
    let title = [method, url].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let span = Span::new(item.content.start, item.content.end);
    let read = match child("request") {
        Some(request) => read_request(bytes, &request),
        None => Err(refuse_item(span, "the item has no `request`")),
    };
    match read {
        Ok(message) => Draft { title, ..Draft::of_message(message, scheme, span) },
        Err(refusal) => Draft { name: None, title, span, raw: Err(refusal) },
    }
}

fn read_request(bytes: &[u8], request: &Element) -> Result<Text, Refusal> {
    let text = element_text(bytes, request);
    let attributes = &bytes[request.attributes.clone()];
    let is_encoded = memchr::memmem::find(attributes, b"base64=\"true\"").is_some();
    if !is_encoded {
        return Ok(text);
    }
    let place = text.span();
    let digits: String = text.valid().chars().filter(|c| !c.is_ascii_whitespace()).collect();
    match base64::decode(&digits) {
        Some(message) => Ok(Text::new(message, place)),
        None => Err(refuse_item(place, "the request is not Base 64, as it says")),
    }
}

#[cold]
fn refuse_item(place: Span, message: &str) -> Refusal {
    let help = "save the items again, with Base 64 or without";
    refuse(code::ITEM_INVALID, message, place, "expected a request", help)
}

/// An element: its attributes, its content, and where it ends.
struct Element {
    attributes: Range<usize>,
    content: Range<usize>,
    end: usize,
}

/// The first element of this name; one does not contain another of its name.
fn find_element(bytes: &[u8], name: &str, within: Range<usize>) -> Option<Element> {
    let opening = format!("<{name}");
    let mut at = within.start;
    loop {
        let rest = &bytes[at..within.end];
        let start = at + next_markup(rest, opening.as_bytes())?;
        let after = start + opening.len();
        let is_whole = matches!(bytes.get(after), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
        let close = after + memchr::memchr(b'>', &bytes[after..within.end])?;
        if is_whole {
            if bytes[close - 1] == b'/' {
                return Some(Element {
                    attributes: after..close,
                    content: close..close,
                    end: close + 1,
                });
            }
            let ending = format!("</{name}>");
            let length = next_markup(&bytes[close + 1..within.end], ending.as_bytes())?;
            let content = close + 1..close + 1 + length;
            let end = content.end + ending.len();
            return Some(Element { attributes: after..close, content, end });
        }
        at = after;
    }
}

/// The offset of some markup outside of CDATA sections.
fn next_markup(bytes: &[u8], markup: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr::memmem::find(&bytes[at..], markup)?;
        match memchr::memmem::find(&bytes[at..found], b"<![CDATA[") {
            Some(section) => {
                let inner = at + section;
                at = inner + memchr::memmem::find(&bytes[inner..], b"]]>")? + 3;
            }
            None => return Some(found),
        }
    }
}

/// The text of an element: CDATA as it is, references resolved.
fn element_text(bytes: &[u8], element: &Element) -> Text {
    let mut text = Text::default();
    let mut at = element.content.start;
    let end = element.content.end;
    while at < end {
        let rest = &bytes[at..end];
        if let Some(section) = rest.strip_prefix(b"<![CDATA[") {
            let length = memchr::memmem::find(section, b"]]>").unwrap_or(section.len());
            text.push_input(bytes, at + 9..at + 9 + length);
            at = (at + 9 + length + 3).min(end);
        } else if rest[0] == b'&' {
            let length =
                memchr::memchr(b';', &rest[..rest.len().min(12)]).map_or(1, |length| length + 1);
            match read_reference(&rest[..length]) {
                Some(character) => text.push_char(character, Span::new(at, at + length)),
                None => text.push_input(bytes, at..at + length),
            }
            at += length;
        } else {
            let length = rest.iter().skip(1).position(|byte| matches!(byte, b'&' | b'<'));
            let length = length.map_or(rest.len(), |length| length + 1);
            text.push_input(bytes, at..at + length);
            at += length;
        }
    }
    text
}

fn read_reference(reference: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(reference.strip_prefix(b"&")?.strip_suffix(b";")?).ok()?;
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let point = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(point)?
        }
    })
}
