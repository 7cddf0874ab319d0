//! Why a reader gives no message.

use crate::diagnostic::{Diagnostic, Span};

/// One diagnostic of severity error, with a place, a label and a help.
pub(super) type Refusal = Box<Diagnostic>;

/// An error: what is wrong at a place, what was expected there, and a way out.
#[cold]
pub(super) fn refuse(
    code: &'static str,
    message: impl Into<String>,
    place: Span,
    label: impl Into<String>,
    help: impl Into<String>,
) -> Refusal {
    Box::new(Diagnostic::error(code, message).with_span(place).with_label(label).with_help(help))
}
