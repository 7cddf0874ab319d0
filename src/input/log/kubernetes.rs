//! What clients of Kubernetes (`kubectl -v=8`) log: an entry of klog with the body, and one with method, URL and fields.
//!
//! client-go writes the latter as `POST https://…` with an entry for each field, since version 0.33 as
//! `"Request" verb="POST" url="https://…" headers=<`, and from level 9 on as a curl command without the body.

use std::ops::Range;

use memchr::memmem;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::{Scheme, hex, line_end};

use super::super::code;
use super::super::compose::{Parts, is_name};
use super::super::draft::Draft;
use super::super::http_file::known_method;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::url::{Unencoded, Url};
use super::lines::Lines;
use super::literal::push_quoted;
use super::{
    Client, draft_of_parts, field_of, fields_of, length_of_json, refuse_lost_body, warn_of_end,
};

/// What a command begins with; the method follows.
const COMMAND: &[u8] = b"curl -v -X";

/// The ends of values that have several lines: klog writes a tab before each of them.
const END_OF_LINES: &[u8] = b" >";

/// Whether a line is the first one of a request.
pub(super) fn begins(line: &[u8]) -> bool {
    column_of_entry(line).is_some_and(|column| is_request(&line[column..]))
}

/// Where a line has what is logged: behind the place in the source (`I1130 01:46:15.903932    6001 main.go:30] `).
fn column_of_entry(line: &[u8]) -> Option<usize> {
    let number = memmem::find(line, b".go:")? + 4;
    let end = number + line[number..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    line[end..].starts_with(b"] ").then_some(end + 2)
}

fn is_request(entry: &[u8]) -> bool {
    let mut words = entry.split(|byte| *byte == b' ');
    let is_line = words.next().is_some_and(|method| known_method(method).is_some())
        && words.next().is_some_and(|url| url.starts_with(b"http"))
        && words.next().is_none();
    is_line || entry.starts_with(COMMAND) || entry.starts_with(b"\"Request\" ")
}

/// A body, with a warning where its end is not clear.
type Body = Result<(Text, Option<Diagnostic>), Refusal>;

/// The requests of a log. A body is that of the next one.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut log = Log { lines: Lines::of(bytes) };
    // Nothing stands for a body of which the request is not clear.
    let mut bodies: Vec<Option<Body>> = Vec::new();
    while let Some(line) = log.lines.next_text() {
        let column = column_of_entry(line).unwrap_or_default();
        let entry = &line[column..];
        let place = log.lines.place(log.lines.at);
        let place = Span::new(place.start + column, place.end);
        if column == 0 {
            log.lines.at += 1;
        } else if is_body(entry) {
            bodies.push(Some(log.read_body(column)));
            if bodies.len() > 1 {
                bodies.fill_with(|| None);
            }
        } else if is_request(entry) {
            let body = bodies.pop().map(|body| body.unwrap_or_else(|| Err(refuse_mixed(place))));
            drafts.push(draft_of_parts(log.read_request(column, place, body), place));
        } else {
            log.lines.at += 1;
        }
    }
    drafts
}

fn is_body(entry: &[u8]) -> bool {
    entry.starts_with(b"\"Request Body\" body=") || entry.starts_with(b"Request Body:")
}

struct Log<'a> {
    lines: Lines<'a>,
}

