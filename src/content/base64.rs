//! Base 64 (RFC 4648 §4), in its one canonical spelling.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes with padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, place| {
            bits << 8 | group.get(place).map_or(0_usize, |byte| usize::from(*byte))
        });
        for place in 0..4 {
            let digit = char::from(ALPHABET[bits >> (18 - 6 * place) & 0x3f]);
            out.push(if place <= group.len() { digit } else { '=' });
        }
    }
    out
}

/// Decodes what [`encode`] writes; nothing else: the padding must be there, and no bit be left over.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    for group in groups {
        let padding = group.iter().rev().take_while(|byte| **byte == b'=').count();
        let bits = group[..4 - padding]
            .iter()
            .try_fold(0_u32, |bits, byte| Some(bits << 6 | u32::from(read_digit(*byte)?)))?;
        let [_, bytes @ ..] = (bits << (6 * padding)).to_be_bytes();
        out.extend_from_slice(bytes.get(..3_usize.checked_sub(padding)?)?);
    }
    (rest.is_empty() && encode(&out) == text).then_some(out)
}

fn read_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
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
