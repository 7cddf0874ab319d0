//! Finding what must be written otherwise in a text, in one pass.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::template::NumberTemplate;
use crate::diagnostic::is_hidden;

/// How one sequence of the text is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Rule {
    /// Always like this.
    Always(String),
    /// Only in front of certain characters, as `$` in front of a letter.
    #[serde(rename_all = "kebab-case")]
    Before {
        /// What is written.
        write: String,
        /// The ASCII characters in front of which it applies; `a-z` is a range.
        before: String,
    },
}

/// How code points that must not stand raw, and have no rule of their own, are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Other {
    /// The last code point that this form can write.
    #[serde(default = "last_code_point")]
    up_to: u32,
    /// The escape, with a place for the number: `\u{:04x}`.
    write: NumberTemplate,
    /// What the number counts.
    #[serde(default)]
    unit: Unit,
    /// Written after the escape where one of `gap-before` follows (Haskell's `\&`).
    #[serde(default)]
    gap: String,
    /// The ASCII characters that would be read as part of the escape; `a-f` is a range.
    #[serde(default)]
    gap_before: String,
}

const fn last_code_point() -> u32 {
    0x10_FFFF
}

/// The unit that one escape stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unit {
    /// One code point, one escape.
    #[default]
    CodePoint,
    /// One escape for each byte of the UTF-8 form.
    #[serde(rename = "utf-8")]
    Utf8,
    /// One escape for each UTF-16 code unit, surrogate pairs included.
    #[serde(rename = "utf-16")]
    Utf16,
}

/// What the walk over a text meets, in order.
pub(super) trait Sink {
    /// A run that stands as it is.
    fn raw(&mut self, text: &str);
    /// A replacement.
    fn escape(&mut self, text: &str);
    /// An escape with a number.
    fn number(&mut self, template: &NumberTemplate, number: u32);
    /// A line feed that stands raw.
    fn line_break(&mut self);
}

/// The compiled rules of one string style.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    stops: [Stop; 256],
    /// The longest sequences first.
    rules: Vec<Replacement>,
    other: Vec<Other>,
    /// Bytes of which a run is doubled at the end and in front of these.
    doubled: Vec<(u8, Vec<u8>)>,
    raw_lines: bool,
    /// The last code point that may stand raw.
    raw_up_to: u32,
}

/// Whether the walk stops at a byte, and what it looks for there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// It stands as it is.
    No,
    /// A run of it may be doubled.
    Run,
    /// Sequences with rules begin with it.
    Rule,
    /// It begins a code point that may not stand raw.
    CodePoint,
}

/// A sequence and what is written for it.
#[derive(Debug, Clone)]
struct Replacement {
    first: u8,
    /// The sequence behind its first byte.
    rest: Vec<u8>,
    write: String,
    /// The characters that must follow; empty: any.
    before: Vec<u8>,
}

impl Replacement {
    /// Whether it applies to the beginning of `text`.
    fn applies_to(&self, text: &[u8]) -> bool {
        text.first() == Some(&self.first)
            && self.rest.iter().zip(1..).all(|(byte, at)| text.get(at) == Some(byte))
            && (self.before.is_empty()
                || text.get(1 + self.rest.len()).is_some_and(|b| self.before.contains(b)))
    }
}

