//! Words of a shell: quotes, escapes and variables.

use crate::diagnostic::{Diagnostic, Span};

use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::{code, reference};
use super::shell::Shell;

/// Reads the word that begins here.
pub(super) fn read_word(shell: &mut Shell<'_>) -> Result<Text, Refusal> {
    let start = shell.at;
    let mut word = Text::default();
    refuse_typography(shell)?;
    while let Some(byte) = shell.peek() {
        if let Some(length) = shell.continuation() {
            shell.at += length;
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
            b'\r' if shell.starts_with("\r\n") => break,
            b'\'' => read_single(shell, &mut word)?,
            b'"' => read_double(shell, &mut word)?,
            b'\\' if shell.at + 1 < shell.input.len() => {
                push_escaped(shell, &mut word);
            }
            b'$' | b'`' => read_dollar(shell, &mut word)?,
            _ => push_plain(shell, &mut word, b" \t\r\n;&|<>()'\"\\$`"),
        }
    }
    if shell.at == start {
        return Err(shell.refuse_here("a word is missing here", 1));
    }
    if word.is_empty() {
        // So that an empty word has a place.
        word = Text::new("", Span::new(start, shell.at));
    }
    Ok(word)
}

/// Reads the delimiter of a here-document, in which nothing is expanded.
pub(super) fn read_delimiter(shell: &mut Shell<'_>) -> Result<Text, Refusal> {
    let start = shell.at;
    let mut word = Text::default();
    while let Some(byte) = shell.peek() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
            b'\'' | b'"' | b'\\' => shell.at += 1,
            _ => {
                word.push_input(shell.input, shell.at..shell.at + 1);
                shell.at += 1;
            }
        }
    }
    if word.is_empty() {
        shell.at = start;
        return Err(shell.refuse_here("the here-document has no delimiter", 1));
    }
    Ok(word)
}

/// Appends bytes that mean themselves, up to one of `stops`; at least one.
fn push_plain(shell: &mut Shell<'_>, word: &mut Text, stops: &[u8]) {
    let rest = &shell.input[shell.at + 1..];
    let count = rest.iter().take_while(|byte| !stops.contains(byte)).count() + 1;
    word.push_input(shell.input, shell.at..shell.at + count);
    shell.at += count;
}

/// Appends the byte after a backslash.
fn push_escaped(shell: &mut Shell<'_>, word: &mut Text) {
    word.push(&shell.input[shell.at + 1..shell.at + 2], Span::new(shell.at, shell.at + 2));
    shell.at += 2;
}

fn read_single(shell: &mut Shell<'_>, word: &mut Text) -> Result<(), Refusal> {
    let from = shell.at + 1;
    let Some(length) = memchr::memchr(b'\'', &shell.input[from..]) else {
        return Err(refuse_unclosed(shell));
    };
    word.push_input(shell.input, from..from + length);
    shell.at = from + length + 1;
    Ok(())
}

fn read_double(shell: &mut Shell<'_>, word: &mut Text) -> Result<(), Refusal> {
    let opening = shell.at;
    shell.at += 1;
    loop {
        if let Some(length) = shell.continuation() {
            shell.at += length;
            continue;
        }
        match shell.peek() {
            None => {
                shell.at = opening;
                return Err(refuse_unclosed(shell));
            }
            Some(b'"') => {
                shell.at += 1;
                return Ok(());
            }
            Some(b'$' | b'`') => read_dollar(shell, word)?,
            Some(b'\\')
                if matches!(shell.input.get(shell.at + 1), Some(b'$' | b'`' | b'"' | b'\\')) =>
            {
                push_escaped(shell, word);
            }
            Some(_) => push_plain(shell, word, b"\"$`\\"),
        }
    }
}

