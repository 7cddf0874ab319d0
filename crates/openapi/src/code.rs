//! The codes of the diagnostics of an OpenAPI document: stable names.

/// The document has no value for a part of the request that is needed: no sample.
pub const NO_EXAMPLE: &str = "openapi-no-example";
/// The document names no server with a host: no sample.
pub const NO_SERVER: &str = "openapi-no-server";
/// The body, or a part of it, is of a kind that no example can give: no sample.
pub const BODY: &str = "openapi-body";
/// A sample without the credentials that the operation asks for.
pub const NO_CREDENTIALS: &str = "openapi-no-credentials";
/// A part of the document that is not as the specification says.
pub const INVALID: &str = "openapi-invalid";
/// A target has no sample: it cannot send the request, or its code reads a file.
pub const NO_SAMPLE: &str = "openapi-no-sample";
