//! `[[string]]` as it stands in `language.toml`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::StringStyle;
use super::concat::Concat;
use crate::literal::RAW_BREAK;
use crate::literal::class::Class;
use crate::literal::matcher::{Matcher, Other, Rule};

/// The place of a number in a delimiter.
pub(super) const NUMBER: &str = "{number}";

/// The beginning of the names of families whose strings take variables within the text.
const INTERPOLATED: &str = "interpolated";

/// One way in which a language writes a string.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct StringTable {
    /// What stands before the text. `{fence}` is the repeated `fence`; `{number}` in both delimiters is nothing,
    /// or else the first number with which the closing one does not occur in the text (`EOT`, `EOT1`).
    pub(super) open: String,
    /// What stands after it.
    pub(super) close: String,
    /// Repeated in `open` and `close` until `close` does not occur in the text (Rust's `#`).
    #[serde(default)]
    pub(super) fence: String,
    /// Sequences with an escape of their own.
    #[serde(default)]
    pub(super) escapes: BTreeMap<String, Rule>,
    /// Escapes of what must not stand raw, by code point, in ascending order of `up-to`.
    #[serde(default)]
    pub(super) other: Vec<Other>,
    /// Sequences that the style cannot hold at all.
    #[serde(default)]
    pub(super) forbid: Vec<String>,
    /// The ASCII characters of which the text must consist; `a-z` is a range. It is for words and symbols
    /// that have no delimiters.
    pub(super) only: Option<Class>,
    /// The ASCII characters with which it must begin: the style then holds no empty text.
    pub(super) only_start: Option<Class>,
    /// Sequences that no line of the text may begin with.
    #[serde(default)]
    pub(super) forbid_line_start: Vec<String>,
    /// Sequences that the text may not begin with.
    #[serde(default)]
    pub(super) forbid_start: Vec<String>,
    /// Sequences that the text may not end with.
    #[serde(default)]
    pub(super) forbid_end: Vec<String>,
    /// Sequences that the text may not hold an odd number of times.
    #[serde(default)]
    pub(super) forbid_odd: Vec<String>,
    /// Characters of ASCII of which a run is doubled at the end of the text and in front of those
    /// named here (backslashes in front of quotes, in a command line of Windows).
    #[serde(default)]
    pub(super) doubled: BTreeMap<char, String>,
    /// Sequences written otherwise at the beginning of the text.
    #[serde(default)]
    pub(super) start: BTreeMap<String, String>,
    /// Sequences written otherwise where they follow a variable within the string (a bracket that would
    /// begin a subscript, in Perl).
    #[serde(default)]
    pub(super) after_variable: BTreeMap<String, String>,
    /// Sequences written otherwise at the end of the text (a quote before the closing ones).
    #[serde(default)]
    pub(super) end: BTreeMap<String, String>,
    /// An opening and a closing character that the text must hold in pairs, properly nested, since
    /// the literal ends where its own pair does (Tcl's braces).
    #[serde(default)]
    pub(super) balanced: Option<(char, char)>,
    /// Whether of a run of quotes at the end the last ones close the literal, so that the text may end with
    /// others (Nim's `""""`). It is only for `requote template check`.
    #[serde(default)]
    pub(super) ends_last: bool,
    /// Which texts the style is for.
    #[serde(default)]
    pub(super) lines: UsedFor,
    /// What a raw line end of the literal is.
    #[serde(default)]
    pub(super) line_ends: RawLineEnd,
    /// Whether everything outside ASCII is escaped.
    #[serde(default)]
    pub(super) ascii: bool,
    /// The last code point that may stand raw, where the language's own readers know no more.
    pub(super) raw_up_to: Option<u32>,
    /// A name by which a template asks for this style and its like (`str(style="printf")`); the
    /// styles without one are the language's ordinary strings.
    #[serde(default)]
    pub(super) family: String,
    /// What the style costs the reader before any escape, in characters.
    #[serde(default)]
    pub(super) cost: usize,
    /// Whether the lines stand indented in the code and the language takes the common indentation
    /// away, and white space at the end of each line (Java's text blocks).
    #[serde(default)]
    pub(super) margin: bool,
    /// Whether the lines of such a literal stand one level deeper than its closing delimiter, which
    /// has a line to itself (Ruby's heredocs).
    #[serde(default)]
    hangs: bool,
    /// Stands before each line of the text, all of which have lines of the code to themselves,
    /// indented once more (Zig's `\\`). Within delimiters, it stands before each line but the first (`|`).
    #[serde(default)]
    pub(super) lead: String,
    /// How what no literal holds is joined to literals.
    pub(super) concat: Option<Concat>,
}

/// Which texts a style is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UsedFor {
    /// Texts in one line; a line feed needs an escape.
    #[default]
    One,
    /// Texts of many lines; line feeds stand raw.
    Many,
    /// Both; line feeds stand raw.
    Any,
}

/// What a raw line end of a literal is in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawLineEnd {
    /// A line feed, whatever the line ends of the file are.
    #[default]
    LineFeed,
    /// The line end of the file: CR LF in a file that was saved so.
    OfFile,
}

/// Why a table is no style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadStyle {
    /// `fence` has no place in `open`, in `close` or in both.
    FenceWithoutPlace,
    /// `{number}` is in one of `open` and `close` only, or beside a `fence`.
    NumberWithoutPlace,
    /// `lead` with one delimiter, or with a margin.
    LeadWithOneDelimiter,
    /// `concat` with a key for literals that it cannot join.
    ConcatWith(&'static str),
}

