//! `JSON.stringify` of a literal (ECMA-262, "JSON.stringify").

use crate::diagnostic::Span;
use crate::order::sort_by_number;

use super::super::code;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::value::{Kind, Value, write_json_string};

/// The text that a value becomes, with `indent` before each member for each level.
pub(super) fn stringify(value: &Value, indent: &str) -> Result<Text, Refusal> {
    if matches!(value.kind, Kind::Undefined) {
        let message = "`JSON.stringify` makes no text of `undefined`";
        let help = "write the value that is sent";
        return Err(refuse(code::NOT_LITERAL, message, value.span, "expected a value", help));
    }
    let mut writer = Writer { out: Text::default(), indent, level: 0 };
    writer.write(value)?;
    Ok(writer.out)
}

struct Writer<'i> {
    out: Text,
    indent: &'i str,
    level: usize,
}

impl Writer<'_> {
    fn write(&mut self, value: &Value) -> Result<(), Refusal> {
        match &value.kind {
            // In an array; a member is left out.
            Kind::Null | Kind::Undefined => self.out.push(b"null", value.span),
            Kind::Bool(is_true) => self.out.push(is_true.to_string().as_bytes(), value.span),
            Kind::Number(number) if !is_canonical(number.bytes()) => {
                return Err(refuse_number(number.span()));
            }
            Kind::Number(number) => self.out.append(number),
            Kind::String(text) => write_json_string(&mut self.out, text),
            Kind::Array(items) => {
                self.open(b"[", value);
                for (at, item) in items.iter().enumerate() {
                    self.begin_member(at, item.span);
                    self.write(item)?;
                }
                self.close(b"]", items.is_empty(), value);
            }
            Kind::Object(members) => {
                let mut members = in_order(members);
                members.retain(|(_, member)| !matches!(member.kind, Kind::Undefined));
                self.open(b"{", value);
                for (at, (name, member)) in members.iter().enumerate() {
                    self.begin_member(at, name.span());
                    write_json_string(&mut self.out, name);
                    let colon: &[u8] = if self.indent.is_empty() { b":" } else { b": " };
                    self.out.push(colon, name.span());
                    self.write(member)?;
                }
                self.close(b"}", members.is_empty(), value);
            }
            // It has no members of its own that `JSON.stringify` would see.
            Kind::Form(_) => self.out.push(b"{}", value.span),
        }
        Ok(())
    }

    fn open(&mut self, mark: &[u8], value: &Value) {
        self.out.push(mark, Span::new(value.span.start, value.span.start + 1));
        self.level += 1;
    }

    fn begin_member(&mut self, at: usize, place: Span) {
        if at > 0 {
            self.out.push(b",", place);
        }
        self.break_line(place);
    }

    fn close(&mut self, mark: &[u8], is_empty: bool, value: &Value) {
        self.level -= 1;
        if !is_empty {
            self.break_line(value.span);
        }
        self.out.push(mark, value.span);
    }

    fn break_line(&mut self, place: Span) {
        if !self.indent.is_empty() {
            self.out.push(format!("\n{}", self.indent.repeat(self.level)).as_bytes(), place);
        }
    }
}

/// Whether a number is printed as it is written: a short decimal without exponent and final zeros.
pub(super) fn is_canonical(number: &[u8]) -> bool {
    let digits = number.strip_prefix(b"-").unwrap_or(number);
    let (whole, fraction) = match memchr::memchr(b'.', digits) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let is_short = digits.len() <= 15 && whole.iter().all(u8::is_ascii_digit);
    let is_whole = matches!(whole, [b'0']) || matches!(whole, [b'1'..=b'9', ..]);
    let is_fraction = fraction.is_none_or(|fraction| {
        fraction.iter().all(u8::is_ascii_digit) && matches!(fraction, [.., b'1'..=b'9'])
    });
    let is_small = matches!(whole, [b'0']) && fraction.is_some_and(|it| it.starts_with(b"000000"));
    is_short && is_whole && is_fraction && !is_small && number != b"-0"
}

#[cold]
fn refuse_number(place: Span) -> Refusal {
    let message = "JavaScript prints this number in another way";
    let help = "write it as it is sent, or the whole body as a string";
    refuse(code::NOT_LITERAL, message, place, "expected a plain decimal", help)
}

/// The members in the order of JavaScript: names that are array indices first, each name once.
pub(super) fn in_order(members: &[(Text, Value)]) -> Vec<(&Text, &Value)> {
    let index_of = |name: &Text| {
        let index: u32 = name.valid().parse().ok()?;
        (index.to_string().as_bytes() == name.bytes() && index != u32::MAX).then_some(index)
    };
    let mut seen = std::collections::HashMap::new();
    let mut kept: Vec<(&Text, &Value)> = Vec::new();
    for (name, value) in members {
        if let Some(&at) = seen.get(name.bytes()) {
            kept[at] = (name, value);
        } else {
            seen.insert(name.bytes(), kept.len());
            kept.push((name, value));
        }
    }
    sort_by_number(&mut kept, |(name, _)| index_of(name).map_or(u64::MAX, u64::from));
    kept
}
