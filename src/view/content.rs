//! What a body is to a template: nothing, text, a structure, or a file that the snippet reads.
//!
//! Structure is offered only where the client's own API would send the same thing again: byte for byte
//! in every mode, with the same meaning where the mode allows that and no field vouches for the bytes.

mod form;
mod json;
mod line_ends;
mod multipart;
mod vouch;

use std::borrow::Cow;

use super::attachment::{self, Attachment};
use super::{BodyMode, Options, Plan};
use crate::grammar::MediaType;
use crate::grammar::media_type::is_json;
use crate::language::Client;
use crate::literal::LineEnds;
use crate::request::Request;

use json::Room;

pub use form::ViewPair;
pub(super) use form::choose_query;
pub use line_ends::are_free as are_line_ends_free;
pub use multipart::Part;

/// Bodies longer than this many bytes become files.
pub const MAX_INLINE: usize = 8 * 1024;

/// What a template is to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No content.
    None,
    /// [`Content::text`] as a string.
    Text,
    /// [`Content::text`] as the language's own JSON literal.
    Json,
    /// [`Content::pairs`].
    Form,
    /// [`Content::parts`].
    Multipart,
    /// The attachment [`Content::file`].
    File,
    /// [`Content::bytes`], for clients that read no files.
    Bytes,
}

impl Kind {
    /// The names of all kinds.
    pub(crate) const NAMES: [&'static str; 7] = [
        Self::None.as_str(),
        Self::Text.as_str(),
        Self::Json.as_str(),
        Self::Form.as_str(),
        Self::Multipart.as_str(),
        Self::File.as_str(),
        Self::Bytes.as_str(),
    ];

    /// The name that templates know.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Text => "text",
            Self::Json => "json",
            Self::Form => "form",
            Self::Multipart => "multipart",
            Self::File => "file",
            Self::Bytes => "bytes",
        }
    }
}

/// A body as a template sees it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Content<'a> {
    /// What is to be written.
    pub kind: Kind,
    /// The media type in lower case, without parameters (RFC 9110 §8.3.1); empty if there is none.
    pub media_type: Cow<'a, str>,
    /// The whole body, where it is text or JSON; JSON text may be laid out anew.
    pub text: Cow<'a, str>,
    /// Whether parts of `text` are marks of variables; else such characters are the message's own.
    pub(super) has_marks: bool,
    /// Whether `text` says the same with other line ends.
    pub line_ends: LineEnds,
    /// The whole body, where it is bytes.
    pub bytes: &'a [u8],
    /// The pairs of a form.
    pub pairs: Vec<ViewPair<'a>>,
    /// The parts of a multipart form.
    pub parts: Vec<Part<'a>>,
    /// The name of the attachment that holds the body.
    pub file: &'static str,
    /// The number of bytes of the message's body, or of the text that is laid out anew.
    pub length: usize,
}

