//! What Serde and the reader of TOML say, in the words of a table.

use crate::diagnostic::suggest;

/// How Serde calls what is there.
const FOUND: [(&str, &str); 6] = [
    ("string ", "text"),
    ("integer ", "the number"),
    ("floating point ", "the number"),
    ("boolean ", ""),
    ("sequence", "a list"),
    ("map", "a table"),
];

/// How Serde calls what is expected.
const EXPECTED: [(&str, &str); 9] = [
    ("a sequence", "a list, `[...]`"),
    ("a string or a table", "a text or a table"),
    ("a string", "a text in quotes"),
    ("a map", "a table"),
    ("a boolean", "`true` or `false`"),
    ("a tuple of size 2", "two of them"),
    ("a nonzero usize", "a whole number, 1 or more"),
    ("usize", "a whole number, 0 or more"),
    ("u", "a whole number, 0 or more"),
];

/// The text in backquotes that follows `start` at the beginning of a message.
pub(super) fn quoted_after<'m>(message: &'m str, start: &str) -> Option<&'m str> {
    message.strip_prefix(start)?.strip_prefix('`')?.split('`').next()
}

/// Whether a message is about the place that a fault, once taken out, leaves behind.
pub(super) fn is_consequence(message: &str) -> bool {
    message.starts_with("wanted exactly")
}

/// What is said, where fields are keys. A name that is nearly one that there is, is told with that one in
/// place of all.
pub(super) fn explain(message: &str) -> String {
    for (start, words) in
        [("unknown field ", "there is no key"), ("unknown variant ", "there is no")]
    {
        let Some(name) = quoted_after(message, start) else { continue };
        let known = message.split('`').skip(3).step_by(2);
        let near = suggest(name, known);
        return match message.split_once("expected ") {
            Some((_, list)) if near.is_empty() => format!("{words} `{name}`: expected {list}"),
            _ => format!("{words} `{name}`{near}"),
        };
    }
    if let Some(name) = quoted_after(message, "missing field ") {
        return format!("the key `{name}` is missing");
    }
    let told = match message {
        "invalid type: unit variant, expected newtype variant" => {
            "this takes a value: write `{ name = value }`"
        }
        "expected table, found string" => "this takes no value: write its name alone",
        "duplicate key" => "this is here twice: put both into one",
        "too many characters in string" => "one character is expected",
        _ => return mismatch(message).unwrap_or_else(|| message.to_owned()),
    };
    told.to_owned()
}

/// `invalid type: string "a", expected a sequence`
fn mismatch(message: &str) -> Option<String> {
    let rest = ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|start| message.strip_prefix(start))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let words = EXPECTED.iter().find(|(start, _)| expected.starts_with(start));
    let expected = words.map_or(expected, |(_, words)| words);
    let known = FOUND.iter().find_map(|(start, words)| {
        let value = found.strip_prefix(start)?.replace(['"', '`'], "");
        Some(match (value.is_empty(), words.is_empty()) {
            (true, _) => (*words).to_owned(),
            (_, true) => format!("`{value}`"),
            _ => format!("{words} `{value}`"),
        })
    });
    let found = known.unwrap_or_else(|| found.to_owned());
    Some(format!("expected {expected}, and this is {found}"))
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn messages_are_in_the_words_of_a_table() {
        for (message, expected) in [
            (
                "invalid type: string \"tt\", expected a sequence",
                "expected a list, `[...]`, and this is text `tt`",
            ),
            (
                "invalid type: integer `4`, expected a string",
                "expected a text in quotes, and this is the number `4`",
            ),
            (
                "invalid value: integer `-1`, expected usize",
                "expected a whole number, 0 or more, and this is the number `-1`",
            ),
            (
                "invalid type: map, expected a sequence",
                "expected a list, `[...]`, and this is a table",
            ),
            (
                "invalid type: string \"yes\", expected a boolean",
                "expected `true` or `false`, and this is text `yes`",
            ),
            (
                "unknown field `titel`, expected `title`",
                "there is no key `titel`; did you mean `title`?",
            ),
            ("missing field `docs`", "the key `docs` is missing"),
            ("something else", "something else"),
        ] {
            assert_eq!(explain(message), expected, "{message}");
        }
    }
}
