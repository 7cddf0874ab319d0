//! The codes of what stops a request before it is quoted: stable names, explained in
//! `docs/diagnostics.md`.

use super::Error;
use crate::diagnostic::Diagnostic;

crate::diagnostic::codes! {
    /// There is no such target.
    UNKNOWN_TARGET = "unknown-target";
    /// A client name that several languages have.
    AMBIGUOUS_TARGET = "ambiguous-target";
    /// A `language.toml` does not hold together.
    LANGUAGE_INVALID = "language-invalid";
    /// A template does not load or render.
    TEMPLATE_INVALID = "template-invalid";
    /// A template does not write all that it is given.
    TEMPLATE_DROPS = "template-drops";
    /// There is no such request in the input.
    UNKNOWN_REQUEST = "unknown-request";
    /// An input has several requests where one is asked for.
    SEVERAL_REQUESTS = "several-requests";
}

impl From<&Error> for Diagnostic {
    fn from(error: &Error) -> Self {
        let text = error.to_string();
        match error {
            Error::UnknownTarget { .. } => {
                Self::error(UNKNOWN_TARGET, text).with_help("`requote targets` lists them all")
            }
            Error::AmbiguousTarget { .. } => Self::error(AMBIGUOUS_TARGET, text),
            Error::Language(_) => Self::error(LANGUAGE_INVALID, text),
            Error::Drops { .. } => Self::error(TEMPLATE_DROPS, text)
                .with_help("write it, or add a rule that says what the client does with it"),
            Error::Template { .. } => Self::error(TEMPLATE_INVALID, text),
        }
    }
}
