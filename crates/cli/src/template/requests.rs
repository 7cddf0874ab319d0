//! The requests that every template is tested with: few, and each for a way of its own that templates
//! have.

/// A request: its name, what it is there for, and the message.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of the file of its snapshot.
    pub name: String,
    /// Why it is there.
    pub why: String,
    /// The message.
    pub message: Vec<u8>,
}

/// The requests that are part of requote.
pub fn core() -> Vec<Case> {
    let case = |(name, why, head, body): &(&str, &str, &str, &[u8])| {
        let mut message = head.replace('\n', "\r\n").into_bytes();
        if !body.is_empty() {
            message.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
        }
        message.extend_from_slice(b"\r\n");
        message.extend_from_slice(body);
        Case { name: (*name).to_owned(), why: (*why).to_owned(), message }
    };
    CORE.iter().map(case).collect()
}

const JSON: &str = "POST /items HTTP/1.1\nHost: example.org\nContent-Type: application/json\n";
const TEXT: &str = "POST /notes HTTP/1.1\nHost: example.org\nContent-Type: text/plain\n";
const FORM: &str =
    "POST /login HTTP/1.1\nHost: example.org\nContent-Type: application/x-www-form-urlencoded\n";

/// Name, reason, head and body.
const CORE: [(&str, &str, &str, &[u8]); 22] = [
    ("get", "the shortest request", "GET /a HTTP/1.1\nHost: example.org\n", b""),
    (
        "get-query",
        "a query with a name that occurs twice",
        "GET /search?q=a%20b&tag=x&tag=y HTTP/1.1\nHost: example.org\n",
        b"",
    ),
    (
        "get-fields",
        "fields that clients have parameters of their own for",
        "GET / HTTP/1.1\nHost: example.org\nAccept: text/html\nUser-Agent: me/1\nX-Trace: 1\n",
        b"",
    ),
    (
        "get-field-twice",
        "a field in two lines",
        "GET / HTTP/1.1\nHost: example.org\nX-Tag: a\nX-Tag: b\n",
        b"",
    ),
    (
        "get-field-odd",
        "a value that is empty, one outside ASCII, one with quotes",
        "GET / HTTP/1.1\nHost: example.org\nX-Empty:\nX-Name: José\nX-Quote: \"a\\b\" 'c' $d\n",
        b"",
    ),
    (
        "get-basic",
        "Basic credentials (RFC 7617)",
        "GET / HTTP/1.1\nHost: example.org\nAuthorization: Basic dXNlcjpwYXNz\n",
        b"",
    ),
    (
        "get-bearer",
        "a bearer token (RFC 6750)",
        "GET / HTTP/1.1\nHost: example.org\nAuthorization: Bearer abc.def\n",
        b"",
    ),
    (
        "get-cookies",
        "cookies (RFC 6265)",
        "GET / HTTP/1.1\nHost: example.org\nCookie: a=1; b=2\n",
        b"",
    ),
    (
        "get-dots",
        "a path that many clients normalise",
        "GET /a/../b//c?x[]=1 HTTP/1.1\nHost: example.org\n",
        b"",
    ),
    ("get-port", "another port, http", "GET / HTTP/1.1\nHost: localhost:8080\n", b""),
    (
        "get-body",
        "a body where many clients send none",
        "GET /search HTTP/1.1\nHost: example.org\nContent-Type: application/json\n",
        b"{\"q\":1}",
    ),
    ("head", "a method without a response body", "HEAD /a HTTP/1.1\nHost: example.org\n", b""),
    (
        "delete",
        "a method with a function in many APIs",
        "DELETE /a HTTP/1.1\nHost: example.org\n",
        b"",
    ),
    (
        "propfind",
        "a method without one",
        "PROPFIND /a HTTP/1.1\nHost: example.org\nDepth: 1\n",
        b"",
    ),
    (
        "post-json",
        "JSON of every kind",
        JSON,
        b"{\"a\": [1, 2.5, null, true], \"b\": {\"c\": \"d\\ne\"}}",
    ),
    ("post-json-lines", "JSON in lines", JSON, b"{\n  \"a\": 1,\n  \"b\": \"x\"\n}"),
    ("post-form", "a form", FORM, b"user=me&password=a%26b"),
    ("post-form-twice", "a form with a name that occurs twice", FORM, b"a=1&a=2&b="),
    (
        "post-multipart",
        "a multipart form with a file",
        "POST /upload HTTP/1.1\nHost: example.org\nContent-Type: multipart/form-data; boundary=x\n",
        b"--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nhi\r\n\
          --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\
          Content-Type: application/octet-stream\r\n\r\n\x00\xff\r\n--x--\r\n",
    ),
    ("post-text", "text of several lines with quotes", TEXT, b"it's \"so\"\n\\d+ ${x} #{y} %s\n"),
    (
        "post-text-hidden",
        "text that cannot be seen",
        TEXT,
        "a\t\u{7}\u{202e}\u{2028}é🎉".as_bytes(),
    ),
    (
        "put-bytes",
        "bytes that are no text",
        "PUT /a.png HTTP/1.1\nHost: example.org\nContent-Type: image/png\nIf-Match: \"1\"\n",
        b"\x89PNG\r\n\x1a\n\x00\xff",
    ),
];

#[cfg(test)]
mod tests {
    #[test]
    fn each_is_a_request_with_a_name_of_its_own() {
        let mut cases = super::core();
        for case in &cases {
            assert!(requote::parse(&case.message).is_ok(), "{}", case.name);
            assert!(!case.why.is_empty());
        }
        let count = cases.len();
        cases.dedup_by(|one, other| one.name == other.name);
        assert_eq!(cases.len(), count);
    }
}
