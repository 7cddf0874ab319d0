//! Line ends that an editor took from a body or added to it.

/// Without one final line end, which a text editor adds.
pub(in crate::parse) fn strip_line_end(bytes: &[u8]) -> &[u8] {
    let Some(rest) = bytes.strip_suffix(b"\n") else { return bytes };
    rest.strip_suffix(b"\r").unwrap_or(rest)
}

/// The part of `there` that is `count` bytes long once its bare LF are CRLF: all of it, or all but
/// the line ends at its end.
pub(super) fn find_lost_crlf(there: &[u8], count: usize) -> Option<&[u8]> {
    let mut part = there;
    let mut restored = part.len() + count_bare_lf(part);
    while part.len() < count {
        if restored == count && restored > part.len() {
            return Some(part);
        }
        let shorter = strip_line_end(part);
        if shorter.len() == part.len() {
            return None;
        }
        // Restored, either line end has two bytes.
        restored -= 2;
        part = shorter;
    }
    None
}

fn count_bare_lf(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).filter(|&at| at == 0 || bytes[at - 1] != b'\r').count()
}

pub(super) fn restore_crlf(bytes: &[u8], count: usize) -> Vec<u8> {
    let mut restored = Vec::with_capacity(count);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        push_with_crlf(&mut restored, line);
    }
    restored
}

/// Appends a line; a bare LF at its end becomes CRLF.
pub(super) fn push_with_crlf(out: &mut Vec<u8>, line: &[u8]) {
    match line.strip_suffix(b"\n") {
        Some(text) if !text.ends_with(b"\r") => {
            out.extend_from_slice(text);
            out.extend_from_slice(b"\r\n");
        }
        _ => out.extend_from_slice(line),
    }
}
