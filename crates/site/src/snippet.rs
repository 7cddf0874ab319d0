//! A snippet as its pages show it.

use requote::diagnostic::Severity;
use requote::parse::code;
use requote::{Diagnostic, Outcome, Snippet, Target};
use serde::Serialize;

use crate::page::Writer;

/// A snippet.
#[derive(Debug, Serialize)]
pub struct SnippetView {
    /// `<language>/<client>`.
    id: String,
    /// The name of its page and of the folder with its files.
    pub slug: String,
    label: String,
    /// Language and client.
    client: String,
    /// How a title goes on: `in Python with HTTPX`.
    phrase: String,
    /// Other names, for the search.
    names: String,
    /// The code as a block; `None` where there is none.
    block: Option<String>,
    /// Whether the code is there.
    has_code: bool,
    /// Whether it is shown first where the reader has chosen none.
    is_first: bool,
    highlight: String,
    outcome: Outcome,
    install: Option<String>,
    version: Option<String>,
    docs: String,
    proven: bool,
    adds: Vec<String>,
    environment: Vec<String>,
    differences: Vec<Note>,
    notes: Vec<Note>,
    attachments: Vec<AttachmentView>,
}

/// What a snippet's view needs beside the snippet.
#[derive(Debug, Clone, Copy)]
pub struct About<'p> {
    /// Writes its code.
    pub writer: Writer<'p>,
    /// The target that is shown first.
    pub first: &'p str,
}

/// A diagnostic in words.
#[derive(Debug, Serialize)]
pub struct Note {
    severity: Severity,
    code: String,
    /// A sentence; text between backticks is code.
    message: String,
    help: Option<String>,
}

/// A file that the code reads.
#[derive(Debug, Serialize)]
struct AttachmentView {
    name: String,
    length: usize,
}

impl Note {
    /// What a diagnostic says to the reader of a page. Its help is for whoever writes the pages.
    fn of_snippet(diagnostic: &Diagnostic) -> Self {
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code.to_string(),
            message: sentence(&diagnostic.message),
            help: None,
        }
    }

    /// What was noticed in the message that a page shows. What reading it
    /// took, such as its line ends, is no matter of a page.
    pub fn of_message(diagnostic: &Diagnostic) -> Option<Self> {
        let is_note = diagnostic.severity == Severity::Note;
        let is_of_reading = is_note && code::ALL.contains(&&*diagnostic.code);
        (!is_of_reading).then(|| Self {
            help: diagnostic.help.as_deref().map(sentence),
            ..Self::of_snippet(diagnostic)
        })
    }
}

/// A diagnostic's words as a sentence: it begins with a capital, and ends with a full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

impl SnippetView {
    /// What becomes of a snippet for `target`, whose page is `slug`.
    pub fn new(snippet: &Snippet, target: &Target, slug: &str, page: &About<'_>) -> Self {
        // What says that something differs comes apart from what is only good to know.
        let (differences, notes): (Vec<&Diagnostic>, Vec<&Diagnostic>) = snippet
            .diagnostics
            .iter()
            .partition(|it| !it.affects.is_empty() || it.severity == Severity::Error);
        Self {
            id: target.id.clone(),
            slug: slug.to_owned(),
            label: snippet.label.clone(),
            client: target.title.clone(),
            phrase: phrase_of(target),
            names: format!("{} {} {}", target.title, target.id, target.aliases.join(" ")),
            block: snippet.code.as_ref().map(|code| page.writer.block(code, &snippet.highlight)),
            has_code: snippet.code.is_some(),
            is_first: target.id == page.first,
            highlight: snippet.highlight.clone(),
            outcome: snippet.outcome,
            install: snippet.install.clone(),
            version: target.version.clone(),
            docs: target.docs.clone(),
            proven: target.proven,
            adds: snippet.adds.clone(),
            environment: snippet.environment.iter().map(|it| it.name.clone()).collect(),
            differences: differences.into_iter().map(Note::of_snippet).collect(),
            notes: notes.into_iter().map(Note::of_snippet).collect(),
            attachments: snippet
                .attachments
                .iter()
                .map(|it| AttachmentView { name: it.name.clone(), length: it.bytes.len() })
                .collect(),
        }
    }
}

impl SnippetView {
    /// How a title goes on.
    pub fn phrase(&self) -> &str {
        &self.phrase
    }

    /// The target's short name.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// How a title goes on: the label of a language is `in` it, that of a tool is `with` it.
fn phrase_of(target: &Target) -> String {
    match target.label.split_once(" · ") {
        Some((language, client)) => format!("in {language} with {client}"),
        None if target.title.starts_with(&target.label) => format!("in {}", target.label),
        None => format!("with {}", target.label),
    }
}
