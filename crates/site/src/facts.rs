//! What pages say of methods, fields, status codes and media types: tables with a source for each fact.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::SiteError;
use crate::pages::Pages;
use crate::source::Sources;

/// A property of a method.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// In a word or two.
    pub short: String,
    /// In a sentence.
    pub text: String,
    source: Sources,
}

/// What a status code means for one method.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MethodStatus {
    /// The code.
    pub code: u16,
    text: String,
    source: Sources,
}

/// A method.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Method {
    /// The method itself; names are case-sensitive.
    pub name: String,
    /// What it asks for.
    pub means: String,
    /// Where that is written.
    pub source: Sources,
    history: String,
    history_source: Sources,
    /// Methods that it is compared with.
    pub against: Vec<String>,
    /// Names of topics.
    pub topics: Vec<String>,
    safe: Property,
    idempotent: Property,
    cacheable: Property,
    request_body: Property,
    response_body: Property,
    /// Status codes that a client meets.
    pub status: Vec<MethodStatus>,
}

/// A question about methods.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What methods call it.
    pub name: String,
    title: String,
    /// What one often reads, and is wrong.
    says: Option<String>,
    text: String,
    source: Sources,
}

/// A field.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FieldFact {
    /// What it says.
    pub text: String,
    /// Where that is written.
    pub source: Sources,
}

/// A status code.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFact {
    /// The reason phrase of the registry.
    pub reason: String,
    /// What it means.
    pub text: String,
    /// Where that is written.
    pub source: Sources,
}

