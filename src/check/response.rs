//! The response: what its status says for this method (RFC 9110 §15).

use crate::diagnostic::{Diagnostic, Span};
use crate::request::{Field, Request, Response};

use super::code;

pub(super) fn check_response(
    request: &Request<'_>,
    response: &Response<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let (method, status) = (&*request.method, response.status);
    let (meaning, section) = explain(method, status);
    found.push(
        Diagnostic::note(code::RESPONSE_STATUS, format!("{status} to {method}: {meaning}"))
            .with_span(response.status_span)
            .with_help(format!("see RFC 9110 {section}")),
    );
    check_body(request, response, found);
    check_required(request, response, found);
}

/// What a status says, and where it is defined.
fn explain(method: &str, status: u16) -> (&'static str, &'static str) {
    match (method, status) {
        ("PUT", 200 | 204) => ("the resource existed and was replaced", "§9.3.4"),
        ("PUT", 201) => ("the resource did not exist and was created", "§9.3.4"),
        ("PUT", 202) => ("accepted, but not yet replaced or created", "§15.3.3"),
        ("POST", 201) => ("a resource was created; Location names it", "§9.3.3"),
        ("POST", 303) => ("Location names the result, to be read with GET", "§9.3.3"),
        ("DELETE", 200 | 204) => ("the resource was deleted", "§9.3.5"),
        ("DELETE", 202) => ("the resource will likely be deleted", "§9.3.5"),
        ("OPTIONS", 200 | 204) => ("Allow tells the methods of the resource", "§9.3.7"),
        ("GET" | "HEAD", 304) => ("what the client has is still current", "§15.4.5"),
        (_, 304) => ("not modified is an answer to GET and HEAD only", "§15.4.5"),
        (_, 101) => ("the connection changes to the protocol of Upgrade", "§15.2.2"),
        (_, 204) => ("done, and there is no content", "§15.3.5"),
        (_, 206) => ("a part of the resource, as Range asked", "§15.3.7"),
        ("GET" | "HEAD", 301 | 302) => ("Location names the resource", "§15.4"),
        (_, 301 | 302) => {
            ("clients may repeat it at Location as GET; 307 and 308 keep the method", "§15.4")
        }
        (_, 307 | 308) => ("to be repeated at Location with the same method and body", "§15.4"),
        (_, 400) => ("the server finds the request malformed", "§15.5.1"),
        (_, 401) => ("credentials are missing or not valid", "§15.5.2"),
        (_, 403) => ("understood, and refused", "§15.5.4"),
        (_, 404) => ("the target names nothing", "§15.5.5"),
        (_, 405) => ("the target does not support the method; Allow tells which", "§15.5.6"),
        (_, 406) => ("no representation is as Accept asks", "§15.5.7"),
        (_, 409) => ("in conflict with the state of the resource", "§15.5.10"),
        (_, 411) => ("the server needs Content-Length", "§15.5.12"),
        (_, 412) => ("a condition such as If-Match was not met: nothing was changed", "§15.5.13"),
        (_, 413) => ("the body is larger than the server takes", "§15.5.14"),
        (_, 414) => ("the target is longer than the server takes", "§15.5.15"),
        (_, 415) => ("the server does not take this Content-Type or coding", "§15.5.16"),
        (_, 417) => ("the server does not meet Expect", "§15.5.18"),
        (_, 422) => ("well-formed, but the server cannot process the content", "§15.5.21"),
        (_, 426) => ("the server asks for the protocol in Upgrade", "§15.5.22"),
        (_, 100..=199) => ("an interim response: the final one is to follow", "§15.2"),
        (_, 200..=299) => ("success", "§15.3"),
        (_, 300..=399) => ("a redirection: more is to be done", "§15.4"),
        (_, 400..=499) => ("the client is asked to change the request", "§15.5"),
        (_, 500..=599) => ("the server failed; the request may be right", "§15.6"),
        _ => ("no class of status is defined here: clients treat it as 5xx", "§15"),
    }
}

/// RFC 9110 §6.4.1.
fn check_body(request: &Request<'_>, response: &Response<'_>, found: &mut Vec<Diagnostic>) {
    if response.body.trim_ascii().is_empty() {
        return;
    }
    let why = match response.status {
        _ if request.method == "HEAD" => "to HEAD".to_owned(),
        status @ (100..=199 | 204 | 304) => format!("of status {status}"),
        _ => return,
    };
    let message = format!("a response {why} has no body: what follows is read as another response");
    found.push(
        Diagnostic::warning(code::RESPONSE_BODY_UNEXPECTED, message)
            .with_span(response.status_span)
            .with_help("remove the body (RFC 9110 §6.4.1)"),
    );
}

/// Fields that a response of a status must or should have.
fn check_required(request: &Request<'_>, response: &Response<'_>, found: &mut Vec<Diagnostic>) {
    let has = |name: &str| response.headers.iter().any(|field: &Field<'_>| field.is(name));
    let (name, section) = match response.status {
        // For PUT the target itself names what was created.
        201 if request.method == "POST" => ("Location", "§15.3.2"),
        301 | 302 | 303 | 307 | 308 => ("Location", "§15.4"),
        401 => ("WWW-Authenticate", "§15.5.2"),
        405 => ("Allow", "§15.5.6"),
        407 => ("Proxy-Authenticate", "§15.5.8"),
        426 => ("Upgrade", "§15.5.22"),
        _ => return,
    };
    if has(name) {
        return;
    }
    let message = format!("a response of status {} lacks {name}", response.status);
    let place = response.status_span;
    found.push(
        Diagnostic::warning(code::RESPONSE_FIELD_MISSING, message)
            .with_span(Span::new(place.start, place.end))
            .with_help(format!("the server should send {name} (RFC 9110 {section})")),
    );
}
