//! Which format an input has, by its content.

use crate::grammar::token::is_token;

use super::format::Format;
use super::layer::lines;

/// The only format that can be meant; a raw message where nothing tells of another.
pub(super) fn detect(_: &[u8]) -> Format {
    Format::Message
}

/// Whether a line begins a raw message as people paste it: a request line, a pseudo-header field,
/// or a request line after the `> ` of `curl -v`.
pub(super) fn begins_message(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"> ").unwrap_or(line);
    line.starts_with(b":method") || line.starts_with(b":authority") || is_request_line(line)
}

/// Whether a line is a request line with its version (RFC 9112 §3).
pub(super) fn is_request_line(line: &[u8]) -> bool {
    let mut words = line.trim_ascii().split(|byte| *byte == b' ');
    let (method, target, version) = (words.next(), words.next(), words.next_back());
    method.is_some_and(is_token)
        && target.is_some_and(|target| !target.is_empty())
        && version.is_some_and(|version| version.starts_with(b"HTTP/"))
}

/// The first line that is not blank, without white space around it.
pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    lines(bytes).map(|line| bytes[line].trim_ascii()).find(|line| !line.is_empty()).unwrap_or_default()
}
