//! The options that a caller gives, for a client that has them or not.

use crate::diagnostic::{Diagnostic, suggest};
use crate::language::{
    Client, OPTION_WORDS, OptionValue, Redirects, VARIABLE_OPTIONS, option_word,
};

use super::options::Options;

/// An option of the client, and what was given for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'c> {
    /// Its name.
    pub name: &'c str,
    /// Its value; nothing where none was given.
    pub value: Option<OptionValue>,
}

/// The options of the client with their values; what the client does not have is told.
pub(super) fn choose<'c>(
    client: &'c Client,
    options: &Options,
    method: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Choice<'c>> {
    let mut choices: Vec<Choice<'c>> =
        client.options.keys().map(|name| Choice { name, value: None }).collect();
    for (name, text) in &options.given {
        if is_so_anyway(client, name, text) {
            continue;
        }
        let Some(fact) = client.options.get(name) else {
            let has_told = |told: &Diagnostic| told.message == missing(client, name);
            if !diagnostics.iter().any(has_told) {
                diagnostics.push(
                    Diagnostic::warning("option-missing", missing(client, name))
                        .with_help("`requote targets --json` lists the options of each target"),
                );
            }
            continue;
        };
        let reads_json = (name.as_str(), text.as_str()) == ("response", "json");
        let value = if reads_json && method == "HEAD" && fact.read(text).is_ok() {
            diagnostics.push(no_content(client));
            let Ok(status) = fact.read("status") else { continue };
            Ok(status)
        } else {
            fact.read(text)
        };
        match value {
            Ok(value) => {
                if let Some(choice) = choices.iter_mut().find(|choice| choice.name == name) {
                    choice.value = Some(value);
                }
            }
            Err(expected) => diagnostics.push(Diagnostic::warning(
                "option-value",
                format!(
                    "the option `{name}` of {} takes {expected}: `{text}` is ignored",
                    client.title
                ),
            )),
        }
    }
    choices.retain(|choice| !VARIABLE_OPTIONS.contains(&choice.name));
    choices
}

/// The response to HEAD has no content (RFC 9110 §9.3.2): what would read JSON would fail.
fn no_content(client: &Client) -> Diagnostic {
    let takes_status = client.options.get("response").is_some_and(|it| it.read("status").is_ok());
    let rest = if takes_status { "the status" } else { "the response as text" };
    let message =
        format!("the response to HEAD has no content to read as JSON: the code prints {rest}");
    Diagnostic::note("option-unused", message)
}

fn missing(client: &Client, name: &str) -> String {
    let own = client.options.keys().map(String::as_str);
    let near = match option_word(name) {
        Some(_) => String::new(),
        None => suggest(name, own.chain(OPTION_WORDS.iter().map(|word| word.name))),
    };
    format!("{} has no option `{name}`: the code is without it{near}", client.title)
}

/// Whether the code is as the option asks without it.
fn is_so_anyway(client: &Client, name: &str, text: &str) -> bool {
    match client.options.get(name) {
        Some(fact) if fact.always => return true,
        // What the template writes for it may be more than nothing.
        Some(fact) if name == "redirects" && fact.read(text).is_ok() => return false,
        _ => {}
    }
    let redirects = client.response.redirects.as_ref().map(|fact| fact.effect);
    match (name, text) {
        ("redirects", "follow") => redirects == Some(Redirects::Follows),
        ("redirects", "no") => redirects == Some(Redirects::Stops),
        _ => option_word(name).and_then(|word| word.default).is_some_and(|default| {
            let is_no = |text: &str| matches!(text, "no" | "false");
            default == text || is_no(default) && is_no(text)
        }),
    }
}
