//! What a client cannot carry, in words: from its table in `language.toml`.

use serde::Serialize;

use super::client::{Client, Encoding};
use super::fact::MethodEffect;
use super::step::Step;

/// Something that a client cannot carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Limit {
    /// Which part of a request it is about.
    pub part: LimitPart,
    /// A few words.
    pub words: String,
}

/// The part of a request that a client cannot always carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LimitPart {
    /// The method.
    Method,
    /// The request target.
    Target,
    /// Host.
    Host,
    /// Other fields.
    Fields,
    /// The body.
    Body,
    /// Several of these together.
    Other,
}

/// What a client cannot carry, in the order of its table; nothing for a client that carries
/// everything (trailer fields apart, which hardly any client sends).
pub fn limits(client: &Client) -> Vec<Limit> {
    let mut found = Vec::new();
    let mut add = |part: LimitPart, words: String| {
        let limit = Limit { part, words };
        if !found.contains(&limit) {
            found.push(limit);
        }
    };
    for fact in &client.method {
        let part = match fact.effect {
            MethodEffect::NoBody => LimitPart::Body,
            MethodEffect::Refused | MethodEffect::UpperCase => LimitPart::Method,
        };
        add(part, fact.fragment());
    }
    for words in describe_target(client) {
        add(LimitPart::Target, words.to_owned());
    }
    if client.host.forbidden {
        add(LimitPart::Host, "takes Host from the URL".to_owned());
    }
    for fact in &client.field {
        add(LimitPart::Fields, fact.fragment());
    }
    if client.header.text == Encoding::Ascii && !client.header.bytes {
        add(LimitPart::Fields, "sends field values in ASCII only".to_owned());
    }
    for reason in client.rule.iter().filter_map(|rule| rule.unsupported.as_ref()) {
        add(LimitPart::Other, reason.replace("{method}", "with small letters"));
    }
    found
}

/// What still happens to a target when the client's closest way is taken.
fn describe_target(client: &Client) -> Vec<&'static str> {
    let steps = client.target.raw.as_ref().unwrap_or(&client.target.plain);
    steps.iter().map(describe_step).collect()
}

const fn describe_step(step: &Step) -> &'static str {
    match step {
        Step::Url | Step::PathAndQuery => "origin-form without fragment only",
        Step::Whatwg => "normalised as the URL standard says",
        Step::DotSegments => "dot segments removed",
        Step::DecodeUnreserved | Step::DecodeUnreservedQuery => "`%7e` becomes `~`",
        Step::UpperHex | Step::UpperHexPath | Step::UpperHexIri => "`%e9` becomes `%E9`",
        Step::EscapeNonAscii => "percent-encoded outside ASCII",
        Step::EscapeStrayPercent | Step::EscapePercentIfStray => "a stray `%` becomes `%25`",
        Step::DropFragment => "no fragment",
        Step::DropEmptyParameters => "a bare `;` at the end of the path is dropped",
        Step::DropEmptyQuery => "a bare `?` is dropped",
        Step::CollapseLeadingSlashes
        | Step::CollapseSlashes
        | Step::CollapseSlashesReencoding(_) => "`//` becomes `/`",
        Step::BackslashToSlash => "`\\` becomes `/`",
        Step::Decode(_)
        | Step::EncodeParameters(_)
        | Step::Escape(_)
        | Step::EscapePath(_)
        | Step::EscapeQuery(_)
        | Step::RecodePath(_)
        | Step::ReencodePath(_)
        | Step::ReencodeQuery(_) => "some characters are encoded otherwise",
        Step::Refuse(_)
        | Step::RefusePath(_)
        | Step::RefuseQuery(_)
        | Step::RefuseStrayPercent
        | Step::RefuseStrayPercentPath
        | Step::RefuseStrayPercentBeforeTwo
        | Step::RefuseLeadingSlashes
        | Step::RefuseInvalidAuthority
        | Step::RefuseNonAscii
        | Step::RefuseHidden => "some targets are refused",
    }
}
