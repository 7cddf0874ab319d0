//! A page as its format reads it, as far as it matters here: markers, and blocks of code.

mod asciidoc;
mod lines;
mod markdown;
#[cfg_attr(not(feature = "mdx"), path = "no_mdx.rs")]
mod mdx;
mod nested;
mod rst;

use crate::diagnostic::{Diagnostic, Span};
use crate::input::SpanMap;

use super::{Format, Refusal, code};
use lines::Places;

/// What begins every marker.
const WORD: &str = "requote:";

/// A part of a page.
#[derive(Debug)]
pub(super) enum Block {
    /// A marker.
    Marker(Marker),
    /// A block of code.
    Code(Code),
    /// What looks like a marker and is none.
    Misplaced(Span),
}

/// A comment that is a marker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    /// Whether it begins a region or ends one.
    pub(super) edge: Edge,
    /// The comment.
    pub(super) span: Span,
    /// What follows the first word of the comment.
    pub(super) words: Span,
}

/// Which end of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Begin,
    End,
}

/// A block of code.
#[derive(Debug)]
pub(super) struct Code {
    /// All of it, from the first line to the last.
    pub(super) span: Span,
    /// The info string: the language, and what follows it.
    pub(super) info: Span,
    /// The code, its lines ending with LF.
    pub(super) text: String,
    /// From places in the code to places in the page.
    pub(super) map: SpanMap,
}

impl Code {
    fn new(span: Span, info: Span) -> Self {
        Self { span, info, text: String::new(), map: SpanMap::default() }
    }

    /// Appends what the page has at `source`.
    fn push(&mut self, text: &str, source: Span) {
        let at = self.text.len();
        self.text.push_str(text);
        self.map.push(at, self.text.len(), source);
    }
}

impl Block {
    fn start(&self) -> usize {
        match self {
            Self::Marker(marker) => marker.span.start,
            Self::Code(code) => code.span.start,
            Self::Misplaced(span) => span.start,
        }
    }

    /// A comment at `start..end` of `text` whose delimiters have these lengths, if it is of requote.
    fn of_comment(
        text: &str,
        (start, end): (usize, usize),
        (open, close): (usize, usize),
        places: &Places,
    ) -> Option<Self> {
        let inner = text.get(start + open..end.checked_sub(close)?)?;
        let blank = inner.len() - inner.trim_start().len();
        let words = inner.trim();
        let word = words.split_whitespace().next()?;
        let span = places.span(Span::new(start, end));
        let edge = match word.strip_prefix(WORD)? {
            "begin" => Edge::Begin,
            "end" => Edge::End,
            _ => return Some(Self::Misplaced(span)),
        };
        let from = start + open + blank;
        let words = places.span(Span::new(from + word.len(), from + words.len()));
        Some(Self::Marker(Marker { edge, span, words }))
    }
}

/// The blocks of a page, in order.
pub(super) fn read(page: &str, format: Format) -> Result<Vec<Block>, Refusal> {
    let mut blocks = Vec::new();
    // Most pages have nothing for requote.
    if !page.contains("requote") {
        return Ok(blocks);
    }
    let places = Places::from_start(page.len() - without_byte_order_mark(page).len());
    let text = without_byte_order_mark(page);
    match format {
        Format::Markdown if text.contains("<!-- requote") || !text.contains("{/* requote") => {
            markdown::read(text, &places, &mut blocks);
        }
        Format::Markdown | Format::Mdx => {
            if let Err(reason) = mdx::read(text, &places, &mut blocks) {
                blocks.clear();
                if !text.contains("<!--") {
                    let message = format!("the page cannot be read as MDX: {reason}");
                    return Err(Box::new(Diagnostic::error(code::DOCS_PAGE_UNREADABLE, message)));
                }
                markdown::read(text, &places, &mut blocks);
            }
        }
        Format::ReStructuredText => rst::read(text, &places, &mut blocks),
        Format::AsciiDoc => asciidoc::read(text, &places, &mut blocks),
    }
    blocks.sort_by_key(Block::start);
    Ok(blocks)
}

fn without_byte_order_mark(page: &str) -> &str {
    page.strip_prefix('\u{feff}').unwrap_or(page)
}
