//! Structured readers: what a body or a field value means, where that can be said without loss.
//!
//! Every reader is a pure function over bytes. It offers structure only if a snippet that spells the
//! structure sends the same thing again; otherwise it says no, and the text stays as it is.
//!
//! | reader | reads | writes as a client would | compares |
//! |---|---|---|---|
//! | [`json`] | a JSON text | [`json::write`] | [`json::same_value`] |
//! | [`form`] | `application/x-www-form-urlencoded` | [`form::write`] | [`form::same_pairs`] |
//! | [`multipart`] | `multipart/form-data` | | [`multipart::same_parts`] |
//! | [`cookie`] | a Cookie field | | |
//! | [`auth`] | an Authorization field | | |

use serde::Deserialize;

pub mod auth;
pub mod base64;
pub mod cookie;
pub mod form;
pub mod json;
pub mod multipart;
pub mod parameters;

/// The letter case of hexadecimal digits in an escape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HexCase {
    /// `0-9a-f`.
    Lower,
    /// `0-9A-F`.
    #[default]
    Upper,
}

impl HexCase {
    /// The sixteen digits.
    pub(crate) fn digits(self) -> &'static [u8; 16] {
        match self {
            Self::Lower => b"0123456789abcdef",
            Self::Upper => b"0123456789ABCDEF",
        }
    }

    /// Appends the lowest `count` hexadecimal digits of `number`, the highest first.
    pub(crate) fn push_digits(self, out: &mut String, number: u32, count: u32) {
        for place in (0..count).rev() {
            out.push(char::from(self.digits()[(number >> (4 * place) & 0xf) as usize]));
        }
    }
}

/// The value of the two hexadecimal digits, in either letter case.
pub(crate) fn read_hex_pair(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// Whether the byte may stand in a token (RFC 9110 §5.6.2).
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Whether the text is a token (RFC 9110 §5.6.2).
pub(crate) fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().copied().all(is_token_byte)
}
