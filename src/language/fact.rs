//! Facts of a client: what it does to methods and to fields, and where that is written. Data, read
//! from `[[client.<name>.method]]` and `[[client.<name>.field]]`; what is said of each stands in
//! [`super::words`].

use serde::Deserialize;

use super::rule::{Condition, ValueTrait};
use crate::grammar::list::has_element;

/// What a client does to requests of some methods. A fact that selects nothing is about all methods.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MethodFact {
    /// What it does.
    pub effect: MethodEffect,
    /// Only to these methods; for [`MethodEffect::UpperCase`] in any letter case.
    #[serde(default)]
    pub methods: Vec<String>,
    /// To all methods but these.
    #[serde(default)]
    pub other_than: Vec<String>,
    /// Whether `methods` are meant in any letter case.
    #[serde(default)]
    pub any_case: bool,
    /// Only to methods with a character that is no ASCII letter.
    #[serde(default)]
    pub not_letters: bool,
    /// Only to methods with one of these characters.
    #[serde(default)]
    pub has: String,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// What a client may do to a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodEffect {
    /// It does not send it.
    Refused,
    /// It writes it in upper case.
    UpperCase,
    /// It sends no body with it.
    NoBody,
}

impl MethodFact {
    /// Whether the fact is about a request of this method, with a body or without.
    pub fn applies(&self, method: &str, has_body: bool) -> bool {
        let any_case = self.any_case || self.effect == MethodEffect::UpperCase;
        let is_in = |list: &[String]| {
            list.iter()
                .any(|known| known == method || any_case && known.eq_ignore_ascii_case(method))
        };
        let is_meant = match self.effect {
            MethodEffect::Refused => true,
            MethodEffect::UpperCase => method.bytes().any(|byte| byte.is_ascii_lowercase()),
            MethodEffect::NoBody => has_body,
        };
        is_meant
            && (self.methods.is_empty() || is_in(&self.methods))
            && !is_in(&self.other_than)
            && !(self.not_letters && method.bytes().all(|byte| byte.is_ascii_alphabetic()))
            && (self.has.is_empty() || method.contains(|c| self.has.contains(c)))
    }
}

/// What a client does to some fields. A fact without names is about all fields that it sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldFact {
    /// What it does.
    pub effect: FieldEffect,
    /// Only to fields of these names, in lower case; a `*` in front or at the end stands for any
    /// text.
    #[serde(default)]
    pub names: Vec<String>,
    /// Only to values of this trait.
    pub value: Option<ValueTrait>,
    /// Only to values with one of these texts in them.
    #[serde(default)]
    pub has: Vec<String>,
    /// What the effect needs to know: the value that is sent instead, the text that takes the place
    /// of each control character, the characters that are trimmed, the characters of a name that are one.
    pub with: Option<String>,
    /// The only systems on which it does so, where it does not on all.
    pub on: Option<String>,
    /// Only in requests of these traits.
    #[serde(default)]
    pub when: Condition,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// What a client may do to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldEffect {
    /// It keeps the field for itself: a program cannot set it, and it is not sent.
    Kept,
    /// It does not send the field.
    Dropped,
    /// It sends a value of its own: `with`, or one that is not known before.
    Replaced,
    /// It removes the characters of `with` from both ends of the value.
    Trimmed,
    /// It writes `with` for each control character.
    Substituted,
    /// It appends the element `with` to the list, where that lacks it.
    Appended,
    /// It appends the element `with` to the list, even where that has it.
    AppendedAgain,
    /// It takes one value for a name: the snippet writes the lines of the name as one, joined with
    /// `, ` (RFC 9110 §5.3), those of Cookie with `; ` (RFC 6265 §5.4).
    Joined,
    /// It takes the characters of `with` in a name for one: of fields whose names differ only there, it
    /// sends those that have the name of the last one.
    Overwritten,
}

impl FieldEffect {
    /// Whether the snippet does not write the field.
    pub const fn removes(self) -> bool {
        matches!(self, Self::Kept | Self::Dropped | Self::Replaced | Self::Overwritten)
    }
}

