//! Fields that contradict each other or themselves.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, show};
use crate::grammar::field_name::is_singleton;
use crate::grammar::list;
use crate::grammar::space::trim;
use crate::request::{Field, Framing, Request};

use super::code;

pub(super) fn check_fields(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    check_repeated(request, found);
    check_conditions(request, found);
    check_entity_tags(request, found);
    check_range(request, found);
    check_expect(request, found);
    check_upgrade(request, found);
}

fn check_repeated(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for field in &request.headers {
        // Parsing deals with Host, whose repetition is an error, and with the framing.
        if !is_singleton(&field.name) || field.is("host") {
            continue;
        }
        let name = field.name.to_ascii_lowercase();
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        if *count != 2 {
            continue;
        }
        let help = match name.as_str() {
            "cookie" => "join the values with `; ` in one Cookie (RFC 6265 §5.4)",
            _ => "remove the wrong one (RFC 9110 §5.3)",
        };
        let message = format!("duplicate {}: servers differ in which one counts", field.name);
        found.push(
            Diagnostic::warning(code::FIELD_REPEATED, message)
                .with_span(field.name_span)
                .with_label("the second one")
                .with_help(help),
        );
    }
}

/// RFC 9110 §13.1.3, §13.1.4, §13.2.2.
fn check_conditions(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let ignored = [
        ("if-none-match", "if-modified-since", "§13.1.3"),
        ("if-match", "if-unmodified-since", "§13.1.4"),
    ];
    for (stronger, weaker, section) in ignored {
        if let (Some(stronger), Some(weaker)) = (request.header(stronger), request.header(weaker)) {
            let message = format!("{} is ignored beside {}", weaker.name, stronger.name);
            found.push(
                Diagnostic::note(code::CONDITION_IGNORED, message)
                    .with_span(weaker.name_span)
                    .with_help(format!("it serves old servers only (RFC 9110 {section})")),
            );
        }
    }
    if let (Some(_), Some(second)) = (request.header("if-match"), request.header("if-none-match")) {
        found.push(
            Diagnostic::warning(
                code::CONDITION_CONFLICT,
                "If-Match and If-None-Match together: no use is defined for it",
            )
            .with_span(second.name_span)
            .with_help("keep If-Match to replace, If-None-Match to create (RFC 9110 §13.2.2)"),
        );
    }
}

/// RFC 9110 §8.8.3: `"…"` or `W/"…"`; If-Match compares strongly, so that a weak one never matches.
fn check_entity_tags(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let tagged = |field: &&Field<'_>| field.is("if-match") || field.is("if-none-match");
    for field in request.headers.iter().filter(tagged) {
        let value = trim(&field.value);
        if value == b"*" {
            continue;
        }
        if !value.starts_with(b"\"") && !value.starts_with(b"W/\"") {
            let message = format!("`{}` is not an entity tag: it lacks its quotes", show(value));
            found.push(
                Diagnostic::warning(code::ENTITY_TAG, message)
                    .with_span(field.value_span)
                    .with_help(format!("write `{}: \"{}\"`", field.name, show(value))),
            );
        } else if field.is("if-match") && value.starts_with(b"W/") {
            found.push(
                Diagnostic::warning(
                    code::ENTITY_TAG,
                    "a weak entity tag never matches in If-Match (RFC 9110 §13.1.1)",
                )
                .with_span(field.value_span)
                .with_help("use a strong entity tag, without `W/`"),
            );
        }
    }
}

/// RFC 9110 §14.2 and §13.1.5.
fn check_range(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    if let (Some(field), false) = (request.header("range"), request.method == "GET") {
        let message = format!("Range is ignored with {}", request.method);
        found.push(
            Diagnostic::warning(code::RANGE_IGNORED, message)
                .with_span(field.name_span)
                .with_help("use GET, or remove Range (RFC 9110 §14.2)"),
        );
    }
    if let (Some(field), None) = (request.header("if-range"), request.header("range")) {
        found.push(
            Diagnostic::warning(code::RANGE_IGNORED, "If-Range without Range is ignored")
                .with_span(field.name_span)
                .with_help("add Range, or remove If-Range (RFC 9110 §13.1.5)"),
        );
    }
}

/// RFC 9110 §10.1.1.
fn check_expect(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let Some(field) = request.header("expect") else { return };
    let (message, help) = if !field.value.eq_ignore_ascii_case(b"100-continue") {
        (
            "no server knows this expectation: it may answer 417",
            "write `100-continue`, or remove it",
        )
    } else if request.body.framing == Framing::None {
        ("100-continue must not be expected for a request without a body", "remove Expect")
    } else {
        return;
    };
    found.push(
        Diagnostic::warning(code::EXPECT, message)
            .with_span(field.value_span)
            .with_help(format!("{help} (RFC 9110 §10.1.1)")),
    );
}

/// RFC 9110 §7.8.
fn check_upgrade(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let Some(field) = request.header("upgrade") else { return };
    let stated = request
        .headers_named("connection")
        .any(|connection| list::has_element(&connection.value, b"upgrade"));
    if !stated {
        found.push(
            Diagnostic::warning(code::UPGRADE, "Upgrade is ignored without `Connection: upgrade`")
                .with_span(field.name_span)
                .with_help("add `Connection: upgrade` (RFC 9110 §7.8)"),
        );
    }
}
