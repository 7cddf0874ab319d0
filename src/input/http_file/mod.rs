//! `.http` and `.rest` files of editors (<https://http-files.org>,
//! <https://github.com/JetBrains/http-request-in-editor-spec>): requests between `###`, variables,
//! comments, bodies in files.

mod body;
mod command;
mod line;
mod request;

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::MediaType;

use super::compose::Parts;
use super::draft::Draft;
use super::layer::lines;
use super::placeholder::Variables;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, Options, code, detect};

use line::COMMENT_END;
pub(super) use line::{begins_command, comment, is_request_line, is_status_line, known_method};

/// Reads the requests of a file.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let mut file =
        File { bytes, block: Block::default(), blocks: Vec::new(), variables: Vec::new() };
    for line in lines(bytes) {
        file.add_line(line);
    }
    let is_open = file.block.open == Some(COMMENT_END);
    file.end_block();
    let mut variables =
        Variables { options, own: file.variables, before: 0, kept: Cell::default() };
    let mut found = Found::default();
    for block in &file.blocks {
        variables.before = block.variables;
        found.entries.append(&mut read_block(bytes, block, &variables));
    }
    if let Some(start) = memchr::memmem::rfind(bytes, b"/*").filter(|_| is_open) {
        let message = "the comment is not closed: nothing behind it is read";
        let warning = Diagnostic::warning(code::COMMENT_NOT_CLOSED, message);
        let place = Span::new(start, start + 2);
        found.diagnostics.push(warning.with_span(place).with_help("close it: `*/`"));
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

/// Whether a text begins as a file of requests: with variables, comments, scripts or `###`, and then a request line
/// without a version or with a URL, or one of a console with JSON behind it.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let mut open = "";
    let mut lines = lines(bytes);
    while let Some(line) = lines.next() {
        let text = bytes[line].trim_ascii();
        if !open.is_empty() {
            if text.ends_with(open.as_bytes()) {
                open = "";
            }
        } else if let Some(end) = line::long_comment(text) {
            open = end;
        } else if line::script_before(text).is_some() {
            return true;
        } else {
            let is_variable = text.starts_with(b"@") && text.contains(&b'=');
            let is_before = text.is_empty()
                || comment(text).is_some()
                || is_variable
                || line::names_requests(text);
            if !is_before {
                let mut has_json =
                    || lines.next().is_some_and(|next| request::begins_json(&bytes[next]));
                return detect::is_request_line(text)
                    || is_request_line(text)
                    || begins_command(text)
                    || line::has_url_with_spaces(text)
                    || line::may_be_of_console(text) && (line::names_host(text) || has_json());
            }
        }
    }
    false
}

/// The request of a block, or those of its curl commands.
fn read_block(bytes: &[u8], block: &Block, variables: &Variables<'_>) -> Vec<Draft> {
    let first = block.lines.first().cloned().unwrap_or_default();
    let end = block.lines.last().map_or(first.end, |line| line.end);
    let span = Span::new(first.start, end);
    let mut diagnostics = block.diagnostics.clone();
    let mut drafts = if command::is_command(bytes, block) {
        command::read(bytes, block, variables, &mut diagnostics).unwrap_or_else(|refusal| {
            vec![Draft { name: None, title: "curl".to_owned(), span, raw: Err(refusal) }]
        })
    } else {
        let parts = request::read(bytes, block, variables);
        let title = parts.as_ref().map_or_else(
            |_| String::from_utf8_lossy(bytes[first].trim_ascii()).into_owned(),
            Parts::title,
        );
        vec![Draft { name: None, title, span, raw: parts.and_then(Parts::write) }]
    };
    diagnostics.extend(variables.take_warning());
    for draft in &mut drafts {
        draft.name.clone_from(&block.name);
    }
    if let Some(written) = drafts.iter_mut().find_map(|draft| draft.raw.as_mut().ok()) {
        written.diagnostics.append(&mut diagnostics);
    }
    drafts
}

