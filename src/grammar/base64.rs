//! Base 64 (RFC 4648 §4), in its one canonical spelling.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Encodes with padding.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Appends what [`encode`] gives.
pub fn push(out: &mut String, bytes: &[u8]) {
    STANDARD.encode_string(bytes, out);
}

/// Decodes what [`encode`] writes and nothing else: the padding must be there, and no bit left over.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_rfc_4648_section_10() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "Z===", "Zm-_", "Zm9v\n", "é"]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
