//! The scheme of a request, which a message states only in an absolute-form target.

use crate::grammar::{Authority, Scheme, UrlSplit, host};

use super::{Field, Request};

/// How the scheme of a request is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemeSource {
    /// The caller or the input said so.
    Given,
    /// An absolute-form target says so.
    Target,
    /// Origin says so, whose authority is the request's own (RFC 6454 §7).
    Origin,
    /// Referer says so, likewise (RFC 9110 §10.1.3).
    Referer,
    /// The port is the scheme's own.
    Port,
    /// The host is on a local network, where `http` is usual.
    LocalHost,
    /// Nothing says otherwise.
    Default,
}

/// The scheme that a request says or suggests, and how.
///
/// In order: an absolute-form target; Origin or Referer of the same authority; `http` for a host of a
/// local network ([`host::is_local`]) and for port 80; else `https`.
pub fn decide_scheme(request: &Request<'_>) -> (Scheme, SchemeSource) {
    if let Some(scheme) = request.url_parts().and_then(|url| url.scheme.parse().ok()) {
        return (scheme, SchemeSource::Target);
    }
    let Ok(own) = Authority::read_host(request.authority()) else {
        return (Scheme::Https, SchemeSource::Default);
    };
    for (name, source) in [("origin", SchemeSource::Origin), ("referer", SchemeSource::Referer)] {
        if let Some(scheme) = request.header(name).and_then(|field| scheme_of(field, &own)) {
            return (scheme, source);
        }
    }
    if own.port == Some(80) {
        (Scheme::Http, SchemeSource::Port)
    } else if host::is_local(own.host) {
        (Scheme::Http, SchemeSource::LocalHost)
    } else if own.port == Some(443) {
        (Scheme::Https, SchemeSource::Port)
    } else {
        (Scheme::Https, SchemeSource::Default)
    }
}

/// The scheme of the URL in a field, if it has the request's authority.
fn scheme_of(field: &Field<'_>, own: &Authority<'_>) -> Option<Scheme> {
    let text = field.text()?;
    let url = UrlSplit::find(text)?.parts(text);
    let scheme: Scheme = url.scheme.parse().ok()?;
    let named = Authority::read_host(url.authority).ok()?;
    let port = |authority: &Authority<'_>| authority.port.unwrap_or(scheme.default_port());
    let is_same = named.host.eq_ignore_ascii_case(own.host) && port(&named) == port(own);
    is_same.then_some(scheme)
}
