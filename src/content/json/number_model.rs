//! Which numbers a language's JSON values can hold, and how they are printed.

use serde::{Deserialize, Deserializer};

use super::decimal::same_number;
use super::float_format::FloatFormat;
use super::preset::Preset;

/// Which numbers a language's JSON values can hold, and how its serializer prints them.
///
/// The number is what the language takes the text for: an integer if it has neither a point nor an
/// exponent, else a float. In a table every field has the value of `text` unless it is given.
/// Presets, by name:
///
/// - `text`: the text itself is kept.
/// - `python`: `int` of up to 4300 digits, `float`.
/// - `ecmascript`: 64-bit floats, no `-0`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(remote = "Self", rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct NumberModel {
    /// What holds an integer.
    pub integers: Integers,
    /// What holds a number with a point or an exponent.
    pub floats: Floats,
    /// How a 64-bit float is printed.
    pub format: FloatFormat,
    /// Whether the float literal `-0.0` is negative zero and printed as such.
    pub negative_zero: bool,
    /// The most digits that an integer may have.
    pub max_digits: Option<usize>,
}

/// What holds an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Integers {
    /// The text itself, `-0` too.
    #[default]
    Text,
    /// An integer of any size.
    Big,
    /// 32 bits, signed.
    I32,
    /// 64 bits, signed.
    I64,
    /// 64 bits, not negative.
    U64,
    /// 128 bits, signed.
    I128,
    /// A 64-bit float.
    F64,
}

/// What holds a number with a point or an exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Floats {
    /// The text itself.
    #[default]
    Text,
    /// A 64-bit float.
    F64,
}

impl Default for NumberModel {
    fn default() -> Self {
        Self::text()
    }
}

impl NumberModel {
    /// The preset `text`.
    pub fn text() -> Self {
        Self {
            integers: Integers::Text,
            floats: Floats::Text,
            format: FloatFormat::ecmascript(),
            negative_zero: false,
            max_digits: None,
        }
    }

    /// The preset `python`.
    pub fn python() -> Self {
        Self {
            integers: Integers::Big,
            floats: Floats::F64,
            format: FloatFormat::python(),
            negative_zero: true,
            // https://docs.python.org/3/library/stdtypes.html#int-max-str-digits
            max_digits: Some(4300),
        }
    }

    /// The preset `ecmascript`.
    pub fn ecmascript() -> Self {
        Self { integers: Integers::F64, floats: Floats::F64, ..Self::text() }
    }

    /// What the serializer prints for the number, or nothing if that has another value.
    pub(super) fn print(&self, text: &str) -> Option<String> {
        if text.contains(['.', 'e', 'E']) {
            return match self.floats {
                Floats::Text => Some(text.to_owned()),
                Floats::F64 => self.print_float(text),
            };
        }
        let digits = text.strip_prefix('-').unwrap_or(text).len();
        if self.max_digits.is_some_and(|most| digits > most) {
            return None;
        }
        let fits = match self.integers {
            Integers::F64 => return self.print_float(text),
            Integers::Text => return Some(text.to_owned()),
            Integers::Big => true,
            Integers::I32 => text.parse::<i32>().is_ok(),
            Integers::I64 => text.parse::<i64>().is_ok(),
            Integers::U64 => text.parse::<u64>().is_ok(),
            Integers::I128 => text.parse::<i128>().is_ok(),
        };
        // An integer has no negative zero.
        (fits && text != "-0").then(|| text.to_owned())
    }

    fn print_float(&self, text: &str) -> Option<String> {
        let number = text.parse::<f64>().ok()?;
        if number == 0.0 && number.is_sign_negative() && !self.negative_zero {
            return None;
        }
        self.format.print(number).filter(|printed| same_number(printed, text))
    }
}

impl Preset for NumberModel {
    const NAMES: &'static [&'static str] = &["text", "python", "ecmascript"];

    fn find(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::text()),
            "python" => Some(Self::python()),
            "ecmascript" => Some(Self::ecmascript()),
            _ => None,
        }
    }

    fn read_table<'de, D: Deserializer<'de>>(table: D) -> Result<Self, D::Error> {
        Self::deserialize(table)
    }
}
