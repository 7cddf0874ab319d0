//! Code samples for an OpenAPI document (3.0, 3.1, 3.2), as an Overlay 1.0 document.
//!
//! An operation gets samples where the document has a value for each part of its request that is needed: `example`,
//! `examples`, `default`, `const` or an `enum` of one value. No value is ever invented: an operation without
//! them gets a diagnostic with its JSON Pointer, and no sample.
//!
//! ```
//! use requote_openapi::{Settings, overlay};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = requote::Engine::new();
//! let settings = Settings::new(vec![engine.find("curl")?]);
//! let document = r#"{"openapi":"3.1.0","info":{"title":"A","version":"1"},
//!     "servers":[{"url":"https://example.org"}],"paths":{"/a":{"get":{}}}}"#;
//! let overlay = overlay(document, &engine, &settings)?;
//! assert!(overlay.to_json().contains("curl 'https://example.org/a'\\n"));
//! # Ok(())
//! # }
//! ```

mod body;
pub mod code;
mod document;
mod error;
mod example;
mod node;
mod operation;
mod overlay;
mod parameter;
mod security;
mod yaml;

pub use error::OpenApiError;
pub use operation::{Key, Settings, UnknownKey, overlay};
pub use overlay::Overlay;
