//! The result of one (message, target): what was said, what was seen, what is wrong.

use requote::Outcome;
use requote::diagnostic::Diagnostic;
use requote::parse::ParseError;

use super::capture::{Arrival, Broken};
use super::compare::Difference;
use super::compare::judge::{Claim, ClaimViolation};
use super::process::End;
use super::toolchain::Missing;

/// One message for one target.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// The message's file, as it was named.
    pub message: String,
    /// The target; `None` for a message that does not parse.
    pub target: Option<String>,
    /// What came of it.
    pub verdict: Verdict,
    /// What requote said, if it came to that.
    pub claim: Option<Claim>,
    /// The snippet, if it came to that.
    pub code: Option<String>,
    /// The files that stand next to the snippet.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// The name of the snippet's file.
    pub file_name: String,
    /// The message as it was quoted: re-pointed at the capture server.
    pub sent: Vec<u8>,
    /// What arrived.
    pub arrivals: Vec<Arrival>,
    /// How the one request that arrived differs from the message.
    pub differences: Vec<Difference>,
    /// What the snippet printed.
    pub stdout: Vec<u8>,
    /// What the snippet, or its build, printed as errors.
    pub stderr: Vec<u8>,
    /// Checks of the code that were made: `syntax`, `format`, `lint`.
    pub checked: Vec<&'static str>,
    /// Tools of the format check that are not there: `syntax`, `format` or `lint`, and what is
    /// missing.
    pub unchecked: Vec<(&'static str, String)>,
    /// Wall time of build and run, in seconds.
    pub seconds: f64,
}

/// What came of one message for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All that was said is true.
    Passed,
    /// The request is refused, and there is no code that tries it: nothing shows whether that is true.
    Untried,
    /// Something is not; at least one fault.
    Failed(Vec<Fault>),
    /// It did not run.
    Skipped(Skip),
}

/// Why a snippet did not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// The toolchain is not there.
    Missing(Missing),
    /// The language's data does not say how to run a snippet.
    NotRunnable,
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(missing) => missing.fmt(f),
            Self::NotRunnable => f.write_str(
                "the language does not say how a snippet runs: its `language.toml` has no `[run]`",
            ),
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A required target did not run.
    NotRun(Skip),
    /// The message does not parse.
    Message(Vec<Diagnostic>),
    /// There is no snippet: the target's data or template is at fault.
    Quote(String),
    /// An attachment's name is not one plain file name.
    AttachmentName(String),
    /// The machine failed, not the snippet.
    Machine(String),
    /// The workspace could not be built.
    Workspace(String),
    /// The snippet did not build.
    Build {
        /// The command that failed.
        command: String,
        /// How it ended.
        end: End,
    },
    /// The snippet ended otherwise than with status 0.
    Ended(End),
    /// A batch ended without a word about this snippet.
    NoExit(End),
    /// Not exactly one request arrived.
    Requests(usize),
    /// The snippet is to follow a redirection, and did not.
    NotFollowed,
    /// The request did not arrive whole.
    Broken(Broken),
    /// This many bytes followed the request.
    Surplus(usize),
    /// So many connections were opened on which nothing was sent.
    SilentConnections(usize),
    /// What arrived is a request, but one that a server could read otherwise.
    Odd(String),
    /// What arrived is no valid request.
    Invalid(Vec<Diagnostic>),
    /// Something that requote said is not true.
    ClaimViolation(ClaimViolation),
    /// Files that appeared because request data was run as a command.
    SideEffect(Vec<String>),
    /// The snippet read a file that request data names.
    FileRead,
    /// The layout, the style or the syntax of the code.
    Style {
        /// `syntax`, `format` or `lint`.
        check: &'static str,
        /// What was found, in lines.
        finding: String,
    },
}

impl Fault {
    /// The message does not parse.
    pub fn unreadable(error: ParseError) -> Self {
        Self::Message(vec![error.into_diagnostic()])
    }

