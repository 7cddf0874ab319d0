//! Texts of which parts are read from the environment: where a value is not to stand in the code.
//!
//! Such a part is a mark in the text, the name of its variable between two noncharacters. Only texts
//! of a snippet that reads the environment are looked at ([`Place::reads_environment`]), and a message
//! that holds one of the two is refused before.

use std::borrow::Cow;

use serde::Deserialize;

use super::string::{self, Layout, Lines, Place, StringStyle};
use super::variable::{NameStyle, SIGN};
use super::{LiteralError, Literals};
use crate::diagnostic::show;

/// Before the name of a variable.
pub const OPEN: char = '\u{10fffe}';

/// Behind the name of a variable.
pub const CLOSE: char = '\u{10ffff}';

/// The family of string styles that take variables within the text. Those of a family of its own,
/// such as `word`, are in `interpolated-word`.
const INTERPOLATED: &str = "interpolated";

/// How a language reads its environment, as `[environment]` in `language.toml` says it. `{NAME}` is
/// the name of the variable, and `{name}` that of the variable of the code which holds it: see `bind`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EnvironmentStyle {
    /// The value of a variable, as an expression.
    variable: String,
    /// A variable within a string of the family `interpolated`.
    inside: Option<String>,
    /// What follows such a string for each of its variables, where they are arguments.
    #[serde(default)]
    argument: String,
    /// What follows such a string and its arguments, or the pieces that are joined.
    #[serde(default)]
    end: String,
    /// Before the pieces that are joined.
    #[serde(default)]
    open: String,
    /// Between the pieces, where no string takes variables: an operator, or what separates arguments.
    join: Option<String>,
    /// How the name of a variable of the code is written, where the language reads its environment by a
    /// statement, and not in an expression: the template sets those of `environment` first.
    pub(crate) bind: Option<NameStyle>,
}

/// A text's piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// The name of a variable.
    Variable(&'t str),
}

