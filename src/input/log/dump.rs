//! Whole messages in a log, as Go's `httputil.DumpRequestOut`, Guzzle, requests-toolbelt and `tcpdump -A` write them:
//! behind a line that announces them, or with what a logger writes before each of their lines.

use memchr::memmem;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::line_end;

use super::super::code;
use super::super::draft::Draft;
use super::super::http_file::is_status_line;
use super::super::text::Text;
use super::super::trace::warn_dot;
use super::lines::Lines;
use super::packets::Packet;
use super::{Client, draft_of, has_time, is_field, length_of_json, prefix_length};

/// The requests of a text that has other lines, too.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut log = Log(Lines::of(bytes));
    let mut drafts = Vec::new();
    while log.0.next_text().is_some() {
        match log.start_at(log.0.at) {
            Some(start) => drafts.push(log.read_request(&start)),
            None => log.0.at += 1,
        }
    }
    drafts
}

struct Log<'a>(Lines<'a>);

/// Where a request begins on its line.
struct Start<'a> {
    column: usize,
    /// What is before each line of the request.
    prefix: &'a [u8],
    /// The packet that it begins in, if it is a log of packets.
    packet: Option<Packet<'a>>,
}

/// What the fields say of the body.
#[derive(Default)]
pub(super) struct Framing {
    pub(super) count: Option<usize>,
    is_chunked: bool,
    has_type: bool,
    pub(super) is_multipart: bool,
}

impl<'a> Log<'a> {
    /// The start of a request, if a line is its first.
    fn start_at(&self, at: usize) -> Option<Start<'a>> {
        let line = self.0.text(at);
        let column = column_of(line)?;
        let before = &line[..column];
        let next = self.0.text(at + 1);
        // A response without a line end may be before the prefix.
        let mut suffixes =
            (column.saturating_sub(MAX_PREFIX)..column).map(|start| &before[start..]);
        let prefix = suffixes
            .find(|prefix| ends_prefix(prefix) && prefix_length(next, prefix) > 0)
            .unwrap_or_default();
        let next = &next[prefix_length(next, prefix)..];
        let packet = Packet::before(&self.0, at, column).filter(|_| prefix.is_empty());
        let is_announced = match (before, prefix) {
            (b"", _) => self.is_announced(at),
            (_, b"") => packet.is_some(),
            _ => true,
        };
        let is_start = is_announced && (is_field(next) || next.is_empty());
        is_start.then_some(Start { column, prefix, packet })
    }

    /// Whether the line before, an empty one aside, tells of what follows: a rule, a time, or a colon at its end.
    fn is_announced(&self, at: usize) -> bool {
        let before = |count: usize| at.checked_sub(count).map(|at| self.0.text(at));
        let announcement = before(1).filter(|line| !line.is_empty()).or_else(|| before(2));
        announcement.is_some_and(|line| is_rule(line) || line.ends_with(b":") || has_time(line))
    }

    fn read_request(&mut self, start: &Start<'a>) -> Draft {
        let mut message = Text::default();
        let mut framing = Framing::default();
        self.push_line(&mut message, start.column);
        let mut has_end = false;
        while let Some(line) = self.0.next_text().filter(|_| !has_end) {
            let length = prefix_length(line, start.prefix);
            let text = &line[length..];
            has_end = text.is_empty();
            if !has_end && !is_field(text) && !text.starts_with(b" ") {
                break;
            }
            framing.take(text);
            self.push_line(&mut message, length);
        }
        let mut warning = None;
        if has_end && framing.tells_of_body() {
            let first = self.0.at;
            let body = match (&start.packet, framing.count) {
                (Some(packet), Some(count)) => {
                    let body = packet.read_body(&mut self.0, message.len(), count);
                    body.unwrap_or_default()
                }
                _ => self.read_body(start.prefix, framing.count).0,
            };
            // Packets have their own lengths; what reads the message puts the CR of delimiters back.
            let is_of_packets = start.packet.is_some() && framing.is_multipart && !body.is_empty();
            let is_whole = framing.is_chunked
                || is_of_packets
                || framing.count.is_some_and(|count| fits(body.bytes(), count));
            if is_whole {
                message.append(&body);
            } else {
                self.0.at = first;
                warning = self.read_unbounded(&mut message, start.prefix, framing.count.is_some());
            }
        }
        // The header section and the empty line behind it end with CRLF.
        let end = memmem::find(message.bytes(), b"\r\n\r\n").map_or(message.len(), |end| end + 4);
        let dot = memchr::memchr(b'.', &message.bytes()[end..]).filter(|_| start.packet.is_some());
        let dot = dot.map(|dot| {
            let place = message.span_of(end + dot..end + dot + 1);
            warn_dot("tcpdump -A", place, "`tcpdump -X` tells which: write it in its place")
        });
        let mut draft = draft_of(message, Client::Dump);
        for warning in warning.into_iter().chain(dot) {
            draft.tell(warning);
        }
        draft
    }

    /// Appends a body of which no length tells the end. Where one is stated that does not fit, only JSON can be it, in
    /// another layout: the log may have left it out.
    fn read_unbounded(
        &mut self,
        message: &mut Text,
        prefix: &[u8],
        is_stated: bool,
    ) -> Option<Diagnostic> {
        let first = self.0.at;
        let (body, is_marked) = self.read_body(prefix, None);
        if let Some(length) = length_of_json(body.bytes()) {
            message.append_part(&body, 0..length);
            return None;
        }
        if is_stated {
            self.0.at = first;
            return None;
        }
        message.append(&body);
        (!is_marked && !body.is_empty()).then(|| warn_of_rest(&body))
    }

    /// Appends the next line from a column on, with CRLF.
    fn push_line(&mut self, message: &mut Text, column: usize) {
        let (line, whole) = (self.0.place(self.0.at), self.0.whole(self.0.at));
        message.push_input(self.0.bytes, line.start + column..line.end);
        message.push(b"\r\n", Span::new(line.end, whole.end));
        self.0.at += 1;
    }

    /// The lines up to one that ends a body, or to as many bytes as are stated, and whether there was such a line.
    fn read_body(&mut self, prefix: &[u8], count: Option<usize>) -> (Text, bool) {
        let mut body = Text::default();
        let mut bare = 0;
        while let Some(line) = self.0.next_text() {
            // Before that many bytes, with LF or with CRLF, nothing else begins.
            if count.is_some_and(|count| body.len() >= count) {
                break;
            }
            // White space at the end of a line is its own, not the prefix's.
            let whole = self.0.whole(self.0.at);
            let length = prefix_length(&self.0.bytes[whole.clone()], prefix);
            let text = line.get(length..).unwrap_or_default();
            let may_end = count.is_none_or(|count| body.len() + bare >= count);
            if may_end && (is_rule(text) || is_status(text) || self.start_at(self.0.at).is_some()) {
                return (body, true);
            }
            bare += usize::from(!self.0.bytes[whole.clone()].ends_with(b"\r\n"));
            body.push_input(self.0.bytes, whole.start + length..whole.end);
            self.0.at += 1;
        }
        (body, false)
    }
}

