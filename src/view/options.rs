//! What a caller may choose.

use super::{BodyMode, Scheme};

/// What becomes of the credentials of a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Secrets {
    /// They are in the code.
    #[default]
    Keep,
    /// The code reads them from its environment.
    Env,
}

/// What a caller may choose.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// How the body is written.
    pub body: BodyMode,
    /// The scheme of the URL, where the message's own is not to be guessed.
    pub scheme: Option<Scheme>,
    /// What becomes of credentials.
    pub secrets: Secrets,
    /// Texts that the code reads from its environment: the name of the variable, and the text.
    pub variables: Vec<(String, String)>,
    /// Whether the body is a file whatever it is: no literal of the language holds it.
    pub(crate) attaches_body: bool,
}

impl Options {
    /// Makes the body a file.
    pub(crate) fn with_attached_body(&self) -> Self {
        Self { body: BodyMode::Exact, attaches_body: true, ..self.clone() }
    }

    /// Sets how the body is written.
    #[must_use]
    pub const fn with_body(mut self, body: BodyMode) -> Self {
        self.body = body;
        self
    }

    /// Sets the scheme.
    #[must_use]
    pub const fn with_scheme(mut self, scheme: Option<Scheme>) -> Self {
        self.scheme = scheme;
        self
    }

    /// Sets what becomes of credentials.
    #[must_use]
    pub const fn with_secrets(mut self, secrets: Secrets) -> Self {
        self.secrets = secrets;
        self
    }

    /// Whether some of the code's texts may come from its environment.
    pub fn reads_environment(&self) -> bool {
        self.secrets == Secrets::Env || !self.variables.is_empty()
    }

    /// Adds a text that the code reads from its environment, wherever it is in the request. `false`
    /// where the name is not one of capital letters, digits and `_`, or the text is empty.
    #[must_use]
    pub fn add_variable(&mut self, name: &str, text: &str) -> bool {
        let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        let is_fit = is_name && !text.is_empty();
        if is_fit {
            self.variables.push((name.to_owned(), text.to_owned()));
        }
        is_fit
    }
}