/// The mark of a variable.
pub fn mark(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// Whether a part of the text is read from the environment.
pub(crate) fn is_in(text: &str) -> bool {
    // The first byte of its UTF-8 form is rare.
    memchr::memchr(0xf4, text.as_bytes()).is_some() && text.contains(OPEN)
}

/// Whether the text begins with such a part.
pub(crate) fn begins(text: &str) -> bool {
    text.starts_with(OPEN)
}

fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((name, after)) = after.split_once(CLOSE) else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Variable(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

impl Literals {
    /// Writes a text with marks as one expression, in the styles of a family. Within a family that is
    /// not the ordinary one, a variable is always part of a string: its expression alone is none of it.
    pub(super) fn write_with_variables(
        &self,
        out: &mut String,
        text: &str,
        family: &str,
        place: Place,
    ) -> Result<(), LiteralError> {
        let is_ordinary = family.is_empty();
        let interpolated = if is_ordinary {
            Cow::Borrowed(INTERPOLATED)
        } else {
            Cow::Owned(format!("{INTERPOLATED}-{family}"))
        };
        let pieces = split(text);
        let mut styles = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            styles.push(match piece {
                Piece::Text(_) => None,
                Piece::Variable(name) => Some(self.style_of(name)?),
            });
        }
        if let ([Piece::Variable(name)], [Some(style)]) = (&pieces[..], &styles[..])
            && is_ordinary
        {
            style.push_named(out, &style.variable, name);
            return Ok(());
        }
        let is_many = Lines::of(text) == Lines::Many && place.layout == Layout::Free;
        let write_inner = |out: &mut String, string: &StringStyle| {
            pieces.iter().zip(&styles).zip(1..).try_for_each(|((piece, style), number)| match piece
            {
                Piece::Text(text) if string.loses_line_feeds(text, place) => Err('\n'),
                Piece::Text(text) => {
                    string.write_piece(out, text, number == 1, number == pieces.len())
                }
                Piece::Variable(name) => {
                    let style = style.ok_or(OPEN)?;
                    style.push_named(out, style.inside.as_deref().ok_or(OPEN)?, name);
                    Ok(())
                }
            })
        };
        let write = |out: &mut String, lines| {
            string::write_interpolated(&self.string, &interpolated, lines, out, |string, out| {
                write_inner(out, string)
            })
        };
        if is_many && write(out, Lines::Many) || write(out, Lines::One) {
            for (piece, style) in pieces.iter().zip(&styles) {
                if let (Piece::Variable(name), Some(style)) = (piece, style) {
                    style.push_named(out, &style.argument, name);
                }
            }
            if let Some(style) = styles.iter().flatten().next() {
                out.push_str(&style.end);
            }
            return Ok(());
        }
        // What joins an expression of the environment joins a variable of the code, too.
        let joined_by = |is_of_code: bool| {
            pieces.iter().zip(&styles).find_map(|(piece, style)| match (piece, style) {
                (Piece::Variable(name), Some(style)) if name.starts_with(SIGN) == is_of_code => {
                    Some((style, style.join.as_ref()?))
                }
                _ => None,
            })
        };
        let joined = joined_by(false).or_else(|| joined_by(true)).filter(|_| is_ordinary);
        let (style, join) = joined.ok_or_else(|| LiteralError::NoStyle {
            family: family.to_owned(),
            code_point: None,
            shown: show(text),
        })?;
        out.push_str(&style.open);
        let place = Place { layout: Layout::OneLine, ..place };
        for (at, (piece, style)) in pieces.iter().zip(&styles).enumerate() {
            if at > 0 {
                out.push_str(join);
            }
            match (piece, style) {
                (Piece::Text(text), _) => self.write_string(out, text, "", place)?,
                (Piece::Variable(name), Some(style)) => {
                    style.push_named(out, &style.variable, name);
                }
                (Piece::Variable(_), None) => {}
            }
        }
        out.push_str(&style.end);
        Ok(())
    }

    /// How a variable is read: of the code itself, or of its environment.
    fn style_of(&self, name: &str) -> Result<&EnvironmentStyle, LiteralError> {
        if name.starts_with(SIGN) {
            let style = self.variable.as_ref().map(|style| &style.read);
            style.ok_or(LiteralError::NoTable("variable"))
        } else {
            self.environment.as_ref().ok_or(LiteralError::NoTable("environment"))
        }
    }
}

impl EnvironmentStyle {
    fn push_named(&self, out: &mut String, template: &str, name: &str) {
        let code = template.replace("{NAME}", name.trim_start_matches(SIGN));
        match self.bind {
            Some(style) => out.push_str(&code.replace("{name}", &style.write(name))),
            None => out.push_str(&code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Literals, Place, mark};

    fn write(environment: &str, text: &str) -> Option<String> {
        let table = format!(
            "[[string]]\nopen = '\"'\nclose = '\"'\nescapes = {{ '\"' = '\\\"', \"\\n\" = '\\n' }}\n\
             [[string]]\nfamily = 'interpolated'\nopen = 'f\"'\nclose = '\"'\n\
             escapes = {{ '\"' = '\\\"', '{{' = '{{{{', \"\\n\" = '\\n' }}\n{environment}"
        );
        write_in(&table, text, "")
    }

    /// The same with the whole table, in the styles of a family.
    fn write_in(table: &str, text: &str, family: &str) -> Option<String> {
        let literals: Literals = toml::from_str(table).expect("a table");
        let place = Place { reads_environment: true, ..Place::default() };
        let mut out = String::new();
        literals.write_string(&mut out, text, family, place).ok().map(|()| out)
    }

    #[test]
    fn a_variable_alone_is_an_expression() {
        let table = "[environment]\nvariable = 'env(\"{NAME}\")'";
        assert_eq!(write(table, &mark("A")).as_deref(), Some("env(\"A\")"));
        assert_eq!(write(table, &format!("x{}", mark("A"))), None);
        assert_eq!(write("", &mark("A")), None);
    }

    #[test]
    fn text_and_variables_are_one_expression() {
        let text = format!("a{{\"{}\n{}", mark("A"), mark("B_2"));
        let joined = "[environment]\nvariable = 'env({NAME})'\njoin = ' + '";
        assert_eq!(
            write(joined, &text).as_deref(),
            Some("\"a{\\\"\" + env(A) + \"\\n\" + env(B_2)")
        );
        let call =
            "[environment]\nvariable = 'env({NAME})'\nopen = 'concat('\njoin = ', '\nend = ')'";
        assert_eq!(
            write(call, &text).as_deref(),
            Some("concat(\"a{\\\"\", env(A), \"\\n\", env(B_2))")
        );
        let inside = "[environment]\nvariable = 'env({NAME})'\ninside = '{env({NAME})}'";
        assert_eq!(write(inside, &text).as_deref(), Some("f\"a{{\\\"{env(A)}\\n{env(B_2)}\""));
        let arguments =
            "[environment]\nvariable = 'x'\ninside = '{}'\nargument = ', {NAME}'\nend = ')'";
        assert_eq!(write(arguments, &text).as_deref(), Some("f\"a{{\\\"{}\\n{}\", A, B_2)"));
    }

    #[test]
    fn variables_of_code_and_environment_are_joined_as_those_of_the_environment() {
        let tables = "[environment]\nvariable = 'env({name})'\nopen = 'concat('\njoin = ', '\nend = ')'\n\
            bind = 'camel'\n[variable]\ncase = 'upper'\nread = { variable = '{NAME}', join = ' + ' }";
        let code = crate::literal::mark_variable("BASE");
        let both = format!("{code}/x{}", mark("API_TOKEN"));
        assert_eq!(write(tables, &both).as_deref(), Some("concat(BASE, \"/x\", env(apiToken))"));
        assert_eq!(write(tables, &format!("{code}/x")).as_deref(), Some("BASE + \"/x\""));
    }

    #[test]
    fn a_family_takes_variables_where_it_has_strings_for_them() {
        let word = "[[string]]\nfamily = 'word'\nopen = ''\nclose = ''\n";
        let takes = "[[string]]\nfamily = 'interpolated-word'\nopen = '<'\nclose = '>'\n\
            start = { '=' = '/=' }\n";
        let read = "[environment]\nvariable = 'env({NAME})'\ninside = '${NAME}'\njoin = '+'";
        let write = |table: &str, text: &str| write_in(table, text, "word");
        let text = format!("a{}", mark("A"));
        let both = format!("{word}{takes}{read}");
        assert_eq!(write(&both, &text).as_deref(), Some("<a$A>"));
        assert_eq!(write(&both, &mark("A")).as_deref(), Some("<$A>"));
        assert_eq!(write(&both, &format!("={}=", mark("A"))).as_deref(), Some("</=$A=>"));
        assert_eq!(write(&both, "a").as_deref(), Some("a"));
        assert_eq!(write(&format!("{word}{read}"), &text), None);
    }

    #[test]
    fn what_would_go_on_from_a_variable_is_written_otherwise_behind_it() {
        let table = "[[string]]\nfamily = 'interpolated'\nopen = '<'\nclose = '>'\n\
            after-variable = { '[' = '/[' }\nend = { ']' = '/]' }\n\
            [environment]\nvariable = '$'\ninside = '${NAME}'";
        let write = |table: &str, text: &str| write_in(table, text, "");
        let text = format!("[{}[[]{0}[]", mark("A"));
        assert_eq!(write(table, &text).as_deref(), Some("<[$A/[[]$A/[/]>"));
        let forbids = table.replace("end = {", "forbid = ['#']\nend = {");
        assert_eq!(write(&forbids, &text).as_deref(), Some("<[$A/[[]$A/[/]>"));
        assert_eq!(write(&forbids, &format!("a#{}", mark("A"))), None);
    }

    #[test]
    fn a_mark_is_a_text_where_the_code_does_not_read_the_environment() {
        let table = "[[string]]\nopen = '<'\nclose = '>'\nother = [{ write = '%{:x}' }]\n\
            [environment]\nvariable = 'env'";
        let literals: Literals = toml::from_str(table).expect("a table");
        let mut out = String::new();
        literals.write_string(&mut out, &mark("A"), "", Place::default()).expect("a literal");
        assert_eq!(out, "<%10fffeA%10ffff>");
    }
}
