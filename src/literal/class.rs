//! Classes of ASCII characters.

use serde::Deserialize;

/// The bytes of a character class: `a-z_{` is `a` to `z`, `_` and `{`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "String")]
pub struct Class(Vec<u8>);

impl Class {
    /// All of them.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether a byte is one of them.
    pub(super) fn has(&self, byte: u8) -> bool {
        self.0.contains(&byte)
    }
}

impl From<String> for Class {
    fn from(class: String) -> Self {
        Self(expand(class.as_bytes()))
    }
}

fn expand(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if at + 2 < bytes.len() && bytes[at + 1] == b'-' {
            out.extend(bytes[at]..=bytes[at + 2]);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}
