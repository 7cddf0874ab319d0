//! What a body is to a template: nothing, text, a structure, or a file that the snippet reads.
//!
//! Structure is offered only where the client's own API would send the same thing again.

use std::borrow::Cow;

use super::attachment::{self, Attachment};
use super::{BodyMode, Plan};
use crate::content::form::{self, Pair};
use crate::content::json::{self, Json};
use crate::content::multipart;
use crate::diagnostic::{Affect, Diagnostic};
use crate::grammar::MediaType;
use crate::grammar::media_type::is_json;
use crate::language::{Client, JsonTop, MultipartRules};
use crate::request::Request;

/// Bodies longer than this many bytes become files.
pub const MAX_INLINE: usize = 8 * 1024;

/// A multipart body with more parts than this stays as it is: such a snippet is not for a reader.
const MAX_PARTS: usize = 64;

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
    /// The whole body, where it is text or JSON.
    pub text: &'a str,
    /// The whole body, where it is bytes.
    pub bytes: &'a [u8],
    /// The decoded pairs of a form.
    pub pairs: Vec<Pair<'a>>,
    /// The parts of a multipart form.
    pub parts: Vec<Part<'a>>,
    /// The name of the attachment that holds the body.
    pub file: &'static str,
    /// The number of bytes.
    pub length: usize,
}

/// A part of a multipart form (RFC 7578).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Part<'a> {
    /// The field's name.
    pub name: &'a str,
    /// The file name that is sent.
    pub filename: Option<&'a str>,
    /// The part's own Content-Type.
    pub content_type: Option<&'a str>,
    /// The content, of a part without file name.
    pub text: &'a str,
    /// The attachment with the content, of a part with file name; empty for clients that read no
    /// files.
    pub file: Option<String>,
    /// The content, of a part with file name, for clients that read no files.
    pub bytes: &'a [u8],
}

/// Decides how the body is written; attachments and differences go into the plan.
pub(super) fn choose<'a>(
    request: &'a Request<'_>,
    client: &Client,
    mode: BodyMode,
    plan: &mut Plan<'a, '_>,
) -> Content<'a> {
    let bytes: &'a [u8] = &request.body.bytes;
    let media_type = media_type(request);
    let mut content = Content {
        kind: Kind::None,
        media_type,
        text: "",
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
        Some(own) => own.min(MAX_INLINE),
        None => MAX_INLINE,
    };
    let text = readable_text(bytes, &content.media_type, limit)
        .filter(|text| !client.attach.iter().any(|it| it.is_in(text)));
    let may_be_structured = mode != BodyMode::Exact && request.header("content-encoding").is_none();
    let is_structured = may_be_structured
        && match (&*content.media_type, text) {
            ("multipart/form-data", _) => choose_multipart(request, client, &mut content, plan),
            ("application/x-www-form-urlencoded", Some(text)) => {
                choose_form(text, client, mode, &mut content, plan)
            }
            (media_type, Some(text)) if is_json(media_type) => {
                choose_json(text, client, mode, &mut content, plan)
            }
            _ => false,
        };
    if is_structured {
        return content;
    }
    match text {
        Some(text) => {
            content.kind = Kind::Text;
            content.text = text;
        }
        None if client.no_files => {
            content.kind = Kind::Bytes;
            content.bytes = bytes;
        }
        None => {
            let name = attachment::body_name(&content.media_type);
            content.kind = Kind::File;
            content.file = name;
            plan.attachments
                .push(Attachment { name: name.to_owned(), bytes: Cow::Borrowed(bytes) });
        }
    }
    content
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

fn choose_json<'a>(
    text: &'a str,
    client: &Client,
    mode: BodyMode,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    let Some(native) = &client.json else { return false };
    if mode != BodyMode::Native && !native.style.may_write(text) {
        return false;
    }
    let Ok(value) = json::parse(text) else { return false };
    let top = match &value {
        Json::Object(_) => JsonTop::Object,
        Json::Array(_) => JsonTop::Array,
        Json::String(_) => JsonTop::String,
        Json::Number(_) => JsonTop::Number,
        Json::Bool(_) => JsonTop::Boolean,
        Json::Null => JsonTop::Null,
    };
    let fits_top = native.only.is_empty() || native.only.contains(&top);
    if !fits_top {
        return false;
    }
    if mode == BodyMode::Native {
        let Some(written) = json::write(&value, &native.style) else { return false };
        if written != text {
            note_json(client, plan);
        }
    } else if !json::writes(&value, &native.style, text) {
        return false;
    }
    content.kind = Kind::Json;
    content.text = text;
    true
}

