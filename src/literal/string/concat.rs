//! A text that no literal holds as a whole: literals and other expressions that the language joins.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::StringStyle;
use super::sink::cost_of_escape;
use super::{Place, SOFT_BREAK};
use crate::literal::RAW_BREAK;
use crate::literal::matcher::{Other, Rule, Sink};
use crate::literal::template::NumberTemplate;

/// Before what a rule writes, where it is an expression and no part of a literal.
const NAMED: char = '\u{4}';

/// How pieces of a text are joined (`"a" & vbTab & "b"`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Concat {
    /// Between two pieces.
    pub(super) join: String,
    /// Before the pieces, where there is more than one (`(concatenate 'string `).
    #[serde(default)]
    pub(super) open: String,
    /// Behind them.
    #[serde(default)]
    pub(super) close: String,
    /// Sequences that are a piece of their own, and its expression (`vbTab`).
    #[serde(default)]
    pub(super) names: BTreeMap<String, String>,
    /// Code points that are a piece of their own, in ascending order of `up-to`: what must not stand raw
    /// in a literal, and has no rule.
    #[serde(default)]
    pub(super) other: Vec<Other>,
    /// The most characters of code between the delimiters of one literal. Zero: no limit.
    #[serde(default)]
    pub(super) longest: usize,
    /// The columns that a line may have: a text that would pass them goes on in the next line. Zero: no limit.
    #[serde(default)]
    pub(super) width: usize,
    /// What ends a line that goes on in the next one (` & _`).
    #[serde(default)]
    pub(super) line_end: String,
    /// What begins each line but the first, behind its indentation.
    #[serde(default)]
    pub(super) line_start: String,
}

/// A part of the text.
#[derive(Debug)]
enum Piece {
    /// What is between the delimiters of a literal, and where each character or escape of it ends.
    Literal { inner: String, ends: Vec<usize> },
    /// An expression.
    Named(String),
}

/// Takes a text to pieces.
struct Pieces {
    list: Vec<Piece>,
    /// The characters of the literal that comes last.
    length: usize,
    longest: usize,
    cost: usize,
}

impl Pieces {
    fn push_unit(&mut self, unit: &str) {
        let length = unit.chars().count();
        if let Some(Piece::Literal { inner, ends }) = self.list.last_mut()
            && self.length + length <= self.longest
        {
            self.length += length;
            inner.push_str(unit);
            ends.push(inner.len());
            return;
        }
        self.length = length;
        self.list.push(Piece::Literal { inner: unit.to_owned(), ends: vec![unit.len()] });
    }
}

impl Sink for Pieces {
    fn raw(&mut self, text: &str) {
        let mut buffer = [0; 4];
        for c in text.chars() {
            self.push_unit(c.encode_utf8(&mut buffer));
        }
    }

    fn escape(&mut self, text: &str) {
        self.cost += cost_of_escape(text);
        match text.strip_prefix(NAMED) {
            Some(name) => self.list.push(Piece::Named(name.to_owned())),
            None => self.push_unit(text),
        }
    }

    fn number(&mut self, template: &NumberTemplate, number: u32) {
        self.cost += template.len();
        let mut code = String::new();
        template.write(&mut code, number);
        self.list.push(Piece::Named(code));
    }

    fn line_break(&mut self) {
        self.push_unit(&RAW_BREAK.to_string());
    }
}

impl Piece {
    fn code(&self, style: &StringStyle) -> String {
        match self {
            Self::Literal { inner, .. } => format!("{}{inner}{}", style.open, style.close),
            Self::Named(code) => code.clone(),
        }
    }

