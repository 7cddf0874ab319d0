//! What a template does is held against what it was given.
//!
//! Probe requests have a word of its own in each datum: `zqPath` in the target, `zqValue` in a field,
//! and so on. The template writes them with filters that leave a value as it is, so that a word that
//! it wrote is found again. A word that is neither in the code nor in a file that the code names must
//! be excused by a warning about the part of the request that it is in.

use std::mem::{Discriminant, discriminant};

use super::probe::{Probe, Word};
use crate::diagnostic::{Affect, Severity};
use crate::language::Client;
use crate::literal::environment::mark;
use crate::parse::parse;
use crate::render::{RenderError, Template};
use crate::view::{BodyMode, Bound, Outcome, View, count_words};

/// What a target begins with that a client takes as it is: the URL does not have it.
const RAW: &str = "zqraw";

/// A request of which a template wrote only a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dropped {
    /// The kind of request.
    pub(super) request: String,
    /// The kind of part that it is of; nothing where that is the credentials.
    part: Option<Discriminant<Affect>>,
    /// What is not written.
    pub(super) what: String,
}

/// Holds what a template writes against what the probes give it: the first that it does not write. The
/// template's filters leave the values as they are.
pub(super) fn account(plain: &Template, client: &Client) -> Result<Option<Dropped>, RenderError> {
    for probe in Probe::all() {
        let dropped = probe.account(plain, client)?;
        if let Some(first) = dropped.into_iter().next() {
            return Ok(Some(first));
        }
    }
    Ok(None)
}

/// As [`account`]: the first of each kind of part that the template does not write.
pub(super) fn account_all(plain: &Template, client: &Client) -> Result<Vec<Dropped>, RenderError> {
    let mut found: Vec<Dropped> = Vec::new();
    for probe in Probe::all() {
        for dropped in probe.account(plain, client)? {
            if found.iter().all(|known| known.part != dropped.part) {
                found.push(dropped);
            }
        }
    }
    Ok(found)
}

