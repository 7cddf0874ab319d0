//! Shell text → commands: the words, and where standard input comes from (POSIX.1-2024, Shell Command
//! Language §2.2, §2.3, §2.7; bash for `$'…'` and `<<<`).
//!
//! Nothing is expanded but variables that were allowed by name.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span, show};

use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::{Options, code};
use super::quote;

/// A simple command.
#[derive(Debug, Default)]
pub(super) struct Command {
    pub(super) words: Vec<Text>,
    pub(super) stdin: Option<Stdin>,
    pub(super) span: Span,
    /// What ended it.
    pub(super) end: End,
    /// A variable without a value, which makes this command unreadable and no other.
    pub(super) fault: Option<Refusal>,
}

/// Where the standard input of a command comes from.
#[derive(Debug, Clone)]
pub(super) enum Stdin {
    /// A here-document or here-string.
    Text(Text),
    /// A file of this name.
    File(Text),
}

/// What ends a command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum End {
    /// A line end, `;`, `&&` or the like.
    #[default]
    List,
    /// `|`: its output goes to the next one.
    Pipe,
}

/// The commands of a text, and what was odd about its quotes.
pub(super) fn read_commands(
    input: &[u8],
    options: &Options,
) -> Result<(Vec<Command>, Vec<Diagnostic>), Refusal> {
    let mut shell = Shell {
        input,
        options,
        at: 0,
        commands: Vec::new(),
        command: Command::default(),
        documents: Vec::new(),
        diagnostics: Vec::new(),
    };
    while shell.at < input.len() {
        shell.read_next()?;
    }
    shell.finish_command(End::List);
    shell.read_documents()?;
    Ok((shell.commands, shell.diagnostics))
}

/// A here-document whose lines are still to come.
struct Document {
    /// The command that it goes to.
    command: usize,
    delimiter: Vec<u8>,
    is_quoted: bool,
    /// `<<-`: tabs at the beginning of lines are taken off.
    strips_tabs: bool,
    span: Span,
}

