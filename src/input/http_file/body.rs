//! The body of a request.

use std::borrow::Cow;
use std::ops::Range;

use crate::content::json;
use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::MediaType;

use super::super::compose::{Parts, is_name};
use super::super::placeholder::{Variables, expand};
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::url::encode_bytes;
use super::super::value::write_json_string;
use super::super::{code, reference};
use super::about_response;
use super::line::comment;

/// The word of JetBrains in place of a method.
const GRAPHQL: &[u8] = b"GRAPHQL";

/// What the console of Elasticsearch has around a long string.
pub(super) const LONG_STRING: &[u8] = b"\"\"\"";

/// Whose request it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Editor,
    /// The body begins at once, without an empty line.
    Console,
}

/// How the lines of a body are put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As they are.
    Plain,
    /// Without line ends: a form may be written in lines.
    Form,
    /// With CR LF, which multipart asks for (RFC 2046 §5.1).
    Multipart,
    /// As they are, and the last one has a line end, too: both REST Client and httpyac send it for this type of JSON
    /// lines, and for no other, where no line is in a file.
    JsonLines,
}

/// Adds the lines after the header section, up to what is about the response.
pub(super) fn add_body(
    bytes: &[u8],
    lines: &[Range<usize>],
    parts: &mut Parts,
    form: Form,
    variables: &Variables<'_>,
) -> Result<(), Refusal> {
    let is_graphql = take_graphql(parts);
    let lines = before_response(bytes, lines, &mut parts.diagnostics);
    let lines = without_comments(bytes, lines, parts, form);
    let lines = without_blank_ends(bytes, &lines);
    if lines.is_empty() {
        return Ok(());
    }
    let kind = kind_of(parts);
    let mut body = Text::default();
    let mut ending: Option<Range<usize>> = None;
    let mut has_file = false;
    for line in lines {
        let content = line.start..line_end(bytes, line);
        if let Some(end) = ending.take() {
            push_line_end(&mut body, bytes, end, kind);
        }
        match file_reference(&bytes[content.clone()]) {
            Some(file) => {
                push_file(&mut body, bytes, &content, &file, variables)?;
                has_file = true;
            }
            None => body.append(&expand(&Text::of(bytes, content.clone()), variables)?),
        }
        ending = Some(content.end..line.end);
    }
    if let Some(end) = ending.filter(|_| kind == Kind::JsonLines && !has_file) {
        // The last line of a file may have none.
        if end.is_empty() {
            body.push(b"\n", Span::new(end.start, end.end));
        } else {
            push_line_end(&mut body, bytes, end, kind);
        }
    }
    parts.body = Some(match kind {
        _ if is_graphql => write_graphql(&body),
        Kind::Form => encode_form(&body),
        _ => body,
    });
    if is_graphql && !parts.has("content-type") {
        parts.imply("Content-Type", Text::new("application/json", parts.place));
    }
    Ok(())
}

/// The lines up to what is about the response.
pub(super) fn before_response<'l>(
    bytes: &[u8],
    lines: &'l [Range<usize>],
    diagnostics: &mut Vec<Diagnostic>,
) -> &'l [Range<usize>] {
    let is_about_response = |line: &Range<usize>| {
        let text = &bytes[line.clone()];
        [&b"> "[..], b">{%", b">> ", b">>! ", b"<> "].iter().any(|mark| text.starts_with(mark))
    };
    let end = lines.iter().position(is_about_response);
    diagnostics.extend(end.map(|end| about_response(bytes, &lines[end])));
    &lines[..end.unwrap_or(lines.len())]
}

