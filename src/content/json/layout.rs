//! The lines of a JSON text: which arrays and objects are open, and the same tokens laid out anew.

use std::borrow::Cow;

use serde::Deserialize;

use super::MAX_DEPTH;
use super::reader::{JsonError, JsonErrorKind, Reader, Token};

/// Which arrays and objects stay open, as the text has them: each item in a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeepOpen {
    /// Arrays and objects.
    #[default]
    All,
    /// Only objects: the language's formatter joins the lines of an array that fits in one.
    Objects,
    /// Neither.
    Nothing,
}

/// What the lines of a JSON text are: one entry for each array and object, in the order in which
/// they begin.
#[derive(Debug)]
pub struct Lines {
    collections: Vec<Collection>,
}

/// An array or object.
#[derive(Debug, Default)]
struct Collection {
    /// Whether it, or one within it, is open in the text.
    is_open: bool,
    /// The characters of the whole in one line, with a space after each `,` and `:`.
    columns: usize,
    /// How many arrays and objects it is, itself among them.
    count: usize,
    items: usize,
}

impl Lines {
    /// Reads the lines of `text`; an error where it is not JSON or deeper than [`MAX_DEPTH`].
    pub fn of(text: &str, keep: KeepOpen) -> Result<Self, JsonError> {
        let mut reader = Reader::new(text);
        let mut collections: Vec<Collection> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        while let Some(token) = reader.next_token()? {
            let columns = match token {
                Token::OpenArray | Token::OpenObject => {
                    if open.len() == MAX_DEPTH {
                        let offset = reader.offset() - 1;
                        return Err(JsonError { offset, kind: JsonErrorKind::TooDeep });
                    }
                    let is_kept = match keep {
                        KeepOpen::All => true,
                        KeepOpen::Objects => matches!(token, Token::OpenObject),
                        KeepOpen::Nothing => false,
                    };
                    let is_open = is_kept && begins_with_line_end(&text[reader.offset()..]);
                    open.push(collections.len());
                    collections.push(Collection { is_open, columns: 2, ..Collection::default() });
                    continue;
                }
                Token::Close => {
                    let Some(at) = open.pop() else { continue };
                    let count = collections.len() - at;
                    let closed = &mut collections[at];
                    closed.count = count;
                    closed.is_open &= closed.items > 0;
                    let is_open = closed.is_open;
                    let columns = closed.columns;
                    if let Some(&parent) = open.last() {
                        collections[parent].is_open |= is_open;
                    }
                    columns
                }
                // The key counts with its value.
                Token::Key(quoted) => {
                    if let Some(&at) = open.last() {
                        collections[at].columns += count_columns(quoted.text) + 4;
                    }
                    continue;
                }
                other => count_columns(&write_scalar(other)),
            };
            if let Some(&at) = open.last() {
                let parent = &mut collections[at];
                parent.columns += columns + if parent.items > 0 { 2 } else { 0 };
                parent.items += 1;
            }
        }
        Ok(Self { collections })
    }

    /// Whether the array or object of this number, or one within it, is open.
    pub fn is_open(&self, number: usize) -> bool {
        self.collections.get(number).is_some_and(|it| it.is_open)
    }

    /// How many arrays and objects the one of this number is, itself among them.
    pub fn count(&self, number: usize) -> usize {
        self.collections.get(number).map_or(1, |it| it.count)
    }
}

/// The same tokens, laid out for a reader, with LF: what is open in the text stays open, and a text
/// of one line that is longer than `width` characters is broken where it does not fit.
///
/// A text that has such lines already is given back as it is. Nothing where the text is not JSON, or
/// is deeper than [`MAX_DEPTH`].
pub fn lay_out(text: &str, width: usize) -> Option<Cow<'_, str>> {
    let lines = Lines::of(text, KeepOpen::All).ok()?;
    // Strings hold neither: RFC 8259 §7.
    let has_marks = text.contains(['\r', '\t']);
    if !has_marks && (text.contains('\n') || count_columns(text) <= width) {
        return Some(Cow::Borrowed(text));
    }
    Some(Cow::Owned(Writer::new(&lines, width, " ").write(text)))
}

