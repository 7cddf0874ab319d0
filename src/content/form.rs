//! `application/x-www-form-urlencoded`: a list of pairs.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::grammar::HexCase;
use crate::grammar::percent::{decode_first, push_escape};

/// A name and its value; no value if there is no `=`: `flag` is not `flag=`.
pub type Pair<'a> = (Cow<'a, str>, Option<Cow<'a, str>>);

/// Reads a form (WHATWG URL §5.1) into its pairs, in order, duplicates kept.
///
/// Only what everybody reads alike: pairs joined with one `&` each, visible ASCII, `%` followed by two
/// hexadecimal digits, UTF-8 behind it, and no bare `;`, which some take for a `&` (HTML 4 §B.2.2). An
/// empty text has no pairs. A name or value borrows unless it has escapes.
pub fn parse(bytes: &[u8]) -> Option<Vec<Pair<'_>>> {
    if bytes.is_empty() {
        return Some(Vec::new());
    }
    if !bytes.iter().all(|byte| byte.is_ascii_graphic() && *byte != b';') {
        return None;
    }
    str::from_utf8(bytes).ok()?.split('&').map(read_pair).collect()
}

fn read_pair(pair: &str) -> Option<Pair<'_>> {
    if pair.is_empty() {
        return None;
    }
    match pair.split_once('=') {
        Some((name, value)) => Some((decode(name)?, Some(decode(value)?))),
        None => Some((decode(pair)?, None)),
    }
}

fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['%', '+']) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, mut after)) = rest.split_first() {
        out.push(match first {
            b'+' => b' ',
            b'%' => {
                let byte = decode_first(rest)?;
                after = &after[2..];
                byte
            }
            other => *other,
        });
        rest = after;
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

/// How a client writes a form, and what its values can hold: data of a client.
///
/// Every field has a default; together they are the serializer of the WHATWG (URL §5.2). As TOML:
///
/// ```toml
/// {}                                    # URLSearchParams; Java, URLEncoder
/// { bare-names = true }                 # Ruby, URI.encode_www_form
/// { safe = "_.-~" }                     # Python, urllib.parse.urlencode; curl, --data-urlencode
/// { safe = "_.-~", sorted = true }      # Go, url.Values.Encode
/// { safe = "_.-", duplicates = false }  # PHP, http_build_query
/// { safe = "_.-~", empty-values = false }  # Dart, Uri(queryParameters: …)
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct FormStyle {
    /// The characters that stay as they are besides ASCII letters and digits.
    #[serde(deserialize_with = "read_safe")]
    pub safe: String,
    /// How a space is written.
    pub space: Space,
    /// The letter case of `%XX`.
    pub hex: HexCase,
    /// Whether pairs are sorted by the bytes of their names.
    pub sorted: bool,
    /// Whether a name may occur twice.
    pub duplicates: bool,
    /// Whether names that differ only in letter case are one name.
    pub caseless: bool,
    /// Whether a name without `=` can be written.
    pub bare_names: bool,
    /// Whether a name can be the empty text.
    pub empty_names: bool,
    /// What becomes of line feeds.
    pub line_feeds: LineFeeds,
    /// Whether a value may be empty: some write `a=` as `a`.
    pub empty_values: bool,
}

/// What becomes of a line feed in a name or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineFeeds {
    /// It stays.
    #[default]
    Stay,
    /// It gets a carriage return before it where it has none.
    BecomeCrlf,
    /// It gets a carriage return before it, also where it has one.
    GainReturn,
}

impl LineFeeds {
    /// Whether the text arrives as it is.
    fn keep(self, text: &str) -> bool {
        match self {
            Self::Stay => true,
            Self::BecomeCrlf => text.matches('\n').count() == text.matches("\r\n").count(),
            Self::GainReturn => !text.contains('\n'),
        }
    }
}

/// How a space is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Space {
    /// `+`.
    #[default]
    #[serde(rename = "+")]
    Plus,
    /// `%20`.
    #[serde(rename = "%20")]
    Percent,
}

impl Default for FormStyle {
    fn default() -> Self {
        Self {
            safe: "*-._".to_owned(),
            space: Space::Plus,
            hex: HexCase::Upper,
            sorted: false,
            duplicates: true,
            caseless: false,
            bare_names: false,
            empty_names: true,
            line_feeds: LineFeeds::Stay,
            empty_values: true,
        }
    }
}

fn read_safe<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let is_safe = |character: &char| character.is_ascii_graphic() && !"%&+;=".contains(*character);
    match text.chars().find(|character| !is_safe(character)) {
        None => Ok(text),
        Some(other) => Err(D::Error::custom(format_args!("a form must escape {other:?}"))),
    }
}

