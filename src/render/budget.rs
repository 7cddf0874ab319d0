//! What one render may cost.
//!
//! Tera has no limit: loops within loops run for days, and a text that is joined to itself thirty times
//! fills the memory. So each step of a loop, each text that a name keeps and each literal takes its size
//! from a budget. The calls that do so are put into the templates of users' own when they load.

use std::cell::Cell;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::token::{Piece, Token, split};

/// The bytes of a render whose request has none.
const BUDGET: usize = 1 << 28;

/// What a step of a loop costs beside the text of its body.
const STEP: usize = 256;

/// How much more a kept text costs than one that is written: an expression may have it several times.
const KEPT: usize = 16;

/// Each element of a list.
const ELEMENT: usize = 32;

const BEGIN: &str = "{% if __spend(of=";
const END: &str = ") %}{% endif %}";

thread_local! {
    /// What is left to the render that runs.
    static LEFT: Cell<usize> = const { Cell::new(BUDGET) };
}

/// Begins a render for a request with a body of `length` bytes.
pub(super) fn begin(length: usize) {
    LEFT.set(BUDGET.saturating_add(length.saturating_mul(4 * KEPT)));
}

/// Takes `bytes` from the budget.
pub(super) fn spend(bytes: usize) -> TeraResult<()> {
    let left = LEFT.get().checked_sub(bytes).ok_or_else(|| {
        LEFT.set(0);
        tera::Error::message(
            "the template goes on without end: it repeats, keeps or writes too much",
        )
    })?;
    LEFT.set(left);
    Ok(())
}

/// Registers what templates call.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("__spend", |kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        let of = kwargs.must_get::<Value>("of")?;
        match of.as_i128() {
            Some(bytes) => spend(usize::try_from(bytes).unwrap_or_default())?,
            None => keep(&of)?,
        }
        Ok(false)
    });
    tera.register_function("range", range);
    tera.register_filter("replace", replace);
}

/// Takes what a value holds from the budget. A list that holds itself many times is left early.
fn keep(value: &Value) -> TeraResult<()> {
    if let Some(text) = value.as_str() {
        return spend(text.len() * KEPT);
    }
    for element in value.as_array().into_iter().flatten() {
        spend(ELEMENT)?;
        keep(element)?;
    }
    for element in value.as_map().into_iter().flat_map(|map| map.values()) {
        spend(ELEMENT)?;
        keep(element)?;
    }
    Ok(())
}

/// Tera's `range`, within the budget.
#[expect(clippy::needless_pass_by_value, reason = "it is what Tera calls")]
fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = kwargs.get::<i64>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i64>("end")?;
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || (start > end && step > 0) {
        return Err(tera::Error::message("`range` never comes from its `start` to its `end`"));
    }
    let length = start.abs_diff(end).div_ceil(step.unsigned_abs());
    let is_empty = step < 0 && start <= end;
    let length = if is_empty { 0 } else { usize::try_from(length).unwrap_or(usize::MAX) };
    spend(length.saturating_mul(ELEMENT))?;
    let next = |number: &i64| number.checked_add(step);
    Ok(std::iter::successors(Some(start), next).take(length).collect())
}

/// Tera's `replace`, within the budget.
#[expect(clippy::needless_pass_by_value, reason = "it is what Tera calls")]
fn replace(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let (from, to) = (kwargs.must_get::<&str>("from")?, kwargs.must_get::<&str>("to")?);
    spend(text.matches(from).count().saturating_mul(to.len()).saturating_add(text.len()))?;
    Ok(text.replace(from, to))
}

/// A template with calls of `__spend`.
#[derive(Debug, Clone)]
pub(super) struct Metered {
    pub(super) text: String,
    calls: Vec<Call>,
}

/// A call that was put in.
#[derive(Debug, Clone)]
struct Call {
    /// Where it is in the author's text.
    at: usize,
    /// What its errors point at: the tag that it is behind.
    tag: (usize, usize),
    text: String,
}

impl Metered {
    /// The text of a template that is not metered.
    pub(super) fn trusted(template: &str) -> Self {
        Self { text: template.to_owned(), calls: Vec::new() }
    }

