//! (comparison, what requote said of the snippet) → what is not true.

use std::collections::BTreeMap;

use requote::Outcome;
use requote::diagnostic::{Affect, Diagnostic, Severity};

use super::{Comparison, Difference, Meaning};

/// What requote said of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// How much of the request arrives.
    pub outcome: Outcome,
    /// Fields that the client sends by itself.
    pub adds: Vec<String>,
    /// Those of them that need not be seen.
    pub optional_adds: Vec<String>,
    /// The values that they may have, by name; `…` stands for any text.
    pub added_values: BTreeMap<String, Vec<String>>,
    /// What arrives differently, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// A promise that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimViolation {
    /// The outcome is another one.
    Outcome {
        /// What requote said.
        said: Outcome,
        /// What the wire says.
        is: Outcome,
    },
    /// A difference of which no diagnostic tells.
    Untold(Affect),
    /// A diagnostic that tells of a difference that is not there.
    Untrue {
        /// The part that arrived as it was.
        part: Affect,
        /// The diagnostic's code.
        code: String,
    },
    /// The client adds a field that does not stand in `adds`.
    UndeclaredField(String),
    /// The client adds a field more than once.
    RepeatedField(String),
    /// The client adds a field with a value that it is not known to have.
    AddedValue {
        /// The field.
        name: String,
        /// Its value.
        is: String,
    },
    /// A diagnostic says what arrives, and something else does.
    OtherValue {
        /// The part.
        part: Affect,
        /// The diagnostic's code.
        code: String,
        /// What it says.
        said: String,
        /// What arrived.
        is: String,
    },
    /// A field of `adds` that the client did not add.
    AbsentField(String),
    /// An `unsupported` request that the client sends: it arrives, with this outcome.
    FalseRefusal(Outcome),
    /// An `unsupported` snippet without a reason.
    NoReason,
    /// An `unsupported` snippet with code, or another without.
    Code(Outcome),
}

impl ClaimViolation {
    /// A stable kebab-case name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Outcome { .. } => "outcome",
            Self::Untold(_) => "untold-difference",
            Self::Untrue { .. } => "untrue-diagnostic",
            Self::UndeclaredField(_) => "undeclared-field",
            Self::RepeatedField(_) => "repeated-field",
            Self::AddedValue { .. } => "added-value",
            Self::OtherValue { .. } => "other-value",
            Self::AbsentField(_) => "absent-field",
            Self::FalseRefusal(_) => "false-refusal",
            Self::NoReason => "no-reason",
            Self::Code(_) => "code",
        }
    }
}

impl std::fmt::Display for ClaimViolation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Outcome { said, is: Outcome::Unsupported } => {
                write!(f, "said {said}, but another method or body was sent")
            }
            Self::Outcome { said, is } => write!(f, "said {said}, but it is {is}"),
            Self::Untold(part) => write!(f, "{part} differs, and no diagnostic says so"),
            Self::Untrue { part, code } => {
                write!(f, "the diagnostic `{code}` says that {part} differs, but it does not")
            }
            Self::UndeclaredField(name) => {
                write!(f, "the client adds `{name}`, which is not in `adds`")
            }
            Self::RepeatedField(name) => write!(f, "the client adds `{name}` more than once"),
            Self::AddedValue { name, is } => {
                write!(
                    f,
                    "the client adds `{name}` with {is:?}, a value that is not in `adds-values`"
                )
            }
            Self::OtherValue { part, code, said, is } => {
                write!(f, "the diagnostic `{code}` says that {part} arrives as {said:?}, ")?;
                write!(f, "but it is {is:?}")
            }
            Self::AbsentField(name) => {
                write!(f, "`{name}` is in `adds`, but the client did not add it")
            }
            Self::FalseRefusal(is) => write!(f, "said unsupported, but code sends it: it is {is}"),
            Self::NoReason => f.write_str("unsupported, and no warning or error says why"),
            Self::Code(Outcome::Unsupported) => f.write_str("unsupported, and yet there is code"),
            Self::Code(said) => write!(f, "said {said}, but there is no code"),
        }
    }
}

/// The outcome that the differences make.
pub fn outcome_of(differences: &[Difference]) -> Outcome {
    let mut outcome = Outcome::Exact;
    for difference in differences {
        outcome = outcome.max(match (difference.meaning, &difference.part) {
            (Meaning::Framing, _) => Outcome::Exact,
            (Meaning::Same, _) => Outcome::Semantic,
            (Meaning::Other, Affect::Method | Affect::Body) => Outcome::Unsupported,
            (Meaning::Other, _) => Outcome::Lossy,
        });
    }
    outcome
}

