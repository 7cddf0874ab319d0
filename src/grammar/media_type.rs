//! Media types (RFC 9110 §8.3.1).

use std::borrow::Cow;

use super::parameters::{Parameter, Parameterized};
use super::token::is_token;

/// A Content-Type value: `type/subtype; name=value; …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType<'a> {
    /// `type/subtype`, lower-case.
    pub essence: Cow<'a, str>,
    value: Parameterized<'a>,
}

/// Media types whose text is a sequence of lines, so that the last line's end belongs to the content:
/// plain text (RFC 2046 §4.1), CSV (RFC 4180 §2), JSON text sequences (RFC 7464), lines of JSON.
const LINES: [&str; 14] = [
    "application/json-seq",
    "application/geo+json-seq",
    "application/jsonl",
    "application/jsonlines",
    "application/json-lines",
    "application/ndjson",
    "application/x-json-lines",
    "application/x-jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
    "application/csv",
    "application/n-triples",
    "application/n-quads",
    "application/openmetrics-text",
];

/// Types of languages that take each line end for the same.
const FREE_LINE_ENDS: [&str; 11] = [
    "application/ecmascript",
    "application/graphql",
    "application/javascript",
    "application/x-javascript",
    "application/xml",
    "application/xml-dtd",
    "application/xml-external-parsed-entity",
    "text/css",
    "text/html",
    "text/javascript",
    "text/xml",
];

/// Types of `text/` that are one document and not a sequence of lines.
const TEXT_DOCUMENTS: [&str; 5] =
    ["text/json", "text/xml", "text/html", "text/xml-external-parsed-entity", "text/javascript"];

impl<'a> MediaType<'a> {
    /// Reads a Content-Type value; `None` where it does not follow the grammar.
    pub fn read(value: &'a [u8]) -> Option<Self> {
        let value = Parameterized::parse(std::str::from_utf8(value).ok()?)?;
        let (kind, subtype) = value.head.split_once('/')?;
        (is_token(kind.as_bytes()) && is_token(subtype.as_bytes()))
            .then(|| Self { essence: lower(value.head), value })
    }

    /// The essence of a Content-Type value, lower-case, as far as it can be told: what is before the
    /// first `;`, whether or not the value follows the grammar. Empty where it is not UTF-8.
    pub fn essence_of(value: &'a [u8]) -> Cow<'a, str> {
        let end = memchr::memchr(b';', value).unwrap_or(value.len());
        let text = std::str::from_utf8(&value[..end]).unwrap_or_default();
        lower(text.trim_matches(super::space::is_blank_char))
    }

    /// The value of the first parameter of this name, in any letter case.
    pub fn parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut parameters = self.value.parameters.iter();
        parameters.find(|known| known.name.eq_ignore_ascii_case(name)).map(Parameter::value)
    }

    /// Whether the content is JSON; see [`is_json`].
    pub fn is_json(&self) -> bool {
        is_json(&self.essence)
    }
}

/// Whether content of this type, lower-case and without parameters, is JSON: `application/json`
/// (RFC 8259 §11), the unregistered `text/json`, and the suffix `+json` (RFC 6839 §3.1).
pub fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether CR LF and LF say the same in content of this type, lower-case and without parameters: XML
/// (XML 1.0 §2.11), HTML (HTML Standard §13.2.3.5), CSS (CSS Syntax §3.3), JavaScript (ECMA-262
/// §12.3, and §12.9.6 for templates), GraphQL (specification of 2021, §2.1.2 and §2.9.4). In JSON they
/// are white space, but only where the text is JSON.
pub fn has_free_line_ends(essence: &str) -> bool {
    FREE_LINE_ENDS.contains(&essence) || essence.ends_with("+xml")
}

/// Whether content of this type, lower-case and without parameters, is a sequence of lines, so that
/// the end of its last line belongs to it.
pub fn is_made_of_lines(essence: &str) -> bool {
    LINES.contains(&essence)
        || essence.ends_with("+json-seq")
        || essence.ends_with("ndjson")
        || essence.ends_with("+jsonl")
        || (essence.starts_with("text/")
            && !essence.ends_with("+xml")
            && !is_json(essence)
            && !TEXT_DOCUMENTS.contains(&essence))
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_have_any_letter_case_and_values_lose_their_quotes() {
        let read = MediaType::read(br#"Text/Plain ; A="x\"; y" ;;b=c"#).unwrap();
        assert_eq!(read.essence, "text/plain");
        assert_eq!(read.parameter("a").as_deref(), Some("x\"; y"));
        assert_eq!(read.parameter("B").as_deref(), Some("c"));
        assert_eq!(read.parameter("c"), None);
    }

    #[test]
    fn other_text_is_not_a_media_type() {
        for text in [
            "",
            "json",
            "/",
            "a/",
            "a/b/c",
            "a/b c",
            "a/b;x",
            "a/b;x=\"y",
            "a/b;=y",
            "a/b;x=y z",
            "a/b; x=é",
            // A parameter has a value, and an empty one is quoted (RFC 9110 §5.6.6).
            "application/json; charset=",
        ] {
            assert_eq!(MediaType::read(text.as_bytes()), None, "{text}");
        }
        assert!(MediaType::read(b"a/b; x=\"\"").is_some());
    }

    #[test]
    fn the_essence_is_told_even_of_a_value_that_breaks_the_grammar() {
        assert_eq!(MediaType::essence_of(b" Application/JSON ; charset="), "application/json");
        assert_eq!(MediaType::essence_of(b"text/csv"), "text/csv");
        assert_eq!(MediaType::essence_of(b"\xff"), "");
    }

    #[test]
    fn json_is_known_by_name_and_suffix() {
        assert!(["application/json", "text/json", "a/b+json"].into_iter().all(is_json));
        assert!(
            !["application/jsonl", "application/json-seq", "text/plain"].into_iter().any(is_json)
        );
    }

    #[test]
    fn types_made_of_lines_are_told_from_documents() {
        for lines in [
            "text/plain",
            "text/csv",
            "text/event-stream",
            "application/x-ndjson",
            "application/json-seq",
            "application/vnd.elasticsearch+x-ndjson",
            "application/jsonl",
            "text/markdown",
        ] {
            assert!(is_made_of_lines(lines), "{lines}");
        }
        for document in [
            "application/json",
            "text/json",
            "text/html",
            "text/xml",
            "text/a+xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "",
        ] {
            assert!(!is_made_of_lines(document), "{document}");
        }
    }
}
