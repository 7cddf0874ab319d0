//! Literals that are printed within quotes of the code.

use super::token::Piece;
use crate::literal::Literals;

/// How a literal is within quotes of the template's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// There is nothing else between the quotes.
    Whole,
    /// It is a part of what they enclose.
    Part,
}

/// Whether the literal that `pieces[at]` prints is within quotes of its line.
pub(super) fn around(pieces: &[Piece<'_>], at: usize, literals: &Literals) -> Option<Quoted> {
    let next_to = |at: Option<usize>| at.and_then(|at| pieces.get(at)).and_then(text);
    let (before, after) = (next_to(at.checked_sub(1)), next_to(Some(at + 1)));
    let is_quote = |c: &char| matches!(c, '"' | '\'' | '`');
    let last = before.and_then(|before| before.chars().next_back()).filter(is_quote);
    if last.zip(after).is_some_and(|(quote, after)| after.starts_with(quote)) {
        return Some(Quoted::Whole);
    }
    let open = Open::of_line(&line_before(&pieces[..at]), literals)?;
    let after = pieces[at + 1..].iter().filter_map(text);
    let mut rest = after.flat_map(str::chars).take_while(|c| *c != '\n');
    rest.any(|c| c == open.quote).then_some(Quoted::Part)
}

fn text<'t>(piece: &Piece<'t>) -> Option<&'t str> {
    match piece {
        Piece::Text(text) => Some(text),
        _ => None,
    }
}

/// The text of the line that the pieces end in.
fn line_before(pieces: &[Piece<'_>]) -> String {
    let mut parts = Vec::new();
    for piece in pieces.iter().rev() {
        let Piece::Text(text) = piece else { continue };
        match text.rsplit_once('\n') {
            Some((_, last)) => {
                parts.push(last);
                break;
            }
            None => parts.push(text),
        }
    }
    parts.into_iter().rev().collect()
}

/// A text of the code that is open.
struct Open {
    quote: char,
}

impl Open {
    /// The text that is open at the end of a line; nothing where an expression is open within it.
    fn of_line(line: &str, literals: &Literals) -> Option<Self> {
        let (quotes, has_escapes) = (literals.quotes(), literals.escape_with_backslash());
        let mut open: Option<(usize, char)> = None;
        let mut is_escaped = false;
        for (at, c) in line.char_indices() {
            match open {
                _ if is_escaped => is_escaped = false,
                Some(_) if c == '\\' && has_escapes => is_escaped = true,
                Some((_, quote)) if c == quote => open = None,
                None if quotes.contains(&c) => open = Some((at, c)),
                _ => {}
            }
        }
        let (from, quote) = open?;
        let inside = &line[from..];
        // An expression within a text: `${...}`, `[command ...]`, and braces in `f"{...}"` and `$"{...}"`.
        let prefix = line[..from].chars().next_back();
        let takes_braces = prefix.is_some_and(|c| c.is_alphanumeric() || c == '$');
        let expression = ["${", "#{", "$(", "\\(", "@{", "$["].iter().any(|it| inside.contains(it))
            || inside
                .rsplit_once('[')
                .is_some_and(|(_, rest)| rest.starts_with(char::is_alphabetic))
            || takes_braces && inside.contains('{');
        (!expression).then_some(Self { quote })
    }
}
