//! Numbers, spelled as a language's formatter would spell them.

use std::borrow::Cow;

use serde::Deserialize;

/// What a formatter makes of a number; its value stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Spelling {
    /// It stays as it is.
    #[default]
    AsWritten,
    /// `1E+5` becomes `1e+5`.
    LowerCase,
    /// `1E+05` becomes `1e5`, `0e0` becomes `0`, and `10.00` becomes `10.0`.
    Short,
}

impl Spelling {
    /// A number of JSON (RFC 8259 §6) as it is spelled.
    pub(super) fn spell(self, number: &str) -> Cow<'_, str> {
        match self {
            Self::AsWritten => Cow::Borrowed(number),
            Self::LowerCase => Cow::Owned(number.to_ascii_lowercase()),
            Self::Short => Cow::Owned(shorten(number)),
        }
    }
}

fn shorten(number: &str) -> String {
    let lower = number.to_ascii_lowercase();
    let (digits, exponent) = lower.split_once('e').unwrap_or((&lower, ""));
    let mut short = match digits.split_once('.') {
        Some((whole, fraction)) => {
            let kept = fraction.trim_end_matches('0').len().max(1);
            format!("{whole}.{}", &fraction[..kept])
        }
        None => digits.to_owned(),
    };
    let (sign, power) = match exponent.strip_prefix('-') {
        Some(power) => ("-", power),
        None => ("", exponent.trim_start_matches('+')),
    };
    let power = power.trim_start_matches('0');
    if !power.is_empty() {
        short.extend(["e", sign, power]);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    #[test]
    fn formatters_are_foreseen() {
        // Prettier 3 and Black, seen at work.
        for (written, short, lower) in [
            ("10.00", "10.0", "10.00"),
            ("1E5", "1e5", "1e5"),
            ("1e+5", "1e5", "1e+5"),
            ("-0.10", "-0.1", "-0.10"),
            ("1e-07", "1e-7", "1e-07"),
            ("1.0E+05", "1.0e5", "1.0e+05"),
            ("0e0", "0", "0e0"),
            ("0.00e1", "0.0e1", "0.00e1"),
            ("100", "100", "100"),
        ] {
            assert_eq!(Spelling::Short.spell(written), short);
            assert_eq!(Spelling::LowerCase.spell(written), lower);
            assert_eq!(Spelling::AsWritten.spell(written), written);
        }
    }
}
