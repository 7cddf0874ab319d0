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
        "sep",
        "text",
        "What ends each entry of a block, or is between the texts of a list; a comma by default.",
    ),
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
    // Leaves out the last `sep` of a block in which one ends each entry. `{% filter separated %}…{% endfilter %}`
    ("separated", &["sep"], Gives::Code),
    // Joins the lines where they fit into one, as formatters do. `{% filter join_lines %}…{% endfilter %}`
    ("join_lines", &["width", "chain", "skip", "tail", "list", "padding"], Gives::Code),
    // How many elements a list has, or characters a text. `{{ headers | length }}`
    ("length", &[], Gives::Number),
    // A text in lower case, to compare it. `{% if h.name | lower == "accept" %}`
    ("lower", &[], Gives::Lower),
    // A text in upper case, to compare it. `{% if method | upper == method %}`
    ("upper", &[], Gives::Upper),
    // A text whose words begin with a capital letter. `{{ h.name | title | str }}`
    ("title", &[], Gives::Text),
    // A text whose first letter is a capital one, and the others small. `{{ h.name | capitalize |
    // str }}`
    ("capitalize", &[], Gives::Text),
    // A block of code without the white space at its ends; a text without it, or without `pat`, to
    // compare it. `{{ block | trim }}`
    ("trim", &["pat"], Gives::Cut),
    // A text without the white space, or `pat`, at its start, to compare it. `{% if body.text |
    // trim_start is starting_with(pat="{") %}`
    ("trim_start", &["pat"], Gives::Cut),
    // A text without the white space, or `pat`, at its end, to compare it. `{% if body.text |
    // trim_end == body.text %}`
    ("trim_end", &["pat"], Gives::Cut),
    // A text with `to` for each `from`. `{{ h.name | replace(from="-", to="_") | word }}`
    ("replace", &["from", "to"], Gives::Text),
    // The first characters of a text, as many as `length` says, and `end`, to compare it. `{% if
    // url | truncate(length=5) == url %}`
    ("truncate", &["length", "end"], Gives::Cut),
    // The parts of a text between each `pat`. `{% for part in path_and_query | split(pat="/") %}`
    ("split", &["pat"], Gives::Texts),
    // The texts of a list with `sep` between. `{{ names | join(sep=", ") | str }}`
    ("join", &["sep"], Gives::Text),
    // A list, or a text, from its end to its start. `{% for h in headers | reverse %}`
    ("reverse", &[], Gives::Same),
    // A list in ascending order, of records by `attribute`. `{% for name in names | sort %}`
    ("sort", &["attribute"], Gives::Same),
    // A list with each of its elements once. `{% for name in names | unique %}`
    ("unique", &[], Gives::Same),
    // The first element of a list. `{{ names | first | str }}`
    ("first", &[], Gives::Element),
    // The last element of a list. `{{ names | last | str }}`
    ("last", &[], Gives::Element),
    // The element at the place `n` of a list, from 0 on. `{% set second = names | nth(n=1) %}`
    ("nth", &["n"], Gives::Element),
    // A number without its sign. `{{ number | abs }}`
    ("abs", &[], Gives::Number),
    // A number of a text, in `base`. `{% if port | int > 1024 %}`
    ("int", &["base"], Gives::Number),
    // A number with a point of a text. `{% if port | float > 0.5 %}`
    ("float", &[], Gives::Number),
    // A number rounded to `precision` digits; `method` is `common`, `ceil` or `floor`. `{{ number
    // | round }}`
    ("round", &["method", "precision"], Gives::Number),
    // How many words a text has. `{{ body.text | wordcount }}`
    ("wordcount", &[], Gives::Number),
    // `singular` where a number is 1, else `plural`, for a comment. `{{ headers | length |
    // pluralize(singular="", plural="s") | comment }}`
    ("pluralize", &["singular", "plural"], Gives::Text),
    // A value where there is none; with `boolean`, also where there is an empty one. `{% set type
    // = options.response | default(value="text") %}`
    ("default", &["value", "boolean"], Gives::Unknown),
];

/// The filter of this name. What is not in the table has no use in a template of code.
pub(super) fn filter(name: &str) -> Option<&'static Filter> {
    FILTERS.iter().find(|(known, _, _)| *known == name)
}

/// What a filter gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterKind {
    /// Code.
    Code,
    /// A value, which is no code yet.
    Value,
}

/// The filters of this kind, with their arguments.
pub fn filters(kind: FilterKind) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let kind_of = |gives: &Gives| match gives {
        Gives::Literal | Gives::Code => FilterKind::Code,
        _ => FilterKind::Value,
    };
    FILTERS
        .iter()
        .filter(move |(_, _, gives)| kind_of(gives) == kind)
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
