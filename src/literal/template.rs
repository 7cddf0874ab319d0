//! `\u{:04x}`: how a number is written inside an escape.

use std::fmt;

use serde::Deserialize;

/// A text with one place for a number: `{:04x}`, `{:03o}`, `{:d}`, `{:X}`; nothing else is special.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct NumberTemplate {
    before: String,
    after: String,
    width: usize,
    radix: Radix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Radix {
    Octal,
    Decimal,
    LowerHex,
    UpperHex,
}

/// Whether a lexer takes all digits that follow, however many the form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TakesAll {
    Yes,
    No,
}

/// Why a text is no [`NumberTemplate`].
#[derive(Debug)]
pub(super) struct BadTemplate(String);

impl fmt::Display for BadTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` needs one place for a number, such as `{{:04x}}`", self.0)
    }
}

impl TryFrom<String> for NumberTemplate {
    type Error = BadTemplate;

    fn try_from(text: String) -> Result<Self, BadTemplate> {
        let parsed = (|| {
            let start = text.find("{:")?;
            let length = text[start..].find('}')?;
            let spec = &text[start + 2..start + length];
            let radix = match spec.as_bytes().last()? {
                b'o' => Radix::Octal,
                b'd' => Radix::Decimal,
                b'x' => Radix::LowerHex,
                b'X' => Radix::UpperHex,
                _ => return None,
            };
            // A second one would be printed as it is.
            if text[start + length..].contains("{:") {
                return None;
            }
            let digits = &spec[..spec.len() - 1];
            let width = if digits.is_empty() { 0 } else { digits.parse().ok()? };
            Some(Self {
                before: text[..start].to_owned(),
                after: text[start + length + 1..].to_owned(),
                width,
                radix,
            })
        })();
        parsed.ok_or(BadTemplate(text))
    }
}

impl NumberTemplate {
    /// Appends the text with `number` in its place.
    pub(super) fn write(&self, out: &mut String, number: u32) {
        out.push_str(&self.before);
        let (base, upper) = match self.radix {
            Radix::Octal => (8, false),
            Radix::Decimal => (10, false),
            Radix::LowerHex => (16, false),
            Radix::UpperHex => (16, true),
        };
        let mut digits = [b'0'; 24];
        let mut at = digits.len();
        let mut left = number;
        loop {
            at -= 1;
            let alphabet = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
            digits[at] = alphabet[(left % base) as usize];
            left /= base;
            if left == 0 {
                break;
            }
        }
        let start = at.min(digits.len() - self.width.min(digits.len()));
        out.extend(digits[start..].iter().map(|&d| char::from(d)));
        out.push_str(&self.after);
    }

    /// What stands before the number.
    pub(super) fn before(&self) -> &str {
        &self.before
    }

    /// The text with the number 0.
    pub(super) fn example(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    /// The number that the beginning of a text says, and the length of what says it, as a lexer reads
    /// it: just as many digits as the form has, or all that follow where it does not say how many or
    /// `takes_all`.
    pub(super) fn read_back(&self, text: &str, takes_all: TakesAll) -> Option<(u32, usize)> {
        let digits = text.strip_prefix(self.before.as_str())?;
        let base = match self.radix {
            Radix::Octal => 8,
            Radix::Decimal => 10,
            Radix::LowerHex | Radix::UpperHex => 16,
        };
        let known = digits.chars().take_while(|c| c.is_digit(base)).count();
        let is_exact = self.width > 0 && self.after.is_empty() && takes_all == TakesAll::No;
        let count = if is_exact { self.width } else { known };
        let number =
            u32::from_str_radix(digits.get(..count).filter(|_| count <= known)?, base).ok()?;
        digits[count..]
            .starts_with(&self.after)
            .then(|| (number, self.before.len() + count + self.after.len()))
    }

    /// A lower bound of the length of what [`Self::write`] appends, in bytes.
    pub(super) fn len(&self) -> usize {
        self.before.len() + self.width.max(1) + self.after.len()
    }
}

#[cfg(test)]
mod tests {
    use super::NumberTemplate;

    fn write(template: &str, number: u32) -> String {
        let mut out = String::new();
        NumberTemplate::try_from(template.to_owned()).unwrap().write(&mut out, number);
        out
    }

    #[test]
    fn writes_padded_numbers_in_each_radix() {
        assert_eq!(write("\\u{:04x}", 0xe9), "\\u00e9");
        assert_eq!(write("\\u{{:x}}", 0x1f389), "\\u{1f389}");
        assert_eq!(write("\\{:03o}", 7), "\\007");
        assert_eq!(write("char({:d})", 0), "char(0)");
        assert_eq!(write("%{:02X}", 0xab), "%AB");
    }

    #[test]
    fn refuses_a_text_without_a_place() {
        assert!(NumberTemplate::try_from("\\x".to_owned()).is_err());
        assert!(NumberTemplate::try_from("{:q}".to_owned()).is_err());
    }
}
