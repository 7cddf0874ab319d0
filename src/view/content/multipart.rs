//! `multipart/form-data` (RFC 7578) as the parts of a client's own API.

use std::borrow::Cow;

use super::{Content, Kind, MAX_INLINE};
use crate::content::multipart;
use crate::diagnostic::{Affect, Diagnostic, is_hidden};
use crate::language::{Client, MultipartRules};
use crate::request::Request;
use crate::view::attachment::{self, Attachment};
use crate::view::{BodyMode, Plan};

/// A multipart body with more parts than this stays as it is: such a snippet is not for a reader.
const MAX_PARTS: usize = 64;

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
    /// The content, of a part without file name, and of one with a file name where it is text and the
    /// client reads no files.
    pub text: Cow<'a, str>,
    /// Whether parts of `text` are marks of variables; else such characters are the message's own.
    pub(in crate::view) has_marks: bool,
    /// Whether `text` is the content.
    pub is_text: bool,
    /// Whether the client's shortest way takes `text` as it is.
    pub is_plain: bool,
    /// The attachment with the content, of a part with file name; empty for clients that read no
    /// files.
    pub file: Option<String>,
    /// The content, of a part with file name, for clients that read no files.
    pub bytes: &'a [u8],
}

/// Whether the body is written as the parts of the client's own API: not in the modes that keep bytes,
/// since nearly every client chooses the boundary itself.
pub(super) fn choose<'a>(
    request: &'a Request<'_>,
    client: &Client,
    mode: BodyMode,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    if !matches!(mode, BodyMode::Auto | BodyMode::Native) {
        return false;
    }
    let Some(rules) = &client.multipart else { return false };
    let Some(field) = request.header("content-type") else { return false };
    let Some(parsed) = multipart::parse(&field.value, &request.body.bytes) else { return false };
    let is_carried = (1..=MAX_PARTS).contains(&parsed.parts.len())
        && parsed.parts.iter().all(|part| carries(client, rules, part))
        && !(rules.distinct_names && repeats_a_name(&parsed.parts))
        && (!rules.name_of_file || are_names_of_files(&parsed.parts))
        && (!rules.fields_first || parsed.parts.is_sorted_by_key(|part| part.filename.is_some()));
    if !is_carried {
        return false;
    }
    for part in &parsed.parts {
        // What `carries` let through has either a file name or text.
        let text = std::str::from_utf8(part.content).unwrap_or_default();
        let is_file = part.filename.is_some();
        let is_text = !is_file
            || (client.no_files
                && super::readable_text(
                    part.content,
                    part.content_type.unwrap_or_default(),
                    MAX_INLINE,
                )
                .is_some_and(|text| {
                    !text.contains(|c| is_hidden(c) && !matches!(c, '\n' | '\r' | '\t'))
                }));
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
            text: Cow::Borrowed(if is_text { text } else { "" }),
            has_marks: false,
            is_text,
            is_plain: !is_file && rules.plain_text.carries(text),
            bytes: if is_file && client.no_files { part.content } else { &[] },
            file,
        });
    }
    content.kind = Kind::Multipart;
    plan.diagnostics.push(
        Diagnostic::note(
            "boundary-chosen",
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
            && (!rules.ascii_fields || part.content.is_ascii())
            && std::str::from_utf8(part.content).is_ok_and(|text| {
                rules.value.carries(text) && !client.attach.iter().any(|it| it.is_in(text))
            }));
    let type_is_writable = part.content_type.is_none_or(|value| rules.media_type.carries(value));
    part.headers.is_empty()
        && type_is_writable
        && !part.name.is_empty()
        && rules.name.carries(part.name)
        && part.filename.is_none_or(|name| !name.is_empty() && rules.file_name.carries(name))
        && type_is_carried
        && is_text
}

/// Whether each file name is one that an attachment has.
fn are_names_of_files(parts: &[multipart::Part<'_>]) -> bool {
    let mut names: Vec<String> = Vec::new();
    parts.iter().filter_map(|part| part.filename).all(|name| {
        let folded = name.to_ascii_lowercase();
        let is_kept = attachment::safe_name(name, &[]) == name && !names.contains(&folded);
        names.push(folded);
        is_kept
    })
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
    use super::{are_names_of_files, multipart, repeats_a_name};

    #[test]
    fn files_are_names_of_files_where_these_are_safe_and_distinct() {
        let part = |filename| multipart::Part {
            name: "f",
            filename,
            content_type: None,
            headers: Vec::new(),
            content: b"",
        };
        assert!(are_names_of_files(&[part(Some("a.txt")), part(None), part(Some("b.txt"))]));
        assert!(!are_names_of_files(&[part(Some("a.txt")), part(Some("A.txt"))]));
        assert!(!are_names_of_files(&[part(Some("a b.txt"))]));
    }

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
