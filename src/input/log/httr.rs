//! What R's httr (`verbose()`) and httr2 (`req_verbose()`) show: each line of the head behind `-> `, and each line of the
//! body behind `>> `. httr2 shows lines without their CR and lays JSON out; neither shows whether the last line ends.

use std::ops::Range;

use crate::diagnostic::Span;
use crate::grammar::line_end;

use super::super::code;
use super::super::compose::is_name;
use super::super::draft::Draft;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::lines::Lines;
use super::{
    Client, begins_request, draft_of, field_of, length_of_json, refuse_lost_body, warn_of_end,
};

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
        let field = Text::of(bytes, content.clone());
        framing.take(&field);
        message.append(&field);
        message.push(b"\r\n", Span::new(content.end, whole.end));
    }
    message.push(b"\r\n", message.span());
    let mut shown = Vec::new();
    // White space at the end of a line is the body's.
    while let whole = lines.whole(lines.at)
        && let Some(column) = column_behind(&bytes[whole.clone()], OF_BODY)
    {
        shown.push(whole.start + column..whole.end);
        lines.at += 1;
    }
    if shown.is_empty() {
        return draft_of(message, Client::Httr);
    }
    let place = message.span();
    match framing.body_of(bytes, &shown) {
        Ok((body, is_marked)) => {
            message.append(&body);
            let mut draft = draft_of(message, Client::Httr);
            if !is_marked {
                draft.tell(warn_of_end(&body));
            }
            draft
        }
        Err(refusal) => Draft { name: None, title: String::new(), span: place, raw: Err(refusal) },
    }
}

/// What the fields say of the body.
#[derive(Default)]
struct Framing {
    length: Option<(usize, Span)>,
    is_multipart: bool,
}

impl Framing {
    fn take(&mut self, field: &Text) {
        let Some((name, value)) = field_of(field) else { return };
        if is_name(&name, "content-length") {
            let count = std::str::from_utf8(value.bytes()).ok().and_then(|text| text.parse().ok());
            self.length = count.map(|count| (count, value.span()));
        }
        self.is_multipart |= is_name(&name, "content-type")
            && value.bytes().get(..10).is_some_and(|it| it.eq_ignore_ascii_case(b"multipart/"));
    }

    /// The body of lines that are shown, and whether it is known how it ends.
    fn body_of(&self, bytes: &[u8], lines: &[Range<usize>]) -> Result<(Text, bool), Refusal> {
        let body = join(bytes, lines, Ends::Shown);
        if tells_of_bytes(body.bytes()) {
            return Err(refuse_lost_body(Client::Httr, body.span()));
        }
        let Some((count, place)) = self.length else {
            let is_marked = length_of_json(body.bytes()) == Some(body.len());
            return Ok((body, is_marked));
        };
        for ends in [Ends::Shown, Ends::Lf, Ends::CrLf] {
            let mut whole = join(bytes, lines, ends);
            if whole.len() + ends.bytes().len() == count {
                whole.push(ends.bytes(), whole.span_of(whole.len()..whole.len()));
            }
            if whole.len() == count {
                return Ok((whole, true));
            }
        }
        // Delimiters may lack their CR, and JSON may be laid out: what reads the message puts that right.
        if self.is_multipart {
            let mut body = body;
            body.push(b"\n", body.span_of(body.len()..body.len()));
            return Ok((body, true));
        }
        if length_of_json(body.bytes()) == Some(body.len()) {
            return Ok((body, true));
        }
        Err(refuse_other_length(body.len(), count, place))
    }
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

/// How the lines of a body end.
#[derive(Clone, Copy)]
enum Ends {
    /// As the log shows them, with a CR where it has one.
    Shown,
    Lf,
    CrLf,
}

impl Ends {
    /// What is between two lines.
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Shown | Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
        }
    }
}

/// The lines, without an end behind the last one.
fn join(bytes: &[u8], lines: &[Range<usize>], ends: Ends) -> Text {
    let mut body = Text::default();
    for (number, line) in lines.iter().enumerate() {
        let text = &bytes[line.clone()];
        let text = match ends {
            Ends::Shown => text.strip_suffix(b"\n").unwrap_or(text),
            Ends::Lf | Ends::CrLf => line_end::strip(text),
        };
        let end = line.start + text.len();
        body.push_input(bytes, line.start..end);
        if number + 1 < lines.len() {
            body.push(ends.bytes(), Span::new(end, line.end));
        }
    }
    body
}

#[cold]
fn refuse_other_length(shown: usize, sent: usize, place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        format!("the log shows {shown} bytes of a body, and {sent} were sent"),
        place,
        "the body had another length",
        "put the body behind the fields, with an empty line between, and give that as a message",
    )
}
