//! `{% filter fit(width=100) %}…{% endfilter %}`: lines that a formatter would join are joined.
//!
//! The template shows the broken layout. Where the lines, joined, fit, they are written so, as the
//! language's formatter would. A literal that itself spans lines keeps the broken layout, since its
//! line breaks are marks and not line feeds ([`crate::literal::SOFT_BREAK`]).

use tera::{Filter, Kwargs, State, StringInput, TeraResult, Value};

use crate::literal::{RAW_BREAK, SOFT_BREAK};

/// The filter. `width` is the column that the joined line must not pass; `chain` the most columns
/// of the joined text without its indentation, where the formatter has such a limit; `tail` the
/// columns that follow the block in its last line.
pub(super) struct Fit {
    pub(super) indent: String,
}

impl Filter<StringInput<'_>, TeraResult<Value>> for Fit {
    fn call(&self, text: StringInput<'_>, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let width = kwargs.get::<usize>("width")?.unwrap_or(80);
        let tail = kwargs.get::<usize>("tail")?.unwrap_or_default();
        let skip = kwargs.get::<usize>("skip")?.unwrap_or_default();
        let chain = kwargs.get::<usize>("chain")?;
        let broken = text.as_str();
        let joined = join(broken);
        let columns = joined.chars().map(|c| if c == '\t' { self.indent.len().max(4) } else { 1 });
        let length: usize = columns.sum::<usize>() + tail;
        let indentation = joined.len() - joined.trim_start().len();
        let is_short = length <= width
            && chain.is_none_or(|limit| length.saturating_sub(indentation + skip) <= limit);
        let fits = is_short && !broken.contains([RAW_BREAK, SOFT_BREAK]);
        let end = if broken.ends_with('\n') { "\n" } else { "" };
        Ok(text.inherit_safety(if fits { joined + end } else { lift_semicolons(broken) }))
    }
}

/// A line of nothing but `;` ends the line before it: so a template can end a chain whose last call
/// it does not know.
fn lift_semicolons(text: &str) -> String {
    let mut lifted = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim() == ";" {
            lifted.truncate(lifted.trim_end().len());
            lifted.push_str(line.trim_start());
        } else {
            lifted.push_str(line);
        }
    }
    lifted
}

/// One line: no white space after an opening or before a closing bracket or a `.`, no trailing
/// comma, else one space.
fn join(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for (number, line) in text.trim_end().split('\n').enumerate() {
        if number == 0 {
            joined.push_str(line.trim_end());
            continue;
        }
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if line.starts_with([')', ']', '}']) && joined.ends_with(',') {
            joined.pop();
        }
        let is_tight = joined.ends_with(['(', '[']) || line.starts_with(['.', ')', ']', '?', ';']);
        if !is_tight {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn joins_calls_and_chains() {
        assert_eq!(join("f(\n    a,\n    b,\n)"), "f(a, b)");
        assert_eq!(
            join("let r = c\n    .get(u)\n    .send()\n    .await?;"),
            "let r = c.get(u).send().await?;"
        );
        assert_eq!(join("{\n  a: 1,\n}"), "{ a: 1 }");
    }
}
