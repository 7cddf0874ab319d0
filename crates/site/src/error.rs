//! Why there are no pages.

use std::fmt;

/// Why a site cannot be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum SiteError {
    /// A template or a table of the pages is wrong: its path below `pages/`, and what is wrong, with the
    /// place where it is known.
    Page {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// The engine has no such target, or a template of it fails.
    Engine(requote::Error),
    /// The secrets of this example cannot be taken out of the message that its pages show.
    Secret {
        /// The example's name.
        example: String,
    },
}

impl SiteError {
    /// A fault of a file of the pages.
    pub(crate) fn page(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Page { path: path.into(), message: message.into() }
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { path, message } => write!(f, "pages/{path}: {message}"),
            Self::Engine(error) => error.fmt(f),
            Self::Secret { example } => {
                write!(f, "{example}: the message is not readable without its secrets")
            }
        }
    }
}

impl std::error::Error for SiteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Engine(error) => Some(error),
            _ => None,
        }
    }
}

impl From<requote::Error> for SiteError {
    fn from(error: requote::Error) -> Self {
        Self::Engine(error)
    }
}
