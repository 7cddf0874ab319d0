//! What is documented for authors of templates.

/// The guide to templates, and the reference of the names, filters, keys and values, in Markdown.
pub const REFERENCE: &str = include_str!("../../templates/README.md");

/// The JSON Schema (2020-12) of `language.toml`.
pub const SCHEMA: &str = include_str!("../../docs/language.schema.json");
