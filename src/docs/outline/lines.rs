//! Lines of a page, and the places of a text that was taken out of it.

use crate::diagnostic::Span;

/// From offsets in a text to offsets in the page that its lines are of.
#[derive(Debug, Clone)]
pub(super) struct Places(Vec<(usize, usize)>);

impl Places {
    /// A text that is the page from `start` on.
    pub(super) fn from_start(start: usize) -> Self {
        Self(vec![(0, start)])
    }

    /// A text of lines, each given by its offset in the text and in the page, in order.
    pub(super) fn of_lines(lines: Vec<(usize, usize)>) -> Self {
        Self(lines)
    }

    /// The offset in the page.
    pub(super) fn at(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|(start, _)| *start <= offset);
        let (start, place) = self.0.get(after.saturating_sub(1)).copied().unwrap_or_default();
        place + offset - start
    }

    /// The place in the page; its end is in the line of its last byte.
    pub(super) fn span(&self, span: Span) -> Span {
        let start = self.at(span.start);
        if span.end <= span.start {
            return Span::new(start, start);
        }
        Span::new(start, self.at(span.end - 1) + 1)
    }
}

/// A line of a text, without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Offset of its first byte.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Line<'_> {
    /// Columns of white space before its text; a tab goes to the next multiple of `tab`.
    pub(super) fn indent(&self, tab: usize) -> usize {
        let blank = self.text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
        blank.fold(
            0,
            |column, byte| if byte == b'\t' { column + tab - column % tab } else { column + 1 },
        )
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The offset after its last byte that is no white space.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.trim_end().len()
    }

    /// The offset of its first byte that is no white space.
    pub(super) fn text_start(&self) -> usize {
        self.start + self.text.len() - self.text.trim_start().len()
    }
}

/// The lines of a text; they end with LF or CR LF.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.strip_suffix('\n').unwrap_or(line);
        lines.push(Line { start, text: body.strip_suffix('\r').unwrap_or(body) });
        start += line.len();
    }
    lines
}
