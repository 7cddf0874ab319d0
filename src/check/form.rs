//! `application/x-www-form-urlencoded` (WHATWG URL §5.1).

use crate::diagnostic::Diagnostic;
use crate::grammar::percent::stray_percents;
use crate::request::Body;

use super::{code, place_in_body};

pub(super) fn check_body(body: &Body<'_>, found: &mut Vec<Diagnostic>) {
    let bytes = &*body.bytes;
    let bare = bytes.iter().position(|byte| !byte.is_ascii_graphic());
    let percent = stray_percents(bytes).next();
    let (at, message) = match (bare, percent) {
        (Some(bare), Some(percent)) if percent < bare => (percent, BAD_PERCENT),
        (Some(bare), _) => (bare, NOT_ENCODED),
        (None, Some(percent)) => (percent, BAD_PERCENT),
        (None, None) => return,
    };
    found.push(
        Diagnostic::warning(code::FORM_INVALID, message)
            .with_span(place_in_body(body, at))
            .with_help("percent-encode the byte; a space may be `+`"),
    );
}

const BAD_PERCENT: &str = "the form contains a `%` without two hexadecimal digits";
const NOT_ENCODED: &str = "the form contains a byte that is not encoded";
