//! Requests that are built, not read.

use std::borrow::Cow;
use std::fmt;

use crate::grammar::space::trim;
use crate::grammar::token::is_token;
use crate::grammar::{Authority, Scheme, UrlSplit};

use super::{Body, Field, Framing, Request, SchemeSource, TargetForm, decide_scheme};

/// Why a request cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The method is not a token (RFC 9110 §9.1).
    Method(String),
    /// The target is neither a path, a URL, `*` of OPTIONS nor `host:port` of CONNECT, or has a space
    /// or a control character (RFC 9112 §3.2).
    Target(String),
    /// The name of a field is not a token (RFC 9110 §5.1).
    FieldName(String),
    /// The value of this field has a control character other than the tab (RFC 9110 §5.5).
    FieldValue(String),
    /// There is no Host and no URL, more than one Host, or one that is not `host[:port]`
    /// (RFC 9112 §3.2).
    Host(String),
    /// A field of framing, which follows from the body: Content-Length, Transfer-Encoding.
    Framing(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => write!(f, "{method:?} is not a method: a method is a token"),
            Self::Target(target) => write!(f, "{target:?} is not a path or a URL"),
            Self::FieldName(name) => write!(f, "{name:?} is not a field name: a name is a token"),
            Self::FieldValue(name) => write!(f, "the value of {name} has a control character"),
            Self::Host(host) => write!(f, "expected one Host with `host[:port]`, not {host:?}"),
            Self::Framing(name) => write!(f, "{name} follows from the body: leave it out"),
        }
    }
}

impl std::error::Error for BuildError {}

/// Builds a [`Request`]; see [`Request::builder`].
#[derive(Debug, Clone)]
#[must_use]
pub struct RequestBuilder<'a> {
    method: Cow<'a, str>,
    url: Cow<'a, str>,
    fields: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>,
    body: Option<Cow<'a, [u8]>>,
    scheme: Option<Scheme>,
}

impl<'a> Request<'a> {
    /// Begins a request with this method and URL.
    ///
    /// A whole URL (`https://example.org/a?b`) gives the scheme, the target and, where no field of that
    /// name is added, Host. A path is a target as it is, and needs a Host field.
    ///
    /// ```
    /// use requote::request::Request;
    ///
    /// # fn main() -> Result<(), requote::request::BuildError> {
    /// let request = Request::builder("PUT", "https://example.org/a?b=1")
    ///     .field("Content-Type", "text/plain")
    ///     .body("hello")
    ///     .build()?;
    /// assert_eq!(request.target, "/a?b=1");
    /// assert_eq!(request.authority(), "example.org");
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(
        method: impl Into<Cow<'a, str>>,
        url: impl Into<Cow<'a, str>>,
    ) -> RequestBuilder<'a> {
        RequestBuilder {
            method: method.into(),
            url: url.into(),
            fields: Vec::new(),
            body: None,
            scheme: None,
        }
    }
}

impl<'a> RequestBuilder<'a> {
    /// Adds a field. White space around the value is taken off, as on the wire.
    pub fn field(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        let value = match value.into() {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        self.fields.push((name.into(), value));
        self
    }

    /// Adds a field whose value need not be text.
    pub fn field_bytes(
        mut self,
        name: impl Into<Cow<'a, str>>,
        value: impl Into<Cow<'a, [u8]>>,
    ) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Sets the body; an empty one is sent with `Content-Length: 0`.
    pub fn body<B: AsRef<[u8]> + ?Sized>(mut self, body: &'a B) -> Self {
        self.body = Some(Cow::Borrowed(body.as_ref()));
        self
    }

    /// Sets a body that the request owns.
    pub fn body_owned(mut self, body: Vec<u8>) -> Self {
        self.body = Some(Cow::Owned(body));
        self
    }

    /// Sets the scheme, where the URL is a path.
    pub const fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = Some(scheme);
        self
    }

    /// The request.
    ///
    /// # Errors
    ///
    /// A part that no message can carry; see [`BuildError`].
    pub fn build(self) -> Result<Request<'a>, BuildError> {
        if !is_token(self.method.as_bytes()) {
            return Err(BuildError::Method(self.method.into_owned()));
        }
        let (target, target_form, own) = split_url(&self.method, self.url)?;
        let mut headers = Vec::with_capacity(self.fields.len() + 1);
        if let Some((_, host)) = &own
            && !self.fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("host"))
        {
            headers.push(field("Host".into(), Cow::Owned(host.clone().into_bytes())));
        }
        for (name, value) in self.fields {
            headers.push(read_field(name, value)?);
        }
        check_host(&headers)?;
        let body = Body {
            framing: if self.body.is_some() { Framing::ContentLength } else { Framing::None },
            bytes: self.body.unwrap_or_default(),
            span: None,
        };
        let mut request = Request {
            method: self.method,
            method_span: None,
            target,
            target_span: None,
            target_form,
            url_split: None,
            version: "HTTP/1.1",
            scheme: Scheme::Https,
            scheme_source: SchemeSource::Default,
            headers,
            body,
            trailers: Vec::new(),
        };
        if let Some(scheme) = self.scheme.or(own.map(|(scheme, _)| scheme)) {
            request.set_scheme(scheme);
        } else {
            (request.scheme, request.scheme_source) = decide_scheme(&request);
        }
        Ok(request)
    }
}

/// The target and its form; of a whole URL also the scheme and the value of Host.
type Split<'a> = (Cow<'a, str>, TargetForm, Option<(Scheme, String)>);