/// What stands between two `###`.
#[derive(Debug, Default)]
struct Block {
    name: Option<String>,
    /// The lines from the request line on.
    lines: Vec<Range<usize>>,
    diagnostics: Vec<Diagnostic>,
    /// The end of a script or a comment that is open: its lines are no part of the request.
    open: Option<&'static str>,
    /// How many variables the file has set before the end of the request.
    variables: usize,
    /// Whether the body may have requests in it, once that was asked.
    may_hold_requests: OnceCell<bool>,
    /// Whether a response is kept behind the request.
    has_response: bool,
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
        let mut block = std::mem::take(&mut self.block);
        block.variables = self.variables.len();
        if block.lines.is_empty() {
            // What is by itself between two `###` is about the requests that follow.
            self.block.diagnostics = block.diagnostics;
        } else {
            self.blocks.push(block);
        }
    }

    fn add_line(&mut self, line: Range<usize>) {
        let text = self.bytes[line.clone()].trim_ascii();
        if let Some(end) =
            self.block.open.filter(|end| *end == COMMENT_END || !text.starts_with(b"###"))
        {
            if text.ends_with(end.as_bytes()) {
                self.block.open = None;
            }
        } else if let Some(rest) = text.strip_prefix(b"###") {
            self.end_block();
            let name = rest.trim_ascii();
            self.block.name =
                (!name.is_empty()).then(|| String::from_utf8_lossy(name).into_owned());
        } else if self.block.lines.is_empty() {
            self.add_line_before(line);
        } else if let Some((own, warning)) = self.lines_before(&line) {
            let between = self.block.lines.split_off(own);
            self.end_block();
            for line in between {
                self.add_line_before(line);
            }
            self.block.lines.push(line);
            self.block.diagnostics.extend(warning);
        } else {
            self.add_line_behind(line);
        }
    }

    /// How many of its lines are the request's, where a line begins another one without `###`, and what is to be told
    /// of it. The comments and variables at their end are about the other one.
    fn lines_before(&self, line: &Range<usize>) -> Option<(usize, Option<Diagnostic>)> {
        let text = &self.bytes[line.clone()];
        // Documents list the lines of several requests one below the other.
        let is_whole = is_request_line(text.trim_ascii())
            || begins_command(text) && !command::is_command(self.bytes, &self.block)
            || line::has_url_with_spaces(text);
        if !is_whole && !line::may_be_of_console(text) {
            return None;
        }
        let lines = &self.block.lines;
        let is_between = |line: &&Range<usize>| {
            let text = self.bytes[(*line).clone()].trim_ascii();
            text.is_empty() || comment(text).is_some() || text.starts_with(b"@")
        };
        let own = lines.len() - lines.iter().rev().take_while(is_between).count();
        // In a console, a body is JSON and follows the request line at once: JSON has no line like a request line.
        let has_json =
            lines.get(1).is_some_and(|line| request::begins_json(&self.bytes[line.clone()]));
        if self.block.has_response {
            return line::is_plain_request_line(text).then_some((own, None));
        }
        let is_console =
            has_json || own == 1 && line::is_of_console(self.bytes[lines[0].clone()].trim_ascii());
        if is_console || is_whole && own == 1 {
            return Some((own, None));
        }
        if !is_whole {
            return None;
        }
        let is_behind_space = own < lines.len() && line::is_plain_request_line(text);
        let is_other = is_behind_space || line::begins_request(text);
        if !is_other || *self.block.may_hold_requests.get_or_init(|| self.may_hold_requests()) {
            return None;
        }
        let message = "a request begins without `###` before it";
        let help =
            "put `###` before it; where the line is data, put the body into a file, `< NAME`";
        let warning = Diagnostic::warning(code::REQUEST_SEPARATOR, message);
        let place = Span::new(line.start, trim_end(self.bytes, line));
        Some((own, Some(warning.with_span(place).with_help(help))))
    }

    /// Whether the body may have requests in it: the parts of a multipart body (RFC 2046 §5.1, OData), or a message
    /// (RFC 9112 §10.1).
    fn may_hold_requests(&self) -> bool {
        let lines = self.block.lines.iter().skip(1);
        let fields = lines.map(|line| self.bytes[line.clone()].trim_ascii());
        fields.take_while(|field| !field.is_empty()).any(|field| {
            let colon = memchr::memchr(b':', field).unwrap_or(field.len());
            let value = field[colon..].get(1..).unwrap_or_default();
            let media_type = MediaType::essence_of(value);
            field[..colon].eq_ignore_ascii_case(b"content-type")
                && (media_type.starts_with("multipart/") || media_type == "message/http")
        })
    }

    /// Adds a line that stands before the request line, or is it.
    fn add_line_before(&mut self, line: Range<usize>) {
        let text = self.bytes[line.clone()].trim_ascii();
        if self.block.has_response && !line::is_plain_request_line(text) {
            return;
        }
        if let Some(comment) = comment(text) {
            if let Some(name) = line::setting(comment, "name") {
                self.block.name = Some(name);
            }
        } else if text.starts_with(b"@") {
            self.add_variable(&line);
        } else if let Some(end) = line::long_comment(text) {
            self.block.open = (!end.is_empty()).then_some(end);
        } else if let Some(end) = line::script_before(text) {
            self.block.open = (!end.is_empty()).then_some(end);
            self.warn_of_script(&line, "a script that may change requests is not run");
        } else if line::names_requests(text) {
            self.warn_of_script(&line, "requests of another place are not sent first");
        } else if is_status_line(text) {
            self.note_response(&line);
        } else if !text.is_empty() {
            self.block.lines.push(line);
        }
    }

    /// Adds a line behind the request line.
    fn add_line_behind(&mut self, line: Range<usize>) {
        let text = self.bytes[line.clone()].trim_ascii_end();
        if self.block.has_response {
            return;
        }
        if is_status_line(text) {
            self.note_response(&line);
        } else if line::begins_script(text) {
            self.block.open = Some("}}");
            self.warn_of_script(&line, "a script is not run");
        } else if text.starts_with(b"?? ") {
            self.note_assertion(&line);
        } else {
            self.block.lines.push(line);
        }
    }

    fn warn_of_script(&mut self, line: &Range<usize>, message: &str) {
        let place = Span::new(line.start, trim_end(self.bytes, line));
        let help = "give the values that it sets by `--var NAME=VALUE`";
        let warning = Diagnostic::warning(code::SCRIPT_NOT_RUN, message);
        self.block.diagnostics.push(warning.with_span(place).with_help(help));
    }

    /// A response that is kept behind its request: nothing up to the next request is part of it.
    fn note_response(&mut self, line: &Range<usize>) {
        self.block.has_response = true;
        self.block.diagnostics.push(about_response(self.bytes, line));
    }

    fn note_assertion(&mut self, line: &Range<usize>) {
        let is_noted = |diagnostic: &Diagnostic| diagnostic.code == code::RESPONSE_HANDLER;
        if !self.block.diagnostics.iter().any(is_noted) {
            self.block.diagnostics.push(about_response(self.bytes, line));
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

/// Notes that a line, and what follows, is about the response.
fn about_response(bytes: &[u8], line: &Range<usize>) -> Diagnostic {
    let message = "what is about the response is not read";
    let place = Span::new(line.start, trim_end(bytes, line));
    Diagnostic::note(code::RESPONSE_HANDLER, message).with_span(place)
}

/// The end of a line without white space and its line end.
fn trim_end(bytes: &[u8], line: &Range<usize>) -> usize {
    line.start + bytes[line.clone()].trim_ascii_end().len()
}
