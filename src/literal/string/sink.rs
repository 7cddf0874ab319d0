//! What becomes of a text that a style's matcher walks over: it is counted or written.

use super::super::RAW_BREAK;
use super::super::matcher::Sink;
use super::super::template::NumberTemplate;

/// What a reader pays for an escape: what it has beyond the one character.
pub(super) fn cost_of_escape(escape: &str) -> usize {
    escape.len().max(2) - 1
}

pub(super) struct Counter {
    pub(super) cost: usize,
}

impl Sink for Counter {
    fn raw(&mut self, _: &str) {}

    fn escape(&mut self, text: &str) {
        self.cost += cost_of_escape(text);
    }

    fn number(&mut self, template: &NumberTemplate, _: u32) {
        self.cost += template.len();
    }

    fn line_break(&mut self) {}
}

/// Writes, and counts as [`Counter`] does.
pub(super) struct Writer<'o> {
    pub(super) out: &'o mut String,
    pub(super) cost: usize,
}

impl Sink for Writer<'_> {
    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn escape(&mut self, text: &str) {
        self.cost += cost_of_escape(text);
        self.out.push_str(text);
    }

    fn number(&mut self, template: &NumberTemplate, number: u32) {
        self.cost += template.len();
        template.write(self.out, number);
    }

    fn line_break(&mut self) {
        self.out.push(RAW_BREAK);
    }
}