    /// The template with a call for the file, at the beginning of each loop and each component, and behind
    /// each name that is set.
    pub(super) fn of(template: &str) -> Self {
        let mut calls = calls(template);
        calls.sort_by_key(|call| call.at);
        let mut text = String::with_capacity(template.len() * 2);
        let mut from = 0;
        for call in &calls {
            text.push_str(&template[from..call.at]);
            text.push_str(&call.text);
            from = call.at;
        }
        text.push_str(&template[from..]);
        Self { text, calls }
    }

    /// Where the author's text has what is at `place`.
    pub(super) fn origin(&self, place: usize) -> usize {
        let mut before = 0;
        for call in &self.calls {
            let start = call.at + before;
            if place < start {
                break;
            }
            if place < start + call.text.len() {
                let is_start = place - start < BEGIN.len() - 3;
                return if is_start { call.tag.0 } else { call.tag.1 };
            }
            before += call.text.len();
        }
        place - before
    }
}

/// The calls for a template; those of loops and components cost as much as their bodies are long.
fn calls(template: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let pieces = split(template);
    let tags = pieces.iter().filter_map(|piece| match piece {
        Piece::Tag(tokens) => Some(tokens.as_slice()),
        _ => None,
    });
    let mut open: Vec<&[Token<'_>]> = Vec::new();
    let mut is_child = false;
    for tokens in tags {
        let Some(word) = tokens.first() else { continue };
        match word.text {
            "extends" => is_child = true,
            "set" | "set_global" if tokens.get(2).is_some_and(|sign| sign.is("=")) => {
                calls.extend(call(template, tokens, &kept(tokens)));
            }
            "set" | "set_global" | "for" | "component" => open.push(tokens),
            "endset" => {
                let set = open.pop().unwrap_or_default();
                calls.extend(call(template, tokens, &kept(set)));
            }
            "endfor" | "endcomponent" => {
                let Some(opened) = open.pop() else { continue };
                let length = word.start.saturating_sub(opened[0].start);
                calls.extend(call(template, opened, &(STEP + length).to_string()));
            }
            _ => {}
        }
    }
    if !is_child {
        let at = template.len() - template.trim_start_matches([' ', '\t']).len();
        let text = format!("{BEGIN}{}{END}", STEP + template.len());
        calls.push(Call { at, tag: (at, at), text });
    }
    calls
}

/// The value of the name that a tag sets.
fn kept(set: &[Token<'_>]) -> String {
    format!("{} | default(value=\"\")", set.get(1).map_or("0", |name| name.text))
}

/// A call behind the tag of `tokens`.
fn call(template: &str, tokens: &[Token<'_>], of: &str) -> Option<Call> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let close = last.end + template[last.end..].find("%}")?;
    let text = if template[..close].ends_with('-') {
        // The white space behind the tag goes away as it did.
        format!("{BEGIN}{of}{}", END.replace("endif %}", "endif -%}"))
    } else {
        format!("{BEGIN}{of}{END}")
    };
    Some(Call { at: close + 2, tag: (first.start, last.end), text })
}

#[cfg(test)]
mod tests {
    use super::Metered;

    #[test]
    fn calls_are_put_behind_tags() {
        let template = " a{% for h in headers -%}\nb{% endfor %}{% set x = 1 %}c";
        let metered = Metered::of(template);
        let call = |of: &str| format!("{{% if __spend(of={of}) %}}{{% endif %}}");
        let kept = call("x | default(value=\"\")");
        let step = call("281").replace("endif %}", "endif -%}");
        let expected = format!(
            " {}a{{% for h in headers -%}}{step}\nb{{% endfor %}}{{% set x = 1 %}}{kept}c",
            call(&(super::STEP + template.len()).to_string())
        );
        assert_eq!(metered.text, expected);
    }

    #[test]
    fn places_are_those_of_the_author() {
        let template = "a\n{% for h in headers %}\nb\n{% endfor %}\nc{% set x = 1 %}d";
        let metered = Metered::of(template);
        for mark in ["a\n", "for h", "b\n", "endfor", "\nc", "set x", "d"] {
            let place = metered.text.find(mark).expect("it is there");
            if mark != "d" {
                assert_eq!(Some(metered.origin(place)), template.find(mark), "{mark}");
            }
        }
        assert_eq!(metered.origin(metered.text.len() - 1), template.len() - 1);
        let call = metered.text.rfind("__spend").expect("the call for `x`");
        assert_eq!(Some(metered.origin(call)), template.find("set x"));
    }
}
