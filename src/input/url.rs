//! URLs as people write them → scheme, authority and target (RFC 3986 §3).

use crate::diagnostic::Span;
use crate::grammar::{Scheme, base64, percent};

use super::code;
use super::refusal::{Refusal, refuse};
use super::text::Text;

/// A URL in the parts that a message has.
#[derive(Debug, Clone)]
pub(super) struct Url {
    pub(super) scheme: Scheme,
    /// Whether the scheme is known, and not to be guessed by the host.
    pub(super) has_scheme: bool,
    /// Host and port, without user information, and without the scheme's default port.
    pub(super) authority: Text,
    /// User information, percent-encoding kept.
    pub(super) user: Option<Text>,
    /// Path and query; at least `/`.
    pub(super) target: Text,
}

/// What becomes of characters that a URL may not contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unencoded {
    /// They are sent as they are.
    Kept,
    /// Spaces, control characters and characters outside ASCII are percent-encoded.
    Encoded,
    /// What the URL standard percent-encodes in the path and in the query of an HTTP URL
    /// (<https://url.spec.whatwg.org/#percent-encoded-bytes>).
    Standard,
}

impl Url {
    /// Splits a URL. One without a scheme has `default`. A fragment is not part of a request.
    pub(super) fn split(
        text: &Text,
        default: Scheme,
        unencoded: Unencoded,
    ) -> Result<Self, Refusal> {
        let bytes = text.bytes();
        let (scheme, start) = match find_scheme(bytes) {
            Some(end) => (read_scheme(text, end)?, end + 3),
            None => (default, 0),
        };
        let rest = &bytes[start..];
        let end = rest
            .iter()
            .position(|byte| b"/?#\\".contains(byte))
            .map_or(bytes.len(), |at| start + at);
        let fragment = memchr::memchr(b'#', &bytes[end..]).map_or(bytes.len(), |at| end + at);
        let at_sign = memchr::memrchr(b'@', &bytes[start..end]).map(|at| start + at);
        let host = at_sign.map_or(start, |at| at + 1);
        if host == end {
            return Err(refuse_no_host(text));
        }
        Ok(Self {
            scheme,
            has_scheme: true,
            authority: take_off_port(text.slice(host..end), scheme),
            user: at_sign.map(|at| text.slice(start..at)),
            target: write_target(&text.slice(end..fragment), text.span_of(host..end), unencoded),
        })
    }

    /// The Basic credentials (RFC 7617) of the user information, if there is some.
    pub(super) fn basic(&self) -> Option<Text> {
        let user = self.user.as_ref()?;
        let mut pair = percent::decode(user.bytes());
        if !user.bytes().contains(&b':') {
            pair.push(b':');
        }
        Some(Text::new(format!("Basic {}", base64::encode(&pair)), user.span()))
    }

    /// The URL for people, without user information.
    pub(super) fn lossy(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority.lossy(), self.target.lossy())
    }

    /// Adds pairs to the query.
    pub(super) fn add_query(&mut self, query: &Text) {
        if query.is_empty() {
            return;
        }
        let mark: &[u8] = match memchr::memchr(b'?', self.target.bytes()) {
            None => b"?",
            Some(at) if at + 1 == self.target.len() || self.target.bytes().ends_with(b"&") => b"",
            Some(_) => b"&",
        };
        self.target.push(mark, query.span());
        self.target.append(query);
    }
}

/// The end of the scheme before `://`, if the text begins with one.
fn find_scheme(bytes: &[u8]) -> Option<usize> {
    let is_scheme_byte = |byte: &u8| byte.is_ascii_alphanumeric() || b"+.-".contains(byte);
    let end = bytes.iter().take_while(|byte| is_scheme_byte(byte)).count();
    (end > 0 && bytes[end..].starts_with(b"://")).then_some(end)
}

fn read_scheme(text: &Text, end: usize) -> Result<Scheme, Refusal> {
    let name = text.slice(0..end);
    name.valid().parse().map_err(|_| {
        let message = format!("`{}` is another protocol than HTTP", name.lossy());
        refuse(
            code::INPUT_URL_SCHEME,
            message,
            name.span(),
            "expected http or https",
            "give a URL that begins with `https://`",
        )
    })
}

#[cold]
fn refuse_no_host(text: &Text) -> Refusal {
    let message = format!("the URL `{}` has no host", text.lossy());
    refuse(
        code::INPUT_URL,
        message,
        text.span(),
        "expected a host",
        "give a whole URL such as `https://example.org/path`",
    )
}

