//! String literals: which style of a language costs the fewest escapes, and writing it.

mod balance;
mod choose;
mod concat;
mod doubts;
mod read_back;
mod sink;
mod table;

use serde::Deserialize;

use super::class::Class;
use super::matcher::{Matcher, Sink as _};
use super::{RAW_BREAK, SOFT_BREAK};
use balance::{is_balanced, keeps_margin};
use concat::Concat;
use sink::{Counter, Writer, cost_of_escape};
use table::{BadStyle, NUMBER, RawLineEnd, StringTable, UsedFor};

pub use doubts::StringDoubts;
pub use read_back::Inverse;

pub(super) use choose::{write_cheapest, write_interpolated, write_plain};

/// One way in which a language writes a string, as `[[string]]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "StringTable")]
pub struct StringStyle {
    open: String,
    close: String,
    fence: String,
    forbid: Vec<String>,
    forbid_start: Vec<String>,
    forbid_end: Vec<String>,
    forbid_odd: Vec<String>,
    start: Vec<(String, String)>,
    after_variable: Vec<(String, String)>,
    end: Vec<(String, String)>,
    balanced: Option<(char, char)>,
    lines: UsedFor,
    line_ends: RawLineEnd,
    cost: usize,
    family: String,
    margin: bool,
    hangs: bool,
    lead: String,
    only: Option<Class>,
    only_start: Option<Class>,
    concat: Option<Concat>,
    /// Whether no text as a whole rules the style out.
    admits_all: bool,
    /// Whether nothing is special at the start and the end of a text.
    is_uniform: bool,
    /// Whether the literal of a text of which each character stands as it is, is just that text
    /// between the delimiters, at no cost.
    is_simple: bool,
    /// The indentation unit, set by the language.
    pub(crate) unit: String,
    matcher: Matcher,
}

/// Where a literal will stand in the code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The indentation of the line in which the literal begins, in units of the language.
    pub level: usize,
    /// The columns before the literal in its line, indentation included.
    pub column: usize,
    /// Whether the literal may span lines.
    pub layout: Layout,
    /// Whether marks in the text are variables of the environment.
    pub reads_environment: bool,
    /// Whether the text says the same with other line ends.
    pub line_ends: LineEnds,
}

/// Whether a text says the same with other line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineEnds {
    /// Each line feed must arrive as it is.
    #[default]
    Kept,
    /// CR LF says the same as LF: white space of JSON, lines of XML.
    Free,
}

/// Whether a literal may span lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Many lines in the text may be many lines in the code.
    #[default]
    Free,
    /// The literal stays in its line.
    OneLine,
}

/// How many lines a text has for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// No line feed, or only a final one.
    One,
    /// More than one.
    Many,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        match memchr::memchr(b'\n', text.as_bytes()) {
            Some(at) if at + 1 < text.len() => Self::Many,
            _ => Self::One,
        }
    }
}

impl StringStyle {
    /// Whether no text as a whole rules the style out.
    pub(super) fn admits_all(&self) -> bool {
        self.admits_all
    }

    /// The family that it is of; the language's ordinary strings are of the one without a name.
    pub(super) fn family(&self) -> &str {
        &self.family
    }

    /// Whether the style is of this family. Nearly all are of the one without a name, and to compare
    /// nothing with nothing is no business of a `memcmp`: some take a fault for it, and 100 ns.
    pub(super) fn is_of(&self, family: &str) -> bool {
        if family.is_empty() { self.family.is_empty() } else { self.family == family }
    }

    /// The quote with which a string both begins and ends.
    pub(super) fn quote(&self) -> Option<char> {
        let opened = self.open.chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        self.close.starts_with(opened).then_some(opened)
    }

    /// Whether where it stands changes what is written.
    fn is_indented(&self) -> bool {
        self.margin || !self.lead.is_empty() || self.concat.is_some()
    }

    /// Whether raw line ends of the literal depend on how the file is saved.
    pub(super) fn takes_line_ends_of_file(&self) -> bool {
        self.line_ends == RawLineEnd::OfFile
    }

    /// Whether the literal would hold line feeds that the line ends of the file replace.
    pub(super) fn loses_line_feeds(&self, text: &str, place: Place) -> bool {
        self.takes_line_ends_of_file() && place.line_ends == LineEnds::Kept && text.contains('\n')
    }