impl FieldFact {
    /// Whether the fact is about fields of this name.
    pub fn is_about(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|pattern| name_matches(name, pattern))
    }

    /// The characters that [`FieldEffect::Trimmed`] removes from both ends of `value`, removed;
    /// nothing where there is none.
    pub fn trim<'v>(&self, value: &'v [u8]) -> Option<&'v [u8]> {
        let text = std::str::from_utf8(value).ok()?;
        let characters = self.with.as_deref()?;
        let trimmed = text.trim_matches(|c| characters.contains(c));
        (trimmed.len() < text.len()).then_some(trimmed.as_bytes())
    }

    /// The list with the element `with` at its end; nothing where the list has it already, unless the effect is
    /// [`FieldEffect::AppendedAgain`].
    pub fn append(&self, value: &[u8]) -> Option<Vec<u8>> {
        let element = self.with.as_deref()?.as_bytes();
        (self.effect == FieldEffect::AppendedAgain || !has_element(value, element))
            .then(|| [value, b", ", element].concat())
    }

    /// Whether two names are one for [`FieldEffect::Overwritten`], and are two all the same.
    pub fn confuses(&self, one: &str, other: &str) -> bool {
        let alike = self.with.as_deref().unwrap_or_default().as_bytes();
        let is_alike = |(a, b): (&u8, &u8)| {
            a.eq_ignore_ascii_case(b) || alike.contains(a) && alike.contains(b)
        };
        one.len() == other.len()
            && one.as_bytes().iter().zip(other.as_bytes()).all(is_alike)
            && !one.eq_ignore_ascii_case(other)
    }

    /// The value with the text of [`FieldEffect::Substituted`] for each control character; a tab
    /// stays.
    pub fn substitute(&self, value: &[u8]) -> Vec<u8> {
        let instead = self.with.as_deref().unwrap_or_default();
        let mut written = Vec::with_capacity(value.len());
        for &byte in value {
            if byte.is_ascii_control() && byte != b'\t' {
                written.extend_from_slice(instead.as_bytes());
            } else {
                written.push(byte);
            }
        }
        written
    }
}

/// Whether `name` is named by `pattern`, in any letter case: `sec-*` names all that begin with
/// `sec-`, `*-` all that end with a hyphen, `*_*` all with an underscore in them.
pub fn name_matches(name: &str, pattern: &str) -> bool {
    let starts =
        |start: &str| name.get(..start.len()).is_some_and(|its| its.eq_ignore_ascii_case(start));
    let ends = |end: &str| {
        let from = name.len().checked_sub(end.len());
        from.and_then(|from| name.get(from..)).is_some_and(|its| its.eq_ignore_ascii_case(end))
    };
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(rest), Some(_)) => name.contains(rest.trim_start_matches('*')),
        (Some(start), None) => starts(start),
        (None, Some(end)) => ends(end),
        (None, None) => name.eq_ignore_ascii_case(pattern),
    }
}

/// In which letter case a client writes field names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NameRules {
    /// What its usual call makes of a name.
    pub case: NameCase,
    /// Names that it writes in a way of its own, as they arrive: `ETag`.
    pub own: Vec<String>,
    /// Names that the template writes in another way, which keeps their letter case; patterns as
    /// those of `names` in `[[client.<name>.field]]`.
    pub keeps: Vec<String>,
    /// Names that it cannot keep all the same.
    pub keeps_not: Vec<String>,
    /// The need with which the template keeps the client from doing so.
    pub unless_need: Option<String>,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// A letter case of field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameCase {
    /// As they are given.
    #[default]
    Kept,
    /// Each word, between hyphens, with a capital letter and small letters behind it.
    Capitalized,
    /// Each word, between any characters but letters, digits and underscores, with a capital letter;
    /// the other letters as they are given.
    Titled,
    /// All letters small.
    Lower,
}

impl NameRules {
    /// The name as the client's usual call sends it; nothing where that is as it is given.
    pub fn recase(&self, name: &str) -> Option<String> {
        if self.case == NameCase::Kept && self.own.is_empty() {
            return None;
        }
        let own = self.own.iter().find(|known| known.eq_ignore_ascii_case(name));
        let sent = own.cloned().unwrap_or_else(|| self.case.write(name));
        (sent != name).then_some(sent)
    }

    /// Whether the template keeps the letter case of this name, whatever the usual call does.
    pub fn can_keep(&self, name: &str) -> bool {
        let is_in = |list: &[String]| list.iter().any(|pattern| name_matches(name, pattern));
        is_in(&self.keeps) && !is_in(&self.keeps_not)
    }
}

