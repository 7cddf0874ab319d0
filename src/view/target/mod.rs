//! The URL of a request, and what a client would make of its target.

mod host;
mod iri;
mod ordinary;
mod steps;

use std::borrow::Cow;

use crate::grammar::{Authority, Scheme};
use crate::language::{HostRules, Steps, TargetRules};
use crate::request::{Request, TargetForm};

/// Where a request goes, in the parts that clients ask for.
#[derive(Debug, Clone)]
pub(super) struct Destination<'a> {
    pub(super) scheme: Scheme,
    /// Host and port as the message gives them.
    pub(super) authority: &'a str,
    /// The host alone; an IPv6 address keeps its brackets.
    pub(super) host: &'a str,
    /// The port, where the message names one.
    pub(super) port: Option<u16>,
    /// What follows the authority in the URL.
    pub(super) path_and_query: Cow<'a, str>,
}

impl<'a> Destination<'a> {
    /// `scheme` overrides what the message suggests.
    pub(super) fn of(request: &'a Request<'_>, scheme: Option<Scheme>) -> Self {
        let authority = request.authority();
        let rest = match request.target_form {
            TargetForm::Origin => &*request.target,
            TargetForm::Asterisk | TargetForm::Authority => "/",
            TargetForm::Absolute => request.url_parts().map_or(&*request.target, |url| url.rest),
        };
        let (host, port) = split_authority(authority);
        let scheme = scheme.unwrap_or(request.scheme);
        let path_and_query = if rest.starts_with('/') {
            Cow::Borrowed(rest)
        } else {
            Cow::Owned(format!("/{rest}"))
        };
        Self { scheme, authority, host, port, path_and_query }
    }

    pub(super) fn url(&self) -> String {
        let scheme = self.scheme.as_str();
        let length = scheme.len() + 3 + self.authority.len() + self.path_and_query.len();
        let mut url = String::with_capacity(length);
        url.push_str(scheme);
        url.push_str("://");
        url.push_str(self.authority);
        url.push_str(&self.path_and_query);
        url
    }

    /// The Host that a client of these rules sends by itself (RFC 9110 §7.2). The error says why it
    /// refuses the host.
    pub(super) fn host_field(&self, rules: &HostRules) -> Result<Cow<'a, str>, String> {
        if rules.only_text {
            Ok(Cow::Borrowed(self.authority))
        } else {
            host::sent(self, &rules.sends)
        }
    }
}

/// The host and the port, or all of the text where it has no such parts.
fn split_authority(authority: &str) -> (&str, Option<u16>) {
    Authority::read_host(authority).map_or((authority, None), |read| (read.host, read.port))
}

/// What a client makes of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Arrival<'a> {
    /// It arrives so.
    As(Cow<'a, str>),
    /// The client refuses it; the characters that it does not take.
    Refused(String),
}

/// How the template should give the target, and what arrives then.
pub(super) struct Chosen<'a> {
    pub(super) uses_raw: bool,
    pub(super) arrival: Arrival<'a>,
}

/// The origin-form of an absolute-form target, which means the same to the server that it names
/// (RFC 9112 §3.2.2). A URL of another scheme names what no HTTP server has by a path.
pub(super) fn origin_form<'d>(
    request: &Request<'_>,
    destination: &'d Destination<'_>,
) -> Option<&'d str> {
    let is_http = |scheme: &str| ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
    let is_of_http = request.target_form == TargetForm::Absolute
        && request.url_parts().is_some_and(|url| is_http(url.scheme));
    is_of_http.then(|| destination.path_and_query.split('#').next().unwrap_or_default())
}

/// The plain way, or the client's other way where the target arrives nearer to the message's.
pub(super) fn choose_way<'a>(
    request: &'a Request<'_>,
    destination: &Destination<'_>,
    rules: &TargetRules,
) -> Chosen<'a> {
    if rules.authority_form && request.target_form == TargetForm::Authority {
        return Chosen { uses_raw: false, arrival: connect(request, destination) };
    }
    let plain = arrive(request, destination, &rules.plain);
    let wanted = origin_form(request, destination).unwrap_or(&request.target);
    let distance = distance(wanted, &plain);
    if let Some(raw) = &rules.raw
        && distance > Distance::None
    {
        let other = arrive(request, destination, raw);
        if self::distance(wanted, &other) < distance {
            return Chosen { uses_raw: true, arrival: other };
        }
    }
    Chosen { uses_raw: false, arrival: plain }
}