    /// Whether nothing in the text as a whole rules the style out.
    fn admits(&self, text: &str) -> bool {
        self.admits_all
            || !(self.only.as_ref().is_some_and(|class| !text.bytes().all(|b| class.has(b)))
                || self
                    .only_start
                    .as_ref()
                    .is_some_and(|class| !text.bytes().next().is_some_and(|b| class.has(b)))
                || self.forbid.iter().any(|s| text.contains(s.as_str()))
                || self.forbid_start.iter().any(|s| text.starts_with(s.as_str()))
                || self.forbid_end.iter().any(|s| text.ends_with(s.as_str()))
                || (self.margin && !keeps_margin(text))
                || self.balanced.is_some_and(|pair| !is_balanced(text, pair))
                || self.forbid_odd.iter().any(|s| text.matches(s.as_str()).count() % 2 == 1))
    }

    /// What the literal costs a reader: the characters that its escapes add. `None` if the style
    /// cannot hold the text.
    pub(super) fn cost(&self, text: &str) -> Option<usize> {
        if !self.admits(text) {
            return None;
        }
        if let Some(concat) = &self.concat {
            return concat.cost(self, text).ok();
        }
        let (start, middle, end) = self.parts(text);
        let mut cost = self.cost + self.cost_of_fences(self.fences(text));
        for escape in [start, end].into_iter().flatten() {
            cost += cost_of_escape(escape);
        }
        let mut counter = Counter { cost };
        self.matcher.walk(middle, &mut counter).ok()?;
        Some(counter.cost)
    }

    /// Appends the literal and gives its cost; appends nothing where the style cannot hold the text.
    fn try_write(&self, out: &mut String, text: &str) -> Option<usize> {
        let start = out.len();
        let cost = self.admits(text).then(|| self.write_flush(out, text).ok()).flatten();
        if cost.is_none() {
            out.truncate(start);
        }
        cost
    }

    fn cost_of_fences(&self, fences: usize) -> usize {
        fences.saturating_sub(1) * 2 * self.fence.len()
    }

    /// Appends the literal; a code point that the style cannot hold is what [`Self::cost`] refuses.
    pub(super) fn write(&self, out: &mut String, text: &str, place: Place) {
        if self.margin {
            let mut flush = String::new();
            let written = self.write_flush(&mut flush, text);
            debug_assert!(written.is_ok(), "the style was chosen by its cost");
            self.indent_lines(out, &flush, place.level);
        } else if let Some(concat) = &self.concat {
            let written = concat.write(self, out, text, place);
            debug_assert!(written.is_ok(), "the style was chosen by its cost");
        } else if !self.lead.is_empty() {
            self.write_led(out, text, place);
        } else {
            let written = self.write_flush(out, text);
            debug_assert!(written.is_ok(), "the style was chosen by its cost");
        }
    }

    /// Appends `flush` with its lines indented, blank ones excepted; the last one holds the closing
    /// delimiter.
    fn indent_lines(&self, out: &mut String, flush: &str, level: usize) {
        let mut lines = flush.split([RAW_BREAK, '\n']).peekable();
        let mut is_first = true;
        while let Some(line) = lines.next() {
            if !is_first {
                out.push(RAW_BREAK);
                let hangs = self.hangs && lines.peek().is_some();
                if !line.is_empty() {
                    out.push_str(&self.unit.repeat(level + usize::from(hangs)));
                }
            }
            is_first = false;
            out.push_str(line);
        }
    }

