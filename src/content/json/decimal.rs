//! Exact comparison of decimal numbers, without arithmetic on their digits.

/// The exact value of a JSON number: ± 0.d₁d₂d₃… × 10^`point`, where the first and the last digit
/// are not 0. Zero has no digits, and keeps its sign: `-0` is not `0` to most of those who read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    pub(super) digits: String,
    pub(super) point: i64,
}

impl Decimal {
    /// Reads a number of RFC 8259 §6, or nothing if its exponent is beyond 64 bits.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let significant = all.trim_start_matches('0');
        if significant.is_empty() {
            return Some(Self { negative, digits: String::new(), point: 0 });
        }
        let leading_zeros = i64::try_from(all.len() - significant.len()).ok()?;
        let point = exponent
            .parse::<i64>()
            .ok()?
            .checked_add(i64::try_from(whole.len()).ok()?)?
            .checked_sub(leading_zeros)?;
        Some(Self { negative, digits: significant.trim_end_matches('0').to_owned(), point })
    }
}

/// Whether both JSON numbers have the same decimal value; no rounding, and `-0` is not `0`.
///
/// Numbers whose exponents are beyond 64 bits are the same only if they are written the same.
pub fn same_number(left: &str, right: &str) -> bool {
    left == right
        || match (Decimal::read(left), Decimal::read(right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::same_number;

    #[test]
    fn value_counts_and_spelling_does_not() {
        for (left, right) in [
            ("10", "10.00"),
            ("10", "1e1"),
            ("10", "1E+01"),
            ("0.001", "1e-3"),
            ("0", "0.000e99999999999999999999"),
            ("-1.50", "-15e-1"),
            ("12300", "0.0123e6"),
            ("1e999999999", "10e999999998"),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ] {
            assert!(same_number(left, right), "{left} {right}");
        }
    }

    #[test]
    fn different_values_are_never_near_enough() {
        for (left, right) in [
            ("10", "1"),
            ("1", "-1"),
            ("0", "-0"),
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.1000000000000000055511151231257827021181583404541015625"),
            ("1e999999999", "1e999999998"),
            ("1e9223372036854775807", "10e9223372036854775807"),
        ] {
            assert!(!same_number(left, right), "{left} {right}");
        }
    }
}
