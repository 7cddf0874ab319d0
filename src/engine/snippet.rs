//! What quoting gives.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::TargetId;
use super::record::{Origin, Record};
use crate::diagnostic::Diagnostic;
use crate::grammar::base64;
use crate::view::{Outcome, Variable};

/// A request as code.
///
/// It is serialised as a [`Record`] with the default [`Origin`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snippet {
    /// The target.
    pub target: TargetId,
    /// A short name of the target for a reader, as on a tab: `Python`.
    pub label: String,
    /// The name of the language in a fence of Markdown: `python`.
    pub highlight: String,
    /// How much of the request arrives as it is in the message.
    pub outcome: Outcome,
    /// File name extension, without the dot.
    pub extension: String,
    /// The code; `None` where the outcome is [`Outcome::Unsupported`].
    pub code: Option<String>,
    /// The line that installs the client, where it is not part of the language.
    pub install: Option<String>,
    /// Files that the code reads from the folder in which it runs.
    pub attachments: Vec<Attachment>,
    /// What the code reads from its environment. Their values are in no serialised form.
    pub environment: Vec<Variable>,
    /// Fields that the client adds to this request by itself: lower-case names, sorted.
    pub adds: Vec<String>,
    /// Those of them that also depend on what surrounds the snippet.
    #[doc(hidden)]
    pub optional_adds: Vec<String>,
    /// What arrives differently, and why.
    pub diagnostics: Vec<Diagnostic>,
}

impl Serialize for Snippet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record::of_snippet(&Origin::default(), &[], self).serialize(serializer)
    }
}

/// A file that a snippet reads. As data, `bytes` is the key `base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attachment {
    /// One plain file name: ASCII letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl From<crate::view::Attachment<'_>> for Attachment {
    fn from(attachment: crate::view::Attachment<'_>) -> Self {
        Self { name: attachment.name, bytes: attachment.bytes.into_owned() }
    }
}

impl Serialize for Attachment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Attachment", 2)?;
        object.serialize_field("name", &self.name)?;
        object.serialize_field("base64", &base64::encode(&self.bytes))?;
        object.end()
    }
}
