//! The search for facts: of the candidates of a kind the one with which the least is untrue.
//!
//! Each candidate is tried as a user would try it: an engine is built with the fact, quotes the messages
//! that ran, and what it says is held against what arrived.

use requote::diagnostic::Affect;
use requote::{Engine, Options, TargetId};
use toml::{Table, Value};

use super::distance::distance;
use super::seen::{Judged, Seen, said_to_arrive};

/// What one untrue claim weighs beside a character of a target that arrives otherwise.
const VIOLATION: usize = 1000;

/// A change of the client's table: the key, and the whole of its new value.
pub type Candidate = (&'static [&'static str], Value);

/// Proposes changes that could explain what is untrue.
pub type Kind = fn(&Search<'_>) -> Vec<Candidate>;

/// The state of the search.
pub struct Search<'s> {
    target: &'s TargetId,
    options: &'s Options,
    known: &'s Table,
    with_facts: &'s dyn Fn(&Table) -> Engine,
    /// The messages that ran.
    pub seen: &'s [Seen],
    /// What is said of each now, and what of it is untrue.
    pub judged: Vec<Option<Judged>>,
    facts: Table,
    cost: usize,
}

impl<'s> Search<'s> {
    /// A search that has found nothing yet.
    pub fn new(
        target: &'s TargetId,
        options: &'s Options,
        seen: &'s [Seen],
        known: &'s Table,
        with_facts: &'s dyn Fn(&Table) -> Engine,
    ) -> Self {
        let mut search = Self {
            target,
            options,
            known,
            with_facts,
            seen,
            judged: Vec::new(),
            facts: Table::new(),
            cost: 0,
        };
        search.judged = search.judge(&Table::new());
        search.cost = search.cost_of(&search.judged);
        search
    }

    /// The facts that were found.
    pub fn into_facts(self) -> Table {
        self.facts
    }

    /// Takes the best candidate of a kind, where less is untrue with it; the first of equal ones.
    pub fn take_best(&mut self, kind: Kind) -> bool {
        let mut best: Option<(usize, Table, Vec<Option<Judged>>)> = None;
        for (key, value) in kind(self) {
            let mut facts = self.facts.clone();
            set(&mut facts, key, value);
            let judged = self.judge(&facts);
            let cost = self.cost_of(&judged);
            if cost < best.as_ref().map_or(self.cost, |(lowest, ..)| *lowest) {
                best = Some((cost, facts, judged));
            }
        }
        let Some((cost, facts, judged)) = best else { return false };
        (self.cost, self.facts, self.judged) = (cost, facts, judged);
        true
    }

    /// Leaves out each element of a list that was found without which no more is untrue.
    pub fn thin(&mut self, key: &[&str]) {
        let mut at = 0;
        while let Some(mut list) = get(&self.facts, key).and_then(Value::as_array).cloned() {
            if at >= list.len() {
                return;
            }
            list.remove(at);
            let mut facts = self.facts.clone();
            set(&mut facts, key, Value::Array(list));
            let judged = self.judge(&facts);
            let cost = self.cost_of(&judged);
            if cost <= self.cost {
                (self.cost, self.facts, self.judged) = (cost, facts, judged);
            } else {
                at += 1;
            }
        }
    }

    fn judge(&self, facts: &Table) -> Vec<Option<Judged>> {
        let engine = (self.with_facts)(facts);
        self.seen.iter().map(|seen| seen.judge(&engine, self.target, self.options)).collect()
    }

    /// How much is untrue. A message without a snippet weighs more than anything that may be said of it.
    fn cost_of(&self, judged: &[Option<Judged>]) -> usize {
        let of_one = |(seen, judged): (&Seen, &Option<Judged>)| {
            let Some(judged) = judged else { return VIOLATION * VIOLATION };
            judged.violations.len() * VIOLATION + far(seen, judged)
        };
        self.seen.iter().zip(judged).map(of_one).sum()
    }

    /// The value of a key: what was found, else what the client's table has.
    pub fn value(&self, key: &[&str]) -> Option<&Value> {
        get(&self.facts, key).or_else(|| get(self.known, key))
    }

    /// The elements of a list.
    pub fn list(&self, key: &[&str]) -> Vec<Value> {
        self.value(key).and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// The messages of which something is untrue, with what is said of them.
    pub fn untrue(&self) -> impl Iterator<Item = (&Seen, &Judged)> {
        let both = self.seen.iter().zip(&self.judged);
        let both = both.filter_map(|(seen, judged)| Some((seen, judged.as_ref()?)));
        both.filter(|(_, judged)| !judged.violations.is_empty())
    }
}

/// How far the target is that is said to arrive.
fn far(seen: &Seen, judged: &Judged) -> usize {
    let Some([_, sent, _, arrived]) = seen.lines() else { return 0 };
    let said = said_to_arrive(&judged.claim.diagnostics, &Affect::Target);
    distance(&said.unwrap_or(sent), &arrived).min(VIOLATION - 1)
}

fn get<'t>(table: &'t Table, key: &[&str]) -> Option<&'t Value> {
    let (last, tables) = key.split_last()?;
    let mut table = table;
    for name in tables {
        table = table.get(*name)?.as_table()?;
    }
    table.get(*last)
}

fn set(table: &mut Table, key: &[&str], value: Value) {
    let Some((name, rest)) = key.split_first() else { return };
    if rest.is_empty() {
        table.insert((*name).to_owned(), value);
        return;
    }
    let inner = table.entry(*name).or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(inner) = inner {
        set(inner, rest, value);
    }
}
