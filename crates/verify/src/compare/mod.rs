//! (request as in the message, request as captured) → their differences, as data.

mod body;
mod fields;
pub mod judge;

use requote::diagnostic::Affect;
use requote::request::{Framing, Request};

/// A part of the request that did not arrive as it stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which part.
    pub part: Affect,
    /// What became of it.
    pub kind: Kind,
    /// Whether it still says the same.
    pub meaning: Meaning,
    /// What the message has: the values of a field in order, or one value.
    pub sent: Vec<Vec<u8>>,
    /// What was captured.
    pub captured: Vec<Vec<u8>>,
    /// Another part whose diagnostic tells of this difference as well.
    pub told_by: Option<Affect>,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It did not arrive.
    Missing,
    /// It arrived with more values than the message has.
    Extra,
    /// It arrived otherwise.
    Changed,
    /// Its values arrived in another order.
    Reordered,
    /// Its values arrived in fewer lines.
    Joined,
}

impl Kind {
    /// A word for people and for scripts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Changed => "changed",
            Self::Reordered => "reordered",
            Self::Joined => "joined",
        }
    }
}

/// Whether a difference changes what the request says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It says the same in other bytes.
    Same,
    /// It says something else.
    Other,
    /// It belongs to the connection or to the framing, and is no difference of the request.
    Framing,
}

/// All that tells two requests apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The differences, in the order of the request.
    pub differences: Vec<Difference>,
    /// Fields that the message does not have, those of the framing left out: lower-case names,
    /// sorted.
    pub added: Vec<String>,
    /// Those of them that arrived more than once.
    pub added_twice: Vec<String>,
    /// Their names and values, line by line.
    pub added_values: Vec<(String, Vec<u8>)>,
}

/// Holds the captured request, read from `bytes`, against the message.
pub fn compare(sent: &Request<'_>, captured: &Request<'_>, bytes: &[u8]) -> Comparison {
    let mut comparison = Comparison::default();
    let differences = &mut comparison.differences;
    if sent.method != captured.method {
        differences.push(Difference::of_one(Affect::Method, &*sent.method, &*captured.method));
    }
    if sent.target != captured.target {
        // The bytes as they are: a captured target need not be text.
        let target = captured.target_span.and_then(|span| bytes.get(span.start..span.end));
        let difference =
            Difference::of_one(Affect::Target, &*sent.target, target.unwrap_or_default());
        let is_same = is_origin_form_of(&captured.target, sent);
        let meaning = if is_same { Meaning::Same } else { Meaning::Other };
        differences.push(Difference { meaning, ..difference });
    }
    fields::compare(sent, captured, &mut comparison);
    body::compare(sent, captured, &mut comparison.differences);
    fields::compare_trailers(sent, captured, &mut comparison.differences);
    compare_framing(sent, captured, &mut comparison.differences);
    comparison
}

impl Difference {
    fn of_one(part: Affect, sent: impl AsRef<[u8]>, captured: impl AsRef<[u8]>) -> Self {
        Self {
            part,
            kind: Kind::Changed,
            meaning: Meaning::Other,
            sent: vec![sent.as_ref().to_vec()],
            captured: vec![captured.as_ref().to_vec()],
            told_by: None,
        }
    }
}

/// Whether a target is the path and the query of the request's absolute-form target, which mean the
/// same to the HTTP server that it names (RFC 9112 §3.2.2).
fn is_origin_form_of(target: &str, sent: &Request<'_>) -> bool {
    let is_http = |scheme: &str| ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
    sent.url_parts().filter(|url| is_http(url.scheme)).is_some_and(|url| {
        let rest = url.rest.split('#').next().unwrap_or_default();
        target == rest || (!rest.starts_with('/') && target.strip_prefix('/') == Some(rest))
    })
}

fn compare_framing(sent: &Request<'_>, captured: &Request<'_>, out: &mut Vec<Difference>) {
    let name = |request: &Request<'_>| match request.body.framing {
        Framing::Chunked => "chunked",
        _ => "by its length",
    };
    if name(sent) != name(captured) {
        let difference = Difference::of_one(Affect::Framing, name(sent), name(captured));
        out.push(Difference { meaning: Meaning::Framing, ..difference });
    }
}

#[cfg(test)]
mod tests;
