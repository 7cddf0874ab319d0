//! The formats of pages, and how a text is made harmless in each.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use requote::docs::{self, Styles};
use requote::literal::markup;
use tera::escape_html;

/// What the pages are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Static HTML with a style sheet and a script.
    #[default]
    Html,
    /// `CommonMark` with front matter, for another generator of sites.
    Markdown,
}

/// No format has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a format: there are html and markdown", self.0)
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "html" => Ok(Self::Html),
            "markdown" => Ok(Self::Markdown),
            _ => Err(UnknownFormat(name.to_owned())),
        }
    }
}

impl Format {
    /// The ending of the names of pages and of their templates.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Html => ".html",
            Self::Markdown => ".md",
        }
    }

    /// Writes a text so that it is a text and nothing else in a page of this format.
    pub(crate) const fn escape(self) -> fn(&str, &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Html => write_html,
            Self::Markdown => write_markdown,
        }
    }

    /// Escapes a text.
    pub(crate) fn escaped(self, text: &str) -> String {
        let mut out = Vec::with_capacity(text.len() + text.len() / 8);
        // A vector takes all that is written.
        let _ = self.escape()(text, &mut out);
        String::from_utf8(out).unwrap_or_default()
    }
}

/// Beside the characters of markup, a carriage return is a reference: a parser would make it a line feed.
fn write_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for (number, line) in text.split('\r').enumerate() {
        if number > 0 {
            out.write_all(b"&#13;")?;
        }
        escape_html(line, out)?;
    }
    Ok(())
}

/// A reference stands for each character that Markdown, or a generator that reads the page before it,
/// gives a meaning; a text of a request has no line of its own.
fn write_markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let is_plain = |c: char| {
        let is_foreign = !c.is_ascii() && !c.is_control();
        is_foreign || c.is_ascii_alphanumeric() || " ,'/?;\"".contains(c)
    };
    out.write_all(markup::references(text, is_plain).as_bytes())
}

/// A block of code in Markdown: a fence; and where a generator may read a directive in it, `<pre>` with
/// references.
pub fn markdown_block(code: &str, highlight: &str) -> String {
    // What does not load is no reason to take a directive for code.
    let is_acted_on = Styles::built_in().act_on(docs::Format::Markdown, code, highlight);
    let is_plain = !is_acted_on.unwrap_or(true)
        && !code.contains(|c: char| c.is_control() && c != '\n' && c != '\t')
        && code.ends_with('\n');
    if is_plain {
        let fence = markup::fence(code, '`', 3);
        return format!("{fence}{highlight}\n{code}{fence}");
    }
    let is_plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || " _,;()".contains(c);
    let text = markup::references(code, is_plain);
    format!("<pre><code class=\"language-{highlight}\">{text}</code></pre>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carriage_return_comes_back_from_a_parser() {
        assert_eq!(Format::Html.escaped("a\r\nb<"), "a&#13;\nb&lt;");
    }

    #[test]
    fn a_fence_is_longer_than_what_is_in_it() {
        assert_eq!(markdown_block("a\n````\n", "c"), "`````c\na\n````\n`````");
        assert!(markdown_block("{{ a }}\n", "c").starts_with("<pre>"));
    }
}
