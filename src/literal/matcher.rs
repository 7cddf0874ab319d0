//! Finding what must be written otherwise in a text, in one pass.

use std::collections::BTreeMap;

use memchr::memmem::Finder;
use serde::Deserialize;

use super::class::Class;
use super::plain_run::PlainRun;
use super::template::NumberTemplate;
use super::text_or_table::TextOrTable;
use crate::diagnostic::is_hidden;
use crate::order::{self, sort_by_number};

/// How one sequence of the text is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "TextOrTable<BeforeTable>")]
pub enum Rule {
    /// Always like this.
    Always(String),
    /// Only in front of certain characters, as `$` in front of a letter.
    Before {
        /// What is written.
        write: String,
        /// The ASCII characters in front of which it applies; `a-z` is a range.
        before: Class,
    },
}

/// An escape that is written in front of certain characters only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BeforeTable {
    /// What is written.
    write: String,
    /// The ASCII characters in front of which it applies; `a-z` is a range.
    before: Class,
}

impl From<TextOrTable<BeforeTable>> for Rule {
    fn from(value: TextOrTable<BeforeTable>) -> Self {
        match value {
            TextOrTable::Text(write) => Self::Always(write),
            TextOrTable::Table(BeforeTable { write, before }) => Self::Before { write, before },
        }
    }
}

/// How code points that must not stand raw, and have no rule of their own, are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Other {
    /// The last code point that this form can write.
    #[serde(default = "last_code_point")]
    pub(super) up_to: u32,
    /// The escape, with a place for the number: `\u{:04x}`.
    pub(super) write: NumberTemplate,
    /// What the number counts.
    #[serde(default)]
    pub(super) unit: Unit,
    /// Written after the escape where one of `gap-before` follows (Haskell's `\&`).
    #[serde(default)]
    pub(super) gap: String,
    /// The ASCII characters that would be read as part of the escape; `a-f` is a range.
    #[serde(default)]
    pub(super) gap_before: Class,
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
    plain: PlainRun,
    rare: Option<Rare>,
    /// The sequences that begin with one byte, the longest first.
    rules: Vec<Vec<Replacement>>,
    other: Vec<Other>,
    /// Bytes of which a run is doubled at the end and in front of these.
    doubled: Vec<(u8, Vec<u8>)>,
    /// The last code point that may stand raw.
    raw_up_to: u32,
}

/// What the walk does at a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// A run of it may be doubled.
    Run,
    /// The only rule of the group at this place is for this byte alone, whatever follows.
    Byte(u8),
    /// Sequences with rules begin with it, those of the group at this place; where none applies, this.
    Rules(u8, Otherwise),
    /// No rule is about it.
    Otherwise(Otherwise),
}

/// What a byte is that no rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Otherwise {
    /// A visible character or a space: it stands as it is.
    Raw,
    /// A line feed that stands raw.
    LineBreak,
    /// The beginning of a code point that may not stand raw.
    CodePoint,
}

impl Stop {
    const NO: Self = Self::Otherwise(Otherwise::Raw);
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
    /// Whether it is about one byte, whatever follows.
    fn is_for_byte(&self) -> bool {
        self.rest.is_empty() && self.before.is_empty()
    }

