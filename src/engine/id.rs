//! The names of targets.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Error;

/// A target's id: `<language>/<client>`.
///
/// [`Engine::find`](super::Engine::find) gives the id that a name means and knows that there is such a
/// target. Text is parsed as an id without looking whether there is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetId {
    pub(super) language: String,
    pub(super) client: String,
}

impl TargetId {
    /// The language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The client.
    pub fn client(&self) -> &str {
        &self.client
    }
}

impl fmt::Display for TargetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.language, self.client)
    }
}

impl FromStr for TargetId {
    type Err = Error;

    /// Two names with a slash between them; anything else is [`Error::UnknownTarget`].
    fn from_str(text: &str) -> Result<Self, Error> {
        match text.split_once('/') {
            Some((language, client))
                if !language.is_empty() && !client.is_empty() && !client.contains('/') =>
            {
                Ok(Self { language: language.to_owned(), client: client.to_owned() })
            }
            _ => Err(Error::UnknownTarget { name: text.to_owned(), suggestions: Vec::new() }),
        }
    }
}

impl Serialize for TargetId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
