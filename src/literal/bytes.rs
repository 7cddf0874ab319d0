//! Byte strings.

use serde::Deserialize;

use super::template::NumberTemplate;

/// How a language writes bytes, as `[bytes]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BytesStyle {
    /// Before the first byte.
    open: String,
    /// After the last byte.
    close: String,
    /// Between two bytes (`, ` in a list).
    #[serde(default)]
    separator: String,
    /// A byte that has no other form; without it the bytes are written as Base64.
    byte: Option<NumberTemplate>,
    /// Bytes with an escape of their own, by their ASCII character.
    #[serde(default)]
    escapes: std::collections::BTreeMap<char, String>,
    /// Whether printable ASCII stands as it is.
    #[serde(default)]
    printable: bool,
}

impl BytesStyle {
    /// Appends the bytes.
    pub(super) fn write(&self, out: &mut String, bytes: &[u8]) {
        out.push_str(&self.open);
        let Some(number) = &self.byte else {
            out.push_str(&crate::content::base64::encode(bytes));
            out.push_str(&self.close);
            return;
        };
        for (at, &byte) in bytes.iter().enumerate() {
            if at > 0 {
                out.push_str(&self.separator);
            }
            if let Some(escape) = self.escapes.get(&char::from(byte)) {
                out.push_str(escape);
            } else if self.printable && matches!(byte, b' '..=b'~') {
                out.push(char::from(byte));
            } else {
                number.write(out, u32::from(byte));
            }
        }
        out.push_str(&self.close);
    }
}