/// The target of a CONNECT where it is the URL's authority. A URL need not keep the scheme's own port.
fn connect<'a>(request: &'a Request<'_>, destination: &Destination<'_>) -> Arrival<'a> {
    match destination.port {
        Some(port) if port != destination.scheme.default_port() => {
            Arrival::As(Cow::Borrowed(&*request.target))
        }
        _ => Arrival::Refused(String::new()),
    }
}

/// What arrives on each system where that is not what the client sends elsewhere.
pub(super) fn on_systems<'c>(
    sent: &str,
    destination: &Destination<'_>,
    rules: &'c TargetRules,
) -> Vec<(&'c str, String)> {
    let mut found = Vec::new();
    for system in &rules.system {
        let mut target = sent.to_owned();
        for step in &*system.steps {
            if let Ok(Some(next)) = steps::apply(step, &target, destination) {
                target = next;
            }
        }
        if target != sent {
            found.push((&*system.name, target));
        }
    }
    found
}

/// How far what arrives is from the target of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Distance {
    /// It is the same.
    None,
    /// It is the same after normalisation of its percent-encoding (RFC 3986 §6.2.2.1 and §6.2.2.2).
    Encoding,
    /// It is the same after the dot segments of both are removed, too (RFC 3986 §6.2.2.3).
    DotSegments,
    /// It may name another resource.
    Other,
    /// The client refuses it.
    Refused,
}

fn distance(target: &str, arrival: &Arrival<'_>) -> Distance {
    match arrival {
        // What no step has changed is not compared.
        Arrival::As(Cow::Borrowed(_)) => Distance::None,
        Arrival::As(arrives) if arrives == target => Distance::None,
        Arrival::As(arrives) => {
            let (target, arrives) = (steps::normalize(target), steps::normalize(arrives));
            if target == arrives {
                Distance::Encoding
            } else if steps::without_dot_segments(&target) == steps::without_dot_segments(&arrives)
            {
                Distance::DotSegments
            } else {
                Distance::Other
            }
        }
        Arrival::Refused(_) => Distance::Refused,
    }
}

fn arrive<'a>(
    request: &'a Request<'_>,
    destination: &Destination<'_>,
    steps: &Steps,
) -> Arrival<'a> {
    let mut target = Cow::Borrowed(&*request.target);
    if steps.leave(&target) {
        return Arrival::As(target);
    }
    for step in &**steps {
        match steps::apply(step, &target, destination) {
            Ok(Some(next)) => target = Cow::Owned(next),
            Ok(None) => {}
            Err(refused) => return Arrival::Refused(refused),
        }
    }
    Arrival::As(target)
}

#[cfg(test)]
mod tests {
    use super::{Arrival, Distance, distance};

    #[test]
    fn the_nearest_is_the_same_resource() {
        for (target, arrives, expected) in [
            ("/a/../b?x=%2f", "/a/../b?x=%2f", Distance::None),
            ("/a/../b?x=%2f", "/a/../b?x=%2F", Distance::Encoding),
            ("/a[%7e\"?%", "/a%5B~%22?%25", Distance::Encoding),
            ("/a/../b?x=%2f", "/b?x=%2F", Distance::DotSegments),
            ("/a/%2e%2e/b", "/b", Distance::DotSegments),
            ("/a%2fb", "/a/b", Distance::Other),
            ("/a?", "/a", Distance::Other),
        ] {
            let arrival = Arrival::As(arrives.to_owned().into());
            assert_eq!(distance(target, &arrival), expected, "{target} {arrives}");
        }
        assert!(distance("/", &Arrival::Refused(String::new())) > Distance::Other);
    }
}
