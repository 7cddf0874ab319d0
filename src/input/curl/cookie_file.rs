//! Files of cookies → the cookies that curl sends to a URL (curl, `lib/cookie.c` and
//! `docs/HTTP-COOKIES.md`).

use crate::grammar::{Scheme, host};
use crate::order::{longest_first, sort_by_number};

use super::super::text::Text;
use super::super::url::Url;

/// A cookie of a file.
#[derive(Debug, PartialEq, Eq)]
struct Cookie<'f> {
    domain: &'f str,
    /// Whether it also goes to the names below the domain.
    has_subdomains: bool,
    path: &'f str,
    is_secure: bool,
    name: &'f str,
    value: &'f str,
}

/// What curl adds to Cookie from a file. Requests are read without a clock: a cookie that has expired
/// counts like any other.
pub(super) fn select(file: &Text, url: &Url) -> Option<Text> {
    let content = file.lossy();
    let authority = url.authority.lossy();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => &authority,
    };
    let target = url.target.lossy();
    let path = target.split('?').next().unwrap_or_default();
    let mut cookies: Vec<Cookie> = Vec::new();
    for cookie in content.lines().filter_map(read_line) {
        let is_same = |known: &&mut Cookie| {
            (known.domain, known.path, known.name) == (cookie.domain, cookie.path, cookie.name)
        };
        match cookies.iter_mut().find(is_same) {
            Some(known) => *known = cookie,
            None => cookies.push(cookie),
        }
    }
    cookies.retain(|cookie| cookie.goes_to(url.scheme, host, path));
    // The longest path, domain and name first; of equal ones the last.
    cookies.reverse();
    sort_by_number(&mut cookies, |cookie| longest_first(cookie.name.len()));
    sort_by_number(&mut cookies, |cookie| longest_first(cookie.domain.len()));
    sort_by_number(&mut cookies, |cookie| longest_first(cookie.path.len()));
    let pairs: Vec<String> =
        cookies.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
    (!pairs.is_empty()).then(|| Text::new(pairs.join("; "), file.span()))
}

/// A line of Netscape's format, or a `Set-Cookie` field.
fn read_line(line: &str) -> Option<Cookie<'_>> {
    let prefix = line.get(..11);
    if prefix.is_some_and(|name| name.eq_ignore_ascii_case("set-cookie:")) {
        return read_field(&line[11..]);
    }
    let line = line.strip_prefix("#HttpOnly_").unwrap_or(line);
    if line.starts_with('#') {
        return None;
    }
    let columns: Vec<&str> = line.split('\t').collect();
    let (domain, has_subdomains, path, secure, name, value) = match *columns {
        [domain, below, path, secure, _, name, value] => (domain, below, path, secure, name, value),
        [domain, below, path, secure, _, name] => (domain, below, path, secure, name, ""),
        _ => return None,
    };
    Some(Cookie {
        domain: domain.strip_prefix('.').unwrap_or(domain),
        has_subdomains: has_subdomains.eq_ignore_ascii_case("true"),
        path,
        is_secure: secure.eq_ignore_ascii_case("true"),
        name,
        value,
    })
}

/// The value of a `Set-Cookie` field (RFC 6265 §5.2). Without a domain it goes to no host.
fn read_field(value: &str) -> Option<Cookie<'_>> {
    let mut parts = value.split(';').map(str::trim);
    let (name, value) = parts.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let mut cookie =
        Cookie { domain: "", has_subdomains: true, path: "", is_secure: false, name, value };
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "domain" => cookie.domain = value.trim().trim_start_matches('.'),
            "path" if value.trim().starts_with('/') => cookie.path = value.trim(),
            "secure" => cookie.is_secure = true,
            _ => {}
        }
    }
    (!cookie.domain.is_empty()).then_some(cookie)
}

impl Cookie<'_> {
    fn goes_to(&self, scheme: Scheme, host: &str, path: &str) -> bool {
        let is_trusted = scheme == Scheme::Https || host::is_loopback(host);
        (is_trusted || !self.is_secure) && self.is_for_host(host) && self.is_for_path(path)
    }

    fn is_for_host(&self, host: &str) -> bool {
        if host.eq_ignore_ascii_case(self.domain) {
            return true;
        }
        let start = host.len().checked_sub(self.domain.len() + 1);
        let end = start.and_then(|at| host.get(at..)).and_then(|end| end.strip_prefix('.'));
        self.has_subdomains
            && host::read_address(host).is_none()
            && end.is_some_and(|end| end.eq_ignore_ascii_case(self.domain))
    }

    /// The path of the cookie, or one below it (RFC 6265 §5.1.4).
    fn is_for_path(&self, path: &str) -> bool {
        let own = self.path.strip_suffix('/').unwrap_or(self.path);
        path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::url::Unencoded;
    use super::*;

    const FILE: &str = "# Netscape HTTP Cookie File\n\
        example.org\tFALSE\t/\tFALSE\t0\ta\t1\n\
        .example.org\tTRUE\t/\tFALSE\t0\tbelow\t2\n\
        #HttpOnly_example.org\tFALSE\t/api\tFALSE\t0\tpath\t3\n\
        example.org\tFALSE\t/\tTRUE\t0\tsecure\t4\n\
        example.net\tFALSE\t/\tFALSE\t0\tother\t5\n\
        example.org\tFALSE\t/\tFALSE\t0\ta\t6\n\
        Set-Cookie: free=7; Secure; HttpOnly\n\
        Set-Cookie: named=8; Domain=.example.org; Path=/x\n\
        nonsense\n";

    fn sent(url: &str) -> String {
        let file = Text::new(FILE, crate::diagnostic::Span::new(0, 1));
        let url = Text::of(url.as_bytes(), 0..url.len());
        let url = Url::split(&url, Scheme::Http, Unencoded::Kept).unwrap();
        select(&file, &url).map(|text| text.lossy()).unwrap_or_default()
    }

    #[test]
    fn a_cookie_goes_to_its_hosts_paths_and_schemes() {
        for (url, expected) in [
            ("http://example.org/", "below=2; a=6"),
            ("https://EXAMPLE.org/", "secure=4; below=2; a=6"),
            ("http://example.org/api/x?y", "path=3; below=2; a=6"),
            ("http://example.org/apis", "below=2; a=6"),
            ("http://www.example.org:8080/x", "named=8; below=2"),
            ("http://notexample.org/", ""),
            ("http://localhost/", ""),
        ] {
            assert_eq!(sent(url), expected, "{url}");
        }
    }
}