/// Says that the client's serializer prints the value otherwise.
fn note_json(client: &Client, plan: &mut Plan<'_, '_>) {
    plan.diagnostics.push(
        Diagnostic::note(
            "json-reprinted",
            format!("{} prints the JSON value in its own way; the value is the same", client.title),
        )
        .with_affect(Affect::Body)
        .with_help("use `--body exact` to keep the bytes"),
    );
}

fn choose_form<'a>(
    text: &'a str,
    client: &Client,
    mode: BodyMode,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    let Some(native) = &client.form else { return false };
    let Some(pairs) = form::parse(text.as_bytes()) else { return false };
    let Some(written) = form::write(&pairs, &native.style) else { return false };
    if written != text {
        if mode != BodyMode::Native {
            return false;
        }
        plan.diagnostics.push(
            Diagnostic::note(
                "form-reprinted",
                format!("{} encodes the form in its own way; the pairs are the same", client.title),
            )
            .with_affect(Affect::Body)
            .with_help("use `--body exact` to keep the bytes"),
        );
    }
    content.kind = Kind::Form;
    content.pairs = pairs;
    true
}

fn choose_multipart<'a>(
    request: &'a Request<'_>,
    client: &Client,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    let Some(rules) = &client.multipart else { return false };
    let Some(field) = request.header("content-type") else { return false };
    let Some(parsed) = multipart::parse(&field.value, &request.body.bytes) else { return false };
    let is_carried = (1..=MAX_PARTS).contains(&parsed.parts.len())
        && parsed.parts.iter().all(|part| carries(client, rules, part))
        && !(rules.distinct_names && repeats_a_name(&parsed.parts));
    if !is_carried {
        return false;
    }
    for part in &parsed.parts {
        // What `carries` let through has either a file name or text.
        let text = std::str::from_utf8(part.content).unwrap_or_default();
        let is_file = part.filename.is_some();
        let file = part.filename.filter(|_| !client.no_files).map(|filename| {
            let name = attachment::safe_name(filename, &plan.attachments);
            plan.attachments
                .push(Attachment { name: name.clone(), bytes: Cow::Borrowed(part.content) });
            name
        });
        content.parts.push(Part {
            name: part.name,
            filename: part.filename,
            content_type: part.content_type,
            text: if is_file { "" } else { text },
            bytes: if is_file && client.no_files { part.content } else { &[] },
            file,
        });
    }
    content.kind = Kind::Multipart;
    plan.diagnostics.push(
        Diagnostic::note(
            "multipart-boundary",
            format!(
                "{} chooses the boundary between the parts; the parts are the same",
                client.title
            ),
        )
        .with_affect(Affect::Body)
        .with_affect(Affect::Header("content-type".to_owned()))
        .with_help("use `--body exact` to keep the bytes"),
    );
    true
}

/// Whether the client's API sends this part as it is.
fn carries(client: &Client, rules: &MultipartRules, part: &multipart::Part<'_>) -> bool {
    let type_is_carried = match (part.filename, part.content_type) {
        (None, Some(_)) => rules.field_type,
        (Some(_), None) => rules.file_without_type,
        _ => true,
    };
    let is_text = part.filename.is_some()
        || (part.content.len() <= MAX_INLINE
            && !part.content.contains(&0)
            && (!rules.crlf_fields || has_crlf_only(part.content))
            && std::str::from_utf8(part.content)
                .is_ok_and(|text| !client.attach.iter().any(|it| it.is_in(text))));
    let type_is_writable = part.content_type.is_none_or(|value| rules.media_type.carries(value));
    part.headers.is_empty()
        && type_is_writable
        && !part.name.is_empty()
        && rules.name.carries(part.name)
        && part.filename.is_none_or(|name| !name.is_empty() && rules.file_name.carries(name))
        && type_is_carried
        && is_text
}

fn repeats_a_name(parts: &[multipart::Part<'_>]) -> bool {
    let mut names: Vec<&str> = parts.iter().map(|part| part.name).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

fn has_crlf_only(text: &[u8]) -> bool {
    let mut previous = 0;
    let is_kept = |byte: u8| {
        let is_bare = (byte == b'\n') != (previous == b'\r');
        previous = byte;
        !is_bare
    };
    text.iter().copied().all(is_kept) && text.last() != Some(&b'\r')
}

#[cfg(test)]
mod tests {
    use super::{multipart, repeats_a_name};

    #[test]
    fn a_name_that_occurs_twice_is_seen_wherever_it_stands() {
        let part = |name| multipart::Part {
            name,
            filename: None,
            content_type: None,
            headers: Vec::new(),
            content: b"",
        };
        assert!(repeats_a_name(&[part("a"), part("b"), part("a")]));
        assert!(!repeats_a_name(&[part("a"), part("A"), part("b")]));
    }
}
