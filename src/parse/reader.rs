//! A place in the input that moves line by line, and what was noticed on the way.

use std::str::Utf8Error;

use crate::diagnostic::{Diagnostic, Span, put_in_order};

use super::{MAX_HEADER_BYTES, code};

/// So many bytes of the input are looked at for text at once, which costs less than to look at each
/// name and value; nearly every header section is shorter.
const TEXT_AHEAD: usize = 4096;

/// How strictly the input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Typed or saved by hand, and complete as far as it will ever be.
    Typed,
    /// Captured from a connection: CRLF only, and more may come.
    Wire,
}

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The message is refused.
    Refused(Box<Diagnostic>),
    /// More bytes are needed, at least this many. Only of [`Mode::Wire`].
    Incomplete(usize),
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Refused(Box::new(diagnostic))
    }
}

pub(super) type Read<T> = Result<T, Stop>;

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub bytes: &'a [u8],
    pub start: usize,
}

impl Line<'_> {
    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.start + self.bytes.len())
    }

    /// The place of the byte at `at`, or after the last one.
    pub(super) fn place(&self, at: usize) -> Span {
        let end = (at + 1).min(self.bytes.len());
        Span::new(self.start + at.min(end), self.start + end)
    }
}

/// How often something was seen, and where first: said once, however often it occurs.
#[derive(Debug, Default)]
pub(super) struct Tally {
    count: usize,
    first: Span,
}

impl Tally {
    pub(super) fn add(&mut self, span: Span) {
        if self.count == 0 {
            self.first = span;
        }
        self.count += 1;
    }

    /// The diagnostic that `write` makes of the count, if there is anything to tell.
    fn tell(&self, write: impl FnOnce(usize) -> Diagnostic) -> Option<Diagnostic> {
        (self.count > 0).then(|| write(self.count).with_span(self.first))
    }
}

#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub input: &'a [u8],
    /// The beginning of the input, as far as it is known to be text.
    text: &'a str,
    pub position: usize,
    pub mode: Mode,
    pub diagnostics: Vec<Diagnostic>,
    pub folds: Tally,
    pub controls: Tally,
    pub extensions: Tally,
    /// Whether the client waits for `100 Continue` here. Only of [`Mode::Wire`].
    pub awaits_continue: bool,
    bare_lf: Tally,
    section_start: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(input: &'a [u8], mode: Mode) -> Self {
        let head = &input[..input.len().min(TEXT_AHEAD)];
        let text = std::str::from_utf8(head)
            .or_else(|error| std::str::from_utf8(&head[..error.valid_up_to()]));
        Self {
            input,
            text: text.unwrap_or_default(),
            position: 0,
            mode,
            diagnostics: Vec::new(),
            folds: Tally::default(),
            controls: Tally::default(),
            extensions: Tally::default(),
            awaits_continue: false,
            bare_lf: Tally::default(),
            section_start: 0,
        }
    }

    /// The text of `bytes`, which are in the input at `start`; the error is that of
    /// [`str::from_utf8`].
    pub(super) fn text_of(&self, bytes: &'a [u8], start: usize) -> Result<&'a str, Utf8Error> {
        match self.text.get(start..start + bytes.len()) {
            Some(text) => Ok(text),
            None => std::str::from_utf8(bytes),
        }
    }

    /// What is left of the input.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.input[self.position.min(self.input.len())..]
    }

    /// A place between two bytes: where the reader is.
    pub(super) fn here(&self) -> Span {
        Span::new(self.position, self.position)
    }

    /// Whether a line ended with LF only.
    pub(super) fn has_bare_lf(&self) -> bool {
        self.bare_lf.count > 0
    }

    /// From here on, lines count for a new section's limit.
    pub(super) fn start_section(&mut self) {
        self.section_start = self.position;
    }

    /// Takes a line of a header or trailer section, or one that frames a chunk. `None` at the end
    /// of the input, where the last line may lack its line end.
    pub(super) fn take_line(&mut self) -> Read<Option<Line<'a>>> {
        let rest = self.rest();
        let start = self.position;
        let Some(at) = memchr::memchr(b'\n', rest) else {
            self.check_section_size(self.input.len())?;
            if self.mode == Mode::Wire {
                return Err(Stop::Incomplete(1));
            }
            self.position = self.input.len();
            return Ok((!rest.is_empty()).then_some(Line { bytes: rest, start }));
        };
        self.check_section_size(start + at + 1)?;
        self.position = start + at + 1;
        let bytes = rest[..at].strip_suffix(b"\r").unwrap_or_else(|| {
            self.bare_lf.add(Span::new(start + at, start + at + 1));
            &rest[..at]
        });
        if self.mode == Mode::Wire && bytes.len() == at {
            return Err(refuse_bare_lf(Span::new(start + at, start + at + 1)).into());
        }
        Ok(Some(Line { bytes, start }))
    }

    fn check_section_size(&self, end: usize) -> Read<()> {
        if end - self.section_start <= MAX_HEADER_BYTES {
            return Ok(());
        }
        let place = self.section_start + MAX_HEADER_BYTES;
        Err(Diagnostic::error(
            code::HEADER_TOO_LARGE,
            format!("the header section is larger than {MAX_HEADER_BYTES} bytes"),
        )
        .with_span(Span::new(place, place))
        .with_label("the limit is here")
        .with_help("put an empty line between the header section and the body")
        .into())
    }

    fn tallies(&self) -> [&Tally; 4] {
        [&self.bare_lf, &self.folds, &self.controls, &self.extensions]
    }

    /// The diagnostics of the whole reading, in the order of their places.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.diagnostics.is_empty() && self.tallies().iter().all(|tally| tally.count == 0) {
            return self.diagnostics;
        }
        let told = [
            self.bare_lf.tell(note_bare_lf),
            self.folds.tell(warn_of_folds),
            self.controls.tell(warn_of_controls),
            self.extensions.tell(note_extensions),
        ];
        self.diagnostics.extend(told.into_iter().flatten());
        put_in_order(&mut self.diagnostics, self.input);
        self.diagnostics
    }
}

