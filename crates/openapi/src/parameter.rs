//! How parameters are written into a request: style, `explode` and `allowReserved` (OpenAPI 3 §4.8.12).

use crate::node::Node;

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum In {
    Path,
    Query,
    Header,
    Cookie,
}

impl In {
    /// The place that a document names.
    pub fn read(name: &str) -> Option<Self> {
        match name {
            "path" => Some(Self::Path),
            "query" => Some(Self::Query),
            "header" => Some(Self::Header),
            "cookie" => Some(Self::Cookie),
            _ => None,
        }
    }

    const fn default_style(self) -> &'static str {
        match self {
            Self::Path | Self::Header => "simple",
            Self::Query | Self::Cookie => "form",
        }
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy)]
pub struct Style<'d> {
    name: &'d str,
    explode: bool,
    escape: Escape,
}

/// Which characters stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// The unreserved ones (RFC 3986 §2.3).
    AllButUnreserved,
    /// The reserved ones too, and escapes that are there (`allowReserved`); not `#`, which ends a query.
    AllButReserved,
    /// Every one: a field is no URI.
    None,
}

impl<'d> Style<'d> {
    /// The style of a parameter, or of an entry of `encoding`.
    pub fn of(holder: &'d Node, place: In) -> Self {
        let name = holder.get("style").and_then(Node::text).unwrap_or(place.default_style());
        let explode = holder.get("explode").map_or(name == "form", Node::is_true);
        let is_reserved = holder.get("allowReserved").is_some_and(Node::is_true);
        let escape = match place {
            In::Header | In::Cookie => Escape::None,
            _ if is_reserved => Escape::AllButReserved,
            _ => Escape::AllButUnreserved,
        };
        Self { name, explode, escape }
    }

    /// The text of a value in a path or a field. Nothing where the style does not know such a value.
    pub fn write(&self, name: &str, value: &Node) -> Option<String> {
        let (prefix, separator, is_named) = match self.name {
            "simple" => ("", ",", false),
            "label" => (".", if self.explode { "." } else { "," }, false),
            "matrix" => (";", if self.explode { ";" } else { "," }, true),
            _ => return None,
        };
        let key = self.escaped(name);
        let text = match value {
            Node::List(items) => {
                let items: Option<Vec<String>> = items.iter().map(|it| self.scalar(it)).collect();
                let named = |item: String| format!("{key}={item}");
                match (is_named, self.explode) {
                    (true, true) => items?.into_iter().map(named).collect::<Vec<_>>().join(";"),
                    (true, false) => named(items?.join(",")),
                    (false, _) => items?.join(separator),
                }
            }
            Node::Map(_) => {
                let pairs = self.pairs_of(value)?;
                let between = if self.explode { "=" } else { "," };
                let pairs: Vec<String> = pairs
                    .into_iter()
                    .map(|(name, value)| format!("{name}{between}{value}"))
                    .collect();
                let joined = pairs.join(if self.explode { separator } else { "," });
                if is_named && !self.explode { format!("{key}={joined}") } else { joined }
            }
            _ if is_named => format!("{key}={}", self.scalar(value)?),
            _ => self.scalar(value)?,
        };
        Some(format!("{prefix}{text}"))
    }

    /// The pairs of a value in a query, a form or a cookie, escaped.
    pub fn write_pairs(&self, name: &str, value: &Node) -> Option<Vec<(String, String)>> {
        let key = self.escaped(name);
        let joined = |separator: &str| -> Option<String> {
            let items: Option<Vec<String>> = match value {
                Node::List(items) => items.iter().map(|it| self.scalar(it)).collect(),
                Node::Map(_) => {
                    Some(self.pairs_of(value)?.into_iter().flat_map(|(a, b)| [a, b]).collect())
                }
                _ => return self.scalar(value),
            };
            Some(items?.join(separator))
        };
        match (self.name, value) {
            ("deepObject", Node::Map(_)) => {
                let pairs = self.pairs_of(value)?;
                let named = |(name, value)| (format!("{key}%5B{name}%5D"), value);
                Some(pairs.into_iter().map(named).collect())
            }
            ("form" | "spaceDelimited" | "pipeDelimited", Node::List(items)) if self.explode => {
                items.iter().map(|it| Some((key.clone(), self.scalar(it)?))).collect()
            }
            ("form", Node::Map(_)) if self.explode => self.pairs_of(value),
            ("form", _) => Some(vec![(key.clone(), joined(",")?)]),
            ("spaceDelimited", Node::List(_) | Node::Map(_)) => {
                Some(vec![(key.clone(), joined("%20")?)])
            }
            ("pipeDelimited", Node::List(_) | Node::Map(_)) => {
                Some(vec![(key.clone(), joined("%7C")?)])
            }
            _ => None,
        }
    }

