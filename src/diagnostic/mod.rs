//! What there is to say about a message or a snippet: severity, code, place, words and a way out.
//!
//! Every room reports through [`Diagnostic`]; [`render`] is the one printer.

mod fault;
mod print;
mod visible;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::order::sort_by_number;

pub use fault::{Fault, File, suggest};
pub use print::{Location, Palette, locate, render};
pub use visible::{is_hidden, make_visible, show};

/// Defines the codes of a room: a constant for each, and `ALL` of them for the documentation's test.
macro_rules! codes {
    ($($(#[$meaning:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$meaning])* pub const $name: &str = $code;)*
        /// Every code of this room.
        pub const ALL: &[&str] = &[$($code),*];
    };
}
pub(crate) use codes;

/// How serious a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something is odd or will differ.
    Warning,
    /// There is no result.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A half-open range of byte offsets, `start..end`, into the message as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte; equal to `start` for a place between two bytes.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// A part of this range, given in bytes from its start.
    #[must_use]
    pub const fn part(self, part: Range<usize>) -> Self {
        Self { start: self.start + part.start, end: self.start + part.end }
    }
}

/// The part of the request that a diagnostic says will arrive differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affect {
    /// The request method (RFC 9110 §9).
    Method,
    /// The request target (RFC 9112 §3.2).
    Target,
    /// The content (RFC 9110 §6.4).
    Body,
    /// The field of this lower-case name (RFC 9110 §5.1).
    Header(String),
    /// The trailer fields (RFC 9110 §6.5).
    Trailers,
    /// The message framing (RFC 9112 §6).
    Framing,
}

impl fmt::Display for Affect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("method"),
            Self::Target => f.write_str("target"),
            Self::Body => f.write_str("body"),
            Self::Header(name) => write!(f, "header:{name}"),
            Self::Trailers => f.write_str("trailers"),
            Self::Framing => f.write_str("framing"),
        }
    }
}

impl Serialize for Affect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing to say, with its place and a way out.
///
/// As data it is an object with the keys `severity`, `code`, `affects`, `arrives`, `message`, `help`,
/// `span`, `line` and `column`; what is not known is `null`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// How serious it is.
    pub severity: Severity,
    /// A stable kebab-case name, listed in the documentation.
    pub code: Cow<'static, str>,
    /// What arrives differently because of it; empty where nothing does.
    pub affects: Vec<Affect>,
    /// What arrives in place of the part that it affects, as text (bytes that are not UTF-8 become
    /// U+FFFD): a target, or a field's values, with a line feed between those of several lines. Nothing
    /// where nothing arrives, and where the client sends a value of its own that is not known before.
    pub arrives: Option<String>,
    /// One plain sentence, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where in the message.
    pub span: Option<Span>,
    /// Line and column of the span's start, once [`Self::locate`] has found them.
    pub location: Option<Location>,
    /// A few words to stand under the marked place ("expected 0-9 or a-f").
    pub label: Option<String>,
}

/// Sorts diagnostics by their places, and finds line and column of each in `source`.
pub(crate) fn put_in_order(diagnostics: &mut Vec<Diagnostic>, source: &[u8]) {
    sort_by_number(diagnostics, |diagnostic| {
        diagnostic.span.map_or(0, |span| span.start as u64 + 1)
    });
    for diagnostic in diagnostics {
        diagnostic.locate(source);
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 9)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("code", &self.code)?;
        object.serialize_field("affects", &self.affects)?;
        object.serialize_field("arrives", &self.arrives)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("help", &self.help)?;
        object.serialize_field("span", &self.span)?;
        object.serialize_field("line", &self.location.map(|location| location.line))?;
        object.serialize_field("column", &self.location.map(|location| location.column))?;
        object.end()
    }
}

// Most messages have nothing to tell. Marked as cold, what tells is kept apart from the code around,
// which is then short enough to stay in a processor's first cache.
impl Diagnostic {
    /// A diagnostic with neither place nor help; the `with_` methods add them.
    #[cold]
    pub fn new(
        severity: Severity,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code: code.into(),
            affects: Vec::new(),
            arrives: None,
            message: message.into(),
            help: None,
            span: None,
            location: None,
            label: None,
        }
    }

    /// An error.
    #[cold]
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    #[cold]
    pub fn warning(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note.
    #[cold]
    pub fn note(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Sets the place.
    #[must_use]
    #[cold]
    pub fn with_span(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Finds line and column of the place in `source`, the text that the span points into.
    pub fn locate(&mut self, source: &[u8]) {
        self.location = self.span.map(|span| locate(source, span.start));
    }

    /// Sets the words under the marked place.
    #[must_use]
    #[cold]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the way out.
    #[must_use]
    #[cold]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a part of the request that arrives differently.
    #[must_use]
    #[cold]
    pub fn with_affect(mut self, affect: Affect) -> Self {
        self.affects.push(affect);
        self
    }

    /// Sets what arrives in place of the affected part.
    #[must_use]
    #[cold]
    pub fn with_arrives(mut self, arrives: impl Into<String>) -> Self {
        self.arrives = Some(arrives.into());
        self
    }
}
