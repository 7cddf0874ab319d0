//! The request of a region: read from a block of code of the page, or from a file.

use std::borrow::Cow;

use crate::check::check;
use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;
use crate::input::{self, Files, Raw, SpanMap};
use crate::parse::{self, parse};
use crate::request::Message;

use super::arguments::Arguments;
use super::region::Place;
use super::{Refusal, code};

/// What is noted of every message that is quoted in a page, and helps nobody there.
const USUAL: [&str; 3] =
    [parse::code::LF_LINE_ENDS, parse::code::BODY_WITHOUT_LENGTH, parse::code::HEADER_END_MISSING];

/// The text of a request, and the place of each of its bytes.
#[derive(Debug)]
pub(super) struct Source<'s> {
    bytes: Cow<'s, [u8]>,
    /// The file, where the page does not have the text.
    pub(super) file: Option<&'s str>,
    origin: Origin<'s>,
}

/// Where in the page a place of the text is.
#[derive(Debug, Clone, Copy)]
enum Origin<'s> {
    /// In a block of code.
    Code(&'s SpanMap),
    /// Where the file is named.
    Named(Span),
}

impl<'s> Source<'s> {
    /// Finds and reads the request of a region.
    pub(super) fn read(place: &Place<'s, 's>, files: &dyn Files) -> Result<Self, Refusal> {
        if let Some(file) = place.arguments.get("file") {
            let bytes = files.read(file.value).map_err(|error| {
                let message = format!("cannot read `{}`: {error}", file.value);
                Diagnostic::error(code::DOCS_FILE_UNREADABLE, message).with_span(file.value_span)
            })?;
            let origin = Origin::Named(file.value_span);
            return Ok(Self { bytes: Cow::Owned(bytes), file: Some(file.value), origin });
        }
        let missing = |message: &str| {
            Diagnostic::error(code::DOCS_REQUEST_MISSING, message).with_span(place.named).with_help(
                "name a file with `file=…`, or put the request into a fence right above the marker",
            )
        };
        let code = place.code.ok_or_else(|| missing("there is no request for this region"))?;
        if code.text.trim().is_empty() {
            return Err(missing("the fence of this region is empty").into());
        }
        let (bytes, origin) = (code.text.as_bytes(), Origin::Code(&code.map));
        Ok(Self { bytes: Cow::Borrowed(bytes), file: None, origin })
    }

    /// The request that the text stands for, as a raw message; `request` names one of several.
    pub(super) fn choose(&self, arguments: &Arguments<'_>) -> Result<Raw<'_>, Refusal> {
        let read = input::read(&self.bytes, None, &input::Options::default());
        let input = read.map_err(|error| self.relocated(error.into_diagnostic()))?;
        let wanted = arguments.get("request");
        let count = input.entries.len();
        let chosen = input.entries.into_iter().enumerate().find(|(at, entry)| match wanted {
            None => count == 1,
            Some(it) => it.value.parse() == Ok(at + 1) || entry.name.as_deref() == Some(it.value),
        });
        match (chosen, wanted) {
            (Some((_, entry)), _) => {
                Ok(entry.raw.map_err(|error| self.relocated(error.into_diagnostic()))?)
            }
            (None, Some(wanted)) => {
                Err(wanted.refuse(format!("there is no request `{}`", wanted.value)))
            }
            (None, None) => {
                let message = format!("there are {count} requests, and a region shows one");
                let error = Diagnostic::error(code::DOCS_KEY, message);
                let error = error.with_span(Span::new(0, 0)).with_help("add `request=NAME|NUMBER`");
                Err(self.relocated(error).into())
            }
        }
    }

    /// The message of `raw`, with all that is odd about it.
    pub(super) fn parse<'r>(
        &self,
        raw: &'r Raw<'_>,
        scheme: Option<Scheme>,
    ) -> Result<Message<'r>, Refusal> {
        let mut message =
            parse(&raw.message).map_err(|error| self.relocated_of(raw, error.into_diagnostic()))?;
        if let Some(scheme) = scheme.or(raw.scheme) {
            message.request.set_scheme(scheme);
        }
        let found = check(&message);
        message.diagnostics.extend(found);
        message.diagnostics.retain(|it| !USUAL.contains(&&*it.code));
        Ok(message)
    }

    /// What is said of the message, with its places in the page.
    pub(super) fn told(&self, raw: &Raw<'_>, message: &[Diagnostic]) -> Vec<Diagnostic> {
        let of_reading = raw.diagnostics.iter().map(|it| self.relocated(it.clone()));
        of_reading.chain(message.iter().map(|it| self.relocated_of(raw, it.clone()))).collect()
    }

    /// A diagnostic about the raw message.
    pub(super) fn relocated_of(&self, raw: &Raw<'_>, mut diagnostic: Diagnostic) -> Diagnostic {
        if matches!(raw.message, Cow::Owned(_)) {
            raw.map.relocate(&mut diagnostic, &self.bytes);
        }
        self.relocated(diagnostic)
    }

    /// A diagnostic about the text.
    fn relocated(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        match self.origin {
            Origin::Code(map) => diagnostic.span = diagnostic.span.map(|span| map.locate(span)),
            Origin::Named(place) => {
                diagnostic.locate(&self.bytes);
                let at = diagnostic.location.map(|it| format!(":{it}")).unwrap_or_default();
                let file = self.file.unwrap_or_default();
                diagnostic.message = format!("{file}{at}: {}", diagnostic.message);
                diagnostic.span = Some(place);
                diagnostic.label = None;
            }
        }
        diagnostic
    }
}
