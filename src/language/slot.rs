//! What the parts of a multipart form may hold where a client's own API takes them. Many APIs read
//! a small language there (curl's `--form` splits at `;` and opens what follows `@`), so a slot
//! lists what is known to arrive as it is; all else goes into the exact body.

use serde::Deserialize;

use crate::grammar::parameters::Parameterized;

/// A name or a file name of a part.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NameSlot {
    /// The ASCII characters that arrive as they are, besides letters and digits.
    pub takes: String,
    /// Whether code points outside ASCII arrive as UTF-8; controls never do.
    pub non_ascii: bool,
    /// Whether spaces at either end are trimmed.
    pub trims: bool,
    /// Whole texts that do not arrive.
    pub not: Vec<String>,
}

impl NameSlot {
    /// Whether `text` arrives as it is.
    pub fn carries(&self, text: &str) -> bool {
        let is_taken = |c: char| match c {
            _ if c.is_ascii_alphanumeric() => true,
            _ if c.is_ascii() => !c.is_ascii_control() && self.takes.contains(c),
            _ => self.non_ascii && !c.is_control(),
        };
        text.chars().all(is_taken)
            && !(self.trims && text.trim() != text)
            && !self.not.iter().any(|refused| refused == text)
    }
}

/// A pair of a name and a value, where a client takes it in one text: its separators and escapes are
/// then not free to occur in it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PairSlot {
    /// What the name may hold; anything where there is no such table.
    pub name: Option<NameSlot>,
    /// Which values arrive as they are. One that the code reads from its environment has no escapes.
    pub value: TextSlot,
}

impl PairSlot {
    /// Whether the pair arrives as it is.
    pub fn carries(&self, name: &str, value: &str) -> bool {
        self.name.as_ref().is_none_or(|slot| !name.is_empty() && slot.carries(name))
            && self.value.carries(value)
    }
}

/// A text that arrives as it is where nothing in it means something to the client.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TextSlot {
    /// Characters that mean something at the beginning.
    pub not_first: String,
    /// Texts that mean something anywhere.
    pub lacks: Vec<String>,
    /// Whether spaces at either end are trimmed.
    pub trims: bool,
}

impl TextSlot {
    /// Whether the text arrives as it is.
    pub fn carries(&self, text: &str) -> bool {
        let is_meant = text.starts_with(|c| self.not_first.contains(c))
            || self.lacks.iter().any(|meant| text.contains(&**meant));
        let is_trimmed = self.trims && text.trim() != text;
        !is_meant && !is_trimmed
    }
}

/// A part's Content-Type: a media type (RFC 9110 §8.3.1) and nothing else.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TypeSlot {
    /// The characters of type and subtype that arrive as they are, besides letters and digits.
    pub takes: String,
    /// The names of parameters that arrive, in lower case; `*` for any.
    pub parameters: Vec<String>,
    /// Whether the value of a parameter may be a quoted string.
    pub quoted: bool,
    /// Whether the client writes capital letters small.
    pub lowers: bool,
}

