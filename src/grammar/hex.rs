//! Hexadecimal digits.

use serde::Deserialize;

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
    pub(crate) const fn digits(self) -> &'static [u8; 16] {
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

/// The value of two hexadecimal digits, in either letter case.
pub fn read_pair(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}
