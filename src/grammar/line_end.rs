//! Line ends: CRLF, and the LF that is read in its place (RFC 9112 §2.2).

/// The bytes without one line end after them.
pub fn strip(bytes: &[u8]) -> &[u8] {
    let Some(rest) = bytes.strip_suffix(b"\n") else { return bytes };
    rest.strip_suffix(b"\r").unwrap_or(rest)
}

/// How many LF have no CR before them.
pub fn count_bare(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).filter(|&at| at == 0 || bytes[at - 1] != b'\r').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_taken_off() {
        for (bytes, stripped) in
            [("a\r\n", "a"), ("a\n\n", "a\n"), ("a\r", "a\r"), ("\r\n", ""), ("", "")]
        {
            assert_eq!(strip(bytes.as_bytes()), stripped.as_bytes());
        }
    }

    #[test]
    fn a_bare_lf_has_no_cr_before_it() {
        assert_eq!(count_bare(b"\na\r\nb\n\n\r"), 3);
    }
}
