//! What comes of a page.

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::TargetId;
use crate::view::Outcome;

/// A page with its snippets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page<'p> {
    /// The text; borrowed where nothing changed.
    pub text: Cow<'p, str>,
    /// The regions, in order.
    pub regions: Vec<Region>,
    /// What is wrong with the page beside its regions, with places in the page as it was given.
    pub diagnostics: Vec<Diagnostic>,
}

impl Page<'_> {
    /// All that there is to say, in the order of the page, each with the target that it is about.
    pub fn told(&self) -> impl Iterator<Item = (Option<&TargetId>, &Diagnostic)> {
        let of_regions = self.regions.iter().flat_map(|region| {
            let quoted = region.targets.iter().flat_map(|quoted| {
                quoted.diagnostics.iter().map(|diagnostic| (Some(&quoted.target), diagnostic))
            });
            region.diagnostics.iter().map(|diagnostic| (None, diagnostic)).chain(quoted)
        });
        self.diagnostics.iter().map(|diagnostic| (None, diagnostic)).chain(of_regions)
    }

    /// Whether nothing is an error: each region has a snippet of each target.
    pub fn is_done(&self) -> bool {
        self.told().all(|(_, diagnostic)| diagnostic.severity != Severity::Error)
    }

    /// Whether the text is another than before.
    pub const fn is_changed(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }
}

/// A region of a page: what is between two markers, or a fence that becomes snippets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Region {
    /// The line that it begins in, from 1.
    pub line: usize,
    /// The style; none where it is not known.
    pub style: Option<String>,
    /// The file that has the request; none where the page has it.
    pub source: Option<String>,
    /// The targets, in the order of the tabs.
    pub targets: Vec<Quoted>,
    /// Whether its text is another than before.
    pub changed: bool,
    /// What there is to say about the region and its request, with places in the page as it was given.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of a request for one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Quoted {
    /// The target.
    pub target: TargetId,
    /// How much of the request arrives.
    pub outcome: Outcome,
    /// What arrives differently, or why there is no code, with places in the page as it was given.
    pub diagnostics: Vec<Diagnostic>,
}
