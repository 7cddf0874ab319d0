//! Names and values of a form or a query (URL standard, §5) as the pairs of a client's own API.

use std::borrow::Cow;

use super::{Content, Kind};
use crate::content::form::{self, FormStyle, Pair};
use crate::diagnostic::{Affect, Diagnostic};
use crate::language::{Client, NativeForm, NativeQuery, PairSlot};
use crate::view::{BodyMode, Plan};

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ViewPair<'a> {
    /// The name, its escapes resolved.
    pub name: Cow<'a, str>,
    /// The value, its escapes resolved; nothing where there is no `=`.
    pub value: Option<Cow<'a, str>>,
    /// The pair as it is in the message, escapes and all.
    pub text: Cow<'a, str>,
    /// Whether a client that encodes the value, but not the name, sends just `text`.
    pub encodes: bool,
    /// Whether a client that encodes the name and the value sends just `text`.
    pub is_own: bool,
}

impl ViewPair<'_> {
    /// Whether the name and the value are in the message as they are written, without escapes.
    pub fn is_plain(&self) -> bool {
        !self.text.contains(['%', '+'])
    }

    /// The value as it is in the message, escapes and all; nothing where there is no `=`.
    pub fn encoded(&self) -> Option<&str> {
        self.text.split_once('=').map(|(_, value)| value)
    }
}

/// Whether the body is written as the pairs of the client's own API.
pub(super) fn choose<'a>(
    text: &'a str,
    client: &Client,
    native: Option<&NativeForm>,
    mode: BodyMode,
    content: &mut Content<'a>,
    plan: &mut Plan<'a, '_>,
) -> bool {
    let Some(native) = native else { return false };
    let Some(pairs) = form::parse(text.as_bytes()) else { return false };
    if native.max_pairs.is_some_and(|most| pairs.len() > most) {
        return false;
    }
    if !are_taken(&pairs, &native.pairs) {
        return false;
    }
    let is_writable = |text: &str| !client.attach.iter().any(|it| it.is_in(text));
    if !pairs.iter().all(|(name, value)| {
        is_writable(name) && value.as_ref().is_none_or(|value| is_writable(value))
    }) {
        return false;
    }
    if !native.as_written {
        let Some(written) = form::write(&pairs, &native.style) else { return false };
        if written != text {
            if !matches!(mode, BodyMode::Auto | BodyMode::Native) {
                return false;
            }
            plan.diagnostics.push(reprinted(client, written));
        }
    }
    content.kind = Kind::Form;
    content.pairs = join(pairs, text, &native.style);
    true
}

fn are_taken(pairs: &[Pair<'_>], slot: &PairSlot) -> bool {
    pairs.iter().all(|(name, value)| slot.carries(name, value.as_deref().unwrap_or_default()))
}

/// The pairs with their texts.
fn join<'a>(pairs: Vec<Pair<'a>>, text: &'a str, style: &FormStyle) -> Vec<ViewPair<'a>> {
    let with_text = |(pair, text): (Pair<'a>, &'a str)| {
        let has_plain_name = !pair.0.is_empty() && text.starts_with(&*pair.0);
        let is_own = form::write(std::slice::from_ref(&pair), style).as_deref() == Some(text);
        let encodes = has_plain_name && pair.1.is_some() && is_own;
        ViewPair { name: pair.0, value: pair.1, text: Cow::Borrowed(text), encodes, is_own }
    };
    pairs.into_iter().zip(text.split('&')).map(with_text).collect()
}

fn reprinted(client: &Client, sent: String) -> Diagnostic {
    let message =
        format!("{} sends {} bytes of form data with the same pairs", client.title, sent.len());
    Diagnostic::note("form-reprinted", message)
        .with_affect(Affect::Body)
        .with_arrives(sent)
        .with_help("use `--body exact` to keep the bytes")
}

/// The pairs of a query where the client's own parameter sends the query as it is, and is easier to
/// read than the URL: two pairs, or one that has escapes. Empty where the query stays in the URL.
pub(in crate::view) fn choose_query<'a>(query: &'a str, rules: &NativeQuery) -> Vec<ViewPair<'a>> {
    if rules.without_percent && query.contains('%') {
        return Vec::new();
    }
    let Some(pairs) = form::parse(query.as_bytes()) else { return Vec::new() };
    if rules.max_pairs.is_some_and(|most| pairs.len() > most) {
        return Vec::new();
    }
    if !are_taken(&pairs, &rules.pairs) {
        return Vec::new();
    }
    let Some(written) = form::write(&pairs, &rules.style) else { return Vec::new() };
    let pairs = join(pairs, query, &rules.style);
    let is_kept = |pair: &ViewPair<'_>| pair.is_own || takes_encoded(pair, &rules.style);
    if written != query && !(rules.encoded_values && pairs.iter().all(is_kept)) {
        return Vec::new();
    }
    let is_decoded = |pair: &ViewPair<'_>| !pair.is_plain() && pair.is_own;
    let is_worth_it = (pairs.len() > 1 && !rules.escaped_only) || pairs.iter().any(is_decoded);
    if is_worth_it { pairs } else { Vec::new() }
}

