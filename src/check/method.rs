//! The method (RFC 9110 §9).

use crate::diagnostic::Diagnostic;
use crate::grammar::method::standard_of_other_case;
use crate::grammar::secret::CREDENTIAL_FIELDS;
use crate::request::{Request, TargetForm};

use super::code;

pub(super) fn check_method(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let span = request.method_span;
    let method = &*request.method;
    if let Some(standard) = standard_of_other_case(method) {
        found.push(
            Diagnostic::warning(
                code::METHOD_CASE,
                format!("`{method}` is not `{standard}`: methods differ by letter case"),
            )
            .with_span(span)
            .with_help(format!("write `{standard}` if the standard method is meant")),
        );
    }
    match method {
        "POST" | "PATCH" => found.push(
            Diagnostic::note(
                code::METHOD_NOT_IDEMPOTENT,
                format!("{method} is not idempotent: a retry may repeat its effect"),
            )
            .with_span(span)
            .with_help("do not send it again without knowing that it failed (RFC 9110 §9.2.2)"),
        ),
        "PUT" => check_put(request, found),
        "TRACE" => check_trace(request, found),
        _ => {}
    }
}

/// RFC 9110 §9.3.4, §13.1.1 and §14.5.
fn check_put(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let conditional = request.header("if-match").or_else(|| request.header("if-none-match"));
    let advice = match conditional {
        Some(_) => "the condition guards against lost updates: 412 says that it was not met",
        None => {
            "add `If-Match: \"<etag>\"` to replace only what you have seen, or \
             `If-None-Match: *` to create only"
        }
    };
    found.push(
        Diagnostic::note(
            code::PUT_REPLACES,
            "PUT replaces what the target names: 201 says created, 200 or 204 replaced",
        )
        .with_span(request.method_span)
        .with_help(advice),
    );
    let path = request.target.split(['?', '#']).next().unwrap_or_default();
    if path.ends_with('/') && request.target_form != TargetForm::Asterisk {
        found.push(
            Diagnostic::warning(
                code::PUT_COLLECTION,
                "the target of PUT ends with `/`, like a collection, not like one resource",
            )
            .with_span(request.target_span)
            .with_help("name the resource itself, or POST to the collection (RFC 9110 §9.3.4)"),
        );
    }
    if let Some(field) = request.header("content-range") {
        found.push(
            Diagnostic::warning(
                code::PUT_PARTIAL,
                "PUT with Content-Range: a server that knows no partial PUT refuses it with 400",
            )
            .with_span(field.name_span)
            .with_help("send the whole resource, or use PATCH (RFC 9110 §14.5)"),
        );
    }
}

/// RFC 9110 §9.3.8: TRACE is sent back as it came.
fn check_trace(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(field) = CREDENTIAL_FIELDS.iter().find_map(|name| request.header(name)) {
        found.push(
            Diagnostic::warning(
                code::TRACE_CREDENTIALS,
                format!("TRACE must not carry {}: it is sent back as it came", field.name),
            )
            .with_span(field.name_span)
            .with_help("remove the field (RFC 9110 §9.3.8)"),
        );
    }
}
