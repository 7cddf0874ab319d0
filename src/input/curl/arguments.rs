//! Words of a curl command → options and URLs, by curl's own table of options.

use std::sync::LazyLock;

use crate::diagnostic::Span;

use super::super::code;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;

/// What an option is to the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It says something of the message.
    Message,
    /// It touches the message in a way that is not read.
    Refused,
    /// It does something else.
    Other,
}

/// A row of `options.txt`.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    letter: Option<u8>,
    takes_value: bool,
    pub(super) role: Role,
}

static OPTIONS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    include_str!("options.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(read_row)
        .collect()
});

fn read_row(line: &'static str) -> Option<Known> {
    let mut columns = line.split(' ');
    let (name, letter) = (columns.next()?, columns.next()?);
    let takes_value = columns.next()? == "value";
    let role = match columns.next()? {
        "message" => Role::Message,
        "refused" => Role::Refused,
        _ => Role::Other,
    };
    let letter = letter.bytes().next().filter(|letter| *letter != b'-');
    Some(Known { name, letter, takes_value, role })
}

/// An argument of a command.
#[derive(Debug)]
pub(super) enum Argument {
    /// An option.
    Option(Given),
    /// A URL.
    Url(Text),
}

/// An option that was given.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) known: &'static Known,
    /// Whether it is switched on; `--no-…` switches it off.
    pub(super) is_on: bool,
    /// Its value; empty for an option without one.
    pub(super) value: Text,
    /// Its place, with its name.
    pub(super) place: Span,
}

/// Reads the words after the name of the command.
pub(super) fn read_arguments(words: &[Text]) -> Result<Vec<Argument>, Refusal> {
    let mut arguments = Vec::new();
    let mut rest = words.iter();
    let mut has_ended = false;
    while let Some(word) = rest.next() {
        match word.bytes() {
            b"--" if !has_ended => has_ended = true,
            [b'-', b'-', ..] if !has_ended => {
                arguments.push(Argument::Option(read_long(word, &mut rest)?));
            }
            [b'-', _, ..] if !has_ended => read_short(word, &mut rest, &mut arguments)?,
            _ => arguments.push(Argument::Url(word.clone())),
        }
    }
    Ok(arguments)
}

type Rest<'w> = std::slice::Iter<'w, Text>;

fn read_long(word: &Text, rest: &mut Rest<'_>) -> Result<Given, Refusal> {
    let name = word.slice(2..word.len());
    let (known, is_on) = find_long(&name)?;
    let value = if known.takes_value { take_value(word, rest)? } else { Text::default() };
    let place = Span::new(word.span().start, value.span().end.max(word.span().end));
    Ok(Given { known, is_on, value, place })
}

/// The option of this name, or the only one that begins with it.
fn find_long(name: &Text) -> Result<(&'static Known, bool), Refusal> {
    let text = name.valid();
    let exact = |text: &str| OPTIONS.iter().find(|known| known.name == text);
    if let Some(known) = exact(text).filter(|_| !name.is_empty()) {
        return Ok((known, true));
    }
    if let Some(known) = text.strip_prefix("no-").and_then(exact).filter(|known| !known.takes_value)
    {
        return Ok((known, false));
    }
    let mut candidates =
        OPTIONS.iter().filter(|known| !text.is_empty() && known.name.starts_with(text));
    match (candidates.next(), candidates.next()) {
        (Some(known), None) => Ok((known, true)),
        (Some(_), Some(_)) => {
            Err(refuse_option(name, "more than one option of curl begins like this"))
        }
        _ => Err(refuse_option(name, "curl has no option of this name")),
    }
}

/// Options of one letter, several of which may be written as one word.
fn read_short(
    word: &Text,
    rest: &mut Rest<'_>,
    arguments: &mut Vec<Argument>,
) -> Result<(), Refusal> {
    for at in 1..word.len() {
        let letter = word.bytes()[at];
        let Some(known) = OPTIONS.iter().find(|known| known.letter == Some(letter)) else {
            return Err(refuse_option(
                &word.slice(at..at + 1),
                "curl has no option of this letter",
            ));
        };
        let is_last = at + 1 == word.len();
        let value = match (known.takes_value, is_last) {
            (false, _) => Text::default(),
            (true, true) => take_value(word, rest)?,
            (true, false) => word.slice(at + 1..word.len()),
        };
        let name = word.span_of(at..at + 1);
        let place = Span::new(name.start, value.span().end.max(name.end));
        let is_done = known.takes_value;
        arguments.push(Argument::Option(Given { known, is_on: true, value, place }));
        if is_done {
            break;
        }
    }
    Ok(())
}

fn take_value(word: &Text, rest: &mut Rest<'_>) -> Result<Text, Refusal> {
    rest.next().cloned().ok_or_else(|| {
        refuse(
            code::OPTION_VALUE,
            format!("`{}` lacks its value", word.lossy()),
            word.span(),
            "expected a value after it",
            "give the whole command",
        )
    })
}

#[cold]
fn refuse_option(name: &Text, message: &str) -> Refusal {
    let help = "correct the option; `curl --help all` lists them";
    refuse(
        code::OPTION_UNKNOWN,
        format!("{message}: `{}`", name.lossy()),
        name.span(),
        "unknown option",
        help,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Vec<String>, String> {
        let words: Vec<Text> =
            words.iter().map(|word| Text::of(word.as_bytes(), 0..word.len())).collect();
        let show = |argument: &Argument| match argument {
            Argument::Option(given) => {
                let mark = if given.is_on { "+" } else { "-" };
                format!("{mark}{}={}", given.known.name, given.value.lossy())
            }
            Argument::Url(url) => url.lossy(),
        };
        read_arguments(&words)
            .map(|arguments| arguments.iter().map(show).collect())
            .map_err(|refusal| refusal.message)
    }

    #[test]
    fn options_take_their_values_as_curl_does() {
        let words = ["-sXPUT", "-d", "-x", "--sil", "--no-location", "-H=a", "--", "-u"];
        let expected =
            ["+silent=", "+request=PUT", "+data=-x", "+silent=", "-location=", "+header==a", "-u"];
        assert_eq!(read(&words).unwrap(), expected);
        assert_eq!(read(&["-"]).unwrap(), ["-"]);
    }

    #[test]
    fn what_curl_refuses_is_refused() {
        assert!(read(&["-d"]).unwrap_err().contains("lacks its value"));
        assert!(read(&["--dat", "x"]).unwrap_err().contains("more than one"));
        assert!(read(&["--nonsense"]).unwrap_err().contains("no option of this name"));
        assert!(read(&["--no-data", "x"]).unwrap_err().contains("no option"));
        assert!(read(&["-§"]).unwrap_err().contains("letter"));
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("options.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows.count(), OPTIONS.len());
        assert!(OPTIONS.iter().filter(|known| known.role == Role::Message).count() > 30);
    }
}
