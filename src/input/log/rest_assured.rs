//! What REST Assured's `log().all()` writes: the parts of a request under their names, one to a line.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::super::code;
use super::super::compose::Parts;
use super::super::draft::Draft;
use super::super::http_file::is_status_line;
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::url::{Unencoded, Url, encode_pairs};
use super::lines::Lines;
use super::{Client, draft_of_parts, length_of_json, refuse_lost_body};

/// What stands for a part that the request lacks.
const NONE: &[u8] = b"<none>";

/// Whether a line is the first one of a request.
pub(super) fn begins(line: &[u8]) -> bool {
    line.starts_with(b"Request method:")
}

/// The requests of a log.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut lines = Lines::of(bytes);
    while let Some(first) = lines.skip_to(begins) {
        let mut request = Request { bytes, entries: Vec::new(), body: None };
        request.take_line(&lines.whole(first));
        while lines.next_text().is_some_and(|line| !begins(line) && !is_status_line(line)) {
            request.take_line(&lines.whole(lines.at));
            lines.at += 1;
        }
        let place = lines.place(first);
        let place = Span::new(place.start, place.end);
        drafts.push(draft_of_parts(request.read(place), place));
    }
    drafts
}

struct Request<'a> {
    bytes: &'a [u8],
    /// A name, and a line of what is under it.
    entries: Vec<(&'a [u8], Range<usize>)>,
    /// The lines of the body.
    body: Option<Range<usize>>,
}

impl Request<'_> {
    fn take_line(&mut self, line: &Range<usize>) {
        if let Some(body) = &mut self.body {
            body.end = line.end;
            return;
        }
        let text = self.bytes[line.clone()].trim_ascii_end();
        let known = self.entries.last().map(|(name, _)| *name);
        let (name, at) = match (text.first(), known, memchr::memchr(b':', text)) {
            (Some(b'\t'), Some(name), _) => (name, 0),
            (Some(_), _, Some(colon)) => (&text[..colon], colon + 1),
            _ => return,
        };
        let value = text[at..].trim_ascii();
        if name == b"Body" && value != NONE {
            self.body = Some(line.end..line.end);
        } else if value != NONE {
            let end = line.start + text.len();
            self.entries.push((name, end - value.len()..end));
        }
    }

    /// The lines under a name.
    fn under(&self, name: &str) -> impl Iterator<Item = Text> {
        let lines = self.entries.iter().filter(move |(known, _)| *known == name.as_bytes());
        lines.map(|(_, line)| Text::of(self.bytes, line.clone()))
    }

    /// The pairs under a name: `a=1`.
    fn pairs(&self, name: &str) -> Vec<(Text, Text)> {
        self.under(name)
            .map(|line| line.split_once(b'=').unwrap_or((line, Text::default())))
            .collect()
    }

    fn read(&self, place: Span) -> Result<Parts, Refusal> {
        let method = self.under("Request method").next().unwrap_or_default();
        let url = self.under("Request URI").next().unwrap_or_default();
        let url = Url::split(&url, Scheme::Http, Unencoded::Standard)?;
        if let Some(part) = self.under("Multiparts").next() {
            return Err(refuse_lost_body(Client::RestAssured, part.span()));
        }
        let mut fields = self.pairs("Headers");
        let mut cookies = Text::default();
        for cookie in self.under("Cookies") {
            if !cookies.is_empty() {
                cookies.push(b"; ", cookie.span());
            }
            cookies.append(&cookie);
        }
        if !cookies.is_empty() {
            fields.push((Text::new("Cookie", cookies.span()), cookies));
        }
        // With another method they are in the URI.
        let mut form =
            if method.bytes() == b"POST" { self.pairs("Request params") } else { Vec::new() };
        form.extend(self.pairs("Form params"));
        let body = if form.is_empty() { self.body() } else { Some(encode_pairs(&form)) };
        let diagnostics = body.iter().map(note_rebuilt).collect();
        Ok(Parts { method, url, fields, body, place, diagnostics })
    }

    /// The body; behind JSON, other lines of the log may follow.
    fn body(&self) -> Option<Text> {
        let range = self.body.clone()?;
        let shown = self.bytes[range.clone()].trim_ascii_end();
        let length = length_of_json(shown).unwrap_or(shown.len());
        Some(Text::of(self.bytes, range.start..range.start + length))
    }
}

fn note_rebuilt(body: &Text) -> Diagnostic {
    let message = "REST Assured shows JSON and XML in its own layout, and forms in parts: \
                   the body is what it shows";
    Diagnostic::note(code::BODY_REBUILT, message).with_span(body.span())
}
