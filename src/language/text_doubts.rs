//! Texts of a table that load, and that no language can have meant.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::show;

/// What is doubtful, and where.
type Doubt = (Range<usize>, String);

/// What the literal strings of TOML do not know: a backslash in them is a backslash.
const ESCAPES: [(&str, &str); 4] =
    [("\\n", "a line feed"), ("\\r", "a carriage return"), ("\\t", "a tab"), ("\\0", "NUL")];

/// What is doubtful in the texts of a language's table.
pub(super) fn of_language(table: &DeTable<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut check = |path: &[&str], is_meant: fn(&str) -> bool, message: &str| {
        let Some(value) = at(table, path) else { return };
        if value.get_ref().as_str().is_some_and(|text| !is_meant(text)) {
            found.push((value.span(), message.to_owned()));
        }
    };
    check(&["title"], |text| !text.trim().is_empty(), "`title` is empty: name the language");
    check(
        &["line-end"],
        |text| matches!(text, "\n" | "\r\n"),
        "`line-end` is `\"\\n\"` or `\"\\r\\n\"`, in double quotes",
    );
    check(
        &["indent"],
        |text| !text.is_empty() && text.chars().all(|c| matches!(c, ' ' | '\t')),
        "`indent` is spaces, or a tab as `\"\\t\"` in double quotes",
    );
    check(
        &["comment", "line"],
        |text| !text.trim().is_empty(),
        "a comment begins with nothing: its text would be code",
    );
    let names_variable = |text: &str| text.contains("{NAME}") || text.contains("{name}");
    for path in [
        ["environment", "variable"].as_slice(),
        &["environment", "inside"],
        &["environment", "argument"],
        &["variable", "read", "variable"],
        &["variable", "read", "inside"],
        &["variable", "read", "argument"],
    ] {
        let (key, table_of) = (path[path.len() - 1], &path[..path.len() - 1]);
        // `%s` takes the place of an argument, which names the variable.
        if key == "inside" && at(table, &[table_of, &["argument"]].concat()).is_some() {
            continue;
        }
        check(
            path,
            names_variable,
            &format!("`{key}` has no `{{NAME}}`: every variable would be the same one"),
        );
    }
    found
}

/// What is doubtful in the texts of a client's table.
pub(super) fn of_client(client: &DeTable<'_>) -> Vec<Doubt> {
    let title = client.get("title").filter(|title| title.get_ref().as_str() == Some(""));
    title
        .map(|title| (title.span(), "`title` is empty: name the client".to_owned()))
        .into_iter()
        .collect()
}

/// Escapes of TOML's own where its strings know none, in a table of `[[string]]`.
pub(super) fn of_style(style: &DeTable<'_>) -> Vec<Doubt> {
    let escapes = style.get("escapes").and_then(|it| it.get_ref().as_table());
    let keys = escapes.into_iter().flat_map(|it| it.keys());
    let keys = keys.map(|key| (key.span(), key.get_ref().as_ref()));
    let lists = ["forbid", "forbid-start", "forbid-end", "forbid-line-start"].into_iter();
    let texts = lists
        .filter_map(|key| style.get(key)?.get_ref().as_array())
        .flat_map(|list| list.iter())
        .filter_map(|text| Some((text.span(), text.get_ref().as_str()?)));
    let escape_of = |(span, text): (Range<usize>, &str)| {
        let (_, meant) = ESCAPES.iter().find(|(escape, _)| *escape == text)?;
        let message = format!(
            "`{}` is a backslash and a letter here: {meant} is in double quotes, as `\"{text}\"`",
            show(text)
        );
        Some((span, message))
    };
    keys.chain(texts).filter_map(escape_of).collect()
}

/// The value at the end of a path of keys.
fn at<'t, 's>(table: &'t DeTable<'s>, path: &[&str]) -> Option<&'t Spanned<DeValue<'s>>> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get_ref().as_table()?.get(*key))
}