    fn pairs_of(&self, value: &Node) -> Option<Vec<(String, String)>> {
        let pair = |(name, value): &(String, Node)| Some((self.escaped(name), self.scalar(value)?));
        value.members().iter().map(pair).collect()
    }

    fn scalar(&self, value: &Node) -> Option<String> {
        Some(self.escaped(&value.scalar()?))
    }

    fn escaped(&self, text: &str) -> String {
        escape(text, self.escape)
    }
}

/// Percent-encoding (RFC 3986 §2.1).
pub fn escape(text: &str, escape: Escape) -> String {
    let mut out = String::new();
    for (at, byte) in text.bytes().enumerate() {
        let is_unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_reserved = b":/?[]@!$&'()*+,;=".contains(&byte)
            || (byte == b'%'
                && requote::grammar::percent::decode_first(&text.as_bytes()[at..]).is_some());
        match escape {
            Escape::None => {}
            Escape::AllButReserved if is_unreserved || is_reserved => {}
            Escape::AllButUnreserved if is_unreserved => {}
            _ => {
                out.extend(format!("%{byte:02X}").chars());
                continue;
            }
        }
        out.push(char::from(byte));
    }
    if escape == Escape::None { text.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of style examples of the specification, with its colours and its numbers.
    const VALUES: [&str; 3] = ["blue", "[blue, black, brown]", "{R: 100, G: 200, B: 150}"];

    fn write(style: &str, explode: bool, place: In) -> Vec<String> {
        let holder = format!("{{style: {style}, explode: {explode}}}");
        let holder = crate::node::read(&holder).unwrap();
        let style = Style::of(&holder, place);
        VALUES
            .iter()
            .map(|value| {
                let value = crate::node::read(value).unwrap();
                if matches!(place, In::Path | In::Header) {
                    return style.write("color", &value).unwrap_or_else(|| "n/a".to_owned());
                }
                let pairs = style.write_pairs("color", &value);
                let pairs =
                    pairs.map(|it| it.iter().map(|(a, b)| format!("{a}={b}")).collect::<Vec<_>>());
                pairs.map_or_else(|| "n/a".to_owned(), |it| it.join("&"))
            })
            .collect()
    }

    #[test]
    fn values_are_written_in_every_style() {
        let path = |style, explode| write(style, explode, In::Path);
        let query = |style, explode| write(style, explode, In::Query);
        assert_eq!(path("simple", false), ["blue", "blue,black,brown", "R,100,G,200,B,150"]);
        assert_eq!(path("simple", true), ["blue", "blue,black,brown", "R=100,G=200,B=150"]);
        assert_eq!(path("label", false), [".blue", ".blue,black,brown", ".R,100,G,200,B,150"]);
        assert_eq!(path("label", true), [".blue", ".blue.black.brown", ".R=100.G=200.B=150"]);
        assert_eq!(
            path("matrix", false),
            [";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]
        );
        assert_eq!(
            path("matrix", true),
            [";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]
        );
        assert_eq!(
            query("form", false),
            ["color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]
        );
        assert_eq!(
            query("form", true),
            ["color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]
        );
        assert_eq!(
            query("spaceDelimited", false),
            ["n/a", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]
        );
        assert_eq!(
            query("pipeDelimited", false),
            ["n/a", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]
        );
        assert_eq!(
            query("deepObject", true),
            ["n/a", "n/a", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"]
        );
        assert_eq!(path("form", true), ["n/a"; 3]);
    }

    #[test]
    fn reserved_characters_stay_where_they_are_allowed() {
        assert_eq!(escape("a b/é?%20%", Escape::AllButUnreserved), "a%20b%2F%C3%A9%3F%2520%25");
        assert_eq!(escape("a b/é?%20%", Escape::AllButReserved), "a%20b/%C3%A9?%20%25");
        assert_eq!(escape("a b/é", Escape::None), "a b/é");
    }
}
