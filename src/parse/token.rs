//! Tokens (RFC 9110 §5.6.2): methods and field names.

/// Whether a byte may stand in a token.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The offset of the first byte that may not stand in a token.
pub(crate) fn find_non_token(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| !is_token_byte(byte))
}

/// The text of bytes that are known to be ASCII.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
