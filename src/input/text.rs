//! Text that knows where each of its bytes came from.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;

use super::map::SpanMap;

/// Bytes that a reader wrote, with their places in the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    bytes: Vec<u8>,
    map: SpanMap,
}

impl Text {
    /// Bytes that stand in the input for another text: all of them come from `source`.
    pub(super) fn new(bytes: impl AsRef<[u8]>, source: Span) -> Self {
        let mut text = Self::default();
        text.push(bytes.as_ref(), source);
        text
    }

    /// A piece of the input as it is.
    pub(super) fn of(input: &[u8], range: Range<usize>) -> Self {
        let mut text = Self::default();
        text.push_input(input, range);
        text
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text, where it is UTF-8; else the part before the first byte that is not.
    pub(super) fn valid(&self) -> &str {
        let end = match std::str::from_utf8(&self.bytes) {
            Ok(text) => return text,
            Err(error) => error.valid_up_to(),
        };
        std::str::from_utf8(&self.bytes[..end]).unwrap_or_default()
    }

    /// The text for people; what is not UTF-8 becomes U+FFFD.
    pub(super) fn lossy(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends bytes that stand in the input as `source`.
    pub(super) fn push(&mut self, bytes: &[u8], source: Span) {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.map.push(at, self.bytes.len(), source);
    }

    /// Appends a character that stands in the input as `source`.
    pub(super) fn push_char(&mut self, character: char, source: Span) {
        self.push(character.encode_utf8(&mut [0; 4]).as_bytes(), source);
    }

    /// Appends a piece of the input as it is.
    pub(super) fn push_input(&mut self, input: &[u8], range: Range<usize>) {
        let span = Span::new(range.start, range.end);
        self.push(&input[range], span);
    }

    /// Appends another text with its places.
    pub(super) fn append(&mut self, other: &Self) {
        self.append_part(other, 0..other.len());
    }

    /// Appends a part of another text with its places.
    pub(super) fn append_part(&mut self, other: &Self, range: Range<usize>) {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes[range.clone()]);
        self.map.push_part(at, &other.map, range.start, range.end);
    }

    /// A part of the text, with its places.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        part.append_part(self, range);
        part
    }

    /// The text without white space (SP and HTAB) at both ends.
    pub(super) fn trim(&self) -> Self {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = self.bytes.iter().take_while(|byte| is_space(byte)).count();
        let rest = self.bytes[start..].iter().rev().take_while(|byte| is_space(byte)).count();
        self.slice(start..self.bytes.len() - rest)
    }

    /// The parts before and after the first `byte`.
    pub(super) fn split_once(&self, byte: u8) -> Option<(Self, Self)> {
        let at = memchr::memchr(byte, &self.bytes)?;
        Some((self.slice(0..at), self.slice(at + 1..self.len())))
    }

    /// The place of the whole text in the input.
    pub(super) fn span(&self) -> Span {
        self.map.locate(Span::new(0, self.len()))
    }

    /// The place in the input of a part.
    pub(super) fn span_of(&self, range: Range<usize>) -> Span {
        self.map.locate(Span::new(range.start, range.end))
    }

    /// The same text where the input itself was read through `under`.
    pub(super) fn over(self, under: &Arc<SpanMap>) -> Self {
        Self { bytes: self.bytes, map: self.map.over(under) }
    }

    pub(super) fn into_parts(self) -> (Vec<u8>, SpanMap) {
        (self.bytes, self.map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_places() {
        let mut text = Text::of(b"name: value", 0..4);
        text.push(b"=", Span::new(4, 6));
        text.push_input(b"name: value", 6..11);
        let (name, value) = text.split_once(b'=').unwrap();
        assert_eq!((name.bytes(), name.span()), (&b"name"[..], Span::new(0, 4)));
        assert_eq!((value.bytes(), value.span()), (&b"value"[..], Span::new(6, 11)));
        assert_eq!(value.slice(1..3).span(), Span::new(7, 9));
    }

    #[test]
    fn white_space_around_a_text_is_taken_off() {
        let text = Text::of(b"\t a b ", 0..6).trim();
        assert_eq!((text.bytes(), text.span()), (&b"a b"[..], Span::new(2, 5)));
        assert!(Text::of(b"  ", 0..2).trim().is_empty());
    }
}
