//! The authority of a target and the value of Host: `host` and `port` (RFC 3986 §3.2).

use std::net::Ipv6Addr;

use super::percent::{decode_first, is_sub_delimiter, is_unreserved};

/// The parts of an authority as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority<'a> {
    /// What is before the last `@`, if there is one.
    pub userinfo: Option<&'a str>,
    /// The host; an IPv6 address keeps its brackets. Possibly empty.
    pub host: &'a str,
    /// The port; `None` where there is none or it is empty.
    pub port: Option<u16>,
}

/// Where an authority is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorityError {
    /// Offset of the first wrong byte.
    pub start: usize,
    /// Offset after the last wrong byte.
    pub end: usize,
    /// What was expected instead.
    pub expected: &'static str,
}

impl std::fmt::Display for AuthorityError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for AuthorityError {}

impl<'a> Authority<'a> {
    /// Reads `[userinfo@]host[:port]`.
    pub fn read(text: &'a str) -> Result<Self, AuthorityError> {
        let Some(at) = text.rfind('@') else { return Self::read_host(text) };
        let userinfo = &text[..at];
        check_text(userinfo, ":", "user information without special characters")?;
        let shift = |error: AuthorityError| AuthorityError {
            start: error.start + at + 1,
            end: error.end + at + 1,
            ..error
        };
        Ok(Self { userinfo: Some(userinfo), ..Self::read_host(&text[at + 1..]).map_err(shift)? })
    }

    /// Reads `host[:port]`, the value of Host (RFC 9110 §7.2).
    pub fn read_host(text: &'a str) -> Result<Self, AuthorityError> {
        let host_end = match text.strip_prefix('[') {
            Some(_) => text.find(']').map_or(text.len(), |at| at + 1),
            None => text.find(':').unwrap_or(text.len()),
        };
        let (host, rest) = text.split_at(host_end);
        if host.starts_with('[') {
            check_literal(host)?;
        } else {
            check_text(host, "", "a host name: letters, digits, `-`, `.`")?;
        }
        let port = match rest.strip_prefix(':') {
            Some(digits) => read_port(digits, host_end + 1)?,
            None if rest.is_empty() => None,
            None => return Err(error(host_end, text.len(), "`:` and a port, or nothing")),
        };
        Ok(Self { userinfo: None, host, port })
    }
}

/// An absolute URL as its parts are written: `scheme://[userinfo@]authority` and the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrlParts<'a> {
    /// The scheme, letter case kept.
    pub scheme: &'a str,
    /// What is before the last `@` of the authority, if there is one. It is not sent (RFC 9110 §4.2.4).
    pub userinfo: Option<&'a str>,
    /// `host[:port]`, not checked.
    pub authority: &'a str,
    /// The path, the query and the fragment; possibly empty.
    pub rest: &'a str,
}

/// Where the parts of an absolute URL are, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrlSplit {
    scheme_end: usize,
    host_start: usize,
    authority_end: usize,
}

impl UrlSplit {
    /// Finds the parts of `scheme://authority…` (RFC 3986 §3); `None` where the text has no such form.
    pub fn find(url: &str) -> Option<Self> {
        let scheme_end = url.find("://")?;
        let scheme = &url.as_bytes()[..scheme_end];
        let is_scheme = scheme.first()?.is_ascii_alphabetic()
            && scheme.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        let start = scheme_end + 3;
        let authority_end =
            url[start..].find(['/', '?', '#']).map_or(url.len(), |length| start + length);
        let host_start =
            url[start..authority_end].rfind('@').map_or(start, |length| start + length + 1);
        is_scheme.then_some(Self { scheme_end, host_start, authority_end })
    }

    /// The parts of the URL that this was found in.
    pub fn parts(self, url: &str) -> UrlParts<'_> {
        let start = self.scheme_end + 3;
        let userinfo = (self.host_start > start).then(|| &url[start..self.host_start - 1]);
        UrlParts {
            scheme: &url[..self.scheme_end],
            userinfo,
            authority: &url[self.host_start..self.authority_end],
            rest: &url[self.authority_end..],
        }
    }

    /// The place of the whole authority, user information included.
    pub const fn authority(self) -> std::ops::Range<usize> {
        self.scheme_end + 3..self.authority_end
    }

    /// The place of `host[:port]`.
    pub const fn host_and_port(self) -> std::ops::Range<usize> {
        self.host_start..self.authority_end
    }
}

