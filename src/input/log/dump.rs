//! Whole messages in a log, as Go's `httputil.DumpRequestOut`, Guzzle, requests-toolbelt and `tcpdump -A` write them:
//! behind a line that announces them, or with what a logger writes before each of their lines.

use std::ops::Range;

use crate::content::json::{self, JsonErrorKind};
use crate::diagnostic::{Diagnostic, Span};

use super::super::code;
use super::super::draft::Draft;
use super::super::http_file::is_status_line;
use super::super::layer::lines;
use super::super::text::Text;
use super::{Client, METHODS, draft_of, has_time, is_field, prefix_length};

/// How many bytes of a packet are before its content, at the least: the headers of IPv4 and TCP (RFC 791, RFC 9293).
const PACKET_HEADERS: usize = 40;

/// The requests of a text that has other lines, too.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let log = Log { bytes, lines: lines(bytes).collect() };
    let mut drafts = Vec::new();
    let mut at = 0;
    while at < log.lines.len() {
        let Some(start) = log.start_at(at) else {
            at += 1;
            continue;
        };
        let (draft, next) = log.read_request(at, &start);
        drafts.push(draft);
        at = next;
    }
    drafts
}

struct Log<'a> {
    bytes: &'a [u8],
    lines: Vec<Range<usize>>,
}

/// Where a request begins on its line.
struct Start<'a> {
    column: usize,
    /// What is before each line of the request.
    prefix: &'a [u8],
}

/// What the fields say of the body.
#[derive(Default)]
struct Framing {
    count: Option<usize>,
    is_chunked: bool,
    has_type: bool,
}

impl<'a> Log<'a> {
    /// A line without its line end.
    fn text(&self, at: usize) -> &'a [u8] {
        self.lines.get(at).map_or(&b""[..], |line| self.bytes[line.clone()].trim_ascii_end())
    }

    /// The start of a request, if a line is its first.
    fn start_at(&self, at: usize) -> Option<Start<'a>> {
        let line = self.text(at);
        let column = column_of(line)?;
        let before = &line[..column];
        let next = self.text(at + 1);
        // A response without a line end may be before the prefix.
        let suffixes = (0..column.min(MAX_PREFIX)).map(|start| &before[start..]);
        let prefix = suffixes
            .into_iter()
            .find(|prefix| ends_prefix(prefix) && prefix_length(next, prefix) > 0)
            .unwrap_or_default();
        let next = &next[prefix_length(next, prefix)..];
        let is_announced = match (before, prefix) {
            (b"", _) => self.is_announced(at),
            (_, b"") => column >= PACKET_HEADERS && self.is_announced(at),
            _ => true,
        };
        (is_announced && (is_field(next) || next.is_empty())).then_some(Start { column, prefix })
    }

    /// Whether the line before, an empty one aside, tells of what follows: a rule, a time, or a colon at its end.
    fn is_announced(&self, at: usize) -> bool {
        let mut before =
            self.lines[..at].iter().rev().map(|line| self.bytes[line.clone()].trim_ascii());
        let announcement = before.by_ref().take(2).find(|line| !line.is_empty());
        announcement.is_some_and(|line| is_rule(line) || line.ends_with(b":") || has_time(line))
    }

    fn read_request(&self, first: usize, start: &Start<'a>) -> (Draft, usize) {
        let mut message = Text::default();
        let mut framing = Framing::default();
        let line = &self.lines[first];
        self.push_line(&mut message, line.start + start.column..line.end);
        let mut at = first + 1;
        let mut has_end = false;
        while at < self.lines.len() && !has_end {
            let text = self.text(at);
            let length = prefix_length(text, start.prefix);
            let text = &text[length..];
            has_end = text.is_empty();
            if !has_end && !is_field(text) && !text.starts_with(b" ") {
                break;
            }
            framing.take(text);
            let line = &self.lines[at];
            self.push_line(&mut message, line.start + length..line.end);
            at += 1;
        }
        let mut warning = None;
        if has_end && framing.tells_of_body() {
            let (body, next, said) = self.read_body(at, start.prefix, &framing);
            message.append(&body);
            (at, warning) = (next, said);
        }
        let mut draft = draft_of(message, Client::Dump);
        if let Some(warning) = warning {
            draft.tell(warning);
        }
        (draft, at)
    }

    /// Appends a line of the header section, with CRLF.
    fn push_line(&self, message: &mut Text, line: Range<usize>) {
        let end = line.start + self.bytes[line.clone()].trim_ascii_end().len();
        message.push_input(self.bytes, line.start..end);
        message.push(b"\r\n", Span::new(end, line.end.max(end)));
    }

    /// The body from a line on, the line behind it, and what there is to say of its end.
    fn read_body(
        &self,
        first: usize,
        prefix: &[u8],
        framing: &Framing,
    ) -> (Text, usize, Option<Diagnostic>) {
        let mut body = Text::default();
        let mut bare = 0;
        let mut at = first;
        let mut is_marked = false;
        while at < self.lines.len() {
            // Before that many bytes, with LF or with CRLF, nothing else begins.
            if framing.count.is_some_and(|count| body.len() >= count) {
                break;
            }
            let line = &self.lines[at];
            let length = prefix_length(&self.bytes[line.clone()], prefix);
            let text = &self.text(at)[length.min(self.text(at).len())..];
            let may_end = framing.count.is_none_or(|count| body.len() + bare >= count);
            if may_end && (is_rule(text) || is_status(text) || self.start_at(at).is_some()) {
                is_marked = true;
                break;
            }
            body.push_input(self.bytes, line.start + length..line.end);
            bare += usize::from(!self.bytes[line.clone()].ends_with(b"\r\n"));
            at += 1;
        }
        if framing.count.is_some() || framing.is_chunked {
            return (body, at, None);
        }
        if let Err(error) = json::check(body.bytes())
            && error.kind == JsonErrorKind::TrailingText
        {
            let whole = body.bytes()[..error.offset].trim_ascii_end().len();
            return (body.slice(0..whole), at, None);
        }
        let is_whole = is_marked || json::check(body.bytes()).is_ok();
        let warning = (!is_whole && !body.is_empty()).then(|| warn_of_end(&body));
        (body, at, warning)
    }
}

