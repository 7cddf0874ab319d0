//! Base 64 (RFC 4648 §4), in its one canonical spelling.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes with padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    push(&mut out, bytes);
    out
}

/// Appends what [`encode`] gives.
pub fn push(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len().div_ceil(3) * 4);
    let (groups, rest) = bytes.as_chunks::<3>();
    for group in groups {
        out.extend(digits_of(*group));
    }
    if let [first, second @ ..] = rest {
        let second = second.first().copied();
        let digits = digits_of([*first, second.unwrap_or_default(), 0]);
        let kept = if second.is_some() { 3 } else { 2 };
        out.extend(digits.into_iter().take(kept));
        out.push_str(if second.is_some() { "=" } else { "==" });
    }
}

fn digits_of([a, b, c]: [u8; 3]) -> [char; 4] {
    let digit = |bits: u8| char::from(ALPHABET[usize::from(bits & 0x3f)]);
    [digit(a >> 2), digit(a << 4 | b >> 4), digit(b << 2 | c >> 6), digit(c)]
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
