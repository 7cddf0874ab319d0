//! The requests of an input, in any format that is read.

use std::sync::Arc;

use super::code;
use super::requested::Requested;
use crate::diagnostic::Diagnostic;
use crate::input::{self, Entry, Format};

/// How inputs are read.
///
/// ```
/// use requote::{Engine, Options, Reading};
///
/// let requests = Reading::default().read(b"curl https://example.org/a".to_vec())?;
/// let message = requests[0].parse(&Options::default())?.message;
/// assert_eq!(message.request.method, "GET");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Reading {
    /// What the input is; without a format, its content decides.
    pub format: Option<Format>,
    /// The only request that is read, by its number from 1, its name, or a part of its URL; all where
    /// nothing is asked for.
    pub request: Option<String>,
    /// What the input may refer to.
    pub options: input::Options,
}

/// Why an input gives no request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The input, as far as it was read; the place of the reason is in it.
    pub source: Vec<u8>,
    /// The reason.
    pub diagnostic: Box<Diagnostic>,
}

impl From<Box<Diagnostic>> for Refused {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self { source: Vec::new(), diagnostic }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Refused {}

impl Reading {
    /// Sets the format.
    #[must_use]
    pub fn with_format(mut self, format: Option<Format>) -> Self {
        self.format = format;
        self
    }

    /// Sets which request is read.
    #[must_use]
    pub fn with_request(mut self, request: Option<String>) -> Self {
        self.request = request;
        self
    }

    /// Sets what the input may refer to.
    #[must_use]
    pub fn with_options(mut self, options: input::Options) -> Self {
        self.options = options;
        self
    }

    /// The requests of an input, all or the one that was asked for; at least one.
    pub fn read(&self, input: Vec<u8>) -> Result<Vec<Requested>, Refused> {
        match self.read_all(&input) {
            Ok((mut requests, format)) => {
                let source = Arc::new(input);
                for request in &mut requests {
                    request.place(&source, format);
                }
                Ok(requests)
            }
            Err(diagnostic) => Err(Refused { source: input, diagnostic }),
        }
    }

    /// The request of an input that has one, or the one that was asked for.
    pub fn read_one(&self, input: Vec<u8>) -> Result<Requested, Refused> {
        only_one(self.read(input)?)
    }

    fn read_all(&self, bytes: &[u8]) -> Result<(Vec<Requested>, Format), Box<Diagnostic>> {
        let read = input::read(bytes, self.format, &self.options);
        let input = read.map_err(|error| Box::new(error.into_diagnostic()))?;
        let (format, count) = (input.format, input.entries.len());
        let titles: Vec<String> = input.entries.iter().map(title_of).collect();
        let mut requests = Vec::new();
        for (index, entry) in input.entries.into_iter().enumerate() {
            let request = Requested::new(entry, index + 1, count);
            if self.request.as_ref().is_none_or(|wanted| request.is_called(wanted, index + 1)) {
                requests.push(request);
            }
        }
        match requests.first_mut() {
            Some(first) => first.add_notes(input.diagnostics),
            None => return Err(Box::new(refuse_request(self.request.as_deref(), &titles))),
        }
        Ok((requests, format))
    }
}

/// The request of a list that has one.
pub fn only_one(mut requests: Vec<Requested>) -> Result<Requested, Refused> {
    match (requests.pop(), requests.len()) {
        (Some(request), 0) => Ok(request),
        (_, others) => {
            let message = format!("there are {} requests, where one is expected", others + 1);
            let diagnostic = Diagnostic::error(code::SEVERAL_REQUESTS, message);
            Err(Box::new(diagnostic.with_help("choose one by `--request N`")).into())
        }
    }
}

/// What a request is called in a list.
fn title_of(entry: &Entry<'_>) -> String {
    match &entry.name {
        Some(name) if *name != entry.title => format!("{name}: {}", entry.title),
        _ => entry.title.clone(),
    }
}

/// How many requests are listed where the one that was asked for is not among them.
const LISTED: usize = 10;

fn refuse_request(wanted: Option<&str>, titles: &[String]) -> Diagnostic {
    let message = format!("there is no request `{}`", wanted.unwrap_or_default());
    let mut lines: Vec<String> = titles
        .iter()
        .take(LISTED)
        .enumerate()
        .map(|(at, title)| format!("{} {title}", at + 1))
        .collect();
    if titles.len() > LISTED {
        lines.push(format!("and {} more", titles.len() - LISTED));
    }
    Diagnostic::error(code::UNKNOWN_REQUEST, message)
        .with_help(format!("there are: {}", lines.join("; ")))
}