pub(super) struct Shell<'a> {
    pub(super) input: &'a [u8],
    pub(super) options: &'a Options,
    pub(super) at: usize,
    commands: Vec<Command>,
    command: Command,
    documents: Vec<Document>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Shell<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.input[self.at..].starts_with(text.as_bytes())
    }

    /// The length of a line continuation here: a backslash before a line end.
    pub(super) fn continuation(&self) -> Option<usize> {
        let rest = &self.input[self.at..];
        let is_one = |text: &[u8]| rest.starts_with(text);
        if is_one(b"\\\n") { Some(2) } else { is_one(b"\\\r\n").then_some(3) }
    }

    fn read_next(&mut self) -> Result<(), Refusal> {
        if let Some(length) = self.continuation() {
            self.at += length;
            return Ok(());
        }
        match self.input[self.at] {
            b' ' | b'\t' => self.at += 1,
            b'\r' if self.starts_with("\r\n") => self.at += 1,
            b'\n' => {
                self.at += 1;
                self.finish_command(End::List);
                self.read_documents()?;
            }
            b'#' => self.at += self.rest_of_line().len(),
            b'&' if self.starts_with("&>") => self.read_redirection()?,
            b';' | b'&' | b'|' => self.read_operator()?,
            b'(' | b')' => return Err(self.refuse_here("a subshell is not read", 1)),
            b'<' | b'>' => match self.placeholder_length() {
                Some(length) => self.refuse_placeholder(length),
                None => self.read_redirection()?,
            },
            b'0'..=b'9' if self.descriptor_length().is_some() => self.read_redirection()?,
            _ => {
                let start = self.at;
                let word = quote::read_word(self)?;
                if self.command.words.is_empty() {
                    self.command.span.start = start;
                }
                self.command.span.end = self.at;
                self.command.words.push(word);
            }
        }
        Ok(())
    }

    fn rest_of_line(&self) -> Range<usize> {
        let rest = &self.input[self.at..];
        self.at..memchr::memchr(b'\n', rest).map_or(self.input.len(), |end| self.at + end)
    }

    fn finish_command(&mut self, end: End) {
        let mut command = std::mem::take(&mut self.command);
        if !command.words.is_empty() {
            command.end = end;
            self.commands.push(command);
        }
    }

    /// Notes what makes the command unreadable.
    pub(super) fn note_fault(&mut self, fault: Refusal) {
        self.command.fault.get_or_insert(fault);
    }

    fn read_operator(&mut self) -> Result<(), Refusal> {
        let length = if self.starts_with("&&") || self.starts_with("||") || self.starts_with("|&") {
            2
        } else {
            1
        };
        if self.starts_with("&") && length == 1 {
            let before = self.at.checked_sub(1).map(|at| self.input[at]);
            let after = self.input.get(self.at + 1);
            let is_tight = |byte: &u8| !byte.is_ascii_whitespace();
            if before.as_ref().is_some_and(is_tight) && after.is_some_and(is_tight) {
                return Err(refuse(
                    code::SHELL_AMPERSAND,
                    "the shell ends the command at this `&`",
                    Span::new(self.at, self.at + 1),
                    "expected quotes around the URL",
                    "write the URL in quotes: 'https://…?a=1&b=2'",
                ));
            }
        }
        let is_pipe = self.starts_with("|") && !self.starts_with("||");
        self.at += length;
        self.finish_command(if is_pipe { End::Pipe } else { End::List });
        Ok(())
    }

    /// The length of `<name>`, which documentation writes where a value belongs, if it is here. A shell would read
    /// the file `name`, and write to another. A name with a dot or a slash is taken for a file's.
    fn placeholder_length(&self) -> Option<usize> {
        let behind = self.input[self.rest_of_line()].strip_prefix(b"<")?;
        let name = &behind[..memchr::memchr(b'>', behind)?];
        let is_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"_- ".contains(byte);
        let is_tight = !name.is_empty() && name.trim_ascii().len() == name.len();
        (is_tight && name.iter().all(is_name)).then_some(name.len() + 2)
    }

    #[cold]
    fn refuse_placeholder(&mut self, length: usize) {
        let place = Span::new(self.at, self.at + length);
        let shown = show(&self.input[self.at..place.end]);
        self.at = place.end;
        self.note_fault(refuse(
            code::SHELL_PLACEHOLDER,
            format!("a shell takes `{shown}` for redirections"),
            place,
            "expected a value",
            "write the value in its place, or put the whole word in quotes",
        ));
    }

    /// The digits of a file descriptor before a redirection.
    fn descriptor_length(&self) -> Option<usize> {
        let rest = &self.input[self.at..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let starts_word = self.at == 0 || b" \t\n;&|".contains(&self.input[self.at - 1]);
        (starts_word && matches!(rest.get(digits), Some(b'<' | b'>'))).then_some(digits)
    }

    fn read_redirection(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.at += self.descriptor_length().unwrap_or(0);
        if self.starts_with("<(") || self.starts_with(">(") {
            return Err(self.refuse_here("a process substitution is not run", 2));
        }
        let operators = ["<<<", "<<-", "<<", "<&", "<>", "<", "&>>", "&>", ">>", ">&", ">|", ">"];
        let operator =
            operators.into_iter().find(|operator| self.starts_with(operator)).unwrap_or(">");
        self.at += operator.len();
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let from = self.at;
        let is_document = operator.starts_with("<<") && operator != "<<<";
        // A delimiter is not expanded.
        let word = if is_document { quote::read_delimiter(self)? } else { quote::read_word(self)? };
        let span = Span::new(start, self.at);
        match operator {
            "<<<" => {
                let mut text = word;
                text.push(b"\n", span);
                self.command.stdin = Some(Stdin::Text(text));
            }
            "<<" | "<<-" => {
                let is_quoted =
                    self.input[from..self.at].iter().any(|byte| b"'\"\\".contains(byte));
                self.documents.push(Document {
                    command: self.commands.len(),
                    delimiter: word.bytes().to_vec(),
                    is_quoted,
                    strips_tabs: operator == "<<-",
                    span,
                });
            }
            "<" => self.command.stdin = Some(Stdin::File(word)),
            // Where output goes is no part of a request.
            _ => {}
        }
        Ok(())
    }

    /// Reads the here-documents that were announced on the line that just ended.
    fn read_documents(&mut self) -> Result<(), Refusal> {
        for document in std::mem::take(&mut self.documents) {
            let text = self.read_document(&document)?;
            if let Some(command) = self.commands.get_mut(document.command) {
                command.stdin = Some(Stdin::Text(text));
            }
        }
        Ok(())
    }

    fn read_document(&mut self, document: &Document) -> Result<Text, Refusal> {
        let mut text = Text::default();
        while self.at < self.input.len() {
            let line = self.rest_of_line();
            self.at = (line.end + 1).min(self.input.len());
            let mut start = line.start;
            if document.strips_tabs {
                start += self.input[line.clone()].iter().take_while(|byte| **byte == b'\t').count();
            }
            let content = &self.input[start..line.end];
            if content.strip_suffix(b"\r").unwrap_or(content) == document.delimiter {
                return Ok(text);
            }
            let expands = content.iter().position(|byte| b"$`\\".contains(byte));
            if let Some(at) = expands.filter(|_| !document.is_quoted) {
                let place = Span::new(start + at, start + at + 1);
                return Err(refuse(
                    code::SHELL_EXPANSION,
                    "the shell would expand this here-document",
                    place,
                    "expected plain text",
                    "put quotes around the delimiter, as in <<'EOF', if the text is meant as it is",
                ));
            }
            text.push_input(self.input, start..self.at);
        }
        let delimiter = String::from_utf8_lossy(&document.delimiter);
        let message = format!("the here-document does not end: there is no line `{delimiter}`");
        Err(refuse(
            code::SHELL_SYNTAX,
            message,
            document.span,
            "it begins here",
            "give the whole command",
        ))
    }

    pub(super) fn refuse_here(&self, message: &str, length: usize) -> Refusal {
        let place = Span::new(self.at, (self.at + length).min(self.input.len()));
        let help = "give the curl command alone, with plain words";
        refuse(code::SHELL_SYNTAX, message, place, "expected a plain word", help)
    }
}
