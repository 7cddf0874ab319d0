//! What `curl --trace` and `curl --trace-ascii` write.
//!
//! A section has a title with its length, then lines with an offset: sixteen bytes in hexadecimal,
//! or up to 64 characters in which a byte outside printable ASCII is `.` and a CR LF ends the line
//! (curl, `src/tool_cb_dbg.c`).

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::hex;

use super::draft::Draft;
use super::layer::lines;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, code};

const HEADER: &[u8] = b"=> Send header, ";
const DATA: &[u8] = b"=> Send data, ";
/// A title may stand behind a time, as `--trace-time` writes it.
const TIME: usize = 32;

/// Whether a line is the title of a section.
pub(super) fn is_trace_line(line: &[u8]) -> bool {
    line.starts_with(b"== Info: ") || find_title(line, HEADER).is_some()
}

/// The length that the title of a section of this kind states.
fn find_title(line: &[u8], kind: &[u8]) -> Option<usize> {
    let at = memchr::memmem::find(&line[..line.len().min(TIME + kind.len())], kind)?;
    let rest = &line[at + kind.len()..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

/// The requests that the trace shows.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    let mut found = Found::default();
    let mut open: Option<Request> = None;
    let mut rest = lines(bytes).peekable();
    while let Some(title) = rest.next() {
        let line = &bytes[title.clone()];
        let header = find_title(line, HEADER);
        let Some(length) = header.or_else(|| find_title(line, DATA)) else { continue };
        if header.is_some() {
            found.entries.extend(open.take().map(Request::finish));
        }
        let mut section = Vec::new();
        while let Some(line) = rest.next_if(|line| read_offset(&bytes[line.clone()]).is_some()) {
            section.push(line);
        }
        let request = open.get_or_insert_default();
        request.add_section(bytes, &section, length, header.is_none());
    }
    found.entries.extend(open.take().map(Request::finish));
    if found.entries.is_empty() {
        return Err(refuse_no_request(bytes.len()));
    }
    let first = Span::new(0, lines(bytes).next().map_or(0, |line| line.end));
    let note = Diagnostic::note(
        code::READ_AS,
        "the text is a trace of curl; the requests that it sends are read",
    );
    found.diagnostics.push(note.with_span(first));
    Ok(found)
}

#[derive(Default)]
struct Request {
    text: Text,
    /// The first `.` of a body that may be another byte.
    dot: Option<Span>,
}

impl Request {
    fn add_section(
        &mut self,
        bytes: &[u8],
        section: &[Range<usize>],
        length: usize,
        is_data: bool,
    ) {
        let is_hex = section.first().is_some_and(|line| is_hex_line(&bytes[line.clone()], length));
        for (number, line) in section.iter().enumerate() {
            let (offset, from) = read_offset(&bytes[line.clone()]).unwrap_or_default();
            let content = line.start + from..trim_line_end(bytes, line);
            if is_hex {
                self.add_hex(bytes, content, length - offset.min(length));
                continue;
            }
            let next = section.get(number + 1).and_then(|line| read_offset(&bytes[line.clone()]));
            let next = next.map_or(length, |(offset, _)| offset);
            self.add_characters(bytes, content, next.saturating_sub(offset), is_data);
        }
    }

    fn add_hex(&mut self, bytes: &[u8], content: Range<usize>, left: usize) {
        for at in content.clone().step_by(3).take(left.min(16)) {
            let Some([high, low]) = bytes.get(at..at + 2).and_then(|pair| pair.first_chunk())
            else {
                return;
            };
            if let Some(byte) = hex::read_pair(*high, *low) {
                self.text.push(&[byte], Span::new(at, at + 2));
            }
        }
    }

    /// Adds a line that stands for `count` bytes.
    fn add_characters(&mut self, bytes: &[u8], content: Range<usize>, count: usize, is_data: bool) {
        if let Some(at) = memchr::memchr(b'.', &bytes[content.clone()]).filter(|_| is_data) {
            let at = content.start + at;
            self.dot.get_or_insert(Span::new(at, at + 1));
        }
        let length = content.len();
        let end = content.end;
        self.text.push_input(bytes, content);
        if count == length + 2 {
            self.text.push(b"\r\n", Span::new(end, end));
        }
    }

    fn finish(self) -> Draft {
        let span = self.text.span();
        let mut draft = Draft::of_message(self.text, None, span);
        if let Some(dot) = self.dot {
            let help = "`curl --trace FILE` shows all bytes";
            draft.tell(warn_dot("curl --trace-ascii", dot, help));
        }
        draft
    }
}

/// The offset that a line of a section begins with, and where its content begins.
fn read_offset(line: &[u8]) -> Option<(usize, usize)> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let has_mark = digits >= 4 && line[digits..].starts_with(b": ");
    let number = std::str::from_utf8(&line[..digits]).ok().filter(|_| has_mark)?;
    Some((usize::from_str_radix(number, 16).ok()?, digits + 2))
}

/// Whether the first line of a section shows its bytes in hexadecimal.
fn is_hex_line(line: &[u8], length: usize) -> bool {
    let Some((_, from)) = read_offset(line) else { return false };
    let count = length.min(16);
    count > 0
        && line.len() >= from + 3 * count
        && line[from..from + 3 * count]
            .chunks_exact(3)
            .all(|digits| hex::read_pair(digits[0], digits[1]).is_some() && digits[2] == b' ')
}

fn trim_line_end(bytes: &[u8], line: &Range<usize>) -> usize {
    let content = &bytes[line.clone()];
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    line.start + content.strip_suffix(b"\r").unwrap_or(content).len()
}

/// Tells of a `.` of a program that writes one for other bytes, too.
#[cold]
pub(super) fn warn_dot(program: &str, place: Span, help: &'static str) -> Diagnostic {
    let message =
        format!("`{program}` writes `.` for each byte that is not printable; it is read as `.`");
    Diagnostic::warning(code::TRACE_DOT, message)
        .with_span(place)
        .with_label("this may be another byte")
        .with_help(help)
}

#[cold]
fn refuse_no_request(end: usize) -> Refusal {
    refuse(
        code::REQUEST_MISSING,
        "there is no request in the trace",
        Span::new(end, end),
        "expected `=> Send header, …`",
        "give the whole of what `curl --trace FILE` writes",
    )
}