/// Decides how the body is written; attachments and differences go into the plan.
pub(super) fn choose<'a>(
    request: &'a Request<'_>,
    client: &Client,
    options: &Options,
    plan: &mut Plan<'a, '_>,
) -> Content<'a> {
    let mode = options.body;
    let bytes: &'a [u8] = &request.body.bytes;
    let media_type = media_type(request);
    let mut content = Content {
        kind: Kind::None,
        media_type,
        text: Cow::Borrowed(""),
        has_marks: false,
        line_ends: LineEnds::Kept,
        bytes: &[],
        pairs: Vec::new(),
        parts: Vec::new(),
        file: "",
        length: bytes.len(),
    };
    if bytes.is_empty() {
        return content;
    }
    let limit = match client.max_inline {
        _ if client.no_files => usize::MAX,
        _ if options.attaches_body => 0,
        Some(own) => own.min(MAX_INLINE),
        None => MAX_INLINE,
    };
    let readable = readable_text(bytes, &content.media_type, limit);
    let structure = structure_of(&content.media_type);
    let mode = match vouch::find(request).filter(|_| mode != BodyMode::Exact) {
        Some(field) if structure != Structure::Other => {
            plan.diagnostics.push(vouch::note(field));
            BodyMode::Exact
        }
        Some(_) => BodyMode::Exact,
        None => mode,
    };
    let is_structured = match (structure, readable) {
        (Structure::Multipart, _) => multipart::choose(request, client, mode, &mut content, plan),
        (Structure::UrlEncoded, Some(text)) => {
            let native = client.form.as_ref();
            let native = native.filter(|it| {
                let is_sent =
                    |methods: &Vec<String>| methods.iter().any(|it| *it == request.method);
                it.methods.as_ref().is_none_or(is_sent)
                    && (!it.always_content_type || has_just(request, it.content_type.as_deref()))
            });
            form::choose(text, client, native, mode, &mut content, plan)
        }
        (Structure::Json, Some(text)) => {
            let native = client.json.as_ref();
            let native = native.filter(|it| {
                !it.always_content_type || has_just(request, it.content_type.as_deref())
            });
            json::choose(text, client, native, Room { mode, limit }, &mut content, plan)
        }
        _ => false,
    };
    if is_structured {
        if mode != BodyMode::Exact {
            content.line_ends = line_ends::of(&content.media_type, &content.text);
        }
        return content;
    }
    let is_inline = |text: &&str| !client.attach.iter().any(|it| it.is_in(text));
    match readable.filter(is_inline) {
        Some(text) => {
            content.kind = Kind::Text;
            content.text = Cow::Borrowed(text);
            if mode != BodyMode::Exact {
                content.line_ends = line_ends::of(&content.media_type, text);
            }
        }
        None if client.no_files => {
            content.kind = Kind::Bytes;
            content.bytes = bytes;
        }
        None => {
            let name = attachment::body_name(request, &content.media_type);
            content.kind = Kind::File;
            content.file = name;
            plan.attachments
                .push(Attachment { name: name.to_owned(), bytes: Cow::Borrowed(bytes) });
        }
    }
    content
}

/// Whether the message has this Content-Type, and no other.
fn has_just(request: &Request<'_>, content_type: Option<&str>) -> bool {
    let mut fields = request.headers_named("content-type");
    let only = fields.next().filter(|_| fields.next().is_none());
    only.is_some_and(|field| content_type.is_some_and(|own| own.as_bytes() == &*field.value))
}

/// What a body is by its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Structure {
    /// RFC 8259.
    Json,
    /// The URL standard, §5.
    UrlEncoded,
    /// RFC 7578.
    Multipart,
    Other,
}

fn structure_of(media_type: &str) -> Structure {
    match media_type {
        "multipart/form-data" => Structure::Multipart,
        "application/x-www-form-urlencoded" => Structure::UrlEncoded,
        other if is_json(other) => Structure::Json,
        _ => Structure::Other,
    }
}

fn media_type<'a>(request: &'a Request<'_>) -> Cow<'a, str> {
    request
        .header("content-type")
        .map_or(Cow::Borrowed(""), |field| MediaType::essence_of(&field.value))
}

/// The body as text that a person could edit: UTF-8, and not mostly control characters.
fn readable_text<'a>(bytes: &'a [u8], media_type: &str, limit: usize) -> Option<&'a str> {
    let is_media =
        ["image/", "audio/", "video/", "font/"].iter().any(|m| media_type.starts_with(m))
            && !media_type.ends_with("+xml");
    if is_media || bytes.len() > limit {
        // A long body becomes a file whatever it is, so there is no need to look at it.
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    (count_controls(bytes) * 3 <= bytes.len()).then_some(text)
}

/// How many control characters there are, those apart that lay out text. The counts of short pieces
/// fit in bytes, of which many are added at once.
fn count_controls(bytes: &[u8]) -> usize {
    let is_control = |b: u8| matches!(b, 0..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f);
    let count = |piece: &[u8]| piece.iter().map(|&b| u8::from(is_control(b))).sum::<u8>();
    bytes.chunks(u8::MAX.into()).map(|piece| usize::from(count(piece))).sum()
}
