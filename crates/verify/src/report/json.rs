//! The report as data: one object per result, and one with the totals.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::Totals;
use crate::case_result::{CaseResult, Fault, Skip, Verdict};
use crate::compare::{Difference, Meaning};
use crate::verdict::true_outcome;

/// Writes one object on one line.
pub fn write_trial(out: &mut impl Write, result: &CaseResult) -> io::Result<()> {
    writeln!(out, "{}", describe(result))
}

/// Writes the totals.
pub fn write_totals(out: &mut impl Write, totals: Totals) -> io::Result<()> {
    writeln!(out, "{}", json!({ "summary": totals }))
}

/// The result as an object. Bytes are base64.
pub fn describe(result: &CaseResult) -> Value {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("file", json!(result.message));
    put("target", json!(result.target));
    put("verdict", json!(verdict_of(result)));
    put("outcome", json!(result.outcome()));
    put("found", json!(true_outcome(result)));
    put("faults", result.faults().iter().map(describe_fault).collect());
    put("differences", result.differences.iter().map(describe_difference).collect());
    if let Some(claim) = &result.claim {
        put("adds", json!(claim.adds));
        put("diagnostics", json!(claim.diagnostics));
    }
    if let Verdict::Skipped(skip) = &result.verdict {
        put("skipped", describe_skip(skip));
    }
    if !result.checked.is_empty() {
        put("checked", json!(result.checked));
    }
    if !result.unchecked.is_empty() {
        put(
            "unchecked",
            json!(result.unchecked.iter().map(|(check, _)| check).collect::<Vec<_>>()),
        );
    }
    put("requests", json!(result.arrivals.len()));
    put("seconds", json!(result.seconds));
    if matches!(result.verdict, Verdict::Failed(_)) {
        put("code", json!(result.code));
        put("sent", encode(&result.sent));
        let whole =
            result.arrivals.iter().map(|arrival| [&*arrival.bytes, &arrival.surplus].concat());
        put("captured", whole.map(|bytes| encode(&bytes)).collect());
        put("stdout", json!(String::from_utf8_lossy(&result.stdout)));
        put("stderr", json!(String::from_utf8_lossy(&result.stderr)));
    }
    Value::Object(object)
}

fn verdict_of(result: &CaseResult) -> &'static str {
    match result.verdict {
        Verdict::Passed => "passed",
        Verdict::Untried => "untried",
        Verdict::Failed(_) => "failed",
        Verdict::Skipped(_) => "skipped",
    }
}

fn describe_fault(fault: &Fault) -> Value {
    let mut object = json!({ "code": fault.code(), "message": fault.to_string() });
    match fault {
        Fault::Message(found) | Fault::Invalid(found) => object["diagnostics"] = json!(found),
        Fault::NotRun(Skip::Missing(missing)) => object["install"] = json!(missing.install),
        Fault::Style { finding, .. } => object["finding"] = json!(finding),
        _ => {}
    }
    object
}

fn describe_difference(difference: &Difference) -> Value {
    let encode_all =
        |values: &[Vec<u8>]| values.iter().map(|value| encode(value)).collect::<Value>();
    json!({
        "affects": difference.part,
        "kind": difference.kind.as_str(),
        "meaning": match difference.meaning {
            Meaning::Same => "same",
            Meaning::Other => "other",
            Meaning::Framing => "framing",
        },
        "sent": encode_all(&difference.sent),
        "captured": encode_all(&difference.captured),
    })
}

fn describe_skip(skip: &Skip) -> Value {
    let install = match skip {
        Skip::Missing(missing) => missing.install.as_deref(),
        Skip::NotRunnable => None,
    };
    json!({ "reason": skip.to_string(), "install": install })
}

fn encode(bytes: &[u8]) -> Value {
    Value::String(STANDARD.encode(bytes))
}
