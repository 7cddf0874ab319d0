//! MDX, read by the parser of its own authors.

use markdown::mdast::Node;
use markdown::unist::Position;
use markdown::{ParseOptions, to_mdast};

use crate::diagnostic::Span;

use super::lines::{Places, lines};
use super::{Block, Code, WORD};

/// The parser takes time in the square of the lines of a block and of the marks of a paragraph: with so many in a
/// page, some seconds.
const MAX_LINES: usize = 20_000;
const MAX_MARKS: usize = 20_000;

/// What begins emphasis, links, quotes and elements.
const MARKS: [char; 5] = ['[', '*', '_', '<', '>'];

/// Adds the blocks of `text`, or says why it is no MDX.
pub(super) fn read(text: &str, places: &Places, blocks: &mut Vec<Block>) -> Result<(), String> {
    check_size(text)?;
    let mut options = ParseOptions::mdx();
    options.constructs.frontmatter = true;
    let root = to_mdast(text, &options).map_err(|message| message.to_string())?;
    let mut nodes = vec![&root];
    while let Some(node) = nodes.pop() {
        match node {
            Node::MdxFlowExpression(expression) => {
                if let Some(span) = span_of(expression.position.as_ref(), text) {
                    blocks.extend(read_comment(text, span, places));
                }
            }
            Node::MdxTextExpression(expression) => {
                let is_marker = expression.value.trim_start().strip_prefix("/*");
                if is_marker.is_some_and(|words| words.trim_start().starts_with(WORD)) {
                    let span = span_of(expression.position.as_ref(), text);
                    blocks.extend(span.map(|span| Block::Misplaced(places.span(span))));
                }
            }
            Node::Code(code) => {
                if let Some(span) = span_of(code.position.as_ref(), text) {
                    blocks.extend(read_code(text, span, &code.value, places).map(Block::Code));
                }
            }
            other => nodes.extend(other.children().into_iter().flatten()),
        }
    }
    Ok(())
}

/// Refuses a page for which the parser would take minutes.
fn check_size(text: &str) -> Result<(), String> {
    let (lines, marks) = (text.matches('\n').count(), text.matches(MARKS).count());
    let told = |count: usize, what: &str, limit: usize| {
        Err(format!(
            "it has {count} {what}, and a page of MDX with snippets has at most {limit}: make several pages of it"
        ))
    };
    if lines > MAX_LINES {
        return told(lines, "lines", MAX_LINES);
    }
    if marks > MAX_MARKS {
        return told(marks, "of the characters `[`, `*`, `_`, `<` and `>`", MAX_MARKS);
    }
    Ok(())
}

fn span_of(position: Option<&Position>, text: &str) -> Option<Span> {
    let (start, end) = (position?.start.offset, position?.end.offset);
    text.get(start..end).map(|_| Span::new(start, end))
}

/// The marker of an expression `{/* … */}`.
fn read_comment(text: &str, span: Span, places: &Places) -> Option<Block> {
    let inner = text[span.start + 1..span.end].strip_suffix('}')?;
    let words = inner.trim().strip_prefix("/*")?.strip_suffix("*/")?;
    if !words.trim_start().starts_with(WORD) {
        return None;
    }
    let open = 1 + inner.len() - inner.trim_start().len() + 2;
    let close = 1 + inner.len() - inner.trim_end().len() + 2;
    Block::of_comment(text, (span.start, span.end), (open, close), places)
}

/// A fence, whose lines end with the lines of the code.
fn read_code(text: &str, span: Span, value: &str, places: &Places) -> Option<Code> {
    let whole = &text[span.start..span.end];
    let mut rows = lines(whole).into_iter();
    let first = rows.next()?;
    let mark = first.text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = first.text.trim_start_matches(mark);
    let at = span.start + first.text.len() - info.len();
    let blank = info.len() - info.trim_start().len();
    let info = Span::new(at + blank, at + blank + info.trim().len());
    let mut code = Code::new(places.span(span), places.span(info));
    for (row, line) in rows.zip(value.split('\n')) {
        let line = line.trim_end_matches('\r');
        let end = span.start + row.start + row.text.len();
        let start = end.saturating_sub(line.len());
        code.push(line, places.span(Span::new(start, end)));
        code.push("\n", places.span(Span::new(end, (end + 1).min(text.len()))));
    }
    Some(code)
}
