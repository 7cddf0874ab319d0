//! A body that is said to be JSON (RFC 8259).

use crate::content::json::{self, MAX_DEPTH};
use crate::diagnostic::Diagnostic;
use crate::request::Body;

use super::{code, place_in_body};

pub(super) fn check_body(body: &Body<'_>, found: &mut Vec<Diagnostic>) {
    let facts = match json::check(&body.bytes) {
        Ok(facts) => facts,
        Err(error) => {
            found.push(
                Diagnostic::warning(code::JSON_INVALID, "the body is not JSON, as its type says")
                    .with_span(place_in_body(body, error.offset))
                    .with_label(error.kind.to_string())
                    .with_help("correct the body, or its Content-Type (RFC 8259)"),
            );
            return;
        }
    };
    if facts.depth > MAX_DEPTH {
        let message =
            format!("the JSON is nested {} levels deep; many readers refuse it", facts.depth);
        found.push(
            Diagnostic::warning(code::JSON_DEEP, message)
                .with_span(place_in_body(body, 0))
                .with_help(format!("nest no deeper than {MAX_DEPTH} levels (RFC 8259 §9)")),
        );
    }
    if let Some(offset) = facts.duplicate {
        found.push(
            Diagnostic::note(code::JSON_DUPLICATE_NAME, "a JSON object has this name twice")
                .with_span(place_in_body(body, offset))
                .with_help("keep one: readers differ in which counts (RFC 8259 §4)"),
        );
    }
}