impl Matcher {
    pub(super) fn new(
        escapes: &BTreeMap<String, Rule>,
        other: &[Other],
        raw_lines: bool,
        raw_up_to: u32,
    ) -> Self {
        let replacement = |(from, rule): (&String, &Rule)| {
            let (&first, rest) = from.as_bytes().split_first()?;
            let (write, before) = match rule {
                Rule::Always(write) => (write, Vec::new()),
                Rule::Before { write, before } => (write, expand(before)),
            };
            Some(Replacement { first, rest: rest.to_vec(), write: write.clone(), before })
        };
        let mut rules: Vec<_> = escapes.iter().filter_map(replacement).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.rest.len()));
        let mut stops = [Stop::CodePoint; 256];
        stops[0x20..0x7f].fill(Stop::No);
        for rule in &rules {
            stops[usize::from(rule.first)] = Stop::Rule;
        }
        Self { stops, rules, other: other.to_vec(), doubled: Vec::new(), raw_lines, raw_up_to }
    }

    /// Sets the characters of which a run is doubled in front of others, and at the end.
    pub(super) fn doubling(mut self, doubled: &BTreeMap<char, String>) -> Self {
        for (c, before) in doubled {
            if let Ok(byte) = u8::try_from(*c) {
                self.stops[usize::from(byte)] = Stop::Run;
                self.doubled.push((byte, before.bytes().collect()));
            }
        }
        self
    }

    /// Walks over `text`; the error is the first code point that cannot be written.
    pub(super) fn walk(&self, text: &str, sink: &mut impl Sink) -> Result<(), char> {
        let bytes = text.as_bytes();
        let mut run = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match self.stops[usize::from(byte)] {
                Stop::No => {
                    at += 1;
                    continue;
                }
                Stop::Run => {
                    let length = bytes[at..].iter().take_while(|&&it| it == byte).count();
                    let end = at + length;
                    let doubled = self.doubled.iter().find(|(it, _)| *it == byte);
                    if bytes
                        .get(end)
                        .is_none_or(|next| doubled.is_some_and(|(_, before)| before.contains(next)))
                    {
                        sink.raw(&text[run..end]);
                        sink.escape(&text[at..end]);
                        run = end;
                    }
                    at = end;
                    continue;
                }
                Stop::Rule => {
                    if let Some(rule) = self.rules.iter().find(|rule| rule.applies_to(&bytes[at..]))
                    {
                        sink.raw(&text[run..at]);
                        sink.escape(&rule.write);
                        at += 1 + rule.rest.len();
                        run = at;
                        continue;
                    }
                }
                Stop::CodePoint => {}
            }
            if byte == b'\n' && self.raw_lines {
                self.break_line(&text[run..at], sink)?;
                at += 1;
                run = at;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let next = at + c.len_utf8();
            if is_hidden(c) || u32::from(c) > self.raw_up_to {
                sink.raw(&text[run..at]);
                self.write_other(c, bytes.get(next).copied(), sink)?;
                run = next;
            }
            at = next;
        }
        sink.raw(&text[run..]);
        Ok(())
    }

    /// A raw line feed; the space in front of it is escaped, since editors remove it.
    fn break_line(&self, line: &str, sink: &mut impl Sink) -> Result<(), char> {
        match line.strip_suffix(' ') {
            Some(head) => {
                sink.raw(head);
                self.write_other(' ', None, sink)?;
            }
            None => sink.raw(line),
        }
        sink.line_break();
        Ok(())
    }

    fn write_other(&self, c: char, next: Option<u8>, sink: &mut impl Sink) -> Result<(), char> {
        let other = self.other.iter().find(|o| u32::from(c) <= o.up_to).ok_or(c)?;
        match other.unit {
            Unit::CodePoint => sink.number(&other.write, u32::from(c)),
            Unit::Utf8 => {
                for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
                    sink.number(&other.write, u32::from(byte));
                }
            }
            Unit::Utf16 => {
                for &unit in c.encode_utf16(&mut [0; 2]).iter() {
                    sink.number(&other.write, u32::from(unit));
                }
            }
        }
        if next.is_some_and(|b| expand(&other.gap_before).contains(&b)) {
            sink.escape(&other.gap);
        }
        Ok(())
    }
}

/// The bytes of a character class: `a-z_{` is `a` to `z`, `_` and `{`.
fn expand(class: &str) -> Vec<u8> {
    let bytes = class.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if at + 2 < bytes.len() && bytes[at + 1] == b'-' {
            out.extend(bytes[at]..=bytes[at + 2]);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}