    /// What of a literal has `room` characters of code, its delimiters included, and the rest of it; nothing
    /// where the piece cannot be cut.
    fn cut(&self, style: &StringStyle, room: usize) -> Option<(Self, Self)> {
        let Self::Literal { inner, ends } = self else { return None };
        let delimiters = style.open.chars().count() + style.close.chars().count();
        let fits = |end: &&usize| inner[..**end].chars().count() + delimiters <= room;
        let count = ends.iter().take_while(fits).count().max(1);
        let (&at, rest) = (ends.get(count - 1)?, ends.get(count..)?);
        let of = |inner: &str, ends: Vec<usize>| Self::Literal { inner: inner.to_owned(), ends };
        let tail = of(&inner[at..], rest.iter().map(|end| end - at).collect());
        (!rest.is_empty()).then(|| (of(&inner[..at], ends[..count].to_vec()), tail))
    }
}

impl Concat {
    /// The rules of a literal, and those of the pieces between literals.
    pub(super) fn rules(&self, escapes: &BTreeMap<String, Rule>) -> BTreeMap<String, Rule> {
        let mut rules = escapes.clone();
        for (from, name) in &self.names {
            rules.insert(from.clone(), Rule::Always(format!("{NAMED}{name}")));
        }
        rules
    }

    /// The characters that escapes and seams add; the error is the first code point that cannot be written.
    pub(super) fn cost(&self, style: &StringStyle, text: &str) -> Result<usize, char> {
        let (pieces, cost) = self.take_apart(style, text)?;
        Ok(cost + (pieces.len() - 1) * self.join.len())
    }

    /// Appends the literal, or the expression that joins several.
    pub(super) fn write(
        &self,
        style: &StringStyle,
        out: &mut String,
        text: &str,
        place: Place,
    ) -> Result<(), char> {
        let (pieces, _) = self.take_apart(style, text)?;
        let start = out.len();
        let is_one = pieces.len() == 1;
        if !is_one {
            out.push_str(&self.open);
        }
        for (at, piece) in pieces.iter().enumerate() {
            if at > 0 {
                out.push_str(&self.join);
            }
            out.push_str(&piece.code(style));
        }
        if !is_one {
            out.push_str(&self.close);
        }
        let columns = place.column + out[start..].chars().count();
        if self.width > 0 && columns >= self.width {
            out.truncate(start);
            self.write_lines(style, out, pieces, place);
        }
        Ok(())
    }

    fn take_apart(&self, style: &StringStyle, text: &str) -> Result<(Vec<Piece>, usize), char> {
        let longest = if self.longest == 0 { usize::MAX } else { self.longest };
        let mut pieces = Pieces { list: Vec::new(), length: 0, longest, cost: style.cost };
        style.matcher.walk(text, &mut pieces)?;
        if pieces.list.is_empty() {
            pieces.push_unit("");
        }
        Ok((pieces.list, pieces.cost))
    }

    /// As many pieces in a line as fit; a literal that is too long for one is cut.
    fn write_lines(&self, style: &StringStyle, out: &mut String, pieces: Vec<Piece>, place: Place) {
        let begin = format!("{}{}", style.unit.repeat(place.level + 1), self.line_start);
        // What may follow the last piece needs a column, too.
        let reserve = self.line_end.len().max(self.close.len() + 1);
        let next_room = self.width.saturating_sub(begin.chars().count() + reserve);
        let mut room = self.width.saturating_sub(place.column + self.open.len() + reserve);
        let mut is_begin = true;
        out.push_str(&self.open);
        let new_line = |out: &mut String| {
            out.push_str(&self.line_end);
            out.push(SOFT_BREAK);
            out.push_str(&begin);
        };
        for mut piece in pieces {
            loop {
                let code = piece.code(style);
                let seam = if is_begin { "" } else { self.join.as_str() };
                let columns = seam.chars().count() + code.chars().count();
                if columns > room && !is_begin {
                    new_line(out);
                    (room, is_begin) = (next_room, true);
                } else if columns > room
                    && let Some((head, tail)) = piece.cut(style, room)
                {
                    out.push_str(&head.code(style));
                    new_line(out);
                    (room, piece) = (next_room, tail);
                } else {
                    out.push_str(seam);
                    out.push_str(&code);
                    room = room.saturating_sub(columns);
                    is_begin = false;
                    break;
                }
            }
        }
        out.push_str(&self.close);
    }
}
