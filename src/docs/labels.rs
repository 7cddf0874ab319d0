//! Labels that are unlike each other on a page.

use crate::engine::Snippet;

use super::style::Style;

/// The labels of a page, each with its target.
#[derive(Debug, Default)]
pub(super) struct Labels(Vec<(String, String)>);

impl Labels {
    /// The label of a file, its name; no target's.
    pub(super) fn of_file(&mut self, name: &str, style: &Style) -> String {
        self.add(format!("file:{name}"), &[style.label(name), style.label(&format!("file {name}"))])
    }

    /// The label of a snippet's target: the same in all regions of the page, and no other target's.
    pub(super) fn of(&mut self, snippet: &Snippet, style: &Style) -> String {
        let target = snippet.target.to_string();
        let short = style.label(&snippet.label);
        let long = style.label(&format!("{} {}", snippet.label, snippet.target.client()));
        let candidates = [short, long, style.label(&target)];
        self.add(target, &candidates)
    }

    /// The label that `key` has already, or the first of the candidates that nothing else has.
    fn add(&mut self, key: String, candidates: &[String]) -> String {
        if let Some((_, label)) = self.0.iter().find(|(known, _)| *known == key) {
            return label.clone();
        }
        let is_free = |label: &&String| {
            !label.trim().is_empty() && self.0.iter().all(|(_, taken)| taken != *label)
        };
        let label = candidates.iter().find(is_free).unwrap_or(&key).clone();
        self.0.push((key, label.clone()));
        label
    }
}
