//! A client: what it adds, cannot do, and does to a request. Data, read from `[client.<name>]`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::call::{Helper, Takes};
use super::fact::{FieldFact, MethodFact, NameRules};
use super::host::HostRules;
use super::native::{MultipartRules, NativeForm, NativeJson, NativeQuery};
use super::option::OptionFact;
use super::response::ResponseRules;
use super::rule::{Condition, Rule};
use super::run::Run;
use super::step::TargetRules;
use super::usual::Usual;
use crate::diagnostic::is_hidden;
use crate::literal::text_or_table::TextOrTable;
use crate::literal::{NameStyle, VariableStyle};

/// One client of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// The client's name for a reader.
    pub title: String,
    /// A short name of the target for a reader, where the language's title is not the one.
    pub label: Option<String>,
    /// The name that highlighters know, where it is not the language's.
    pub highlight: Option<String>,
    /// Where its API is documented.
    pub docs: String,
    /// The line that installs it, where it is not part of the language.
    pub install: Option<String>,
    /// The lowest version that the snippets are written for.
    pub version: Option<String>,
    /// Whether the client's name alone means this target, though other languages have a client of
    /// that name.
    #[serde(default)]
    pub alone: bool,
    /// Whether the project's CI runs the snippets against a server.
    #[serde(default)]
    pub proven: bool,
    /// File name extension, where it is not the language's.
    pub extension: Option<String>,
    /// Fields that the client sends by itself, framing apart, by name.
    #[serde(default)]
    pub adds: Vec<Add>,
    /// The values that they may have, by name; `…` stands for any text, as in `curl/…`. A field without
    /// a row may have any value.
    #[serde(default)]
    pub adds_values: BTreeMap<String, Vec<String>>,
    /// Where that is written, or how it was seen.
    pub adds_source: Option<String>,
    /// What it does to the target.
    #[serde(default)]
    pub target: TargetRules,
    /// What it makes of the host.
    #[serde(default)]
    pub host: HostRules,
    /// How it takes field values.
    #[serde(default)]
    pub header: HeaderRules,
    /// In which letter case it writes field names.
    #[serde(default)]
    pub names: NameRules,
    /// What it does with the response.
    #[serde(default)]
    pub response: ResponseRules,
    /// Its own JSON parameter.
    pub json: Option<NativeJson>,
    /// Its own form parameter.
    pub form: Option<NativeForm>,
    /// Its own parameter for the query of the URL.
    pub query: Option<NativeQuery>,
    /// Its own multipart API.
    pub multipart: Option<MultipartRules>,
    /// Whether it has a parameter for basic credentials (RFC 7617).
    #[serde(default)]
    pub basic: bool,
    /// Whether it has a parameter for a bearer token (RFC 6750).
    #[serde(default)]
    pub bearer: bool,
    /// Whether it has a parameter for cookies (RFC 6265).
    #[serde(default)]
    pub cookies: bool,
    /// The longest body, in bytes, that stands in the code, where the language has a limit of its
    /// own for a literal; a longer one is read from a file.
    pub max_inline: Option<usize>,
    /// Text with one of these traits is read from a file, though it is text.
    #[serde(default)]
    pub attach: Vec<TextTrait>,
    /// Whether it cannot read files, so that bytes stand in the code.
    #[serde(default)]
    pub no_files: bool,
    /// Whether its language can read the environment.
    #[serde(skip)]
    pub reads_environment: bool,
    /// How its language names the variables of the code that hold those of its environment, where it
    /// reads the environment by a statement.
    #[serde(skip)]
    pub binds_environment: Option<NameStyle>,
    /// How its language writes variables of the code.
    #[serde(skip)]
    pub variable: Option<VariableStyle>,
    /// Whether the file of a body is sent behind the code, which does not name it.
    #[serde(default)]
    pub body_follows: bool,
    /// The options that its snippets have, by name.
    #[serde(default)]
    pub options: BTreeMap<String, OptionFact>,
    /// What it does to methods; of several that are about a request the first counts.
    #[serde(default)]
    pub method: Vec<MethodFact>,
    /// What it does to fields; of several that remove or change a line the first counts.
    #[serde(default)]
    pub field: Vec<FieldFact>,
    /// The methods that its API has something of its own for.
    #[serde(default)]
    pub helper: Vec<Helper>,
    /// The fields that it takes by parameters of their own.
    #[serde(default)]
    pub takes: Vec<Takes>,
    /// The fields whose values its usual call reads; it sends all values of others as they are.
    #[serde(default)]
    pub usual: Vec<Usual>,
    /// What else follows from traits of the request, in order.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// Laid over the language's `[run]`.
    #[serde(default)]
    pub run: Run,
}

