//! Field lines: names and values that a client keeps, joins, replaces or reads as something else.

use super::hostile::Alphabet;
use super::make::Maker;

/// Fields that clients send by themselves, or keep for themselves.
const OWN: &[&str] = &[
    "User-Agent",
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Cookie",
    "Authorization",
    "Proxy-Authorization",
    "Content-Type",
    "Referer",
    "Origin",
    "Date",
    "Via",
    "Range",
    "If-Modified-Since",
    "Cache-Control",
    "Keep-Alive",
    "X-Dup",
];

/// Fields with values that people write and clients know, by what they are for: one may change what becomes of
/// another.
const ORDINARY: &[&[(&str, &str)]] = &[
    &[
        ("Range", "bytes=0-1023"),
        ("If-Range", "\"a1\""),
        ("If-Match", "\"a1\""),
        ("If-None-Match", "W/\"a1\", \"b2\""),
        ("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"),
        ("If-Unmodified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Accept-Encoding", "identity"),
        ("Cache-Control", "no-cache"),
        ("Cache-Control", "max-age=0"),
        ("Pragma", "no-cache"),
    ],
    &[
        ("Accept", "application/json, text/plain;q=0.5, */*;q=0.1"),
        ("Accept-Language", "de-CH, en;q=0.5"),
        ("DNT", "1"),
        ("Origin", "https://shop.example"),
        ("Priority", "u=1, i"),
        ("Referer", "https://shop.example/list?page=2"),
        ("Sec-Fetch-Dest", "empty"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-GPC", "1"),
        ("sec-ch-ua", "\"Chromium\";v=\"156\""),
        ("sec-ch-ua-mobile", "?0"),
        ("sec-ch-ua-platform", "\"Linux\""),
        ("Upgrade-Insecure-Requests", "1"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        ("X-Requested-With", "XMLHttpRequest"),
    ],
    &[
        ("Accept-Charset", "utf-8"),
        ("Allow", "GET"),
        ("Content-Disposition", "attachment; filename=\"a.txt\""),
        ("Content-Language", "de"),
        ("Content-Location", "/a"),
        ("Date", "Sat, 29 Oct 1994 19:43:31 GMT"),
        ("Expect", "100-continue"),
        ("Forwarded", "for=192.0.2.1;proto=https"),
        ("From", "a@example.org"),
        ("Last-Modified", "Sat, 29 Oct 1994 19:43:31 GMT"),
        ("Max-Forwards", "5"),
        ("Prefer", "return=minimal"),
        ("Trailer", "X-Sum"),
        ("Via", "1.1 proxy.example"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
    ],
];

/// Names that mean something to options, maps and headers of some language.
const NAMES: &[&str] = &[
    "-H",
    "--header",
    "-",
    "X-",
    "__proto__",
    "constructor",
    "common",
    "get",
    "_under_score",
    ".req",
    "X.Dot",
    "$var",
    "%PATH%",
    "!x!",
    "`id`",
    "'",
    "*",
    "|",
    "~",
    "#",
    "&",
    "+",
    "^",
    "0",
    "x-lower",
    "X-UPPER",
    "toString",
    "Cookie2",
    "Set-Cookie",
    "Accept-Charset",
    "Sec-Fetch-Mode",
    "DNT",
];

/// Cookies that are no pairs, or name a file.
const COOKIES: &[&str] = &[
    "secret.txt",
    "@secret.txt",
    "@secret.txt=1",
    "/proc/self/cwd/secret.txt",
    "a",
    "=a",
    "a=1; b",
    "a=1;b=2",
    "a=\"1\"",
    "@a=b; c=@secret.txt",
    "__Secure-a=1",
    "$Version=1; a=b",
];

impl Maker<'_> {
    pub(super) fn make_headers(&mut self) -> Vec<(String, Vec<u8>)> {
        let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..self.random.below(4) {
            let name = self.make_name(index);
            let value = self.make_value();
            headers.push((name, value));
        }
        if self.random.chance(8) {
            let name = self.random.pick(OWN);
            for _ in 0..=self.random.below(3) {
                headers.push((name.to_owned(), self.make_value()));
            }
        }
        if self.random.chance(8) {
            headers.extend(self.make_connection());
        }
        if self.random.chance(30) {
            let group = ORDINARY[self.random.below(ORDINARY.len())];
            for (name, value) in group {
                if self.random.chance(25) {
                    headers.push(((*name).to_owned(), value.as_bytes().to_vec()));
                }
            }
        }
        for _ in 0..self.random.below(10).saturating_sub(7) {
            let cookie = self.make_cookie();
            headers.push(("Cookie".to_owned(), cookie));
        }
        if self.random.chance(20) {
            let credentials = self.make_credentials();
            headers.push(("Authorization".to_owned(), credentials));
        }
        headers
    }

    /// What is said to the next hop (RFC 9110 §7.6.1).
    fn make_connection(&mut self) -> Vec<(String, Vec<u8>)> {
        let field = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
        match self.random.below(8) {
            0 => vec![field("Connection", "keep-alive")],
            1 => vec![field("Connection", "close")],
            2 => vec![field("TE", "trailers"), field("Connection", "TE")],
            3 => vec![field("Connection", "Upgrade"), field("Upgrade", "websocket")],
            4 => vec![field("Connection", "X-Hop"), field("X-Hop", "1")],
            5 => vec![field("Connection", "X-Hop"), field("Connection", "close")],
            6 => vec![field("Connection", "close, X-Hop")],
            _ => vec![field("TE", "trailers")],
        }
    }

    fn make_name(&mut self, index: usize) -> String {
        let known =
            ["User-Agent", "Accept", "Referer", "If-None-Match", "X-Dup", "x-dup", "Origin"];
        match self.random.below(5) {
            4 => self.random.pick(NAMES).to_owned(),
            0 => self.random.pick(&known).to_owned(),
            1 => format!("x_{}!#$%&'*+.^`|~{index}", self.number),
            _ => format!("X-Fuzz-{index}"),
        }
    }

    /// A field value: no white space around it, and not always UTF-8.
    fn make_value(&mut self) -> Vec<u8> {
        let text = self.text(Alphabet::Field);
        let mut value = match self.random.below(10) {
            0 => (0..=self.random.below(12)).map(|_| self.random.byte() | 0x80).collect(),
            1..=3 => text.into_bytes(),
            _ => text.chars().filter(char::is_ascii).collect::<String>().into_bytes(),
        };
        while let Some(b' ' | b'\t') = value.last() {
            value.pop();
        }
        let blank = value.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        value.split_off(blank)
    }

    fn make_cookie(&mut self) -> Vec<u8> {
        // Without a `=`, or with a `@` before it, curl takes a cookie for a file of cookies.
        if self.random.chance(20) {
            return self.random.pick(COOKIES).as_bytes().to_vec();
        }
        let mut pairs = Vec::new();
        for index in 0..=self.random.below(3) {
            let text = self.text(Alphabet::Visible).replace([';', ','], "");
            pairs.push(format!("c{index}={text}"));
        }
        pairs.join("; ").into_bytes()
    }

    fn make_credentials(&mut self) -> Vec<u8> {
        let secret = self.text(Alphabet::Visible);
        if self.random.chance(40) {
            return format!("Bearer {secret}").into_bytes();
        }
        let user = self.text(Alphabet::Field).replace(':', "");
        let pair = format!("{user}:{secret}");
        format!("Basic {}", requote::grammar::base64::encode(pair.as_bytes())).into_bytes()
    }
}
