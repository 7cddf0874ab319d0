//! What there is to know of a target.

use std::borrow::Cow;

use serde::Serialize;

use super::TargetId;
use crate::language::{Client, Language, Limit, Redirects, TargetOption, limits, list_options};

/// What there is to know of a target, as `requote targets --json` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Target {
    /// `<language>/<client>`.
    pub id: String,
    /// The language's name in ids.
    pub language: String,
    /// The client's name in ids.
    pub client: String,
    /// Other names of the language, where the language alone means this client.
    pub aliases: Vec<String>,
    /// Language and client for a reader.
    pub title: String,
    /// A short name for a reader, unlike that of every other target: `Python`, `curl`, `Node.js · axios`.
    pub label: String,
    /// The name of the language in a fence of Markdown, which highlighters know: `python`, `bash`.
    pub highlight: String,
    /// File name extension, without the dot.
    pub extension: String,
    /// Whether the language alone means this client.
    pub default: bool,
    /// Whether the project's CI runs its snippets; never of a template of the user's own.
    pub proven: bool,
    /// The fields that the client may send by itself.
    pub adds: Vec<String>,
    /// What the snippet does where the response is a redirection, where that is known.
    pub redirects: Option<Redirects>,
    /// The client's documentation.
    pub docs: String,
    /// The line that installs it, where it is not part of the language.
    pub install: Option<String>,
    /// The lowest version that the snippets are written for.
    pub version: Option<String>,
    /// The options that its snippets have, by name.
    pub options: Vec<TargetOption>,
    /// What the client cannot carry, a few words each.
    pub limits: Vec<Limit>,
}

impl Target {
    pub(super) fn describe(id: &TargetId, language: &Language, client: &Client) -> Self {
        let mut adds: Vec<&str> = client.adds.iter().map(|add| &*add.name).collect();
        adds.sort_unstable();
        adds.dedup();
        Self {
            id: id.to_string(),
            language: id.language.clone(),
            client: id.client.clone(),
            aliases: if language.default == id.client {
                language.aliases.clone()
            } else {
                Vec::new()
            },
            title: full_title(&language.title, &client.title),
            label: label(id, language, client).into_owned(),
            highlight: highlight(id, language, client).to_owned(),
            extension: client.extension.as_ref().unwrap_or(&language.extension).clone(),
            default: language.default == id.client,
            proven: client.proven,
            adds: adds.into_iter().map(str::to_owned).collect(),
            redirects: client.response.redirects.as_ref().map(|fact| fact.effect),
            docs: client.docs.clone(),
            install: client.install.clone(),
            version: client.version.clone(),
            options: list_options(&client.options),
            limits: limits(client),
        }
    }
}

/// The client's own label; else the language's title, with the client's behind it where the language
/// alone means another client.
pub(super) fn label<'l>(id: &TargetId, language: &'l Language, client: &'l Client) -> Cow<'l, str> {
    match &client.label {
        Some(label) => Cow::Borrowed(label),
        None if language.default == id.client => Cow::Borrowed(&language.title),
        None => Cow::Owned(format!("{} · {}", language.title, client.title)),
    }
}

/// The language's name for highlighters; else its name in ids.
pub(super) fn highlight<'l>(
    id: &'l TargetId,
    language: &'l Language,
    client: &'l Client,
) -> &'l str {
    client.highlight.as_deref().or(language.highlight.as_deref()).unwrap_or(&id.language)
}

/// The client's title behind that of its language, which some titles begin with themselves.
fn full_title(language: &str, client: &str) -> String {
    match client.strip_prefix(language) {
        Some(rest) if rest.starts_with(' ') => client.to_owned(),
        _ => format!("{language} {client}"),
    }
}
