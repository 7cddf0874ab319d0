//! What developer tools of browsers show of a request, copied as text: the rows of "General" with the
//! URL and the method, then the fields.
//!
//! A name and its value stand on one line, `Request URL: https://…`, or on two, as in a table that was
//! copied. Headings such as "Request Headers (9)" part the sections. Without them the fields of the
//! request follow the rows of "General".

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::code;
use super::compose::{Parts, is_name};
use super::detect::first_line;
use super::draft::Draft;
use super::layer::lines;
use super::pseudo::{split, trimmed};
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::{Unencoded, Url, encode_pairs};

const URL: &str = "Request URL";
const METHOD: &str = "Request Method";

/// The other rows of "General".
const ROWS: [&str; 5] =
    ["Status Code", "Remote Address", "Referrer Policy", "Service Worker Source", "Source Address"];

/// Words of the panel that are neither a heading nor a field.
const BUTTONS: [&str; 6] =
    ["view source", "view parsed", "view decoded", "view url-encoded", "raw", "learn more"];

/// How the line begins that tells of fields which the browser adds later.
const PROVISIONAL: &[u8] = b"Provisional headers are shown";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    General,
    Request,
    /// Pairs, decoded.
    Form,
    /// The body as it is.
    Payload,
    Response,
    /// What the URL has already.
    Query,
}

const HEADINGS: [(&str, Section); 8] = [
    ("General", Section::General),
    ("Request Headers", Section::Request),
    ("Response Headers", Section::Response),
    ("Early Hints Headers", Section::Response),
    ("Query String Parameters", Section::Query),
    ("Form Data", Section::Form),
    ("Request Payload", Section::Payload),
    ("Payload", Section::Payload),
];

/// Whether a text begins with the rows of "General".
pub(super) fn begins(bytes: &[u8]) -> bool {
    let is_url = |line: &[u8]| {
        let line = line.trim_ascii();
        line.strip_prefix(URL.as_bytes()).is_some_and(|rest| rest.is_empty() || rest[0] == b':')
    };
    let mut lines = lines(bytes).map(|line| &bytes[line]);
    is_url(first_line(bytes)) || first_line(bytes) == b"General" && lines.any(is_url)
}

/// Reads the request.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let panel = Panel::read(bytes)?;
    let place = Span::new(0, bytes.len());
    let url = panel.url.ok_or_else(|| refuse_without(URL, place))?;
    let method = panel.method.ok_or_else(|| refuse_without(METHOD, place))?;
    let (told, shown, is_form) = (url.span(), panel.has_response, panel.form.is_some());
    let url = Url::split(&url, Scheme::Https, Unencoded::Standard)?;
    let mut fields = if panel.has_headings { panel.fields } else { panel.unknown };
    take_pseudo_fields(&mut fields, &method, &url)?;
    let body = panel.form.or(panel.payload);
    let is_empty =
        |(name, value): &(Text, Text)| is_name(name, "content-length") && value.bytes() == b"0";
    if body.is_none()
        && !fields.iter().any(is_empty)
        && let Some((name, value)) = fields.iter().find(|(name, _)| tells_of_body(name))
    {
        return Err(refuse_lost_body(Span::new(name.span().start, value.span().end)));
    }
    let parts = Parts { method, url, fields, body, place, diagnostics: Vec::new() };
    let title = parts.title();
    let mut draft = Draft { name: None, title, span: place, raw: parts.write() };
    let left_out = if shown { ", read without the fields of the response" } else { "" };
    let encoded = if is_form { ", and the pairs of its form are encoded anew" } else { "" };
    let words = format!("this is what developer tools show{left_out}{encoded}");
    draft.tell(Diagnostic::note(code::READ_AS, words).with_span(told));
    Ok(draft)
}

/// What the panel has.
#[derive(Debug, Default)]
struct Panel {
    url: Option<Text>,
    method: Option<Text>,
    /// The fields under their heading.
    fields: Vec<(Text, Text)>,
    /// Pairs among the rows of "General" that are none of its rows.
    unknown: Vec<(Text, Text)>,
    form: Option<Text>,
    payload: Option<Text>,
    has_headings: bool,
    has_response: bool,
}

