//! Blocks whose content is indented by four columns: the admonitions, details and tabs of
//! Python-Markdown. To `CommonMark` their content is code, or goes on the paragraph of their first line.

use super::lines::{Line, lines};

/// What begins such a block.
const OPENERS: [&str; 5] = ["!!! ", "??? ", "???+ ", "=== \"", "=== '"];

/// How far the content is indented.
const INDENT: usize = 4;

/// The content of one block.
pub(super) struct Part {
    /// Its text without the indentation.
    pub(super) text: String,
    /// For each line its offset in `text`, and in the text that it was taken from.
    pub(super) lines: Vec<(usize, usize)>,
}

/// The text with the content of such blocks blanked, each offset as before, and these contents.
pub(super) fn split(text: &str) -> (String, Vec<Part>) {
    let mut own = text.to_owned();
    let mut parts = Vec::new();
    if !OPENERS.iter().any(|opener| text.contains(opener)) {
        return (own, parts);
    }
    let lines = lines(text);
    let mut fence: Option<(char, usize)> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        follow_fence(&mut fence, line.text.trim());
        let is_opener = OPENERS.iter().any(|opener| line.text.trim_start().starts_with(opener));
        if fence.is_some() || !is_opener {
            continue;
        }
        let least = line.indent(INDENT) + INDENT;
        let rest = &lines[at..];
        let length =
            rest.iter().take_while(|it| it.is_blank() || it.indent(INDENT) >= least).count();
        let blank = rest[..length].iter().rev().take_while(|it| it.is_blank()).count();
        let content = &rest[..length - blank];
        if let (Some(first), Some(last)) = (content.first(), content.last()) {
            parts.push(Part::of(content, least));
            let end = last.start + last.text.len();
            own.replace_range(first.start..end, &blanked(&text[first.start..end]));
        }
        at += content.len();
    }
    (own, parts)
}

/// Whether the lines after this one are of a fence.
fn follow_fence(fence: &mut Option<(char, usize)>, line: &str) {
    let Some(mark) = line.chars().next().filter(|mark| matches!(mark, '`' | '~')) else { return };
    let length = line.chars().take_while(|c| *c == mark).count();
    match *fence {
        None if length >= 3 => *fence = Some((mark, length)),
        Some((open, least)) if mark == open && length >= least && line.len() == length => {
            *fence = None;
        }
        _ => {}
    }
}

/// Spaces in place of all but line ends.
fn blanked(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_control() { char::from(byte) } else { ' ' }).collect()
}

impl Part {
    fn of(content: &[Line<'_>], indent: usize) -> Self {
        let mut part = Self { text: String::new(), lines: Vec::new() };
        for line in content {
            let cut = cut_of(line.text, indent);
            part.lines.push((part.text.len(), line.start + cut));
            part.text.push_str(&line.text[cut..]);
            part.text.push('\n');
        }
        part
    }
}

/// How many bytes of a line are its first `columns` columns of white space.
fn cut_of(line: &str, columns: usize) -> usize {
    let mut column = 0;
    line.bytes()
        .take_while(|byte| {
            let is_cut = column < columns && matches!(byte, b' ' | b'\t');
            column += if *byte == b'\t' { INDENT - column % INDENT } else { 1 };
            is_cut
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn content_is_taken_out_and_its_places_are_kept() {
        let text = "a\n!!! note\n    b\n\n      c\nd\n```\n=== \"x\"\n    e\n```\n";
        let (own, parts) = split(text);
        assert_eq!(own, "a\n!!! note\n     \n\n       \nd\n```\n=== \"x\"\n    e\n```\n");
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].text, "b\n\n  c\n");
        for (at, outer) in &parts[0].lines {
            assert_eq!(parts[0].text.as_bytes()[*at], text.as_bytes()[*outer]);
        }
    }
}
