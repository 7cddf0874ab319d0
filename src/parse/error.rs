//! Why an input is not a message.

use std::error::Error;
use std::fmt;

use crate::diagnostic::Diagnostic;

/// Why an input is not read as a message: one diagnostic of severity error.
///
/// [`Display`](fmt::Display) writes its place, where it has one, and its sentence on one line:
/// `2:6: the field name is empty`. [`Self::diagnostic`] has the code, the span and the help too, and
/// [`render`](crate::diagnostic::render) prints all of them with the line of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError(Box<Diagnostic>);

impl ParseError {
    /// What is wrong, where, and how to mend it.
    pub const fn diagnostic(&self) -> &Diagnostic {
        &self.0
    }

    /// What is wrong, without the error around it.
    pub fn into_diagnostic(self) -> Diagnostic {
        *self.0
    }
}

impl From<Diagnostic> for ParseError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(Box::new(diagnostic))
    }
}

impl From<Box<Diagnostic>> for ParseError {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self(diagnostic)
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = self.0.location {
            write!(f, "{location}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl Error for ParseError {}
