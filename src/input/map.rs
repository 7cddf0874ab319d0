//! From places in a message that a reader wrote to places in the input that it was read from.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};

/// How many pieces a text is divided into at most, where they follow each other in the input: beyond
/// them a place is that of a longer piece. It bounds the memory that a long body with many escapes takes.
const MAX_RUNS: usize = 1 << 16;

/// Says for each byte of a text which bytes of the input it was read from.
///
/// An empty map is the identity: the text is the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpanMap {
    runs: Vec<Run>,
    /// The map of the input itself, where that was decoded from something else.
    under: Option<Arc<SpanMap>>,
}

/// A piece of the text, and its place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Offset of its first byte in the text.
    at: usize,
    /// Offset after its last byte in the text.
    end: usize,
    source: Span,
}

impl Run {
    /// How many bytes of the input make one byte of the text, where that is a whole number.
    fn stride(&self) -> Option<usize> {
        let (length, source) = (self.end - self.at, self.source.end - self.source.start);
        source.is_multiple_of(length).then_some(source / length).filter(|stride| *stride > 0)
    }

    fn start_of(&self, offset: usize) -> usize {
        self.stride()
            .map_or(self.source.start, |stride| self.source.start + (offset - self.at) * stride)
    }

    fn end_of(&self, offset: usize) -> usize {
        self.stride()
            .map_or(self.source.end, |stride| self.source.start + (offset - self.at) * stride)
    }
}

impl SpanMap {
    /// The place in the input of a place in the text.
    pub fn locate(&self, span: Span) -> Span {
        let place = self.locate_once(span);
        self.under.as_ref().map_or(place, |under| under.locate(place))
    }

    fn locate_once(&self, span: Span) -> Span {
        let Some(last) = self.runs.last() else { return span };
        if span.start >= last.end {
            return Span::new(last.source.end, last.source.end);
        }
        let first = self.run_at(span.start);
        let start = first.start_of(span.start.max(first.at));
        if span.end <= span.start {
            return Span::new(start, start);
        }
        let run = self.run_at(span.end - 1);
        let end = run.end_of(span.end.min(run.end));
        // What was written in another order than it was read has no one place: its beginning has.
        Span::new(start, if end < start { first.source.end } else { end })
    }

    /// Moves the place of a diagnostic about the text into `input`, with its line and column.
    pub fn relocate(&self, diagnostic: &mut Diagnostic, input: &[u8]) {
        diagnostic.span = diagnostic.span.map(|span| self.locate(span));
        diagnostic.locate(input);
    }

    /// The run that holds an offset below the end of the last one.
    fn run_at(&self, offset: usize) -> &Run {
        let after = self.runs.partition_point(|run| run.at <= offset);
        &self.runs[after.saturating_sub(1)]
    }

    /// Says that the input of this map was itself read through `under`.
    #[must_use]
    pub(super) fn over(mut self, under: &Arc<Self>) -> Self {
        match &mut self.under {
            Some(inner) => *inner = Arc::new(Self::clone(inner).over(under)),
            None => self.under = Some(Arc::clone(under)),
        }
        self
    }

    /// Adds the text `at..end`, read from `source`.
    pub(crate) fn push(&mut self, at: usize, end: usize, source: Span) {
        if at == end {
            return;
        }
        let run = Run { at, end, source };
        let is_full = self.runs.len() >= MAX_RUNS;
        if let Some(last) = self.runs.last_mut() {
            let is_next = last.end == at && last.source.end == source.start;
            let is_like = last.stride().is_some() && last.stride() == run.stride();
            if is_next && (is_like || is_full) {
                last.end = end;
                last.source.end = source.end;
                return;
            }
        }
        self.runs.push(run);
    }

    /// Adds the runs of another text that begins at `at` of this one and lies at `from..to` there.
    pub(super) fn push_part(&mut self, at: usize, other: &Self, from: usize, to: usize) {
        let first = other.runs.partition_point(|run| run.end <= from);
        for run in &other.runs[first..] {
            if run.at >= to {
                break;
            }
            let (start, end) = (run.at.max(from), run.end.min(to));
            let source = Span::new(run.start_of(start), run.end_of(end));
            self.push(at + start - from, at + end - from, source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(runs: &[(usize, usize, usize, usize)]) -> SpanMap {
        let mut map = SpanMap::default();
        for &(at, end, start, stop) in runs {
            map.push(at, end, Span::new(start, stop));
        }
        map
    }

    #[test]
    fn an_empty_map_changes_nothing() {
        assert_eq!(SpanMap::default().locate(Span::new(3, 9)), Span::new(3, 9));
    }

    #[test]
    fn a_run_of_equal_length_is_mapped_byte_for_byte() {
        let map = map(&[(0, 4, 10, 14), (4, 6, 20, 26), (6, 9, 40, 41)]);
        assert_eq!(map.locate(Span::new(1, 3)), Span::new(11, 13));
        // Two bytes of six: each is three of the input.
        assert_eq!(map.locate(Span::new(4, 5)), Span::new(20, 23));
        // Three bytes of one: the whole.
        assert_eq!(map.locate(Span::new(7, 8)), Span::new(40, 41));
        assert_eq!(map.locate(Span::new(2, 8)), Span::new(12, 41));
        assert_eq!(map.locate(Span::new(9, 9)), Span::new(41, 41));
        assert_eq!(map.locate(Span::new(99, 120)), Span::new(41, 41));
    }

    #[test]
    fn neighbours_of_one_stride_are_one_run() {
        assert_eq!(map(&[(0, 1, 0, 2), (1, 2, 2, 4)]).runs.len(), 1);
        assert_eq!(map(&[(0, 1, 0, 2), (1, 2, 2, 3)]).runs.len(), 2);
    }

    #[test]
    fn the_memory_for_places_is_bounded() {
        let mut map = SpanMap::default();
        for at in 0..3 * MAX_RUNS {
            // Escapes and plain bytes by turns.
            let (start, end) = (at * 3 / 2, (at + 1) * 3 / 2);
            map.push(at, at + 1, Span::new(start, end));
        }
        assert_eq!(map.runs.len(), MAX_RUNS);
        assert_eq!(map.locate(Span::new(1001, 1002)), Span::new(1501, 1503));
        let late = map.locate(Span::new(2 * MAX_RUNS, 2 * MAX_RUNS + 1));
        assert!(late.start >= MAX_RUNS && late.end <= 9 * MAX_RUNS / 2, "{late:?}");
    }

    #[test]
    fn what_was_read_in_another_order_keeps_its_beginning() {
        assert_eq!(map(&[(0, 2, 30, 32), (2, 4, 5, 7)]).locate(Span::new(0, 4)), Span::new(30, 32));
    }

    #[test]
    fn a_map_over_another_goes_through_both() {
        let under = Arc::new(map(&[(0, 10, 2, 22)]));
        let upper = map(&[(0, 3, 4, 7)]).over(&under);
        assert_eq!(upper.locate(Span::new(1, 2)), Span::new(12, 14));
        let lowest = Arc::new(map(&[(0, 100, 1000, 1100)]));
        assert_eq!(upper.over(&lowest).locate(Span::new(1, 2)), Span::new(1012, 1014));
    }

    #[test]
    fn a_part_keeps_its_places() {
        let whole = map(&[(0, 4, 10, 14), (4, 5, 14, 16)]);
        let mut part = SpanMap::default();
        part.push_part(7, &whole, 2, 5);
        assert_eq!(part.locate(Span::new(7, 8)), Span::new(12, 13));
        assert_eq!(part.locate(Span::new(9, 10)), Span::new(14, 16));
    }
}
