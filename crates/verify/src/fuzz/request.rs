//! A request in parts, so that it can be made smaller.

use crate::prepare::{Source, SourceVariable};

/// A request with what varies; Content-Length is written for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FuzzRequest {
    /// The method.
    pub method: String,
    /// The value of Host.
    pub host: String,
    /// The origin-form target.
    pub target: String,
    /// The fields, but for Host and Content-Length.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The content.
    pub body: Vec<u8>,
    /// A text of it that the code reads from a variable.
    pub variable: Option<SourceVariable>,
}

impl FuzzRequest {
    /// The message as one to try.
    pub fn to_source(&self, name: String) -> Source {
        Source { name, bytes: self.to_bytes(), variable: self.variable.clone() }
    }

    /// The message.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes =
            format!("{} {} HTTP/1.1\r\nHost: {}\r\n", self.method, self.target, self.host)
                .into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        if !self.body.is_empty() {
            bytes.extend_from_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}
