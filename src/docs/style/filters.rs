//! The filters of `tabs.tera`: what a value of a page passes on its way into it.

use tera::{Filter, Kwargs, State, Tera, TeraResult, Value};

use super::block::{Block, references};
use super::directive::Form;
use crate::docs::Format;
use crate::literal::markup;

/// The name under which the filters find the format of the page.
pub(super) const FORMAT: &str = "format";

/// Registers the filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("safe", |_: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        Err(tera::Error::message("`safe` is not for templates of pages: write a filter of theirs"))
    });
    tera.register_filter("block", BlockFilter);
    tera.register_filter("fence", FenceFilter);
    let texts: [(&str, Write); 4] = [
        ("text", write_text),
        ("plain", |text, _| plain(text)),
        ("html", |text, _| references(text)),
        ("attribute", |text, _| format!("\"{}\"", references(text))),
    ];
    for (name, write) in texts {
        tera.register_filter(name, Text(write));
    }
}

fn format_of(state: &State) -> TeraResult<Format> {
    let name = state.get::<String>(FORMAT)?.unwrap_or_default();
    name.parse().map_err(|_| tera::Error::message("the format of the page is not known"))
}

/// Writes a text for a format.
type Write = fn(&str, Format) -> String;

/// From a text to a text that is safe where the filter says.
struct Text(Write);

impl Filter<&str, TeraResult<String>> for Text {
    fn call(&self, text: &str, _: Kwargs, state: &State) -> TeraResult<String> {
        Ok((self.0)(text, format_of(state)?))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// From a tab to its block of code.
struct BlockFilter;

impl Filter<&Value, TeraResult<String>> for BlockFilter {
    fn call(&self, tab: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
        block_of(tab, &kwargs, state)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// From a tab to a fence of backticks that can be around its block; from all tabs to one around those.
struct FenceFilter;

impl Filter<&Value, TeraResult<String>> for FenceFilter {
    fn call(&self, tabs: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
        let around = |tab: &Value| Ok(markup::fence(&block_of(tab, &kwargs, state)?, '`', 3));
        let Some(all) = tabs.as_array() else { return around(tabs) };
        let inner = all.iter().map(around).collect::<TeraResult<Vec<String>>>()?;
        Ok(markup::fence(&inner.join("\n"), '`', 3))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// The block of a tab.
fn block_of(tab: &Value, kwargs: &Kwargs, state: &State) -> TeraResult<String> {
    let format = format_of(state)?;
    let form = match part(tab, "form")? {
        "plain" => Form::Plain,
        "html" => Form::Html,
        "tabbed" => Form::Tabbed,
        "jsx" => Form::Jsx,
        _ => Form::Block,
    };
    let info = kwargs.get::<&str>("info")?.unwrap_or_default();
    if info.contains('`') || (info.contains('\n') && format != Format::ReStructuredText) {
        return Err(tera::Error::message("an info string has neither backticks nor line ends"));
    }
    let block = Block {
        format,
        form,
        code: part(tab, "code")?,
        highlight: part(tab, "highlight")?,
        info,
        indent: kwargs.get::<usize>("indent")?.unwrap_or_default(),
    };
    Ok(block.write())
}

/// A text in which no character is a mark of the format.
fn write_text(text: &str, format: Format) -> String {
    let mut out = String::with_capacity(text.len());
    for point in text.chars() {
        match format {
            Format::Markdown | Format::Mdx if r"\`*_{}[]<>&|~$^".contains(point) => {
                out.extend(['\\', point]);
            }
            Format::ReStructuredText if r"\`*_|<>:".contains(point) => out.extend(['\\', point]),
            Format::AsciiDoc if point.is_ascii_punctuation() && !".,-/".contains(point) => {
                out.push_str(&references(point.encode_utf8(&mut [0; 4])));
            }
            _ => out.push(point),
        }
    }
    out
}

/// A text of a tab.
fn part<'t>(tab: &'t Value, name: &'t str) -> TeraResult<&'t str> {
    let part = tab.get_from_path(name).and_then(Value::as_str);
    part.ok_or_else(|| tera::Error::message("`block` takes a tab, as in {{ tab | block }}"))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !"\"'`[]{}<>|\\&".contains(*c) && !c.is_control()).collect()
}
