//! The part of a template that a request needs.
//!
//! Most of a template stands in branches for what most requests do not have, and most of its
//! conditions ask for the request alone: `needs.raw_target`, `body.kind == "json"`. They are asked
//! once, before the template engine runs, and the engine is given the text that is left. Requests for
//! which all of them turn out alike share that text.
//!
//! What is more than such a condition stays as it is, so that a folded template prints what the whole
//! one does.

mod condition;
mod fact;
mod lists;
mod pieces;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use condition::{Condition, choice};
use fact::{Facts, ROOTS};
use lists::Lists;
use pieces::{Piece, pieces, word};

use super::context::mentions;
use crate::view::View;

/// A template, cut at the conditions that can be known. Its ranges are of the template's text.
#[derive(Debug)]
pub(super) struct Outline {
    nodes: Vec<Node>,
    facts: Facts,
    /// Names that have different values in different rounds of a loop, or in different scopes.
    bound: HashSet<String>,
}

#[derive(Debug)]
enum Node {
    Text(Range<usize>),
    Print(Range<usize>),
    /// A tag that stays as it is.
    Tag(Range<usize>),
    Raw(Range<usize>),
    Comment,
    Set(Set),
    If(Vec<Branch>),
}

/// `{% set name = value %}`; ranges are of the text.
#[derive(Debug)]
struct Set {
    tag: Range<usize>,
    name: Range<usize>,
    /// What the value is as a condition.
    condition: Condition,
    choice: Option<Choice>,
}

/// `{% set name = one if condition else other %}`
#[derive(Debug)]
struct Choice {
    condition: Condition,
    one: (Range<usize>, Condition),
    other: (Range<usize>, Condition),
}

/// What stands behind `if`, `elif` or `else`.
#[derive(Debug)]
struct Branch {
    /// The whole condition; nothing where it is the `else`.
    condition: Option<(Range<usize>, Condition)>,
    nodes: Vec<Node>,
}

/// Deeper templates are not folded.
const MAX_DEPTH: u32 = 64;

impl Outline {
    /// The outline of a template; nothing where it holds more than text, values, conditions, loops,
    /// filters and `set`.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut reader = Reader {
            text,
            pieces: pieces(text)?.into_iter(),
            scope: Scope::default(),
            bound: HashSet::new(),
            depth: 0,
        };
        let (nodes, end) = reader.nodes(Inside::Template)?;
        let Reader { scope: Scope { facts, lists }, bound, .. } = reader;
        let is_clear = !lists.is_ambiguous && !ROOTS.iter().any(|root| bound.contains(*root));
        (end.is_none() && is_clear).then_some(Self { nodes, facts, bound })
    }

    /// Which of the facts that the template asks for hold for a request.
    pub(super) fn facts_of(&self, view: &View<'_, '_>) -> u64 {
        self.facts.of(view)
    }

    /// What `text`, whose outline this is, comes to for all requests with these facts.
    pub(super) fn fold(&self, text: &str, facts: u64) -> String {
        let mut folder = Folder {
            text,
            facts,
            bound: &self.bound,
            names: HashMap::new(),
            unknown: 0,
            kept: Vec::new(),
        };
        folder.fold(&self.nodes);
        folder.finish()
    }
}

/// What a list of nodes stands in, and so what ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Template,
    If,
    For,
    /// `filter`, or a `set` without `=`.
    Block(&'static str),
}

struct Reader<'t> {
    text: &'t str,
    pieces: std::vec::IntoIter<Piece>,
    scope: Scope<'t>,
    bound: HashSet<String>,
    depth: u32,
}

/// What the conditions of a template can ask for.
#[derive(Debug, Default)]
struct Scope<'t> {
    facts: Facts,
    lists: Lists<'t>,
}

