//! Logs of HTTP clients → the messages that they sent.
//!
//! Other lines may be among those of a request, and before each line what loggers write there.

mod dump;
mod httr;
mod kubernetes;
mod lines;
mod literal;
mod numbered;
mod okhttp;
mod packets;
mod rest_assured;
mod sent;
mod wget;

use std::ops::Range;

use crate::content::json::{self, JsonErrorKind};
use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;
use crate::grammar::token::is_token;

use super::compose::Parts;
use super::draft::Draft;
use super::http_file::known_method;
use super::layer;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::{Unencoded, Url};
use super::verbose::find_lost_body;
use super::{Found, code};

/// What wrote a log.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Client {
    /// `send: b'…'` of Python's `http.client`.
    Python,
    /// `<- "…"` of Ruby's `Net::HTTP`.
    Ruby,
    /// `>> "…[\r][\n]"` of Apache HttpClient, which shows all bytes.
    Apache,
    /// `>> …` of Apache HttpClient, which shows no body.
    ApacheHeaders,
    /// `--> POST https://…` of OkHttp, `---> POST https://…` of Feign.
    OkHttp,
    /// `-> POST / HTTP/1.1` of R's httr and httr2.
    Httr,
    /// `1 > POST https://…` of Jersey and Karate.
    Numbered,
    /// `"Request" verb="POST"` of `kubectl`, and of all that Kubernetes' client-go sends.
    Kubernetes,
    /// `Request method: POST` of REST Assured.
    RestAssured,
    /// `---request begin---` of wget.
    Wget,
    /// A program that prints a message as a literal: `"GET / HTTP/1.1\r\n…"`.
    Literal,
    /// A program that writes whole messages among other lines.
    Dump,
}

/// Those whose lines have a mark before what was sent, in the order in which a line is held against them.
const MARKED: [Client; 5] =
    [Client::Python, Client::Ruby, Client::Apache, Client::ApacheHeaders, Client::Literal];

impl Client {
    fn name(self) -> &'static str {
        match self {
            Self::Python => "Python's `http.client`",
            Self::Ruby => "Ruby's `Net::HTTP`",
            Self::Apache | Self::ApacheHeaders => "Apache HttpClient",
            Self::OkHttp => "OkHttp or Feign",
            Self::Httr => "httr or httr2",
            Self::Numbered => "Jersey or Karate",
            Self::Kubernetes => "`kubectl`",
            Self::RestAssured => "REST Assured",
            Self::Wget => "wget",
            Self::Literal | Self::Dump => "a program",
        }
    }
}

/// Whether a line has a request line as a log has it.
pub(super) fn begins(line: &[u8]) -> bool {
    client_of(line).is_some()
}

/// The requests of a log; nothing where the text is none.
pub(super) fn read(bytes: &[u8]) -> Option<Found> {
    let mut clients = layer::lines(bytes).filter_map(|line| client_of(&bytes[line]));
    let mut client = clients.next()?;
    if client == Client::ApacheHeaders && clients.any(|other| other == Client::Apache) {
        client = Client::Apache;
    }
    let entries = match client {
        Client::OkHttp => okhttp::read(bytes),
        Client::Httr => httr::read(bytes),
        Client::Numbered => numbered::read(bytes),
        Client::Kubernetes => kubernetes::read(bytes),
        Client::RestAssured => rest_assured::read(bytes),
        Client::Wget => wget::read(bytes),
        _ => sent::read(bytes, client),
    };
    Some(found(bytes, client, entries))
}

/// The messages that stand whole among other lines; nothing where there are none.
pub(super) fn read_dumps(bytes: &[u8]) -> Option<Found> {
    let entries = dump::read(bytes);
    (!entries.is_empty()).then(|| found(bytes, Client::Dump, entries))
}

fn found(bytes: &[u8], client: Client, entries: Vec<Draft>) -> Found {
    let first = Span::new(0, layer::lines(bytes).next().map_or(0, |line| line.end));
    let message = match client {
        Client::Dump => "other lines are around the requests; they are not read".to_owned(),
        Client::Literal => "the line ends are written as escapes, and read as line ends".to_owned(),
        _ => format!("the text is a log of {}; its requests are read", client.name()),
    };
    let note = Diagnostic::note(code::READ_AS, message).with_span(first);
    Found { entries, diagnostics: vec![note] }
}

fn client_of(line: &[u8]) -> Option<Client> {
    if line.trim_ascii() == wget::BEGIN {
        return Some(Client::Wget);
    }
    if okhttp::begins(line) {
        return Some(Client::OkHttp);
    }
    if httr::begins(line) {
        return Some(Client::Httr);
    }
    if numbered::begins(line) {
        return Some(Client::Numbered);
    }
    if kubernetes::begins(line) {
        return Some(Client::Kubernetes);
    }
    if rest_assured::begins(line) {
        return Some(Client::RestAssured);
    }
    let begins = |client: &Client| {
        sent::content_of(line, *client).is_some_and(|content| begins_request(&line[content]))
    };
    MARKED.into_iter().find(begins)
}

