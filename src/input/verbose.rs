//! What `curl -v` shows: requests behind `> `, responses behind `< `, remarks behind `* `. Others show bodies too: behind
//! `| ` in Insomnia's timeline, behind an empty line in what httpretty (and so GitHub's `gh`) writes.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::detect::is_request_line;
use super::draft::Draft;
use super::layer::lines;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, code};

/// Whether a line begins as `curl -v` writes it.
pub(super) fn is_verbose_line(line: &[u8]) -> bool {
    is_shown_request(line) || is_remark(line)
}

fn is_shown_request(line: &[u8]) -> bool {
    line.strip_prefix(b"> ").is_some_and(is_request_line)
}

/// `* using HTTP/2` is a remark; `* /path HTTP/1.1` is a request with the method `*`.
fn is_remark(line: &[u8]) -> bool {
    line.strip_prefix(b"* ").is_some_and(|rest| {
        let is_target = rest.starts_with(b"/") || rest.starts_with(b"http");
        !(is_target && is_request_line(line))
    })
}

/// Whether a command is before what it showed, as in a terminal.
pub(super) fn follows_command(bytes: &[u8]) -> bool {
    let mut shown = lines(bytes).map(|line| bytes[line].trim_ascii_end());
    let mut has_remark = false;
    shown.any(|line| {
        has_remark |= is_remark(line);
        has_remark && is_shown_request(line)
    })
}

/// The requests that the text shows.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    let mut reading =
        Reading { bytes, found: Found::default(), open: None, part: Part::Head, scheme: None };
    // Without responses and remarks the text is a message whose lines are quoted, its body too.
    let is_quote = lines(bytes).all(|line| {
        let line = &bytes[line];
        line.starts_with(b">") || line.trim_ascii().is_empty()
    });
    for line in lines(bytes) {
        let text = &bytes[line.clone()];
        // A body may have any mark in it.
        let is_body = reading.part == Part::Body
            && !is_shown_request(text.trim_ascii_end())
            && !text.starts_with(b"< HTTP/");
        if is_body {
            reading.add_line_of_body(line);
        } else if let Some(rest) = text.strip_prefix(b">") {
            let from = line.start + 1 + usize::from(rest.starts_with(b" "));
            reading.add_line(from..line.end, is_quote)?;
        } else if text.starts_with(b"* ") {
            reading.note_connection(text);
        } else if text.starts_with(b"< ") {
            reading.finish_request()?;
        } else {
            reading.add_line_of_body(line);
        }
    }
    reading.finish_request()?;
    if reading.found.entries.is_empty() {
        return Err(refuse_no_request(bytes.len()));
    }
    let first = Span::new(0, lines(bytes).next().map_or(0, |line| line.end));
    let note =
        Diagnostic::note(code::READ_AS, "the text is what `curl -v` shows; its requests are read");
    reading.found.diagnostics.push(note.with_span(first));
    Ok(reading.found)
}

struct Reading<'a> {
    bytes: &'a [u8],
    found: Found,
    /// The request whose lines are being read.
    open: Option<Text>,
    part: Part,
    /// The scheme of the connection that was opened last.
    scheme: Option<Scheme>,
}

/// The part of a request whose lines are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    /// A body of which no line is there yet.
    EmptyBody,
    /// One whose lines have a mark of their own; curl shows none, and may write other lines there.
    MarkedBody,
    /// One that is shown as it is.
    Body,
}

impl Reading<'_> {
    /// Adds a line of a request. In `quote`, lines after the header section are the body.
    fn add_line(&mut self, line: Range<usize>, is_quote: bool) -> Result<(), Refusal> {
        if self.part != Part::Head {
            self.finish_request()?;
        }
        let text = self.open.get_or_insert_default();
        text.push_input(self.bytes, line.clone());
        if !is_quote && self.bytes[line].trim_ascii().is_empty() {
            self.part = Part::MarkedBody;
        }
        Ok(())
    }

    /// Adds a line that has none of curl's marks.
    fn add_line_of_body(&mut self, line: Range<usize>) {
        let Some(open) = &mut self.open else { return };
        let text = &self.bytes[line.clone()];
        let is_marked = text.starts_with(b"| ");
        match self.part {
            Part::Head if text.trim_ascii().is_empty() => {
                open.push_input(self.bytes, line);
                self.part = Part::EmptyBody;
            }
            Part::EmptyBody | Part::MarkedBody if is_marked => {
                open.push_input(self.bytes, line.start + 2..line.end);
                self.part = Part::MarkedBody;
            }
            Part::EmptyBody | Part::Body => {
                open.push_input(self.bytes, line);
                self.part = Part::Body;
            }
            Part::Head | Part::MarkedBody => {}
        }
    }

    /// A connection is encrypted if its remarks tell of TLS.
    fn note_connection(&mut self, line: &[u8]) {
        let has = |words: &str| memchr::memmem::find(line, words.as_bytes()).is_some();
        if has("Connected to ") || has("Established connection to ") {
            self.scheme = Some(Scheme::Http);
        }
        if has("SSL connection") || has("ALPN") || has("TLSv1") || has("TLS handshake") {
            self.scheme = Some(Scheme::Https);
        }
    }

    fn finish_request(&mut self) -> Result<(), Refusal> {
        self.part = Part::Head;
        let Some(text) = self.open.take() else { return Ok(()) };
        let span = text.span();
        if let Some(place) = find_lost_body(&text) {
            return Err(refuse_lost_body(place));
        }
        self.found.entries.push(Draft::of_message(text, self.scheme, span));
        Ok(())
    }
}

/// The field that tells of a body which is not there.
pub(super) fn find_lost_body(text: &Text) -> Option<Span> {
    let bytes = text.bytes();
    let mut announced = None;
    for line in lines(bytes) {
        let content = bytes[line.clone()].trim_ascii();
        if content.is_empty() {
            let is_shown = line.end < bytes.len();
            return announced.filter(|_| !is_shown);
        }
        let Some(colon) = memchr::memchr(b':', content) else { continue };
        let (name, value) = (&content[..colon], content[colon + 1..].trim_ascii());
        let is_length = name.eq_ignore_ascii_case(b"content-length") && value != b"0";
        if is_length || name.eq_ignore_ascii_case(b"transfer-encoding") {
            announced = Some(text.span_of(line.start..line.start + content.len()));
        }
    }
    announced
}

#[cold]
fn refuse_lost_body(place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        "the request has a body, which `curl -v` does not show",
        place,
        "this tells of a body",
        "give the curl command itself, or what `curl --trace FILE` writes",
    )
}

#[cold]
fn refuse_no_request(end: usize) -> Refusal {
    refuse(
        code::REQUEST_MISSING,
        "there is no request in what `curl -v` shows",
        Span::new(end, end),
        "expected lines that begin with `> `",
        "keep the lines that begin with `> `, from `> GET …` to the empty `>`",
    )
}
