//! Media types (RFC 9110 §8.3.1).

use crate::parse::token::{find_non_token, is_token_byte};

/// A Content-Type value: `type/subtype; name=value; …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// `type/subtype`, lower-case.
    pub essence: String,
    /// The parameters in order: lower-case names, values without their quotes.
    pub parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads a Content-Type value; `None` where it does not follow the grammar.
    pub fn read(value: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(value).ok()?;
        let (essence, mut rest) = text.split_at(text.find(';').unwrap_or(text.len()));
        let essence = essence.trim_matches([' ', '\t']);
        let (kind, subtype) = essence.split_once('/')?;
        if [kind, subtype]
            .iter()
            .any(|part| part.is_empty() || find_non_token(part.as_bytes()).is_some())
        {
            return None;
        }
        let mut parameters = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            let Some(after) = rest.strip_prefix(';') else { break };
            // Empty parameters are allowed: `a/b;;` (RFC 9110 §5.6.6).
            rest = after.trim_start_matches([' ', '\t']);
            if !rest.is_empty() && !rest.starts_with(';') {
                let (parameter, after) = read_parameter(rest)?;
                parameters.push(parameter);
                rest = after;
            }
        }
        rest.is_empty().then(|| Self { essence: essence.to_ascii_lowercase(), parameters })
    }

    /// The first parameter of this lower-case name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the content is JSON: `application/json`, `text/json`, `…+json`.
    pub fn is_json(&self) -> bool {
        matches!(self.essence.as_str(), "application/json" | "text/json")
            || self.essence.ends_with("+json")
    }
}

fn read_parameter(text: &str) -> Option<((String, String), &str)> {
    let (name, rest) = text.split_once('=')?;
    if name.is_empty() || find_non_token(name.as_bytes()).is_some() {
        return None;
    }
    let (value, rest) = if let Some(quoted) = rest.strip_prefix('"') {
        read_quoted(quoted)?
    } else {
        let end = rest.bytes().position(|byte| !is_token_byte(byte)).unwrap_or(rest.len());
        (rest.get(..end)?.to_owned(), rest.get(end..)?)
    };
    Some(((name.to_ascii_lowercase(), value), rest))
}

/// A quoted string after its first quote (RFC 9110 §5.6.4).
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut points = text.char_indices();
    while let Some((at, point)) = points.next() {
        match point {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(points.next()?.1),
            _ => value.push(point),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_keep_their_order_and_lose_their_quotes() {
        let read = MediaType::read(br#"Text/Plain ; A="x\"; y" ;;b=c"#).unwrap();
        assert_eq!(read.essence, "text/plain");
        let pairs = [("a", "x\"; y"), ("b", "c")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(read.parameters, pairs);
    }

    #[test]
    fn other_text_is_no_media_type() {
        for text in [
            "",
            "json",
            "/",
            "a/",
            "a/b c",
            "a/b;x",
            "a/b;x=\"y",
            "a/b;=y",
            "a/b;x=y z",
            "a/b; x=é",
        ] {
            assert_eq!(MediaType::read(text.as_bytes()), None, "{text}");
        }
    }
}
