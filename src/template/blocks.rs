//! Tags that do not fit together, and words of other template languages.
//!
//! Tera tells that it came to the end of the file; here the tag is told that is not closed.

use super::token::{Piece, Token, split};
use crate::diagnostic::{Fault, File};

/// The tags that begin a block, and those that end it.
const BLOCKS: [(&str, &str); 6] = [
    ("if", "endif"),
    ("for", "endfor"),
    ("set", "endset"),
    ("filter", "endfilter"),
    ("block", "endblock"),
    ("component", "endcomponent"),
];

/// Tags of other template languages, and what is written in their place.
const FOREIGN: [(&str, &str); 10] = [
    ("elseif", "write `elif`"),
    ("elsif", "write `elif`"),
    ("unless", "write `{% if not ... %}`"),
    ("import", "the components of the files `_name.tera` are known without it"),
    ("from", "the components of the files `_name.tera` are known without it"),
    ("macro", "write `{% component name(...) %}`"),
    ("call", "write `{{ <name /> }}`"),
    ("with", "write `{% set name = value %}`"),
    ("let", "write `{% set name = value %}`"),
    ("end", "each block has an end of its own: `endif`, `endfor`, `endset`"),
];

/// The first tag of a file that is out of place.
pub(crate) fn misplaced(file: File<'_>) -> Option<Fault> {
    let pieces = split(file.text);
    let tags = pieces.iter().filter_map(|piece| match piece {
        Piece::Tag(tokens) => Some(tokens.as_slice()),
        _ => None,
    });
    let mut open: Vec<Token<'_>> = Vec::new();
    for tokens in tags {
        let Some(word) = tokens.first() else { continue };
        let fault = |message: String| Some(Fault::new(file, word.start, word.end, message));
        if let Some((_, instead)) = FOREIGN.iter().find(|(name, _)| word.is(name)) {
            return fault(format!("there is no tag `{}`: {instead}", word.text));
        }
        if word.is("else") && tokens.get(1).is_some_and(|next| next.is("if")) {
            return fault("there is no tag `else if`: write `elif`".to_owned());
        }
        if opens(tokens) {
            open.push(*word);
        } else if let Some((begin, end)) = BLOCKS.iter().find(|(_, end)| word.is(end)) {
            match open.pop() {
                Some(opened) if opened.is(begin) || *begin == "set" && opened.is("set_global") => {}
                Some(opened) => {
                    let line = file.text[..opened.start].matches('\n').count() + 1;
                    return fault(format!(
                        "`{end}` does not end `{}` of line {line}, which is still open",
                        opened.text
                    ));
                }
                None => return fault(format!("`{end}` ends nothing: no `{begin}` is open")),
            }
        }
    }
    let opened = open.pop()?;
    let end = BLOCKS.iter().find(|(begin, _)| opened.is(begin)).map_or("endset", |(_, end)| *end);
    let message = format!("`{}` is not closed: `{{% {end} %}}` is missing", opened.text);
    Some(Fault::new(file, opened.start, opened.end, message))
}

/// Whether a tag begins a block; a name that is set to a value does not.
fn opens(tokens: &[Token<'_>]) -> bool {
    let Some(word) = tokens.first() else { return false };
    if word.is("set") || word.is("set_global") {
        return !tokens.get(2).is_some_and(|sign| sign.is("="));
    }
    BLOCKS.iter().any(|(begin, _)| word.is(begin))
}

/// What is written in place of what Tera does not take; nothing where that is not known.
pub(crate) fn way_out(message: &str, rest: &str) -> Option<&'static str> {
    let signs = [
        ("&&", "write `and`"),
        ("||", "write `or`"),
        ("===", "`==` compares"),
        ("!==", "`!=` compares"),
        ("!", "write `not`"),
        ("?", "write `a if condition else b`"),
        ("+=", "write `{% set name = ... %}`"),
    ];
    if let Some((_, words)) = signs.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Some(words);
    }
    [
        ("Found `=` but expected %}", "`==` compares"),
        (
            "Function calls are only allowed",
            "what changes a value is a filter: `{{ url | upper }}`",
        ),
        (
            "Found `.` but expected",
            "what changes a value is a filter: `{{ list | join(sep=\",\") }}`",
        ),
        ("but expected identifier", "arguments are named: `str(level=1)`"),
        ("Found identifier but expected }}", "a filter follows `|`, and texts are joined by `~`"),
        ("Found string but expected }}", "texts are joined by `~`: `(\"a\" ~ url) | str`"),
        (
            "Found identifier but expected string",
            "a file is named by a text: `{% include \"x/_y.tera\" %}`",
        ),
        (
            "Unexpected end of input",
            "something that is opened here is not closed: `}}`, `%}`, `)` or a quote",
        ),
    ]
    .iter()
    .find(|(start, _)| message.contains(start))
    .map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::misplaced;
    use crate::diagnostic::File;

    fn told(text: &str) -> Option<(usize, usize, String)> {
        let fault = misplaced(File { path: "t/x.tera", text })?;
        Some((fault.line, fault.column, fault.message))
    }

    #[test]
    fn the_tag_that_is_out_of_place_is_told() {
        for (text, line, column, words) in [
            ("a\n{% if x %}\n{% for h in y %}{% endfor %}", 2, 4, "`{% endif %}` is missing"),
            ("{% if x %}\n{% for h in y %}\n{% endif %}", 3, 4, "does not end `for` of line 2"),
            ("{% endif %}", 1, 4, "no `if` is open"),
            ("{% set a %}b", 1, 4, "`{% endset %}` is missing"),
            ("{% if x %}{% elseif y %}{% endif %}", 1, 14, "write `elif`"),
            ("{% if x %}{% else if y %}{% endif %}", 1, 14, "write `elif`"),
            ("{% unless x %}", 1, 4, "if not"),
        ] {
            let (its_line, its_column, message) = told(text).expect(text);
            assert!(
                (its_line, its_column) == (line, column) && message.contains(words),
                "{message}"
            );
        }
    }

    #[test]
    fn what_fits_together_is_not_told() {
        let text = "{% set a = 1 %}{% set b %}c{% endset %}{% if x %}{% elif y %}{% else %}{% endif %}\
                    {% raw %}{% if %}{% endraw %}{% filter join_lines %}{% endfilter %}{% block d %}{% endblock d %}";
        assert_eq!(told(text), None);
    }
}