/// A field that the client sends by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "TextOrTable<AddTable>")]
pub struct Add {
    /// Its name, in lower case.
    pub name: String,
    /// When it does; nothing where it always does.
    pub when: Option<Condition>,
    /// The need with which the template keeps the client from adding it.
    pub unless_need: Option<String>,
    /// Whether it also depends on what surrounds the snippet (the page, the machine).
    pub optional: bool,
}

/// A field that the client sends by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AddTable {
    /// Its name, in lower case.
    name: String,
    /// When it does; nothing where it always does.
    when: Option<Condition>,
    /// The need with which the template keeps the client from adding it.
    unless_need: Option<String>,
    /// Whether it also depends on what surrounds the snippet (the page, the machine).
    #[serde(default)]
    optional: bool,
}

impl From<TextOrTable<AddTable>> for Add {
    fn from(value: TextOrTable<AddTable>) -> Self {
        match value {
            TextOrTable::Text(name) => {
                Self { name, when: None, unless_need: None, optional: false }
            }
            TextOrTable::Table(AddTable { name, when, unless_need, optional }) => {
                Self { name, when, unless_need, optional }
            }
        }
    }
}

/// What a text may be like, where a client cannot take all text in its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextTrait {
    /// A line feed.
    LineFeed,
    /// A carriage return that no line feed follows.
    BareCarriageReturn,
    /// A line that ends in a space; editors remove it.
    TrailingSpace,
    /// A code point outside ASCII.
    NonAscii,
    /// A NUL.
    Nul,
    /// A code point that cannot be seen, line ends and tabs apart.
    Hidden,
    /// A horizontal tab.
    Tab,
    /// One of the noncharacters U+FDD0 to U+FDEF, which some languages write in no escape.
    NoncharacterFdd0,
}

impl TextTrait {
    /// Whether `text` has the trait.
    pub fn is_in(self, text: &str) -> bool {
        match self {
            Self::LineFeed => text.contains('\n'),
            Self::BareCarriageReturn => {
                let mut parts = text.split('\r');
                parts.next();
                parts.any(|part| !part.starts_with('\n'))
            }
            Self::TrailingSpace => {
                text.ends_with(' ') || text.contains(" \n") || text.contains(" \r\n")
            }
            Self::NonAscii => !text.is_ascii(),
            Self::Nul => text.contains('\0'),
            Self::Hidden => text.contains(|c| is_hidden(c) && !matches!(c, '\r' | '\n' | '\t')),
            Self::Tab => text.contains('\t'),
            Self::NoncharacterFdd0 => text.contains(|c| ('\u{fdd0}'..='\u{fdef}').contains(&c)),
        }
    }
}

/// How a client takes field values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HeaderRules {
    /// How it turns the text of a value into bytes.
    pub text: Encoding,
    /// Whether the template can write a value as bytes.
    pub bytes: bool,
    /// Whether a value with code points that cannot be seen, tabs apart, has no place in the code.
    pub visible: bool,
}

impl Default for HeaderRules {
    fn default() -> Self {
        Self { text: Encoding::Ascii, bytes: false, visible: false }
    }
}

/// How text becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// ASCII alone; anything else is refused.
    Ascii,
    /// One byte a code point, U+0000 to U+00FF.
    #[serde(rename = "latin-1")]
    Latin1,
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
}

#[cfg(test)]
mod tests {
    use super::TextTrait;

    #[test]
    fn traits_are_found_in_texts() {
        for (text, found) in [
            ("", &[][..]),
            ("a b", &[]),
            ("a\r\nb", &[TextTrait::LineFeed]),
            ("a\rb", &[TextTrait::BareCarriageReturn]),
            ("a\r", &[TextTrait::BareCarriageReturn]),
            ("a \r\n", &[TextTrait::LineFeed, TextTrait::TrailingSpace]),
            ("a ", &[TextTrait::TrailingSpace]),
            ("\0", &[TextTrait::Nul, TextTrait::Hidden]),
            ("\u{202e}", &[TextTrait::NonAscii, TextTrait::Hidden]),
            ("\t", &[TextTrait::Tab]),
            ("\u{fdef}", &[TextTrait::NonAscii, TextTrait::Hidden, TextTrait::NoncharacterFdd0]),
        ] {
            let all = [
                TextTrait::LineFeed,
                TextTrait::BareCarriageReturn,
                TextTrait::TrailingSpace,
                TextTrait::NonAscii,
                TextTrait::Nul,
                TextTrait::Hidden,
                TextTrait::Tab,
                TextTrait::NoncharacterFdd0,
            ];
            let has: Vec<_> = all.into_iter().filter(|it| it.is_in(text)).collect();
            assert_eq!(has, found, "{text:?}");
        }
    }
}