fn split_url<'a>(method: &str, url: Cow<'a, str>) -> Result<Split<'a>, BuildError> {
    let is_clean = !url.is_empty() && !url.contains(|c: char| c == ' ' || c.is_control());
    let refused = |url: Cow<'_, str>| BuildError::Target(url.into_owned());
    if !is_clean {
        return Err(refused(url));
    }
    if method == "CONNECT" {
        let read = Authority::read_host(&url).map(|read| (read.host.is_empty(), read.port));
        return match read {
            Ok((false, Some(_))) => Ok((url, TargetForm::Authority, None)),
            _ => Err(refused(url)),
        };
    }
    if url == "*" && method == "OPTIONS" {
        return Ok((url, TargetForm::Asterisk, None));
    }
    if url.starts_with('/') {
        return Ok((url, TargetForm::Origin, None));
    }
    let Some(parts) = UrlSplit::find(&url).map(|split| split.parts(&url)) else {
        return Err(refused(url));
    };
    let (Ok(scheme), true) = (parts.scheme.parse(), !parts.authority.is_empty()) else {
        return Err(refused(url));
    };
    let rest = parts.rest.split('#').next().unwrap_or_default();
    let target = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
    let host = parts.authority.to_owned();
    Ok((Cow::Owned(target), TargetForm::Origin, Some((scheme, host))))
}

fn field<'a>(name: Cow<'a, str>, value: Cow<'a, [u8]>) -> Field<'a> {
    Field { name, value, name_span: None, value_span: None, known_text: None }
}

fn read_field<'a>(name: Cow<'a, str>, value: Cow<'a, [u8]>) -> Result<Field<'a>, BuildError> {
    if !is_token(name.as_bytes()) {
        return Err(BuildError::FieldName(name.into_owned()));
    }
    if ["content-length", "transfer-encoding"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
        return Err(BuildError::Framing(name.into_owned()));
    }
    if value.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
        return Err(BuildError::FieldValue(name.into_owned()));
    }
    let value = match value {
        Cow::Borrowed(bytes) => Cow::Borrowed(trim(bytes)),
        Cow::Owned(bytes) => Cow::Owned(trim(&bytes).to_vec()),
    };
    Ok(field(name, value))
}

fn check_host(headers: &[Field<'_>]) -> Result<(), BuildError> {
    let mut hosts = headers.iter().filter(|field| field.is("host"));
    let (first, second) = (hosts.next(), hosts.next());
    let host = first.map(|field| String::from_utf8_lossy(&field.value)).unwrap_or_default();
    let is_valid = second.is_none()
        && Authority::read_host(&host).is_ok_and(|authority| !authority.host.is_empty());
    if is_valid { Ok(()) } else { Err(BuildError::Host(host.into_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(method: &str, url: &str) -> Result<(String, String, Scheme), BuildError> {
        let request = Request::builder(method, url).build()?;
        let authority = request.authority().to_owned();
        Ok((request.target.into_owned(), authority, request.scheme))
    }

    #[test]
    fn a_url_gives_scheme_host_and_target() {
        let is = |target: &str, host: &str, scheme| Ok((target.into(), host.into(), scheme));
        assert_eq!(
            build("GET", "http://a.example:81/b?c#d"),
            is("/b?c", "a.example:81", Scheme::Http)
        );
        assert_eq!(build("GET", "https://u@[::1]?x"), is("/?x", "[::1]", Scheme::Https));
    }

    #[test]
    fn what_no_message_can_carry_is_refused() {
        let refused = |method, url| build(method, url).unwrap_err();
        assert_eq!(refused("G T", "http://a/"), BuildError::Method("G T".into()));
        for url in ["", "a", "ftp://a/", "http://", "http://a/b c", "/\r\n", "*"] {
            assert_eq!(refused("GET", url), BuildError::Target(url.into()), "{url}");
        }
        assert_eq!(refused("CONNECT", "a"), BuildError::Target("a".into()));
        assert_eq!(refused("GET", "/"), BuildError::Host(String::new()));
        assert_eq!(refused("GET", "http://a b/"), BuildError::Target("http://a b/".into()));
        assert_eq!(refused("GET", "http://a:x/"), BuildError::Host("a:x".into()));
        let with = |name, value| Request::builder("GET", "http://a/").field(name, value).build();
        assert_eq!(with("a b", "").unwrap_err(), BuildError::FieldName("a b".into()));
        assert_eq!(with("A", "b\nc").unwrap_err(), BuildError::FieldValue("A".into()));
        assert_eq!(
            with("content-length", "1").unwrap_err(),
            BuildError::Framing("content-length".into())
        );
        let twice = Request::builder("GET", "http://a/").field("Host", "a").field("host", "a");
        assert!(matches!(twice.build(), Err(BuildError::Host(_))));
    }

    #[test]
    fn a_built_request_owns_or_borrows() {
        let request = Request::builder("POST".to_owned(), "/a")
            .field("Host", "localhost:8080")
            .field_bytes("X", b" \xff\t".as_slice())
            .body_owned(vec![0, 1])
            .build()
            .unwrap();
        assert_eq!(
            (request.scheme, request.scheme_source),
            (Scheme::Http, SchemeSource::LocalHost)
        );
        assert_eq!(&*request.header("x").unwrap().value, b"\xff");
        assert_eq!(request.body.framing, Framing::ContentLength);
        let given = Request::builder("GET", "/").field("Host", "a").scheme(Scheme::Http).build();
        assert_eq!(given.unwrap().scheme_source, SchemeSource::Given);
    }
}
