//! A random stream → a hostile request that is valid all the same.

use std::fmt::Write as _;

use super::hostile::{Alphabet, write_text};
use super::random::Random;
use super::request::FuzzRequest;

/// The request of this number.
pub fn make_request(random: &mut Random, number: u64) -> FuzzRequest {
    make(Maker { random, number, marks: None })
}

/// The same with a word of its own at the end of each text, `zqzq17zqzq`: what a snippet leaves out is
/// found by it.
#[cfg(test)]
pub fn make_marked_request(random: &mut Random, number: u64) -> FuzzRequest {
    make(Maker { random, number, marks: Some(0) })
}

fn make(mut maker: Maker<'_>) -> FuzzRequest {
    let method = maker.make_method();
    let host = maker.make_host();
    let target = maker.make_target();
    let mut headers = maker.make_headers();
    let has_body = match method.as_str() {
        "POST" | "PUT" | "PATCH" => maker.random.chance(95),
        "DELETE" => maker.random.chance(30),
        "HEAD" => maker.random.chance(20),
        _ => maker.random.chance(5),
    };
    let body = if has_body { maker.make_body(&mut headers) } else { Vec::new() };
    FuzzRequest { method, host, target, headers, body, variable: None }
}

/// What is made of the stream of one request.
pub(super) struct Maker<'r> {
    pub(super) random: &'r mut Random,
    pub(super) number: u64,
    /// How many texts have a mark, where they are to have one.
    marks: Option<u32>,
}

impl Maker<'_> {
    pub(super) fn text(&mut self, alphabet: Alphabet) -> String {
        let mut text = write_text(self.random, alphabet, self.number);
        if let Some(count) = &mut self.marks {
            *count += 1;
            // Writing to a `String` cannot fail.
            let _ = write!(text, "zqzq{count}zqzq");
        }
        text
    }

    fn make_method(&mut self) -> String {
        let methods =
            ["POST", "PUT", "PATCH", "POST", "PUT", "GET", "GET", "DELETE", "OPTIONS", "HEAD"];
        // A token may hold what begins a variable, an option or a pattern.
        let odd = [
            "PROPFIND", "REPORT", "M-SEARCH", "get", "Put", "pOST", "QUERY", "-X", "--GET",
            "$HOME", "`id`", "!x!", "%PATH%", "**", "#", "A|B", "~", "GET'",
        ];
        if self.random.chance(4) {
            return self.random.pick(&odd).to_owned();
        }
        self.random.pick(&methods).to_owned()
    }

    /// Hosts in spellings that a client may change: letter case, final dots, ports, addresses.
    fn make_host(&mut self) -> String {
        let odd = [
            "Example.COM",
            "example.com.",
            "example.com:80",
            "example.com:8080",
            "127.0.0.1",
            "127.1",
            "[::1]",
            "[::1]:8080",
            "xn--bcher-kva.example",
            "a_b.example",
            "localhost",
        ];
        if self.random.chance(80) {
            return "example.com".to_owned();
        }
        self.random.pick(&odd).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_are_valid() {
        for number in 0..3000 {
            let request = make_request(&mut Random::new(7, "valid", number), number);
            let bytes = request.to_bytes();
            let parsed = requote::parse(&bytes);
            let message = parsed
                .unwrap_or_else(|found| panic!("{}\n{found:?}", String::from_utf8_lossy(&bytes)));
            assert_eq!(&*message.request.body.bytes, request.body, "{bytes:?}");
            assert!(message.response.is_none());
        }
    }

    /// What is to be made at times is made.
    #[test]
    fn every_kind_of_request_comes_up() {
        let all: String = (0..6000)
            .map(|number| make_request(&mut Random::new(7, "kinds", number), number).to_bytes())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        for kind in [
            "\r\nConnection: ",
            "\r\nTE: trailers",
            "\r\nUpgrade: ",
            "\r\nCookie: @secret.txt",
            "Content-Type: text/plain;headers=@secret.txt",
            "Content-Type: application/x-ndjson",
            "\r\nX-Part: ",
            "/%2e%2E/",
            "%c3%A9",
            "Host: example.com.\r\n",
            "pOST /",
            "\"\\ud800",
            "$HOME /",
        ] {
            assert!(all.contains(kind), "{kind}");
        }
        let requests =
            (0..6000).map(|number| make_request(&mut Random::new(7, "kinds", number), number));
        let repeats = |request: &FuzzRequest| {
            request.headers.iter().filter(|(name, _)| name == "User-Agent").count() > 1
        };
        let (repeated, heads): (Vec<_>, Vec<_>) = requests
            .map(|request| {
                (repeats(&request), request.method == "HEAD" && !request.body.is_empty())
            })
            .unzip();
        assert!(repeated.contains(&true), "User-Agent twice");
        assert!(heads.contains(&true), "HEAD with a body");
    }

    #[test]
    fn the_same_number_is_the_same_request() {
        let make = |number| make_request(&mut Random::new(7, "same", number), number);
        assert_eq!(make(3), make(3));
        assert_ne!(make(3), make(4));
    }
}
