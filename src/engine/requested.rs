//! A request of an input: read, then parsed and checked, then quoted, its places in the input.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Engine, Error, Origin, Snippet, TargetId};
use crate::check::check;
use crate::check::code::PLACEHOLDER;
use crate::diagnostic::Diagnostic;
use crate::grammar::Scheme;
use crate::input::{Entry, Format, SpanMap};
use crate::parse::{ParseError, parse};
use crate::request::Message;
use crate::view::{Options, mask_message};

/// A request of an input.
#[derive(Debug)]
pub struct Requested {
    /// Its name or number, where the input has several.
    pub label: Option<String>,
    /// Method and URL, as far as they are known.
    pub title: String,
    /// What the input was read as.
    pub format: Format,
    /// The scheme that the input says.
    scheme: Option<Scheme>,
    /// The input.
    source: Arc<Vec<u8>>,
    message: Written,
    map: SpanMap,
    notes: Vec<Diagnostic>,
    name: Option<String>,
}

/// The message of a request.
#[derive(Debug)]
enum Written {
    /// The input itself.
    Source,
    /// What a reader wrote.
    Bytes(Vec<u8>),
    /// There is none.
    Refused(ParseError),
}

/// A request that was parsed and checked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Parsed<'r> {
    /// The message, with what was noticed.
    pub message: Message<'r>,
    /// The input; where the code reads secrets from its environment, without their values.
    pub shown: Cow<'r, [u8]>,
}

impl Requested {
    pub(super) fn new(entry: Entry<'_>, number: usize, count: usize) -> Self {
        let Entry { name, title, raw, .. } = entry;
        let label = (count > 1).then(|| name.clone().unwrap_or_else(|| number.to_string()));
        let blank = Self {
            label,
            title,
            format: Format::Message,
            scheme: None,
            source: Arc::default(),
            message: Written::Source,
            map: SpanMap::default(),
            notes: Vec::new(),
            name,
        };
        match raw {
            Ok(raw) => {
                let message = match raw.message {
                    Cow::Borrowed(_) => Written::Source,
                    Cow::Owned(bytes) => Written::Bytes(bytes),
                };
                Self { message, scheme: raw.scheme, map: raw.map, notes: raw.diagnostics, ..blank }
            }
            Err(error) => Self { message: Written::Refused(error), ..blank },
        }
    }

    /// Says which input it is part of, and what that was read as.
    pub(super) fn place(&mut self, source: &Arc<Vec<u8>>, format: Format) {
        self.source = Arc::clone(source);
        self.format = format;
    }

    /// Adds what was noticed before its own.
    pub(super) fn add_notes(&mut self, notes: Vec<Diagnostic>) {
        self.notes.splice(0..0, notes);
    }

    pub(super) fn is_called(&self, wanted: &str, number: usize) -> bool {
        let is_number = wanted.parse() == Ok(number);
        is_number || self.name.as_deref() == Some(wanted) || {
            wanted.parse::<usize>().is_err() && self.title.contains(wanted)
        }
    }

    /// The input that it is part of, into which the places of all diagnostics point.
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    /// Where it was read, for a [`Record`](super::Record).
    pub fn origin(&self, file: Option<String>) -> Origin {
        Origin { file, request: self.label.clone(), from: self.format.name().into() }
    }

    /// Parses and checks the message. Its diagnostics, those of the reading first, point into the input.
    /// The scheme is the one of the options, else the one that the input says, else it is guessed.
    ///
    /// # Errors
    ///
    /// The input is not a message. Where the code is to read secrets from its environment, the error has
    /// no place: it is not known where the secrets are.
    pub fn parse(&self, options: &Options) -> Result<Parsed<'_>, ParseError> {
        let mut message = self.parse_message(options).map_err(|error| {
            let mut told = error.into_diagnostic();
            if options.reads_environment() {
                told.span = None;
            }
            ParseError::from(told)
        })?;
        let mut shown = Cow::Borrowed(self.source());
        if options.reads_environment() {
            shown = mask_message(&mut message, self.source(), options);
        }
        Ok(Parsed { message, shown })
    }

    fn parse_message(&self, options: &Options) -> Result<Message<'_>, ParseError> {
        let bytes = match &self.message {
            Written::Source => self.source(),
            Written::Bytes(bytes) => bytes,
            Written::Refused(error) => return Err(error.clone()),
        };
        let mut message = parse(bytes).map_err(|error| {
            let mut diagnostic = error.into_diagnostic();
            self.relocate(std::slice::from_mut(&mut diagnostic));
            ParseError::from(diagnostic)
        })?;
        if let Some(scheme) = options.scheme.or(self.scheme) {
            message.request.set_scheme(scheme);
        }
        let mut found = check(&message);
        // What the code sets or reads is no longer a text that was forgotten.
        found.retain(|it| {
            let text = it.span.and_then(|span| bytes.get(span.start..span.end));
            let is_set = text.is_some_and(|text| options.sets(text));
            it.code != PLACEHOLDER || !(is_set || options.reads_environment())
        });
        message.diagnostics.extend(found);
        self.relocate(&mut message.diagnostics);
        message.diagnostics.splice(0..0, self.notes.iter().cloned());
        Ok(message)
    }

    /// Quotes its message, which [`Self::parse`] gave, for a target. The places of the snippet's
    /// diagnostics are in the input.
    pub fn quote(
        &self,
        engine: &Engine,
        message: &Message<'_>,
        target: &TargetId,
        options: &Options,
    ) -> Result<Snippet, Error> {
        let mut snippet = engine.quote(message, target, options)?;
        self.relocate(&mut snippet.diagnostics);
        Ok(snippet)
    }

    /// Moves places in the message to places in the input.
    pub fn relocate(&self, diagnostics: &mut [Diagnostic]) {
        if matches!(self.message, Written::Bytes(_)) {
            for diagnostic in diagnostics {
                self.map.relocate(diagnostic, &self.source);
            }
        }
    }
}