impl<'t> Reader<'t> {
    /// The nodes up to the tag that ends them, and that tag; nothing where the template has what is
    /// not understood.
    fn nodes(&mut self, inside: Inside) -> Option<(Vec<Node>, Option<Range<usize>>)> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next() {
            let tag = match piece {
                Piece::Text(at) => {
                    nodes.push(Node::Text(at));
                    continue;
                }
                Piece::Print(at) => {
                    nodes.push(Node::Print(at));
                    continue;
                }
                Piece::Raw(at) => {
                    nodes.push(Node::Raw(at));
                    continue;
                }
                Piece::Comment => {
                    nodes.push(Node::Comment);
                    continue;
                }
                Piece::Tag(at) => at,
            };
            let name = word(&self.text[tag.clone()]);
            let ends = match inside {
                Inside::Template => false,
                Inside::If => matches!(name, "elif" | "else" | "endif"),
                Inside::For => name == "endfor",
                Inside::Block(end) => name == end,
            };
            if ends {
                self.depth -= 1;
                return Some((nodes, Some(tag)));
            }
            match name {
                "if" => nodes.push(self.branches(tag)?),
                "for" => {
                    let text = &self.text[self.behind_word(&tag)];
                    self.bind(text);
                    self.scope.lists.enter(text);
                    self.block(&mut nodes, tag, Inside::For)?;
                    self.scope.lists.leave();
                }
                "else" if inside == Inside::For => nodes.push(Node::Tag(tag)),
                "filter" => self.block(&mut nodes, tag, Inside::Block("endfilter"))?,
                "set_global" => {
                    self.rebind(&tag);
                    nodes.push(Node::Tag(tag));
                }
                "set" => match self.set(&tag) {
                    Some(set) => nodes.push(Node::Set(set)),
                    None => self.block(&mut nodes, tag, Inside::Block("endset"))?,
                },
                _ => return None,
            }
        }
        (inside == Inside::Template).then_some((nodes, None))
    }

    /// Keeps a block, its inside folded.
    fn block(&mut self, nodes: &mut Vec<Node>, tag: Range<usize>, inside: Inside) -> Option<()> {
        if inside == Inside::Block("endset") {
            self.rebind(&tag);
        }
        nodes.push(Node::Tag(tag));
        let (inner, end) = self.nodes(inside)?;
        nodes.extend(inner);
        nodes.push(Node::Tag(end?));
        Some(())
    }

    fn branches(&mut self, tag: Range<usize>) -> Option<Node> {
        let mut branches = Vec::new();
        let mut tag = tag;
        loop {
            let condition = match word(&self.text[tag.clone()]) {
                "else" => None,
                _ => {
                    let at = self.behind_word(&tag);
                    let condition = Condition::read(&self.text[at.clone()], &mut self.scope);
                    Some((at, condition))
                }
            };
            let is_last = condition.is_none();
            let (nodes, end) = self.nodes(Inside::If)?;
            branches.push(Branch { condition, nodes });
            tag = end?;
            match word(&self.text[tag.clone()]) {
                "endif" => return Some(Node::If(branches)),
                _ if is_last => return None,
                _ => {}
            }
        }
    }

    /// Reads a `set` with a value; nothing where it takes what follows up to `endset`.
    fn set(&mut self, tag: &Range<usize>) -> Option<Set> {
        let behind = self.behind_word(tag);
        let rest = &self.text[behind.clone()];
        let equals = rest.find('=')?;
        let name = rest[..equals].trim();
        let start = behind.start + rest.find(name)?;
        let name_at = start..start + name.len();
        if name.contains('|') {
            return None;
        }
        if self.scope.lists.is_looping() || ROOTS.contains(&name) {
            self.bind(name);
        }
        let value = behind.start + equals + 1..behind.end;
        let text = &self.text[value.clone()];
        self.scope.lists.set(name, text);
        let choice = choice(text).map(|parts| {
            let [one, condition, other] = parts.map(|part| {
                (
                    value.start + part.start..value.start + part.end,
                    Condition::read(&text[part], &mut self.scope),
                )
            });
            Choice { condition: condition.1, one, other }
        });
        let condition = Condition::read(text, &mut self.scope);
        Some(Set { tag: tag.clone(), name: name_at, condition, choice })
    }

    /// The name of a `set` that is not read any further.
    fn rebind(&mut self, tag: &Range<usize>) {
        let text = self.text;
        let text = &text[self.behind_word(tag)];
        self.bind(text);
        self.scope.lists.set(word(text), "");
    }

    /// All the names at the beginning of `text`, up to `in`, `=` or a filter.
    fn bind(&mut self, text: &str) {
        let end = text.find(['=', '|']).unwrap_or(text.len());
        let names = text[..end].split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        for name in names.filter(|name| !name.is_empty()).take_while(|name| *name != "in") {
            self.bound.insert(name.to_owned());
        }
    }

    fn behind_word(&self, tag: &Range<usize>) -> Range<usize> {
        let text = &self.text[tag.clone()];
        let name = word(text);
        let start = text.find(name).unwrap_or(0) + name.len();
        tag.start + start..tag.end
    }
}

