//! The body: the same bytes, the same meaning, or another one.

use requote::content::{form, json, multipart};
use requote::diagnostic::Affect;
use requote::grammar::Parameterized;
use requote::request::Request;

use super::{Difference, Kind, Meaning};

pub fn compare(sent: &Request<'_>, captured: &Request<'_>, out: &mut Vec<Difference>) {
    let (wanted, seen) = (&*sent.body.bytes, &*captured.body.bytes);
    if wanted == seen {
        return;
    }
    let is_same_form = is_same_multipart(sent, captured);
    if is_same_form {
        excuse_boundary(sent, captured, out);
    }
    let is_same = is_same_form || is_same_json(wanted, seen) || is_same_pairs(sent, wanted, seen);
    out.push(Difference {
        part: Affect::Body,
        kind: if seen.is_empty() { Kind::Missing } else { Kind::Changed },
        meaning: if is_same { Meaning::Same } else { Meaning::Other },
        sent: vec![wanted.to_vec()],
        captured: vec![seen.to_vec()],
        told_by: None,
    });
}

fn content_type<'r>(request: &'r Request<'_>) -> &'r [u8] {
    request.header("content-type").map_or(b"", |field| &*field.value)
}

/// Two JSON texts mean the same whatever the media type says: a request may leave it out.
fn is_same_json(sent: &[u8], captured: &[u8]) -> bool {
    let texts = (str::from_utf8(sent), str::from_utf8(captured));
    let (Ok(sent), Ok(captured)) = texts else { return false };
    match (json::parse(sent), json::parse(captured)) {
        (Ok(sent), Ok(captured)) => json::same_value(&sent, &captured),
        // Half of a surrogate pair has no value that could be compared.
        _ => json::same_tokens(sent, captured),
    }
}

/// Any text is a form of sorts, so here the media type decides.
fn is_same_pairs(request: &Request<'_>, sent: &[u8], captured: &[u8]) -> bool {
    let kind = content_type(request).split(|&byte| byte == b';').next().unwrap_or_default();
    kind.trim_ascii().eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
        && form::same_pairs(sent, captured)
}

fn is_same_multipart(sent: &Request<'_>, captured: &Request<'_>) -> bool {
    multipart::same_parts(
        content_type(sent),
        &sent.body.bytes,
        content_type(captured),
        &captured.body.bytes,
    )
}

/// A client that writes a form's parts picks the boundary: the difference of Content-Type then is
/// the body's own.
fn excuse_boundary(sent: &Request<'_>, captured: &Request<'_>, out: &mut [Difference]) {
    let part = Affect::Header("content-type".to_owned());
    let Some(difference) = out.iter_mut().find(|difference| difference.part == part) else {
        return;
    };
    let (wanted, seen) = (content_type(sent), content_type(captured));
    if difference.sent.len() == 1 && difference.captured.len() == 1 && is_same_type(wanted, seen) {
        difference.meaning = Meaning::Same;
        difference.told_by = Some(Affect::Body);
    }
}

fn is_same_type(left: &[u8], right: &[u8]) -> bool {
    let read = |value| Parameterized::parse(str::from_utf8(value).ok()?);
    let (Some(mut left), Some(mut right)) = (read(left), read(right)) else { return false };
    for value in [&mut left, &mut right] {
        value.parameters.retain(|parameter| !parameter.name.eq_ignore_ascii_case("boundary"));
    }
    left.is_same(&right)
}
