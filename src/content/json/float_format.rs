//! How a language prints a binary floating-point number.

use serde::{Deserialize, Deserializer};

use super::decimal::Decimal;
use super::preset::Preset;

/// How the shortest digits that read back as the same 64-bit number are laid out.
///
/// In a table every field has the value of `ecmascript` unless it is given. Presets, by name:
///
/// - `ecmascript`: `Number::toString` (ECMA-262 §6.1.6.1.20): `10`, `1e+21`, `1e-7`. Go's
///   `encoding/json` prints the same.
/// - `python`: `float.__repr__`: `10.0`, `1e+16`, `1e-05`.
/// - `rust`: `serde_json`, since it prints with `zmij` (before that, without the `+`): `10.0`, `1e+16`,
///   `1e-6`.
/// - `erlang`: `io_lib_format:fwrite_g/1`: `10.0`, `1.0e3`, `1.0e-7`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(remote = "Self", rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct FloatFormat {
    /// Numbers below 10^`fixed_from` have an exponent.
    pub fixed_from: i64,
    /// Numbers from 10^`fixed_below` on have an exponent.
    pub fixed_below: i64,
    /// Whether a whole number without exponent ends in `.0`.
    pub whole_point_zero: bool,
    /// Whether a single digit before an exponent has a `.0`: `1.0e+25`.
    pub exponent_point_zero: bool,
    /// What stands before a positive exponent.
    pub exponent_positive: String,
    /// What stands before the digits of a negative exponent.
    pub exponent_negative: String,
    /// The least number of digits of an exponent, filled up with `0`.
    pub exponent_digits: usize,
    /// Where it is given, numbers are rounded to so many digits (`%.15g` of C), and the shortest
    /// digits are not looked for.
    pub digits: Option<usize>,
    /// Whether the shorter of the two forms is written, that without an exponent where both are as
    /// long, and numbers from 2^53 on have an exponent. `fixed_from` and `fixed_below` are then not read.
    pub shorter: bool,
    /// The decimal exponents from `known_from` up to but not including `known_below` are those of the
    /// numbers whose digits are known: others are not printed (Java printed too many digits for some
    /// large numbers before version 19).
    pub known_from: i64,
    /// See `known_from`.
    pub known_below: i64,
}

impl Default for FloatFormat {
    fn default() -> Self {
        Self::ecmascript()
    }
}

impl FloatFormat {
    /// The preset `ecmascript`.
    pub fn ecmascript() -> Self {
        Self {
            fixed_from: -6,
            fixed_below: 21,
            whole_point_zero: false,
            exponent_point_zero: false,
            exponent_positive: "e+".to_owned(),
            exponent_negative: "e-".to_owned(),
            exponent_digits: 1,
            digits: None,
            shorter: false,
            known_from: i64::MIN,
            known_below: i64::MAX,
        }
    }

    /// The preset `python`.
    pub fn python() -> Self {
        Self {
            fixed_from: -4,
            fixed_below: 16,
            whole_point_zero: true,
            exponent_digits: 2,
            ..Self::ecmascript()
        }
    }

    /// The preset `rust`.
    pub fn rust() -> Self {
        Self { fixed_from: -5, fixed_below: 16, whole_point_zero: true, ..Self::ecmascript() }
    }

    /// The preset `erlang`.
    pub fn erlang() -> Self {
        Self {
            whole_point_zero: true,
            exponent_point_zero: true,
            exponent_positive: "e".to_owned(),
            shorter: true,
            ..Self::ecmascript()
        }
    }

    /// Prints the number, or nothing if no finite number has this value.
    ///
    /// A 64-bit number has at most 17 shortest digits and an exponent of at most 324.
    pub(super) fn print(&self, number: f64) -> Option<String> {
        if !number.is_finite() {
            return None;
        }
        let rounded = match self.digits {
            Some(digits) => Decimal::read(&format!("{number:.*e}", digits.saturating_sub(1)))?,
            None => find_shortest(number)?,
        };
        let sign = if rounded.negative { "-" } else { "" };
        let digits = rounded.digits.as_str();
        if digits.is_empty() {
            return Some([sign, "0", if self.whole_point_zero { ".0" } else { "" }].concat());
        }
        let exponent = rounded.point - 1;
        if !(self.known_from..self.known_below).contains(&exponent) {
            return None;
        }
        let has_exponent = if self.shorter {
            let fixed = self.lay_out_fixed(digits, rounded.point).len();
            fixed > self.lay_out_exponent(digits, exponent).len() || number.abs() >= TWO_TO_53
        } else {
            !(self.fixed_from..self.fixed_below).contains(&exponent)
        };
        let unsigned = if has_exponent {
            self.lay_out_exponent(digits, exponent)
        } else {
            self.lay_out_fixed(digits, rounded.point)
        };
        Some([sign, &unsigned].concat())
    }

    fn lay_out_fixed(&self, digits: &str, point: i64) -> String {
        let whole = usize::try_from(point).unwrap_or(0);
        if whole >= digits.len() {
            let zeros = "0".repeat(whole - digits.len());
            [digits, &zeros, if self.whole_point_zero { ".0" } else { "" }].concat()
        } else if whole > 0 {
            [&digits[..whole], ".", &digits[whole..]].concat()
        } else {
            let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
            ["0.", &zeros, digits].concat()
        }
    }

    fn lay_out_exponent(&self, digits: &str, exponent: i64) -> String {
        let (first, rest) = digits.split_at(1);
        let fraction = match rest {
            "" if self.exponent_point_zero => ".0".to_owned(),
            "" => String::new(),
            _ => [".", rest].concat(),
        };
        let mark = if exponent < 0 { &self.exponent_negative } else { &self.exponent_positive };
        // No exponent of a 64-bit number has more than three digits.
        let width = self.exponent_digits.min(3);
        format!("{first}{fraction}{mark}{:0width$}", exponent.unsigned_abs())
    }
}

/// From here on not every whole number is a 64-bit float.
const TWO_TO_53: f64 = 9_007_199_254_740_992.0;

/// The shortest decimal that reads back as the finite number; of two that are as near, the even one.
///
/// Rust's own choice between the two is the upper one: 649714273740195.25 would end in `.3`, where
/// ECMAScript, Python and others print `.2`.
fn find_shortest(number: f64) -> Option<Decimal> {
    let shortest = Decimal::read(&format!("{number:e}"))?;
    // With a precision, Rust rounds the exact value half to even.
    let precision = shortest.digits.len().saturating_sub(1);
    let even = format!("{number:.precision$e}");
    if even.parse() == Ok(number) { Decimal::read(&even) } else { Some(shortest) }
}

impl Preset for FloatFormat {
    const NAMES: &'static [&'static str] = &["ecmascript", "python", "rust", "erlang"];

    fn find(name: &str) -> Option<Self> {
        match name {
            "ecmascript" => Some(Self::ecmascript()),
            "python" => Some(Self::python()),
            "rust" => Some(Self::rust()),
            "erlang" => Some(Self::erlang()),
            _ => None,
        }
    }

    fn read_table<'de, D: Deserializer<'de>>(table: D) -> Result<Self, D::Error> {
        Self::deserialize(table)
    }
}
