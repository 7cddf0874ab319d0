//! From an outline to what is left of it for some requests.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::context::mentions;
use super::condition::Condition;
use super::{Branch, Node, Outline, Set};

/// What `outline` comes to, see [`Outline::fold`].
pub(super) fn keep<'t>(outline: &'t Outline, text: &'t str, facts: u64) -> Rest<'t> {
    let mut folder = Folder {
        text,
        facts,
        bound: &outline.bound,
        names: HashMap::new(),
        unknown: 0,
        kept: Vec::new(),
    };
    folder.fold(&outline.nodes);
    folder.finish()
}

/// What stays of a template, in order.
#[derive(Debug)]
pub(in crate::render) struct Rest<'t>(pub(in crate::render) Vec<Kept<'t>>);

/// A stretch of what stays.
#[derive(Debug)]
pub(in crate::render) enum Kept<'t> {
    Text(&'t str),
    /// What stands between `{{` and `}}`.
    Print(&'t str),
    /// What stands between `{%` and `%}`.
    Tag(Cow<'t, str>),
    /// A `raw` block with its tags.
    Raw(&'t str),
    Comment,
    /// A `set` with a value: its name, and the tag.
    Set(&'t str, Cow<'t, str>),
}

struct Folder<'t> {
    text: &'t str,
    facts: u64,
    bound: &'t HashSet<String>,
    /// The names whose values are known as conditions.
    names: HashMap<&'t str, bool>,
    /// How many conditions around are not known.
    unknown: u32,
    kept: Vec<Kept<'t>>,
}

impl<'t> Folder<'t> {
    fn text(&self, at: &Range<usize>) -> &'t str {
        &self.text[at.clone()]
    }

    fn holds(&self, condition: &Condition) -> Option<bool> {
        condition.holds(self.facts, &self.names)
    }

    fn fold(&mut self, nodes: &'t [Node]) {
        for node in nodes {
            match node {
                Node::Text(at) => self.kept.push(Kept::Text(self.text(at))),
                Node::Print(at) => self.kept.push(Kept::Print(self.text(at))),
                Node::Tag(at) => self.kept.push(Kept::Tag(self.text(at).into())),
                Node::Raw(at) => self.kept.push(Kept::Raw(self.text(at))),
                Node::Comment => self.kept.push(Kept::Comment),
                Node::Set(set) => self.set(set),
                Node::If(branches) => self.choose(branches),
            }
        }
    }

    fn choose(&mut self, branches: &'t [Branch]) {
        let mut is_open = false;
        for Branch { condition, nodes } in branches {
            let holds = condition.as_ref().map_or(Some(true), |(_, known)| self.holds(known));
            match holds {
                Some(false) => continue,
                Some(true) if !is_open => return self.fold(nodes),
                Some(true) => self.kept.push(Kept::Tag(" else ".into())),
                None => {
                    let text = condition.as_ref().map_or("", |(at, _)| self.text(at));
                    let word = if is_open { "elif" } else { "if" };
                    self.kept.push(Kept::Tag(format!(" {word}{text}").into()));
                    is_open = true;
                }
            }
            self.unknown += 1;
            self.fold(nodes);
            self.unknown -= 1;
            if holds.is_some() {
                break;
            }
        }
        if is_open {
            self.kept.push(Kept::Tag(" endif ".into()));
        }
    }

    fn set(&mut self, set: &'t Set) {
        let name = self.text(&set.name);
        let chosen = set.choice.as_ref().and_then(|choice| {
            Some(if self.holds(&choice.condition)? { &choice.one } else { &choice.other })
        });
        let (tag, holds) = match chosen {
            Some((at, condition)) => {
                (format!(" set {name} ={}", self.text(at)).into(), self.holds(condition))
            }
            None => (self.text(&set.tag).into(), self.holds(&set.condition)),
        };
        let is_fixed = self.unknown == 0 && !self.bound.contains(name);
        match holds.filter(|_| is_fixed) {
            Some(holds) => self.names.insert(name, holds),
            None => self.names.remove(name),
        };
        self.kept.push(Kept::Set(name, tag));
    }

    /// What is kept, without the names that only folded conditions have asked for.
    fn finish(mut self) -> Rest<'t> {
        for at in (0..self.kept.len()).rev() {
            if let Kept::Set(name, _) = self.kept[at]
                && !self
                    .kept
                    .iter()
                    .enumerate()
                    .any(|(other, kept)| other != at && kept.mentions(name))
            {
                self.kept.remove(at);
            }
        }
        Rest(self.kept)
    }
}

impl Rest<'_> {
    /// The text of a template that holds just this.
    pub(in crate::render) fn to_text(&self) -> String {
        let mut out = String::new();
        for kept in &self.0 {
            let (open, inside, close) = match kept {
                Kept::Text(text) | Kept::Raw(text) => ("", *text, ""),
                Kept::Print(inside) => ("{{", *inside, "}}"),
                Kept::Tag(inside) | Kept::Set(_, inside) => ("{%", &**inside, "%}"),
                Kept::Comment => ("{#", "", "#}"),
            };
            // A brace that ends a text must not open a tag with what has moved behind it: the
            // comment keeps them apart, and takes the space before it away.
            if out.ends_with('{') && (open.starts_with('{') || inside.starts_with(['{', '%', '#']))
            {
                out.push_str(" {#-#}");
            }
            out.extend([open, inside, close]);
        }
        out
    }
}

impl Kept<'_> {
    fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Print(inside) => mentions(inside, name),
            Self::Tag(inside) | Self::Set(_, inside) => mentions(inside, name),
            Self::Text(_) | Self::Raw(_) | Self::Comment => false,
        }
    }
}
