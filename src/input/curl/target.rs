//! A URL as curl takes it: globs (`src/tool_urlglob.c`) and dot segments (`lib/urlapi.c`).

use crate::diagnostic::Span;

use super::super::code;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;

/// Takes the backslashes off brackets and braces. A set or range makes several requests.
pub(super) fn undo_globbing(url: &Text) -> Result<Text, Refusal> {
    let bytes = url.bytes();
    let mut plain = Text::default();
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if matches!(bytes.get(at + 1), Some(b'[' | b']' | b'{' | b'}')) => {
                plain.append_part(url, from..at);
                from = at + 1;
                at += 2;
            }
            b'[' => match address_length(&bytes[at..]) {
                Some(length) => at += length,
                None => return Err(refuse_glob(url, at)),
            },
            b']' | b'{' | b'}' => return Err(refuse_glob(url, at)),
            _ => at += 1,
        }
    }
    plain.append_part(url, from..bytes.len());
    Ok(plain)
}

/// The length of an IPv6 address in brackets, or of empty brackets, which curl leaves alone.
fn address_length(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b']', bytes)?;
    let inner = &bytes[1..end];
    let colons = memchr::memchr_iter(b':', inner).count();
    let is_address =
        colons > 1 && inner.iter().all(|byte| byte.is_ascii_hexdigit() || b":.%".contains(byte));
    (inner.is_empty() || is_address).then_some(end + 1)
}

#[cold]
fn refuse_glob(url: &Text, at: usize) -> Refusal {
    refuse(
        code::URL_GLOB,
        "curl takes braces and brackets in a URL as a list of URLs",
        url.span_of(at..at + 1),
        "a list begins here",
        "add `--globoff` if they belong to the URL, else give one request for each URL",
    )
}

/// Removes dot segments from the path of a target (RFC 3986 §5.2.4).
pub(super) fn remove_dot_segments(target: &Text, place: Span) -> Text {
    let bytes = target.bytes();
    let path_end = memchr::memchr(b'?', bytes).unwrap_or(bytes.len());
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < path_end {
        let end =
            memchr::memchr(b'/', &bytes[at + 1..path_end]).map_or(path_end, |next| at + 1 + next);
        match &bytes[at + 1..end] {
            b"." if end == path_end => kept.push((at, at + 1)),
            b"." => {}
            b".." => {
                kept.pop();
                if end == path_end {
                    kept.push((at, at + 1));
                }
            }
            _ => kept.push((at, end)),
        }
        at = end;
    }
    let mut out = Text::default();
    for (start, end) in &kept {
        out.append_part(target, *start..*end);
    }
    if out.is_empty() {
        out.push(b"/", place);
    }
    out.append_part(target, path_end..bytes.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &str) -> Text {
        Text::of(bytes.as_bytes(), 0..bytes.len())
    }

    #[test]
    fn escaped_brackets_belong_to_the_url() {
        assert_eq!(
            undo_globbing(&text(r"http://a/?f\[x\]=\{1\}")).unwrap().lossy(),
            "http://a/?f[x]={1}"
        );
        assert_eq!(undo_globbing(&text("http://[::1]/")).unwrap().lossy(), "http://[::1]/");
        for url in ["http://a/{b,c}", "http://a/[1-3]", "http://a/]"] {
            assert!(undo_globbing(&text(url)).is_err(), "{url}");
        }
    }

    #[test]
    fn dot_segments_are_removed() {
        for (target, short) in [
            ("/a/./b/../c", "/a/c"),
            ("/..", "/"),
            ("/a/..", "/"),
            ("/a/b/.", "/a/b/"),
            ("/a/b/..?q=/../x", "/a/?q=/../x"),
            ("//a//..", "//a/"),
            ("/", "/"),
        ] {
            assert_eq!(
                remove_dot_segments(&text(target), Span::default()).lossy(),
                short,
                "{target}"
            );
        }
    }
}
