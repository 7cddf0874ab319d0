//! Rules of a client: when a request has this trait, that follows. Data, read from
//! `[[client.<name>.rule]]`; the traits and effects are named here and judged in `view/`.

use serde::Deserialize;

/// One rule: if all of `when` holds, the effects follow.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// What the request must be like.
    #[serde(default)]
    pub when: Condition,
    /// Sets `needs.<name>` for the template, which then writes what it takes.
    pub need: Option<String>,
    /// What becomes of the fields that the condition names.
    pub header: Option<HeaderEffect>,
    /// The snippet could not run, or would send another method or body: the reason.
    pub unsupported: Option<String>,
    /// The code of the diagnostic, where the effect is a difference.
    pub code: Option<String>,
    /// Its sentence; `{name}` is the field's name, `{method}` the method.
    pub message: Option<String>,
    /// Its way out.
    pub help: Option<String>,
    /// Where the rule is written, or how it was seen.
    pub source: Option<String>,
}

/// Traits of a request; those given must all hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Condition {
    /// One of these methods.
    pub method: Vec<String>,
    /// None of these methods.
    pub method_not: Vec<String>,
    /// The method has lower-case letters.
    pub method_lower: bool,
    /// The method has characters other than ASCII letters.
    pub method_not_letters: bool,
    /// The target holds one of these characters.
    pub target_has: String,
    /// The target has one of these traits.
    pub target: Vec<TargetTrait>,
    /// A field has one of these names, in lower case; a final `*` stands for any rest.
    pub header: Vec<String>,
    /// A field that is named (any, where `header` is empty) has a value of this trait.
    pub header_value: Option<ValueTrait>,
    /// A field that is named has a value with one of these texts in it, in any letter case.
    pub header_value_has: Vec<String>,
    /// A field that is named has a value with none of these texts in it, in this letter case.
    pub header_value_lacks: Vec<String>,
    /// A field that is named has a value that is UTF-8 and begins or ends with one of these
    /// characters, which the client trims. HTTP itself trims only spaces and tabs (RFC 9110 §5.5).
    pub header_value_outer: String,
    /// There is no field of these names, in lower case.
    pub without_header: Vec<String>,
    /// The body, as the template writes it, is one of these.
    pub body: Vec<BodyTrait>,
    /// The scheme of the URL, `http` or `https`.
    pub scheme: Option<String>,
}

/// What a request target may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetTrait {
    /// A `.` or `..` path segment (RFC 3986 §5.2.4).
    DotSegments,
    /// A `#`.
    Fragment,
    /// `http://host/…` (RFC 9112 §3.2.2).
    AbsoluteForm,
    /// `host:port` (RFC 9112 §3.2.3).
    AuthorityForm,
    /// `*` (RFC 9112 §3.2.4).
    AsteriskForm,
    /// A `?` with nothing behind it.
    EmptyQuery,
    /// A query, empty or not.
    Query,
    /// A code point outside ASCII.
    NonAscii,
    /// A path that begins with `//`.
    LeadingSlashes,
}

/// What a field value may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueTrait {
    /// Nothing.
    Empty,
    /// A byte outside ASCII.
    NonAscii,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// The name occurs more than once.
    Repeated,
    /// A horizontal tab inside.
    Tab,
    /// A control character other than the horizontal tab (RFC 9110 §5.5).
    Control,
    /// A vertical tab or form feed, which some take for white space.
    VerticalSpace,
}

/// What a body may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyTrait {
    /// No bytes.
    None,
    /// Some bytes.
    Some,
    /// Written as text.
    Text,
    /// Written as the language's own JSON literal.
    Json,
    /// Written as pairs.
    Form,
    /// Written as parts.
    Multipart,
    /// Read from a file.
    File,
    /// Written as text that holds a code point outside ASCII.
    NonAscii,
    /// Written as text that holds a NUL.
    Nul,
}

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderEffect {
    /// Not written, since the client sends just this by itself.
    Implied,
    /// Not written, and not sent.
    Dropped,
    /// Not written; the client sends a value of its own.
    Replaced,
    /// Written; the client sends another value.
    Changed,
    /// Written; the lines of one name arrive as one, joined with `, `.
    Joined,
    /// Only the last of one name is written.
    LastOnly,
}
