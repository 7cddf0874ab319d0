//! The filters, tests and functions of templates, with the arguments that each takes.
//!
//! Tera calls what it does not know an error, but takes any argument. The tables are of Tera 2
//! (<https://keats.github.io/tera/docs/>), and of the room `render`.

use super::expression::Kind;
use crate::view::record::Shape;

/// What a filter gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gives {
    /// A whole literal.
    Literal,
    /// Code: no request data is left bare in it.
    Code,
    /// What it was given.
    Same,
    /// An element of the list that it was given.
    Element,
    Text,
    /// Text without capital letters.
    Lower,
    /// Text without small letters.
    Upper,
    /// A part of the text that it was given; a block of code loses nothing.
    Cut,
    Texts,
    Number,
    /// It depends on the values.
    Unknown,
}

/// A filter: its name, the arguments that it takes, and what it gives.
pub(super) type Filter = (&'static str, &'static [&'static str], Gives);

/// Where a literal is in the code.
const PLACE: &[&str] = &["level", "column", "oneline"];

/// The arguments of the filters that write code: the type of each, and what it means.
pub const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("level", "number", "How many levels the literal's line is indented by; 0 by default."),
    ("column", "number", "The column where the literal begins; that of `level` by default."),
    ("oneline", "true or false", "Whether the literal stays in its line."),
    ("style", "text", "The `family` of the `[[string]]` tables that are asked for."),
    ("case", "`lower`, `upper`, `title`", "The letter case; as it is by default."),
    (
        "width",
        "number",
        "The column that the joined line must not pass; that of the language by default.",
    ),
    ("tail", "number", "The columns that follow the block in its last line; 0 by default."),
    ("chain", "number", "The most columns of the joined text without its indentation."),
    ("skip", "number", "The columns at its beginning that do not count for `chain`."),
    ("list", "true or false", "Whether the block is the arguments of a call without its brackets."),
    (
        "padding",
        "text",
        "What is inside of braces that are joined, a space or nothing; that of the language by default.",
    ),
];

// `templates/README.md` has the comment of each filter and argument.
const FILTERS: &[Filter] = &[
    // A text as a string literal. `{{ url | str }}`
    ("str", &["level", "column", "oneline", "style"], Gives::Literal),
    // Bytes, or the UTF-8 form of a text, as the language writes bytes. `{{ body.bytes | bytes }}`
    ("bytes", PLACE, Gives::Literal),
    // A JSON text as the language's own literal. `{{ body.text | json(level=1) }}`
    ("json", PLACE, Gives::Literal),
    // A text as the key of an object: bare where the language allows it. `{{ h.name | key }}`
    ("key", &[], Gives::Literal),
    // A text as lines of comment. `{{ url | comment }}`
    ("comment", PLACE, Gives::Literal),
    // ASCII letters, digits and underscores as they are: a method that is part of a name.
    // `{{ method | word(case="lower") }}`
    ("word", &["case"], Gives::Code),
    // Takes one level of indentation off the lines in a fragment. `{% filter outdent %}…{% endfilter %}`
    ("outdent", &[], Gives::Code),
    // Joins the lines where they fit into one, as formatters do. `{% filter join_lines %}…{% endfilter %}`
    ("join_lines", &["width", "chain", "skip", "tail", "list", "padding"], Gives::Code),
    ("length", &[], Gives::Number),
    ("lower", &[], Gives::Lower),
    ("upper", &[], Gives::Upper),
    ("title", &[], Gives::Text),
    ("capitalize", &[], Gives::Text),
    ("trim", &["pat"], Gives::Cut),
    ("trim_start", &["pat"], Gives::Cut),
    ("trim_end", &["pat"], Gives::Cut),
    ("replace", &["from", "to"], Gives::Text),
    ("truncate", &["length", "end"], Gives::Cut),
    ("split", &["pat"], Gives::Texts),
    ("join", &["sep"], Gives::Text),
    ("reverse", &[], Gives::Same),
    ("sort", &["attribute"], Gives::Same),
    ("unique", &[], Gives::Same),
    ("first", &[], Gives::Element),
    ("last", &[], Gives::Element),
    ("nth", &["n"], Gives::Element),
    ("abs", &[], Gives::Number),
    ("int", &["base"], Gives::Number),
    ("float", &[], Gives::Number),
    ("round", &["method", "precision"], Gives::Number),
    ("wordcount", &[], Gives::Number),
    ("pluralize", &["singular", "plural"], Gives::Text),
    ("default", &["value", "boolean"], Gives::Unknown),
];

/// The filter of this name. What is not in the table has no use in a template of code.
pub(super) fn filter(name: &str) -> Option<&'static Filter> {
    FILTERS.iter().find(|(known, _, _)| *known == name)
}

/// The filters that write code, with their arguments.
pub fn filters() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let writes = |gives: &Gives| matches!(gives, Gives::Literal | Gives::Code);
    FILTERS
        .iter()
        .filter(move |(_, _, gives)| writes(gives))
        .map(|(name, arguments, _)| (*name, *arguments))
}

/// The names of all filters.
pub(super) fn filter_names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|(name, _, _)| *name)
}

/// The arguments that a test takes.
pub(super) fn arguments_of_test(name: &str) -> &'static [&'static str] {
    match name {
        "starting_with" | "ending_with" | "containing" => &["pat"],
        "divisible_by" => &["divisor"],
        _ => &[],
    }
}

/// The arguments that a function takes.
pub(super) fn arguments_of_function(name: &str) -> &'static [&'static str] {
    match name {
        "range" => &["start", "end", "step_by"],
        "throw" => &["message"],
        _ => &[],
    }
}

/// The values that an argument of a filter takes, where they are few.
pub(super) fn values_of_argument(argument: &str) -> Option<&'static [&'static str]> {
    (argument == "case").then_some(&["lower", "upper", "title"])
}

/// Whether a filter takes a value of this kind, and what it takes.
pub(super) fn takes(filter: &str, kind: &Kind) -> Result<(), &'static str> {
    let is_text = kind.is_text() || *kind == Kind::Unknown;
    match filter {
        "bytes" if is_text || *kind == Kind::Of(Shape::Bytes) => Ok(()),
        "bytes" => Err("text or bytes"),
        "str" | "json" | "key" | "comment" | "word" if !is_text => Err("text"),
        _ => Ok(()),
    }
}
