//! Labels that are unlike each other on a page.

use crate::engine::Snippet;

use super::style::Style;

/// The labels of a page, each with its target.
#[derive(Debug, Default)]
pub(super) struct Labels(Vec<(String, String)>);

impl Labels {
    /// The label of a snippet's target: the same in all regions of the page, and no other target's.
    pub(super) fn of(&mut self, snippet: &Snippet, style: &Style) -> String {
        let target = snippet.target.to_string();
        if let Some((_, label)) = self.0.iter().find(|(known, _)| *known == target) {
            return label.clone();
        }
        let short = style.label(&snippet.label);
        let long = style.label(&format!("{} {}", snippet.label, snippet.target.client()));
        let candidates = [short, long, style.label(&target)];
        let is_free = |label: &&String| {
            !label.trim().is_empty() && self.0.iter().all(|(_, taken)| taken != *label)
        };
        let label = candidates.iter().find(is_free).unwrap_or(&target).clone();
        self.0.push((target, label.clone()));
        label
    }
}
