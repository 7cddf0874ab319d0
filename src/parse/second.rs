//! A second request after the first: one message holds one request.

use crate::grammar::space::trim;
use crate::grammar::token::find_non_token;

/// So many lines of a header section are looked at for Host.
const LINES_AHEAD: usize = 64;

/// The request line of a second request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Second {
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
    /// Whether a line that begins with `###` sets it apart, as in files of several requests.
    pub is_marked: bool,
}

/// The first line of `bytes` that begins another request. There is only one reading where
///
/// - a line that begins with `###` is before it, or
/// - it is a whole request line of HTTP/1, 2 or 3, at the start or after an empty line, or
/// - it is such a line anywhere, and a Host field is in the header section below it.
pub(super) fn find_second(bytes: &[u8]) -> Option<Second> {
    // Nearly no body has either.
    let may_have = memchr::memmem::find(bytes, b" HTTP/").is_some()
        || memchr::memmem::find(bytes, b"###").is_some();
    if !may_have {
        return None;
    }
    let mut at = 0;
    let mut is_after_blank = true;
    let mut is_after_mark = false;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let text = line.trim_ascii_end();
        let second = Second { start: at, end: at + text.len(), is_marked: is_after_mark };
        at += line.len();
        if is_request_line(text) && (is_after_blank || is_after_mark || has_host(&bytes[at..])) {
            return Some(second);
        }
        if is_after_mark && is_short_request_line(text) {
            return Some(second);
        }
        if text.starts_with(b"###") {
            is_after_mark = true;
        } else if !is_between_requests(text) {
            is_after_mark = false;
        }
        is_after_blank = text.is_empty();
    }
    None
}

/// Where another request begins after a response whose length is not stated: a whole request line with
/// a Host field in the header section below it. Less may be what the response tells of requests.
pub(super) fn find_after_response(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b" HTTP/")?;
    let mut at = 0;
    bytes.split_inclusive(|&byte| byte == b'\n').find_map(|line| {
        let start = at;
        at += line.len();
        (is_request_line(line.trim_ascii_end()) && has_host(&bytes[at..])).then_some(start)
    })
}

/// `METHOD target HTTP/1.1`: a method in capitals, a path or a URL, and a version.
fn is_request_line(line: &[u8]) -> bool {
    let Some(last) = memchr::memrchr(b' ', line) else { return false };
    let (head, version) = (&line[..last], &line[last + 1..]);
    let is_version =
        [&b"HTTP/1.1"[..], b"HTTP/1.0", b"HTTP/2", b"HTTP/2.0", b"HTTP/3", b"HTTP/3.0"]
            .contains(&version);
    is_version && is_short_request_line(head)
}

/// `METHOD target`, as files of several requests have it.
fn is_short_request_line(line: &[u8]) -> bool {
    let Some(space) = memchr::memchr(b' ', line) else { return false };
    let (method, target) = (&line[..space], trim(&line[space..]));
    let is_method = !method.is_empty()
        && find_non_token(method).is_none()
        && !method.iter().any(u8::is_ascii_lowercase)
        && method.iter().any(u8::is_ascii_uppercase);
    let is_target = target == b"*"
        || target.starts_with(b"/")
        || target.starts_with(b"http://")
        || target.starts_with(b"https://")
        || (method == b"CONNECT" && target.contains(&b':'));
    is_method && is_target && !target.contains(&b' ')
}

/// Empty lines, comments and settings may be between `###` and the request line.
fn is_between_requests(line: &[u8]) -> bool {
    line.is_empty() || line.starts_with(b"#") || line.starts_with(b"//") || line.starts_with(b"@")
}

fn has_host(bytes: &[u8]) -> bool {
    bytes
        .split(|&byte| byte == b'\n')
        .take(LINES_AHEAD)
        .take_while(|line| !line.trim_ascii().is_empty())
        .any(|line| line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"host:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<&str> {
        find_second(text.as_bytes()).map(|second| &text[second.start..second.end])
    }

    #[test]
    fn a_request_line_is_found_where_only_one_reading_is_possible() {
        for text in [
            "GET /b HTTP/1.1\nHost: a\n",
            "GET /b HTTP/1.1",
            "{\"a\":1}\n\nGET /b HTTP/1.1\r\n\r\n",
            "{\"a\":1}\nGET /b HTTP/1.1\nAccept: */*\nHost: a\n",
            "###\nGET /b HTTP/1.1\n",
            "### second\n\n# @name b\nGET /b HTTP/1.1\n",
        ] {
            assert_eq!(find(text), Some("GET /b HTTP/1.1"), "{text}");
        }
        assert_eq!(find("x\n###\nDELETE https://a/b\n"), Some("DELETE https://a/b"));
        assert_eq!(find("x\n\nOPTIONS * HTTP/2\n"), Some("OPTIONS * HTTP/2"));
    }

    #[test]
    fn after_a_response_only_a_request_with_its_host_is_one() {
        let find = |text: &str| find_after_response(text.as_bytes());
        assert_eq!(find("ok\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"), Some(6));
        assert_eq!(find("GET /b HTTP/1.1\nAccept: */*\nhost: a\n"), Some(0));
        assert_eq!(find("Ask for it:\n\nGET /b HTTP/1.1\n\nHost: a\n"), None);
        assert_eq!(find("ok"), None);
    }

    #[test]
    fn text_about_requests_is_no_request() {
        for text in [
            "",
            "### Heading\n\nText.\n",
            "### Heading\nGET is a method.\n",
            "The line\nGET /b HTTP/1.1\nbegins a request.\n",
            "get /b HTTP/1.1\nHost: a\n",
            "x GET /b HTTP/1.1\nHost: a\n",
            "HTTP/1.1 200 OK\n",
            "GET /b HTTP/1.1 now\nHost: a\n",
            "\"GET /b HTTP/1.1\"\nHost: a\n",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