    fn write_led(&self, out: &mut String, text: &str, place: Place) {
        let indent = self.unit.repeat(place.level + 1);
        let has_delimiters = !self.open.is_empty();
        out.push_str(&self.open);
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 || !has_delimiters {
                out.push(if number == 0 { SOFT_BREAK } else { RAW_BREAK });
                out.push_str(&indent);
                out.push_str(&self.lead);
            }
            let written = self.matcher.walk(line, &mut Writer { out, cost: 0 });
            debug_assert!(written.is_ok(), "the style was chosen by its cost");
        }
        if !has_delimiters {
            out.push(SOFT_BREAK);
            out.push_str(&self.unit.repeat(place.level));
        }
        out.push_str(&self.close);
    }

    /// Appends the literal and gives its cost; the error is the first code point that the style
    /// cannot write.
    fn write_flush(&self, out: &mut String, text: &str) -> Result<usize, char> {
        let fences = self.fences(text);
        let fence = if fences == 0 { String::new() } else { self.fence.repeat(fences) };
        let number = self.number(text);
        out.reserve(text.len() + text.len() / 8 + self.open.len() + self.close.len());
        self.push_delimiter(out, &self.open, &fence, &number);
        let (start, middle, end) = self.parts(text);
        let mut writer = Writer { out, cost: self.cost + self.cost_of_fences(fences) };
        if let Some(start) = start {
            writer.escape(start);
        }
        self.matcher.walk(middle, &mut writer)?;
        if let Some(end) = end {
            writer.escape(end);
        }
        let cost = writer.cost;
        self.push_delimiter(out, &self.close, &fence, &number);
        Ok(cost)
    }

    /// Appends one of the pieces of a text between which variables are, without the delimiters; the error is
    /// the first code point that the style cannot write. `is_first` and `is_last` say where it is in the
    /// text.
    pub(super) fn write_piece(
        &self,
        out: &mut String,
        piece: &str,
        is_first: bool,
        is_last: bool,
    ) -> Result<(), char> {
        if let Some(forbidden) = self.forbid.iter().find(|it| piece.contains(it.as_str())) {
            return Err(forbidden.chars().next().unwrap_or_default());
        }
        let starts = if is_first { &self.start } else { &self.after_variable };
        let ends = if is_last { &*self.end } else { &[] };
        let (start, middle, end) = split_ends(piece, starts, ends);
        out.push_str(start.unwrap_or_default());
        self.matcher.walk(middle, &mut Writer { out, cost: 0 })?;
        out.push_str(end.unwrap_or_default());
        Ok(())
    }

    fn push_delimiter(&self, out: &mut String, delimiter: &str, fence: &str, number: &str) {
        if !may_have_mark(delimiter) {
            return out.push_str(delimiter);
        }
        if let Some((before, after)) = delimiter.split_once(NUMBER) {
            return out.extend([before, number, after]);
        }
        if self.fence.is_empty() {
            return out.push_str(delimiter);
        }
        match delimiter.split_once("{fence}") {
            Some((before, after)) => out.extend([before, fence, after]),
            None => out.push_str(delimiter),
        }
    }

    /// The text between what is special at its start and at its end, with their escapes.
    fn parts<'t>(&self, text: &'t str) -> (Option<&str>, &'t str, Option<&str>) {
        if self.is_uniform {
            return (None, text, None);
        }
        split_ends(text, &self.start, &self.end)
    }

    /// The first number with which the closing delimiter, white space apart, does not occur in the text, and
    /// does not begin there; none is the first.
    fn number(&self, text: &str) -> String {
        if !may_have_mark(&self.close) || !self.close.contains(NUMBER) {
            return String::new();
        }
        let close = self.close.trim_matches(|c: char| c.is_whitespace() || c == RAW_BREAK);
        let is_free = |number: &String| {
            let ends_at = |close: &str| [text, close].concat().find(close);
            !text.contains(&close.replace(NUMBER, number))
                && ends_at(&self.close.replace(NUMBER, number)) == Some(text.len())
        };
        std::iter::once(String::new())
            .chain((1..=text.len() + 1).map(|number| number.to_string()))
            .find(is_free)
            .unwrap_or_default()
    }

    /// The fewest fences with which the closing sequence does not occur in the text.
    fn fences(&self, text: &str) -> usize {
        if self.fence.is_empty() {
            return 0;
        }
        let close_at = self.close.find("{fence}").unwrap_or_default();
        let (head, tail) = (&self.close[..close_at], &self.close[close_at + "{fence}".len()..]);
        // Each occurrence of `head` followed by n fences and `tail` rules out n.
        let mut longest = None;
        for (at, _) in text.match_indices(head) {
            let mut rest = &text[at + head.len()..];
            let mut count = 0;
            loop {
                if rest.starts_with(tail) {
                    longest = longest.max(Some(count));
                }
                match rest.strip_prefix(self.fence.as_str()) {
                    Some(shorter) => {
                        rest = shorter;
                        count += 1;
                    }
                    None => break,
                }
            }
        }
        longest.map_or(0, |n: usize| n + 1)
    }
}

/// A text between its special beginning and its special end, with the escapes of both.
fn split_ends<'s, 't>(
    text: &'t str,
    starts: &'s [(String, String)],
    ends: &'s [(String, String)],
) -> (Option<&'s str>, &'t str, Option<&'s str>) {
    let mut middle = text;
    let start = starts.iter().find_map(|(from, write)| {
        middle = text.strip_prefix(from.as_str())?;
        Some(write.as_str())
    });
    let whole = middle;
    let end = ends.iter().find_map(|(from, write)| {
        middle = whole.strip_suffix(from.as_str())?;
        Some(write.as_str())
    });
    (start, middle, end)
}

/// Whether a delimiter may have the mark of a number or a fence, both of which begin with `{`; a byte is
/// looked for faster than a text.
fn may_have_mark(delimiter: &str) -> bool {
    memchr::memchr(b'{', delimiter.as_bytes()).is_some()
}

#[cfg(test)]
mod languages;
#[cfg(test)]
mod tests;
