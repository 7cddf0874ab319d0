//! curl commands as browsers copy them for the Windows command line: first the carets of cmd, then the
//! quotes of the C runtime (<https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments>).

use crate::diagnostic::{Diagnostic, Span};

use super::curl;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Found, Options, code};

/// Whether a curl command is written for cmd: a caret stands before its first quotation mark, or ends its
/// first line. A command for another shell may have carets within its quotes.
pub(super) fn is_cmd(bytes: &[u8]) -> bool {
    let first = memchr::memchr2(b'"', b'\'', bytes);
    match first.map(|at| (bytes[at], at.checked_sub(1).map(|before| bytes[before]))) {
        Some((b'"', Some(b'^'))) => true,
        Some((b'\'', _)) => false,
        _ => {
            let end = memchr::memchr(b'\n', bytes);
            end.is_some_and(|end| bytes[..end].trim_ascii_end().ends_with(b" ^"))
        }
    }
}

/// Reads the commands of a text.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let mut found = Found::default();
    for line in take_off_carets(bytes) {
        let words = split_words(&line)?;
        match words.split_first() {
            Some((name, words)) if curl::is_curl(name.bytes()) => {
                let place = line.span();
                let mut drafts = curl::read_words(words, place, options);
                for draft in &mut drafts {
                    tell_losses(&line, draft);
                }
                found.entries.append(&mut drafts);
            }
            _ => {}
        }
    }
    if found.entries.is_empty() {
        let place = Span::new(0, bytes.len().min(1));
        let message = "there is no curl command in the text";
        let help = "give a command that begins with `curl`";
        return Err(refuse(code::REQUEST_MISSING, message, place, "expected `curl`", help));
    }
    let first = Span::new(0, bytes.len().min(1));
    let message =
        "Chromium writes a space for each character outside ASCII where it copies for cmd";
    let help = "copy the request as cURL (bash)";
    found
        .diagnostics
        .push(Diagnostic::note(code::CMD_LOSES, message).with_span(first).with_help(help));
    Ok(found)
}

/// Two backslashes are likely one that Chromium doubled.
fn tell_losses(line: &Text, draft: &mut super::draft::Draft) {
    let bytes = line.bytes();
    if let Some(at) = memchr::memmem::find(bytes, b"\\\\") {
        let message = "Chromium doubles every backslash for cmd, and the C runtime halves them before a \
                       quotation mark only: the others are sent twice";
        draft.tell(
            Diagnostic::warning(code::CMD_BACKSLASH, message)
                .with_span(line.span_of(at..at + 2))
                .with_help("copy the request as cURL (bash)"),
        );
    }
}

/// The command lines, without carets: a caret takes the meaning off the next character, and joins lines
/// at their end. `&` and `|` outside of quotation marks end a command.
fn take_off_carets(bytes: &[u8]) -> Vec<Text> {
    let mut lines = vec![Text::default()];
    let mut is_quoted = false;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let line_end = |rest: &[u8]| {
            if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) }
        };
        let Some(line) = lines.last_mut() else { break };
        match rest[0] {
            b'^' if !is_quoted && rest.len() > 1 => {
                let length = line_end(&rest[1..]);
                if length > 0 {
                    at += 1 + length;
                    // A caret before a line end also takes the meaning off what begins the next line;
                    // a second line end is one line feed, as browsers write it.
                    let second = line_end(&bytes[at..]);
                    if second > 0 {
                        line.push(b"\n", Span::new(at - length - 1, at + second));
                        at += second;
                    }
                    continue;
                }
                line.push(&rest[1..2], Span::new(at, at + 2));
                at += 2;
            }
            b'"' => {
                is_quoted = !is_quoted;
                line.push_input(bytes, at..at + 1);
                at += 1;
            }
            b'\r' if rest.starts_with(b"\r\n") => at += 1,
            b'\n' => {
                is_quoted = false;
                lines.push(Text::default());
                at += 1;
            }
            b'&' | b'|' if !is_quoted => {
                lines.push(Text::default());
                at += 1;
            }
            _ => {
                line.push_input(bytes, at..at + 1);
                at += 1;
            }
        }
    }
    lines
}

/// The words of a command line by the rules of the C runtime.
fn split_words(line: &Text) -> Result<Vec<Text>, Refusal> {
    let bytes = line.bytes();
    let mut words = Vec::new();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if at == bytes.len() {
            return Ok(words);
        }
        words.push(read_word(line, &mut at)?);
    }
}

fn read_word(line: &Text, at: &mut usize) -> Result<Text, Refusal> {
    let bytes = line.bytes();
    let start = *at;
    let mut word = Text::new("", line.span_of(start..start + 1));
    let mut is_quoted = false;
    while let Some(byte) = bytes.get(*at) {
        match byte {
            b'\\' => {
                let count = bytes[*at..].iter().take_while(|byte| **byte == b'\\').count();
                let is_before_quote = bytes.get(*at + count) == Some(&b'"');
                let kept = if is_before_quote { count / 2 } else { count };
                word.append_part(line, *at..*at + kept);
                *at += count;
                if is_before_quote && count % 2 == 1 {
                    word.append_part(line, *at..*at + 1);
                    *at += 1;
                }
            }
            b'"' if is_quoted && bytes.get(*at + 1) == Some(&b'"') => {
                word.append_part(line, *at..*at + 1);
                *at += 2;
            }
            b'"' => {
                is_quoted = !is_quoted;
                *at += 1;
            }
            byte if byte.is_ascii_whitespace() && !is_quoted => break,
            _ => {
                word.append_part(line, *at..*at + 1);
                *at += 1;
            }
        }
    }
    if is_quoted {
        let place = line.span_of(start..start + 1);
        let message = "the quotation mark is not closed";
        return Err(refuse(
            code::SHELL_SYNTAX,
            message,
            place,
            "the word begins here",
            "give the whole command",
        ));
    }
    Ok(word)
}
