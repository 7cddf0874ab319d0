//! Credentials where they can be seen.

use std::net::IpAddr;

use crate::diagnostic::{Diagnostic, Span, show};
use crate::parse::authority::Authority;
use crate::parse::find_authority;
use crate::request::{Request, TargetForm};

use super::code;

/// Names of query parameters that hold secrets, lower-case, without `-` and `_`.
const SECRETS: [&str; 17] = [
    "accesstoken",
    "apikey",
    "apitoken",
    "auth",
    "authtoken",
    "clientsecret",
    "idtoken",
    "key",
    "passwd",
    "password",
    "pwd",
    "refreshtoken",
    "secret",
    "sessionid",
    "sig",
    "signature",
    "token",
];

pub(super) fn check_secrets(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let authority = find_target_authority(request);
    if let Some((place, Some(at))) =
        authority.map(|place| (place, request.target[place.start..place.end].rfind('@')))
    {
        let start = request.target_span.start + place.start;
        found.push(
            Diagnostic::warning(
                code::CREDENTIALS_IN_TARGET,
                "the target holds user information, which http no longer has",
            )
            .with_span(Span::new(start, start + at))
            .with_help("send it as `Authorization: Basic …` (RFC 9110 §4.2.4)"),
        );
    }
    check_query(request, found);
    check_authorization(request, found);
}

fn find_target_authority(request: &Request<'_>) -> Option<Span> {
    match request.target_form {
        TargetForm::Absolute => find_authority(request.target),
        _ => None,
    }
}

/// One warning for all of them: each would say the same.
fn check_query(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let Some(query_at) = request.target.find('?').map(|at| at + 1) else { return };
    let mut at = query_at;
    for pair in request.target[query_at..].split(['&', ';']) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if is_secret(name) && !value.is_empty() {
            let start = request.target_span.start + at;
            found.push(
                Diagnostic::warning(
                    code::SECRET_IN_QUERY,
                    format!(
                        "`{}` in the query looks like a secret; targets are logged",
                        show(name)
                    ),
                )
                .with_span(Span::new(start, start + name.len()))
                .with_help("send it in `Authorization` or in the body (RFC 9110 §17.9)"),
            );
            return;
        }
        at += pair.len() + 1;
    }
}

fn is_secret(name: &str) -> bool {
    let longest = 2 * SECRETS.iter().map(|known| known.len()).max().unwrap_or(0);
    if name.len() > longest {
        return false;
    }
    let plain: String =
        name.chars().filter(|c| !"-_".contains(*c)).map(|c| c.to_ascii_lowercase()).collect();
    let plain = plain.strip_prefix("xamz").unwrap_or(&plain);
    SECRETS.contains(&plain)
}

/// RFC 7617 §4 and RFC 6750 §5.3: neither may be sent in the clear.
fn check_authorization(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let Some(field) = request.header("authorization") else { return };
    let scheme = field.value.split(|&byte| byte == b' ').next().unwrap_or_default();
    let in_clear = scheme.eq_ignore_ascii_case(b"basic") || scheme.eq_ignore_ascii_case(b"bearer");
    if in_clear && is_plain_http(request) {
        found.push(
            Diagnostic::warning(
                code::CREDENTIALS_OVER_HTTP,
                format!("{} credentials over http can be read on the way", show(scheme)),
            )
            .with_span(field.name_span)
            .with_help("use https"),
        );
    }
}

/// Whether the message says that it goes over http, to another machine. A message has no scheme
/// of its own: an absolute target states it, and port 80 tells it.
fn is_plain_http(request: &Request<'_>) -> bool {
    let (text, stated) = if let Some(place) = find_target_authority(request) {
        let scheme = &request.target[..place.start - 3];
        let stated = Some(scheme.eq_ignore_ascii_case("http"));
        (&request.target[place.start..place.end], stated)
    } else {
        let host = request.header("host").map(|host| std::str::from_utf8(&host.value));
        let Some(Ok(host)) = host else { return false };
        (host, None)
    };
    let Ok(authority) = Authority::read(text) else { return false };
    stated.unwrap_or(authority.port == Some(80)) && !is_loopback(authority.host)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
