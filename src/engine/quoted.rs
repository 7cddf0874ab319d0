//! The whole walk: an input and a target in, what `requote to --json` prints of them out.

use super::{Engine, Origin, Reading, Record, Refused, Snippet, TargetId};
use crate::diagnostic::Diagnostic;
use crate::view::Options;

/// What became of the request of an input for one target.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Quoted {
    /// Where the request was read; of no file.
    pub origin: Origin,
    /// What was noticed before there was a target.
    pub found: Vec<Diagnostic>,
    /// The snippet, or why there is none.
    pub result: Result<Snippet, Failed>,
    /// The input, into which all places point; where the code reads secrets from its environment,
    /// without their values.
    pub source: Vec<u8>,
}

/// Why there is no snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// The input holds no request that can be told apart.
    Message(Box<Diagnostic>),
    /// The templates of this target fail.
    Target(TargetId, Box<Diagnostic>),
}

impl Quoted {
    /// The line of `requote to --json`, whose `file` is null.
    pub fn record(&self) -> Record<'_> {
        match &self.result {
            Ok(snippet) => Record::of_snippet(&self.origin, &self.found, snippet),
            Err(Failed::Message(error)) => Record::of_failure(&self.origin, None, [&**error]),
            Err(Failed::Target(target, error)) => {
                let diagnostics = self.found.iter().chain([&**error]);
                Record::of_failure(&self.origin, Some(target), diagnostics)
            }
        }
    }
}

impl Engine {
    /// Reads the request of an input, in any format, and quotes it for a target.
    ///
    /// ```
    /// use requote::{Engine, Options, Reading};
    ///
    /// let engine = Engine::new();
    /// let (input, target) = (b"curl https://example.org/a".to_vec(), engine.find("python")?);
    /// let quoted = engine.quote_input(input, &Reading::default(), &target, &Options::default());
    /// let json = serde_json::to_string(&quoted.record())?;
    /// assert!(json.starts_with(r#"{"schema":1,"file":null,"request":null,"from":"curl","#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quote_input(
        &self,
        input: Vec<u8>,
        reading: &Reading,
        target: &TargetId,
        options: &Options,
    ) -> Quoted {
        let request = match reading.read_one(input) {
            Ok(request) => request,
            Err(Refused { source, diagnostic }) => {
                let result = Err(Failed::Message(diagnostic));
                return Quoted { origin: Origin::default(), found: Vec::new(), result, source };
            }
        };
        let origin = request.origin(None);
        let parsed = match request.parse(options) {
            Ok(parsed) => parsed,
            Err(error) => {
                let result = Err(Failed::Message(Box::new(error.into_diagnostic())));
                let source = request.source().to_vec();
                return Quoted { origin, found: Vec::new(), result, source };
            }
        };
        let result = request
            .quote(self, &parsed.message, target, options)
            .map_err(|error| Failed::Target(target.clone(), Box::new(Diagnostic::from(&error))));
        let (found, source) = (parsed.message.diagnostics, parsed.shown.into_owned());
        Quoted { origin, found, result, source }
    }
}