/// A media type.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MediaTypeFact {
    /// What it is.
    pub text: String,
    /// Where that is written.
    pub source: Sources,
    /// The syntax that colours it.
    pub highlight: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Methods {
    method: Vec<Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    topic: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choices {
    first: String,
}

/// All tables.
#[derive(Debug)]
pub struct Facts {
    methods: BTreeMap<String, Method>,
    topics: BTreeMap<String, Topic>,
    /// By lower-case name.
    fields: BTreeMap<String, FieldFact>,
    statuses: BTreeMap<u16, StatusFact>,
    media_types: BTreeMap<String, MediaTypeFact>,
    /// The target that is shown first where the reader has chosen none.
    pub first: String,
    /// Names of syntaxes by names of languages.
    pub syntaxes: BTreeMap<String, String>,
}

impl Facts {
    /// Reads the tables; a later layer's entry takes the place of an earlier one's.
    pub fn read(pages: &Pages) -> Result<Self, SiteError> {
        let mut methods = BTreeMap::new();
        for path in ["methods.toml", "webdav.toml"] {
            for table in read_layers::<Methods>(pages, path)? {
                methods.extend(table.method.into_iter().map(|it| (it.name.clone(), it)));
            }
        }
        let mut topics = BTreeMap::new();
        for table in read_layers::<Topics>(pages, "topics.toml")? {
            topics.extend(table.topic.into_iter().map(|it| (it.name.clone(), it)));
        }
        let statuses = read_map::<StatusFact>(pages, "statuses.toml")?
            .into_iter()
            .map(|(code, fact)| match code.parse() {
                Ok(code) => Ok((code, fact)),
                Err(_) => {
                    Err(SiteError::page("statuses.toml", format!("`{code}` is not a status code")))
                }
            })
            .collect::<Result<_, _>>()?;
        let facts = Self {
            methods,
            topics,
            fields: read_map(pages, "fields.toml")?,
            statuses,
            media_types: read_map(pages, "media-types.toml")?,
            first: read_layers::<Choices>(pages, "site.toml")?
                .pop()
                .map(|it| it.first)
                .unwrap_or_default(),
            syntaxes: read_map(pages, "highlight.toml")?,
        };
        facts.check()?;
        Ok(facts)
    }

    /// What a method refers to is there.
    fn check(&self) -> Result<(), SiteError> {
        for method in self.methods.values() {
            let missing_topic = method.topics.iter().find(|name| !self.topics.contains_key(*name));
            let missing_method =
                method.against.iter().find(|name| !self.methods.contains_key(*name));
            let missing_status =
                method.status.iter().find(|it| !self.statuses.contains_key(&it.code));
            let missing = [
                missing_topic.map(|name| format!("the topic `{name}`")),
                missing_method.map(|name| format!("the method `{name}`")),
                missing_status.map(|status| format!("the status code {}", status.code)),
            ];
            if let Some(missing) = missing.into_iter().flatten().next() {
                let message = format!("{}: no table has {missing}", method.name);
                return Err(SiteError::page("methods.toml", message));
            }
        }
        Ok(())
    }

    /// A method, by its exact name.
    pub fn method(&self, name: &str) -> Option<&Method> {
        self.methods.get(name)
    }

    /// Those of a list of names that are there.
    pub fn topics<'f>(&'f self, names: &'f [String]) -> impl Iterator<Item = &'f Topic> {
        names.iter().filter_map(|name| self.topics.get(name))
    }

    /// A field, by its name in any letter case.
    pub fn field(&self, name: &str) -> Option<&FieldFact> {
        self.fields.get(&name.to_ascii_lowercase())
    }

    /// A status code.
    pub fn status(&self, code: u16) -> Option<&StatusFact> {
        self.statuses.get(&code)
    }

    /// A media type, by its lower-case name; `+json` and `+xml` are JSON and XML.
    pub fn media_type(&self, name: &str) -> Option<&MediaTypeFact> {
        let suffix = name.rsplit_once('+').map(|(_, suffix)| format!("application/{suffix}"));
        self.media_types.get(name).or_else(|| self.media_types.get(&suffix?))
    }
}

fn read_layers<T: DeserializeOwned>(pages: &Pages, path: &str) -> Result<Vec<T>, SiteError> {
    let read = |text: &String| {
        toml::from_str(text).map_err(|error| {
            let before = &text[..error.span().map_or(0, |span| span.start)];
            let line = before.matches('\n').count() + 1;
            SiteError::page(format!("{path}:{line}"), error.message())
        })
    };
    pages.layers(path).iter().map(read).collect()
}

fn read_map<T: DeserializeOwned>(
    pages: &Pages,
    path: &str,
) -> Result<BTreeMap<String, T>, SiteError> {
    Ok(read_layers::<BTreeMap<String, T>>(pages, path)?.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_together() {
        let facts = Facts::read(&Pages::built_in()).unwrap();
        for name in [
            "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
        ] {
            assert!(facts.method(name).is_some(), "{name}");
        }
        let used: Vec<&String> = facts.methods.values().flat_map(|method| &method.topics).collect();
        for name in facts.topics.keys() {
            assert!(used.contains(&name), "no method shows the topic `{name}`");
        }
        assert!(facts.method("put").is_none(), "names of methods are case-sensitive");
        assert_eq!(facts.media_type("application/hal+json").unwrap().text, "A JSON document.");
    }

    #[test]
    fn a_table_that_refers_to_nothing_is_refused_with_its_place() {
        let with = |path: &str, text: &str| {
            let mut pages = Pages::built_in();
            pages.lay_over(path.to_owned(), text.to_owned());
            Facts::read(&pages).unwrap_err().to_string()
        };
        assert_eq!(
            with("fields.toml", "a = 1\n[x]\n"),
            "pages/fields.toml:1: invalid type: integer `1`, expected struct FieldFact"
        );
        assert!(
            with("fields.toml", "[x]\ntext = ''\nsource = 'nowhere'\n")
                .contains("`nowhere` is neither")
        );
        let method =
            Pages::built_in().get("webdav.toml").unwrap().replace("\"UNLOCK\"]", "\"NONE\"]");
        assert!(with("webdav.toml", &method).contains("LOCK: no table has the method `NONE`"));
    }

    #[test]
    fn each_fact_has_a_source() {
        for path in [
            "methods.toml",
            "webdav.toml",
            "topics.toml",
            "fields.toml",
            "statuses.toml",
            "media-types.toml",
        ] {
            let pages = Pages::built_in();
            let table = pages.get(path).unwrap();
            let sources: Vec<usize> = table.match_indices("source = ").map(|(at, _)| at).collect();
            assert!(sources.len() > 10, "{path}");
            for at in sources {
                // Another key, with the same value: a fact without its source.
                let mut lacking = table.to_owned();
                lacking.insert_str(at, "no-");
                let mut pages = Pages::built_in();
                pages.lay_over(path.to_owned(), lacking);
                let line = table[..at].matches('\n').count() + 1;
                assert!(Facts::read(&pages).is_err(), "{path}:{line}: a fact needs no source");
            }
        }
    }
}
