//! Where facts are written.

use serde::{Deserialize, Serialize};

use crate::format::Format;

/// Where a fact is written: a section of an RFC, or a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct Source {
    /// For a reader: `RFC 9110 §9.3.4`.
    pub text: String,
    /// Where it can be read.
    pub url: String,
}

impl TryFrom<String> for Source {
    type Error = String;

    /// Reads `RFC <number> §<section>`, or a title and `<URL>`.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        if let Some((title, url)) = text.strip_suffix('>').and_then(|it| it.split_once(" <")) {
            return if url.starts_with("https://") {
                Ok(Self { text: title.to_owned(), url: url.to_owned() })
            } else {
                Err(format!("`{url}` is not an https URL"))
            };
        }
        let wrong =
            || format!("`{text}` is neither `RFC <number> §<section>` nor a title and `<URL>`");
        let rest = text.strip_prefix("RFC ").ok_or_else(wrong)?;
        let (number, section) = rest.split_once(" §").ok_or_else(wrong)?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) || section.is_empty() {
            return Err(wrong());
        }
        // A section of an appendix begins with its letter.
        let kind =
            if section.starts_with(|c: char| c.is_ascii_digit()) { "section" } else { "appendix" };
        let url = format!("https://www.rfc-editor.org/rfc/rfc{number}#{kind}-{section}");
        Ok(Self { text, url })
    }
}

/// The sources of a fact, at least one: in a table a string, or a list of strings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Written")]
pub struct Sources(Vec<Source>);

/// What a table has.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a source is a string, or a list of strings")]
enum Written {
    One(String),
    Several(Vec<String>),
}

impl TryFrom<Written> for Sources {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let texts = match written {
            Written::One(text) => vec![text],
            Written::Several(texts) => texts,
        };
        if texts.is_empty() {
            return Err("a fact has at least one source".to_owned());
        }
        texts.into_iter().map(Source::try_from).collect::<Result<_, _>>().map(Self)
    }
}

impl From<Source> for Sources {
    fn from(source: Source) -> Self {
        Self(vec![source])
    }
}

/// Sources as links.
pub fn write_sources(sources: &[Source], format: Format) -> String {
    let link = |source: &Source| {
        let (text, url) = (format.escaped(&source.text), format.escaped(&source.url));
        match format {
            Format::Html => format!("<a href=\"{url}\" rel=\"noreferrer\">{text}</a>"),
            Format::Markdown => format!("[{}]({})", source.text, source.url),
        }
    };
    let links = sources.iter().map(link).collect::<Vec<_>>().join(", ");
    match format {
        Format::Html => format!("<cite>{links}</cite>"),
        Format::Markdown => links,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_section_or_a_page() {
        let read = |text: &str| Source::try_from(text.to_owned());
        assert_eq!(
            read("RFC 9110 §9.3.4").unwrap().url,
            "https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4"
        );
        assert_eq!(read("RFC 1945 §D.1.1").unwrap().url.rsplit('#').next(), Some("appendix-D.1.1"));
        assert_eq!(read("A page <https://a.example/>").unwrap().text, "A page");
        for wrong in ["", "RFC 9110", "RFC x §1", "A page <http://a.example/>", "RFC 1 §"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_fact_has_one_source_or_several() {
        let read = |list: &str| {
            #[derive(Debug, Deserialize)]
            struct Fact {
                source: Sources,
            }
            toml::from_str::<Fact>(&format!("source = {list}")).map(|fact| fact.source.0.len())
        };
        assert_eq!(read("'RFC 9110 §9.1'"), Ok(1));
        assert_eq!(read("['RFC 9110 §9.1', 'A page <https://a.example/>']"), Ok(2));
        for wrong in ["[]", "['RFC 9110 §9.1', 'elsewhere']", "1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sources_are_links() {
        let source = |text: &str| Source::try_from(text.to_owned()).unwrap();
        let sources = [source("RFC 9110 §9.1"), source("A & B <https://a.example/?a&b>")];
        assert_eq!(
            write_sources(&sources, Format::Html),
            "<cite><a href=\"https://www.rfc-editor.org/rfc/rfc9110#section-9.1\" \
             rel=\"noreferrer\">RFC 9110 §9.1</a>, <a href=\"https://a.example/?a&amp;b\" \
             rel=\"noreferrer\">A &amp; B</a></cite>"
        );
        assert_eq!(
            write_sources(&sources, Format::Markdown),
            "[RFC 9110 §9.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.1), \
             [A & B](https://a.example/?a&b)"
        );
    }
}
