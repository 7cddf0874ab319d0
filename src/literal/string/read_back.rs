//! Literals read by a reader that knows nothing but the table of their style.
//!
//! It undoes the escapes as a lexer would, the longest first and digits as far as they go, and ends where the
//! closing delimiter is. What it reads back of a few thousand texts must be these texts. A style that it
//! reads is injective for them: no two of them have one literal.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::concat::Concat;
use super::doubts::written_by;
use super::table::{NUMBER, StringTable};
use super::{BadStyle, Place, StringStyle};
use crate::diagnostic::show;
use crate::literal::matcher::{Other, Unit};
use crate::literal::template::TakesAll;
use crate::literal::{RAW_BREAK, SOFT_BREAK, finish};
use crate::order::{self, sort_by_number};

/// What is told of the first text that is not read back.
pub(super) fn read_back_wrong(table: &StringTable, style: &StringStyle) -> Option<String> {
    if !is_read(table) {
        return None;
    }
    let reader = Reader::new(table);
    texts(table).into_iter().find_map(|text| reader.find_fault(style, &text))
}

/// Whether the reader reads literals of a table: runs that are doubled, margins, and leads without
/// delimiters have grammars of their own.
fn is_read(table: &StringTable) -> bool {
    table.doubled.is_empty()
        && !table.margin
        && (table.lead.is_empty() || !table.open.is_empty())
        && table.balanced.is_none()
}

/// A table of `[[string]]` that writes a text and reads the literal back.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "StringTable")]
pub struct Inverse {
    table: StringTable,
    style: StringStyle,
}

impl TryFrom<StringTable> for Inverse {
    type Error = BadStyle;

    fn try_from(table: StringTable) -> Result<Self, BadStyle> {
        Ok(Self { style: StringStyle::try_from(table.clone())?, table })
    }
}

impl Inverse {
    /// Whether literals of the table are read back; those of a few tables have grammars of their own.
    pub fn is_read(&self) -> bool {
        is_read(&self.table)
    }

    /// Whether the style has a literal for a text.
    pub fn holds(&self, text: &str) -> bool {
        self.style.cost(text).is_some()
    }

    /// Says how the literal of a text does not mean the text. Nothing where it does, or where the style has
    /// no literal for it.
    pub fn find_fault(&self, text: &str) -> Option<String> {
        Reader::new(&self.table).find_fault(&self.style, text)
    }
}

/// All texts of up to three of the characters that the table speaks of, and those beside them.
fn texts(table: &StringTable) -> Vec<String> {
    let mut spoken: Vec<char> = "a1f \n\r\t\0\u{7f}é\u{fdd0}🎉".chars().collect();
    let mut add = |text: &str| spoken.extend(text.chars().filter(|c| !c.is_alphanumeric()));
    for (from, rule) in &table.escapes {
        add(from);
        add(written_by(rule));
    }
    for (from, name) in table.concat.iter().flat_map(|concat| &concat.names) {
        add(from);
        add(name);
    }
    for text in [&table.open, &table.close].into_iter().chain(&table.forbid) {
        add(text);
    }
    for other in others(table) {
        add(&other.write.example());
    }
    spoken.sort_unstable();
    spoken.dedup();
    // The cube of more would take longer than it is worth.
    spoken.truncate(26);
    let mut texts: Vec<String> = (' '..='~').chain('\u{0}'..=' ').map(String::from).collect();
    for one in &spoken {
        for two in &spoken {
            texts.push([*one, *two].iter().collect());
            texts
                .extend(spoken.iter().map(|three| [*one, *two, *three].iter().collect::<String>()));
        }
    }
    let named = table.concat.iter().flat_map(|concat| concat.names.keys());
    let sequences = table.escapes.keys().chain(named).filter(|from| !from.is_empty());
    texts.extend(sequences.flat_map(|from| {
        spoken.iter().flat_map(move |c| {
            [format!("{c}{from}"), format!("{from}{c}"), format!("{from}{from}{c}")]
        })
    }));
    let delimiter = table.close.replace(NUMBER, "").replace("{fence}", "");
    let parts = delimiter.char_indices().map(|(at, _)| delimiter.split_at(at));
    texts.extend(parts.flat_map(|(head, tail)| {
        [head, tail].map(|part| [part.to_owned(), format!("a{part}"), format!("a{part}a")]).concat()
    }));
    if table.concat.is_some() {
        // What is cut where a literal or a line would be too long.
        let all: String = (' '..='~').chain(spoken.iter().copied()).collect();
        texts.push(all.repeat(8));
        texts.extend(spoken.iter().map(|c| c.to_string().repeat(600)));
    }
    texts
}

