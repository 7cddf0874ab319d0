//! Tokens (RFC 9110 §5.6.2): methods, field names and parameter names.

/// Which bytes a token may contain. Every method and name is checked against this table.
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let other = b"!#$%&'*+-.^_`|~";
    let mut at = 0;
    while at < other.len() {
        table[other[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether a token may contain the byte.
pub const fn is_token_byte(byte: u8) -> bool {
    TOKEN[byte as usize]
}

/// Whether the text is a token; the empty text is none.
pub fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && find_non_token(text).is_none()
}

/// The offset of the first byte that a token may not contain.
pub fn find_non_token(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| !is_token_byte(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiters_and_white_space_end_a_token() {
        assert!(is_token(b"GET") && is_token(b"!#$%&'*+-.^_`|~09azAZ"));
        assert!(!is_token(b""));
        for byte in *b"\"(),/:;<=>?@[\\]{} \t\r\n\0\x7f\x80\xff" {
            assert_eq!(find_non_token(&[b'a', byte]), Some(1), "{byte:#x}");
        }
    }
}
