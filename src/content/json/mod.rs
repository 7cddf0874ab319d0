//! JSON (RFC 8259) with nothing lost: key order, duplicate keys and the text of numbers are kept.
//!
//! ```
//! use requote::content::json::{self, JsonStyle};
//!
//! let json = json::parse(r#"{"Price": 10.00, "n": 1}"#).unwrap();
//! // What `JSON.stringify` sends for that literal; `10.00` is `10` there, the same value.
//! let javascript: JsonStyle =
//!     toml::from_str("numbers = 'ecmascript'\nkeys = 'ecmascript'").unwrap();
//! let sent = json::write(&json, &javascript).unwrap();
//! assert_eq!(sent, r#"{"Price":10,"n":1}"#);
//! assert!(json::same_value(&json, &json::parse(&sent).unwrap()));
//! ```

use std::borrow::Cow;

mod decimal;
mod facts;
mod float_format;
mod layout;
mod number_model;
mod parse;
mod preset;
mod reader;
mod style;
mod write;

pub use decimal::same_number;
pub use facts::{JsonFacts, check};
pub use float_format::FloatFormat;
pub use layout::{KeepOpen, Lines, join_lines, lay_out, remove_space};
pub use number_model::{Floats, Integers, NumberModel};
pub(crate) use parse::read_escape;
pub use parse::{parse, same_tokens};
pub use reader::{JsonError, JsonErrorKind};
pub(crate) use reader::{Quoted, Reader, Token};
pub use style::{JsonStyle, KeyModel};
pub use write::{Unheld, write, writes};

/// How deep arrays and objects may be nested.
///
/// A value within this depth can be walked, written and dropped by recursion; a deeper text is an
/// error of `parse` and stays text. Languages have limits of their own near this one.
pub const MAX_DEPTH: usize = 128;

/// A JSON value that borrows from its text.
///
/// `==` compares how values are written; [`same_value`] compares what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written (RFC 8259 §6).
    Number(&'a str),
    /// A string with its escapes resolved.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object: its members in order, duplicate keys kept.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Whether both values mean the same.
///
/// Numbers are compared as exact decimals (`10.00`, `10` and `1e1` are one number, `-0` is not `0`),
/// strings by their characters, arrays and objects in order: an object whose keys stand in another
/// order, or that lacks a duplicate, is another object. Takes linear time and does not recurse.
pub fn same_value(left: &Json, right: &Json) -> bool {
    let mut pending = vec![(left, right)];
    while let Some(pair) = pending.pop() {
        let same = match pair {
            (Json::Null, Json::Null) => true,
            (Json::Bool(left), Json::Bool(right)) => left == right,
            (Json::Number(left), Json::Number(right)) => same_number(left, right),
            (Json::String(left), Json::String(right)) => left == right,
            (Json::Array(left), Json::Array(right)) if left.len() == right.len() => {
                pending.extend(left.iter().zip(right));
                true
            }
            (Json::Object(left), Json::Object(right)) if left.len() == right.len() => {
                pending.extend(left.iter().zip(right).map(|(left, right)| (&left.1, &right.1)));
                left.iter().zip(right).all(|(left, right)| left.0 == right.0)
            }
            _ => false,
        };
        if !same {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) -> bool {
        same_value(&parse(left).unwrap(), &parse(right).unwrap())
    }

    #[test]
    fn meaning_ignores_how_a_value_is_written() {
        assert!(same(r#"{"a": [1.0, "\u0041"]}"#, r#"{"\u0061":[1,"A"]}"#));
        assert!(same("[10.00, 1e2]", "[1e1, 100]"));
    }

    #[test]
    fn order_and_duplicates_are_meaning() {
        assert!(!same(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#));
        assert!(!same(r#"{"a":1,"a":2}"#, r#"{"a":2}"#));
        assert!(!same(r#"{"a":1,"a":2}"#, r#"{"a":2,"a":1}"#));
        assert!(!same("[1,2]", "[1]"));
    }

    #[test]
    fn the_same_tokens_differ_in_white_space_only() {
        let spaced = "{\n  \"a\" : [ 1.0, \"\\ud800\", null , true ]\n}";
        assert!(same_tokens(spaced, r#"{"a":[1.0,"\ud800",null,true]}"#));
        for other in [
            r#"{"a":[1,"\ud800",null,true]}"#,
            r#"{"a":[1.0,"\ud801",null,true]}"#,
            r#"{"b":[1.0,"\ud800",null,true]}"#,
            r#"{"a":[1.0,"\ud800",null,true],"a":0}"#,
            r#"{"a":[1.0,"\ud800",null,true]"#,
            "",
        ] {
            assert!(!same_tokens(spaced, other), "{other}");
        }
        assert!(!same_tokens("{", "{"), "no JSON");
    }

    #[test]
    fn kinds_are_never_equal_to_each_other() {
        let kinds = ["null", "false", "0", "\"\"", "[]", "{}", "\"0\"", "true"];
        for (place, left) in kinds.iter().enumerate() {
            for (other, right) in kinds.iter().enumerate() {
                assert_eq!(same(left, right), place == other, "{left} {right}");
            }
        }
    }
}
