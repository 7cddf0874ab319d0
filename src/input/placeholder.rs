//! `{{name}}` in requests of editors and collections.

use std::cell::Cell;

use crate::diagnostic::{Diagnostic, Span};

use super::refusal::Refusal;
use super::text::Text;
use super::{Options, code, reference};

/// How deep the value of a variable may refer to other variables.
const MAX_DEPTH: usize = 16;
/// How long an expanded text may become, in bytes, beyond its own length.
const MAX_GROWTH: usize = 16 << 20;

/// How long a name may be, in bytes.
pub(super) const MAX_NAME: usize = 256;

/// Values for names: those that were given, then those that the input itself sets.
pub(super) struct Variables<'v> {
    pub(super) options: &'v Options,
    pub(super) own: Vec<(String, Text)>,
    /// How many of them the input sets before the place where they are used: the last of those counts, or else the
    /// first that follows.
    pub(super) before: usize,
    /// The first place of braces that hold more than a name, and so stay as they are.
    pub(super) kept: Cell<Option<Span>>,
}

impl Variables<'_> {
    /// A warning of braces that were kept since the last call, if there were any.
    pub(super) fn take_warning(&self) -> Option<Diagnostic> {
        let place = self.kept.take()?;
        let message = "what is in the braces is no name: it is sent as it is";
        let warning = Diagnostic::warning(code::EXPRESSION_KEPT, message).with_span(place);
        Some(warning.with_help("write the value in its place: requote runs no code"))
    }

    /// Whether there is a value for a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.options.variable(name).is_some() || self.own(name).is_some()
    }

    /// The value that the input itself sets.
    fn own(&self, name: &str) -> Option<&Text> {
        let (before, behind) = self.own.split_at(self.before);
        let found = before.iter().rev().chain(behind).find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }
}

/// Puts values in the place of names.
pub(super) fn expand(text: &Text, variables: &Variables<'_>) -> Result<Text, Refusal> {
    let mut budget = MAX_GROWTH;
    expand_within(text, variables, MAX_DEPTH, &mut budget)
}

fn expand_within(
    text: &Text,
    variables: &Variables<'_>,
    depth: usize,
    budget: &mut usize,
) -> Result<Text, Refusal> {
    let mut out = Text::default();
    let mut from = 0;
    for (start, end) in find_names(text, variables) {
        let name = text.slice(start + 2..end - 2).trim();
        let place = text.span_of(start..end);
        out.append_part(text, from..start);
        let value = find_value(&name.lossy(), variables, place, depth, budget)?;
        out.push(value.bytes(), place);
        from = end;
    }
    if from == 0 {
        return Ok(text.clone());
    }
    out.append_part(text, from..text.len());
    Ok(out)
}

fn find_value(
    name: &str,
    variables: &Variables<'_>,
    place: Span,
    depth: usize,
    budget: &mut usize,
) -> Result<Text, Refusal> {
    let value = match (variables.options.variable(name), variables.own(name)) {
        (Some(value), _) => Text::new(value, place),
        (None, Some(value)) if depth > 0 && value.len() <= *budget => {
            *budget -= value.len();
            expand_within(value, variables, depth - 1, budget)?
        }
        _ => Text::new(reference::variable(variables.options, name, place)?, place),
    };
    Ok(value)
}

/// The places of `{{…}}`, braces included: with what may be a name, or is one that has a value.
fn find_names(text: &Text, variables: &Variables<'_>) -> Vec<(usize, usize)> {
    let bytes = text.bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&bytes[from..], b"{{").map(|at| from + at) {
        let rest = &bytes[start + 2..bytes.len().min(start + 2 + MAX_NAME)];
        let length = memchr::memmem::find(rest, b"}}").unwrap_or_default();
        let name = rest[..length].trim_ascii();
        let end = start + 2 + length + 2;
        if !name.is_empty()
            && (name.iter().all(|byte| is_name_byte(*byte))
                || variables.has(&String::from_utf8_lossy(name)))
        {
            found.push((start, end));
            from = end;
            continue;
        }
        if !name.is_empty() && variables.kept.get().is_none() {
            variables.kept.set(Some(text.span_of(start..end)));
        }
        from = start + 1;
    }
    found
}

/// Whether a byte is of a name as editors write one. Postman allows all but braces.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.$[]: ".contains(&byte) || byte > 0x7f
}
