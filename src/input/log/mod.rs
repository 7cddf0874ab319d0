//! Logs of HTTP clients → the messages that they sent.
//!
//! Other lines may be among those of a request, and before each line what loggers write there.

mod literal;
mod okhttp;
mod sent;
mod wget;

use crate::diagnostic::{Diagnostic, Span};

use super::draft::Draft;
use super::http_file::known_method;
use super::layer::lines;
use super::refusal::{Refusal, refuse};
use super::text::Text;
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
    /// `---request begin---` of wget.
    Wget,
    /// A program that prints a message as a literal: `"GET / HTTP/1.1\r\n…"`.
    Literal,
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
            Self::Wget => "wget",
            Self::Literal => "a program",
        }
    }
}

/// Whether a line has a request line as a log has it.
pub(super) fn begins(line: &[u8]) -> bool {
    client_of(line).is_some()
}

/// The requests of a log; nothing where the text is none.
pub(super) fn read(bytes: &[u8]) -> Option<Found> {
    let mut clients = lines(bytes).filter_map(|line| client_of(&bytes[line]));
    let mut client = clients.next()?;
    if client == Client::ApacheHeaders && clients.any(|other| other == Client::Apache) {
        client = Client::Apache;
    }
    let entries = match client {
        Client::OkHttp => okhttp::read(bytes),
        Client::Wget => wget::read(bytes),
        _ => sent::read(bytes, client),
    };
    let first = Span::new(0, lines(bytes).next().map_or(0, |line| line.end));
    let message = match client {
        Client::Literal => "the line ends are written as escapes, and read as line ends".to_owned(),
        _ => format!("the text is a log of {}; its requests are read", client.name()),
    };
    let note = Diagnostic::note(code::READ_AS, message).with_span(first);
    Some(Found { entries, diagnostics: vec![note] })
}

fn client_of(line: &[u8]) -> Option<Client> {
    if line.trim_ascii() == wget::BEGIN {
        return Some(Client::Wget);
    }
    if okhttp::begins(line) {
        return Some(Client::OkHttp);
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
    is_method && words.next().is_some_and(|target| !target.is_empty()) && words.next().is_none()
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
fn refuse_lost_body(client: Client, place: Span) -> Refusal {
    refuse(
        code::BODY_NOT_SHOWN,
        format!("the request has a body, which this log of {} does not show", client.name()),
        place,
        "this tells of a body",
        "put the body behind the fields, with an empty line between, and give that as a message",
    )
}
