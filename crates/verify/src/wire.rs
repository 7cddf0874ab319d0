//! What is odd about a captured request as such, whatever the message says: one that a server could
//! read otherwise, or refuse, is not the request that was promised.

use memchr::memmem;
use requote::diagnostic::Severity;
use requote::request::{Framing, Message};

/// One oddity, in words.
pub type Oddity = String;

/// What is odd about `captured`, read from `bytes`, and was not so in `sent` already.
pub fn find_oddities(sent: &Message<'_>, captured: &Message<'_>, bytes: &[u8]) -> Vec<Oddity> {
    let mut found = Vec::new();
    let start = bytes.len() - trim_line_ends(bytes).len();
    if start > 0 {
        found.push(format!("{start} bytes of line ends before the request line"));
    }
    let head = head_of(&bytes[start..]);
    found.extend(odd_version(head));
    let lines = || head.split(|&byte| byte == b'\n').skip(1);
    if lines().any(|line| line.starts_with(b" ") || line.starts_with(b"\t")) {
        found.push("a field line that is folded (RFC 9112 §5.2)".to_owned());
    }
    let lengths = lines().filter(|line| is_named(line, b"content-length")).count();
    if lengths > 1 {
        found.push(format!("Content-Length is sent {lengths} times"));
    }
    if captured.request.body.framing == Framing::Chunked && has_extension(&bytes[start..], head) {
        found.push("chunk extensions (RFC 9112 §7.1.1)".to_owned());
    }
    let known = |code: &str| sent.diagnostics.iter().any(|told| told.code == code);
    let warnings = captured.diagnostics.iter().filter(|told| told.severity >= Severity::Warning);
    found.extend(warnings.filter(|told| !known(&told.code)).map(|told| told.message.clone()));
    found
}

/// The bytes from the first that is no line end.
fn trim_line_ends(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'));
    &bytes[start.unwrap_or(bytes.len())..]
}

fn head_of(bytes: &[u8]) -> &[u8] {
    &bytes[..memmem::find(bytes, b"\r\n\r\n").map_or(bytes.len(), |at| at + 2)]
}

/// The version is that of every message that the project reads: RFC 9112 §2.3.
fn odd_version(head: &[u8]) -> Option<Oddity> {
    let line = head.split(|&byte| byte == b'\r').next().unwrap_or_default();
    let version = line.rsplit(|&byte| byte == b' ').next().unwrap_or_default();
    let is_usual = version == b"HTTP/1.1";
    (!is_usual).then(|| format!("the version is `{}`", String::from_utf8_lossy(version)))
}

fn is_named(line: &[u8], name: &[u8]) -> bool {
    let end = line.iter().position(|&byte| byte == b':').unwrap_or(0);
    line[..end].eq_ignore_ascii_case(name)
}

/// Whether a chunk's size has something behind it; the body is known to be well chunked.
fn has_extension(bytes: &[u8], head: &[u8]) -> bool {
    let mut rest = bytes.get(head.len() + 2..).unwrap_or_default();
    while let Some(end) = memmem::find(rest, b"\r\n") {
        let line = &rest[..end];
        let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let size = str::from_utf8(&line[..digits]).ok();
        let Some(size) = size.and_then(|text| usize::from_str_radix(text, 16).ok()) else {
            return true;
        };
        if digits < line.len() {
            return true;
        }
        if size == 0 {
            return false;
        }
        rest = rest.get(end + 2 + size + 2..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use requote::parse::{WireStatus, parse, parse_wire};

    use super::*;

    fn find(captured: &str) -> Vec<Oddity> {
        let sent = parse(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx").expect("one");
        match parse_wire(captured.as_bytes()) {
            Ok(WireStatus::Complete { message, .. }) => {
                find_oddities(&sent, &message, captured.as_bytes())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_ordinary_request_is_not_odd() {
        for captured in [
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        ] {
            assert_eq!(find(captured), [""; 0], "{captured:?}");
        }
    }

    #[test]
    fn each_oddity_is_named() {
        for (captured, word) in [
            ("GET / HTTP/1.0\r\nHost: a\r\n\r\n", "version"),
            ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "before the request line"),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", "folded"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                "2 times",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\
                 1;a=b\r\nx\r\n0\r\n\r\n",
                "extensions",
            ),
        ] {
            let found = find(captured);
            assert!(found.iter().any(|oddity| oddity.contains(word)), "{word}: {found:?}");
        }
    }
}
