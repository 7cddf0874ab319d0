//! Facts of a client that load, and that no request can show as they are meant.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::doubts::items;
use crate::diagnostic::suggest;
use crate::grammar::token::is_token;

/// What is doubtful, and where.
type Doubt = (Range<usize>, String);

/// The placeholders of the commands of `[run]`.
const PLACES: [&str; 6] = ["file", "stem", "dir", "workspace", "list", "port"];

/// Methods that are nearly always meant where their name is written in small letters (RFC 9110 §9.3,
/// RFC 5789).
const METHODS: [&str; 9] =
    ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/// What is doubtful in the facts of a client.
pub(super) fn of_client(client: &DeTable<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    adds(client, &mut found);
    for fact in items(client, "method") {
        let any_case = fact.get_ref().get("any-case").is_some()
            || text_of(fact.get_ref(), "effect") == Some("upper-case");
        let lists = ["methods", "other-than"].into_iter();
        for method in lists.flat_map(|key| texts(fact.get_ref().get(key))) {
            small_method(method, any_case, &mut found);
        }
    }
    for key in ["rule", "takes", "helper", "field"] {
        for fact in items(client, key) {
            let Some(when) = fact.get_ref().get("when") else { continue };
            let lists = ["method", "method-not"].into_iter();
            for method in lists.flat_map(|key| texts(when.get_ref().get(key))) {
                small_method(method, false, &mut found);
            }
        }
    }
    for fact in items(client, "field") {
        let effect = text_of(fact.get_ref(), "effect").unwrap_or_default();
        let needs_with = matches!(effect, "trimmed" | "appended" | "substituted");
        if needs_with && fact.get_ref().get("with").is_none() {
            let message =
                format!("`effect = \"{effect}\"` needs `with`: what the client takes or writes");
            found.push((fact.span(), message));
        }
    }
    for rule in items(client, "rule") {
        let Some(reason) = rule.get_ref().get("unsupported") else { continue };
        let text = reason.get_ref().as_str().unwrap_or_default();
        if let Some(place) = placeholders(text).find(|place| *place != "method") {
            let message =
                format!("`{{{place}}}` is no placeholder of a reason: there is `{{method}}`");
            found.push((reason.span(), message));
        }
    }
    if let Some(run) = client.get("run").and_then(|run| run.get_ref().as_table()) {
        of_run(run, &mut found);
    }
    found
}

/// What is doubtful in `[run]` and `[environment]` of a language.
pub(super) fn of_language(table: &DeTable<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    if let Some(run) = table.get("run").and_then(|run| run.get_ref().as_table()) {
        of_run(run, &mut found);
    }
    for key in ["variable", "argument"] {
        let Some(environment) = table.get("environment") else { break };
        let Some(text) = environment.get_ref().get(key) else { continue };
        // The name of a variable of the code that `bind` sets.
        let has_name = |text: &str| text.contains("{NAME}") || text.contains("{name}");
        if text.get_ref().as_str().is_some_and(|text| !has_name(text)) {
            let message =
                format!("`{key}` has no `{{NAME}}`: every variable would be the same one");
            found.push((text.span(), message));
        }
    }
    found
}

/// Strings that take variables, where a text could begin one.
pub(super) fn of_interpolated(table: &DeTable<'_>) -> Vec<Doubt> {
    let inside = table.get("environment").and_then(|it| text_of(it.get_ref(), "inside"));
    let Some(sign) = inside.and_then(|text| text.chars().next()).filter(|c| !c.is_alphanumeric())
    else {
        return Vec::new();
    };
    let is_meant = |style: &&Spanned<DeValue<'_>>| {
        text_of(style.get_ref(), "family").is_some_and(|family| family.starts_with("interpolated"))
    };
    let is_ruled = |style: &Spanned<DeValue<'_>>| {
        let escapes = style.get_ref().get("escapes").and_then(|it| it.get_ref().as_table());
        let mut keys =
            escapes.into_iter().flat_map(|it| it.keys()).map(|key| key.get_ref().as_ref());
        keys.any(|key: &str| key.starts_with(sign))
            || texts(style.get_ref().get("forbid"))
                .filter_map(|it| it.get_ref().as_str())
                .any(|text| text.starts_with(sign))
    };
    let styles = items(table, "string").into_iter().filter(is_meant);
    styles
        .filter(|style| !is_ruled(style))
        .map(|style| {
            let message = format!(
                "a variable begins with `{sign}`, and no rule is about a `{sign}` of the text: add it to \
                 `escapes`"
            );
            (style.span(), message)
        })
        .collect()
}

/// Names are compared in lower case, and one that is no token never arrives (RFC 9110 §5.1).
fn adds(client: &DeTable<'_>, found: &mut Vec<Doubt>) {
    let mut known = BTreeSet::new();
    for add in items(client, "adds") {
        let name = add.get_ref().as_str().or_else(|| text_of(add.get_ref(), "name"));
        let Some(name) = name else { continue };
        let message = if !is_token(name.as_bytes()) {
            format!("`{name}` is no name of a field")
        } else if name.chars().any(|c| c.is_ascii_uppercase()) {
            format!("names in `adds` are in lower case: `{}`", name.to_ascii_lowercase())
        } else if !known.insert(name.to_owned()) && add.get_ref().as_str().is_some() {
            format!("`{name}` is here twice")
        } else {
            continue;
        };
        found.push((add.span(), message));
    }
}

fn small_method(method: &Spanned<DeValue<'_>>, any_case: bool, found: &mut Vec<Doubt>) {
    let Some(name) = method.get_ref().as_str() else { return };
    let upper = name.to_ascii_uppercase();
    if !any_case && upper != name && METHODS.contains(&upper.as_str()) {
        let message = format!("`{name}` is another method than `{upper}` (RFC 9110 §9.1)");
        found.push((method.span(), message));
    }
}

fn of_run(run: &DeTable<'_>, found: &mut Vec<Doubt>) {
    let command = run.get("command");
    if let Some(command) =
        command.filter(|it| it.get_ref().as_array().is_some_and(|it| it.is_empty()))
    {
        found.push((command.span(), "`command` names no program".to_owned()));
    }
    let one =
        ["command", "syntax", "format", "lint"].into_iter().flat_map(|key| texts(run.get(key)));
    let lists =
        ["build", "requires"].into_iter().filter_map(|key| run.get(key)?.get_ref().as_array());
    let many = lists.flat_map(|list| list.iter()).flat_map(|command| texts(Some(command)));
    for argument in one.chain(many) {
        let text = argument.get_ref().as_str().unwrap_or_default();
        // Code in an argument has braces of its own.
        let is_word = |place: &&str| !suggest(place, PLACES).is_empty();
        let misspelt = placeholders(text).find(|place| !PLACES.contains(place) && is_word(place));
        if let Some(place) = misspelt {
            let near = suggest(place, PLACES);
            found.push((argument.span(), format!("there is no placeholder `{{{place}}}`{near}")));
        }
    }
}

/// The words in braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    inside.map(|(word, _)| word).filter(|word| word.chars().all(|c| c.is_ascii_alphabetic()))
}

fn text_of<'t>(value: &'t DeValue<'_>, key: &str) -> Option<&'t str> {
    value.get(key)?.get_ref().as_str()
}

/// The texts of a list.
fn texts<'t, 's>(
    list: Option<&'t Spanned<DeValue<'s>>>,
) -> impl Iterator<Item = &'t Spanned<DeValue<'s>>> {
    list.and_then(|list| list.get_ref().as_array()).into_iter().flat_map(|list| list.iter())
}
