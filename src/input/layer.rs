//! What a request may be wrapped in, whatever its format: UTF-16, a Markdown fence, an indentation, comment
//! marks, the prompt of a terminal.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::space::count_start;

use super::code;
use super::comment;
use super::detect;
use super::map::SpanMap;
use super::prompt;
use super::refusal::{Refusal, refuse};
use super::spaces;
use super::text::Text;
use super::wrapped;

/// The text within its wrappings.
pub(super) struct Layer<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// From the text to the input.
    pub(super) map: SpanMap,
    /// What was taken off, with places in the input.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Layer<'a> {
    fn put_on(&mut self, text: Text, mut note: Diagnostic) {
        note.span = note.span.map(|span| self.map.locate(span));
        self.diagnostics.push(note);
        self.replace(text);
    }

    fn replace(&mut self, text: Text) {
        let (bytes, map) = text.into_parts();
        self.bytes = Cow::Owned(bytes);
        let under = Arc::new(std::mem::take(&mut self.map));
        self.map = map.over(&under);
    }

    /// Takes off a byte order mark, for readers that have no use for it.
    pub(super) fn skip_byte_order_mark(&mut self) {
        if self.bytes.starts_with(b"\xef\xbb\xbf") {
            let text = Text::of(&self.bytes, 3..self.bytes.len());
            self.replace(text);
        }
    }

    fn as_given(bytes: &'a [u8]) -> Self {
        let (map, diagnostics) = (SpanMap::default(), Vec::new());
        Self { bytes: Cow::Borrowed(bytes), map, diagnostics }
    }
}

/// Takes off what an input is wrapped in, where nothing else can be meant.
pub(super) fn take_off(input: &[u8]) -> Result<Layer<'_>, Refusal> {
    let mut layer = Layer::as_given(input);
    if let Some(order) = find_byte_order(input) {
        let text = decode_utf16(input, order)?;
        let mark = Span::new(0, 2.min(input.len()));
        layer.put_on(text, note("the input is UTF-16, read as the same text in UTF-8", mark));
    }
    if let Some(fence) = find_fence(&layer.bytes)? {
        let text = Text::of(&layer.bytes, fence.content);
        layer.put_on(text, note("the input is a Markdown fence, read without it", fence.span));
    }
    if let Some((text, warning)) = spaces::restore(&layer.bytes) {
        layer.put_on(text, warning);
    }
    if let Some((text, said)) = wrapped::unwrap(&layer.bytes) {
        layer.put_on(text, said);
    }
    if let Some((text, span)) = take_off_indentation(&layer.bytes) {
        layer.put_on(text, note("each line begins with this white space, read without it", span));
    }
    if let Some((text, span)) = comment::take_off(&layer.bytes) {
        layer.put_on(
            text,
            note("each line begins with this mark of a comment, read without it", span),
        );
    }
    if let Some((text, span)) = comment::take_off_inline_code(&layer.bytes) {
        layer.put_on(
            text,
            note("the input is inline code of Markdown, read without its marks", span),
        );
    }
    if let Some((text, span)) = prompt::take_off(&layer.bytes) {
        layer.put_on(text, note("the command is behind a prompt, read without it", span));
    }
    Ok(layer)
}

#[cold]
fn note(message: &str, span: Span) -> Diagnostic {
    Diagnostic::note(code::READ_AS, message).with_span(span)
}

/// Which byte of a UTF-16 code unit comes first.
#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

/// The byte order of a text in UTF-16: by its mark, or because its first four characters are ASCII.
fn find_byte_order(input: &[u8]) -> Option<ByteOrder> {
    match input {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some(ByteOrder::Little),
        [0xfe, 0xff, ..] => Some(ByteOrder::Big),
        [a, 0, b, 0, c, 0, d, 0, ..] if [a, b, c, d].iter().all(|byte| is_text(**byte)) => {
            Some(ByteOrder::Little)
        }
        [0, a, 0, b, 0, c, 0, d, ..] if [a, b, c, d].iter().all(|byte| is_text(**byte)) => {
            Some(ByteOrder::Big)
        }
        _ => None,
    }
}

fn is_text(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

fn decode_utf16(input: &[u8], order: ByteOrder) -> Result<Text, Refusal> {
    let (pairs, rest) = input.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(refuse_half(input.len() - 1, input.len()));
    }
    let units = pairs.iter().map(|pair| match order {
        ByteOrder::Little => u16::from_le_bytes(*pair),
        ByteOrder::Big => u16::from_be_bytes(*pair),
    });
    let mut text = Text::default();
    let mut at = 0;
    for decoded in char::decode_utf16(units) {
        let character = decoded.map_err(|_| refuse_half(at, at + 2))?;
        let end = at + 2 * character.len_utf16();
        if !(at == 0 && character == '\u{feff}') {
            text.push_char(character, Span::new(at, end));
        }
        at = end;
    }
    Ok(text)
}

#[cold]
fn refuse_half(start: usize, end: usize) -> Refusal {
    refuse(
        code::UTF16_DAMAGED,
        "the UTF-16 text has half a character here",
        Span::new(start, end),
        "expected a whole UTF-16 code unit or surrogate pair",
        "save the file as UTF-8",
    )
}

struct Fence {
    span: Span,
    content: Range<usize>,
}

