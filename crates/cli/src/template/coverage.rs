//! Which branches of templates no request takes.
//!
//! A copy of each template has a mark behind every tag that begins a branch; the marks that come out in
//! no code are those of branches that nothing tests.

use std::collections::BTreeSet;

/// Around the number of a branch: characters for private use, which no template prints.
const MARK: (char, char) = ('\u{f8f0}', '\u{f8f1}');

/// The branches of templates, and which of them were taken.
#[derive(Debug, Default)]
pub struct Coverage {
    /// The file, the line and the tag of each.
    branches: Vec<(String, usize, String)>,
    taken: BTreeSet<usize>,
}

impl Coverage {
    /// The template with a mark in each of its branches.
    pub fn mark(&mut self, path: &str, template: &str) -> String {
        let mut marked = String::with_capacity(template.len() * 2);
        let (mut rest, mut is_raw) = (template, false);
        while let Some(start) = rest.find("{#").into_iter().chain(rest.find("{%")).min() {
            let close = if rest[start..].starts_with("{#") { "#}" } else { "%}" };
            let Some(length) = rest[start..].find(close) else { break };
            let end = start + length + 2;
            let tag = &rest[start..end];
            marked.push_str(&rest[..end]);
            let line = template[..template.len() - rest.len() + start].matches('\n').count() + 1;
            rest = &rest[end..];
            let word =
                tag.trim_start_matches(['{', '%', '-', ' ', '\n']).split([' ', '-', '%']).next();
            match word {
                Some("raw") => is_raw = true,
                Some("endraw") => is_raw = false,
                Some("if" | "elif" | "else" | "for") if close == "%}" && !is_raw => {
                    let shown = tag.split_whitespace().collect::<Vec<_>>().join(" ");
                    marked.extend([
                        MARK.0.to_string(),
                        self.branches.len().to_string(),
                        MARK.1.to_string(),
                    ]);
                    self.branches.push((path.to_owned(), line, shown));
                }
                _ => {}
            }
        }
        marked.push_str(rest);
        marked
    }

    /// Notes the branches that this code came through.
    pub fn note(&mut self, code: &str) {
        let numbers =
            code.split(MARK.0).skip(1).filter_map(|part| part.split(MARK.1).next()?.parse().ok());
        self.taken.extend(numbers.collect::<Vec<usize>>());
    }

    /// The branches of a template that were not taken, as `path:line: tag`.
    pub fn untaken(&self) -> Vec<String> {
        let missed = self.branches.iter().enumerate().filter(|(at, _)| !self.taken.contains(at));
        missed.map(|(_, (path, line, tag))| format!("{path}:{line}: {tag}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;

    #[test]
    fn a_branch_that_is_not_taken_is_told() {
        let mut coverage = Coverage::default();
        let template = "{# {% if x %} #}{% if a %}A{% else %}\nB{% endif %}{% raw %}{% if b %}{% endraw %}\n{%- for h in headers %}{% endfor %}";
        let marked = coverage.mark("t/x.tera", template);
        assert_eq!(marked.matches('\u{f8f0}').count(), 3);
        coverage.note("A\u{f8f0}0\u{f8f1} \u{f8f0}2\u{f8f1}");
        assert_eq!(coverage.untaken(), ["t/x.tera:1: {% else %}"]);
    }
}
