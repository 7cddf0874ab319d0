//! The target as a URI reference (RFC 3986) and as servers take it.

use crate::diagnostic::{Diagnostic, show};
use crate::grammar::percent::stray_percents;
use crate::grammar::{Authority, Scheme};
use crate::request::{Request, TargetForm};

use super::code;

/// Longer targets meet limits of servers, proxies and browsers; RFC 9110 §4.1 asks for 8,000
/// octets at least, and many give less.
const LONG: usize = 2_000;

pub(super) fn check_target(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let target = &*request.target;
    let length = target.chars().count();
    if length > LONG {
        found.push(
            Diagnostic::warning(
                code::TARGET_LONG,
                format!("the target has {length} characters; some servers refuse it with 414"),
            )
            .with_span(request.target_place(0..1))
            .with_help("send the data in the body (RFC 9110 §15.5.15)"),
        );
    }
    if matches!(request.target_form, TargetForm::Origin | TargetForm::Absolute) {
        check_characters(request, found);
    }
    if request.target_form == TargetForm::Absolute {
        check_absolute(request, found);
    }
}

fn check_characters(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let target = &*request.target;
    if let Some(at) = target.find('#') {
        found.push(
            Diagnostic::warning(
                code::TARGET_FRAGMENT,
                "fragments are not sent: clients drop everything from `#` on",
            )
            .with_span(request.target_place(at..target.len()))
            .with_help("remove it, or write `%23` for the character itself (RFC 9112 §3.2)"),
        );
    }
    if let Some(at) = stray_percents(target.as_bytes()).next() {
        found.push(
            Diagnostic::warning(code::TARGET_PERCENT, "`%` without two hexadecimal digits")
                .with_span(request.target_place(at..at + 1))
                .with_help("write `%25` for the character itself (RFC 3986 §2.1)"),
        );
    }
    // A query parameter is hardly ever named so; in HTML every `&` of a link is.
    if let Some(at) = memchr::memmem::find(target.as_bytes(), b"&amp;") {
        found.push(
            Diagnostic::warning(code::TARGET_HTML_ESCAPE, "`&amp;` is how HTML writes `&`")
                .with_span(request.target_place(at..at + 5))
                .with_help("write `&` if the request was copied from the source of a page"),
        );
    }
    let unencoded = |byte: &u8| b"\"<>\\^`{|}".contains(byte);
    if let Some(at) = target.bytes().position(|byte| unencoded(&byte)) {
        let byte = target.as_bytes()[at];
        found.push(
            Diagnostic::note(
                code::TARGET_UNENCODED,
                format!("`{}` is not encoded; some clients encode it", char::from(byte)),
            )
            .with_span(request.target_place(at..at + 1))
            .with_help(format!("write `%{byte:02X}` to make this explicit (RFC 3986 §2)")),
        );
    }
}

fn check_absolute(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let Some(url) = request.url_parts() else { return };
    let scheme = url.scheme.parse::<Scheme>();
    if scheme.is_err() {
        let message = format!("`{}` is not http or https", url.scheme);
        found.push(
            Diagnostic::warning(code::TARGET_SCHEME, message)
                .with_span(request.target_place(0..url.scheme.len()))
                .with_help("write `http://` or `https://`"),
        );
    }
    let Some(host) = request.header("host") else { return };
    let Ok(authority) = Authority::read_host(url.authority) else { return };
    let Some(Ok(named)) = host.text().map(Authority::read_host) else { return };
    let default = scheme.unwrap_or(Scheme::Https).default_port();
    let same_port = authority.port.unwrap_or(default) == named.port.unwrap_or(default);
    if same_port && authority.host.eq_ignore_ascii_case(named.host) {
        return;
    }
    let shown = show(url.authority);
    found.push(
        Diagnostic::warning(
            code::HOST_DIFFERS,
            format!("Host is `{}`, but the target names `{shown}`", show(&host.value)),
        )
        .with_span(host.value_span)
        .with_help(format!("write `Host: {shown}`: it must equal the target's (RFC 9112 §3.2)")),
    );
}