/// The fence (<https://spec.commonmark.org/0.31.2/#fenced-code-blocks>) that the whole input is.
fn find_fence(bytes: &[u8]) -> Result<Option<Fence>, Refusal> {
    let mut lines = lines(bytes).skip_while(|line| bytes[line.clone()].trim_ascii().is_empty());
    let Some(opening) = lines.next() else { return Ok(None) };
    let first = bytes[opening.clone()].trim_ascii();
    let Some(mark @ (b'`' | b'~')) = first.first().copied() else { return Ok(None) };
    let count = first.iter().take_while(|byte| **byte == mark).count();
    if count < 3 || (mark == b'`' && first[count..].contains(&mark)) {
        return Ok(None);
    }
    let span = Span::new(opening.start, opening.end);
    let is_closing = |line: &Range<usize>| {
        let line = bytes[line.clone()].trim_ascii();
        line.len() >= count && line.iter().all(|byte| *byte == mark)
    };
    // Without a closing line the fence goes on to the end.
    let end = lines.find(is_closing).unwrap_or(bytes.len()..bytes.len());
    if let Some(line) = lines.find(|line| !bytes[line.clone()].trim_ascii().is_empty()) {
        return Err(refuse_text_after(line));
    }
    Ok(Some(Fence { span, content: opening.end..end.start }))
}

#[cold]
fn refuse_text_after(line: Range<usize>) -> Refusal {
    refuse(
        code::TEXT_AFTER_FENCE,
        "text follows the Markdown fence",
        Span::new(line.start, line.end),
        "expected nothing after the closing fence",
        "give one fenced block at a time",
    )
}

/// The message whose lines all begin with the same white space, and that of its first line.
fn take_off_indentation(bytes: &[u8]) -> Option<(Text, Span)> {
    let first = lines(bytes).find(|line| !bytes[line.clone()].trim_ascii().is_empty())?;
    let count = count_start(&bytes[first.clone()]);
    let indentation = &bytes[first.start..first.start + count];
    let begins = &bytes[first.start + count..first.end];
    if count == 0 || !detect::begins_request(begins) {
        return None;
    }
    let mut text = Text::default();
    for line in lines(bytes).skip_while(|line| line.start < first.start) {
        let content = &bytes[line.clone()];
        if content.starts_with(indentation) {
            text.push_input(bytes, line.start + count..line.end);
        } else if content.trim_ascii().is_empty() {
            text.push_input(bytes, line.start + count_start(content)..line.end);
        } else {
            return None;
        }
    }
    Some((text, Span::new(first.start, first.start + count)))
}

/// The lines, each with its line feed.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |end| at + end + 1);
        Some(std::mem::replace(&mut at, end)..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(input: &[u8]) -> String {
        String::from_utf8_lossy(&take_off(input).unwrap_or_else(|error| panic!("{error:?}")).bytes)
            .into_owned()
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        assert_eq!(within(&utf16("\u{feff}GET / é😀")), "GET / é😀");
        assert_eq!(within(&utf16("GET / é")), "GET / é");
        let big: Vec<u8> = "GET é".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(within(&big), "GET é");
        // A body that only looks like it is left alone, and so is UTF-32.
        assert_eq!(within(b"GET\0"), "GET\0");
        assert_eq!(within(b"G\0\0\0E\0\0\0"), "G\0\0\0E\0\0\0");
    }

    #[test]
    fn half_a_character_is_refused_where_it_is() {
        let mut bytes = utf16("GET /");
        bytes.push(0);
        assert_eq!(take_off(&bytes).err().unwrap().span, Some(Span::new(10, 11)));
        let lone = [utf16("GET "), vec![0, 0xd8], utf16("x")].concat();
        assert_eq!(take_off(&lone).err().unwrap().span, Some(Span::new(8, 10)));
    }

    #[test]
    fn a_fence_is_taken_off_where_it_is_all() {
        assert_eq!(within(b"\n```http\nGET / HTTP/1.1\n```\n\n"), "GET / HTTP/1.1\n");
        assert_eq!(within(b"~~~\na\n```\n~~~~\n"), "a\n```\n");
        assert_eq!(within(b"```\nunclosed"), "unclosed");
        assert_eq!(within(b"``\na\n``"), "``\na\n``");
        let refusal = take_off(b"```\na\n```\nb\n").err().unwrap();
        assert_eq!(
            (&*refusal.code, refusal.span),
            (code::TEXT_AFTER_FENCE, Some(Span::new(10, 12)))
        );
    }

    #[test]
    fn a_message_indented_as_a_whole_loses_the_indentation() {
        let input = b"\n    GET / HTTP/1.1\n    Host: a\n\n      {}\n";
        assert_eq!(within(input), "GET / HTTP/1.1\nHost: a\n\n  {}\n");
        // A line that stands further out: no reading is certain.
        assert!(within(b"  GET / HTTP/1.1\n Host: a\n").starts_with("  GET"));
        // In a command, white space within quotes is data.
        assert!(within(b"  curl a -d 'b\n  c'").starts_with("  curl"));
    }

    #[test]
    fn places_go_through_all_wrappings() {
        let input = utf16("```\n  GET / HTTP/1.1\n```\n");
        let layer = take_off(&input).ok().unwrap();
        assert_eq!(&*layer.bytes, b"GET / HTTP/1.1\n");
        assert_eq!(layer.map.locate(Span::new(4, 5)), Span::new(20, 22));
        assert_eq!(layer.diagnostics.len(), 3);
        assert_eq!(layer.diagnostics[2].span, Some(Span::new(8, 12)));
    }
}
