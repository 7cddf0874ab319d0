//! The filters of templates: each writes a whole literal, or passes a word that is none.

use std::sync::Arc;

use tera::{Filter, Kwargs, State, Tera, TeraResult, Value};

use super::fit;
use crate::language::Language;
use crate::literal::{Layout, LiteralError, Literals, Place};

/// Registers all filters for `language`.
pub(super) fn register(tera: &mut Tera, language: &Arc<Language>) {
    tera.register_filter("str", Literal { language: language.clone(), write: write_str });
    tera.register_filter("json", Literal { language: language.clone(), write: write_json });
    tera.register_filter("comment", Literal { language: language.clone(), write: write_comment });
    tera.register_filter("key", Literal { language: language.clone(), write: write_key });
    tera.register_filter("bytes", BytesLiteral { language: language.clone() });
    tera.register_filter("word", Word);
    tera.register_filter("safe", refuse_safe);
    tera.register_filter("fit", fit::Fit { indent: language.indent.clone() });
}

type Write = fn(&Literals, &mut String, &str, &str, Place) -> Result<(), LiteralError>;

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

/// Where a filter's arguments put its literal.
fn place_of(kwargs: &Kwargs, language: &Language) -> TeraResult<Place> {
    let level = kwargs.get::<usize>("level")?.unwrap_or_default();
    let column = kwargs.get::<usize>("column")?;
    let layout = match kwargs.get::<bool>("oneline")? {
        Some(true) => Layout::OneLine,
        _ => Layout::Free,
    };
    Ok(Place { level, column: column.unwrap_or(level * language.indent.len()), layout })
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
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(tera::Error::message("`word` takes ASCII letters, digits and underscores"));
        }
        match kwargs.get::<&str>("case")? {
            None => Ok(text.to_owned()),
            Some("lower") => Ok(text.to_ascii_lowercase()),
            Some("upper") => Ok(text.to_ascii_uppercase()),
            Some("title") => Ok(text[..1].to_ascii_uppercase() + &text[1..].to_ascii_lowercase()),
            Some(_) => Err(tera::Error::message("`case` is lower, upper or title")),
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
}
