//! Calls that take what a step of a template costs from the budget of the render.
//!
//! They are put into the templates of users' own when they load; those of the project are known to end.

use super::token::{Piece, Token};
use crate::order::sort_by_number;

/// What a step of a loop costs beside the text of its body.
const STEP: usize = 256;

const BEGIN: &str = "{% if __spend(of=";
const END: &str = ") %}{% endif %}";

/// A template with calls of `__spend`.
#[derive(Debug, Clone)]
pub(crate) struct Metered {
    pub(crate) text: String,
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
    pub(crate) fn trusted(template: &str) -> Self {
        Self { text: template.to_owned(), calls: Vec::new() }
    }

    /// The template with a call for the file, at the beginning of each loop and each component, and behind
    /// each name that is set.
    pub(super) fn of(template: &str, pieces: &[Piece<'_>]) -> Self {
        let mut calls = calls(template, pieces);
        sort_by_number(&mut calls, |call| call.at as u64);
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
    pub(crate) fn origin(&self, place: usize) -> usize {
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
fn calls(template: &str, pieces: &[Piece<'_>]) -> Vec<Call> {
    let mut calls = Vec::new();
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
    for piece in pieces {
        let (Piece::Print(tokens) | Piece::Tag(tokens)) = piece else { continue };
        calls.extend(comprehensions(tokens));
    }
    if !is_child {
        let at = template.len() - template.trim_start_matches([' ', '\t']).len();
        let text = format!("{BEGIN}{}{END}", STEP + template.len());
        calls.push(Call { at, tag: (at, at), text });
    }
    calls
}

/// The calls for lists that are made of others: `[(h.name) | __kept for h in headers | __steps if h.is_text]`.
fn comprehensions(tokens: &[Token<'_>]) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.opens() {
            open.push(at);
        } else if token.closes() {
            open.pop();
        }
        let Some(&bracket) = open.last().filter(|_| token.is("for")) else { continue };
        let [Some(first), Some(last), Some(to)] =
            [bracket + 1, at - 1, end_of_list(tokens, at)].map(|at| tokens.get(at))
        else {
            continue;
        };
        let mut add = |at: usize, tag: (usize, usize), text: &str| {
            calls.push(Call { at, tag, text: text.to_owned() });
        };
        add(first.start, (first.start, last.end), "(");
        add(last.end, (first.start, last.end), ") | __kept");
        add(to.end, (token.start, to.end), " | __steps");
    }
    calls
}

/// The last token of the list that a `for` within brackets goes through.
fn end_of_list(tokens: &[Token<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (end, token) in tokens.iter().enumerate().skip(at) {
        if depth == 0 && (token.closes() || token.is("if")) {
            return end - 1;
        }
        if token.closes() {
            depth -= 1;
        } else if token.opens() {
            depth += 1;
        }
    }
    tokens.len() - 1
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
    use super::super::token::split;
    use super::Metered;

    #[test]
    fn calls_are_put_behind_tags() {
        let template = " a{% for h in headers -%}\nb{% endfor %}{% set x = 1 %}c";
        let metered = Metered::of(template, &split(template));
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
    fn lists_of_lists_cost_what_they_hold() {
        let template = "{% set l = [[a for a in [h.x] if h] for h in headers | reverse] %}";
        let metered = Metered::of(template, &split(template));
        let inner = "[(a) | __kept for a in [h.x] | __steps if h]";
        let outer = format!("[({inner}) | __kept for h in headers | reverse | __steps]");
        assert!(metered.text.contains(&outer), "{}", metered.text);
    }

    #[test]
    fn places_are_those_of_the_author() {
        let template = "a\n{% for h in headers %}\nb\n{% endfor %}\nc{% set x = 1 %}d";
        let metered = Metered::of(template, &split(template));
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