/// Whether the pair arrives as it is where its value is given encoded, and its name is not.
fn takes_encoded(pair: &ViewPair<'_>, style: &FormStyle) -> bool {
    let empty = [(pair.name.clone(), Some(Cow::Borrowed("")))];
    let takes_empty = FormStyle { empty_values: true, ..style.clone() };
    let name = form::write(&empty, &takes_empty).unwrap_or_default();
    pair.encoded().is_some_and(|value| pair.text.strip_suffix(value) == Some(&*name))
}

#[cfg(test)]
mod tests {
    use super::choose_query;
    use crate::language::NativeQuery;

    #[test]
    fn a_query_is_a_list_where_that_is_the_same_and_easier_to_read() {
        let rules: NativeQuery = toml::from_str("").expect("rules");
        let names = |query| {
            let pairs = choose_query(query, &rules);
            pairs.iter().map(|pair| pair.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names("a=1&b=2"), ["a", "b"]);
        assert_eq!(names("q=war+and%20peace"), [""; 0]);
        assert_eq!(names("q=war+and+peace"), ["q"]);
        assert_eq!(names("a=1&a=2"), ["a", "a"]);
        for query in ["", "page=2", "a", "a&b=1", "a=%3a&b=1", "a=;&b=1", "a=1&&b=2"] {
            assert_eq!(names(query), [""; 0], "{query}");
        }
        let rules: NativeQuery = toml::from_str("escaped-only = true").expect("rules");
        assert!(choose_query("a=1&b=2", &rules).is_empty());
        let rules: NativeQuery = toml::from_str("max-pairs = 2").expect("rules");
        assert_eq!(choose_query("a=1&b=2", &rules).len(), 2);
        assert!(choose_query("a=1&b=2&c=3", &rules).is_empty());
        assert_eq!(choose_query("a=1&b=%26", &rules).len(), 2);
        let rules: NativeQuery = toml::from_str("without-percent = true").expect("rules");
        assert!(choose_query("a=1&b=%26", &rules).is_empty());
        assert_eq!(choose_query("a=1&b=+", &rules).len(), 2);
        let rules: NativeQuery =
            toml::from_str("pairs.name = { takes = '-', not = ['toString'] }").expect("rules");
        assert_eq!(choose_query("a-b=1&c=2", &rules).len(), 2);
        assert!(choose_query("a_b=1&c=2", &rules).is_empty());
        assert!(choose_query("toString=1&c=2", &rules).is_empty());
    }

    #[test]
    fn a_value_that_the_client_would_write_otherwise_is_given_encoded() {
        let table = "style = { space = '%20', duplicates = false }\nencoded-values = true";
        let rules: NativeQuery = toml::from_str(table).expect("rules");
        let pairs = choose_query("q=a+b%2f&lang=en&c=x%20y&d%20=1", &rules);
        let given = pairs.iter().map(|pair| (&*pair.name, pair.is_own, pair.encoded()));
        assert_eq!(
            given.collect::<Vec<_>>(),
            [
                ("q", false, Some("a+b%2f")),
                ("lang", true, Some("en")),
                ("c", true, Some("x%20y")),
                ("d ", true, Some("1")),
            ]
        );
        for query in ["q=a+b&q=1", "a+b=1&c=2", "q=a+b&flag", "q=a+b"] {
            assert!(choose_query(query, &rules).is_empty(), "{query}");
        }
    }
}
