//! A request as a reader hands it in, with places in the text that it read.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;
use crate::parse::ParseError;

use super::map::SpanMap;
use super::refusal::Refusal;
use super::text::Text;
use super::{Entry, Raw};

/// A request that was read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) name: Option<String>,
    pub(super) title: String,
    pub(super) span: Span,
    pub(super) raw: Result<Written, Refusal>,
}

/// A message that was written.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) message: Text,
    pub(super) scheme: Option<Scheme>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Draft {
    /// A message that stands in the text as a whole, at `span`.
    pub(super) fn of_message(message: Text, scheme: Option<Scheme>, span: Span) -> Self {
        let raw = Ok(Written { message, scheme, diagnostics: Vec::new() });
        Self { name: None, title: String::new(), span, raw }
    }

    /// Adds a diagnostic, if there is a message.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        if let Ok(written) = &mut self.raw {
            written.diagnostics.push(diagnostic);
        }
    }

    /// The same with places in `input`; `under` leads there from the text.
    pub(super) fn over(mut self, under: &Arc<SpanMap>, input: &[u8]) -> Self {
        self.span = under.locate(self.span);
        match &mut self.raw {
            Ok(written) => {
                for diagnostic in &mut written.diagnostics {
                    under.relocate(diagnostic, input);
                }
                written.message = std::mem::take(&mut written.message).over(under);
            }
            Err(refusal) => under.relocate(refusal, input),
        }
        self
    }

    /// The request, with places in the input; `under` leads there from the text.
    pub(super) fn finish(self, under: &Arc<SpanMap>, input: &[u8]) -> Entry<'static> {
        let Self { name, title, span, raw } = self.over(under, input);
        let raw = raw.map_err(ParseError::from).map(|written| {
            let Written { message, scheme, diagnostics } = written;
            let (bytes, map) = message.into_parts();
            Raw { message: Cow::Owned(bytes), scheme, map, diagnostics }
        });
        Entry { name, title, span, raw }
    }
}
