//! Why there is no snippet.

use std::fmt;

use crate::language::LanguageError;
use crate::render::RenderError;

/// Why there is no snippet at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// There is no such target.
    UnknownTarget {
        /// What was asked for.
        name: String,
        /// What may have been meant, the likeliest first.
        suggestions: Vec<String>,
    },
    /// A client name that several languages have.
    AmbiguousTarget {
        /// What was asked for.
        name: String,
        /// The ids that it could mean.
        candidates: Vec<String>,
    },
    /// A `language.toml` does not hold together.
    Language(LanguageError),
    /// A template does not load or render.
    Template {
        /// Which template.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// A template does not write all that it is given, and no diagnostic excuses it.
    Drops {
        /// Which template.
        path: String,
        /// The kind of request.
        request: String,
        /// What is not written.
        what: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTarget { name, suggestions } => {
                write!(f, "there is no target `{name}`")?;
                match suggestions.as_slice() {
                    [] => Ok(()),
                    [one] => write!(f, "; did you mean `{one}`?"),
                    many => write!(f, "; did you mean one of `{}`?", many.join("`, `")),
                }
            }
            Self::AmbiguousTarget { name, candidates } => {
                write!(
                    f,
                    "`{name}` is a client of several languages: say `{}`",
                    candidates.join("` or `")
                )
            }
            Self::Language(error) => error.fmt(f),
            Self::Template { path, message } => write!(f, "{path}: {message}"),
            Self::Drops { path, request, what } => {
                write!(f, "{path}: the template does not write {what}, for {request}")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<LanguageError> for Error {
    fn from(error: LanguageError) -> Self {
        Self::Language(error)
    }
}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Self {
        Self::Template { path: error.path, message: error.message }
    }
}
