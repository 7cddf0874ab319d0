//! The table `[preprocessor.requote]` of `book.toml`.

use clap::ValueEnum;
use requote::diagnostic::Diagnostic;
use requote::docs::Attachments;
use requote::{Options, Scheme};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::book::Context;
use crate::args::{Body, SecretsMode, UrlScheme};
use crate::code;
use crate::stop::Stop;

/// How several snippets are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tabs {
    /// Tabs that need nothing but the page.
    #[default]
    Builtin,
    /// The marks of the preprocessor mdbook-tabs.
    #[serde(rename = "mdbook-tabs")]
    Marks,
    /// One block below the other.
    Plain,
}

/// The table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Table {
    /// The targets of regions that name none.
    pub targets: Vec<String>,
    /// How several snippets are shown.
    pub tabs: Tabs,
    /// Whether what differs is an error.
    pub strict: bool,
    body: Option<String>,
    secrets: Option<String>,
    scheme: Option<String>,
    attachments: Option<String>,
    after: Vec<String>,
    // What mdBook reads itself.
    #[serde(rename = "before")]
    _before: IgnoredAny,
    #[serde(rename = "command")]
    _command: IgnoredAny,
    #[serde(rename = "renderers")]
    _renderers: IgnoredAny,
    #[serde(rename = "renderer")]
    _renderer: IgnoredAny,
    #[serde(rename = "optional")]
    _optional: IgnoredAny,
}

impl Table {
    /// The table of a book.
    pub fn of(context: &Context) -> Result<Self, Stop> {
        let table = context.config.pointer("/preprocessor/requote").cloned();
        let table: Self = match table {
            Some(table) => {
                serde_json::from_value(table).map_err(|error| refuse(&error.to_string()))?
            }
            None => Self::default(),
        };
        table.ordered(&context.config)?;
        Ok(table)
    }

    /// mdBook's own `links` reads the files that `{{#include}}` names, in blocks of code too: text of
    /// a request must come into the page behind it.
    fn ordered(&self, config: &Value) -> Result<(), Stop> {
        let uses_links =
            config.pointer("/build/use-default-preprocessors") != Some(&Value::Bool(false));
        let has_links = uses_links || config.pointer("/preprocessor/links").is_some();
        if has_links && !self.after.iter().any(|name| name == "links") {
            let message = "`after` does not name `links`, which would act on text of the requests";
            let help = "write `after = [\"links\"]` below `[preprocessor.requote]`";
            return Err(Stop::usage(
                Diagnostic::error(code::BOOK_INVALID, format!("book.toml: {message}"))
                    .with_help(help),
            ));
        }
        Ok(())
    }

    /// What becomes of code that reads a file.
    pub fn attachments(&self) -> Result<Attachments, Stop> {
        let name = self.attachments.as_deref();
        let read = name.map(str::parse::<Attachments>).transpose();
        read.map(Option::unwrap_or_default)
            .map_err(|error| refuse(&format!("`attachments`: {error}")))
    }

    /// What the engine is told.
    pub fn options(&self) -> Result<Options, Stop> {
        let body = choose::<Body>("body", self.body.as_deref())?;
        let secrets = choose::<SecretsMode>("secrets", self.secrets.as_deref())?;
        let scheme = choose::<UrlScheme>("scheme", self.scheme.as_deref())?;
        Ok(Options::default()
            .with_body(body.unwrap_or_default().into())
            .with_secrets(secrets.unwrap_or_default().into())
            .with_scheme(scheme.map(Scheme::from)))
    }
}

/// The value of a key, one of those that the option of the same name takes.
fn choose<T: ValueEnum>(key: &str, value: Option<&str>) -> Result<Option<T>, Stop> {
    let Some(value) = value else { return Ok(None) };
    T::from_str(value, false).map(Some).map_err(|_| {
        let names: Vec<String> = T::value_variants()
            .iter()
            .filter_map(ValueEnum::to_possible_value)
            .map(|choice| format!("`{}`", choice.get_name()))
            .collect();
        refuse(&format!("`{key}` is {}, not `{value}`", names.join(", ")))
    })
}

fn refuse(message: &str) -> Stop {
    let message = format!("book.toml: [preprocessor.requote]: {message}");
    Stop::usage(
        Diagnostic::error(code::BOOK_INVALID, message)
            .with_help("`requote mdbook --help` lists the keys of the table"),
    )
}