/// `1 byte`, `2 bytes`.
pub(super) fn say_bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

#[cold]
fn refuse_bare_lf(span: Span) -> Diagnostic {
    Diagnostic::error(code::LF_LINE_ENDS, "a line ends with LF only")
        .with_span(span)
        .with_label("expected CR LF")
        .with_help("end each line of the header section with CR LF (RFC 9112 §2.1)")
}

// A note, not a warning: editors save LF, and RFC 9112 §2.2 lets a recipient read it as CRLF.
#[cold]
fn note_bare_lf(count: usize) -> Diagnostic {
    let lines = if count == 1 { "line ends" } else { "lines end" };
    Diagnostic::note(
        code::LF_LINE_ENDS,
        format!("{count} {lines} with LF only, read as CR LF; the body's own line ends are kept"),
    )
    .with_label("CR LF is sent")
    .with_help("save the message with CR LF line ends if the body has them too (RFC 9112 §2.1)")
}

#[cold]
fn warn_of_folds(count: usize) -> Diagnostic {
    let lines = if count == 1 { "line continues" } else { "lines continue" };
    Diagnostic::warning(
        code::OBS_FOLD,
        format!("{count} {lines} the field value before, joined with a space (RFC 9112 §5.2)"),
    )
    .with_label("an obsolete line folding")
    .with_help("write the value on one line; if the body begins here, put an empty line before it")
}

#[cold]
fn warn_of_controls(count: usize) -> Diagnostic {
    let values = if count == 1 { "field value contains" } else { "field values contain" };
    Diagnostic::warning(
        code::FIELD_CONTROL,
        format!("{count} {values} a control character, which RFC 9110 §5.5 does not allow"),
    )
    .with_label("a control character")
    .with_help("remove it, or encode it; many clients and servers refuse it")
}

#[cold]
fn note_extensions(count: usize) -> Diagnostic {
    let chunks = if count == 1 { "chunk has an extension" } else { "chunks have extensions" };
    Diagnostic::note(
        code::CHUNK_EXTENSION,
        format!("{count} {chunks}, which is not part of the content (RFC 9112 §7.1.1)"),
    )
}