impl fmt::Display for BadStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FenceWithoutPlace => f.write_str(
                "`fence` needs a place in `open` and in `close`: write `{fence}` there",
            ),
            Self::NumberWithoutPlace => f.write_str(
                "`{number}` is in `open` and in `close`, or in none of them, and not beside `fence`",
            ),
            Self::LeadWithOneDelimiter => f.write_str(
                "`lead` begins each line: `open` and `close` are both empty, or both are not, and \
                 `margin` is not set",
            ),
            Self::ConcatWith(key) => write!(
                f,
                "`concat` joins literals of one line, with plain delimiters: `{key}` does not go with it"
            ),
        }
    }
}

impl TryFrom<StringTable> for StringStyle {
    type Error = BadStyle;

    fn try_from(table: StringTable) -> Result<Self, BadStyle> {
        let lacks_place = |delimiter: &str| !delimiter.contains("{fence}");
        if !table.fence.is_empty() && (lacks_place(&table.open) || lacks_place(&table.close)) {
            return Err(BadStyle::FenceWithoutPlace);
        }
        let has_number = |delimiter: &str| delimiter.contains(NUMBER);
        let is_numbered = has_number(&table.open) || has_number(&table.close);
        let is_everywhere = has_number(&table.open) && has_number(&table.close);
        if is_numbered && (!is_everywhere || !table.fence.is_empty()) {
            return Err(BadStyle::NumberWithoutPlace);
        }
        let has_one = table.open.is_empty() != table.close.is_empty();
        if !table.lead.is_empty() && (has_one || table.margin) {
            return Err(BadStyle::LeadWithOneDelimiter);
        }
        if let Some(concat) = &table.concat
            && let Some(key) = table.unfit_for(concat)
        {
            return Err(BadStyle::ConcatWith(key));
        }
        Ok(Self::from_sound(table))
    }
}

impl StringTable {
    /// A key that does not go with `concat`.
    fn unfit_for(&self, concat: &Concat) -> Option<&'static str> {
        let keys = [
            ("open", self.open.is_empty()),
            ("close", self.close.is_empty()),
            ("lines", self.lines != UsedFor::One),
            ("margin", self.margin),
            ("lead", !self.lead.is_empty()),
            ("fence", !self.fence.is_empty()),
            ("{number}", self.open.contains(NUMBER)),
            ("balanced", self.balanced.is_some()),
            ("start", !self.start.is_empty()),
            ("end", !self.end.is_empty()),
            ("doubled", !self.doubled.is_empty()),
            ("family", self.family.starts_with(INTERPOLATED)),
            ("other", !self.other.is_empty() && !concat.other.is_empty()),
        ];
        keys.into_iter().find(|(_, is_set)| *is_set).map(|(key, _)| key)
    }
}

impl StringStyle {
    /// The style of a table whose keys fit together.
    fn from_sound(table: StringTable) -> Self {
        let raw_lines = table.lines != UsedFor::One;
        let raw_up_to = match table.raw_up_to {
            _ if table.ascii => 0x7f,
            Some(limit) => limit,
            None => u32::from(char::MAX),
        };
        // A line begins where the text does, and behind each line feed.
        let (mut forbid, mut forbid_start) = (table.forbid, table.forbid_start);
        forbid.extend(table.forbid_line_start.iter().map(|start| format!("\n{start}")));
        forbid_start.extend(table.forbid_line_start);
        let has_whole = [&forbid, &forbid_start, &table.forbid_end, &table.forbid_odd]
            .into_iter()
            .any(|sequences| !sequences.is_empty());
        let has_class = table.only.is_some() || table.only_start.is_some();
        let admits_all = !has_whole && !has_class && !table.margin && table.balanced.is_none();
        let is_uniform = table.start.is_empty() && table.end.is_empty();
        Self {
            admits_all,
            is_uniform,
            is_simple: admits_all
                && is_uniform
                && table.fence.is_empty()
                && table.lead.is_empty()
                && table.concat.is_none()
                && !table.open.contains(NUMBER)
                && table.line_ends == RawLineEnd::LineFeed
                && table.cost == 0,
            matcher: match &table.concat {
                Some(concat) => {
                    let other = if concat.other.is_empty() { &table.other } else { &concat.other };
                    Matcher::new(&concat.rules(&table.escapes), other, raw_lines, raw_up_to)
                }
                None => Matcher::new(&table.escapes, &table.other, raw_lines, raw_up_to)
                    .doubling(&table.doubled),
            },
            // A line feed in a delimiter is one of the literal.
            open: table.open.replace('\n', &RAW_BREAK.to_string()),
            close: table.close.replace('\n', &RAW_BREAK.to_string()),
            fence: table.fence,
            forbid,
            forbid_start,
            forbid_end: table.forbid_end,
            forbid_odd: table.forbid_odd,
            start: table.start.into_iter().collect(),
            after_variable: table.after_variable.into_iter().collect(),
            end: table.end.into_iter().collect(),
            balanced: table.balanced,
            lines: table.lines,
            line_ends: table.line_ends,
            cost: table.cost,
            family: table.family,
            margin: table.margin,
            hangs: table.hangs,
            lead: table.lead,
            only: table.only,
            only_start: table.only_start,
            concat: table.concat,
            unit: String::new(),
        }
    }
}