    /// A stable kebab-case name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotRun(Skip::Missing(_)) => "missing",
            Self::NotRun(Skip::NotRunnable) => "not-runnable",
            Self::Message(_) => "message",
            Self::Quote(_) => "no-snippet",
            Self::AttachmentName(_) => "attachment-name",
            Self::Machine(_) => "machine",
            Self::Workspace(_) => "workspace",
            Self::Build { .. } => "build",
            Self::Ended(End::TimedOut(_)) => "timeout",
            Self::Ended(_) => "exit-status",
            Self::NoExit(_) => "no-exit",
            Self::Requests(_) => "requests",
            Self::NotFollowed => "not-followed",
            Self::Broken(_) => "broken-request",
            Self::Surplus(_) => "surplus-bytes",
            Self::SilentConnections(_) => "silent-connections",
            Self::Odd(_) => "odd-request",
            Self::Invalid(_) => "invalid-request",
            Self::ClaimViolation(violation) => violation.code(),
            Self::SideEffect(_) => "side-effect",
            Self::FileRead => "file-read",
            Self::Style { check, .. } => check,
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotRun(skip) => skip.fmt(f),
            Self::Message(found) => write!(f, "there is no message: {}", list(found)),
            Self::Quote(reason) => write!(f, "there is no snippet: {reason}"),
            Self::AttachmentName(name) => write!(f, "`{name:?}` is no plain file name"),
            Self::Machine(reason) => f.write_str(reason),
            Self::Workspace(reason) => write!(f, "the workspace could not be built: {reason}"),
            Self::Build { command, end } => write!(f, "`{command}`: {end}"),
            Self::Ended(end) => write!(f, "the snippet failed: {end}"),
            Self::NoExit(end) => write!(f, "the batch left no exit status ({end})"),
            Self::NotFollowed => f.write_str("the redirection was not followed"),
            Self::Requests(0) => f.write_str("no request arrived"),
            Self::Requests(count) => write!(f, "{count} requests arrived instead of one"),
            Self::Broken(broken) => write!(f, "the request did not arrive whole: {broken}"),
            Self::Surplus(1) => f.write_str("1 byte follows the request and its length"),
            Self::Surplus(count) => write!(f, "{count} bytes follow the request and its length"),
            Self::SilentConnections(1) => f.write_str("a connection was opened and nothing sent"),
            Self::SilentConnections(count) => {
                write!(f, "{count} connections were opened and nothing sent")
            }
            Self::Odd(oddity) => write!(f, "what arrived is odd: {oddity}"),
            Self::Invalid(found) => write!(f, "what arrived is no valid request: {}", list(found)),
            Self::ClaimViolation(violation) => violation.fmt(f),
            Self::SideEffect(names) => {
                write!(f, "request data was run as code: {} appeared", names.join(", "))
            }
            Self::FileRead => f.write_str("request data made the snippet read a file"),
            Self::Style { check, finding } => match finding.lines().next() {
                Some(line) => write!(f, "{check}: {line}"),
                None => f.write_str(check),
            },
        }
    }
}

fn list(diagnostics: &[Diagnostic]) -> String {
    let words: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    words.join("; ")
}

impl CaseResult {
    /// A result that did not get beyond its verdict.
    pub fn unrun(message: &str, target: Option<String>, verdict: Verdict) -> Self {
        Self {
            message: message.to_owned(),
            target,
            verdict,
            claim: None,
            code: None,
            attachments: Vec::new(),
            file_name: String::new(),
            sent: Vec::new(),
            arrivals: Vec::new(),
            differences: Vec::new(),
            stdout: Vec::new(),
            stderr: Vec::new(),
            checked: Vec::new(),
            unchecked: Vec::new(),
            seconds: 0.0,
        }
    }

    /// What is wrong; nothing where it passed or did not run.
    pub fn faults(&self) -> &[Fault] {
        match &self.verdict {
            Verdict::Failed(faults) => faults,
            Verdict::Passed | Verdict::Untried | Verdict::Skipped(_) => &[],
        }
    }

    /// What requote said would arrive.
    pub fn outcome(&self) -> Option<Outcome> {
        self.claim.as_ref().map(|claim| claim.outcome)
    }
}
