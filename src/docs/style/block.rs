//! A block of code in each format, whatever the code is.

use super::directive::Form;
use crate::docs::Format;
use crate::literal::markup;

/// What a block is written with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'b> {
    pub(super) format: Format,
    pub(super) form: Form,
    pub(super) code: &'b str,
    /// The name of the language.
    pub(super) highlight: &'b str,
    /// What follows the name in the first line.
    pub(super) info: &'b str,
    /// Spaces before each line.
    pub(super) indent: usize,
}

impl Block<'_> {
    /// Writes it, without a last line end.
    pub(super) fn write(&self) -> String {
        let code = self.code.replace("\r\n", "\n");
        let code = code.strip_suffix('\n').unwrap_or(&code);
        let lines = match (self.form, self.format) {
            (Form::Block | Form::Plain, format) => self.in_format(format, code),
            (Form::Html | Form::Tabbed, Format::Markdown) => vec![self.html(code)],
            (Form::Html, Format::ReStructuredText) => {
                vec![".. raw:: html".to_owned(), String::new(), format!("   {}", self.html(code))]
            }
            (Form::Tabbed, Format::ReStructuredText) => self.html_and_other(code),
            (Form::Html | Form::Tabbed, Format::AsciiDoc) => {
                vec!["++++".to_owned(), self.html(code), "++++".to_owned()]
            }
            // MDX has no HTML, and Prettier would break the line.
            (Form::Jsx | Form::Html | Form::Tabbed, Format::Mdx) => {
                vec!["{/* prettier-ignore */}".to_owned(), self.jsx(code)]
            }
            (Form::Jsx, _) => vec![self.jsx(code)],
        };
        self.indented(&lines)
    }

    fn highlight(&self) -> &str {
        if self.form == Form::Plain { "text" } else { self.highlight }
    }

    fn in_format(&self, format: Format, code: &str) -> Vec<String> {
        let own = code.split('\n').map(str::to_owned);
        let mut lines = Vec::new();
        match format {
            Format::Markdown | Format::Mdx => {
                let fence = markup::fence(code, '`', 3);
                let info = if self.info.is_empty() { "" } else { " " };
                lines.push(format!("{fence}{}{info}{}", self.highlight(), self.info));
                lines.extend(own);
                lines.push(fence);
            }
            Format::ReStructuredText => {
                lines.push(format!(".. code-block:: {}", self.highlight()));
                lines.extend(self.info.lines().map(|option| format!("   {option}")));
                lines.push(String::new());
                lines.extend(own.map(|line| format!("   {line}")));
            }
            Format::AsciiDoc => {
                let delimiter = markup::fence(code, '-', 4);
                let info = if self.info.is_empty() { "" } else { "," };
                lines.push(format!("[source,{}{info}{}]", self.highlight(), self.info));
                lines.push(delimiter.clone());
                lines.extend(own);
                lines.push(delimiter);
            }
        }
        lines
    }

    /// One line, in which only letters, digits and spaces between them are themselves.
    fn html(&self, code: &str) -> String {
        let name = references(self.highlight);
        format!("<pre><code class=\"language-{name}\">{}</code></pre>", references(code))
    }

    /// HTML, and for the builders of Sphinx that leave it out (LaTeX, text) a block in which spaces are for tabs.
    fn html_and_other(&self, code: &str) -> Vec<String> {
        let spaced = code.replace('\t', "    ");
        let block = self.in_format(Format::ReStructuredText, &spaced);
        let mut lines = vec![
            ".. raw:: html".to_owned(),
            String::new(),
            format!("   {}", self.html(code)),
            String::new(),
            ".. only:: not html".to_owned(),
            String::new(),
        ];
        lines.extend(block.into_iter().map(|line| format!("   {line}")));
        lines
    }

    fn jsx(&self, code: &str) -> String {
        let name = references(self.highlight);
        format!(
            "<pre><code className=\"language-{name}\">{{{}}}</code></pre>",
            markup::script_string(code)
        )
    }

    fn indented(&self, lines: &[String]) -> String {
        let margin = " ".repeat(self.indent);
        let mut out = String::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            if !line.trim().is_empty() {
                out.push_str(&margin);
                out.push_str(line);
            } else if self.format != Format::ReStructuredText && !line.is_empty() {
                // A line of code that is only white space.
                out.push_str(&margin);
                out.push_str(line);
            }
        }
        out
    }
}

/// A text of HTML in which all but ASCII letters, digits and what is outside of ASCII is a character
/// reference. No tool finds anything to act on in it.
pub(super) fn references(text: &str) -> String {
    markup::references(text, |point| point.is_ascii_alphanumeric() || !point.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(format: Format, form: Form, code: &str) -> String {
        Block { format, form, code, highlight: "go", info: "", indent: 2 }.write()
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_code() {
        assert_eq!(block(Format::Markdown, Form::Block, "a\n"), "  ```go\n  a\n  ```");
        assert_eq!(
            block(Format::Mdx, Form::Plain, "a\n\n````\n"),
            "  `````text\n  a\n\n  ````\n  `````"
        );
        assert_eq!(
            block(Format::AsciiDoc, Form::Block, "----\n"),
            "  [source,go]\n  -----\n  ----\n  -----"
        );
    }

    #[test]
    fn code_of_rst_is_indented() {
        let expected = "  .. code-block:: go\n\n     a\n\n     \tb";
        assert_eq!(block(Format::ReStructuredText, Form::Block, "a\n\n\tb\n"), expected);
    }

    #[test]
    fn rst_has_spaces_for_tabs_where_html_is_left_out() {
        let expected = "  .. raw:: html\n\n     <pre><code class=\"language-go\">a&#10;&#9;b</code></pre>\n\n  \
             .. only:: not html\n\n     .. code-block:: go\n\n        a\n            b";
        assert_eq!(block(Format::ReStructuredText, Form::Tabbed, "a\n\tb\n"), expected);
    }

    #[test]
    fn references_and_escapes_leave_nothing_to_act_on() {
        let html = block(Format::Markdown, Form::Html, "{{x}}\n\té");
        assert_eq!(
            html,
            "  <pre><code class=\"language-go\">&#123;&#123;x&#125;&#125;&#10;&#9;é</code></pre>"
        );
        let jsx = block(Format::Mdx, Form::Html, "}\"\n😀");
        let expected =
            r#"<pre><code className="language-go">{"\u007d\u0022\u000a\ud83d\ude00"}</code></pre>"#;
        assert_eq!(jsx, format!("  {{/* prettier-ignore */}}\n  {expected}"));
    }
}
