//! A template's text → its tags, in tokens. What is in a tag is read and not run.

/// A stretch of a template.
#[derive(Debug)]
pub(crate) enum Piece<'t> {
    /// Text that is printed as it is.
    Text(&'t str),
    /// `{{ … }}`
    Print(Vec<Token<'t>>),
    /// `{% … %}`
    Tag(Vec<Token<'t>>),
}

/// A word, a text in quotes, a number or a sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'t> {
    pub(super) kind: Kind,
    /// As it is in the template, without quotes.
    pub(super) text: &'t str,
    /// The offset of its first byte, a quote included.
    pub(super) start: usize,
    /// The offset behind its last byte, a quote included.
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Quoted,
    Number,
    Sign,
}

impl Token<'_> {
    /// Whether a list, a map, arguments or an index begin with it.
    pub(super) fn opens(&self) -> bool {
        ["[", "?[", "(", "{"].iter().any(|sign| self.is(sign))
    }

    /// Whether one of these ends with it.
    pub(super) fn closes(&self) -> bool {
        ["]", ")", "}"].iter().any(|sign| self.is(sign))
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text && matches!(self.kind, Kind::Word | Kind::Sign)
    }
}

/// The pieces of a template that Tera has compiled. Comments are none, and `raw` blocks are text.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let close = match text[open..].get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        if from < open {
            pieces.push(Piece::Text(&text[from..open]));
        }
        let (tokens, end) = match close {
            "#}" => (Vec::new(), text[open..].find(close).map_or(text.len(), |at| open + at + 2)),
            _ => tokens(text, open + 2, close),
        };
        (from, at) = (end, end);
        match close {
            "}}" => pieces.push(Piece::Print(tokens)),
            "%}" if tokens.len() == 1 && tokens[0].is("raw") => at = end_of_raw(text, end),
            "%}" => pieces.push(Piece::Tag(tokens)),
            _ => {}
        }
    }
    if from < text.len() {
        pieces.push(Piece::Text(&text[from..]));
    }
    pieces
}

/// Where the `endraw` tag of a `raw` block whose text begins at `from` begins.
fn end_of_raw(text: &str, from: usize) -> usize {
    let is_end = |rest: &str| rest.trim_start_matches(['-', ' ', '\t', '\n']).starts_with("endraw");
    let mut tags = text[from..].match_indices("{%").map(|(at, _)| from + at);
    tags.find(|at| is_end(&text[at + 2..])).unwrap_or(text.len())
}

/// The tokens from `at` to `close`, and the offset behind it.
fn tokens<'t>(text: &'t str, mut at: usize, close: &str) -> (Vec<Token<'t>>, usize) {
    let mut tokens = Vec::new();
    // A dash at the beginning of a tag is about white space.
    at += usize::from(text[at..].starts_with('-'));
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.strip_prefix('-').unwrap_or(rest).starts_with(close) {
            return (tokens, at + usize::from(first == '-') + close.len());
        }
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let token = token(text, at, first);
        at = token.end;
        tokens.push(token);
    }
    (tokens, text.len())
}

fn token(text: &str, start: usize, first: char) -> Token<'_> {
    let rest = &text[start..];
    let run = |is_inside: fn(char) -> bool| rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (kind, length) = match first {
        '"' | '\'' | '`' => {
            let end = start + length_of_quoted(rest, first);
            let inside = text.get(start + 1..end - 1).unwrap_or_default();
            return Token { kind: Kind::Quoted, text: inside, start, end };
        }
        '0'..='9' => (Kind::Number, run(|c| c.is_ascii_digit() || c == '.')),
        _ if is_word(first) => (Kind::Word, run(is_word)),
        _ => {
            let signs = ["...", "==", "!=", "<=", ">=", "//", "**", "?.", "?[", "</"];
            let long = signs.into_iter().find(|sign| rest.starts_with(sign));
            (Kind::Sign, long.map_or(first.len_utf8(), str::len))
        }
    };
    Token { kind, text: &rest[..length], start, end: start + length }
}

/// The length of a text in quotes, with its quotes; a backslash takes the next character with it.
fn length_of_quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{Piece, split};

    /// The pieces in short: text as it is, tokens between bars.
    fn show(text: &str) -> Vec<String> {
        let join = |tokens: &[super::Token<'_>]| {
            tokens.iter().map(|token| token.text).collect::<Vec<_>>().join("|")
        };
        let show = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => format!("text {text}"),
            Piece::Print(tokens) => format!("print {}", join(tokens)),
            Piece::Tag(tokens) => format!("tag {}", join(tokens)),
        };
        split(text).iter().map(show).collect()
    }

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(
            show("{a{{- x.y | str(level=1) -}}\n{% if 'a}}' ~ \"\\\"%}\" == y?.z %}{# {{ n }} #}e"),
            [
                "text {a",
                "print x|.|y|||str|(|level|=|1|)",
                "text \n",
                "tag if|a}}|~|\\\"%}|==|y|?.|z",
                "text e"
            ]
        );
    }

    #[test]
    fn a_raw_block_is_text() {
        assert_eq!(
            show("{% raw %}{{ a }}{% x %}{%- endraw %}b"),
            ["text {{ a }}{% x %}", "tag endraw", "text b"]
        );
    }

    #[test]
    fn what_is_cut_short_ends_with_the_text() {
        for text in ["{{", "{{ '", "{% a", "{#", "{", "{{ \"\\", "{% raw %}", "{{ é"] {
            split(text);
        }
    }
}
