//! Facts of a client that load, and that no request can show as they are meant.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::doubts::items;
use super::run::PLACES;
use crate::diagnostic::suggest;
use crate::grammar::method::standard_of_other_case;
use crate::grammar::token::is_token;

/// What is doubtful, and where.
type Doubt = (Range<usize>, String);

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
    for helper in items(client, "helper") {
        for method in texts(helper.get_ref().get("methods")) {
            small_method(method, false, &mut found);
        }
    }
    for fact in
        ["rule", "takes", "helper", "field", "adds"].iter().flat_map(|key| items(client, key))
    {
        let when = fact.get_ref().get("when").and_then(|when| when.get_ref().as_table());
        if let Some(when) = when {
            of_condition(client, when, &mut found);
        }
    }
    for fact in items(client, "field") {
        let effect = text_of(fact.get_ref(), "effect").unwrap_or_default();
        let needs_with = matches!(effect, "trimmed" | "appended" | "substituted" | "overwritten");
        if needs_with && fact.get_ref().get("with").is_none() {
            let message =
                format!("`effect = \"{effect}\"` needs `with`: what the client takes or writes");
            found.push((fact.span(), message));
        }
        let with = fact.get_ref().get("with");
        if let Some(with) = with.filter(|_| matches!(effect, "kept" | "dropped" | "joined")) {
            let message = format!("`effect = \"{effect}\"` does not read `with`");
            found.push((with.span(), message));
        }
    }
    contradictions(client, &mut found);
    for rule in items(client, "rule") {
        let need = rule.get_ref().get("need").filter(|need| {
            need.get_ref().as_str().is_some_and(|name| !name.chars().all(is_of_name))
        });
        if let Some(need) = need {
            let message = "a need has a name of letters, digits and `_`, as templates read it: \
                           `needs.own_way`"
                .to_owned();
            found.push((need.span(), message));
        }
        let when = rule.get_ref().get("when").and_then(|when| when.get_ref().as_table());
        let is_of_all = when.is_none_or(toml::map::Map::is_empty);
        let Some(reason) = rule.get_ref().get("unsupported") else {
            if is_of_all && rule.get_ref().get("need").is_some() {
                let message = "every request has this need: say `when`, or write in the template \
                               what it is for";
                found.push((rule.span(), message.to_owned()));
            }
            continue;
        };
        if is_of_all {
            let message = "this rule refuses every request: say `when`".to_owned();
            found.push((rule.span(), message));
        }
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

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Two facts that say of every field of one name that it is not sent as it is, in different ways.
fn contradictions(client: &DeTable<'_>, found: &mut Vec<Doubt>) {
    let mut known: Vec<(&str, &str)> = Vec::new();
    let limits = ["value", "has", "on", "when"];
    for fact in items(client, "field") {
        let fact = fact.get_ref();
        let effect = text_of(fact, "effect").unwrap_or_default();
        let is_of_all = limits.iter().all(|limit| fact.get(*limit).is_none());
        if !is_of_all || !matches!(effect, "kept" | "dropped" | "replaced") {
            continue;
        }
        for name in texts(fact.get("names")) {
            let text = name.get_ref().as_str().unwrap_or_default();
            match known.iter().find(|(it, _)| *it == text) {
                Some((_, before)) if *before != effect => {
                    let message =
                        format!("`{text}` is `{before}` by a fact above: one of the two is not so");
                    found.push((name.span(), message));
                }
                _ => known.push((text, effect)),
            }
        }
    }
}

/// What is doubtful in a condition of a client.
fn of_condition(client: &DeTable<'_>, when: &DeTable<'_>, found: &mut Vec<Doubt>) {
    for method in ["method", "method-not"].into_iter().flat_map(|key| texts(when.get(key))) {
        small_method(method, false, found);
    }
    let scheme = when.get("scheme");
    let is_other = |text: &str| !matches!(text, "http" | "https");
    if let Some(scheme) = scheme.filter(|it| it.get_ref().as_str().is_some_and(is_other)) {
        found.push((scheme.span(), "a scheme is `http` or `https`".to_owned()));
    }
    // Bodies that the client writes only where it has a table for them.
    let table_of = |kind: &str| match kind {
        "json" | "json-with-empty" => Some("json"),
        "form" => Some("form"),
        _ => None,
    };
    for kind in texts(when.get("body")) {
        let table = kind.get_ref().as_str().and_then(table_of);
        if let Some(table) = table.filter(|table| client.get(*table).is_none()) {
            let message =
                format!("the client has no table `{table}`, so no body is written in this way");
            found.push((kind.span(), message));
        }
    }
}

/// What is doubtful in `[run]` of a language.
pub(super) fn of_language(table: &DeTable<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    if let Some(run) = table.get("run").and_then(|run| run.get_ref().as_table()) {
        of_run(run, &mut found);
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
    if let Some(standard) = standard_of_other_case(name).filter(|_| !any_case) {
        let message = format!("`{name}` is another method than `{standard}` (RFC 9110 §9.1)");
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
    // A file of a fixed name needs no place.
    let has_place = |argument: &Spanned<DeValue<'_>>| {
        argument.get_ref().as_str().is_some_and(|text| placeholders(text).next().is_some())
    };
    let names_no_file = |command: &&Spanned<DeValue<'_>>| {
        let arguments = command.get_ref().as_array();
        arguments.is_some_and(|it| !it.is_empty() && !it.iter().any(has_place))
    };
    if let Some(command) = command.filter(names_no_file).filter(|_| run.get("file").is_none()) {
        let message = "`command` does not name the snippet: give it `{file}`".to_owned();
        found.push((command.span(), message));
    }
    let one =
        ["command", "syntax", "format", "lint"].into_iter().flat_map(|key| texts(run.get(key)));
    let lists =
        ["build", "requires"].into_iter().filter_map(|key| run.get(key)?.get_ref().as_array());
    let many = lists.flat_map(|list| list.iter()).flat_map(|command| texts(Some(command)));
    for argument in one.chain(many) {
        let text = argument.get_ref().as_str().unwrap_or_default();
        // Code in an argument has braces of its own.
        let places = || PLACES.iter().map(|(place, _)| *place);
        let is_word = |place: &&str| {
            !suggest(place, places()).is_empty() || text.len() == place.len() + "{}".len()
        };
        let misspelt = placeholders(text)
            .find(|place| !places().any(|known| known == *place) && is_word(place));
        if let Some(place) = misspelt {
            let near = suggest(place, places());
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