impl Panel {
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut panel = Self::default();
        let mut section = Section::General;
        let mut pairs = Vec::new();
        let mut is_table = false;
        let mut lines = lines(bytes).peekable();
        while let Some(line) = lines.next() {
            let text = trimmed(bytes, &line);
            if is_button(text.bytes()) {
                continue;
            }
            if let Some(heading) = find_heading(text.bytes()) {
                panel.close(section, std::mem::take(&mut pairs));
                panel.has_headings |= heading == Section::Request;
                panel.has_response |= heading == Section::Response;
                section = heading;
            } else if section == Section::Payload || section == Section::Form && is_encoded(&text) {
                panel.payload = take_body(bytes, line.start);
                break;
            } else if matches!(section, Section::Response | Section::Query) {
                // What stands there is not sent, or stands in the URL.
            } else if text.is_empty() {
                let may_end = section == Section::Request || !panel.has_headings;
                let ends = find_heading(first_line(&bytes[line.end..])).is_none();
                if may_end && ends && !is_table && has_fields(section, &pairs) {
                    panel.payload = take_body(bytes, line.end);
                    break;
                }
            } else {
                let name = text.bytes().strip_suffix(b":").map_or(text.len(), <[u8]>::len);
                let name = text.slice(0..name);
                is_table |= section == Section::General && is_name(&name, URL);
                pairs.push(if is_table {
                    let value = lines.next().ok_or_else(|| refuse_line(&text))?;
                    (name, trimmed(bytes, &value))
                } else {
                    split(&text).ok_or_else(|| refuse_line(&text))?
                });
            }
        }
        panel.close(section, pairs);
        Ok(panel)
    }

    /// Takes the pairs of a section that ends.
    fn close(&mut self, section: Section, pairs: Vec<(Text, Text)>) {
        match section {
            Section::General => {
                for (name, value) in pairs {
                    if is_name(&name, URL) {
                        self.url = Some(value);
                    } else if is_name(&name, METHOD) {
                        self.method = Some(value);
                    } else if !ROWS.iter().any(|row| is_name(&name, row)) {
                        self.unknown.push((name, value));
                    }
                }
            }
            Section::Request => self.fields.extend(pairs),
            Section::Form if !pairs.is_empty() => self.form = Some(encode_pairs(&pairs)),
            Section::Form | Section::Payload | Section::Response | Section::Query => {}
        }
    }
}

/// The body that begins at a place: the rest, without the line end of the text.
fn take_body(bytes: &[u8], from: usize) -> Option<Text> {
    let body = &bytes[from..];
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    (!body.is_empty()).then(|| Text::of(bytes, from..from + body.len()))
}

/// Whether the fields of the request have begun.
fn has_fields(section: Section, pairs: &[(Text, Text)]) -> bool {
    let is_row = |name: &Text| [URL, METHOD].iter().chain(&ROWS).any(|row| is_name(name, row));
    match section {
        Section::General => pairs.last().is_some_and(|(name, _)| !is_row(name)),
        _ => !pairs.is_empty(),
    }
}

/// The section that begins with a line: a heading, and the number of its rows in parentheses.
fn find_heading(line: &[u8]) -> Option<Section> {
    let mut words = line.splitn(2, |byte| *byte == b'(');
    let (name, count) = (words.next()?.trim_ascii(), words.next());
    let is_counted = |count: &[u8]| {
        count.strip_suffix(b")").is_some_and(|count| count.iter().all(u8::is_ascii_digit))
    };
    let found = HEADINGS.iter().find(|(heading, _)| name.eq_ignore_ascii_case(heading.as_bytes()));
    found.filter(|_| count.is_none_or(is_counted)).map(|(_, section)| *section)
}

fn is_button(line: &[u8]) -> bool {
    line.starts_with(PROVISIONAL)
        || BUTTONS.iter().any(|button| line.eq_ignore_ascii_case(button.as_bytes()))
}

/// Whether a line of a form is its source, `a=1&b=2`.
fn is_encoded(text: &Text) -> bool {
    text.bytes().contains(&b'=') && !text.bytes().iter().any(|byte| b" :".contains(byte))
}

/// Takes out the pseudo-header fields (RFC 9113 §8.3.1), which repeat what "General" says.
fn take_pseudo_fields(
    fields: &mut Vec<(Text, Text)>,
    method: &Text,
    url: &Url,
) -> Result<(), Refusal> {
    for (name, value) in fields.iter() {
        let said = match name.bytes() {
            b":method" => method.bytes(),
            b":path" => url.target.bytes(),
            b":authority" => url.authority.bytes(),
            b":scheme" => url.scheme.as_str().as_bytes(),
            other if other.starts_with(b":") => return Err(refuse_pseudo_field(name)),
            _ => continue,
        };
        if said != value.bytes() {
            return Err(refuse_difference(value));
        }
    }
    fields.retain(|(name, _)| !name.bytes().starts_with(b":"));
    Ok(())
}

/// Whether a field is there for the sake of a body, which another tab of the tools shows.
fn tells_of_body(name: &Text) -> bool {
    ["content-length", "content-type", "transfer-encoding"].iter().any(|it| is_name(name, it))
}

#[cold]
fn refuse_this(message: String, place: Span, label: &str) -> Refusal {
    let help = "copy the request with \"Copy as cURL\" of the developer tools, which loses nothing";
    refuse(code::FORMAT_UNKNOWN, message, place, label, help)
}

fn refuse_without(row: &str, place: Span) -> Refusal {
    let message = format!("what developer tools show has no `{row}`");
    refuse_this(message, place, "expected it among the rows of \"General\"")
}

fn refuse_line(line: &Text) -> Refusal {
    let message = "the line has no name and value".to_owned();
    refuse_this(message, line.span(), "expected `name: value`")
}

fn refuse_pseudo_field(name: &Text) -> Refusal {
    let message = format!("`{}` is no pseudo-header field of an ordinary request", name.lossy());
    refuse_this(message, name.span(), "expected one of `:method`, `:path`, `:authority`, `:scheme`")
}

fn refuse_difference(value: &Text) -> Refusal {
    let message = "the pseudo-header field says something else than the rows of \"General\"";
    refuse_this(message.to_owned(), value.span(), "expected what the method or the URL says")
}

#[cold]
fn refuse_lost_body(place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        "the request has a body, which is not in what was copied",
        place,
        "this tells of a body",
        "copy the request with \"Copy as cURL\", or add the body under a line `Request Payload`",
    )
}
