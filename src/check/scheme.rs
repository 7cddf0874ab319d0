//! How the scheme is known, where the message does not state it.

use crate::diagnostic::{Diagnostic, show};
use crate::grammar::{Authority, host};
use crate::request::{Request, SchemeSource};

use super::code;

pub(super) fn check_scheme(request: &Request<'_>, found: &mut Vec<Diagnostic>) {
    let scheme = request.scheme;
    let place = |name| request.header(name).and_then(|field| field.value_span);
    let (message, span) = match request.scheme_source {
        SchemeSource::Origin => {
            (format!("the scheme is {scheme}, as Origin says"), place("origin"))
        }
        SchemeSource::Referer => {
            (format!("the scheme is {scheme}, as Referer says"), place("referer"))
        }
        SchemeSource::LocalHost | SchemeSource::Default if may_be_wrong(request) => {
            let authority = show(request.authority());
            (
                format!("the scheme is not stated: {scheme} is a guess for `{authority}`"),
                place("host"),
            )
        }
        _ => return,
    };
    found.push(
        Diagnostic::note(code::SCHEME, message)
            .with_span(span)
            .with_help("use `--scheme`, or a whole URL as the target, to state it"),
    );
}

/// A public host without a port is https nearly always, and this machine is http; anything else is a
/// guess that may be wrong.
fn may_be_wrong(request: &Request<'_>) -> bool {
    Authority::read_host(request.authority()).is_ok_and(|authority| {
        if host::is_local(authority.host) {
            !host::is_loopback(authority.host)
        } else {
            authority.port.is_some()
        }
    })
}
