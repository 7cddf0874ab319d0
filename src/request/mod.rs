//! The model of a message: what was sent, with no opinion.
//!
//! Field lines are an ordered list, duplicates and letter case kept. A request that was read borrows its
//! bytes from the input wherever they are there in one piece, and its parts know their [`Span`]; one
//! that was built ([`Request::builder`]) owns or borrows, and has no spans.

mod build;
mod scheme;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::{Scheme, UrlParts, UrlSplit};

pub use build::{BuildError, RequestBuilder};
pub use scheme::{SchemeSource, decide_scheme};

pub use crate::grammar::field_name::{is_framing, is_singleton};

/// A parsed input: the request, the server's response if one follows, and what was odd.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Message<'a> {
    /// The request.
    pub request: Request<'a>,
    /// The response that follows the request, if any.
    pub response: Option<Response<'a>>,
    /// The input as it was given, which the spans point into; empty for a request that was built.
    pub source: &'a [u8],
    /// Notes and warnings of the reading; never an error.
    pub diagnostics: Vec<Diagnostic>,
}

/// A request that was built has no input, so nothing was odd about its reading.
impl<'a> From<Request<'a>> for Message<'a> {
    fn from(request: Request<'a>) -> Self {
        Self { request, response: None, source: &[], diagnostics: Vec::new() }
    }
}

/// A request message (RFC 9112 §3).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The method, any token, letter case kept (RFC 9110 §9.1).
    pub method: Cow<'a, str>,
    /// Place of the method.
    pub method_span: Option<Span>,
    /// The request target exactly as it is written (RFC 9112 §3.2): no control character, no space,
    /// valid UTF-8.
    pub target: Cow<'a, str>,
    /// Place of the target.
    pub target_span: Option<Span>,
    /// Which of the four forms the target has.
    pub target_form: TargetForm,
    /// Where the parts of an absolute-form target are.
    pub url_split: Option<UrlSplit>,
    /// The version word, for example `HTTP/1.1`.
    pub version: &'static str,
    /// The scheme of the URL; a message itself states it only in an absolute-form target.
    pub scheme: Scheme,
    /// How the scheme is known.
    pub scheme_source: SchemeSource,
    /// The header fields, in order.
    pub headers: Vec<Field<'a>>,
    /// The content, transfer coding removed.
    pub body: Body<'a>,
    /// The trailer fields of a chunked body (RFC 9112 §7.1.2).
    pub trailers: Vec<Field<'a>>,
}

/// The four forms of a request target (RFC 9112 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TargetForm {
    /// `/path?query`.
    Origin,
    /// `http://host/path?query`, as sent to a proxy.
    Absolute,
    /// `host:port`, of CONNECT only.
    Authority,
    /// `*`, of OPTIONS only.
    Asterisk,
}

/// A field line (RFC 9110 §5).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Field<'a> {
    /// The name, a token, letter case kept.
    pub name: Cow<'a, str>,
    /// The value without the white space around it; owned only where obs-fold was undone.
    pub value: Cow<'a, [u8]>,
    /// Place of the name.
    pub name_span: Option<Span>,
    /// Place of the value, white space around it excluded.
    pub value_span: Option<Span>,
    /// The value, where it is known to be text; see [`Self::text`].
    pub(crate) known_text: Option<&'a str>,
}

impl Field<'_> {
    /// The place of the whole field line.
    pub fn span(&self) -> Option<Span> {
        self.name_span.zip(self.value_span).map(|(name, value)| Span::new(name.start, value.end))
    }

    /// Whether the field has this name, in any letter case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether the line only frames the message or says how long the connection lives.
    pub fn is_framing(&self) -> bool {
        is_framing(&self.name, &self.value)
    }

    /// The value as text, where it is valid UTF-8.
    pub fn text(&self) -> Option<&str> {
        self.known_text.or_else(|| std::str::from_utf8(&self.value).ok())
    }
}

/// The content of a request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Body<'a> {
    /// The bytes; owned only where chunks were joined or line ends restored.
    pub bytes: Cow<'a, [u8]>,
    /// Place of the body as it is in the input, transfer coding included.
    pub span: Option<Span>,
    /// How its end was found.
    pub framing: Framing,
}

/// How the end of a body was found (RFC 9112 §6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// No body and nothing that announces one.
    None,
    /// `Content-Length`, zero included.
    ContentLength,
    /// `Transfer-Encoding: chunked`.
    Chunked,
    /// No length was given: what follows the header section, less one final line ending.
    Following,
}

/// A response message (RFC 9112 §4).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Response<'a> {
    /// The version word.
    pub version: &'a str,
    /// The status code, 100 to 999.
    pub status: u16,
    /// Place of the status code.
    pub status_span: Span,
    /// The reason phrase, possibly empty.
    pub reason: Cow<'a, [u8]>,
    /// The header fields, in order.
    pub headers: Vec<Field<'a>>,
    /// The content: transfer coding removed, as far as it is there.
    pub body: Cow<'a, [u8]>,
}

impl<'a> Request<'a> {
    /// The parts of an absolute-form target.
    pub fn url_parts(&self) -> Option<UrlParts<'_>> {
        self.url_split.map(|split| split.parts(&self.target))
    }

    /// `host[:port]` of the server that the request goes to: of an absolute-form or authority-form
    /// target, else the value of Host. Empty where there is none.
    pub fn authority(&self) -> &str {
        match self.target_form {
            TargetForm::Authority => &self.target,
            _ => match self.url_parts() {
                Some(url) => url.authority,
                None => self.header("host").and_then(Field::text).unwrap_or_default(),
            },
        }
    }

    /// Sets the scheme, which is then no guess.
    pub fn set_scheme(&mut self, scheme: Scheme) {
        self.scheme = scheme;
        self.scheme_source = SchemeSource::Given;
    }

    /// The place of a part of the target, in bytes from its start.
    pub fn target_place(&self, part: Range<usize>) -> Option<Span> {
        self.target_span.map(|span| span.part(part))
    }

    /// The first field of this name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&Field<'a>> {
        self.headers.iter().find(|field| field.is(name))
    }

    /// All fields of this name, in any letter case, in order.
    pub fn headers_named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Field<'a>> {
        self.headers.iter().filter(move |field| field.is(name))
    }
}
