//! Logs that show what was written to a connection, and what was read from it.

use std::ops::Range;

use crate::diagnostic::Span;

use super::super::draft::Draft;
use super::super::layer::lines;
use super::super::text::Text;
use super::literal::{push_quoted, push_wire};
use super::{Client, begins_request, draft_of};

/// Where a line has what was sent.
pub(super) fn content_of(line: &[u8], client: Client) -> Option<Range<usize>> {
    let end = line.trim_ascii_end().len();
    let after = |mark: &[u8]| memchr::memmem::find(&line[..end], mark).map(|at| at + mark.len());
    let quoted = |start: usize| {
        let mark = *line.get(start).filter(|mark| matches!(mark, b'"' | b'\''))?;
        (start + 1 < end && line[end - 1] == mark).then_some(start + 1..end - 1)
    };
    match client {
        Client::Python => after(b"send: b").and_then(quoted).or_else(|| quoted(after(b"send: ")?)),
        Client::Ruby => quoted(after(b"<- ")?),
        Client::Apache => quoted(after(b">> ")?),
        Client::Literal => literal_of(&line[..end]),
        _ => after(b">> ").map(|start| start..end),
    }
}

/// A message with escapes for its line ends, in quotation marks or not. Without them, its body must have no escape: it would
/// be one of the message or of the literal.
fn literal_of(line: &[u8]) -> Option<Range<usize>> {
    let start = line.len() - line.trim_ascii_start().len();
    let has = |text: &[u8], mark: &[u8]| memchr::memmem::find(text, mark);
    let marks = [&br" HTTP/1.1\r\n"[..], br" HTTP/1.1\n", br" HTTP/1.0\r\n"];
    marks.iter().find_map(|mark| has(line, mark))?;
    let text = line[start..].strip_prefix(b"b").unwrap_or(&line[start..]);
    if let [mark @ (b'"' | b'\''), content @ .., last] = text {
        let from = line.len() - 1 - content.len();
        return (mark == last).then_some(from..line.len() - 1);
    }
    let end_of = |mark: &[u8]| has(text, mark).map(|at| at + mark.len());
    let end = end_of(br"\r\n\r\n").or_else(|| end_of(br"\n\n"));
    let body = end.map_or(&b""[..], |end| &text[end..]);
    (!body.contains(&b'\\')).then_some(start..line.len())
}

/// Whether a line has what was received.
fn is_received(line: &[u8], client: Client) -> bool {
    let mark: &[u8] = match client {
        Client::Python => b"reply: ",
        Client::Ruby => b"-> \"HTTP/",
        Client::Literal => return false,
        _ => b"<< ",
    };
    memchr::memmem::find(line, mark).is_some()
}

/// The requests that were sent.
pub(super) fn read(bytes: &[u8], client: Client) -> Vec<Draft> {
    let has_lines = matches!(client, Client::Apache | Client::ApacheHeaders);
    let mut sent: Vec<Text> = Vec::new();
    let mut is_after_response = true;
    for line in lines(bytes) {
        let text = &bytes[line.clone()];
        let Some(content) = content_of(text, client) else {
            is_after_response |= is_received(text, client);
            continue;
        };
        let begins = begins_request(&text[content.clone()]);
        // A body may have request lines in it.
        if begins && (is_after_response || !has_lines) {
            sent.push(Text::default());
            is_after_response = false;
        }
        let Some(message) = sent.last_mut() else { continue };
        let content = line.start + content.start..line.start + content.end;
        match client {
            Client::Apache => push_wire(message, bytes, content),
            Client::ApacheHeaders => {
                message.push_input(bytes, content.clone());
                message.push(b"\r\n", Span::new(content.end, line.end));
            }
            _ => {
                push_quoted(message, bytes, content);
            }
        }
    }
    sent.into_iter().map(|message| draft_of(message, client)).collect()
}
