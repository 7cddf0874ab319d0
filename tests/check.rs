//! What a check says stands at the text that it is about.

use requote::diagnostic::Diagnostic;
use requote::{Scheme, check, parse};

fn find(source: &[u8], code: &str) -> Option<Diagnostic> {
    let message = parse(source).unwrap_or_else(|error| panic!("{error}"));
    check(&message).into_iter().find(|diagnostic| diagnostic.code == code)
}

#[test]
fn each_check_marks_what_it_is_about() {
    for (code, marked, source) in [
        ("secret-in-query", "API-Key", "GET /?a=1;b&API-Key=x HTTP/1.1\r\nHost: a\r\n\r\n"),
        (
            "secret-in-query",
            "X-Amz-Signature",
            "GET /?X-Amz-Signature=x HTTP/1.1\r\nHost: a\r\n\r\n",
        ),
        (
            "scheme",
            "http://a.test:8080",
            "GET / HTTP/1.1\r\nHost: a.test:8080\r\nOrigin: http://a.test:8080\r\n\r\n",
        ),
        ("scheme", "a.test:8080", "GET / HTTP/1.1\r\nHost: a.test:8080\r\n\r\n"),
        ("scheme", "192.168.0.5", "GET / HTTP/1.1\r\nHost: 192.168.0.5\r\n\r\n"),
        ("target-percent", "%", "GET /%41%4g HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("target-html-escape", "&amp;", "GET /?a=1&amp;b=2 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("target-fragment", "#b?c", "GET /a#b?c HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("credentials-in-target", "u:p", "GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("host-differs", "b", "GET http://u:p@a/ HTTP/1.1\r\nHost: b\r\n\r\n"),
        ("host-differs", "a:80", "GET https://a/ HTTP/1.1\r\nHost: a:80\r\n\r\n"),
        ("put-collection", "/a/?b", "PUT /a/?b HTTP/1.1\r\nHost: a\r\n\r\n"),
        (
            "field-repeated",
            "cookie",
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\ncookie: c=d\r\n\r\n",
        ),
        ("entity-tag", "W/\"a\"", "PUT / HTTP/1.1\r\nHost: a\r\nIf-Match: W/\"a\"\r\n\r\n"),
        ("json-invalid", "x", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b+json\r\n\r\n[1, x]"),
        (
            "content-encoding-mismatch",
            "br, gzip",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Encoding: br, gzip\r\n\r\nx",
        ),
        (
            "content-type-invalid",
            "application/json; charset=",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json; charset=\r\n\r\n{}",
        ),
        ("json-invalid", "x", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: text/json\r\n\r\n[1, x]"),
        (
            "fields-in-body",
            "content-Type",
            "PUT / HTTP/1.1\r\nHost: a\r\n\r\ncontent-Type: a/b\r\n\r\nx",
        ),
        (
            "json-duplicate-name",
            "\"",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: text/json\r\n\r\n{\"a\":1,\"\\u0061\":2}",
        ),
        ("placeholder", "{{id}}", "GET /{{id}}?k=$A HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("placeholder", ":id", "GET /a/:id?b=/:c HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("placeholder", "{id}", "GET /a/{id} HTTP/1.1\r\nHost: a\r\nIf-Match: \"{tag}\"\r\n\r\n"),
        ("placeholder", "{tag}", "GET / HTTP/1.1\r\nHost: a\r\nIf-Match: \"{tag}\"\r\n\r\n"),
        ("placeholder", "<key>", "GET / HTTP/1.1\r\nHost: a\r\nX-Api-Key: v1 <key>\r\n\r\n"),
        (
            "placeholder",
            "{id}",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: text/json\r\n\r\n{\"a\": \"{id}\"}",
        ),
        ("placeholder", "$API_KEY", "GET / HTTP/1.1\r\nHost: a\r\nX: b $API_KEY\r\n\r\n"),
        (
            "placeholder",
            "{{ name }}",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n\r\nI am {{ name }}.",
        ),
        ("response-field-missing", "401", "GET / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 401\r\n\r\n"),
    ] {
        let found = find(source.as_bytes(), code).unwrap_or_else(|| panic!("no {code}: {source}"));
        let span = found.span.unwrap();
        assert_eq!(&source[span.start..span.end], marked, "{code}");
    }
}

#[test]
fn what_is_in_order_is_not_warned_of() {
    for (code, source) in [
        ("scheme", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
        ("scheme", "GET / HTTP/1.1\r\nHost: a.test:80\r\n\r\n"),
        ("scheme", "GET http://a.test:8080/ HTTP/1.1\r\nHost: a.test:8080\r\n\r\n"),
        ("scheme", "GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"),
        ("secret-in-query", "GET /?key=&tokens=1&monkey=2 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("placeholder", "GET /?query={hero} HTTP/1.1\r\nHost: a\r\nX: {a} or <b>\r\n\r\n"),
        ("placeholder", "GET / HTTP/1.1\r\nHost: a\r\nLink: <b>\r\nContent-ID: <c>\r\n\r\n"),
        ("placeholder", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\n\r\n<b>{c}</b>"),
        ("host-differs", "GET http://A/ HTTP/1.1\r\nHost: a:80\r\n\r\n"),
        ("host-differs", "GET https://[::1]/ HTTP/1.1\r\nHost: [::1]:443\r\n\r\n"),
        ("credentials-over-http", "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eDp5\r\n\r\n"),
        (
            "credentials-over-http",
            "GET / HTTP/1.1\r\nHost: [::1]:80\r\nAuthorization: Basic eDp5\r\n\r\n",
        ),
        ("field-repeated", "GET / HTTP/1.1\r\nHost: a\r\nAccept: a/b\r\nAccept: c/d\r\n\r\n"),
        ("entity-tag", "PUT / HTTP/1.1\r\nHost: a\r\nIf-None-Match: W/\"a\"\r\n\r\n"),
        (
            "upgrade",
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: close, Upgrade\r\n\r\n",
        ),
        (
            "content-encoding-mismatch",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Encoding: identity\r\n\r\nx",
        ),
        (
            "multipart-boundary-unused",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/x; boundary=\"a b\"\r\n\r\n--a b--\r\n",
        ),
    ] {
        assert_eq!(find(source.as_bytes(), code), None, "{source}");
    }
}

#[test]
fn the_scheme_is_that_of_the_target_or_of_the_own_origin_or_a_guess() {
    for (scheme, head) in [
        (Scheme::Http, "GET http://a.test/ HTTP/1.1\r\nHost: a.test"),
        (Scheme::Https, "GET https://localhost/ HTTP/1.1\r\nHost: localhost"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: a.test:8080\r\nOrigin: http://a.test:8080"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: A.test\r\nReferer: http://a.test:80/b?c"),
        (Scheme::Https, "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: https://localhost"),
        (Scheme::Https, "GET / HTTP/1.1\r\nHost: a.test\r\nOrigin: http://b.test"),
        (Scheme::Https, "GET / HTTP/1.1\r\nHost: a.test:8080\r\nOrigin: http://a.test"),
        (Scheme::Https, "GET / HTTP/1.1\r\nHost: a.test\r\nOrigin: null"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: 0.0.0.0:8000"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: host.docker.internal:3000"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: [fe80::1]"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: db:9200"),
        (Scheme::Http, "GET / HTTP/1.1\r\nHost: a.test:80"),
        (Scheme::Https, "GET / HTTP/1.1\r\nHost: a.test:443"),
        (Scheme::Https, "GET / HTTP/1.1\r\nHost: a.test"),
    ] {
        let source = format!("{head}\r\n\r\n");
        assert_eq!(parse(source.as_bytes()).unwrap().request.scheme, scheme, "{head}");
    }
}
