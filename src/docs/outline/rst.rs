//! reStructuredText: comments and blocks of code, found by lines and their indentation.
//!
//! What is indented below a line that ends with `::`, below a directive of verbatim text, or below a
//! comment, is no markup. All other indented text is.

use crate::diagnostic::Span;

use super::lines::{Line, Places, lines};
use super::{Block, Code, WORD};

/// Tab stops of docutils.
const TAB: usize = 8;

/// Directives whose content is code.
const CODE: [&str; 3] = ["code-block", "sourcecode", "code"];

/// Other directives whose content is not read as markup.
const VERBATIM: [&str; 9] = [
    "raw",
    "math",
    "parsed-literal",
    "literal",
    "prompt",
    "graphviz",
    "mermaid",
    "csv-table",
    "highlight",
];

/// Adds the blocks of `text`.
pub(super) fn read(text: &str, places: &Places, blocks: &mut Vec<Block>) {
    let lines = lines(text);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let body = line.text.trim();
        let indent = line.indent(TAB);
        let below = || {
            let rest = &lines[at..];
            let length =
                rest.iter().take_while(|it| it.is_blank() || it.indent(TAB) > indent).count();
            let blank = rest[..length].iter().rev().take_while(|it| it.is_blank()).count();
            &rest[..length - blank]
        };
        if let Some(comment) = body.strip_prefix(".. ").map(str::trim_start) {
            if comment.starts_with(WORD) {
                let (start, end) = (line.text_start(), line.end());
                blocks.extend(Block::of_comment(text, (start, end), (2, 0), places));
            } else if let Some((name, argument)) = split_directive(comment) {
                if CODE.contains(&name) {
                    let content = below();
                    blocks.push(Block::Code(read_code(line, argument, content, places)));
                    at += content.len();
                } else if VERBATIM.contains(&name) {
                    at += below().len();
                }
            } else if !comment.starts_with(['_', '[', '|']) {
                at += below().len();
            }
        } else if body.ends_with("::") {
            at += below().len();
        }
    }
}

/// Name and argument of a directive.
fn split_directive(comment: &str) -> Option<(&str, &str)> {
    let (name, argument) = comment.split_once("::")?;
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.:+".contains(c));
    is_name.then(|| (name.trim(), argument.trim()))
}

/// The code of a directive: what follows its options and a blank line.
fn read_code(line: &Line<'_>, argument: &str, content: &[Line<'_>], places: &Places) -> Code {
    let end = content.last().map_or(line.end(), Line::end);
    let span = places.span(Span::new(line.text_start(), end));
    let argument = Span::new(line.end() - argument.len(), line.end());
    let mut code = Code::new(span, places.span(argument));
    let options = content.iter().take_while(|it| it.text.trim_start().starts_with(':')).count();
    let body = &content[options..];
    let blank = body.iter().take_while(|it| it.is_blank()).count();
    let body = &body[blank..];
    let filled = body.iter().filter(|line| !line.is_blank());
    let margin = filled.map(|line| line.text_start() - line.start).min().unwrap_or_default();
    for line in body {
        let text = line.text.get(margin..).unwrap_or_default();
        let start = line.start + line.text.len() - text.len();
        let end = line.start + line.text.len();
        code.push(text, places.span(Span::new(start, end)));
        code.push("\n", places.span(Span::new(end, end + 1)));
    }
    code
}
