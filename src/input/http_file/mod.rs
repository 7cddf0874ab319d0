//! `.http` and `.rest` files of editors (<https://http-files.org>,
//! <https://github.com/JetBrains/http-request-in-editor-spec>): requests between `###`, variables,
//! comments, bodies in files.

mod body;
mod request;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};

use super::compose::Parts;
use super::draft::Draft;
use super::layer::lines;
use super::placeholder::Variables;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, Options, code};

/// Reads the requests of a file.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let mut file =
        File { bytes, block: Block::default(), blocks: Vec::new(), variables: Vec::new() };
    for line in lines(bytes) {
        file.add_line(line);
    }
    file.end_block();
    let variables = Variables { options, own: file.variables };
    let mut found = Found::default();
    for block in &file.blocks {
        found.entries.push(read_block(bytes, block, &variables));
    }
    if found.entries.is_empty() {
        let place = Span::new(0, bytes.len().min(1));
        let label = "expected a line such as `GET https://example.org/`";
        let help = "write the method and the URL of a request on one line";
        let message = "there is no request in the file";
        return Err(refuse(code::REQUEST_MISSING, message, place, label, help));
    }
    Ok(found)
}

fn read_block(bytes: &[u8], block: &Block, variables: &Variables<'_>) -> Draft {
    let parts = request::read(bytes, block, variables);
    let first = block.lines.first().cloned().unwrap_or_default();
    let title = parts.as_ref().map_or_else(
        |_| String::from_utf8_lossy(bytes[first.clone()].trim_ascii()).into_owned(),
        Parts::title,
    );
    let end = block.lines.last().map_or(first.end, |line| line.end);
    let raw = parts.and_then(Parts::write).map(|mut written| {
        written.diagnostics.extend(block.diagnostics.iter().cloned());
        written
    });
    Draft { name: block.name.clone(), title, span: Span::new(first.start, end), raw }
}

/// What stands between two `###`.
#[derive(Debug, Default)]
struct Block {
    name: Option<String>,
    /// The lines from the request line on.
    lines: Vec<Range<usize>>,
    diagnostics: Vec<Diagnostic>,
    /// The end of a script that is open: its lines are no part of the request.
    script: Option<&'static str>,
}

struct File<'a> {
    bytes: &'a [u8],
    block: Block,
    blocks: Vec<Block>,
    /// `@name = value`.
    variables: Vec<(String, Text)>,
}

impl File<'_> {
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.lines.is_empty() {
            self.blocks.push(block);
        }
    }

    fn add_line(&mut self, line: Range<usize>) {
        let text = self.bytes[line.clone()].trim_ascii();
        if let Some(end) = self.block.script {
            if text.ends_with(end.as_bytes()) {
                self.block.script = None;
            }
        } else if let Some(rest) = text.strip_prefix(b"###") {
            self.end_block();
            let name = rest.trim_ascii();
            self.block.name =
                (!name.is_empty()).then(|| String::from_utf8_lossy(name).into_owned());
        } else if self.block.lines.is_empty() {
            self.add_line_before(line);
        } else if let Some(own) = self.lines_of_console().filter(|_| is_request_line(text)) {
            let comments = self.block.lines.split_off(own);
            self.end_block();
            for comment in comments {
                self.add_line_before(comment);
            }
            self.block.lines.push(line);
        } else {
            self.block.lines.push(line);
        }
    }

    /// How many of its lines are the request's where another one begins without `###`; none where the line would
    /// belong to its body. In a console, a body is JSON and follows the request line at once: JSON has no line that
    /// looks like a request line. Comments at the end are about the next request.
    fn lines_of_console(&self) -> Option<usize> {
        let lines = &self.block.lines;
        let is_between = |line: &&Range<usize>| {
            let text = self.bytes[(*line).clone()].trim_ascii();
            text.is_empty() || comment(text).is_some()
        };
        let own = lines.len() - lines.iter().rev().take_while(is_between).count();
        let has_json =
            lines.get(1).is_some_and(|line| request::begins_json(&self.bytes[line.clone()]));
        (own == 1 || has_json).then_some(own)
    }

    /// Adds a line that stands before the request line, or is it.
    fn add_line_before(&mut self, line: Range<usize>) {
        let text = self.bytes[line.clone()].trim_ascii();
        let place = Span::new(line.start, line.end);
        if let Some(comment) = comment(text) {
            if let Some(name) = setting(comment, "name") {
                self.block.name = Some(name);
            }
        } else if text.starts_with(b"@") {
            self.add_variable(&line);
        } else if text.starts_with(b"< ") || text == b"{{" {
            let end = if text == b"{{" { "}}" } else { "%}" };
            let is_open = text == b"{{" || text.contains(&b'{') && !text.ends_with(b"%}");
            self.block.script = is_open.then_some(end);
            let message = "a script that may change requests is not run";
            let help = "give the values that it sets by `--var NAME=VALUE`";
            let warning = Diagnostic::warning(code::SCRIPT_NOT_RUN, message);
            self.block.diagnostics.push(warning.with_span(place).with_help(help));
        } else if !text.is_empty() {
            self.block.lines.push(line);
        }
    }

    fn add_variable(&mut self, line: &Range<usize>) {
        let start = line.start + memchr::memchr(b'@', &self.bytes[line.clone()]).unwrap_or(0) + 1;
        let text = Text::of(self.bytes, start..trim_end(self.bytes, line));
        if let Some((name, value)) = text.split_once(b'=') {
            self.variables.push((name.trim().lossy(), value.trim()));
        }
    }
}

/// The text of a comment line.
fn comment(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"#").or_else(|| line.strip_prefix(b"//"))
}

/// The value of `@name` in a comment.
fn setting(comment: &[u8], name: &str) -> Option<String> {
    let rest = comment.trim_ascii().strip_prefix(b"@")?.strip_prefix(name.as_bytes())?;
    let value = rest.strip_prefix(b"=").unwrap_or(rest).trim_ascii();
    let is_it = rest.first().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'='));
    (is_it && !value.is_empty()).then(|| String::from_utf8_lossy(value).into_owned())
}

/// The end of a line without white space and its line end.
fn trim_end(bytes: &[u8], line: &Range<usize>) -> usize {
    line.start + bytes[line.clone()].trim_ascii_end().len()
}

/// Whether a line is a request line as editors read it: a method and a URL, or a URL by itself.
pub(super) fn is_request_line(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (Some(first), second, third) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let is_url = |word: &[u8]| {
        let has_scheme = [&b"http://"[..], b"https://"].iter().any(|scheme| {
            word.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        has_scheme || word.starts_with(b"{{")
    };
    let is_version = |word: &[u8]| {
        word.strip_prefix(b"HTTP/")
            .is_some_and(|number| number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'))
    };
    let is_method = !first.is_empty() && first.iter().all(u8::is_ascii_uppercase);
    match (second, third) {
        (None, None) => is_url(first),
        (Some(second), None) if is_version(second) => is_url(first),
        (Some(second), third) => {
            is_method
                && (is_url(second) || second.starts_with(b"/"))
                && third.is_none_or(is_version)
        }
        (None, Some(_)) => false,
    }
}
