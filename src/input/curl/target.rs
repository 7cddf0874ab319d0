//! The target of a URL as curl takes it: without dot segments (`lib/urlapi.c`).

use crate::diagnostic::Span;

use super::super::text::Text;

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
