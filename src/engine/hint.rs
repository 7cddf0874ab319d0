//! Where an engine has the language of an id.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The place of a language among those of the engine that gave the id. Another engine may have it
/// elsewhere, so it is looked at first and not believed; and it makes no two ids differ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hint(pub(super) usize);

impl PartialEq for Hint {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Hint {}

impl PartialOrd for Hint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Hint {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Hash for Hint {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