/// All forms of escapes with a number.
fn others(table: &StringTable) -> impl Iterator<Item = &Other> {
    table.other.iter().chain(table.concat.iter().flat_map(|concat| &concat.other))
}

/// Reads literals by the table alone.
struct Reader<'t> {
    table: &'t StringTable,
    /// What is written, and for what; the longest first.
    escapes: Vec<(&'t str, &'t str)>,
    /// The same at the beginning of the text only.
    starts: Vec<(&'t str, &'t str)>,
    /// The same at its end only.
    ends: Vec<(&'t str, &'t str)>,
    /// The same of the pieces between literals.
    names: Vec<(&'t str, &'t str)>,
}

enum Read {
    /// The bytes that the literal means.
    Whole(Vec<u8>),
    /// The closing delimiter is inside.
    EndsEarly,
}

impl<'t> Reader<'t> {
    fn new(table: &'t StringTable) -> Self {
        let rules = table.escapes.iter().map(|(from, rule)| (written_by(rule), from.as_str()));
        let gaps = table.other.iter().map(|other| (other.gap.as_str(), ""));
        Self {
            table,
            escapes: longest_first(rules.chain(gaps)),
            starts: longest_first(written(&table.start)),
            ends: longest_first(written(&table.end)),
            names: longest_first(table.concat.iter().flat_map(|concat| written(&concat.names))),
        }
    }

    /// Says how the literal that the style writes for a text does not mean the text.
    fn find_fault(&self, style: &StringStyle, text: &str) -> Option<String> {
        style.cost(text)?;
        let mut literal = String::new();
        style.write(&mut literal, text, Place::default());
        let why = match self.read(style, text, &literal) {
            Read::Whole(read) if read == text.as_bytes() => return None,
            Read::Whole(read) => format!("reads back as `{}`", show(&read)),
            Read::EndsEarly => "ends before the text does".to_owned(),
        };
        Some(format!(
            "the text `{}` is written as `{}`, which {why}",
            show(text),
            show(finish(literal, "\n"))
        ))
    }

    fn read(&self, style: &StringStyle, text: &str, literal: &str) -> Read {
        if let Some(concat) = &self.table.concat {
            return self.read_joined(concat, literal).map_or(Read::EndsEarly, Read::Whole);
        }
        let fence = self.table.fence.repeat(style.fences(text));
        let number = style.number(text);
        // A line feed of the text and one of an escape are not the same.
        let raw = |delimiter: &str| {
            let delimiter = delimiter.replace("{fence}", &fence).replace(NUMBER, &number);
            delimiter.replace('\n', &RAW_BREAK.to_string())
        };
        let open = raw(&self.table.open);
        let close = raw(&self.table.close);
        // The lead of a line is no part of the text.
        let literal =
            literal.replace(&format!("{RAW_BREAK}{}", self.table.lead), &RAW_BREAK.to_string());
        let inner =
            literal.strip_prefix(open.as_str()).and_then(|rest| rest.strip_suffix(close.as_str()));
        let Some(inner) = inner else { return Read::EndsEarly };
        let mut bytes = Vec::new();
        let mut surrogate = None;
        let mut rest = read_sequence(&self.starts, inner, &mut bytes).unwrap_or(inner);
        while !rest.is_empty() {
            if let Some((_, from)) = self.ends.iter().find(|(write, _)| *write == rest) {
                bytes.extend_from_slice(from.as_bytes());
                break;
            }
            let escape = self.read_escape(rest, &mut bytes, &mut surrogate);
            if escape.is_none() && self.is_end(rest, &close) {
                return Read::EndsEarly;
            }
            rest = escape.unwrap_or_else(|| read_raw(rest, &mut bytes));
        }
        Read::Whole(bytes)
    }

