//! What a template says is held against what there is, when it loads.
//!
//! Tera finds what is not its syntax. The rest would be found by the request that comes upon it, or
//! by nobody: a name, field or argument that does not exist, a need that nothing reads or sets, a
//! value that is printed without a literal filter or in quotes.

use std::collections::BTreeSet;

use super::TemplateFile;
use super::expression::{Expressions, Kind, Typed};
use super::names::{Given, Names};
use super::quotes::{self, Quoted};
use super::token::{Piece, Token};
use crate::diagnostic::{Fault, is_hidden};
use crate::language::Language;
use crate::view::record::{Reads, Shape};

/// What a template reads.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) reads: Reads,
    /// The needs that it reads, sorted.
    pub(super) needs: Vec<String>,
    /// The options that it reads, sorted.
    pub(super) options: Vec<String>,
}

/// A tag whose end is yet to come.
enum Open<'t> {
    /// `for`, or the body of a component: a scope.
    Scope,
    /// `{% set name %}`
    Capture(&'t str),
    Other,
}

/// Checks the template `files[0]` and what it includes, for a client that has what is `given`.
pub(super) fn check(
    files: &[TemplateFile<'_>],
    language: &Language,
    given: &Given<'_>,
) -> Result<Checked, Vec<Fault>> {
    let Some(TemplateFile { file, pieces, .. }) = files.first() else { return Err(Vec::new()) };
    let names = Names::new(*file, language, given);
    let mut checker = Checker { files, names, depth: 0, included: BTreeSet::new() };
    checker.file(pieces);
    checker.components();
    let Names { faults, reads, read_needs, read_options, .. } = checker.names;
    if faults.is_empty() {
        Ok(Checked {
            reads,
            needs: read_needs.into_iter().collect(),
            options: read_options.into_iter().collect(),
        })
    } else {
        Err(faults)
    }
}

struct Checker<'f> {
    files: &'f [TemplateFile<'f>],
    names: Names<'f>,
    /// How many files are open. Tera refuses those that include themselves.
    depth: usize,
    /// The paths of the files that are included.
    included: BTreeSet<String>,
}

/// The pieces that define a component, its tags among them.
fn definition_of<'p, 't>(pieces: &'p [Piece<'t>], component: &str) -> Option<&'p [Piece<'t>]> {
    let begins = |piece: &Piece<'_>| {
        let Piece::Tag(tokens) = piece else { return false };
        let [word, name @ ..] = tokens.as_slice() else { return false };
        let name = name.iter().take_while(|token| !token.is("(")).map(|token| token.text);
        word.is("component") && name.collect::<String>() == component
    };
    let ends = |piece: &Piece<'_>| {
        let Piece::Tag(tokens) = piece else { return false };
        tokens.first().is_some_and(|word| word.is("endcomponent"))
    };
    let pieces = &pieces[pieces.iter().position(begins)?..];
    Some(&pieces[..=pieces.iter().position(ends)?])
}

