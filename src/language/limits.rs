//! What a client cannot carry, in words: from its table in `language.toml`.

use super::client::{Client, Encoding};
use super::rule::{Condition, HeaderEffect, Rule, ValueTrait};
use super::step::Step;

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
        let methods = name_methods(&rule.when);
        let reason = if methods.starts_with("a method") {
            reason.replace("the method {method}", &methods)
        } else {
            reason.clone()
        };
        return Some(format!("no code: {}", reason.replace("{method}", &methods)));
    }
    let fields = name_fields(&rule.when);
    Some(match rule.header? {
        HeaderEffect::Implied => return None,
        HeaderEffect::Dropped => format!("not sent: {fields}"),
        HeaderEffect::Replaced => format!("the client's own instead: {fields}"),
        HeaderEffect::Changed => format!("changed: {fields}"),
        HeaderEffect::Joined => format!("arrive as one list: {fields}"),
        HeaderEffect::LastOnly => format!("only the last of: {fields}"),
    })
}

/// The methods that a condition is about.
fn name_methods(when: &Condition) -> String {
    let mut names: Vec<String> = when.method.iter().map(|m| m.to_ascii_uppercase()).collect();
    names.sort_unstable();
    names.dedup();
    let is_upper = |method: &String| !method.bytes().any(|b| b.is_ascii_lowercase());
    if names.is_empty() {
        return if !when.method_not.is_empty() {
            format!("a method other than {}", when.method_not.join(", "))
        } else if when.method_lower {
            "a method with lower-case letters".to_owned()
        } else if when.method_not_letters {
            "a method with other characters than letters".to_owned()
        } else {
            "a method".to_owned()
        };
    }
    let names = names.join(", ");
    if when.method.iter().all(is_upper) {
        names
    } else if when.method.iter().any(is_upper) {
        format!("{names} (any letter case)")
    } else {
        format!("{names} (not in capitals)")
    }
}

/// The fields that a condition is about.
fn name_fields(when: &Condition) -> String {
    let names = when.header.join("`, `");
    let which = match when.header_value {
        Some(ValueTrait::Empty) => "without a value",
        Some(ValueTrait::NonAscii) => "with text outside ASCII",
        Some(ValueTrait::NotUtf8) => "with bytes that are not UTF-8",
        Some(ValueTrait::Repeated) => "that are repeated",
        Some(ValueTrait::Tab) => "with a tab",
        Some(ValueTrait::Control) => "with control characters",
        Some(ValueTrait::VerticalSpace) => "with vertical space",
        None if !when.header_value_outer.is_empty() => "that begin or end with white space",
        None if !when.header_value_has.is_empty() => "with some values",
        None => "",
    };
    if names.is_empty() && when.header_value == Some(ValueTrait::Repeated) {
        return "repeated fields".to_owned();
    }
    let subject = if names.is_empty() { "fields".to_owned() } else { format!("`{names}`") };
    format!("{subject} {which}").trim_end().to_owned()
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

#[cfg(test)]
mod tests {
    use super::describe_rule;
    use crate::language::Rule;

    #[test]
    fn a_rule_is_told_in_words() {
        let cases = [
            (
                "when = { header-value = 'repeated' }\nheader = 'joined'",
                "arrive as one list: repeated fields",
            ),
            (
                "when = { header = ['a', 'b'], header-value = 'tab' }\nheader = 'dropped'",
                "not sent: `a`, `b` with a tab",
            ),
            (
                "when = { method = ['GET', 'Get'] }\nunsupported = 'no {method}'",
                "no code: no GET (any letter case)",
            ),
            (
                "when = { method = ['put', 'get'] }\nunsupported = 'no {method}'",
                "no code: no GET, PUT (not in capitals)",
            ),
            (
                "when = { method-not = ['GET'] }\nunsupported = 'knows not the method {method}'",
                "no code: knows not a method other than GET",
            ),
            (
                "when = { method-lower = true }\nunsupported = 'writes the method {method} anew'",
                "no code: writes a method with lower-case letters anew",
            ),
        ];
        for (table, words) in cases {
            let rule: Rule = toml::from_str(table).unwrap();
            assert_eq!(describe_rule(&rule).as_deref(), Some(words), "{table}");
        }
    }
}