/// The lines that are no comments: editors leave a comment out of a body, too. The headings of Markdown are sent, as
/// httpyac does.
fn without_comments(
    bytes: &[u8],
    lines: &[Range<usize>],
    parts: &mut Parts,
    form: Form,
) -> Vec<Range<usize>> {
    let is_markdown = media_type(parts) == "text/markdown";
    let text = |line: &Range<usize>| bytes[line.clone()].trim_ascii();
    let is_heading = |line: &Range<usize>| is_markdown && text(line).starts_with(b"#");
    let is_comment = |line: &Range<usize>| comment(text(line)).is_some() && !is_heading(line);
    let mut note = |line: Option<&Range<usize>>, message, help| {
        let Some(line) = line else { return };
        let place = Span::new(line.start, line_end(bytes, line));
        let note = Diagnostic::note(code::BODY_COMMENT, message);
        parts.diagnostics.push(note.with_span(place).with_help(help));
    };
    let message = "lines of Markdown that begin with `#` are sent, as httpyac does";
    let help = "other editors leave them out: put the body into a file, `< NAME`";
    note(lines.iter().find(|line| is_heading(line)), message, help);
    // A long string of a console holds code, which has comments of its own.
    let mut is_in_string = false;
    let mut is_sent = |line: &&Range<usize>| {
        let is_sent = is_in_string || !is_comment(line);
        let marks = memchr::memmem::find_iter(&bytes[(*line).clone()], LONG_STRING).count();
        is_in_string ^= is_sent && form == Form::Console && marks % 2 == 1;
        is_sent
    };
    let sent: Vec<Range<usize>> = lines.iter().filter(&mut is_sent).cloned().collect();
    let first = lines.iter().enumerate().find(|(at, line)| sent.get(*at) != Some(line));
    let first = first.map(|(_, line)| line);
    let message = "lines of the body that begin with `#` or `//` are comments and are not sent";
    let help = "where they are data, put the body into a file, `< NAME`";
    note(first, message, help);
    sent
}

fn without_blank_ends<'l>(bytes: &[u8], lines: &'l [Range<usize>]) -> &'l [Range<usize>] {
    let is_blank = |line: &Range<usize>| bytes[line.clone()].trim_ascii().is_empty();
    let start = lines.iter().take_while(|line| is_blank(line)).count();
    let rest = lines.iter().rev().take_while(|line| is_blank(line)).count();
    if start == lines.len() { &[] } else { &lines[start..lines.len() - rest] }
}

/// Whether the body is a GraphQL query, which editors wrap in JSON.
fn take_graphql(parts: &mut Parts) -> bool {
    let is_it = |field: &(Text, Text)| {
        is_name(&field.0, "x-request-type") && field.1.bytes().eq_ignore_ascii_case(b"graphql")
    };
    let count = parts.fields.len();
    parts.fields.retain(|field| !is_it(field));
    let is_method = parts.method.bytes() == GRAPHQL;
    if is_method {
        parts.method = Text::new("POST", parts.method.span());
    }
    is_method || parts.fields.len() < count
}

/// The type and subtype of the Content-Type field, in lower case.
fn media_type(parts: &Parts) -> Cow<'_, str> {
    let field = parts.fields.iter().find(|(name, _)| is_name(name, "content-type"));
    field.map(|(_, value)| MediaType::essence_of(value.bytes())).unwrap_or_default()
}

fn kind_of(parts: &Parts) -> Kind {
    let kind = media_type(parts);
    if kind.starts_with("multipart/") {
        Kind::Multipart
    } else if kind == "application/x-www-form-urlencoded" {
        Kind::Form
    } else if kind == "application/x-ndjson" {
        Kind::JsonLines
    } else {
        Kind::Plain
    }
}

fn line_end(bytes: &[u8], line: &Range<usize>) -> usize {
    let content = &bytes[line.clone()];
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    line.start + content.strip_suffix(b"\r").unwrap_or(content).len()
}

fn push_line_end(body: &mut Text, bytes: &[u8], end: Range<usize>, kind: Kind) {
    match kind {
        Kind::Plain | Kind::JsonLines => body.push_input(bytes, end),
        Kind::Form => {}
        Kind::Multipart => body.push(b"\r\n", Span::new(end.start, end.end)),
    }
}

/// A body, or a part of one, that is in a file: `< name`, or `<@ name` for one with variables.
struct FileReference {
    name: Range<usize>,
    expands: bool,
}