    /// Reads an escape; what is behind it.
    fn read_escape<'l>(
        &self,
        rest: &'l str,
        bytes: &mut Vec<u8>,
        surrogate: &mut Option<u32>,
    ) -> Option<&'l str> {
        read_sequence(&self.escapes, rest, bytes)
            .or_else(|| read_number(&self.table.other, rest, bytes, surrogate))
    }

    /// Reads literals and other pieces with what joins them; nothing where they are no such expression.
    fn read_joined(&self, concat: &Concat, code: &str) -> Option<Vec<u8>> {
        let seam = format!("{}{SOFT_BREAK}{}", concat.line_end, concat.line_start);
        let code = code.replace(&seam, &concat.join);
        let within = code
            .strip_prefix(concat.open.as_str())
            .and_then(|rest| rest.strip_suffix(concat.close.as_str()));
        self.read_pieces(concat, &code).or_else(|| self.read_pieces(concat, within?))
    }

    fn read_pieces(&self, concat: &Concat, code: &str) -> Option<Vec<u8>> {
        let mut rest = code;
        let mut bytes = Vec::new();
        let mut surrogate = None;
        loop {
            rest = match rest.strip_prefix(self.table.open.as_str()) {
                Some(inner) => self.read_literal(inner, &mut bytes)?,
                None => read_sequence(&self.names, rest, &mut bytes)
                    .or_else(|| read_number(&concat.other, rest, &mut bytes, &mut surrogate))?,
            };
            if rest.is_empty() {
                return Some(bytes);
            }
            rest = rest.strip_prefix(concat.join.as_str())?;
        }
    }

    /// Reads a literal behind its opening delimiter; what is behind its closing one.
    fn read_literal<'l>(&self, inner: &'l str, bytes: &mut Vec<u8>) -> Option<&'l str> {
        let mut rest = inner;
        let mut surrogate = None;
        while !rest.is_empty() {
            rest = match self.read_escape(rest, bytes, &mut surrogate) {
                Some(behind) => behind,
                None => match rest.strip_prefix(self.table.close.as_str()) {
                    Some(behind) => return Some(behind),
                    None => read_raw(rest, bytes),
                },
            };
        }
        None
    }

    /// Whether a lexer would end the literal before `rest`, which is inside.
    fn is_end(&self, rest: &str, close: &str) -> bool {
        let Some(last) = close.chars().next_back() else { return false };
        if !format!("{rest}{close}").starts_with(close) {
            return false;
        }
        // Of a run of quotes the last ones end the literal.
        !(self.table.ends_last && rest.trim_start_matches(last).is_empty())
    }
}

/// What is written, and for what.
fn written(rules: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    rules.iter().map(|(from, write)| (write.as_str(), from.as_str()))
}

fn longest_first<'t>(written: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(&'t str, &'t str)> {
    let mut written: Vec<_> = written.filter(|(write, _)| !write.is_empty()).collect();
    sort_by_number(&mut written, |(write, _)| order::longest_first(write.len()));
    written
}

/// Reads a character that stands for itself; what is behind it.
fn read_raw<'l>(rest: &'l str, bytes: &mut Vec<u8>) -> &'l str {
    let Some(c) = rest.chars().next() else { return rest };
    let read = if c == RAW_BREAK { '\n' } else { c };
    bytes.extend_from_slice(read.encode_utf8(&mut [0; 4]).as_bytes());
    &rest[c.len_utf8()..]
}

/// Reads the first of the sequences with which `rest` begins; what is behind it.
fn read_sequence<'l>(
    sequences: &[(&str, &str)],
    rest: &'l str,
    bytes: &mut Vec<u8>,
) -> Option<&'l str> {
    sequences.iter().find_map(|(write, from)| {
        let behind = rest.strip_prefix(write)?;
        bytes.extend_from_slice(from.as_bytes());
        Some(behind)
    })
}

/// Reads an escape with a number, the form with the longest beginning first; what is behind it.
fn read_number<'l>(
    forms: &[Other],
    rest: &'l str,
    bytes: &mut Vec<u8>,
    surrogate: &mut Option<u32>,
) -> Option<&'l str> {
    let mut forms: Vec<&Other> = forms.iter().collect();
    sort_by_number(&mut forms, |other| order::longest_first(other.write.before().len()));
    forms.into_iter().find_map(|other| {
        // What needs a gap would go on.
        let takes_all = if other.gap.is_empty() { TakesAll::No } else { TakesAll::Yes };
        let (number, length) = other.write.read_back(rest, takes_all)?;
        let push = |bytes: &mut Vec<u8>, c: char| {
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        };
        match other.unit {
            Unit::Utf8 => bytes.push(u8::try_from(number).ok()?),
            Unit::CodePoint => push(bytes, char::from_u32(number)?),
            Unit::Utf16 => match (surrogate.take(), number) {
                (None, 0xd800..0xdc00) => *surrogate = Some(number),
                (Some(high), 0xdc00..0xe000) => {
                    push(
                        bytes,
                        char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + number - 0xdc00)?,
                    );
                }
                _ => push(bytes, char::from_u32(number)?),
            },
        }
        Some(&rest[length..])
    })
}