/// The same tokens in one line; the text itself where it has no line ends. Nothing where it is not
/// JSON, or is deeper than [`MAX_DEPTH`].
pub fn join_lines(text: &str) -> Option<Cow<'_, str>> {
    let lines = Lines::of(text, KeepOpen::Nothing).ok()?;
    if !text.contains(['\r', '\n']) {
        return Some(Cow::Borrowed(text));
    }
    Some(Cow::Owned(Writer::new(&lines, usize::MAX, " ").write(text)))
}

/// The same tokens with nothing between them. Nothing where the text is not JSON, or is deeper than
/// [`MAX_DEPTH`].
pub fn remove_space(text: &str) -> Option<String> {
    let lines = Lines::of(text, KeepOpen::Nothing).ok()?;
    Some(Writer::new(&lines, usize::MAX, "").write(text))
}

/// An array or object whose end is still to come.
struct Open {
    close: char,
    is_broken: bool,
    items: usize,
}

struct Writer<'l> {
    lines: &'l Lines,
    width: usize,
    /// What is behind `:`, and behind `,` within a line.
    space: &'static str,
    out: String,
    open: Vec<Open>,
}

impl<'l> Writer<'l> {
    fn new(lines: &'l Lines, width: usize, space: &'static str) -> Self {
        Self { lines, width, space, out: String::new(), open: Vec::new() }
    }

    fn write(mut self, text: &str) -> String {
        let mut reader = Reader::new(text);
        let mut number = 0;
        let mut follows_key = false;
        // The lines were read from the same text, so there is no error.
        while let Ok(Some(token)) = reader.next_token() {
            if !matches!(token, Token::Close) && !follows_key {
                self.begin_item();
            }
            follows_key = matches!(token, Token::Key(_));
            match token {
                Token::OpenArray => self.begin(number, '[', ']'),
                Token::OpenObject => self.begin(number, '{', '}'),
                Token::Close => self.end(),
                Token::Key(quoted) => self.out.extend(["\"", quoted.text, "\":", self.space]),
                scalar => self.out.push_str(&write_scalar(scalar)),
            }
            number += usize::from(matches!(token, Token::OpenArray | Token::OpenObject));
        }
        self.out
    }

    fn begin_item(&mut self) {
        let Some(open) = self.open.last_mut() else { return };
        if open.items > 0 {
            self.out.push(',');
        }
        open.items += 1;
        if open.is_broken {
            self.break_line();
        } else if open.items > 1 {
            self.out.push_str(self.space);
        }
    }

    fn begin(&mut self, number: usize, bracket: char, close: char) {
        let may_break = self.open.last().is_none_or(|open| open.is_broken);
        let collection = &self.lines.collections[number];
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        // One column for the comma that may follow.
        let is_broken = may_break
            && collection.items > 0
            && (collection.is_open
                || count_columns(&self.out[line..]) + collection.columns >= self.width);
        self.out.push(bracket);
        self.open.push(Open { close, is_broken, items: 0 });
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.is_broken {
            self.break_line();
        }
        self.out.push(open.close);
    }

    fn break_line(&mut self) {
        self.out.push('\n');
        let level = self.open.iter().filter(|open| open.is_broken).count();
        self.out.extend(std::iter::repeat_n("  ", level));
    }
}

