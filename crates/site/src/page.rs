//! What a page's template reads, and the templates.

use std::borrow::Cow;
use std::error::Error as _;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use crate::error::SiteError;
use crate::facts::{Facts, Method, StatusFact, Topic};
use crate::format::{Format, markdown_block};
use crate::highlight::Highlighter;
use crate::message::{RequestView, ResponseView};
use crate::pages::Pages;
use crate::snippet::{Note, SnippetView};
use crate::source::{Source, write_sources};
use crate::words::{write_prose, write_yaml};

/// Writes blocks of code in a format.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'h> {
    /// The format.
    pub format: Format,
    /// Colours code in HTML.
    pub highlighter: &'h Highlighter,
}

impl Writer<'_> {
    /// A block of code: in HTML what is in `<code>`, in Markdown the whole block.
    pub fn block(&self, code: &str, language: &str) -> String {
        match self.format {
            Format::Html => self.highlighter.highlight(code, language),
            Format::Markdown => markdown_block(code, language),
        }
    }
}

/// An example in lists of pages.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// The name of its folder.
    pub name: String,
    /// The heading of its index.
    pub heading: String,
    /// The request line in short.
    pub method: String,
    /// Host, path and query.
    pub place: String,
    /// The text that the caller gave.
    pub title: Option<String>,
}

/// What the templates of an example's pages read.
#[derive(Debug, Serialize)]
pub struct ExamplePage<'p> {
    /// What the `<title>` says.
    pub title: String,
    /// The first heading.
    pub heading: String,
    /// A sentence for those that list the page.
    pub description: String,
    /// The way to the site's folder.
    pub root: &'static str,
    /// The title of the site.
    pub site: &'p str,
    /// The example.
    pub example: &'p Listed,
    /// All examples.
    pub examples: &'p [Listed],
    /// The request.
    pub request: &'p RequestView,
    /// The response, where the example has one.
    pub response: Option<&'p ResponseView>,
    /// What was noticed in the message.
    pub notes: &'p [Note],
    /// What is known of the method.
    pub method: Option<&'p MethodView<'p>>,
    /// All snippets.
    pub snippets: &'p [SnippetView],
    /// The snippet of a target's page.
    pub snippet: Option<&'p SnippetView>,
}

/// What the template of the site's index reads.
#[derive(Debug, Serialize)]
pub struct IndexPage<'p> {
    /// What the `<title>` says.
    pub title: &'p str,
    /// The title of the site.
    pub site: &'p str,
    /// A sentence for those that list the page.
    pub description: String,
    /// The way to the site's folder.
    pub root: &'static str,
    /// All examples.
    pub examples: &'p [Listed],
}

/// A method with what is beside it on a page.
#[derive(Debug, Serialize)]
pub struct MethodView<'f> {
    #[serde(flatten)]
    method: &'f Method,
    statuses: Vec<StatusView<'f>>,
    /// The method and those that it is compared with.
    compared: Vec<&'f Method>,
    topic_list: Vec<&'f Topic>,
}

/// A status code that a client of a method meets.
#[derive(Debug, Serialize)]
struct StatusView<'f> {
    code: u16,
    fact: Option<&'f StatusFact>,
    #[serde(flatten)]
    own: &'f crate::facts::MethodStatus,
}

impl<'f> MethodView<'f> {
    /// What is known of a method.
    pub fn find(name: &str, facts: &'f Facts) -> Option<Self> {
        let method = facts.method(name)?;
        let others = method.against.iter().filter_map(|name| facts.method(name));
        Some(Self {
            method,
            statuses: method
                .status
                .iter()
                .map(|own| StatusView { code: own.code, fact: facts.status(own.code), own })
                .collect(),
            compared: std::iter::once(method).chain(others).collect(),
            topic_list: facts.topics(&method.topics).collect(),
        })
    }
}

/// The templates of a format.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    format: Format,
}

impl Templates {
    /// Compiles the templates of the format.
    pub fn load(pages: &Pages, format: Format) -> Result<Self, SiteError> {
        let mut tera = Tera::new();
        tera.autoescape_on([format.ending()]);
        tera.set_escape_fn(format.escape());
        tera.register_filter("prose", move |text: Cow<'_, str>, _: Kwargs, _: &State| {
            Value::safe_string(&write_prose(&text, format))
        });
        tera.register_filter("cite", move |sources: Value, _: Kwargs, _: &State| {
            cite(&sources, format)
        });
        tera.register_filter("yaml", |text: Cow<'_, str>, _: Kwargs, _: &State| {
            Value::safe_string(&write_yaml(&text))
        });
        let files = pages.with_ending(format.ending());
        let files: Vec<(&str, String)> = files.map(|(path, text)| (path, lay_out(text))).collect();
        tera.add_raw_templates(files)
            .map_err(|error| SiteError::page(format!("*{}", format.ending()), say(&error)))?;
        Ok(Self { tera, format })
    }

    /// Renders `<name>.html` or `<name>.md`.
    pub fn render<P: Serialize>(&self, name: &str, page: &P) -> Result<Vec<u8>, SiteError> {
        let path = format!("{name}{}", self.format.ending());
        let written = Context::from_serialize(page).and_then(|it| self.tera.render(&path, &it));
        match written {
            Ok(text) => Ok(text.into_bytes()),
            Err(error) => Err(SiteError::page(path, say(&error))),
        }
    }
}

/// The sources of a fact, as links.
fn cite(sources: &Value, format: Format) -> TeraResult<Value> {
    let wrong = || tera::Error::message("`cite` is for the sources of a fact");
    let text = |source: &Value, key: &str| {
        source.get_from_path(key).and_then(Value::as_str).map(str::to_owned).ok_or_else(wrong)
    };
    let sources = sources
        .as_array()
        .ok_or_else(wrong)?
        .iter()
        .map(|source| Ok(Source { text: text(source, "text")?, url: text(source, "url")? }));
    let sources = sources.collect::<TeraResult<Vec<_>>>()?;
    Ok(Value::safe_string(&write_sources(&sources, format)))
}

/// A line that has only tags prints nothing: its end moves into its last tag, so that places stay.
fn lay_out(text: &str) -> String {
    let mut laid = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        match content.strip_suffix("%}") {
            Some(tags) if has_only_tags(content) => laid.extend([tags, "\n%}"]),
            _ => laid.push_str(line),
        }
    }
    laid
}

fn has_only_tags(line: &str) -> bool {
    let mut rest = line;
    while let Some(tag) = rest.strip_prefix("{%") {
        let Some((_, after)) = tag.split_once("%}") else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// What Tera says, with the reasons behind it.
fn say(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        text = format!("{text}: {reason}");
        source = reason.source();
    }
    text
}