impl TypeSlot {
    /// Whether `value` is a media type and arrives with the same meaning.
    pub fn carries(&self, value: &str) -> bool {
        let Some(parsed) = Parameterized::parse(value) else { return false };
        let Some((kind, subtype)) = parsed.head.split_once('/') else { return false };
        let is_taken = |c: char| c.is_ascii_alphanumeric() || self.takes.contains(c);
        let is_plain = |token: &str| !token.contains('/') && token.chars().all(is_taken);
        let has_name = |name: &str| {
            self.parameters.iter().any(|known| known == "*" || known.eq_ignore_ascii_case(name))
        };
        // Parameterized::parse skips empty parameters, which only some clients write.
        let separators = value.matches(';').count();
        let in_quotes: usize =
            parsed.parameters.iter().map(|parameter| parameter.raw.matches(';').count()).sum();
        is_plain(kind)
            && is_plain(subtype)
            && separators - in_quotes == parsed.parameters.len()
            && parsed.parameters.iter().all(|parameter| {
                has_name(parameter.name)
                    && if parameter.quoted {
                        self.quoted && parameter.raw.bytes().all(|b| matches!(b, b' '..=b'~'))
                    } else {
                        // A token: `Parameterized` takes nothing else outside of quotes.
                        true
                    }
            })
            && !(self.lowers && value.bytes().any(|byte| byte.is_ascii_uppercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::{NameSlot, PairSlot, TextSlot, TypeSlot};

    #[test]
    fn a_text_is_taken_where_nothing_in_it_means_something() {
        let slot = TextSlot { not_first: "@<".into(), lacks: vec![";".into()], trims: true };
        for text in ["", "a", "a@<", "a\nb"] {
            assert!(slot.carries(text), "{text:?}");
        }
        for text in ["@a", "<a", "a;b", " a", "a\n"] {
            assert!(!slot.carries(text), "{text:?}");
        }
    }

    #[test]
    fn a_name_holds_what_its_slot_lists() {
        let none = NameSlot::default();
        assert!(none.carries("a1") && none.carries(""));
        let slot = NameSlot {
            takes: " .@".into(),
            non_ascii: true,
            trims: true,
            not: vec!["no one".into()],
        };
        for (text, is_carried) in [
            ("a b.@", true),
            ("é", true),
            (" a", false),
            ("a\u{a0}", false),
            ("no one", false),
            ("no others", true),
            ("a;b", false),
            ("a\"b", false),
            ("a\tb", false),
            ("\u{85}", false),
            ("\u{7f}", false),
        ] {
            assert_eq!(slot.carries(text), is_carried, "{text:?}");
            assert!(text.is_empty() || !none.carries(text), "{text:?}");
        }
        assert!(NameSlot { trims: false, ..slot }.carries(" a "));
    }

    #[test]
    fn a_pair_has_a_name_that_its_slot_takes_and_no_escape_in_its_value() {
        assert!(PairSlot::default().carries("", "\\:"));
        let slot = PairSlot {
            name: Some(NameSlot::default()),
            value: TextSlot {
                not_first: "@".into(),
                lacks: vec!["\\:".into(), "\0".into()],
                trims: false,
            },
        };
        assert!(slot.carries("a", ":\\") && slot.carries("a", "") && slot.carries("a", "b@"));
        for (name, value) in [("", "a"), ("a:", "a"), ("a", "b\\:c"), ("a", "\0"), ("a", "@b")] {
            assert!(!slot.carries(name, value), "{name:?} {value:?}");
        }
    }

    #[test]
    fn a_type_is_a_media_type_with_known_parameters() {
        let plain = TypeSlot { takes: "-.+".into(), ..TypeSlot::default() };
        let rich = TypeSlot {
            takes: "-.+!#$%&'*^_`|~".into(),
            parameters: vec!["*".into()],
            quoted: true,
            lowers: false,
        };
        let charset = TypeSlot { parameters: vec!["charset".into()], ..plain.clone() };
        for (value, in_plain, in_charset, in_rich) in [
            ("text/plain", true, true, true),
            ("application/vnd.a-b+json", true, true, true),
            ("Text/Plain", true, true, true),
            ("text/x_y", false, false, true),
            ("text/plain; Charset=utf-8", false, true, true),
            ("text/plain;headers=@/etc/passwd", false, false, false),
            ("text/plain;headers=f", false, false, true),
            ("text/plain;filename=\"a\"", false, false, true),
            ("text/plain;charset=\"a;b\"", false, false, true),
            ("text/plain;charset=a;", false, false, false),
            ("text/plain;;charset=a", false, false, false),
            ("text/plain;", false, false, false),
            ("text/plain,/etc/passwd", false, false, false),
            ("text/a/b", false, false, false),
            ("text", false, false, false),
            ("", false, false, false),
            ("/", false, false, false),
            ("@/etc/passwd", false, false, false),
            ("text/plain;charset=\"\u{e9}\"", false, false, false),
        ] {
            assert_eq!(plain.carries(value), in_plain, "plain: {value:?}");
            assert_eq!(charset.carries(value), in_charset, "charset: {value:?}");
            assert_eq!(rich.carries(value), in_rich, "rich: {value:?}");
        }
        let lowers = TypeSlot { lowers: true, ..rich };
        assert!(lowers.carries("text/plain;a=b") && !lowers.carries("text/plain;a=B"));
    }
}
