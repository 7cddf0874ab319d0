//! What a client cannot carry, in words: from its table in `language.toml`.

use super::client::{Client, Encoding, Step};
use super::rule::{HeaderEffect, Rule};

/// One sentence fragment for each limit, in the order of the table; none for a client that carries
/// everything (trailer fields apart, which hardly any client sends).
pub fn limits(client: &Client) -> Vec<String> {
    let mut found: Vec<String> = client.rule.iter().filter_map(describe_rule).collect();
    found.extend(describe_target(client));
    if client.header.text == Encoding::Ascii && !client.header.bytes {
        found.push("field values outside ASCII are not sent".to_owned());
    }
    if client.host.forbidden {
        found.push("Host follows the URL".to_owned());
    }
    found.dedup();
    found
}

fn describe_rule(rule: &Rule) -> Option<String> {
    if let Some(reason) = &rule.unsupported {
        let methods = rule.when.method.join(", ");
        let methods = if methods.is_empty() { "some methods".to_owned() } else { methods };
        return Some(format!("no code: {}", reason.replace("{method}", &methods)));
    }
    let names = rule.when.header.join("`, `");
    let fields = if names.is_empty() { "fields".to_owned() } else { format!("`{names}`") };
    let is_repeated = rule.when.header_value == Some(super::ValueTrait::Repeated);
    Some(match rule.header? {
        HeaderEffect::Implied => return None,
        HeaderEffect::Dropped if is_repeated => "repeated fields are not sent".to_owned(),
        HeaderEffect::Dropped => format!("not sent: {fields}"),
        HeaderEffect::Replaced => format!("the client's own instead: {fields}"),
        HeaderEffect::Changed => format!("changed: {fields}"),
        HeaderEffect::Joined => "repeated fields arrive as one list".to_owned(),
        HeaderEffect::LastOnly => "only the last of repeated fields".to_owned(),
    })
}

/// What still happens to a target when the client's closest way is taken.
fn describe_target(client: &Client) -> Option<String> {
    let steps = client.target.raw.as_ref().unwrap_or(&client.target.plain);
    let mut words: Vec<&str> = steps.iter().map(describe_step).collect();
    words.dedup();
    if words.is_empty() { None } else { Some(format!("target: {}", words.join(", "))) }
}

const fn describe_step(step: &Step) -> &'static str {
    match step {
        Step::Url | Step::PathAndQuery => "origin-form without fragment only",
        Step::Whatwg => "normalised as the URL standard says",
        Step::DotSegments => "dot segments removed",
        Step::DecodeUnreserved | Step::DecodeUnreservedQuery => "`%7e` becomes `~`",
        Step::UpperHex | Step::UpperHexPath => "`%e9` becomes `%E9`",
        Step::EscapeNonAscii => "percent-encoded outside ASCII",
        Step::EscapeStrayPercent | Step::EscapePercentIfStray => "a stray `%` becomes `%25`",
        Step::DropFragment => "no fragment",
        Step::DropEmptyQuery => "a bare `?` is dropped",
        Step::CollapseLeadingSlashes | Step::CollapseSlashes => "`//` becomes `/`",
        Step::BackslashToSlash => "`\\` becomes `/`",
        Step::Decode(_)
        | Step::Escape(_)
        | Step::EscapePath(_)
        | Step::EscapeQuery(_)
        | Step::RecodePath(_)
        | Step::ReencodePath(_)
        | Step::ReencodeQuery(_) => "some characters are encoded otherwise",
        Step::Refuse(_)
        | Step::RefusePath(_)
        | Step::RefuseStrayPercent
        | Step::RefuseStrayPercentPath
        | Step::RefuseLeadingSlashes
        | Step::RefuseNonAscii
        | Step::RefuseHidden => "some targets are refused",
    }
}