impl Checker<'_> {
    /// Checks the pieces of the file that the names are of.
    fn file(&mut self, pieces: &[Piece<'_>]) {
        let mut open = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Tag(tokens) => self.tag(tokens, &mut open),
                Piece::Print(tokens) => {
                    let printed = Expressions::new(tokens, 0, &mut self.names).expression(0);
                    self.print(&printed, pieces, at);
                }
            }
        }
    }

    /// What is printed as it is can be seen.
    fn text(&mut self, text: &str) {
        let hidden =
            text.char_indices().find(|(_, c)| is_hidden(*c) && !matches!(c, '\n' | '\r' | '\t'));
        if let Some((at, c)) = hidden {
            let start = text.as_ptr() as usize - self.names.file.text.as_ptr() as usize + at;
            let message = format!(
                "U+{:04X} cannot be seen: write what the language has for it",
                u32::from(c)
            );
            self.names.fault(start, start + c.len_utf8(), message);
        }
    }

    fn print(&mut self, printed: &Typed<'_>, pieces: &[Piece<'_>], at: usize) {
        let is_safe = matches!(
            printed.kind,
            Kind::Literal | Kind::Code | Kind::Unknown | Kind::Of(Shape::Number | Shape::Flag)
        );
        if !is_safe {
            let message = "a value must pass a literal filter, as in {{ url | str }}".to_owned();
            return self.names.fault(printed.start, printed.end, message);
        }
        if printed.kind != Kind::Literal {
            return;
        }
        let message = match quotes::around(pieces, at, &self.names.language.literals) {
            Some(Quoted::Whole) => "a literal brings its own quotes: no others go around it",
            Some(Quoted::Part) => {
                "a literal within a text of the code would end it: write the whole text, as in \
                 {{ (\"Bearer \" ~ token) | str }}"
            }
            None => return,
        };
        self.names.fault(printed.start, printed.end, message.to_owned());
    }

    fn tag<'t>(&mut self, tokens: &[Token<'t>], open: &mut Vec<Open<'t>>) {
        let Some(word) = tokens.first() else { return };
        let mut expressions = Expressions::new(tokens, 1, &mut self.names);
        match word.text {
            "if" | "elif" => {
                expressions.condition(0);
                if word.is("if") {
                    open.push(Open::Other);
                }
            }
            "for" => {
                self.names.open();
                Expressions::new(tokens, 1, &mut self.names).bind_loop(0);
                open.push(Open::Scope);
            }
            "set" | "set_global" => self.set(tokens, open),
            "filter" => {
                captured(&mut expressions, word);
                open.push(Open::Other);
            }
            "include" | "extends" => self.include(tokens),
            "component" => {
                self.component(tokens);
                open.push(Open::Scope);
            }
            "<" => {
                expressions.component();
                open.push(Open::Other);
            }
            "block" => open.push(Open::Other),
            "endif" | "endfor" | "endset" | "endfilter" | "endblock" | "endcomponent" | "</" => {
                match open.pop() {
                    Some(Open::Scope) => self.names.close(),
                    Some(Open::Capture(name)) => self.names.set(name, Kind::Code),
                    Some(Open::Other) | None => {}
                }
            }
            _ => {}
        }
    }

    /// `set name = value`, or the beginning of a block that is captured.
    fn set<'t>(&mut self, tokens: &[Token<'t>], open: &mut Vec<Open<'t>>) {
        let Some(name) = tokens.get(1) else { return };
        self.names.take_no_given_name(*name);
        let mut expressions = Expressions::new(tokens, 2, &mut self.names);
        if expressions.skip("=") {
            let value = expressions.expression(0);
            if tokens[0].is("set_global") {
                self.names.set_global(name.text, value.kind);
            } else {
                self.names.set(name.text, value.kind);
            }
        } else {
            if expressions.skip("|") {
                captured(&mut expressions, name);
            }
            open.push(Open::Capture(name.text));
        }
    }

    /// What is included is checked where it is: it knows the names that are known there.
    fn include(&mut self, tokens: &[Token<'_>]) {
        let path = tokens.get(1).map(|path| path.text);
        let file = self.files.iter().find(|file| path.is_some_and(|path| file.path == path));
        let Some(included) = file.filter(|_| self.depth < self.files.len()) else { return };
        self.included.insert(included.path.clone());
        let outer = std::mem::replace(&mut self.names.file, included.file);
        self.depth += 1;
        self.file(&included.pieces);
        self.depth -= 1;
        self.names.file = outer;
    }

    /// Checks the components that are called and that no file which is included defines.
    fn components(&mut self) {
        let mut checked = BTreeSet::new();
        while let Some(name) = self.names.called.difference(&checked).next().cloned() {
            let files = self.files;
            for TemplateFile { path, file, pieces } in &files[1..] {
                if self.included.contains(path) {
                    continue;
                }
                let Some(definition) = definition_of(pieces, &name) else { continue };
                self.names.file = *file;
                self.file(definition);
            }
            checked.insert(name);
        }
    }

    /// `component name(a: string = "text", @b, ...rest)`: the arguments are what its body knows.
    fn component(&mut self, tokens: &[Token<'_>]) {
        self.names.open_component();
        let mut is_name = false;
        for (at, token) in tokens.iter().enumerate() {
            if token.is(")") {
                break;
            }
            if is_name && !token.is("@") && !token.is("...") {
                let is_text = tokens[at + 1..].first().is_some_and(|next| next.is(":"))
                    && tokens
                        .get(at + 2)
                        .is_some_and(|kind| kind.text.eq_ignore_ascii_case("string"));
                let kind = if is_text { Kind::Of(Shape::Text) } else { Kind::Unknown };
                self.names.set(token.text, kind);
            }
            is_name =
                token.is("(") || token.is(",") || is_name && (token.is("@") || token.is("..."));
        }
        self.names.set("body", Kind::Code);
    }
}

/// The filters of a block that is captured.
fn captured(expressions: &mut Expressions<'_, '_, '_>, from: &Token<'_>) {
    let block = |token: &Token<'_>| Typed::of(Kind::Code, token.start, token.end);
    expressions.filter(block(from));
    while expressions.skip("|") {
        expressions.filter(block(from));
    }
}