/// Whether a text begins with a request line; what a log has in place of its line end follows.
fn begins_request(text: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(text, b" HTTP/") else { return false };
    let mut words = text[..at].split(|byte| *byte == b' ');
    let is_method = words.next().is_some_and(|method| known_method(method).is_some());
    // A space would stand for the line end.
    let is_version = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    let version = text[at + 6..].iter().take_while(is_version).count();
    let is_line = text[at + 6 + version..].trim_ascii_end().first() != Some(&b' ');
    is_method
        && is_line
        && words.next().is_some_and(|target| !target.is_empty())
        && words.next().is_none()
}

/// A message that a log shows, unless its body is left out.
fn draft_of(message: Text, client: Client) -> Draft {
    let span = message.span();
    match find_lost_body(&message) {
        Some(place) => {
            let raw = Err(refuse_lost_body(client, place));
            Draft { name: None, title: String::new(), span, raw }
        }
        None => Draft::of_message(message, None, span),
    }
}

#[cold]
fn warn_of_end(body: &Text) -> Diagnostic {
    let message =
        "the log does not tell whether a line end is behind the body; it is sent without one";
    let place = body.span_of(0..body.len().min(1));
    Diagnostic::warning(code::BODY_END_UNMARKED, message).with_span(place)
}

#[cold]
fn refuse_lost_body(client: Client, place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        format!("the request has a body, which this log of {} does not show", client.name()),
        place,
        "this tells of a body",
        "put the body behind the fields, with an empty line between, and give that as a message",
    )
}

/// A request that a log shows in parts.
fn draft_of_parts(parts: Result<Parts, Refusal>, span: Span) -> Draft {
    let title = parts.as_ref().map_or_else(|_| String::new(), Parts::title);
    Draft { name: None, title, span, raw: parts.and_then(Parts::write) }
}

/// The parts of a request that a log shows: method and URL on a line, and fields on others; a line that is no field is
/// left out.
fn parts_of(bytes: &[u8], line: Range<usize>, fields: &[Range<usize>]) -> Result<Parts, Refusal> {
    let place = Span::new(line.start, line.end);
    let (method, rest) = Text::of(bytes, line).split_once(b' ').unwrap_or_default();
    let (url, _) = rest.split_once(b' ').unwrap_or((rest, Text::default()));
    let url = Url::split(&url, Scheme::Http, Unencoded::Standard)?;
    let fields = fields_of(bytes, fields);
    Ok(Parts { method, url, fields, body: None, place, diagnostics: Vec::new() })
}

/// Names and values of the lines that are fields.
fn fields_of(bytes: &[u8], lines: &[Range<usize>]) -> Vec<(Text, Text)> {
    let mut fields = Vec::new();
    for line in lines.iter().filter(|line| is_field(&bytes[(*line).clone()])) {
        fields.extend(field_of(&Text::of(bytes, line.clone())));
    }
    fields
}

fn field_of(line: &Text) -> Option<(Text, Text)> {
    line.split_once(b':').map(|(name, value)| (name, value.trim()))
}

/// How much of a text is JSON, where it begins with an object or an array that is whole: other lines of the log may
/// follow. Those may also be a number.
fn length_of_json(text: &[u8]) -> Option<usize> {
    matches!(text.trim_ascii_start().first()?, b'{' | b'[').then_some(())?;
    match json::check(text) {
        Ok(_) => Some(text.len()),
        Err(error) => (error.kind == JsonErrorKind::TrailingText)
            .then(|| text[..error.offset].trim_ascii_end().len()),
    }
}

/// How long what the logger writes before the text of a line is: as before another line, digits aside, and without the
/// white space at its end where the line has nothing else. The lines of a body may have nothing before them.
fn prefix_length(line: &[u8], prefix: &[u8]) -> usize {
    let is_same =
        |(one, other): (&u8, &u8)| one == other || one.is_ascii_digit() && other.is_ascii_digit();
    let begins = |prefix: &[u8]| line.len() >= prefix.len() && line.iter().zip(prefix).all(is_same);
    let short = prefix.trim_ascii_end();
    if begins(prefix) {
        prefix.len()
    } else if begins(short) && line[short.len()..].trim_ascii().is_empty() {
        short.len()
    } else {
        0
    }
}

/// Whether a line is a field (RFC 9110 §5.1).
fn is_field(line: &[u8]) -> bool {
    memchr::memchr(b':', line).is_some_and(|colon| is_token(&line[..colon]))
}

/// Whether a line has a time of day in it: `9:05:07`.
fn has_time(line: &[u8]) -> bool {
    line.windows(7).any(|part| {
        let is_colon = |at| at == 1 || at == 4;
        let mut bytes = part.iter().enumerate();
        bytes.all(|(at, byte)| if is_colon(at) { *byte == b':' } else { byte.is_ascii_digit() })
    })
}
