//! Rules of a client: when a request has this trait, that follows. Data, read from
//! `[[client.<name>.rule]]`; the traits are named here and judged in `view/`. What a client does to
//! methods and fields is no rule but a fact, see [`super::fact`].

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
    /// The snippet could not run, or would send another method or body: the reason, a sentence in
    /// which `{method}` is the method.
    pub unsupported: Option<String>,
    /// The code of the diagnostic with that reason.
    pub code: Option<String>,
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
    /// There is no field of these names, in lower case.
    pub without_header: Vec<String>,
    /// The body, as the template writes it, is one of these.
    pub body: Vec<BodyTrait>,
    /// The body, as the template writes it, is text with one of these texts in it.
    pub body_has: Vec<String>,
    /// The scheme of the URL, `http` or `https`.
    pub scheme: Option<String>,
    /// The URL is potentially trustworthy, as browsers ask (Secure Contexts §3.1): `https`, an address of the
    /// loopback, `localhost` or a name below it.
    pub trustworthy: bool,
}

/// What a request target may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetTrait {
    /// A `.` or `..` path segment (RFC 3986 §5.2.4).
    DotSegments,
    /// A code point outside ASCII.
    NonAscii,
}

/// What a field value may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueTrait {
    /// Nothing.
    Empty,
    /// A byte outside ASCII.
    NonAscii,
    /// The name occurs more than once.
    Repeated,
    /// A horizontal tab inside.
    Tab,
    /// A control character other than the horizontal tab (RFC 9110 §5.5).
    Control,
    /// A vertical tab or form feed, which some take for white space.
    VerticalSpace,
    /// No media type (RFC 9110 §8.3.1).
    NoMediaType,
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
    /// Written as the language's own JSON literal, and an array or object of it may be empty.
    JsonWithEmpty,
    /// Written as pairs.
    Form,
    /// Read from a file.
    File,
}
