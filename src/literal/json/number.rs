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
    /// `1E+5` becomes `1.0e+5`, and a whole part of six digits or more has `_` between groups of three.
    Grouped,
}

impl Spelling {
    /// A number of JSON (RFC 8259 §6) as it is spelled.
    pub(super) fn spell(self, number: &str) -> Cow<'_, str> {
        match self {
            Self::AsWritten => Cow::Borrowed(number),
            Self::LowerCase => Cow::Owned(number.to_ascii_lowercase()),
            Self::Short => Cow::Owned(shorten(number)),
            Self::Grouped => Cow::Owned(group(number)),
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

fn group(number: &str) -> String {
    let lower = number.to_ascii_lowercase();
    let whole_end = lower.find(['.', 'e']).unwrap_or(lower.len());
    let (whole, rest) = lower.split_at(whole_end);
    let digits = whole.trim_start_matches('-');
    let mut grouped = whole[..whole.len() - digits.len()].to_owned();
    for (at, digit) in digits.char_indices() {
        if digits.len() >= 6 && at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    if rest.starts_with('e') {
        grouped.push_str(".0");
    }
    grouped.push_str(rest);
    grouped
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    #[test]
    fn formatters_are_foreseen() {
        // Prettier 3, Black and `mix format`, seen at work.
        for (written, short, lower, grouped) in [
            ("10.00", "10.0", "10.00", "10.00"),
            ("1E5", "1e5", "1e5", "1.0e5"),
            ("1e+5", "1e5", "1e+5", "1.0e+5"),
            ("-0.10", "-0.1", "-0.10", "-0.10"),
            ("1e-07", "1e-7", "1e-07", "1.0e-07"),
            ("1.0E+05", "1.0e5", "1.0e+05", "1.0e+05"),
            ("0e0", "0", "0e0", "0.0e0"),
            ("0.00e1", "0.0e1", "0.00e1", "0.00e1"),
            ("12345", "12345", "12345", "12345"),
            ("-123456.7", "-123456.7", "-123456.7", "-123_456.7"),
            ("1234567", "1234567", "1234567", "1_234_567"),
        ] {
            assert_eq!(Spelling::Grouped.spell(written), grouped);
            assert_eq!(Spelling::Short.spell(written), short);
            assert_eq!(Spelling::LowerCase.spell(written), lower);
            assert_eq!(Spelling::AsWritten.spell(written), written);
        }
    }
}