impl Framing {
    fn take(&mut self, field: &[u8]) {
        let Some(colon) = memchr::memchr(b':', field) else { return };
        let (name, value) = (&field[..colon], field[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            self.count = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
        }
        self.is_chunked |= name.eq_ignore_ascii_case(b"transfer-encoding");
        self.has_type |= name.eq_ignore_ascii_case(b"content-type");
    }

    /// Without a length there is none on the wire (RFC 9112 §6.3), but a type tells that the log shows one.
    fn tells_of_body(&self) -> bool {
        self.count.is_some_and(|count| count > 0)
            || self.is_chunked
            || self.count.is_none() && self.has_type
    }
}

#[cold]
fn warn_of_end(body: &Text) -> Diagnostic {
    let message = "nothing tells where the body ends: it is the rest of the text";
    Diagnostic::warning(code::BODY_END_UNMARKED, message)
        .with_span(body.span_of(0..body.len().min(1)))
        .with_help("add Content-Length, or give the request without what is around it")
}

/// Where a line has a request line at its end.
fn column_of(line: &[u8]) -> Option<usize> {
    let version = memchr::memmem::rfind(line, b" HTTP/")?;
    let number = &line[version + 6..];
    if !matches!(number, b"1.1" | b"1.0" | b"2.0" | b"2") {
        return None;
    }
    let target = memchr::memrchr(b' ', &line[..version])?;
    if !line[target + 1..version].starts_with(b"/")
        && !line[target + 1..version].starts_with(b"http")
    {
        return None;
    }
    // A packet may have any byte before the method.
    let method = METHODS.iter().find(|method| line[..target].ends_with(method.as_bytes()))?;
    Some(target - method.len())
}

/// The longest text that a logger writes before a line.
const MAX_PREFIX: usize = 200;

/// Whether a text is what loggers write before a line: it ends with white space, and before that with a sign.
fn ends_prefix(prefix: &[u8]) -> bool {
    let text = prefix.trim_ascii_end();
    text.len() < prefix.len() && text.last().is_none_or(u8::is_ascii_punctuation)
}

/// `-----`, `---[ REQUEST ]---`, `*** request ***`.
fn is_rule(line: &[u8]) -> bool {
    let [first, second, third, .., last] = line else { return false };
    let is_long = line.len() >= 8 && line.iter().all(|byte| byte == first);
    let has_words =
        last == first && line[3..].iter().any(u8::is_ascii_alphabetic) && line.contains(&b' ');
    first == second && second == third && b"-=*<>#~_".contains(first) && (is_long || has_words)
}

/// Whether a line begins with a status line, behind the mark of what was received.
fn is_status(line: &[u8]) -> bool {
    let start = line.iter().take_while(|byte| b"<> ".contains(byte)).count();
    is_status_line(&line[start..])
}
