//! What became of one request for one target, as data.

use std::borrow::Cow;

use serde::Serialize;

use super::{Attachment, Snippet, TargetId};
use crate::diagnostic::Diagnostic;
use crate::view::{Outcome, Variable};

/// The version of the keys of a [`Record`] and their meaning.
const SCHEMA: u32 = 1;

/// Where a request was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's name; `-` is standard input. `None` where the request is from no file.
    pub file: Option<String>,
    /// The request's name or number, where the file holds several.
    pub request: Option<String>,
    /// The format that it was read from, as `requote to --from` names it.
    pub from: Cow<'static, str>,
}

/// A message of no named file.
impl Default for Origin {
    fn default() -> Self {
        Self { file: None, request: None, from: Cow::Borrowed("message") }
    }
}

/// What became of one request for one target: one line of `requote to --json`.
///
/// Its keys are `schema`, `file`, `request`, `from`, `target`, `label`, `highlight`, `outcome`, `extension`,
/// `code`, `install`, `attachments`, `environment`, `adds` and `diagnostics`. All of them are always there: what is not known is
/// `null` or empty. No key is ever removed; later versions may add some.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use requote::{Engine, Options, Origin, Record};
///
/// let message = requote::parse(b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")?;
/// let engine = Engine::new();
/// let snippet = engine.quote(&message, &engine.find("curl")?, &Options::default())?;
/// let origin = Origin { file: Some("get.http".to_owned()), ..Origin::default() };
/// let json = serde_json::to_string(&Record::of_snippet(&origin, &message.diagnostics, &snippet))?;
/// assert!(json.starts_with(r#"{"schema":1,"file":"get.http","request":null,"from":"message","#));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct Record<'a> {
    schema: u32,
    file: Option<&'a str>,
    request: Option<&'a str>,
    from: &'a str,
    target: Option<&'a TargetId>,
    label: Option<&'a str>,
    highlight: Option<&'a str>,
    outcome: Option<Outcome>,
    extension: Option<&'a str>,
    code: Option<&'a str>,
    install: Option<&'a str>,
    attachments: &'a [Attachment],
    environment: &'a [Variable],
    adds: &'a [String],
    diagnostics: Vec<&'a Diagnostic>,
}

impl<'a> Record<'a> {
    /// The record of a snippet. `found` is what was noticed before there was a target, which comes
    /// first among the diagnostics.
    pub fn of_snippet(origin: &'a Origin, found: &'a [Diagnostic], snippet: &'a Snippet) -> Self {
        Self {
            target: Some(&snippet.target),
            label: Some(&snippet.label),
            highlight: Some(&snippet.highlight),
            outcome: Some(snippet.outcome),
            extension: Some(&snippet.extension),
            code: snippet.code.as_deref(),
            install: snippet.install.as_deref(),
            attachments: &snippet.attachments,
            environment: &snippet.environment,
            adds: &snippet.adds,
            ..Self::of_failure(origin, None, found.iter().chain(&snippet.diagnostics))
        }
    }

    /// The record of a request that does not parse, where `target` is `None`, or of a target whose
    /// templates fail.
    pub fn of_failure(
        origin: &'a Origin,
        target: Option<&'a TargetId>,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    ) -> Self {
        Self {
            schema: SCHEMA,
            file: origin.file.as_deref(),
            request: origin.request.as_deref(),
            from: &origin.from,
            target,
            label: None,
            highlight: None,
            outcome: None,
            extension: None,
            code: None,
            install: None,
            attachments: &[],
            environment: &[],
            adds: &[],
            diagnostics: diagnostics.into_iter().collect(),
        }
    }
}