impl NameCase {
    fn write(self, name: &str) -> String {
        let mut begins = true;
        let letters = name.chars().map(|c| {
            let ends = match self {
                Self::Titled => !c.is_ascii_alphanumeric() && c != '_',
                _ => c == '-',
            };
            let is_first = std::mem::replace(&mut begins, ends);
            match self {
                Self::Capitalized | Self::Titled if is_first => c.to_ascii_uppercase(),
                Self::Capitalized | Self::Lower => c.to_ascii_lowercase(),
                Self::Kept | Self::Titled => c,
            }
        });
        letters.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_client_takes_for_one_differ_only_there() {
        let fact = FieldFact {
            effect: FieldEffect::Overwritten,
            with: Some("-_".to_owned()),
            ..toml::from_str("effect = 'overwritten'").unwrap()
        };
        for other in ["X-A_B", "x-a_b", "X_A_B"] {
            assert!(fact.confuses("X_A-B", other), "{other}");
        }
        for other in ["X_A-B", "x_a-b", "X-A.B", "X-A_", "XAB"] {
            assert!(!fact.confuses("X_A-B", other), "{other}");
        }
    }

    #[test]
    fn a_method_is_selected_by_its_name_or_its_letters() {
        for (table, method, has_body, applies) in [
            ("effect = 'refused'", "ANY", false, true),
            ("effect = 'refused'\nmethods = ['CONNECT']", "CONNECT", false, true),
            ("effect = 'refused'\nmethods = ['CONNECT']", "connect", false, false),
            ("effect = 'refused'\nmethods = ['CONNECT']\nany-case = true", "Connect", false, true),
            ("effect = 'refused'\nother-than = ['GET']", "GET", false, false),
            ("effect = 'refused'\nother-than = ['GET']", "PUT", false, true),
            ("effect = 'refused'\nnot-letters = true", "M-SEARCH", false, true),
            ("effect = 'refused'\nnot-letters = true", "SEARCH", false, false),
            ("effect = 'upper-case'", "PUT", false, false),
            ("effect = 'upper-case'", "pUT", false, true),
            ("effect = 'upper-case'\nmethods = ['PUT']", "Put", false, true),
            ("effect = 'upper-case'\nmethods = ['PUT']", "Patch", false, false),
            ("effect = 'no-body'\nmethods = ['GET']", "GET", false, false),
            ("effect = 'no-body'\nmethods = ['GET']", "GET", true, true),
        ] {
            let fact: MethodFact = toml::from_str(table).unwrap();
            assert_eq!(fact.applies(method, has_body), applies, "{table}: {method}");
        }
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (name, pattern, matches) in [
            ("Sec-Fetch-Mode", "sec-*", true),
            ("Section", "sec-*", false),
            ("X-", "*-", true),
            ("x", "*-", false),
            ("", "*-", false),
            ("a_b", "*_*", true),
            ("a-b", "*_*", false),
            ("any", "*", true),
            ("A", "a", true),
            ("A", "b", false),
        ] {
            assert_eq!(name_matches(name, pattern), matches, "{name} {pattern}");
        }
    }

    #[test]
    fn letter_cases_of_names() {
        let read = |table: &str| toml::from_str::<NameRules>(table).unwrap();
        for (table, name, sent) in [
            ("", "x-Low", None),
            ("case = 'capitalized'", "x-LOW", Some("X-Low")),
            ("case = 'capitalized'", "X-Low", None),
            ("case = 'titled'", "x-LOW", Some("X-LOW")),
            ("case = 'titled'", "X-a.b_c", Some("X-A.B_c")),
            ("case = 'lower'", "X-a", Some("x-a")),
            ("own = ['ETag']", "etag", Some("ETag")),
            ("own = ['ETag']", "etags", None),
        ] {
            assert_eq!(read(table).recase(name).as_deref(), sent, "{table}: {name}");
        }
        let keeps = read("case = 'capitalized'\nkeeps = ['*']\nkeeps-not = ['range']");
        assert!(keeps.can_keep("x-low") && !keeps.can_keep("Range"));
    }

    #[test]
    fn values_are_trimmed_and_control_characters_substituted() {
        let fact: FieldFact = toml::from_str("effect = 'trimmed'\nwith = '.é'").unwrap();
        assert_eq!(fact.trim("é.a.b.".as_bytes()), Some(&b"a.b"[..]));
        assert_eq!(fact.trim(b"a.b"), None);
        let fact: FieldFact = toml::from_str("effect = 'substituted'\nwith = '?'").unwrap();
        assert_eq!(fact.substitute(b"a\x01\tb\x7f"), b"a?\tb?");
        let fact: FieldFact = toml::from_str("effect = 'appended'\nwith = 'TE'").unwrap();
        assert_eq!(fact.append(b"Upgrade").as_deref(), Some(&b"Upgrade, TE"[..]));
        assert_eq!(fact.append(b"a, te"), None);
        let fact: FieldFact = toml::from_str("effect = 'appended-again'\nwith = 'TE'").unwrap();
        assert_eq!(fact.append(b"a, te").as_deref(), Some(&b"a, te, TE"[..]));
    }
}
