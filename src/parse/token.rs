//! Tokens (RFC 9110 §5.6.2): methods and field names.

/// Which bytes may stand in a token: a look at a table is the quickest, and every name is looked at.
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

/// Whether a byte may stand in a token.
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    TOKEN[byte as usize]
}

/// The offset of the first byte that may not stand in a token.
pub(crate) fn find_non_token(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| !is_token_byte(byte))
}

/// The text of bytes that are known to be ASCII.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
