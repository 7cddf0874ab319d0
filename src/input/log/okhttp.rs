//! What OkHttp's `HttpLoggingInterceptor` writes: `--> POST https://… http/1.1`, the fields, an empty line, the body, and
//! `--> END POST (15-byte body)`; and Feign's `Logger`, whose arrows are longer.

use std::ops::Range;

use crate::diagnostic::Span;

use super::super::compose::{Parts, is_name};
use super::super::draft::Draft;
use super::super::http_file::known_method;
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::lines::Lines;
use super::{Client, draft_of_parts, is_field, parts_of, prefix_length, refuse_lost_body};

const MARK: &[u8] = b"--> ";

/// Whether a line is the first one of a request.
pub(super) fn begins(line: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(line, MARK) else { return false };
    let mut words = line[at + MARK.len()..].split(u8::is_ascii_whitespace);
    words.next().is_some_and(|method| known_method(method).is_some())
        && words.next().is_some_and(|url| url.starts_with(b"http"))
}

/// Where the arrow of the first line is: its beginning, and its end.
fn arrow_of(line: &[u8]) -> Range<usize> {
    let at = memchr::memmem::find(line, MARK).unwrap_or_default();
    at - usize::from(line[..at].ends_with(b"-"))..at + MARK.len()
}

/// Whether a line, without what the logger writes before it, is the last one of a request.
fn ends(text: &[u8]) -> bool {
    text.starts_with(b"--> END ") || text.starts_with(b"---> END ")
}

/// The requests of a log.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut lines = Lines::of(bytes);
    while let Some(at) = lines.skip_to(begins) {
        let first = lines.place(at);
        let line = lines.text(at);
        let arrow = arrow_of(line);
        let prefix = &line[..arrow.start];
        let mut own = Vec::new();
        let mut end = None;
        // The next request and the response begin with an arrow, too.
        while end.is_none()
            && let Some(line) = lines.next_text()
            && !begins(line)
            && !line[prefix_length(line, prefix)..].starts_with(b"<--")
        {
            let place = lines.place(lines.at);
            let place = place.start + prefix_length(line, prefix)..place.end;
            if ends(&bytes[place.clone()]) {
                end = Some(place);
            } else {
                own.push(place);
            }
            lines.at += 1;
        }
        let place = Span::new(first.start + arrow.start, first.end);
        let request_line = first.start + arrow.end..first.end;
        drafts.push(draft_of_parts(read_request(bytes, request_line, &own, end), place));
    }
    drafts
}

fn read_request(
    bytes: &[u8],
    first: Range<usize>,
    lines: &[Range<usize>],
    end: Option<Range<usize>>,
) -> Result<Parts, Refusal> {
    let is_of_head = |line: &&Range<usize>| is_field(&bytes[(*line).clone()]);
    let (head, rest) = lines.split_at(lines.iter().take_while(is_of_head).count());
    let mut parts = parts_of(bytes, first.clone(), head)?;
    let rest = match rest {
        [empty, behind @ ..] if empty.is_empty() => behind,
        rest => rest,
    };
    let mut body = Text::default();
    for (number, line) in rest.iter().enumerate() {
        if number > 0 {
            body.push(b"\n", Span::new(line.start, line.start));
        }
        body.push_input(bytes, line.clone());
    }
    if body.is_empty() {
        refuse_omitted(bytes, &parts, &first, end)?;
    } else {
        parts.body = Some(body);
    }
    Ok(parts)
}

/// A body that is told of and not shown: at the levels `BASIC` and `HEADERS`, and where it is no text.
fn refuse_omitted(
    bytes: &[u8],
    parts: &Parts,
    first: &Range<usize>,
    end: Option<Range<usize>>,
) -> Result<(), Refusal> {
    let length = parts.fields.iter().find(|(name, _)| is_name(name, "content-length"));
    let field = length.filter(|(_, value)| value.bytes() != b"0").map(|(name, _)| name.span());
    let tells = |line: &Range<usize>| {
        let text = &bytes[line.clone()];
        let is_empty = memchr::memmem::find(text, b"(0-byte").is_some();
        !is_empty
            && memchr::memmem::find(text, b"body").is_some_and(|at| text[..at].contains(&b'('))
    };
    let line = end.into_iter().chain([first.clone()]).find(tells);
    let place = field.or(line.map(|line| Span::new(line.start, line.end)));
    place.map_or(Ok(()), |place| Err(refuse_lost_body(Client::OkHttp, place)))
}
