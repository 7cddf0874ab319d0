//! The requests with which `template learn` finds out what a client does, beside those of the core: each
//! shows one thing, so that what happens to it has one reason.

use super::requests::Case;

/// Name, reason, request line and fields.
const PROBES: [(&str, &str, &str); 24] = [
    ("target-percent-lower", "the letter case of percent-encodings", "GET /%e2%82%ac?q=%c3%a9"),
    ("target-percent-unreserved", "an encoding that is not needed", "GET /%41%7Eb?q=%41"),
    ("target-percent-reserved", "an encoding that is needed", "GET /a%2Fb%3Fc?q=%26%3D"),
    ("target-percent-stray", "a percent sign of its own", "GET /100%?q=5%"),
    ("target-brackets", "brackets", "GET /a[1]?b[]=c"),
    ("target-braces", "braces", "GET /{a}?b={c}"),
    ("target-quotes", "quotes and angle brackets", "GET /a\"b<c>?d='e'"),
    ("target-signs", "pipe, caret, backquote", "GET /a|b?c=^`d"),
    ("target-backslash", "a backslash", "GET /a\\b"),
    (
        "target-sub-delims",
        "characters that need no encoding",
        "GET /a!$&'()*+,;=:@b?c=!$'()*,;:@/?",
    ),
    ("target-non-ascii", "a path outside ASCII", "GET /é?q=é"),
    ("target-double-slash", "an empty segment", "GET /a//b"),
    ("target-leading-slashes", "a path that looks like an authority", "GET //a/b"),
    ("target-empty-query", "a question mark with nothing behind it", "GET /a?"),
    ("target-plus", "a plus sign in a query", "GET /a+b?c+d=e+f"),
    ("target-double-dots-encoded", "dot segments that are encoded", "GET /a/%2e%2e/b"),
    ("method-lower", "a method in lower case", "get /a"),
    ("method-trace", "TRACE", "TRACE /a"),
    ("method-options", "OPTIONS", "OPTIONS /a"),
    ("method-own", "a method with signs", "M-SEARCH /a"),
    ("field-empty", "an empty value", "GET /a\nX-Empty:"),
    ("field-tab", "a tab within a value", "GET /a\nX-Tab: a\tb"),
    ("field-connection", "a connection option", "GET /a\nConnection: keep-alive, x-own"),
    ("field-te", "TE, which clients keep for themselves", "GET /a\nTE: trailers"),
];

/// Requests with a body that most clients send without a word of their own.
const BODIES: [(&str, &str, &str, &str); 4] = [
    ("body-untyped", "a body without a media type", "POST /a", "hello"),
    ("body-untyped-put", "the same with PUT", "PUT /a", "hello"),
    ("body-empty-post", "POST without a body", "POST /a", ""),
    ("body-delete", "DELETE with a body", "DELETE /a\nContent-Type: text/plain", "hello"),
];

/// The requests.
pub fn probes() -> Vec<Case> {
    let bare = PROBES.iter().map(|(name, why, head)| case(name, why, head, ""));
    let with_body = BODIES.iter().map(|(name, why, head, body)| case(name, why, head, body));
    bare.chain(with_body).collect()
}

fn case(name: &str, why: &str, head: &str, body: &str) -> Case {
    let (line, fields) = head.split_once('\n').unwrap_or((head, ""));
    let mut message = format!("{line} HTTP/1.1\r\nHost: example.org\r\n");
    if !fields.is_empty() {
        message.extend([fields, "\r\n"]);
    }
    if !body.is_empty() {
        message.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    message.extend(["\r\n", body]);
    Case { name: name.to_owned(), why: why.to_owned(), message: message.into_bytes() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_is_a_request() {
        for case in super::probes() {
            assert!(requote::parse(&case.message).is_ok(), "{}", case.name);
            assert!(!case.why.is_empty());
        }
    }
}