impl Probe {
    /// The first option of the client that the code does not have: the value of a timeout, and the name
    /// of a variable where it is set and where it is read.
    fn lost_option(&self, written: &str, view: &View<'_, '_>) -> Option<&'static str> {
        let is_set =
            |name: &str| view.options.iter().any(|it| it.name == name && it.value.is_some());
        let is_lost = |(name, value): &&(&str, &str)| match *name {
            "timeout" => {
                is_set(name)
                    && !written.contains(value)
                    && !written.contains(&value.replace('.', ""))
            }
            "var" => view
                .variables
                .iter()
                .any(|variable| written.matches(&variable.name.to_ascii_lowercase()).count() < 2),
            _ => false,
        };
        self.options.iter().find(is_lost).map(|(name, _)| *name)
    }

    /// Whether its credentials, if it has any, are written in their form or in clear.
    fn has_credentials(&self, written: &str) -> bool {
        self.credentials.as_ref().is_none_or(|credentials| {
            written.contains(credentials)
                || written.contains("zquser") && written.contains("zqpassword")
        })
    }

    /// What the template does not write of this request, in the first mode in which there is something:
    /// one of each kind of part.
    fn account(&self, plain: &Template, client: &Client) -> Result<Vec<Dropped>, RenderError> {
        let Ok(message) = parse(&self.message) else { return Ok(Vec::new()) };
        let mut words = None;
        let mut kinds = Vec::new();
        for body in [BodyMode::Auto, BodyMode::Native, BodyMode::Exact] {
            let mut view = View::new(&message, client, &self.options(body));
            let reads_target = plain.reads("target");
            let is_raw = (reads_target || plain.reads("path_and_query"))
                && view.needs.contains(&"raw_target")
                && view.target.starts_with('/');
            if is_raw {
                let marked = format!("/{RAW}{}", &view.target[1..]).into();
                *(if reads_target { &mut view.target } else { &mut view.path_and_query }) = marked;
            }
            if view.outcome == Outcome::Unsupported || kinds.contains(&view.content.kind) {
                continue;
            }
            kinds.push(view.content.kind);
            let code = plain.render(&view)?;
            let unset = find_unset(&code, &view);
            let written = Written::new(with_values(code, &view), &view, client);
            let words = words.get_or_insert_with(|| self.words());
            // A note tells of what is equal in meaning: every word is there.
            let differences =
                || view.diagnostics.iter().filter(|told| told.severity > Severity::Note);
            let is_lost = |word: &&Word| {
                !written.has(word, &view)
                    && !differences().any(|told| told.affects.contains(&word.part))
            };
            let mut dropped: Vec<Dropped> = Vec::new();
            for Word { part, text, .. } in words.iter().filter(is_lost) {
                let kind = Some(discriminant(part));
                if dropped.iter().all(|known| known.part != kind) {
                    let what = match part {
                        Affect::Header(name) => format!("`{text}` of the field `{name}`"),
                        part => format!("`{text}` of the {part}"),
                    };
                    dropped.push(Dropped { request: self.kind.clone(), part: kind, what });
                }
            }
            if is_raw && !written.text.contains(RAW) {
                let part = Some(discriminant(&Affect::Target));
                let what = "the target as it is".to_owned();
                dropped.push(Dropped { request: self.kind.clone(), part, what });
            }
            if dropped.is_empty()
                && let Some(option) = self.lost_option(&written.in_lower_case, &view)
            {
                let what = format!("what the option `{option}` is given");
                dropped.push(Dropped { request: self.kind.clone(), part: None, what });
            }
            if dropped.is_empty()
                && let Some(name) = unset
            {
                let what = format!("where the variable `{name}` comes from");
                dropped.push(Dropped { request: self.kind.clone(), part: None, what });
            }
            if dropped.is_empty() && !self.has_credentials(&written.in_lower_case) {
                let what = "the credentials".to_owned();
                dropped.push(Dropped { request: self.kind.clone(), part: None, what });
            }
            if !dropped.is_empty() {
                return Ok(dropped);
            }
        }
        Ok(Vec::new())
    }
}

/// The first variable of the code that is read, and not set to that of the environment, where the language
/// reads its environment by a statement.
fn find_unset<'v>(code: &str, view: &'v View<'_, '_>) -> Option<&'v str> {
    let is_unset = |bound: &&Bound| {
        let rest = code.replace(&mark(&bound.variable), "");
        let name = count_words(&rest, &bound.name);
        let variable = count_words(&rest, &bound.variable);
        let is_set = if bound.name == bound.variable { name > 1 } else { name > 0 && variable > 0 };
        rest.len() < code.len() && !is_set
    };
    view.bound.iter().find(is_unset).map(|bound| &*bound.variable)
}

/// The code with the values of the variables of the environment that it reads.
fn with_values(code: String, view: &View<'_, '_>) -> String {
    view.environment.iter().fold(code, |code, it| code.replace(&mark(&it.name), &it.value))
}

/// The code, and the files that it names.
struct Written {
    text: String,
    in_lower_case: String,
}

impl Written {
    fn new(code: String, view: &View<'_, '_>, client: &Client) -> Self {
        let mut text = code;
        for file in &view.attachments {
            if text.contains(&*file.name) || client.body_follows {
                text.push_str(&String::from_utf8_lossy(&file.bytes));
            }
        }
        let in_lower_case = text.to_ascii_lowercase();
        Self { text, in_lower_case }
    }

    /// Whether a word is written. The name of a part's file is often that of the attachment, which the
    /// code names in any case: then it is there once more.
    fn has(&self, word: &Word, view: &View<'_, '_>) -> bool {
        let names = view.attachments.iter().filter(|file| file.name.contains(&word.text)).count();
        let times = if word.any_case {
            self.in_lower_case.matches(&word.text.to_ascii_lowercase()).count()
        } else {
            self.text.matches(&word.text).count()
        };
        times > names
    }
}
