//! Which format an input has, by its content.

use crate::grammar::token::is_token;

use super::burp;
use super::cmd;
use super::curl;
use super::format::Format;
use super::http_file;
use super::layer::lines;
use super::powershell;
use super::verbose;

/// The only format that can be meant; a raw message where nothing tells of another.
pub(super) fn detect(bytes: &[u8]) -> Format {
    let first = first_line(bytes);
    if verbose::is_verbose_line(first) {
        return Format::Message;
    }
    if is_request_line(first) {
        return if has_several_requests(bytes) { Format::HttpFile } else { Format::Message };
    }
    // What was sent, as requests-toolbelt shows it; an editor reads a script there.
    if first.strip_prefix(b"< ").is_some_and(is_request_line) {
        return Format::Message;
    }
    if begins_with_curl(bytes) {
        if verbose::follows_command(bytes) {
            return Format::Message;
        }
        if cmd::is_cmd(bytes) {
            return Format::Cmd;
        }
        let is_file = has_several_requests(bytes) || has_marks_and_variables(bytes);
        return if is_file { Format::HttpFile } else { Format::Curl };
    }
    if powershell::begins_powershell(first) {
        return Format::PowerShell;
    }
    if burp::is_burp(bytes) {
        return Format::Burp;
    }
    let call = first.strip_prefix(b"await ").unwrap_or(first);
    if call.starts_with(b"fetch(") || memchr::memmem::find(call, b"= await fetch(").is_some() {
        return Format::Fetch;
    }
    // A line that ends with CR only is no line of an editor.
    if http_file::begins(bytes) && !first.contains(&b'\r') {
        Format::HttpFile
    } else {
        Format::Message
    }
}

/// Whether `###` parts requests. A body whose length is stated, or that is Markdown, may have such a
/// line too: only what follows the first `###` at once like a request makes it one.
fn has_several_requests(bytes: &[u8]) -> bool {
    let mut lines = lines(bytes).map(|line| &bytes[line]);
    let states_length = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"content-length")
            || name.eq_ignore_ascii_case(b"transfer-encoding")
    };
    let mut head = lines.by_ref().skip_while(|line| line.trim_ascii().is_empty());
    if head.by_ref().take_while(|line| !line.trim_ascii().is_empty()).any(states_length) {
        return false;
    }
    let mut is_after_mark = false;
    for line in lines {
        let text = line.trim_ascii();
        if line.starts_with(b"###") {
            is_after_mark = true;
        } else if is_after_mark && http_file::begins_command(text) {
            is_after_mark = false;
        } else if is_after_mark && !text.is_empty() && http_file::comment(text).is_none() {
            return is_request_line(text)
                || http_file::is_request_line(text)
                || text.starts_with(b"@");
        }
    }
    false
}

/// Whether a text with curl commands is a file of requests: a shell has no variables in braces.
fn has_marks_and_variables(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"{{").is_some()
        && lines(bytes).any(|line| bytes[line].starts_with(b"###"))
}

/// Whether the first line of a text has a curl command; comments may stand before it.
pub(super) fn begins_with_curl(bytes: &[u8]) -> bool {
    let lines = lines(bytes).map(|line| bytes[line].trim_ascii());
    let mut commands = lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    let first = commands.next().unwrap_or_default();
    let first = first.strip_prefix(b"$ ").or(first.strip_prefix(b"% ")).unwrap_or(first);
    let is_curl = |command: &[u8]| {
        let command = command.trim_ascii_start();
        let end = command.iter().position(u8::is_ascii_whitespace).unwrap_or(command.len());
        curl::is_curl(&command[..end])
    };
    let is_printing =
        [&b"echo "[..], b"cat ", b"printf "].iter().any(|name| first.starts_with(name));
    is_curl(first) || is_printing && first.split(|byte| *byte == b'|').any(is_curl)
}

/// Whether a line begins a raw message as people paste it: a request line, a pseudo-header field,
/// or a request line after the `> ` of `curl -v`.
pub(super) fn begins_message(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"> ").unwrap_or(line);
    line.starts_with(b":method") || line.starts_with(b":authority") || is_request_line(line)
}

/// Whether a line begins a request that is written in lines: a raw message, or one of a file of requests.
pub(super) fn begins_request(line: &[u8]) -> bool {
    begins_message(line) || http_file::is_request_line(line)
}

/// Whether a line is a request line with its version (RFC 9112 §3).
pub(super) fn is_request_line(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (method, target, version) = (words.next(), words.next(), words.next_back());
    method.is_some_and(is_token)
        && target.is_some()
        && version.is_some_and(|version| version.starts_with(b"HTTP/"))
}

/// The first line that is not blank, without white space around it.
pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    lines(bytes)
        .map(|line| bytes[line].trim_ascii())
        .find(|line| !line.is_empty())
        .unwrap_or_default()
}
