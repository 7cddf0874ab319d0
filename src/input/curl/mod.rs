//! curl commands, in the words of a POSIX shell with bash's `$'…'` (curl's manual:
//! <https://curl.se/docs/manpage.html>).

mod arguments;
mod cookie_file;
mod data;
mod fields;
mod form;
mod glob;
mod header;
mod operation;
mod quote;
mod shell;
mod target;

use crate::diagnostic::{Diagnostic, Span};

use super::draft::Draft;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, Options, code};

use arguments::read_arguments;
use shell::{Command, End, Stdin, read_commands};

/// Reads the curl commands of a text.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let (commands, mut diagnostics) = read_commands(bytes, options)?;
    let mut found = Found::default();
    let mut others = Vec::new();
    let mut piped: Option<Stdin> = None;
    for mut command in commands {
        let fault = command.fault.take();
        let stdin = command.stdin.clone().or(piped.take());
        let words = skip_prompt(&command.words);
        match words.first() {
            Some(name) if is_curl(name.bytes()) => {
                let read = match fault {
                    Some(fault) => Err(fault),
                    None => read_command(&words[1..], &command, stdin.as_ref(), options),
                };
                found
                    .entries
                    .append(&mut read.unwrap_or_else(|fault| vec![refused(&command, fault)]));
            }
            Some(name) if name.bytes().starts_with(b"-") && !found.entries.is_empty() => {
                return Err(refuse_lost_line(name));
            }
            _ => {
                piped = (command.end == End::Pipe).then(|| printed_by(words, stdin)).flatten();
                if piped.is_none() {
                    others.push(command.span);
                }
            }
        }
    }
    if found.entries.is_empty() {
        return Err(refuse_no_command(bytes.len()));
    }
    if let Some(place) = others.first() {
        diagnostics.push(note_others(*place));
    }
    found.diagnostics = diagnostics;
    Ok(found)
}

/// The words after a prompt and after variables that are set for one command.
fn skip_prompt(words: &[Text]) -> &[Text] {
    let is_skipped = |word: &&Text| {
        matches!(word.bytes(), b"$" | b"%" | b"sudo" | b"time" | b"command" | b"exec")
            || is_assignment(word.bytes())
    };
    &words[words.iter().take_while(is_skipped).count()..]
}

fn is_assignment(word: &[u8]) -> bool {
    let name =
        word.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    name > 0 && !word[0].is_ascii_digit() && word.get(name) == Some(&b'=')
}

/// Whether the name of a command is curl's.
pub(super) fn is_curl(name: &[u8]) -> bool {
    let name = name.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or(name);
    name == b"curl" || name.eq_ignore_ascii_case(b"curl.exe")
}

/// What a command prints into a pipe, where that is plain text.
fn printed_by(words: &[Text], stdin: Option<Stdin>) -> Option<Stdin> {
    let (name, arguments) = words.split_first()?;
    match (name.bytes(), arguments, stdin) {
        (b"cat", [], stdin) => stdin,
        (b"cat", [file], None) if !file.bytes().starts_with(b"-") => {
            Some(Stdin::File(file.clone()))
        }
        (b"echo", [word], None) if !word.bytes().starts_with(b"-") => {
            let mut text = word.clone();
            text.push(b"\n", word.span());
            Some(Stdin::Text(text))
        }
        (b"echo", [option, word], None) if option.bytes() == b"-n" => {
            Some(Stdin::Text(word.clone()))
        }
        _ => None,
    }
}

/// The requests of a command whose words were read in another way.
pub(super) fn read_words(words: &[Text], place: Span, options: &Options) -> Vec<Draft> {
    let command = Command { span: place, ..Command::default() };
    let read = read_command(words, &command, None, options);
    read.unwrap_or_else(|fault| vec![refused(&command, fault)])
}

/// The requests of one command: one for each URL, and for each part between `--next`.
fn read_command(
    words: &[Text],
    command: &Command,
    stdin: Option<&Stdin>,
    options: &Options,
) -> Result<Vec<Draft>, Refusal> {
    operation::read_operations(read_arguments(words)?, command.span, stdin, options)
}

fn refused(command: &Command, refusal: Refusal) -> Draft {
    Draft { name: None, title: "curl".to_owned(), span: command.span, raw: Err(refusal) }
}

#[cold]
fn note_others(place: Span) -> Diagnostic {
    Diagnostic::note(code::COMMAND_NOT_READ, "commands other than curl are not read")
        .with_span(place)
}

#[cold]
fn refuse_lost_line(word: &Text) -> Refusal {
    refuse(
        code::SHELL_SYNTAX,
        "an option begins a line of its own",
        word.span(),
        "this is no command",
        "end the line before it with `\\`",
    )
}

#[cold]
fn refuse_no_command(end: usize) -> Refusal {
    refuse(
        code::REQUEST_MISSING,
        "there is no curl command in the text",
        Span::new(end, end),
        "expected `curl`",
        "give a command that begins with `curl`",
    )
}
