//! `{% filter join_lines %}…{% endfilter %}`: lines that a formatter would join are joined.
//!
//! The template shows the broken layout. Where the lines, joined, fit, they are written so, as the
//! language's formatter would. A literal that itself spans lines keeps the broken layout, since its
//! line breaks are marks and not line feeds ([`crate::literal::SOFT_BREAK`]).

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Filter, Kwargs, State, StringInput, TeraResult, Value};

use super::filters::is_empty;
use crate::language::Language;
use crate::literal::{RAW_BREAK, SOFT_BREAK};

/// How much room a block has.
#[derive(Debug, Clone, Copy)]
struct Room<'l> {
    /// The column that the joined line must not pass.
    width: usize,
    /// The columns that follow the block in its last line.
    tail: usize,
    /// The columns at the beginning of the joined text that do not count for `chain`.
    skip: usize,
    /// The most columns of the joined text without its indentation, where the formatter has such a
    /// limit.
    chain: Option<usize>,
    /// Whether the block is the items of a list without its brackets: joined, the last has no comma.
    is_list: bool,
    /// What is inside of braces that are joined.
    padding: &'l str,
}

impl<'l> Room<'l> {
    /// The room of a block of the language, with what its author asks for.
    fn of(language: &'l Language, kwargs: &Kwargs) -> TeraResult<Self> {
        let Language { width, padding, .. } = language;
        let usual = Self { width: *width, tail: 0, skip: 0, chain: None, is_list: false, padding };
        if is_empty(kwargs) {
            return Ok(usual);
        }
        Ok(Self {
            width: kwargs.get("width")?.unwrap_or(usual.width),
            tail: kwargs.get("tail")?.unwrap_or(usual.tail),
            skip: kwargs.get("skip")?.unwrap_or(usual.skip),
            chain: kwargs.get("chain")?,
            is_list: kwargs.get("list")?.unwrap_or(usual.is_list),
            padding: match kwargs.get::<&str>("padding")? {
                Some("") => "",
                Some(_) => " ",
                None => usual.padding,
            },
        })
    }

    /// `broken` in one line where that fits; borrowed where it stays as it is.
    fn join<'t>(&self, broken: &'t str, indent: &str) -> Cow<'t, str> {
        let marks = (RAW_BREAK as u8, SOFT_BREAK as u8);
        if memchr::memchr2(marks.0, marks.1, broken.as_bytes()).is_some() {
            return lift_semicolons(broken);
        }
        // A join takes away white space, and a comma for a line; there are at most four bytes to a
        // column.
        let least = || lines(broken).map(|line| line.trim().len().saturating_sub(1)).sum::<usize>();
        if broken.len() / 4 > self.width && least() / 4 > self.width {
            return lift_semicolons(broken);
        }
        let mut joined = join(broken, self.padding);
        if self.is_list && joined.ends_with(',') {
            joined.pop();
        }
        let tab = indent.len().max(4);
        let columns = if joined.is_ascii() { joined.len() } else { joined.chars().count() };
        let tabs = memchr::memchr_iter(b'\t', joined.as_bytes()).count();
        let length = columns + tabs * (tab - 1) + self.tail;
        let indentation = joined.len() - joined.trim_start().len();
        let own = length.saturating_sub(indentation + self.skip);
        let is_short = length <= self.width && self.chain.is_none_or(|limit| own <= limit);
        let end = if broken.ends_with('\n') { "\n" } else { "" };
        if is_short { Cow::Owned(joined + end) } else { lift_semicolons(broken) }
    }
}

/// The filter.
pub(super) struct JoinLines {
    pub(super) language: Arc<Language>,
}

impl Filter<StringInput<'_>, TeraResult<Value>> for JoinLines {
    fn call(&self, text: StringInput<'_>, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let room = Room::of(&self.language, &kwargs)?;
        match room.join(text.as_str(), &self.language.indent) {
            Cow::Owned(joined) => Ok(text.inherit_safety(joined)),
            Cow::Borrowed(_) => Ok(text.into_value()),
        }
    }
}

/// A line of nothing but `;` ends the line before it: so a template can end a chain whose last call
/// it does not know.
fn lift_semicolons(text: &str) -> Cow<'_, str> {
    if !text.contains(';') || !text.lines().any(|line| line.trim() == ";") {
        return Cow::Borrowed(text);
    }
    let mut lifted = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim() == ";" {
            lifted.truncate(lifted.trim_end().len());
            lifted.push_str(line.trim_start());
        } else {
            lifted.push_str(line);
        }
    }
    Cow::Owned(lifted)
}

/// What stands between the line feeds.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    feeds.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

/// One line: no white space after an opening or before a closing bracket or a `.`, no trailing
/// comma, `padding` inside of braces, else one space.
fn join(text: &str, padding: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for (number, line) in lines(text.trim_end()).enumerate() {
        if number == 0 {
            joined.push_str(line.trim_end());
            continue;
        }
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if line.starts_with([')', ']', '}']) && joined.ends_with(',') {
            joined.pop();
        }
        let is_tight = joined.ends_with(['(', '[']) || line.starts_with(['.', ')', ']', '?', ';']);
        if joined.ends_with('{') || line.starts_with('}') {
            joined.push_str(padding);
        } else if !is_tight {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Room, join};

    #[test]
    fn the_last_item_of_a_joined_list_has_no_comma() {
        let list = Room { width: 12, tail: 0, skip: 0, chain: None, is_list: true, padding: " " };
        assert_eq!(list.join("    a,\n    b,\n", "    "), "    a, b\n");
        assert_eq!(list.join("    a,\n    b=cdefg,\n", "    "), "    a,\n    b=cdefg,\n");
    }

    #[test]
    fn joins_calls_and_chains() {
        assert_eq!(join("f(\n    a,\n    b,\n)", " "), "f(a, b)");
        assert_eq!(
            join("let r = c\n    .get(u)\n    .send()\n    .await?;", " "),
            "let r = c.get(u).send().await?;"
        );
        assert_eq!(join("{\n  a: 1,\n}", " "), "{ a: 1 }");
        assert_eq!(join("m{\n  a: 1,\n}", ""), "m{a: 1}");
    }
}
