//! From the pieces of a template to its outline.

use std::collections::HashSet;
use std::ops::Range;

use super::condition::{Condition, choice};
use super::fact::{Facts, ROOTS};
use super::lists::Lists;
use super::pieces::{Piece, pieces, word};
use super::{Branch, Choice, Node, Outline, Set};

/// Deeper templates are not folded.
const MAX_DEPTH: u32 = 64;

/// The outline of a template, see [`Outline::of`].
pub(super) fn read(text: &str) -> Option<Outline> {
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
    (end.is_none() && is_clear).then_some(Outline { nodes, facts, bound })
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
pub(super) struct Scope<'t> {
    pub(super) facts: Facts,
    pub(super) lists: Lists<'t>,
}

impl Reader<'_> {
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
            let is_last = word(&self.text[tag.clone()]) == "else";
            let condition = (!is_last).then(|| {
                let at = self.behind_word(&tag);
                (at.clone(), Condition::read(&self.text[at], &mut self.scope))
            });
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
