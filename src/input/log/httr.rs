//! What R's httr (`verbose()`) and httr2 (`req_verbose()`) show: each line of the head behind `-> `, and each line of the
//! body behind `>> `. httr2 shows lines without their CR and lays JSON out; neither shows whether the last line ends.

use crate::diagnostic::Span;
use crate::grammar::line_end;

use super::super::code;
use super::super::draft::Draft;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::dump::{Framing, fits};
use super::lines::Lines;
use super::{Client, begins_request, draft_of, length_of_json, refuse_lost_body, warn_of_end};

const OF_HEAD: &[u8] = b"->";
const OF_BODY: &[u8] = b">>";

/// What documents made of R code have before each line that it prints.
const OUTPUT: [&[u8]; 2] = [b"#>", b"##"];

/// Whether a line is the first one of a request.
pub(super) fn begins(line: &[u8]) -> bool {
    column_behind(line, OF_HEAD).is_some_and(|column| begins_request(&line[column..]))
}

/// Where a line has what is shown behind this mark.
fn column_behind(line: &[u8], mark: &[u8]) -> Option<usize> {
    let spaces = |text: &[u8]| text.len() - text.trim_ascii_start().len();
    let mut at = spaces(line);
    if let Some(output) = OUTPUT.iter().find(|output| line[at..].starts_with(output)) {
        at += output.len();
        at += spaces(&line[at..]);
    }
    let rest = line[at..].strip_prefix(mark)?;
    let is_mark = rest.trim_ascii_end().is_empty() || rest.starts_with(b" ");
    is_mark.then_some(at + mark.len() + usize::from(rest.starts_with(b" ")))
}

/// The requests of a log.
pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut lines = Lines::of(bytes);
    while let Some(first) = lines.skip_to(begins) {
        lines.at = first;
        drafts.push(read_request(&mut lines));
    }
    drafts
}

fn read_request(lines: &mut Lines<'_>) -> Draft {
    let bytes = lines.bytes;
    let mut message = Text::default();
    let mut framing = Framing::default();
    while let Some(column) = lines.next_text().and_then(|line| column_behind(line, OF_HEAD)) {
        let (line, whole) = (lines.place(lines.at), lines.whole(lines.at));
        let content = (line.start + column).min(line.end)..line.end;
        lines.at += 1;
        if content.is_empty() {
            break;
        }
        framing.take(&bytes[content.clone()]);
        message.push_input(bytes, content.clone());
        message.push(b"\r\n", Span::new(content.end, whole.end));
    }
    message.push(b"\r\n", message.span());
    let body = read_body(lines);
    if body.is_empty() {
        return draft_of(message, Client::Httr);
    }
    if let Err(refusal) = check(&body, &framing) {
        let span = message.span();
        return Draft { name: None, title: String::new(), span, raw: Err(refusal) };
    }
    if framing.count.is_some() {
        message.append(&body);
        return draft_of(message, Client::Httr);
    }
    message.append_part(&body, 0..line_end::strip(body.bytes()).len());
    let mut draft = draft_of(message, Client::Httr);
    if !is_json(&body) {
        draft.tell(warn_of_end(&body));
    }
    draft
}

/// The lines of a body, each with its end: what reads the message knows from its length which ends it had.
fn read_body(lines: &mut Lines<'_>) -> Text {
    let bytes = lines.bytes;
    // In a file of CRLF, those are its own.
    let has_bare = line_end::count_bare(bytes) > 0;
    let mut body = Text::default();
    while let whole = lines.whole(lines.at)
        && let Some(column) = column_behind(&bytes[whole.clone()], OF_BODY)
    {
        let start = whole.start + column;
        let end = start + line_end::strip(&bytes[start..whole.end]).len();
        if has_bare {
            body.push_input(bytes, start..whole.end);
        } else {
            body.push_input(bytes, start..end);
            body.push(b"\n", Span::new(end, whole.end));
        }
        lines.at += 1;
    }
    body
}

/// Whether the log shows all of a body. Delimiters may lack their CR, and JSON may be laid out: what reads the message puts
/// that right.
fn check(body: &Text, framing: &Framing) -> Result<(), Refusal> {
    if tells_of_bytes(body.bytes()) {
        return Err(refuse_lost_body(Client::Httr, body.span()));
    }
    let Some(count) = framing.count else { return Ok(()) };
    if fits(body.bytes(), count) || framing.is_multipart || is_json(body) {
        Ok(())
    } else {
        Err(refuse_other_length(body, count))
    }
}

fn is_json(body: &Text) -> bool {
    let length = length_of_json(body.bytes());
    length.is_some_and(|length| body.bytes()[length..].trim_ascii().is_empty())
}

/// Whether httr2 says only how many bytes there are: `23 bytes of binary data`, `<10 bytes>`. That text may be as long as
/// what it stands for.
fn tells_of_bytes(body: &[u8]) -> bool {
    let body = body.trim_ascii_end();
    let is_between = |start: &[u8], end: &[u8]| {
        let number = body.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        number.is_some_and(|it| !it.is_empty() && it.iter().all(u8::is_ascii_digit))
    };
    is_between(b"", b" bytes of binary data") || is_between(b"<", b" bytes>")
}

#[cold]
fn refuse_other_length(body: &Text, sent: usize) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        format!("the log shows {} bytes of a body, and {sent} were sent", body.len()),
        body.span_of(0..1),
        "the body had another length",
        "put the body behind the fields, with an empty line between, and give that as a message",
    )
}
