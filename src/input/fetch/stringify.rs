//! `JSON.stringify` of a literal (ECMA-262, "JSON.stringify").

use crate::diagnostic::Span;

use super::super::code;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::value::{Kind, Value, write_json_string};

/// The text that a value becomes.
pub(super) fn stringify(value: &Value) -> Result<Text, Refusal> {
    if matches!(value.kind, Kind::Undefined) {
        let message = "`JSON.stringify` makes no text of `undefined`";
        let help = "write the value that is sent";
        return Err(refuse(code::NOT_LITERAL, message, value.span, "expected a value", help));
    }
    let mut out = Text::default();
    write(&mut out, value)?;
    Ok(out)
}

fn write(out: &mut Text, value: &Value) -> Result<(), Refusal> {
    match &value.kind {
        // In an array; a member is left out.
        Kind::Null | Kind::Undefined => out.push(b"null", value.span),
        Kind::Bool(is_true) => out.push(is_true.to_string().as_bytes(), value.span),
        Kind::Number(number) => {
            if !is_canonical(number.bytes()) {
                return Err(refuse_number(number.span()));
            }
            out.append(number);
        }
        Kind::String(text) => write_json_string(out, text),
        Kind::Array(items) => {
            out.push(b"[", start(value));
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b",", item.span);
                }
                write(out, item)?;
            }
            out.push(b"]", value.span);
        }
        Kind::Object(members) => {
            out.push(b"{", start(value));
            let mut members = in_order(members);
            members.retain(|(_, member)| !matches!(member.kind, Kind::Undefined));
            for (at, (name, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(b",", name.span());
                }
                write_json_string(out, name);
                out.push(b":", name.span());
                write(out, member)?;
            }
            out.push(b"}", value.span);
        }
    }
    Ok(())
}

fn start(value: &Value) -> Span {
    Span::new(value.span.start, value.span.start + 1)
}

/// Whether a number is printed as it is written: a short decimal without exponent and final zeros.
fn is_canonical(number: &[u8]) -> bool {
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
    kept.sort_by_key(|(name, _)| index_of(name).map_or((1, 0), |index| (0, index)));
    kept
}
