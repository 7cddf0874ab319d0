//! The filters, tests and functions of templates, with the arguments that each takes.
//!
//! Tera calls what it does not know an error, but takes any argument. The tables are of Tera 2
//! (<https://keats.github.io/tera/docs/>), and of `filters.rs`.

use super::expression::Kind;
use super::value::Shape;

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
    Texts,
    Number,
    /// It depends on the values.
    Unknown,
}

/// A filter: its name, the arguments that it takes, and what it gives.
pub(super) type Filter = (&'static str, &'static [&'static str], Gives);

/// Where a literal is in the code.
const PLACE: &[&str] = &["level", "column", "oneline"];

const FILTERS: &[Filter] = &[
    ("str", &["level", "column", "oneline", "style"], Gives::Literal),
    ("bytes", PLACE, Gives::Literal),
    ("json", PLACE, Gives::Literal),
    ("key", &[], Gives::Literal),
    ("comment", PLACE, Gives::Literal),
    ("word", &["case"], Gives::Code),
    ("outdent", &[], Gives::Code),
    ("fit", &["width", "chain", "skip", "tail", "list", "padding"], Gives::Code),
    ("length", &[], Gives::Number),
    ("lower", &[], Gives::Text),
    ("upper", &[], Gives::Text),
    ("title", &[], Gives::Text),
    ("capitalize", &[], Gives::Text),
    ("trim", &["pat"], Gives::Same),
    ("trim_start", &["pat"], Gives::Text),
    ("trim_end", &["pat"], Gives::Text),
    ("replace", &["from", "to"], Gives::Text),
    ("truncate", &["length", "end"], Gives::Text),
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
    let is_text =
        matches!(kind, Kind::Constant | Kind::Of(Shape::Text | Shape::OneOf(_)) | Kind::Unknown);
    match filter {
        "bytes" if is_text || *kind == Kind::Of(Shape::Bytes) => Ok(()),
        "bytes" => Err("text or bytes"),
        "str" | "json" | "key" | "comment" | "word" if !is_text => Err("text"),
        _ => Ok(()),
    }
}