/// What is wrong with a snippet before it runs.
pub fn judge_unrun(claim: &Claim, code: Option<&str>) -> Vec<ClaimViolation> {
    let is_reason = |diagnostic: &Diagnostic| diagnostic.severity >= Severity::Warning;
    let is_unsupported = claim.outcome == Outcome::Unsupported;
    let mut violations = Vec::new();
    if is_unsupported == code.is_some() {
        violations.push(ClaimViolation::Code(claim.outcome));
    }
    if is_unsupported && !claim.diagnostics.iter().any(is_reason) {
        violations.push(ClaimViolation::NoReason);
    }
    violations
}

/// What the wire contradicts.
pub fn judge(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    let mut violations = Vec::new();
    let is = outcome_of(&comparison.differences);
    if claim.outcome != is {
        violations.push(ClaimViolation::Outcome { said: claim.outcome, is });
    }
    violations.extend(find_untold(claim, comparison));
    violations.extend(find_untrue(claim, comparison));
    violations.extend(find_other_values(claim, comparison));
    violations.extend(find_undeclared(claim, comparison));
    violations.extend(comparison.added_twice.iter().cloned().map(ClaimViolation::RepeatedField));
    violations.extend(find_absent(claim, comparison));
    violations.extend(find_added_values(claim, comparison));
    violations
}

fn find_added_values(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    let is_known = |name: &String, value: &str| {
        let known = claim.added_values.get(name);
        known.is_none_or(|patterns| patterns.iter().any(|pattern| is_like(value, pattern)))
    };
    let found = comparison.added_values.iter().filter_map(|(name, value)| {
        let is = String::from_utf8_lossy(value).into_owned();
        let name = name.clone();
        (!is_known(&name, &is)).then_some(ClaimViolation::AddedValue { name, is })
    });
    found.collect()
}

/// Whether a value is what a pattern says; its first `…` stands for any text.
fn is_like(value: &str, pattern: &str) -> bool {
    match pattern.split_once('…') {
        None => value == pattern,
        Some((start, end)) => value.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
    }
}

fn find_untold(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    let tells = |part: &Affect| claim.diagnostics.iter().any(|told| told.affects.contains(part));
    let is_told = |difference: &Difference| {
        tells(&difference.part) || difference.told_by.as_ref().is_some_and(tells)
    };
    let counted = comparison.differences.iter().filter(|found| found.meaning != Meaning::Framing);
    counted
        .filter(|found| !is_told(found))
        .map(|found| ClaimViolation::Untold(found.part.clone()))
        .collect()
}

fn find_untrue(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    let is_true = |part: &Affect| match part {
        Affect::Framing => {
            comparison.differences.iter().any(|found| found.meaning == Meaning::Framing)
        }
        part => comparison.differences.iter().any(|found| found.part == *part),
    };
    let told = claim
        .diagnostics
        .iter()
        .flat_map(|diagnostic| diagnostic.affects.iter().map(move |part| (part, &diagnostic.code)));
    told.filter(|(part, _)| !is_true(part))
        .map(|(part, code)| ClaimViolation::Untrue { part: part.clone(), code: code.to_string() })
        .collect()
}

/// What diagnostics say of the part that they affect first, against what arrived of it.
fn find_other_values(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    let found = claim.diagnostics.iter().filter_map(|told| {
        let (part, said) = (told.affects.first()?, told.arrives.as_ref()?);
        let difference = comparison.differences.iter().find(|found| found.part == *part)?;
        let is = String::from_utf8_lossy(&difference.captured.join(&b'\n')).into_owned();
        let (part, code, said) = (part.clone(), told.code.to_string(), said.clone());
        (said != is).then_some(ClaimViolation::OtherValue { part, code, said, is })
    });
    found.collect()
}

fn find_undeclared(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    comparison
        .added
        .iter()
        .filter(|name| !claim.adds.contains(name))
        .map(|name| ClaimViolation::UndeclaredField(name.clone()))
        .collect()
}

fn find_absent(claim: &Claim, comparison: &Comparison) -> Vec<ClaimViolation> {
    let is_seen = |name: &String| comparison.added.contains(name);
    let required = claim.adds.iter().filter(|name| !claim.optional_adds.contains(name));
    required
        .filter(|name| !is_seen(name))
        .map(|name| ClaimViolation::AbsentField(name.clone()))
        .collect()
}