/// What stays of a template.
enum Kept<'t> {
    Text(&'t str),
    Print(&'t str),
    Tag(Cow<'t, str>),
    Raw(&'t str),
    Comment,
    /// A `set` with a value; its name.
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

    /// The text of what is kept, without the names that only folded conditions have asked for.
    fn finish(mut self) -> String {
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
        let mut out = String::with_capacity(self.text.len());
        for kept in &self.kept {
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

#[cfg(test)]
mod tests {
    use super::Outline;

    /// What is left for a request where the first facts that the template asks for hold.
    fn fold(template: &str, facts: u64) -> String {
        Outline::of(template).expect(template).fold(template, facts)
    }

    #[test]
    fn known_conditions_go() {
        let chain = "{% if needs.a %}1{% elif body.kind == \"text\" %}2{% else %}3{% endif %}";
        assert_eq!([0, 1, 2, 3].map(|facts| fold(chain, facts)), ["3", "1", "2", "1"]);
        let both = "{% if not needs.a and (headers or method in ['GET', \"PUT\",]) %}1{% endif %}";
        assert_eq!([0, 1, 2, 4, 6, 7].map(|facts| fold(both, facts)), ["", "", "1", "1", "1", ""]);
        let compared =
            "{% if scheme != 'https' %}1{% endif %}{% if method not in [\"A\"] %}2{% endif %}";
        assert_eq!([0, 1, 2, 3].map(|facts| fold(compared, facts)), ["12", "2", "1", ""]);
    }

    #[test]
    fn others_stay() {
        let loops = "{% for h in headers %}{% if h.a %}1{% elif needs.a %}2{% else %}3{% endif %}{% endfor %}";
        assert_eq!(
            fold(loops, 0),
            "{% for h in headers %}{% if h.a %}1{% else %}3{% endif %}{% endfor %}"
        );
        assert_eq!(
            fold(loops, 1),
            "{% for h in headers %}{% if h.a %}1{% else %}2{% endif %}{% endfor %}"
        );
        for unknown in [
            "{% if needs.a.b %}1{% endif %}",
            "{% if url | length > 1 and needs.a %}1{% endif %}",
            "{% if body.kind == 'a' == needs.a %}1{% endif %}",
            "{% if needs.a if x else y %}1{% endif %}",
            "{% if method in [\"\\n\"] %}1{% endif %}",
            "{% for x in y %}{{ x }}{% else %}2{% endfor %}",
            "{% filter fit(width=8) %}1{% endfilter %}",
            "{% raw %}{% if needs.a %}{% endraw %}",
        ] {
            assert_eq!(fold(unknown, !0), unknown);
        }
        // What is left open hangs on nothing.
        assert_eq!(fold("{% if x | y and needs.a %}1{% endif %}", 0), "");
        assert_eq!(fold("{% if x | y or needs.a %}1{% endif %}", 1), "1");
    }

    #[test]
    fn a_name_that_is_set_is_known() {
        let set = "{% set a = needs.a or headers %}{% if a %}1{% else %}2{% endif %}";
        assert_eq!([0, 1, 2].map(|facts| fold(set, facts)), ["2", "1", "1"]);
        let chosen = "{% set a = [h for h in x if y] if needs.a else headers %}{% if a %}{{ a | z }}{% endif %}";
        assert_eq!(fold(chosen, 0), "");
        assert_eq!(fold(chosen, 2), "{% set a = headers %}{{ a | z }}");
        assert_eq!(
            fold(chosen, 1),
            "{% set a = [h for h in x if y] %}{% if a %}{{ a | z }}{% endif %}"
        );
        let twice = "{% set a = needs.a %}{% if x | y %}{% set a = needs.b %}{% endif %}{% if a %}1{% endif %}";
        assert_eq!(fold(twice, 1), twice);
        let bound = "{% set a = needs.a %}{% for a in headers %}{% if a %}1{% endif %}{% endfor %}";
        assert_eq!(fold(bound, 1), bound);
        let block = "{% set a %}{% if needs.a %}1{% endif %}{% endset %}{{ a | b }}";
        assert_eq!(fold(block, 1), "{% set a %}1{% endset %}{{ a | b }}");
    }

    #[test]
    fn what_is_true_of_every_field_is_known_in_loops() {
        // The first fact is that every field has the flag, the second that none has.
        for list in [
            "headers",
            "headers | reverse",
            "[h for h in headers]",
            "[g for g in headers if g.a | length > 1]",
        ] {
            let each = format!(
                "{{% for h in {list} %}}{{% if h.is_text %}}1{{% else %}}2{{% endif %}}{{% endfor %}}"
            );
            let [open, close] = [format!("{{% for h in {list} %}}"), "{% endfor %}".to_owned()];
            assert_eq!(fold(&each, 1), format!("{open}1{close}"));
            assert_eq!(fold(&each, 2), format!("{open}2{close}"));
            assert_eq!(fold(&each, 0), each);
            let set = each.replace(list, "x");
            let set = format!("{{% set x = {list} if y | z else headers %}}{set}");
            assert!(fold(&set, !0).ends_with(" %}1{% endfor %}"), "{set}");
        }
        let nested = "{% for g in header_groups %}{% for v in g.values %}{% if not v.is_empty %}1{% endif %}{% endfor %}{% endfor %}";
        assert_eq!(
            fold(nested, 2),
            "{% for g in header_groups %}{% for v in g.values %}1{% endfor %}{% endfor %}"
        );
        for other in [
            "{% for h in body.parts %}{% if h.is_text %}1{% endif %}{% endfor %}",
            "{% for h in [g for h in headers] %}{% if h.is_text %}1{% endif %}{% endfor %}",
            "{% for h in headers %}{% endfor %}{% if h.is_text %}1{% endif %}",
            "{% for h in headers %}{% if h.is_other %}1{% endif %}{% endfor %}",
            "{% for g in header_groups %}{% if g.is_text %}1{% endif %}{% endfor %}",
        ] {
            assert_eq!(fold(other, !0), other);
        }
        for ambiguous in [
            "{% set x = headers %}{% set x = y %}",
            "{% set x = headers %}{% set x %}{% endset %}",
            "{% for h in headers %}{% set h = x %}{% endfor %}",
        ] {
            assert!(Outline::of(ambiguous).is_none(), "{ambiguous}");
        }
    }

    #[test]
    fn text_that_moves_together_makes_no_tag() {
        assert_eq!(fold("{ {%- if needs.a %}%{% endif %}", 0), "{");
        assert_eq!(fold("{ {%- if needs.a %}%x{% endif %}", 1), "{ {#-#}%x");
        assert_eq!(fold("{ {%- if needs.a %}{{ x | y }}{% endif %}", 1), "{ {#-#}{{ x | y }}");
    }

    #[test]
    fn what_is_not_understood_is_not_folded() {
        for template in [
            "{% include \"a\" %}",
            "{% if a %}",
            "{% endif %}",
            "{% for needs in a %}{% endfor %}",
            "{% set body = 1 %}",
            "{% if a %}{% else %}{% elif b %}{% endif %}",
        ] {
            assert!(Outline::of(template).is_none(), "{template}");
        }
    }
}
