//! The request line (RFC 9112 §3): method, target and version.

use crate::diagnostic::{Diagnostic, Span, show};
use crate::grammar::UrlSplit;
use crate::grammar::space::{is_blank, trim_end, trim_start};
use crate::grammar::token::find_non_token;
use crate::request::TargetForm;

use super::reader::{Line, Mode, Read, Reader};
use super::{code, opening, target};

/// The versions that are read; tools write the later ones in the form of HTTP/1.
const VERSIONS: [&str; 6] = ["HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/3.0"];

#[derive(Debug)]
pub(super) struct RequestLine<'a> {
    pub method: &'a str,
    pub method_span: Span,
    pub target: &'a str,
    pub target_span: Span,
    pub target_form: TargetForm,
    pub url_split: Option<UrlSplit>,
    pub version: &'static str,
    pub span: Span,
}

/// A part of the line: its offset in the line, and its bytes.
type Word<'a> = (usize, &'a [u8]);

pub(super) fn read_request_line<'a>(reader: &mut Reader<'a>) -> Read<RequestLine<'a>> {
    opening::skip_preamble(reader)?;
    let Some(line) = reader.take_line()? else {
        return Err(refuse_missing_target(&Line { bytes: b"", start: reader.position }).into());
    };
    let [method, target, version] = match reader.mode {
        Mode::Typed => {
            opening::refuse_foreign(&line)?;
            split_typed(reader, &line)?
        }
        Mode::Wire => split_wire(&line)?,
    };
    let span_of = |(at, word): Word<'a>| Span::new(line.start + at, line.start + at + word.len());
    let method_text = check_method(reader, &line, method)?;
    let version = check_version(span_of(version), version.1)?;
    let target_span = span_of(target);
    let (target, target_form, url_split) =
        target::read_target(reader, method_text, target.1, target_span)?;
    Ok(RequestLine {
        method: method_text,
        method_span: span_of(method),
        target,
        target_span,
        target_form,
        url_split,
        version,
        span: line.span(),
    })
}

/// Splits at white space. More of it than one space between words is told, not refused: it leaves
/// no doubt what is meant (RFC 9112 §3).
fn split_typed<'a>(reader: &mut Reader<'a>, line: &Line<'a>) -> Read<[Word<'a>; 3]> {
    let mut rest = trim_end(line.bytes);
    let mut take_word = || {
        let word = take_last_word(rest)?;
        rest = trim_end(&rest[..word.0]);
        Some(word)
    };
    let Some(last) = take_word() else {
        return Err(refuse_missing_target(line).into());
    };
    let second = take_word();
    if !looks_like_version(last.1) {
        return Err(refuse_missing_version(line, second.is_some()).into());
    }
    let Some((target_at, target)) = second else {
        return Err(refuse_missing_target(line).into());
    };
    let lead = rest.iter().take_while(|&&byte| is_blank(byte)).count();
    let method = &rest[lead..];
    if method.is_empty() {
        return Err(refuse_missing_target(line).into());
    }
    if let Some(space) = method.iter().position(|&byte| is_blank(byte)) {
        return Err(refuse_extra_word(line, lead, lead + space, target_at, target).into());
    }
    if line.bytes.len() != method.len() + target.len() + last.1.len() + 2
        || line.bytes.contains(&b'\t')
    {
        reader.diagnostics.push(warn_of_space(line));
    }
    Ok([(lead, method), (target_at, target), last])
}

fn take_last_word(bytes: &[u8]) -> Option<Word<'_>> {
    if bytes.is_empty() {
        return None;
    }
    let at = bytes.iter().rposition(|&byte| is_blank(byte)).map_or(0, |at| at + 1);
    Some((at, &bytes[at..]))
}