/// The authority without the port that the scheme has anyway (RFC 9110 §4.2.3).
fn take_off_port(authority: Text, scheme: Scheme) -> Text {
    let port = format!(":{}", scheme.default_port());
    match authority.bytes().strip_suffix(port.as_bytes()) {
        Some(host) if !host.is_empty() => authority.slice(0..host.len()),
        _ => authority,
    }
}

fn write_target(rest: &Text, host: Span, unencoded: Unencoded) -> Text {
    let mut target = Text::default();
    if !matches!(rest.bytes().first(), Some(b'/' | b'\\')) {
        target.push(b"/", host);
    }
    match unencoded {
        Unencoded::Kept => target.append(rest),
        Unencoded::Encoded => encode(&mut target, rest, b""),
        Unencoded::Standard => {
            let path = memchr::memchr(b'?', rest.bytes()).unwrap_or(rest.len());
            encode(&mut target, &rest.slice(0..path), b"\"<>`{}");
            encode(&mut target, &rest.slice(path..rest.len()), b"\"<>'");
        }
    }
    target
}

/// Appends a text with what no URL may contain, and the bytes of `more`, percent-encoded.
pub(super) fn encode(out: &mut Text, text: &Text, more: &[u8]) {
    encode_bytes(out, text, |_, byte| !byte.is_ascii_graphic() || more.contains(&byte));
}

/// Appends a text with the bytes that `is_encoded` chooses, by place and value, percent-encoded.
pub(super) fn encode_bytes(out: &mut Text, text: &Text, is_encoded: impl Fn(usize, u8) -> bool) {
    let mut from = 0;
    for (at, byte) in text.bytes().iter().enumerate() {
        if is_encoded(at, *byte) {
            out.append_part(text, from..at);
            out.push(format!("%{byte:02X}").as_bytes(), text.span_of(at..at + 1));
            from = at + 1;
        }
    }
    out.append_part(text, from..text.len());
}

/// Names and values as a query or a form: what is not unreserved is percent-encoded.
pub(super) fn encode_pairs(pairs: &[(Text, Text)]) -> Text {
    let mut out = Text::default();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push(b"&", name.span());
        }
        encode_reserved(&mut out, name);
        out.push(b"=", name.span());
        encode_reserved(&mut out, value);
    }
    out
}

fn encode_reserved(out: &mut Text, text: &Text) {
    encode_bytes(out, text, |_, byte| !percent::is_unreserved(byte));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(url: &str) -> Url {
        let text = Text::of(url.as_bytes(), 0..url.len());
        Url::split(&text, Scheme::Http, Unencoded::Encoded).unwrap()
    }

    #[test]
    fn a_url_has_scheme_authority_and_target() {
        for (url, whole) in [
            ("https://a.example/b?c#d", "https://a.example/b?c"),
            ("a.example", "http://a.example/"),
            ("a.example:8080?q=1", "http://a.example:8080/?q=1"),
            ("HTTPS://a.example:443/", "https://a.example/"),
            ("http://a.example:443/", "http://a.example:443/"),
            ("https://u:p%40@[::1]:80/x y/é", "https://[::1]:80/x%20y/%C3%A9"),
            ("https://a.example?u=http://b@c/", "https://a.example/?u=http://b@c/"),
        ] {
            assert_eq!(split(url).lossy(), whole, "{url}");
        }
        assert_eq!(split("http://u:p%40@a/").basic().unwrap().bytes(), b"Basic dTpwQA==");
        assert_eq!(split("http://u@a/").basic().unwrap().bytes(), b"Basic dTo=");
    }

    #[test]
    fn a_url_without_a_host_is_refused() {
        for url in ["http://", "/path", "http://u@/", "ftp://a/", "?x"] {
            let text = Text::of(url.as_bytes(), 0..url.len());
            assert!(Url::split(&text, Scheme::Http, Unencoded::Kept).is_err(), "{url}");
        }
    }

    #[test]
    fn a_query_grows() {
        for (url, whole) in
            [("a", "/?x=1"), ("a?", "/?x=1"), ("a?b", "/?b&x=1"), ("a?b&", "/?b&x=1")]
        {
            let mut url = split(url);
            url.add_query(&Text::new("x=1", Span::default()));
            assert_eq!(url.target.lossy(), whole);
        }
    }
}