fn error(start: usize, end: usize, expected: &'static str) -> AuthorityError {
    AuthorityError { start, end, expected }
}

fn read_port(digits: &str, start: usize) -> Result<Option<u16>, AuthorityError> {
    let wrong = || error(start, start + digits.len(), "a port from 0 to 65535");
    if digits.is_empty() {
        return Ok(None);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    digits.parse().map(Some).map_err(|_| wrong())
}

/// `[…]`: an IPv6 address, or an address of a later version (RFC 3986 §3.2.2).
fn check_literal(host: &str) -> Result<(), AuthorityError> {
    let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let valid = inner.is_some_and(|address| match address.strip_prefix(['v', 'V']) {
        Some(later) => later.split_once('.').is_some_and(|(version, rest)| {
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !rest.is_empty()
                && rest.bytes().all(|byte| is_unreserved_or_sub(byte) || byte == b':')
        }),
        None => address.parse::<Ipv6Addr>().is_ok(),
    });
    if valid { Ok(()) } else { Err(error(0, host.len(), "an IPv6 address in brackets")) }
}

/// Unreserved characters, sub-delimiters, percent-encoded bytes and those of `also`.
fn check_text(text: &str, also: &str, expected: &'static str) -> Result<(), AuthorityError> {
    let bytes = text.as_bytes();
    if bytes.iter().all(|&byte| is_unreserved_or_sub(byte)) {
        return Ok(());
    }
    for (at, point) in text.char_indices() {
        let valid = match point {
            '%' => decode_first(&bytes[at..]).is_some(),
            _ => also.contains(point) || u8::try_from(point).is_ok_and(is_unreserved_or_sub),
        };
        if !valid {
            return Err(error(at, at + point.len_utf8(), expected));
        }
    }
    Ok(())
}

const fn is_unreserved_or_sub(byte: u8) -> bool {
    is_unreserved(byte) || is_sub_delimiter(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Option<&str>, &str, Option<u16>), usize> {
        Authority::read(text)
            .map(|read| (read.userinfo, read.host, read.port))
            .map_err(|error| error.start)
    }

    #[test]
    fn valid_authorities_are_split() {
        assert_eq!(read("a"), Ok((None, "a", None)));
        assert_eq!(read("a:80"), Ok((None, "a", Some(80))));
        assert_eq!(read("a:"), Ok((None, "a", None)));
        assert_eq!(read("u:p@a_b.example:65535"), Ok((Some("u:p"), "a_b.example", Some(65535))));
        assert_eq!(read("[::1]:8080"), Ok((None, "[::1]", Some(8080))));
        assert_eq!(read("[v1.a:b]"), Ok((None, "[v1.a:b]", None)));
        assert_eq!(read("%41"), Ok((None, "%41", None)));
        assert_eq!(read(""), Ok((None, "", None)));
    }

    #[test]
    fn a_url_is_split_into_its_parts() {
        let split = |url| UrlSplit::find(url).map(|split| split.parts(url));
        let parts = |scheme, userinfo, authority, rest| {
            Some(UrlParts { scheme, userinfo, authority, rest })
        };
        assert_eq!(split("http://a/b?c#d"), parts("http", None, "a", "/b?c#d"));
        assert_eq!(
            split("HTTPS://u@v:p@[::1]:8?x@y"),
            parts("HTTPS", Some("u@v:p"), "[::1]:8", "?x@y")
        );
        assert_eq!(split("a+b.c-1://"), parts("a+b.c-1", None, "", ""));
        assert_eq!(split("http://@a"), parts("http", Some(""), "a", ""));
        for other in ["", "a", "/http://a", "1a://b", "a b://c", "://a", "http:/a"] {
            assert_eq!(split(other), None, "{other}");
        }
    }

    #[test]
    fn invalid_authorities_tell_their_place() {
        for (text, place) in [
            ("a:65536", 2),
            ("a:8x", 2),
            ("a:+1", 2),
            ("a b", 1),
            ("a/b", 1),
            ("é", 0),
            ("::1", 1),
            ("[::1", 0),
            ("[::g]", 0),
            ("[::1]x", 5),
            ("[fe80::1%25en0]", 0),
            ("a%4", 1),
            ("u@x@a", 1),
            ("u@a^", 3),
        ] {
            assert_eq!(read(text), Err(place), "{text}");
        }
    }
}
