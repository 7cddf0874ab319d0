//! The lines of a log, one after another.

use std::ops::Range;

use super::super::layer;

pub(super) struct Lines<'a> {
    pub(super) bytes: &'a [u8],
    places: Vec<Range<usize>>,
    /// The number of the line that is read next.
    pub(super) at: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, places: layer::lines(bytes).collect(), at: 0 }
    }

    /// The place of a line without white space at its end; the end of the text where there is no such line.
    pub(super) fn place(&self, at: usize) -> Range<usize> {
        let line = self.whole(at);
        line.start..line.start + self.bytes[line].trim_ascii_end().len()
    }

    /// The place of a line with its line end.
    pub(super) fn whole(&self, at: usize) -> Range<usize> {
        let end = self.bytes.len();
        self.places.get(at).cloned().unwrap_or(end..end)
    }

    /// A line without white space at its end.
    pub(super) fn text(&self, at: usize) -> &'a [u8] {
        &self.bytes[self.place(at)]
    }

    /// The line that is read next.
    pub(super) fn next_text(&self) -> Option<&'a [u8]> {
        (self.at < self.places.len()).then(|| self.text(self.at))
    }

    /// Goes behind the next line that is one of those, and gives its number.
    pub(super) fn skip_to(&mut self, is_it: fn(&[u8]) -> bool) -> Option<usize> {
        while let Some(text) = self.next_text() {
            self.at += 1;
            if is_it(text) {
                return Some(self.at - 1);
            }
        }
        None
    }
}