/// Word processors and pages write other quotation marks and dashes than those that a shell knows. No
/// word of a command is meant to begin with one.
fn refuse_typography(shell: &Shell<'_>) -> Result<(), Refusal> {
    const MARKS: [(&str, &str); 6] =
        [("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'"), ("–", "-"), ("—", "--")];
    match MARKS.iter().find(|(mark, _)| shell.starts_with(mark)) {
        None => Ok(()),
        Some((mark, meant)) => Err(refuse(
            code::SHELL_TYPOGRAPHY,
            format!("`{mark}` is a plain character for a shell"),
            Span::new(shell.at, shell.at + mark.len()),
            format!("expected `{meant}`"),
            format!("write `{meant}` in its place, wherever the command has it"),
        )),
    }
}

#[cold]
fn refuse_unclosed(shell: &Shell<'_>) -> Refusal {
    let place = Span::new(shell.at, shell.at + 1);
    refuse(
        code::SHELL_SYNTAX,
        "the quotation mark is not closed",
        place,
        "it is opened here",
        "give the whole command",
    )
}

/// What a `$` or a backquote begins.
fn read_dollar(shell: &mut Shell<'_>, word: &mut Text) -> Result<(), Refusal> {
    let start = shell.at;
    let rest = &shell.input[start + 1..];
    let is_quoted = |mark: u8| rest.first() == Some(&mark);
    if shell.peek() == Some(b'`') || is_quoted(b'(') || is_quoted(b'[') {
        return Err(refuse_expansion(shell, 1, "a command in the text is not run"));
    }
    if is_quoted(b'\'') {
        return read_ansi(shell, word);
    }
    let is_braced = is_quoted(b'{');
    let from = start + 1 + usize::from(is_braced);
    let is_name_byte = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let length = shell.input[from..].iter().take_while(is_name_byte).count();
    let name = std::str::from_utf8(&shell.input[from..from + length]).unwrap_or_default();
    let end = from + length + usize::from(is_braced);
    if is_braced && (length == 0 || shell.input.get(end - 1) != Some(&b'}')) {
        return Err(refuse_expansion(shell, 2, "this expansion is not read"));
    }
    if length == 0 {
        if rest.first().is_some_and(|byte| b"?@*#$!-".contains(byte)) {
            return Err(refuse_expansion(
                shell,
                2,
                "a special parameter of the shell has no value here",
            ));
        }
        word.push_input(shell.input, start..start + 1);
        shell.at += 1;
        return Ok(());
    }
    let span = Span::new(start, end);
    match reference::variable(shell.options, name, span) {
        Ok(value) => word.push(value.as_bytes(), span),
        Err(fault) => shell.note_fault(fault),
    }
    shell.at = end;
    Ok(())
}

#[cold]
fn refuse_expansion(shell: &Shell<'_>, length: usize, message: &str) -> Refusal {
    let place = Span::new(shell.at, (shell.at + length).min(shell.input.len()));
    refuse(
        code::SHELL_EXPANSION,
        message,
        place,
        "expected plain text",
        "write the value in its place, or put single quotes around it",
    )
}

/// Reads `$'…'` (bash manual, ANSI-C Quoting).
fn read_ansi(shell: &mut Shell<'_>, word: &mut Text) -> Result<(), Refusal> {
    let opening = shell.at;
    shell.at += 2;
    let mut part = Text::default();
    // bash ends the text at an escape of NUL, and goes on after the quotation mark.
    let mut is_cut = false;
    loop {
        match shell.peek() {
            None => {
                shell.at = opening;
                return Err(refuse_unclosed(shell));
            }
            Some(b'\'') => break,
            Some(b'\\') => {
                let start = shell.at;
                let escape = read_escape(&shell.input[start..]);
                let span = Span::new(start, start + escape.length);
                shell.at = span.end.min(shell.input.len());
                if escape.bytes == [0] && !is_cut {
                    is_cut = true;
                    shell.diagnostics.push(warn_nul(span));
                } else if !is_cut {
                    if escape.is_byte {
                        shell.diagnostics.push(warn_byte(span));
                    } else if escape.length > 10 {
                        shell.diagnostics.push(note_surrogates(span));
                    }
                    part.push(&escape.bytes, span);
                }
            }
            Some(_) => {
                let mut plain = Text::default();
                push_plain(shell, &mut plain, b"'\\");
                if !is_cut {
                    part.append(&plain);
                }
            }
        }
    }
    shell.at += 1;
    word.append(&part);
    Ok(())
}

