//! Why there is no overlay.

use std::fmt;

/// Why there is no overlay.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenApiError {
    /// The text is neither JSON nor YAML: line and column from 1, and what is wrong.
    Syntax {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The text is no OpenAPI document of a version that is known.
    Document(String),
    /// A template of the engine fails.
    Engine(requote::Error),
}

impl fmt::Display for OpenApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, message } => write!(f, "{line}:{column}: {message}"),
            Self::Document(message) => f.write_str(message),
            Self::Engine(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OpenApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Engine(error) => Some(error),
            _ => None,
        }
    }
}

impl From<requote::Error> for OpenApiError {
    fn from(error: requote::Error) -> Self {
        Self::Engine(error)
    }
}
