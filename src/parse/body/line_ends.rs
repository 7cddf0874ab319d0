//! Line ends that an editor took from a body or added to it.

use crate::grammar::line_end;

/// The part of `there` that is `count` bytes long once its bare LF are CRLF: all of it, or all but
/// the line ends at its end.
pub(super) fn find_lost_crlf(there: &[u8], count: usize) -> Option<&[u8]> {
    let mut part = there;
    let mut restored = part.len() + line_end::count_bare(part);
    while part.len() < count {
        if restored == count && restored > part.len() {
            return Some(part);
        }
        let shorter = line_end::strip(part);
        if shorter.len() == part.len() {
            return None;
        }
        // Restored, either line end has two bytes.
        restored -= 2;
        part = shorter;
    }
    None
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

/// The body with LF line ends, where it has just `count` bytes so and each of its line ends is CRLF: a file that was
/// written with LF, and saved with CRLF on the way. Its last line end counts only where the length says so.
pub(super) fn find_added_cr(shown: &[u8], count: usize) -> Option<Vec<u8>> {
    let text = shown.trim_ascii_end();
    let added = memchr::memmem::find_iter(text, "\r\n").count();
    if added == 0 || line_end::count_bare(text) > 0 {
        return None;
    }
    let has_last = shown[text.len()..].starts_with(b"\r\n");
    let whole = match count.checked_sub(text.len() - added)? {
        0 => text,
        1 if has_last => &shown[..text.len() + 2],
        _ => return None,
    };
    let mut bytes = Vec::with_capacity(count);
    for line in whole.split_inclusive(|&byte| byte == b'\n') {
        let text = line_end::strip(line);
        bytes.extend_from_slice(text);
        if text.len() < line.len() {
            bytes.push(b'\n');
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_saved_with_crlf_has_the_length_of_its_lf() {
        let find = |shown: &str, count| {
            find_added_cr(shown.as_bytes(), count).map(|bytes| String::from_utf8(bytes).unwrap())
        };
        assert_eq!(find("{\r\n}", 3).as_deref(), Some("{\n}"));
        assert_eq!(find("{\r\n}\r\n\r\n", 3).as_deref(), Some("{\n}"));
        assert_eq!(find("{\r\n}\r\n", 4).as_deref(), Some("{\n}\n"));
        for (shown, count) in
            [("{\r\n}", 4), ("{\n\r\n}", 4), ("{}\r\n", 2), ("{\r\n}\n", 4), ("", 0)]
        {
            assert_eq!(find(shown, count), None, "{shown:?}");
        }
    }
}