impl Log<'_> {
    /// The next line from a column on, without its line end.
    fn take_line(&mut self, column: usize) -> Range<usize> {
        let line = self.lines.whole(self.lines.at);
        self.lines.at += 1;
        let end = line.start + line_end::strip(&self.lines.bytes[line.clone()]).len();
        (line.start + column).min(end)..end
    }

    /// The lines of a value that has several, without their tabs. A page that the log went through may have made spaces of
    /// those, which a body may begin with, too.
    fn take_lines(&mut self, is_body: bool) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        while let Some(text) = self.lines.next_text() {
            if column_of_entry(text).is_some() {
                break;
            }
            let whole = &self.lines.bytes[self.lines.whole(self.lines.at)];
            let column = if is_body {
                usize::from(whole.starts_with(b"\t"))
            } else {
                whole.len() - whole.trim_ascii_start().len()
            };
            let is_end = whole.starts_with(END_OF_LINES);
            let line = self.take_line(column);
            if is_end {
                break;
            }
            lines.push(line);
        }
        lines
    }

    fn read_body(&mut self, column: usize) -> Body {
        let bytes = self.lines.bytes;
        let first = self.take_line(column);
        let (body, is_clear) = match quoted_behind(bytes, first.clone(), b"body=\"") {
            Some(body) => (body, true),
            None => self.read_lines_of_body(first.clone()),
        };
        let is_cut = body.bytes().ends_with(b" chars]")
            && memmem::find(body.bytes(), b"[truncated ").is_some();
        if is_cut {
            return Err(refuse_cut_body(Span::new(first.start, first.end)));
        }
        let is_clear = is_clear || body.is_empty() || length_of_json(body.bytes()).is_some();
        let warning = (!is_clear).then(|| warn_of_end(&body));
        Ok((body, warning))
    }

    /// The body that begins on a line, and whether its end is clear: a text has the same form with a line end behind it and
    /// without.
    fn read_lines_of_body(&mut self, first: Range<usize>) -> (Text, bool) {
        let bytes = self.lines.bytes;
        let mut lines = self.take_lines(true);
        if let Some(value) = bytes[first.clone()].strip_prefix(b"Request Body: ") {
            lines.insert(0, first.end - value.len()..first.end);
        }
        let mut body = Text::default();
        let mut is_clear = false;
        for line in lines {
            if let Some(dumped) = bytes_of_dump(&bytes[line.clone()]) {
                body.push(&dumped, Span::new(line.start, line.end));
                is_clear = true;
                continue;
            }
            if !body.is_empty() {
                body.push(b"\n", Span::new(line.start, line.start));
            }
            body.push_input(bytes, line);
        }
        (body, is_clear)
    }

    fn read_request(
        &mut self,
        column: usize,
        place: Span,
        body: Option<Body>,
    ) -> Result<Parts, Refusal> {
        let bytes = self.lines.bytes;
        let first = self.take_line(column);
        let (method, url, fields) = if bytes[first.clone()].starts_with(COMMAND) {
            parts_of_command(bytes, first)
        } else if bytes[first.clone()].starts_with(b"\"") {
            let lines = self.take_lines(false);
            let is_command = |line: &&Range<usize>| bytes[(*line).clone()].starts_with(COMMAND);
            if let Some(command) = lines.iter().find(is_command) {
                parts_of_command(bytes, command.clone())
            } else {
                let value = |mark| quoted_behind(bytes, first.clone(), mark).unwrap_or_default();
                (value(b" verb=\""), value(b" url=\""), fields_of(bytes, &lines))
            }
        } else {
            let (method, url) = Text::of(bytes, first).split_once(b' ').unwrap_or_default();
            (method, url, self.read_fields())
        };
        let url = Url::split(&url, Scheme::Http, Unencoded::Standard)?;
        let mut parts = Parts { method, url, fields, body: None, place, diagnostics: Vec::new() };
        if let Some(body) = body {
            let (body, warning) = body?;
            parts.body = Some(body).filter(|body| !body.is_empty());
            parts.diagnostics.extend(warning);
        } else if let Some((name, _)) =
            parts.fields.iter().find(|(name, _)| is_name(name, "content-type"))
        {
            return Err(refuse_lost_body(Client::Kubernetes, name.span()));
        }
        Ok(parts)
    }

    /// The fields that have an entry each.
    fn read_fields(&mut self) -> Vec<(Text, Text)> {
        let mut fields = Vec::new();
        while let Some(line) = self.lines.next_text() {
            let column = column_of_entry(line).unwrap_or_default();
            let entry = &line[column..];
            if entry.starts_with(b"    ") {
                fields.push(self.take_line(column + 4));
            } else if entry == b"Request Headers:" {
                self.lines.at += 1;
            } else {
                break;
            }
        }
        fields_of(self.lines.bytes, &fields)
    }
}

/// The text of a literal of Go (The Go Programming Language Specification, String literals) whose first mark is the last
/// byte of `mark`.
fn quoted_behind(bytes: &[u8], line: Range<usize>, mark: &[u8]) -> Option<Text> {
    let start = line.start + memmem::find(&bytes[line.clone()], mark)? + mark.len();
    let mut text = Text::default();
    push_quoted(&mut text, bytes, start..end_of_literal(bytes, start, line.end));
    Some(text)
}

/// Where the mark is that ends a literal.
fn end_of_literal(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(end)
}

/// `curl -v -XPOST  -H "Name: value" … 'https://…'`: the fields are literals of Go, the URL is as it is.
fn parts_of_command(bytes: &[u8], line: Range<usize>) -> (Text, Text, Vec<(Text, Text)>) {
    const OPTION: &[u8] = b" -H \"";
    let method = line.start + COMMAND.len();
    let after = |from: usize, mark: &[u8]| {
        memmem::find(&bytes[from..line.end], mark).map(|at| from + at + mark.len())
    };
    let mut at = after(method, b" ").map_or(line.end, |end| end - 1);
    let method = Text::of(bytes, method.min(at)..at);
    let mut fields = Vec::new();
    while let Some(start) = after(at, OPTION) {
        let end = end_of_literal(bytes, start, line.end);
        let mut field = Text::default();
        push_quoted(&mut field, bytes, start..end);
        fields.extend(field_of(&field));
        at = end;
    }
    let start = after(at, b" '").unwrap_or(line.end);
    let end = memchr::memrchr(b'\'', &bytes[start..line.end]).map_or(line.end, |end| start + end);
    (method, Text::of(bytes, start..end), fields)
}

/// The bytes of a line as Go's `hex.Dump` writes it: `00000010  6b 38 … 76 31  |k8…v1|`.
fn bytes_of_dump(line: &[u8]) -> Option<Vec<u8>> {
    let (offset, rest) = line.split_at_checked(10)?;
    let is_dump = offset.ends_with(b"  ") && rest.ends_with(b"|");
    let end = memmem::find(rest, b"  |").filter(|_| is_dump)?;
    let mut bytes = Vec::new();
    let mut digits = rest[..end].iter().filter(|byte| **byte != b' ');
    while let Some(high) = digits.next() {
        bytes.push(hex::read_pair(*high, *digits.next()?)?);
    }
    Some(bytes)
}

#[cold]
fn refuse_cut_body(place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        "the log has only the beginning of the body",
        place,
        "the rest is left out",
        "log it with `-v=10`, which leaves nothing out",
    )
}

#[cold]
fn refuse_mixed(place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        "the log has more than one body before this request: its own is not clear",
        place,
        "requests were sent at the same time",
        "put the request and its body next to each other, or write them as a message",
    )
}
