//! What a caller may choose.

use std::error::Error;
use std::fmt;

use super::variable::BASE_URL;
use super::{BodyMode, Scheme};
use crate::language::{VARIABLE_OPTIONS, option_word, read_option};

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
    /// Options of clients with their values, see [`Self::add_option`].
    pub(crate) given: Vec<(String, String)>,
    /// Whether the code may set variables of its own.
    pub(crate) sets_variables: bool,
    /// Whether the code is to set them and to read others: each name is where it is set and nowhere else.
    pub(crate) only_sets_variables: bool,
    /// The code without these variables: its words are no names for them.
    pub(crate) code_without: String,
    /// The variables that the code would not read.
    pub(crate) unread: Vec<String>,
    /// Whether the body is a file whatever it is: no literal of the language holds it.
    pub(crate) attaches_body: bool,
    /// Whether there is code although the client is said not to send such a request.
    pub(crate) tries_refused: bool,
    /// Whether what is said to arrive holds the values that the code reads from its environment.
    pub(crate) tells_values: bool,
}

impl Options {
    /// Makes the body a file.
    pub(crate) fn with_attached_body(&self) -> Self {
        Self { body: BodyMode::Exact, attaches_body: true, ..self.clone() }
    }

    /// Writes the code although the tables say that the client does not send such a request. It
    /// shows whether what they say is true; it is no code for a user.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_refused_tried(mut self) -> Self {
        self.tries_refused = true;
        self
    }

    /// Tells what arrives with the values that the code reads from its environment, so that it can be
    /// compared with what does arrive.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_values_told(mut self) -> Self {
        self.tells_values = true;
        self
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

    /// Adds an option that clients may have: `timeout` with `10`, `redirects` with `no`, `insecure` and
    /// `fragment` with an empty text, `response` with `json`, `base-url`, `var` with `NAME:TEXT`, or
    /// one that only the language of a user's own has. [`Target::options`](crate::Target::options) lists
    /// those of a target. A later value takes the place of an earlier one, but of `var`.
    pub fn add_option(&mut self, name: &str, value: &str) -> Result<(), OptionError> {
        let expected = match option_word(name) {
            Some(word) => read_option(word.kind, word.values, value).err(),
            None => None,
        };
        let expected = expected.or_else(|| {
            let is_fit = match name {
                "var" => value
                    .split_once(':')
                    .is_some_and(|(name, text)| is_variable_name(name) && !text.is_empty()),
                "base-url" => {
                    value.is_empty()
                        || value.starts_with("http://")
                        || value.starts_with("https://")
                }
                _ => true,
            };
            let form = if name == "var" {
                "NAME:TEXT, where the name is of ASCII letters, digits and `_`"
            } else {
                "the beginning of a URL, or no value for its origin"
            };
            (!is_fit).then(|| form.to_owned())
        });
        if let Some(expected) = expected {
            return Err(OptionError { name: name.to_owned(), value: value.to_owned(), expected });
        }
        if name != "var" {
            self.given.retain(|(known, _)| known != name);
        }
        self.sets_variables |= VARIABLE_OPTIONS.contains(&name);
        self.given.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Has the code set no variables; `false` where that is so already.
    pub(crate) fn refuse_variables(&mut self) -> bool {
        let before = self.unread.len();
        for (name, value) in &self.given {
            let words = match name.as_str() {
                "base-url" => BASE_URL,
                "var" => value.split_once(':').map_or("", |(name, _)| name),
                _ => continue,
            };
            if !self.unread.iter().any(|unread| unread == words) {
                self.unread.push(words.to_owned());
            }
        }
        self.unread.len() > before
    }

    /// The options of clients that were given, with their values.
    pub fn given(&self) -> &[(String, String)] {
        &self.given
    }

    /// Whether the code is to set a variable for this text.
    pub(crate) fn sets(&self, text: &[u8]) -> bool {
        let mut variables = self.given.iter().filter(|(option, _)| option == "var");
        variables
            .any(|(_, value)| value.split_once(':').is_some_and(|(_, it)| it.as_bytes() == text))
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

/// A letter, then letters, digits and `_`.
fn is_variable_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A value that an option does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError {
    name: String,
    value: String,
    expected: String,
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, expected } = self;
        write!(f, "the option `{name}` takes {expected}, not `{value}`")
    }
}

impl Error for OptionError {}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn a_value_that_a_shared_option_does_not_take_is_an_error() {
        let mut options = Options::default();
        for (name, value) in [
            ("timeout", "10"),
            ("redirects", "no"),
            ("fragment", ""),
            ("base-url", ""),
            ("base-url", "https://h.example/v1"),
            ("var", "a:b:c"),
            ("var", "B2:x"),
            ("mine", "anything"),
        ] {
            assert_eq!(options.add_option(name, value), Ok(()), "{name}={value}");
        }
        let names: Vec<&str> = options.given().iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["timeout", "redirects", "fragment", "base-url", "var", "var", "mine"]);
        for (name, value) in [
            ("timeout", "soon"),
            ("redirects", ""),
            ("insecure", "maybe"),
            ("base-url", "/v1"),
            ("var", "a"),
            ("var", "a:"),
            ("var", "2:b"),
            ("var", "a-b:c"),
        ] {
            let error = options.add_option(name, value).unwrap_err();
            assert!(error.to_string().contains(&format!("`{name}` takes")), "{error}");
        }
    }
}
