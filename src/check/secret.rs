//! Credentials where they can be seen.

use crate::diagnostic::{Diagnostic, show};
use crate::grammar::host::is_loopback;
use crate::grammar::secret::is_secret_parameter;
use crate::grammar::{Authority, Scheme};
use crate::request::{Request, SchemeSource};

use super::code;

pub(super) fn check_secrets(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    if let Some((url, place)) = request.url_parts().zip(request.url_split)
        && let Some(userinfo) = url.userinfo
    {
        let start = place.authority().start;
        found.push(
            Diagnostic::warning(
                code::CREDENTIALS_IN_TARGET,
                "the target has user information, which http does not send",
            )
            .with_span(request.target_place(start..start + userinfo.len()))
            .with_help("send it as `Authorization: Basic …` (RFC 9110 §4.2.4)"),
        );
    }
    check_query(request, found);
    check_authorization(request, found);
}

/// One warning for all of them: each would say the same.
fn check_query(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let Some(query_at) = request.target.find('?').map(|at| at + 1) else { return };
    let mut at = query_at;
    for pair in request.target[query_at..].split(['&', ';']) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if is_secret_parameter(name) && !value.is_empty() {
            found.push(
                Diagnostic::warning(
                    code::SECRET_IN_QUERY,
                    format!(
                        "`{}` in the query looks like a secret; targets are logged",
                        show(name)
                    ),
                )
                .with_span(request.target_place(at..at + name.len()))
                .with_help("send it in `Authorization` or in the body (RFC 9110 §17.9)"),
            );
            return;
        }
        at += pair.len() + 1;
    }
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

/// Whether the request is known to go over http, to another machine. A guess is not enough.
fn is_plain_http(request: &Request<'_>) -> bool {
    let is_guessed =
        matches!(request.scheme_source, SchemeSource::LocalHost | SchemeSource::Default);
    request.scheme == Scheme::Http
        && !is_guessed
        && Authority::read_host(request.authority()).is_ok_and(|it| !is_loopback(it.host))
}