/// What a client of this style sends for these pairs.
///
/// Nothing if it cannot hold them: it would sort them otherwise, drop a name that occurs twice or is
/// empty, give a bare name a value, or change line ends.
pub fn write(pairs: &[Pair], style: &FormStyle) -> Option<String> {
    if style.sorted && !pairs.is_sorted_by(|left, right| left.0 <= right.0)
        || !style.empty_names && pairs.iter().any(|(name, _)| name.is_empty())
        || !style.duplicates && has_duplicates(pairs, style)
    {
        return None;
    }
    let keeps = |text: &str| style.line_feeds.keep(text);
    if !pairs.iter().all(|(name, value)| keeps(name) && value.as_deref().is_none_or(keeps)) {
        return None;
    }
    let mut out = String::new();
    for (place, (name, value)) in pairs.iter().enumerate() {
        if place > 0 {
            out.push('&');
        }
        encode(name, style, &mut out);
        if let Some(value) = value {
            if value.is_empty() && !style.empty_values {
                return None;
            }
            out.push('=');
            encode(value, style, &mut out);
        } else if !style.bare_names || name.is_empty() {
            return None;
        }
    }
    Some(out)
}

fn has_duplicates(pairs: &[Pair], style: &FormStyle) -> bool {
    let mut seen = HashSet::new();
    !pairs.iter().all(|(name, _)| {
        let name = if style.caseless { name.to_lowercase().into() } else { Cow::Borrowed(&**name) };
        seen.insert(name)
    })
}

fn encode(text: &str, style: &FormStyle, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b' ' if style.space == Space::Plus => out.push('+'),
            _ if byte.is_ascii_alphanumeric() || style.safe.as_bytes().contains(&byte) => {
                out.push(char::from(byte));
            }
            _ => push_escape(out, byte, style.hex),
        }
    }
}

/// Whether both are the same pairs in the same order, however they are escaped.
///
/// What [`parse`] does not read is the same only if its bytes are.
pub fn same_pairs(left: &[u8], right: &[u8]) -> bool {
    left == right
        || match (parse(left), parse(right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair<'a>(name: &'a str, value: Option<&'a str>) -> Pair<'a> {
        (name.into(), value.map(Cow::from))
    }

    #[test]
    fn pairs_keep_order_duplicates_and_bare_names() {
        let pairs = parse(b"a=1&b=x+y%26%C3%a9&a=&flag&=v&c=d=e").unwrap();
        let expected = [
            pair("a", Some("1")),
            pair("b", Some("x y&\u{e9}")),
            pair("a", Some("")),
            pair("flag", None),
            pair("", Some("v")),
            pair("c", Some("d=e")),
        ];
        assert_eq!(pairs, expected);
        assert!(matches!(pairs[0].1, Some(Cow::Borrowed("1"))));
        assert_eq!(parse(b""), Some(Vec::new()));
    }

    #[test]
    fn what_is_read_in_two_ways_stays_text() {
        for text in [
            "a&&b", "&a=1", "a=1&", "a=%", "a=%4", "a=%zz", "a=%ff", "a=1\n", "a=b c", "a=é",
            "a=1;b=2",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn a_style_says_no_to_what_it_cannot_hold() {
        let style = |toml: &str| toml::from_str::<FormStyle>(toml).unwrap();
        let written = |form: &str, toml| write(&parse(form.as_bytes()).unwrap(), &style(toml));
        assert_eq!(written("flag", ""), None);
        assert_eq!(written("flag&a=", "bare-names = true").as_deref(), Some("flag&a="));
        assert_eq!(written("b=1&a=2", "sorted = true"), None);
        assert_eq!(written("a=2&a=1&b=", "sorted = true").as_deref(), Some("a=2&a=1&b="));
        assert_eq!(written("a=1&a=2", "duplicates = false"), None);
        assert_eq!(written("a=1&A=2", "duplicates = false").as_deref(), Some("a=1&A=2"));
        assert_eq!(written("a=1&A=2", "duplicates = false\ncaseless = true"), None);
        assert_eq!(written("a=", "empty-values = false"), None);
        assert_eq!(write(&[pair("", None)], &style("bare-names = true")), None);
        for (toml, keeps_crlf, keeps_lf) in [
            ("", true, true),
            ("line-feeds = 'become-crlf'", true, false),
            ("line-feeds = 'gain-return'", false, false),
        ] {
            assert_eq!(written("a=b%0D%0A", toml).is_some(), keeps_crlf, "{toml}");
            assert_eq!(written("a%0A=b", toml).is_some(), keeps_lf, "{toml}");
        }
    }

    #[test]
    fn an_unsafe_style_is_refused() {
        for toml in ["safe = '&'", "safe = ' '", "safe = 'é'", "unknown = 1", "space = 'plus'"] {
            assert!(toml::from_str::<FormStyle>(toml).is_err(), "{toml}");
        }
    }

    #[test]
    fn same_pairs_ignores_escapes_only() {
        assert!(same_pairs(b"a=%41+%2b", b"%61=A%20%2B"));
        assert!(!same_pairs(b"a=1&b=2", b"b=2&a=1"));
        assert!(!same_pairs(b"a", b"a="));
        assert!(same_pairs(b"a=%", b"a=%"));
        assert!(!same_pairs(b"a=%", b"a=%25"));
    }
}