fn write_scalar(token: Token<'_>) -> Cow<'_, str> {
    match token {
        Token::Bool(true) => Cow::Borrowed("true"),
        Token::Bool(false) => Cow::Borrowed("false"),
        Token::Number(text) => Cow::Borrowed(text),
        Token::String(quoted) => Cow::Owned(format!("\"{}\"", quoted.text)),
        _ => Cow::Borrowed("null"),
    }
}

fn begins_with_line_end(text: &str) -> bool {
    let end = text.find(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')).unwrap_or(text.len());
    text[..end].contains(['\n', '\r'])
}

fn count_columns(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{KeepOpen, Lines, join_lines, lay_out, remove_space};

    #[track_caller]
    fn lays_out(text: &str, width: usize, expected: &str) {
        assert_eq!(lay_out(text, width).as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn lines_that_are_there_stay() {
        for text in ["{\n \"a\":1 ,\n\n\"b\": 10.00}\n", "{\"a\":1}", " 1", "[\n]"] {
            lays_out(text, 70, text);
        }
    }

    #[test]
    fn what_is_open_stays_open_and_line_ends_are_line_feeds() {
        lays_out(
            "{\r\n\t\"a\":1,\r\n\t\"b\":[1,2],\r\n\t\"c\":{\r\"d\":\"\\u0041\"}\r\n}\r\n",
            70,
            "{\n  \"a\": 1,\n  \"b\": [1, 2],\n  \"c\": {\n    \"d\": \"\\u0041\"\n  }\n}",
        );
        lays_out("[{\r\n\"a\": 1E+5}, []]", 70, "[\n  {\n    \"a\": 1E+5\n  },\n  []\n]");
        lays_out("{\r\n}", 70, "{}");
        lays_out("\r\n10.00\r\n", 70, "10.00");
    }

    #[test]
    fn a_long_line_is_broken_where_it_does_not_fit() {
        let text = "{\"a\":[1,2,3],\"b\":{\"c\":\"some words\",\"d\":null},\"e\":true}";
        lays_out(
            text,
            53,
            "{\n  \"a\": [1, 2, 3],\n  \"b\": {\"c\": \"some words\", \"d\": null},\n  \"e\": true\n}",
        );
        lays_out(text, 54, text);
        lays_out(
            text,
            30,
            "{\n  \"a\": [1, 2, 3],\n  \"b\": {\n    \"c\": \"some words\",\n    \"d\": null\n  },\n  \"e\": true\n}",
        );
    }

    #[test]
    fn one_line_has_the_same_tokens() {
        let joined = |text| join_lines(text).map(std::borrow::Cow::into_owned);
        assert_eq!(
            joined("{\r\n \"a\" :1.0,\n\"b\":[ ]}\n").as_deref(),
            Some("{\"a\": 1.0, \"b\": []}")
        );
        assert_eq!(joined("{\"a\" :1}").as_deref(), Some("{\"a\" :1}"));
        assert_eq!(
            remove_space("{\r\n \"a b\" : 1.0,\n\"b\": [ 1, 2 ]}\n").as_deref(),
            Some("{\"a b\":1.0,\"b\":[1,2]}")
        );
    }

    #[test]
    fn what_is_no_json_or_too_deep_has_no_layout() {
        let deep = "[".repeat(129) + &"]".repeat(129);
        for text in ["{\r\n", "{\"a\":1,\r\n}", "", "a\r\n", deep.as_str()] {
            assert_eq!(lay_out(text, 70), None, "{text:?}");
            assert_eq!(join_lines(text), None, "{text:?}");
            assert_eq!(remove_space(text), None, "{text:?}");
        }
        assert!(lay_out("[\"\\ud800\",\r\n1]", 70).is_some());
    }

    #[test]
    fn lines_say_what_is_open() {
        let text = "{\"a\":[\n1,[2]],\"b\":{},\"c\":{\n\"d\":[]}}";
        let open = |keep| {
            let lines = Lines::of(text, keep).expect("JSON");
            (0..6).map(|number| lines.is_open(number)).collect::<Vec<_>>()
        };
        assert_eq!(open(KeepOpen::All), [true, true, false, false, true, false]);
        assert_eq!(open(KeepOpen::Objects), [true, false, false, false, true, false]);
        assert_eq!(open(KeepOpen::Nothing), [false; 6]);
        let lines = Lines::of(text, KeepOpen::All).expect("JSON");
        assert_eq!([0, 1, 2, 3, 4, 5].map(|number| lines.count(number)), [6, 2, 1, 1, 2, 1]);
    }
}
