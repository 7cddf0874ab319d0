//! Markdown, read by a parser of `CommonMark` that tells the places of what it finds.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::Span;

use super::lines::Places;
use super::{Block, Code, WORD, nested};

/// How many blocks of [`nested`] are read one within another; deeper ones are code, as for `CommonMark`.
const MAX_DEPTH: usize = 16;

/// Adds the blocks of `text`.
pub(super) fn read(text: &str, places: &Places, blocks: &mut Vec<Block>) {
    read_at(0, text, places, blocks);
}

fn read_at(depth: usize, text: &str, places: &Places, blocks: &mut Vec<Block>) {
    // Content that is indented by four belongs to the line above it, and is no code.
    let (own, inner) =
        if depth < MAX_DEPTH { nested::split(text) } else { (text.to_owned(), Vec::new()) };
    for part in inner {
        let lines = part.lines.iter().map(|(at, outer)| (*at, places.at(*outer))).collect();
        read_at(depth + 1, &part.text, &Places::of_lines(lines), blocks);
    }
    let mut code: Option<Code> = None;
    for (event, range) in Parser::new_ext(&own, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let info = info_of(&own, range.start);
                let span = places.span(Span::new(range.start, range.end));
                code = Some(Code::new(span, places.span(info)));
            }
            Event::Text(line) => {
                if let Some(code) = &mut code {
                    code.push(
                        &line.replace("\r\n", "\n"),
                        places.span(Span::new(range.start, range.end)),
                    );
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(code.take().map(Block::Code)),
            Event::Html(_) => blocks.extend(read_html(&own, range.start, range.end, places)),
            Event::InlineHtml(html) if is_comment_of_requote(&html) => {
                let span = places.span(Span::new(range.start, range.end));
                blocks.push(Block::Misplaced(span));
            }
            _ => {}
        }
    }
}

fn options() -> Options {
    Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// The info string of the fence that begins at `start`.
fn info_of(text: &str, start: usize) -> Span {
    let line = text[start..].lines().next().unwrap_or_default();
    let info = line.trim_start().trim_start_matches(['`', '~']);
    let at = start + line.len() - info.len();
    let blank = info.len() - info.trim_start().len();
    Span::new(at + blank, at + blank + info.trim().len())
}

fn is_comment_of_requote(html: &str) -> bool {
    html.strip_prefix("<!--").is_some_and(|words| words.trim_start().starts_with(WORD))
}

/// The marker of a line of HTML.
fn read_html(text: &str, start: usize, end: usize, places: &Places) -> Option<Block> {
    let line = &text[start..end];
    let start = start + line.find("<!--").filter(|at| is_comment_of_requote(&line[*at..]))?;
    let end = start + text[start..end].trim_end().len();
    let is_alone =
        line[..start + line.len() - end].trim().is_empty() || line.trim().starts_with("<!--");
    let has_one_end = text[start..end].find("-->") == Some(end - start - 3);
    if !is_alone || !has_one_end {
        return Some(Block::Misplaced(places.span(Span::new(start, end))));
    }
    Block::of_comment(text, (start, end), (4, 3), places)
}