/// Splits at the first and the last space: whatever is between them is what was sent as target.
fn split_wire<'a>(line: &Line<'a>) -> Read<[Word<'a>; 3]> {
    let bytes = line.bytes;
    let (first, last) = (memchr::memchr(b' ', bytes), memchr::memrchr(b' ', bytes));
    match (first, last) {
        (Some(first), Some(last)) if first < last => Ok([
            (0, &bytes[..first]),
            (first + 1, &bytes[first + 1..last]),
            (last + 1, &bytes[last + 1..]),
        ]),
        (Some(_), _) => Err(refuse_missing_version(line, true).into()),
        _ => Err(refuse_missing_target(line).into()),
    }
}

fn looks_like_version(word: &[u8]) -> bool {
    word.get(..5).is_some_and(|head| head.eq_ignore_ascii_case(b"HTTP/"))
        && !word.starts_with(b"http://")
}

fn check_method<'a>(reader: &Reader<'a>, line: &Line<'a>, (at, method): Word<'a>) -> Read<&'a str> {
    match find_non_token(method) {
        // A token is ASCII.
        None if !method.is_empty() => {
            Ok(reader.text_of(method, line.start + at).unwrap_or_default())
        }
        bad => Err(Diagnostic::error(
            code::METHOD,
            format!("`{}` is not a method: a method is a token", show(method)),
        )
        .with_span(line.place(at + bad.unwrap_or(0)))
        .with_label("expected letters, digits or one of !#$%&'*+-.^_`|~")
        .with_help("begin the request line with a method, like `GET /path HTTP/1.1`")
        .into()),
    }
}

fn check_version(span: Span, version: &[u8]) -> Read<&'static str> {
    if let Some(known) = VERSIONS.iter().find(|known| known.as_bytes() == version) {
        return Ok(known);
    }
    Err(Diagnostic::error(code::VERSION, format!("`{}` is not a known version", show(version)))
        .with_span(span)
        .with_label(format!("expected one of {}", VERSIONS.join(", ")))
        .with_help("write `HTTP/1.1`, in capitals")
        .into())
}

#[cold]
fn refuse_missing_target(line: &Line<'_>) -> Diagnostic {
    Diagnostic::error(code::TARGET_MISSING, "the request line lacks a method or a target")
        .with_span(line.span())
        .with_label("expected a method, a target and a version")
        .with_help("write the request line like `GET /path HTTP/1.1`")
}

#[cold]
fn refuse_missing_version(line: &Line<'_>, has_target: bool) -> Diagnostic {
    if !has_target {
        return refuse_missing_target(line);
    }
    let end = line.start + trim_end(line.bytes).len();
    Diagnostic::error(code::VERSION_MISSING, "the request line does not end with a version")
        .with_span(Span::new(end, end))
        .with_label("expected a space and `HTTP/1.1`")
        .with_help("add ` HTTP/1.1` at the end of the request line")
}

/// There are four words or more: either the method or the target contains a space.
#[cold]
fn refuse_extra_word(
    line: &Line<'_>,
    method_at: usize,
    space: usize,
    target_at: usize,
    target: &[u8],
) -> Diagnostic {
    let second = trim_start(&line.bytes[space..]);
    let target_begins_last = matches!(target.first(), Some(b'/' | b'*'));
    if target_begins_last && !matches!(second.first(), Some(b'/')) {
        let method = trim_end(&line.bytes[method_at..target_at]);
        return Diagnostic::error(
            code::METHOD,
            format!("`{}` is not a method: a method is one word", show(method)),
        )
        .with_span(line.place(space))
        .with_label("expected no space here")
        .with_help("write the request line like `PUT /path HTTP/1.1`");
    }
    let first_end = line.bytes.len() - second.len();
    let at = first_end + second.iter().position(|&byte| is_blank(byte)).unwrap_or(0);
    Diagnostic::error(code::TARGET_SPACE, "the target contains white space")
        .with_span(line.place(at))
        .with_label("expected no space here")
        .with_help("write a space in a target as `%20`")
}

#[cold]
fn warn_of_space(line: &Line<'_>) -> Diagnostic {
    Diagnostic::warning(
        code::REQUEST_LINE_SPACE,
        "ignoring white space other than one space between the words of the request line",
    )
    .with_span(line.span())
    .with_help("write one space between method, target and version, and none around them")
}
