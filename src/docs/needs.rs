//! The lines that a page needs once, such as imports of components.

use crate::diagnostic::Diagnostic;

use super::code;
use super::region::Place;

/// The lines that a page has, and those that it still needs.
pub(super) struct Needs<'p> {
    page: &'p str,
    /// The lines outside of the regions.
    outside: Vec<&'p str>,
    /// What its regions write.
    written: Vec<String>,
    /// What regions need that are within a list or a quote, where an import is text: the number of the first.
    owed: Vec<(usize, String)>,
}

impl<'p> Needs<'p> {
    /// Of a page and its regions.
    pub(super) fn new(page: &'p str, places: &[Place<'_, '_>]) -> Self {
        let mut outside = Vec::new();
        let mut from = 0;
        for place in places {
            outside.extend(page[from..place.span.start].lines());
            from = place.span.end;
        }
        if !places.is_empty() {
            outside.extend(page[from..].lines());
        }
        Self { page, outside, written: Vec::new(), owed: Vec::new() }
    }

    /// Those of `lines` that the region with this number, from 1, has to write.
    ///
    /// A line that the region has already stays as it is spelled there: a formatter may like other quotes.
    pub(super) fn take(
        &mut self,
        lines: &[String],
        number: usize,
        place: &Place<'_, '_>,
    ) -> Vec<String> {
        let mut taken = Vec::new();
        for line in lines {
            let is_there = self.outside.iter().any(|it| is_same(it, line))
                || self.written.iter().any(|it| is_same(it, line));
            if is_there {
                continue;
            }
            if !place.prefix.is_empty() {
                self.owed.push((number, line.clone()));
                continue;
            }
            let mut before = self.page[place.span.start..place.span.end].lines();
            let spelled = before.find(|it| is_same(it, line)).unwrap_or(line).to_owned();
            self.written.push(spelled.clone());
            taken.push(spelled);
        }
        taken
    }

    /// The lines that the page lacks, each region by its number.
    pub(super) fn missing(self) -> Vec<(usize, Diagnostic)> {
        let mut told: Vec<String> = Vec::new();
        let mut missing = Vec::new();
        for (number, line) in self.owed {
            let is_there = self.written.iter().chain(&told).any(|it| is_same(it, &line));
            if is_there {
                continue;
            }
            let message = format!("the page lacks the line `{line}`, which its tabs need");
            let help = "write it outside of lists and quotes, in which it is text";
            let error = Diagnostic::error(code::DOCS_LINE_MISSING, message).with_help(help);
            told.push(line);
            missing.push((number, error));
        }
        missing
    }
}

/// Whether two lines differ only in white space, in the kind of their quotes or in a final semicolon.
fn is_same(one: &str, other: &str) -> bool {
    fn core(line: &str) -> impl Iterator<Item = char> {
        let line = line.trim().trim_end_matches(';');
        let solid = line.chars().filter(|c| !c.is_whitespace());
        solid.map(|c| if c == '\'' { '"' } else { c })
    }
    core(one).eq(core(other))
}
