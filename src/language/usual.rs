//! Which values a client's usual call sends as they are, where it reads the values of some fields and
//! writes them anew or refuses them. Data, read from `[[client.<name>.usual]]`.

use serde::Deserialize;

use crate::grammar::token::is_token;

/// Fields whose values the client's usual call reads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Usual {
    /// The names of the fields, in lower case.
    pub names: Vec<String>,
    /// The values that it sends as they are.
    pub values: ValueForm,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// A form of field values: each with one spelling, so that to read and to write it changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueForm {
    /// No value.
    None,
    /// Tokens (RFC 9110 §5.6.2) with `, ` between them.
    Tokens,
    /// `type/subtype`, and parameters with a token each, `; ` before them (RFC 9110 §8.3.1).
    MediaType,
    /// Media types without parameters, or `*/*`, with `, ` between them (RFC 9110 §12.5.1).
    MediaRanges,
    /// One entity tag (RFC 9110 §8.8.3), or `*`.
    EntityTag,
    /// A scheme, a space, and one token68 (RFC 9110 §11.4).
    Token68,
    /// Products and comments without escapes, a space between them (RFC 9110 §10.1.5).
    Products,
}

impl Usual {
    /// Whether the fields are of this name.
    pub fn is_about(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

impl ValueForm {
    /// Whether a value has this form.
    pub fn has(self, value: &str) -> bool {
        let each = |is_element: fn(&str) -> bool| value.split(", ").all(is_element);
        match self {
            Self::None => false,
            Self::Tokens => each(|it| is_token(it.as_bytes())),
            Self::MediaType => {
                let mut parts = value.split("; ");
                parts.next().is_some_and(is_media_type) && parts.all(is_parameter)
            }
            Self::MediaRanges => each(is_media_type),
            Self::EntityTag => value == "*" || is_entity_tag(value),
            Self::Token68 => value
                .split_once(' ')
                .is_some_and(|(scheme, token)| is_token(scheme.as_bytes()) && is_token68(token)),
            Self::Products => are_products(value),
        }
    }
}

fn is_media_type(text: &str) -> bool {
    text.split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind.as_bytes()) && is_token(subtype.as_bytes()))
}

fn is_parameter(text: &str) -> bool {
    text.split_once('=')
        .is_some_and(|(name, value)| is_token(name.as_bytes()) && is_token(value.as_bytes()))
}

fn is_entity_tag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inner = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|tag| tag.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\')))
}

fn is_token68(text: &str) -> bool {
    let token = text.trim_end_matches('=');
    let is_taken = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b);
    !token.is_empty() && token.bytes().all(is_taken)
}

fn are_products(value: &str) -> bool {
    let mut rest = value;
    loop {
        let end = match rest.strip_prefix('(') {
            Some(comment) => comment.find(')').map_or(0, |at| at + 2),
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        let (element, after) = rest.split_at(end);
        let is_sound = if let Some(text) = element.strip_prefix('(') {
            text.bytes().all(|b| matches!(b, b' '..=b'~') && !b"(\\".contains(&b))
        } else {
            let (name, version) = element.split_once('/').unwrap_or((element, "1"));
            is_token(name.as_bytes()) && is_token(version.as_bytes())
        };
        match after.strip_prefix(' ') {
            _ if !is_sound => return false,
            Some(next) => rest = next,
            None => return after.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ValueForm::{self, *};

    #[track_caller]
    fn sorts(form: ValueForm, has: &[&str], lacks: &[&str]) {
        for (value, expected) in
            has.iter().map(|v| (v, true)).chain(lacks.iter().map(|v| (v, false)))
        {
            assert_eq!(form.has(value), expected, "{form:?} {value:?}");
        }
    }

    #[test]
    fn a_form_has_the_values_of_one_spelling() {
        sorts(None, &[], &["", "a"]);
        sorts(Tokens, &["gzip", "gzip, br"], &["", "gzip,br", "a;q=1", "a, ", "a,  b"]);
        sorts(
            MediaType,
            &["text/plain", "text/plain; charset=utf-8", "a/b; c=d; e=f"],
            &["text", "text/plain;charset=a", "a/b; c", "a/b; c=\"d\"", "a/b; ", "a/b, c/d", ""],
        );
        sorts(
            MediaRanges,
            &["*/*", "application/json", "text/html, */*"],
            &["", "text/html,*/*", "text/html; q=0.8", "a", "a/b/c"],
        );
        sorts(
            EntityTag,
            &["*", "\"a\"", "W/\"a\"", "\"\""],
            &["", "a", "\"", "w/\"a\"", "\"a\", \"b\"", "\"\\\""],
        );
        sorts(
            Token68,
            &["Bearer a.b-c_d~+/==", "Basic YTpi"],
            &[
                "",
                "Bearer",
                "Bearer ",
                "Bearer  a",
                "Bearer a b",
                "tok,en a",
                "Digest a=\"b\"",
                "B =",
            ],
        );
        sorts(
            Products,
            &["a", "Mozilla/5.0 (X11; Linux) Gecko/1", "a/1 (b)"],
            &["", " a", "a ", "a  b", "a/", "a/1(b)", "a (b", "a (b(c))", "(a)b", "a/1/2", "()("],
        );
    }
}
