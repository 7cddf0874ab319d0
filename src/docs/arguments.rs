//! The words of a marker or of a fence: `file=put.http targets="curl, python" fragment`.

use crate::diagnostic::{Diagnostic, Span, show, suggest};
use crate::view::Options;

use super::{Refusal, code};

/// The keys of regions; others are options of the targets.
const KEYS: [&str; 8] =
    ["file", "request", "targets", "style", "body", "scheme", "secrets", "attachments"];

/// A key and its value, with their places in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument<'p> {
    pub(super) key: &'p str,
    pub(super) value: &'p str,
    /// Of the whole argument.
    pub(super) span: Span,
    /// Of the value without quotes; of the key where there is no value.
    pub(super) value_span: Span,
}

/// The arguments of a region.
#[derive(Debug, Clone, Default)]
pub(super) struct Arguments<'p>(Vec<Argument<'p>>);

impl<'p> Arguments<'p> {
    /// The words at `span` of a page.
    pub(super) fn read(page: &'p str, span: Span) -> Self {
        let mut arguments = Vec::new();
        let mut at = span.start;
        while let Some(rest) = page.get(at..span.end).filter(|rest| !rest.trim_start().is_empty()) {
            at += rest.len() - rest.trim_start().len();
            let argument = Argument::read(page, at, span.end);
            at = argument.span.end;
            arguments.push(argument);
        }
        Self(arguments)
    }

    /// What the info string of a fence says to requote: the word `requote`, of which the value are
    /// targets, and what follows. Words before it are for others.
    pub(super) fn of_info(page: &'p str, span: Span) -> Option<Self> {
        let mut all = Self::read(page, span).0;
        let at = all.iter().position(|argument| argument.key == "requote")?;
        let mut own = all.split_off(at);
        if let Some(last) = own.last_mut() {
            // The brace that closes the attributes of a fence: ``` {.http requote}
            last.value = last.value.strip_suffix('}').unwrap_or(last.value);
            last.key = last.key.strip_suffix('}').unwrap_or(last.key);
        }
        own.retain(|argument| !argument.key.is_empty());
        own[0].key = "targets";
        if own[0].value.is_empty() {
            own.remove(0);
        }
        Some(Self(own))
    }

    /// The argument of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Argument<'p>> {
        self.0.iter().find(|argument| argument.key == key)
    }

    /// The value of a key, read by `read`; a value that it refuses is told.
    pub(super) fn parse<T, E: ToString>(
        &self,
        key: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Refusal> {
        let Some(argument) = self.get(key) else { return Ok(None) };
        let value = read(argument.value);
        value.map(Some).map_err(|error| argument.refuse(error.to_string()))
    }

    /// The options of the targets among the keys. `known` has the names beside those that all share.
    pub(super) fn add_options(
        &self,
        options: &mut Options,
        known: &[String],
    ) -> Result<(), Refusal> {
        for (at, argument) in self.0.iter().enumerate() {
            let Argument { key, value, .. } = *argument;
            if self.0[..at].iter().any(|before| before.key == key) {
                return Err(argument.refuse(format!("`{key}` is there twice")));
            }
            if KEYS.contains(&key) {
                if value.is_empty() {
                    return Err(argument.refuse(format!("`{key}` has no value")));
                }
            } else if known.iter().any(|known| known == key) {
                let added = options.add_option(key, value);
                added.map_err(|error| argument.refuse(error.to_string()))?;
            } else {
                let near = suggest(key, KEYS.into_iter().chain(known.iter().map(String::as_str)));
                let message = format!("there is no key `{}`{near}", show(key));
                let help = format!("the keys are {}, and the options of targets", KEYS.join(", "));
                return Err(Box::new(argument.error(message).with_help(help)));
            }
        }
        Ok(())
    }
}

impl<'p> Argument<'p> {
    /// The argument that begins at `at` and ends before `end`.
    fn read(page: &'p str, at: usize, end: usize) -> Self {
        let rest = &page[at..end];
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let Some(equals) = rest[..word].find('=') else {
            let span = Span::new(at, at + word);
            return Self { key: &rest[..word], value: "", span, value_span: span };
        };
        let value = &rest[equals + 1..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let closed = quote.and_then(|quote| value[1..].find(quote));
        let (from, length, whole) = match closed {
            Some(length) => (1, length, length + 2),
            None => (0, word - equals - 1, word - equals - 1),
        };
        let start = at + equals + 1;
        Self {
            key: &rest[..equals],
            value: &value[from..from + length],
            span: Span::new(at, start + whole),
            value_span: Span::new(start + from, start + from + length),
        }
    }

    /// An error of this argument.
    pub(super) fn refuse(&self, message: String) -> Refusal {
        Box::new(self.error(message))
    }

    fn error(&self, message: String) -> Diagnostic {
        Diagnostic::error(code::DOCS_KEY, message).with_span(self.value_span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Vec<(&str, &str)> {
        let arguments = Arguments::read(page, Span::new(0, page.len()));
        arguments.0.iter().map(|argument| (argument.key, argument.value)).collect()
    }

    #[test]
    fn values_have_quotes_or_none() {
        let expected = [("file", "a.http"), ("targets", "curl, python"), ("fragment", "")];
        assert_eq!(read(" file=a.http targets=\"curl, python\"  fragment "), expected);
        assert_eq!(read("file='a \"b'"), [("file", "a \"b")]);
        assert_eq!(read("file=\"a b"), [("file", "\"a"), ("b", "")]);
    }

    #[test]
    fn a_fence_says_it_behind_a_word() {
        for (info, expected) in [
            ("http requote", vec![]),
            (
                "http title=\"x\" requote=\"curl,python\" body=native",
                vec![("targets", "curl,python"), ("body", "native")],
            ),
            ("{.http requote=\"curl\" fragment}", vec![("targets", "curl"), ("fragment", "")]),
        ] {
            let arguments = Arguments::of_info(info, Span::new(0, info.len())).unwrap();
            let pairs: Vec<_> = arguments.0.iter().map(|it| (it.key, it.value)).collect();
            assert_eq!(pairs, expected, "{info}");
        }
        assert!(Arguments::of_info("http requoted", Span::new(0, 13)).is_none());
    }
}
