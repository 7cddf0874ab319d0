//! What a reader may use beside the input.

use std::fmt;
use std::sync::Arc;

/// What an input may refer to. By default nothing: a reference is refused with its place.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The host, or `host:port`, of a request that names none.
    pub host: Option<String>,
    /// Values of variables, by name; the last one of a name counts.
    pub variables: Vec<(String, String)>,
    /// Where files that a request refers to are read.
    pub files: Option<Arc<dyn Files>>,
}

/// A place where files can be read by the names that an input gives.
pub trait Files: fmt::Debug + Send + Sync {
    /// The bytes of a file, or the reason in a few words why there are none ("no such file").
    ///
    /// The name comes from the input: whoever implements this decides which names it serves.
    ///
    /// # Errors
    ///
    /// The reason, as it is shown to people.
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError>;
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    reason: String,
}

impl FileError {
    /// An error with a reason in a few words, such as "no such file".
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for FileError {}

impl Options {
    /// Sets the host of a request that names none.
    #[must_use]
    pub fn with_host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Adds the value of a variable.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Allows the files that `files` serves.
    #[must_use]
    pub fn with_files(mut self, files: Arc<dyn Files>) -> Self {
        self.files = Some(files);
        self
    }

    /// The value of a variable, if it was given.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }
}