    /// Whether it applies to the beginning of `text`, which has its first byte.
    fn applies_to(&self, text: &[u8]) -> bool {
        self.rest.iter().zip(1..).all(|(byte, at)| text.get(at) == Some(byte))
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
                Rule::Before { write, before } => (write, before.bytes().to_vec()),
            };
            Some(Replacement { first, rest: rest.to_vec(), write: write.clone(), before })
        };
        let mut rules: Vec<_> = escapes.iter().filter_map(replacement).collect();
        sort_by_number(&mut rules, |rule| order::longest_first(rule.rest.len()));
        sort_by_number(&mut rules, |rule| u64::from(rule.first));
        let mut stops = [Stop::Otherwise(Otherwise::CodePoint); 256];
        stops[0x20..0x7f].fill(Stop::NO);
        if raw_lines {
            stops[usize::from(b'\n')] = Stop::Otherwise(Otherwise::LineBreak);
        }
        let by_byte = rules.chunk_by(|one, other| one.first == other.first);
        let rules: Vec<Vec<_>> = by_byte.map(<[_]>::to_vec).collect();
        // There are no more groups than bytes.
        for (at, group) in (0..=u8::MAX).zip(&rules) {
            let stop = &mut stops[usize::from(group[0].first)];
            if let Stop::Otherwise(otherwise) = *stop {
                let is_for_byte = matches!(&group[..], [rule] if rule.is_for_byte());
                *stop = if is_for_byte { Stop::Byte(at) } else { Stop::Rules(at, otherwise) };
            }
        }
        let plain = PlainRun::new(&stops.map(|stop| stop != Stop::NO));
        let rare = Rare::new(&stops, &rules);
        Self { stops, plain, rare, rules, other: other.to_vec(), doubled: Vec::new(), raw_up_to }
    }

    /// Sets the characters of which a run is doubled in front of others, and at the end.
    pub(super) fn doubling(mut self, doubled: &BTreeMap<char, String>) -> Self {
        for (c, before) in doubled {
            if let Ok(byte) = u8::try_from(*c) {
                self.stops[usize::from(byte)] = Stop::Run;
                self.doubled.push((byte, before.bytes().collect()));
            }
        }
        self.plain = PlainRun::new(&self.stops.map(|stop| stop != Stop::NO));
        self.rare = Rare::new(&self.stops, &self.rules);
        self
    }

    /// Whether all of `text` stands as it is.
    pub(super) fn is_plain(&self, text: &str) -> bool {
        self.plain.length(text.as_bytes()) == text.len()
    }

    /// Walks over `text`; the error is the first code point that cannot be written.
    pub(super) fn walk(&self, text: &str, sink: &mut impl Sink) -> Result<(), char> {
        let bytes = text.as_bytes();
        let plain = match &self.rare {
            Some(rare) if !rare.is_in(bytes) => &rare.plain,
            _ => &self.plain,
        };
        let mut run = 0;
        let mut at = 0;
        loop {
            at += plain.length(&bytes[at..]);
            let Some(&byte) = bytes.get(at) else { break };
            match self.stops[usize::from(byte)] {
                Stop::Byte(group) => {
                    sink.raw(&text[run..at]);
                    sink.escape(&self.rules[usize::from(group)][0].write);
                    at += 1;
                    run = at;
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
                }
                Stop::Rules(group, otherwise) => {
                    let rest = &bytes[at..];
                    let mut rules = self.rules[usize::from(group)].iter();
                    if let Some(rule) = rules.find(|rule| rule.applies_to(rest)) {
                        sink.raw(&text[run..at]);
                        sink.escape(&rule.write);
                        at += 1 + rule.rest.len();
                        run = at;
                    } else if otherwise == Otherwise::Raw {
                        at += 1;
                    } else {
                        (run, at) = self.stand(otherwise, text, run, at, sink)?;
                    }
                }
                Stop::Otherwise(otherwise) => {
                    (run, at) = self.stand(otherwise, text, run, at, sink)?;
                }
            }
        }
        sink.raw(&text[run..]);
        Ok(())
    }

    /// Passes what no rule is about, at `at`; gives the beginning of the run that follows, and where
    /// the walk goes on.
    fn stand(
        &self,
        otherwise: Otherwise,
        text: &str,
        run: usize,
        at: usize,
        sink: &mut impl Sink,
    ) -> Result<(usize, usize), char> {
        let next = match otherwise {
            Otherwise::Raw => at + 1,
            Otherwise::LineBreak => {
                self.break_line(&text[run..at], sink)?;
                return Ok((at + 1, at + 1));
            }
            Otherwise::CodePoint => {
                let Some(c) = text[at..].chars().next() else { return Ok((run, text.len())) };
                let next = at + c.len_utf8();
                if is_hidden(c) || u32::from(c) > self.raw_up_to {
                    sink.raw(&text[run..at]);
                    self.write_other(c, text.as_bytes().get(next).copied(), sink)?;
                    return Ok((next, next));
                }
                next
            }
        };
        Ok((run, next))
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
        if next.is_some_and(|b| other.gap_before.has(b)) {
            sink.escape(&other.gap);
        }
        Ok(())
    }
}

/// Sequences of several characters with an escape, such as `"""`, each of which may stand raw: a text
/// without them is walked over with fewer stops.
#[derive(Debug, Clone)]
struct Rare {
    sequences: Vec<Finder<'static>>,
    /// The runs of a text that holds none of them.
    plain: PlainRun,
}

impl Rare {
    /// Nothing where a style has no such sequences, or others begin alike.
    fn new(stops: &[Stop; 256], rules: &[Vec<Replacement>]) -> Option<Self> {
        let is_rare = |group: &[Replacement]| {
            let stop = stops[usize::from(group[0].first)];
            matches!(stop, Stop::Rules(_, Otherwise::Raw))
                && group.iter().all(|rule| !rule.rest.is_empty() && rule.before.is_empty())
        };
        let mut stops = *stops;
        let mut sequences = Vec::new();
        for group in rules.iter().filter(|group| is_rare(group)) {
            stops[usize::from(group[0].first)] = Stop::NO;
            for rule in group {
                let sequence = [&[rule.first][..], &rule.rest].concat();
                sequences.push(Finder::new(&sequence).into_owned());
            }
        }
        let plain = PlainRun::new(&stops.map(|stop| stop != Stop::NO));
        (!sequences.is_empty()).then_some(Self { sequences, plain })
    }

    fn is_in(&self, text: &[u8]) -> bool {
        self.sequences.iter().any(|sequence| sequence.find(text).is_some())
    }
}
