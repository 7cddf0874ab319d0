//! The regions of a page: which markers belong together, and where each has its request.

use crate::diagnostic::{Diagnostic, Span};

use super::arguments::Arguments;
use super::outline::{Block, Code, Edge, Marker};
use super::{Format, Mode, code};

/// A part of a page that becomes snippets.
#[derive(Debug)]
pub(super) struct Place<'p, 'b> {
    /// What is replaced.
    pub(super) span: Span,
    /// The marker or the fence, for what is said of the region.
    pub(super) named: Span,
    pub(super) arguments: Arguments<'p>,
    /// The block of code with the request, where the page has it.
    pub(super) code: Option<&'b Code>,
    /// What is before each line.
    pub(super) prefix: String,
    pub(super) kind: Kind,
}

/// What a region is in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Between two markers, which stay.
    Marked,
    /// A fence, of which nothing stays.
    Fence,
}

/// The regions of a page, and what is wrong with its markers.
pub(super) fn find<'p, 'b>(
    page: &'p str,
    format: Format,
    mode: Mode,
    blocks: &'b [Block],
) -> (Vec<Place<'p, 'b>>, Vec<Diagnostic>) {
    let mut finder = Finder { page, format, regions: Vec::new(), diagnostics: Vec::new() };
    let mut open: Option<Marker> = None;
    // What ends a region that another began in is not known: neither is written.
    let mut is_doubtful = false;
    let mut above: Option<&Code> = None;
    for block in blocks {
        match block {
            Block::Misplaced(span) => finder.misplaced(*span),
            Block::Marker(marker) => match (marker.edge, open) {
                (Edge::Begin, None) => open = Some(*marker),
                (Edge::Begin, Some(_)) => {
                    finder.nested(marker.span);
                    is_doubtful = true;
                }
                // There a marker is of the text around it by its indentation.
                (Edge::End, Some(begin))
                    if format == Format::ReStructuredText
                        && prefix_of(page, begin.span.start)
                            != prefix_of(page, marker.span.start) => {}
                (Edge::End, Some(begin)) => {
                    if !std::mem::take(&mut is_doubtful) {
                        finder.close(begin, *marker, above);
                    }
                    open = None;
                }
                (Edge::End, None) => {
                    let message = "this marker ends no region";
                    finder.unpaired(marker.span, message, "requote:begin …", "above it");
                }
            },
            Block::Code(_) if open.is_some() => {}
            Block::Code(code) => {
                let arguments = Arguments::of_info(page, code.info);
                match arguments.filter(|_| mode == Mode::Build) {
                    Some(arguments) => finder.fence(code, arguments),
                    None => above = Some(code),
                }
            }
        }
    }
    if let Some(begin) = open {
        let message = "the region that this marker begins has no end";
        finder.unpaired(begin.span, message, "requote:end", "behind it");
    }
    (finder.regions, finder.diagnostics)
}

struct Finder<'p, 'b> {
    page: &'p str,
    format: Format,
    regions: Vec<Place<'p, 'b>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'p, 'b> Finder<'p, 'b> {
    fn close(&mut self, begin: Marker, end: Marker, above: Option<&'b Code>) {
        // From the line behind the one of the first marker to the line of the other.
        let from = line_end(self.page, begin.span.end);
        let to = line_start(self.page, end.span.start);
        if from > to || !self.page[begin.span.end..from].trim().is_empty() {
            self.misplaced(if from > to { end.span } else { begin.span });
            return;
        }
        self.regions.push(Place {
            span: Span::new(from, to),
            named: begin.span,
            arguments: Arguments::read(self.page, begin.words),
            code: above.filter(|code| is_right_above(self.page, code.span.end, begin.span.start)),
            prefix: prefix_of(self.page, begin.span.start),
            kind: Kind::Marked,
        });
    }

    fn fence(&mut self, code: &'b Code, arguments: Arguments<'p>) {
        let Span { start, end } = code.span;
        let end = start + self.page[start..end].trim_end().len();
        self.regions.push(Place {
            span: Span::new(start, end),
            named: code.info,
            arguments,
            code: Some(code),
            prefix: prefix_of(self.page, start),
            kind: Kind::Fence,
        });
    }

    fn misplaced(&mut self, span: Span) {
        let message =
            "a marker is one comment, `requote:begin …` or `requote:end`, in a line of its own";
        let help = "put it into a line of its own, with a blank line before it";
        self.diagnostics.push(
            Diagnostic::error(code::DOCS_MARKER_PLACE, message).with_span(span).with_help(help),
        );
    }

    fn nested(&mut self, span: Span) {
        let message = "a region begins within another";
        let help = format!("end the other with `{}` first", self.format.marker("requote:end"));
        self.diagnostics.push(
            Diagnostic::error(code::DOCS_MARKER_NESTED, message).with_span(span).with_help(help),
        );
    }

    fn unpaired(&mut self, span: Span, message: &str, words: &str, place: &str) {
        let help = format!(
            "write `{}` {place}, at the same indentation and outside of blocks of code",
            self.format.marker(words)
        );
        self.diagnostics.push(
            Diagnostic::error(code::DOCS_MARKER_UNPAIRED, message).with_span(span).with_help(help),
        );
    }
}

/// Whether nothing but white space and the marks of quotes is between two places.
fn is_right_above(page: &str, end: usize, start: usize) -> bool {
    page.get(end..start)
        .is_some_and(|between| between.chars().all(|c| c.is_whitespace() || c == '>'))
}

/// Where the line of `at` begins.
fn line_start(page: &str, at: usize) -> usize {
    page[..at].rfind('\n').map_or(0, |before| before + 1)
}

/// Where the line behind the one of `at` begins.
fn line_end(page: &str, at: usize) -> usize {
    page[at..].find('\n').map_or(page.len(), |rest| at + rest + 1)
}

/// What is before the lines of the container that `at` is in: its indentation and the marks of quotes.
/// The mark of a list item becomes as many spaces.
fn prefix_of(page: &str, at: usize) -> String {
    let head = page[line_start(page, at)..at].trim_start_matches('\u{feff}');
    head.chars().map(|c| if matches!(c, '>' | ' ' | '\t') { c } else { ' ' }).collect()
}