#[cold]
fn warn_nul(span: Span) -> Diagnostic {
    Diagnostic::warning(
        code::QUOTED_NUL,
        "bash ends the quoted text at NUL; what follows in the quotes is not sent",
    )
    .with_span(span)
    .with_help("put the body into a file, and send it by `--data-binary @FILE`")
}

#[cold]
fn warn_byte(span: Span) -> Diagnostic {
    Diagnostic::warning(
        code::QUOTED_BYTE,
        "bash sends this escape as one byte, which is no UTF-8 by itself",
    )
    .with_span(span)
    .with_help("if a character was meant (Firefox copies U+00E9 like this), write it as `\\u00e9`")
}

#[cold]
fn note_surrogates(span: Span) -> Diagnostic {
    let message = "two halves of a character, as browsers copy it, are read as the character; \
                   bash sends each half by itself, which is no UTF-8";
    Diagnostic::note(code::QUOTED_SURROGATES, message).with_span(span)
}

/// What an escape of `$'…'` stands for.
struct Escape {
    bytes: Vec<u8>,
    length: usize,
    /// Whether it is one byte above ASCII.
    is_byte: bool,
}

fn read_escape(text: &[u8]) -> Escape {
    let Some(letter) = text.get(1).copied() else {
        return Escape { bytes: b"\\".to_vec(), length: 1, is_byte: false };
    };
    let simple = |byte: u8| Escape { bytes: vec![byte], length: 2, is_byte: false };
    match letter {
        b'a' => simple(7),
        b'b' => simple(8),
        b'e' | b'E' => simple(27),
        b'f' => simple(12),
        b'n' => simple(b'\n'),
        b'r' => simple(b'\r'),
        b't' => simple(b'\t'),
        b'v' => simple(11),
        b'\\' | b'\'' | b'"' | b'?' => simple(letter),
        b'0'..=b'7' => read_number(text, 1, 3, 8),
        b'x' => read_number(text, 2, 2, 16),
        b'u' => read_code_point(text, 4),
        b'U' => read_code_point(text, 8),
        b'c' if text.len() > 2 => Escape { bytes: vec![text[2] & 0x1f], length: 3, is_byte: false },
        _ => Escape { bytes: text[..2].to_vec(), length: 2, is_byte: false },
    }
}

/// The digits at `from`, at most `most`, and their value.
fn read_digits(text: &[u8], from: usize, most: usize, radix: u32) -> (usize, u32) {
    let digits =
        text.iter().skip(from).take(most).map_while(|byte| char::from(*byte).to_digit(radix));
    digits.fold((0, 0), |(count, value), digit| {
        (count + 1, value.wrapping_mul(radix).wrapping_add(digit))
    })
}

fn read_number(text: &[u8], from: usize, most: usize, radix: u32) -> Escape {
    let (count, value) = read_digits(text, from, most, radix);
    if count == 0 {
        return Escape { bytes: text[..2].to_vec(), length: 2, is_byte: false };
    }
    let [byte, ..] = value.to_le_bytes();
    Escape { bytes: vec![byte], length: from + count, is_byte: byte > 0x7f }
}

/// A code point; two halves of a surrogate pair are joined.
fn read_code_point(text: &[u8], most: usize) -> Escape {
    let (count, value) = read_digits(text, 2, most, 16);
    if count == 0 {
        return Escape { bytes: text[..2].to_vec(), length: 2, is_byte: false };
    }
    let mut length = 2 + count;
    let mut point = value;
    let next = text.get(length..).filter(|rest| rest.starts_with(b"\\u"));
    if let (0xd800..=0xdbff, Some(rest)) = (value, next)
        && let (4, low @ 0xdc00..=0xdfff) = read_digits(rest, 2, 4, 16)
    {
        point = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        length += 6;
    }
    let character = char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
    Escape { bytes: character.to_string().into_bytes(), length, is_byte: false }
}
