//! The folded texts of a template, each compiled when a request first needs it.

use std::sync::OnceLock;

use super::Way;

/// A list that only grows, so that it is read without a lock. Requests of one kind share an entry,
/// and there are few kinds: a search comes to an end soon.
#[derive(Debug, Default)]
pub(super) struct Folded(OnceLock<Box<Entry>>);

#[derive(Debug)]
struct Entry {
    facts: u64,
    /// Nothing where the text does not compile.
    way: Option<Way>,
    next: Folded,
}

/// Further kinds of requests take the whole template: each entry holds memory for good.
const MAX_ENTRIES: u32 = 32;

impl Folded {
    /// What `compile` has made for these facts; nothing where it could not, or where there are too
    /// many others.
    pub(super) fn find(&self, facts: u64, compile: impl Fn(u64) -> Option<Way>) -> Option<&Way> {
        let mut list = self;
        for _ in 0..MAX_ENTRIES {
            let entry = list.0.get_or_init(|| {
                Box::new(Entry { facts, way: compile(facts), next: Self::default() })
            });
            if entry.facts == facts {
                return entry.way.as_ref();
            }
            list = &entry.next;
        }
        None
    }

    /// What `compile` has made so far.
    #[cfg(test)]
    pub(super) fn ways(&self) -> Vec<&Way> {
        let mut ways = Vec::new();
        let mut list = self;
        while let Some(entry) = list.0.get() {
            ways.extend(&entry.way);
            list = &entry.next;
        }
        ways
    }
}
