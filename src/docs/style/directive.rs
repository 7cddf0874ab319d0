//! Code that a documentation tool would act on, made harmless.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::table::{At, Directive, Then, When};
use crate::docs::Mode;

/// How a block of code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::docs) enum Form {
    /// As the format's own block of code, with the name of its language.
    Block,
    /// The same without the name.
    Plain,
    /// As HTML with references.
    Html,
    /// The same, where only its tabs are at stake: builders that leave HTML out may show spaces.
    Tabbed,
    /// As HTML of JSX with a string of JavaScript.
    Jsx,
}

/// A text of the code that cannot be made harmless.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::docs) struct Hazard(pub(in crate::docs) String);

/// The form in which `code` is harmless, and the code as it is written.
pub(super) fn tame(
    directives: &[Directive],
    code: &str,
    highlight: &str,
    mode: Mode,
) -> Result<(Form, String), Hazard> {
    let counts = |it: &&Directive| {
        let is_time = match it.mode {
            None => true,
            Some(When::Build) => mode == Mode::Build,
            Some(When::Page) => mode != Mode::Build,
        };
        is_time && (it.highlight.is_empty() || it.highlight.iter().any(|name| name == highlight))
    };
    let lower = code.to_ascii_lowercase();
    let found: Vec<(&Directive, Vec<Range<usize>>)> = directives
        .iter()
        .filter(counts)
        .map(|directive| (directive, places(directive, code, &lower)))
        .filter(|(_, places)| !places.is_empty())
        .collect();
    let strongest = found.iter().map(|(directive, _)| directive.then).max();
    let form = match strongest {
        None | Some(Then::Escape) => Form::Block,
        Some(Then::Plain) => Form::Plain,
        Some(Then::Html)
            if found.iter().all(|(_, at)| at.iter().all(|it| &code[it.clone()] == "\t")) =>
        {
            Form::Tabbed
        }
        Some(Then::Html) => Form::Html,
        Some(Then::Jsx) => Form::Jsx,
        Some(Then::Refuse) => {
            let text = found
                .iter()
                .filter(|(directive, _)| directive.then == Then::Refuse)
                .map(|(_, places)| code[places[0].clone()].to_owned())
                .next();
            return Err(Hazard(text.unwrap_or_default()));
        }
    };
    let mut code = Cow::Borrowed(code);
    // References have no directive in them.
    if matches!(form, Form::Block | Form::Plain) {
        let mut marks: Vec<(usize, &str)> = found
            .iter()
            .filter(|(directive, _)| directive.then == Then::Escape)
            .flat_map(|(directive, places)| {
                places.iter().map(|place| (place.start, directive.before.as_str()))
            })
            .collect();
        marks.sort_unstable();
        for (at, before) in marks.into_iter().rev() {
            code.to_mut().insert_str(at, before);
        }
    }
    Ok((form, code.into_owned()))
}

/// Whether a tool acts on a code in a kept page. White space, which a tool only writes otherwise, does not count.
pub(super) fn is_any_in(directives: &[Directive], code: &str, highlight: &str) -> bool {
    let lower = code.to_ascii_lowercase();
    let counts = |it: &&Directive| {
        it.mode != Some(When::Build)
            && (it.highlight.is_empty() || it.highlight.iter().any(|name| name == highlight))
            && it.find.iter().any(|text| !text.trim().is_empty())
    };
    directives.iter().filter(counts).any(|directive| !places(directive, code, &lower).is_empty())
}

/// Where a directive is in a code; `lower` is the code in lower case.
fn places(directive: &Directive, code: &str, lower: &str) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for text in directive.find.iter().filter(|text| !text.is_empty()) {
        let text_lower = text.to_ascii_lowercase();
        let found = lower.match_indices(&text_lower).map(|(at, _)| at);
        let counts = |at: &usize| {
            directive.at == At::Anywhere
                || code[..*at].rsplit('\n').next().is_none_or(|head| head.trim().is_empty())
        };
        places.extend(found.filter(counts).map(|at| at..at + text.len()));
    }
    places.sort_unstable_by_key(|place| (place.start, place.end));
    places.dedup_by_key(|place| place.start);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directives(toml: &str) -> Vec<Directive> {
        #[derive(serde::Deserialize)]
        struct Whole {
            directive: Vec<Directive>,
        }
        toml::from_str::<Whole>(toml).unwrap().directive
    }

    #[test]
    fn the_strongest_way_is_taken() {
        let rules = directives(
            "[[directive]]\nfind = ['{{#']\nthen = 'escape'\nbefore = '\\'\nsource = ''\n\
             [[directive]]\nfind = ['8<-']\nat = 'line-start'\nthen = 'html'\nsource = ''\n\
             [[directive]]\nfind = [\"\\t\"]\nthen = 'html'\nsource = ''\n\
             [[directive]]\nfind = ['# ']\nhighlight = ['rust']\nthen = 'plain'\nsource = ''\n\
             [[directive]]\nfind = ['@Include']\nmode = 'page'\nthen = 'refuse'\nsource = ''\n",
        );
        let tame = |code, highlight| tame(&rules, code, highlight, Mode::Update);
        assert_eq!(tame("a", "rust"), Ok((Form::Block, "a".to_owned())));
        assert_eq!(tame("{{#a {{#b", "c"), Ok((Form::Block, "\\{{#a \\{{#b".to_owned())));
        assert_eq!(tame("a\n 8<-{{#", "c"), Ok((Form::Html, "a\n 8<-{{#".to_owned())));
        assert_eq!(tame("a 8<-", "c"), Ok((Form::Block, "a 8<-".to_owned())));
        assert_eq!(tame("# ", "c"), Ok((Form::Block, "# ".to_owned())));
        assert_eq!(tame("a\tb", "c"), Ok((Form::Tabbed, "a\tb".to_owned())));
        assert_eq!(tame("a\t\n8<-", "c"), Ok((Form::Html, "a\t\n8<-".to_owned())));
        assert_eq!(tame("# {{#", "rust"), Ok((Form::Plain, "# \\{{#".to_owned())));
        assert_eq!(tame("<!-- @INCLUDE", "c"), Err(Hazard("@INCLUDE".to_owned())));
        let built = super::tame(&rules, "@include", "c", Mode::Build);
        assert_eq!(built, Ok((Form::Block, "@include".to_owned())));
    }
}
