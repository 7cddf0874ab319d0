//! `AsciiDoc`: line comments and delimited blocks of code, found by lines.

use crate::diagnostic::Span;

use super::lines::{Line, Places, lines};
use super::{Block, Code, WORD};

/// Adds the blocks of `text`.
pub(super) fn read(text: &str, places: &Places, blocks: &mut Vec<Block>) {
    let lines = lines(text);
    let mut attributes: Option<&Line<'_>> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let row = line.text.trim_end();
        if let Some(comment) = row.strip_prefix("//").filter(|it| !it.starts_with('/')) {
            if comment.trim_start().starts_with(WORD) {
                let ends = (line.start, line.end());
                blocks.extend(Block::of_comment(text, ends, (2, 0), places));
            }
        } else if row.starts_with('[') && row.ends_with(']') {
            attributes = Some(line);
            continue;
        } else if is_title(row) && attributes.is_some() {
            continue;
        } else if let Some(delimiter) = verbatim_delimiter(row) {
            let rest = &lines[at..];
            let length = rest.iter().take_while(|it| it.text.trim_end() != delimiter).count();
            if !row.starts_with("////") && !row.starts_with("++++") {
                let end = rest.get(length).or(rest.last()).unwrap_or(line).end();
                blocks.push(Block::Code(read_code(attributes, line, &rest[..length], end, places)));
            }
            at += length + 1;
        }
        attributes = None;
    }
}

/// `.Title` of a block.
fn is_title(row: &str) -> bool {
    row.strip_prefix('.').is_some_and(|title| !title.starts_with(['.', ' ']) && !title.is_empty())
}

/// The delimiter of a block whose content is not read as markup.
fn verbatim_delimiter(row: &str) -> Option<&str> {
    let is_run = |mark: char| row.len() >= 4 && row.chars().all(|c| c == mark);
    if ['-', '.', '/', '+'].into_iter().any(is_run) {
        return Some(row);
    }
    // A fence of Markdown.
    row.starts_with("```").then_some("```")
}

/// A block with its attributes: `[source,http]`.
fn read_code(
    attributes: Option<&Line<'_>>,
    open: &Line<'_>,
    content: &[Line<'_>],
    end: usize,
    places: &Places,
) -> Code {
    let start = attributes.unwrap_or(open).start;
    let info = match attributes {
        Some(line) => Span::new(line.start + 1, line.end() - 1),
        None => Span::new(open.end(), open.end()),
    };
    let mut code = Code::new(places.span(Span::new(start, end)), places.span(info));
    for line in content {
        let end = line.start + line.text.len();
        code.push(line.text, places.span(Span::new(line.start, end)));
        code.push("\n", places.span(Span::new(end, end + 1)));
    }
    code
}
