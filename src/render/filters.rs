//! The filters of templates: each writes a whole literal, or passes a word that is none.

use std::sync::Arc;

use tera::{Filter, Kwargs, State, Tera, TeraResult, Value};

use super::fit;
use crate::language::Language;
use crate::literal::{Layout, LiteralError, Literals, Place};

/// Registers all filters for `language`.
pub(super) fn register(tera: &mut Tera, language: &Arc<Language>) {
    for name in ["str", "json", "comment", "key"] {
        if let Some(write) = writer_of(name) {
            tera.register_filter(name, Literal { language: language.clone(), write });
        }
    }
    tera.register_filter("bytes", BytesLiteral { language: language.clone() });
    tera.register_filter("word", Word);
    tera.register_filter("safe", refuse_safe);
    tera.register_filter("fit", fit::Filter { indent: language.indent.clone() });
}

/// Appends the literal of a text, in the styles of a family, for its place.
pub(super) type Write = fn(&Literals, &mut String, &str, &str, Place) -> Result<(), LiteralError>;

/// Tera's own `safe` would let a value past the literals.
fn refuse_safe(_: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    Err(tera::Error::message("`safe` is not for templates of code: write a literal filter"))
}

/// A filter from text to a literal. `level` and `column` say where it stands, see [`Place`];
/// `oneline = true` keeps it in its line; `style` names a family of string styles.
struct Literal {
    language: Arc<Language>,
    write: Write,
}

fn write_str(
    literals: &Literals,
    out: &mut String,
    text: &str,
    style: &str,
    place: Place,
) -> Result<(), LiteralError> {
    literals.write_string(out, text, style, place)
}

fn write_json(
    literals: &Literals,
    out: &mut String,
    text: &str,
    _: &str,
    place: Place,
) -> Result<(), LiteralError> {
    literals.write_json(out, text, place)
}

fn write_key(
    literals: &Literals,
    out: &mut String,
    text: &str,
    _: &str,
    _: Place,
) -> Result<(), LiteralError> {
    literals.write_key(out, text)
}

fn write_comment(
    literals: &Literals,
    out: &mut String,
    text: &str,
    _: &str,
    place: Place,
) -> Result<(), LiteralError> {
    literals.write_comment(out, text, place)
}

/// The function behind a filter from text to a literal.
pub(super) fn writer_of(filter: &str) -> Option<Write> {
    match filter {
        "str" => Some(write_str),
        "json" => Some(write_json),
        "comment" => Some(write_comment),
        "key" => Some(write_key),
        _ => None,
    }
}

/// Where a filter's arguments put its literal: at the beginning of its line where no `column` is given.
pub(super) fn place(
    level: usize,
    column: Option<usize>,
    is_one_line: bool,
    language: &Language,
) -> Place {
    let layout = if is_one_line { Layout::OneLine } else { Layout::Free };
    let column = column.unwrap_or(level * language.indent.len());
    Place { level, column, layout, ..Place::default() }
}

fn place_of(kwargs: &Kwargs, language: &Language) -> TeraResult<Place> {
    let level = kwargs.get::<usize>("level")?.unwrap_or_default();
    let is_one_line = kwargs.get::<bool>("oneline")?.unwrap_or_default();
    Ok(place(level, kwargs.get::<usize>("column")?, is_one_line, language))
}

impl Filter<&str, TeraResult<String>> for Literal {
    fn call(&self, text: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
        let place = place_of(&kwargs, &self.language)?;
        let mut out = String::new();
        let style = kwargs.get::<&str>("style")?.unwrap_or_default();
        (self.write)(&self.language.literals, &mut out, text, style, place)
            .map_err(tera::Error::message)?;
        Ok(out)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// A filter from bytes, or the UTF-8 form of text, to a byte string.
struct BytesLiteral {
    language: Arc<Language>,
}

impl Filter<Value, TeraResult<String>> for BytesLiteral {
    fn call(&self, value: Value, kwargs: Kwargs, _: &State) -> TeraResult<String> {
        let place = place_of(&kwargs, &self.language)?;
        let bytes = value
            .as_bytes()
            .or_else(|| value.as_str().map(str::as_bytes))
            .ok_or_else(|| tera::Error::message("`bytes` takes bytes or text"))?;
        let mut out = String::new();
        self.language.literals.write_bytes(&mut out, bytes, place).map_err(tera::Error::message)?;
        Ok(out)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// Passes ASCII letters, digits and underscores as they are: a method that becomes part of a name.
/// `case` is `lower`, `upper` or `title`.
struct Word;

impl Filter<&str, TeraResult<String>> for Word {
    fn call(&self, text: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
        let mut out = String::new();
        write_word(&mut out, text, kwargs.get::<&str>("case")?).map_err(tera::Error::message)?;
        Ok(out)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// Appends a word in the letter case that is asked for; an error says what is wrong.
pub(super) fn write_word(
    out: &mut String,
    text: &str,
    case: Option<&str>,
) -> Result<(), &'static str> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err("`word` takes ASCII letters, digits and underscores");
    }
    let start = out.len();
    out.push_str(text);
    match case {
        None => {}
        Some("lower") => out[start..].make_ascii_lowercase(),
        Some("upper") => out[start..].make_ascii_uppercase(),
        Some("title") => {
            out[start..].make_ascii_lowercase();
            out[start..=start].make_ascii_uppercase();
        }
        Some(_) => return Err("`case` is lower, upper or title"),
    }
    Ok(())
}
