//! A message → the same message, addressed to the capture server.
//!
//! Only the authority and the scheme change: the value of Host, and the beginning of an
//! absolute-form target. The result is read and quoted like any other message.

use std::borrow::Cow;

use requote::diagnostic::Span;
use requote::request::{Request, TargetForm};

/// The message `bytes`, of which `request` was read, with 127.0.0.1 and `port` as its authority.
pub fn repoint(bytes: &[u8], request: &Request<'_>, port: u16) -> Vec<u8> {
    let authority = format!("127.0.0.1:{port}");
    let mut edits: Vec<(Span, Cow<'_, [u8]>)> = request
        .headers_named("host")
        .filter_map(|field| Some((field.value_span?, Cow::Borrowed(authority.as_bytes()))))
        .collect();
    let target = match request.target_form {
        TargetForm::Absolute => {
            Some(Cow::Owned(repoint_absolute(&request.target, &authority).into_bytes()))
        }
        TargetForm::Authority => Some(Cow::Borrowed(authority.as_bytes())),
        TargetForm::Origin | TargetForm::Asterisk => None,
    };
    edits.extend(request.target_span.zip(target));
    edits.sort_by_key(|(span, _)| span.start);
    apply(bytes, &edits)
}

/// `scheme://user@host:port/path` with another host and port, and without TLS. A scheme that is not
/// of HTTP is a part of what is asked for, so it stays.
fn repoint_absolute(target: &str, authority: &str) -> String {
    let Some((scheme, rest)) = target.split_once("://") else { return target.to_owned() };
    let scheme = if scheme.eq_ignore_ascii_case("https") { "http" } else { scheme };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (old, rest) = rest.split_at(end);
    let user = old.rfind('@').map_or("", |at| &old[..=at]);
    format!("{scheme}://{user}{authority}{rest}")
}

fn apply(bytes: &[u8], edits: &[(Span, Cow<'_, [u8]>)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 32);
    let mut done = 0;
    for (span, text) in edits {
        out.extend_from_slice(&bytes[done..span.start]);
        out.extend_from_slice(text);
        done = span.end;
    }
    out.extend_from_slice(&bytes[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repointed(message: &str) -> String {
        let parsed = requote::parse(message.as_bytes()).expect("a message");
        let bytes = repoint(message.as_bytes(), &parsed.request, 4711);
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn only_the_authority_changes() {
        assert_eq!(
            repointed(
                "POST /a?b HTTP/1.1\r\nX: example.com\r\nhOST:   example.com:8443 \r\n\
                Content-Length: 16\r\n\r\nHost: stays here"
            ),
            "POST /a?b HTTP/1.1\r\nX: example.com\r\nhOST:   127.0.0.1:4711 \r\n\
                Content-Length: 16\r\n\r\nHost: stays here"
        );
    }

    #[test]
    fn an_absolute_target_keeps_path_query_and_user() {
        let with =
            |target| repointed(&format!("GET {target} HTTP/1.1\r\nHost: example.com\r\n\r\n"));
        let host = "HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n";
        for (target, expected) in [
            ("http://example.com/a://b?c@d", "http://127.0.0.1:4711/a://b?c@d"),
            ("https://example.com:1?x", "http://127.0.0.1:4711?x"),
            ("HTTP://[::1]:80", "HTTP://127.0.0.1:4711"),
            ("HTTPS://example.com/", "http://127.0.0.1:4711/"),
            ("ftp://example.com/a", "ftp://127.0.0.1:4711/a"),
        ] {
            assert_eq!(with(target), format!("GET {expected} {host}"));
        }
        assert_eq!(repoint_absolute("http://u:p@h/x", "a:1"), "http://u:p@a:1/x");
    }

    #[test]
    fn the_authority_of_connect_changes() {
        assert_eq!(
            repointed("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"),
            "CONNECT 127.0.0.1:4711 HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n"
        );
    }
}