/// Whether a body of whole lines is as long as is stated: with its last line end or without it, and with LF or with CRLF.
pub(super) fn fits(body: &[u8], count: usize) -> bool {
    let has = |text: &[u8]| text.len() == count || text.len() + line_end::count_bare(text) == count;
    has(body) || has(line_end::strip(body))
}

impl Framing {
    pub(super) fn take(&mut self, field: &[u8]) {
        let Some(colon) = memchr::memchr(b':', field) else { return };
        let (name, value) = (&field[..colon], field[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            self.count = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
        }
        self.is_chunked |= name.eq_ignore_ascii_case(b"transfer-encoding");
        if name.eq_ignore_ascii_case(b"content-type") {
            self.has_type = true;
            self.is_multipart =
                value.get(..10).is_some_and(|it| it.eq_ignore_ascii_case(b"multipart/"));
        }
    }

    /// Without a length there is none on the wire (RFC 9112 §6.3), but a type tells that the log shows one.
    fn tells_of_body(&self) -> bool {
        self.count.is_some_and(|count| count > 0)
            || self.is_chunked
            || self.count.is_none() && self.has_type
    }
}

#[cold]
fn warn_of_rest(body: &Text) -> Diagnostic {
    let message = "nothing tells where the body ends: it is the rest of the text";
    Diagnostic::warning(code::BODY_END_UNMARKED, message)
        .with_span(body.span_of(0..body.len().min(1)))
        .with_help("add Content-Length, or give the request without what is around it")
}

/// The methods of RFC 9110 §9.3 and RFC 5789 that a log is searched for.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

/// Where a line has a request line at its end.
fn column_of(line: &[u8]) -> Option<usize> {
    let version = memmem::rfind(line, b" HTTP/")?;
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
