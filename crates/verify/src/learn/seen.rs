//! What came of one message on the wire, and what is untrue of it under other facts.

use std::collections::BTreeMap;

use requote::parse::{WireStatus, parse, parse_wire};
use requote::{Diagnostic, Engine, Options, Outcome, TargetId};

use crate::case_result::{CaseResult, Fault, Verdict};
use crate::compare::judge::{Claim, ClaimViolation, judge, outcome_of};
use crate::compare::{Comparison, compare};

/// One message that ran.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The message as it was quoted.
    pub sent: Vec<u8>,
    /// The request that arrived whole; nothing where none did, or where the snippet failed.
    pub captured: Option<Vec<u8>>,
}

/// What an engine says of a message, and what of that the wire contradicts.
#[derive(Debug)]
pub struct Judged {
    /// What is said.
    pub claim: Claim,
    /// How what arrived differs; nothing where nothing arrived.
    pub comparison: Comparison,
    /// What is not true.
    pub violations: Vec<ClaimViolation>,
}

impl Seen {
    /// What a result shows of the client; nothing where it did not run, or not well enough to say.
    pub fn of(result: &CaseResult) -> Option<Self> {
        let sent = result.sent.clone();
        if sent.is_empty() {
            return None;
        }
        let faults = match &result.verdict {
            Verdict::Skipped(_) => return None,
            // A refusal that is true: nothing of the request arrives.
            Verdict::Untried => return Some(Self { sent, captured: None }),
            Verdict::Passed | Verdict::Failed(_) => result.faults(),
        };
        let is_refused = result.outcome() == Some(Outcome::Unsupported);
        if is_refused && faults.is_empty() {
            return Some(Self { sent, captured: None });
        }
        let is_of_the_client = |fault: &Fault| {
            matches!(
                fault,
                Fault::ClaimViolation(_) | Fault::Ended(_) | Fault::Requests(0) | Fault::Odd(_)
            )
        };
        if !faults.iter().all(is_of_the_client) {
            return None;
        }
        let is_done = !faults.iter().any(|fault| matches!(fault, Fault::Ended(_)));
        let captured = match result.arrivals.as_slice() {
            [arrival] if is_done => Some(arrival.bytes.clone()),
            [] => None,
            // The request arrived, and then the program failed: that is no refusal of the client.
            _ => return None,
        };
        Some(Self { sent, captured })
    }

    /// Holds what an engine says against the wire; nothing where it has no snippet.
    pub fn judge(&self, engine: &Engine, target: &TargetId, options: &Options) -> Option<Judged> {
        let message = parse(&self.sent).ok()?;
        let snippet = engine.quote(&message, target, options).ok()?;
        let claim = Claim {
            outcome: snippet.outcome,
            adds: snippet.adds,
            optional_adds: snippet.optional_adds,
            // Only names are learned.
            added_values: BTreeMap::new(),
            diagnostics: snippet.diagnostics,
        };
        let comparison = self.compare(&message.request);
        let said = claim.outcome;
        let violations = match &comparison {
            None if said == Outcome::Unsupported => Vec::new(),
            None => vec![ClaimViolation::Outcome { said, is: Outcome::Unsupported }],
            Some(comparison) if said == Outcome::Unsupported => {
                let is = outcome_of(&comparison.differences);
                let is_false = is != Outcome::Unsupported;
                is_false.then_some(ClaimViolation::FalseRefusal(is)).into_iter().collect()
            }
            Some(comparison) => judge(&claim, comparison),
        };
        Some(Judged { claim, comparison: comparison.unwrap_or_default(), violations })
    }

    fn compare(&self, sent: &requote::request::Request<'_>) -> Option<Comparison> {
        let bytes = self.captured.as_deref()?;
        match parse_wire(bytes) {
            Ok(WireStatus::Complete { message, .. }) => {
                Some(compare(sent, &message.request, bytes))
            }
            _ => None,
        }
    }

    /// The method and the target as they were sent and as they arrived.
    pub fn lines(&self) -> Option<[String; 4]> {
        let [method, target] = first_line(&self.sent)?;
        let [seen_method, seen_target] = first_line(self.captured.as_deref()?)?;
        Some([method, target, seen_method, seen_target])
    }

    /// The method and the target of the message.
    pub fn sent_line(&self) -> Option<[String; 2]> {
        first_line(&self.sent)
    }
}

fn first_line(bytes: &[u8]) -> Option<[String; 2]> {
    let line = bytes.split(|&byte| matches!(byte, b'\r' | b'\n')).next()?;
    let text = String::from_utf8_lossy(line);
    let mut words = text.split(' ');
    Some([words.next()?.to_owned(), words.next()?.to_owned()])
}

/// What arrives of a part, as diagnostics say.
pub fn said_to_arrive(
    diagnostics: &[Diagnostic],
    part: &requote::diagnostic::Affect,
) -> Option<String> {
    let told = diagnostics.iter().find(|told| told.affects.first() == Some(part))?;
    told.arrives.clone()
}

/// The last line of a text that is not empty: what most languages end the report of an error with.
pub fn last_line(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let line = text.lines().rev().find(|line| !line.trim().is_empty())?;
    Some(line.trim().chars().take(200).collect())
}