fn file_reference(line: &[u8]) -> Option<FileReference> {
    let rest = line.strip_prefix(b"<")?;
    let marked = rest.strip_prefix(b"@");
    let rest = marked.unwrap_or(rest);
    // An encoding may stand right after the mark.
    let word =
        rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    let rest = if marked.is_some() { &rest[word..] } else { rest };
    let name = rest.trim_ascii();
    if !rest.first().is_some_and(u8::is_ascii_whitespace) || name.is_empty() {
        return None;
    }
    let start = line.len() - rest.trim_ascii_start().len();
    Some(FileReference { name: start..start + name.len(), expands: marked.is_some() })
}

fn push_file(
    body: &mut Text,
    bytes: &[u8],
    line: &Range<usize>,
    file: &FileReference,
    variables: &Variables<'_>,
) -> Result<(), Refusal> {
    let name = Text::of(bytes, line.start + file.name.start..line.start + file.name.end);
    let name = expand(&name, variables)?;
    let content = reference::file(variables.options, &name, name.span())?;
    body.append(&if file.expands { expand(&content, variables)? } else { content });
    Ok(())
}

/// Editors percent-encode what a form may not contain, and leave what is encoded as it is. Names and values lose the
/// white space around them: JetBrains writes `name = value &` in lines.
fn encode_form(body: &Text) -> Text {
    let mut form = Text::default();
    let mut start = 0;
    for end in memchr::memchr_iter(b'&', body.bytes()).chain([body.len()]) {
        let pair = body.slice(start..end).trim();
        match pair.split_once(b'=') {
            Some((name, value)) => {
                encode_part(&mut form, &name.trim());
                form.push(b"=", pair.span());
                encode_part(&mut form, &value.trim());
            }
            None => encode_part(&mut form, &pair),
        }
        if end < body.len() {
            form.push(b"&", body.span_of(end..end + 1));
        }
        start = end + 1;
    }
    form
}

fn encode_part(form: &mut Text, part: &Text) {
    let bytes = part.bytes();
    let is_escape = |at: usize| {
        bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    encode_bytes(form, part, |at, byte| match byte {
        b'%' => !is_escape(at),
        _ => !byte.is_ascii_graphic() || b"\"<>`{}".contains(&byte),
    });
}

/// `{"query": …, "operationName": …, "variables": …}`: the variables stand after an empty line.
fn write_graphql(body: &Text) -> Text {
    let gap = memchr::memmem::rfind(body.bytes(), b"\n\n").map(|at| (at, at + 2));
    let gap =
        gap.or_else(|| memchr::memmem::rfind(body.bytes(), b"\r\n\r\n").map(|at| (at, at + 4)));
    let gap = gap.filter(|(_, end)| body.bytes()[*end..].trim_ascii_start().starts_with(b"{"));
    let query = body.slice(0..gap.map_or(body.len(), |(start, _)| start));
    let mut text = Text::new("{\"query\":", query.span());
    write_json_string(&mut text, &query);
    if let Some(name) = operation_name(&query) {
        text.push(b",\"operationName\":", name.span());
        write_json_string(&mut text, &name);
    }
    text.push(b",\"variables\":", query.span());
    match gap {
        Some((_, end)) => {
            let variables = body.slice(end..body.len());
            match str::from_utf8(variables.bytes()).ok().and_then(json::remove_space) {
                Some(compact) => text.push(compact.as_bytes(), variables.span()),
                None => text.append(&variables),
            }
        }
        None => text.push(b"{}", query.span()),
    }
    text.push(b"}", query.span());
    text
}

/// The name of a query, which REST Client and httpyac send beside it; they send none for a mutation.
fn operation_name(query: &Text) -> Option<Text> {
    let bytes = query.bytes();
    let start = bytes.len() - bytes.trim_ascii_start().len();
    let word = bytes[start..].get(..5).filter(|word| word.eq_ignore_ascii_case(b"query"))?;
    let rest = &bytes[start + word.len()..];
    let space = rest.len() - rest.trim_ascii_start().len();
    let name = start + word.len() + space;
    let length = bytes[name..]
        .iter()
        .take_while(|byte| !byte.is_ascii_whitespace() && !b"@{(".contains(byte))
        .count();
    (space > 0 && length > 0).then(|| query.slice(name..name + length))
}
