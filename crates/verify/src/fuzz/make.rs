//! A random stream → a hostile request that is valid all the same.

use std::fmt::Write as _;

use super::hostile::{Alphabet, write_text};
use super::random::Random;
use super::request::FuzzRequest;

/// The request of this number.
pub fn make_request(random: &mut Random, number: u64) -> FuzzRequest {
    let mut maker = Maker { random, number };
    let method = maker.make_method();
    let target = maker.make_target();
    let mut headers = maker.make_headers();
    let has_body = match method.as_str() {
        "POST" | "PUT" | "PATCH" => maker.random.chance(95),
        "DELETE" => maker.random.chance(30),
        _ => maker.random.chance(5),
    };
    let body = if has_body { maker.make_body(&mut headers) } else { Vec::new() };
    FuzzRequest { method, target, headers, body }
}

struct Maker<'r> {
    random: &'r mut Random,
    number: u64,
}

impl Maker<'_> {
    fn text(&mut self, alphabet: Alphabet) -> String {
        write_text(self.random, alphabet, self.number)
    }

    fn make_method(&mut self) -> String {
        let methods =
            ["POST", "PUT", "PATCH", "POST", "PUT", "GET", "GET", "DELETE", "OPTIONS", "HEAD"];
        if self.random.chance(2) {
            return self.random.pick(&["PROPFIND", "REPORT", "M-SEARCH", "get"]).to_owned();
        }
        self.random.pick(&methods).to_owned()
    }

    fn make_target(&mut self) -> String {
        let mut target = String::new();
        for _ in 0..=self.random.below(3) {
            target.push('/');
            let segment = self.make_url_part("/?#");
            target.push_str(&segment);
        }
        if self.random.chance(60) {
            for index in 0..=self.random.below(3) {
                target.push(if index == 0 { '?' } else { '&' });
                let name = self.make_url_part("#&=");
                let value = self.make_url_part("#&");
                target.push_str(&name);
                if self.random.chance(90) {
                    target.push('=');
                    target.push_str(&value);
                }
            }
        }
        target
    }

    /// Hostile text as a part of a URL: mostly encoded as RFC 3986 has it, at times as it stands.
    fn make_url_part(&mut self, reserved: &str) -> String {
        if self.random.chance(25) {
            let text = self.text(Alphabet::Visible);
            return text.chars().filter(|&c| !reserved.contains(c)).collect();
        }
        let text = self.text(Alphabet::Any);
        let keeps_delimiters = self.random.chance(50);
        let is_kept = |byte: u8| {
            byte.is_ascii_alphanumeric()
                || b"-._~".contains(&byte)
                || keeps_delimiters
                    && b"!$&'()*+,;=:@".contains(&byte)
                    && !reserved.as_bytes().contains(&byte)
        };
        percent_encode(&text, is_kept)
    }

    fn make_headers(&mut self) -> Vec<(String, Vec<u8>)> {
        let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..self.random.below(4) {
            let name = self.make_name(index);
            let value = self.make_value();
            headers.push((name, value));
        }
        if self.random.chance(20) {
            let cookie = self.make_cookie();
            headers.push(("Cookie".to_owned(), cookie));
        }
        if self.random.chance(20) {
            let credentials = self.make_credentials();
            headers.push(("Authorization".to_owned(), credentials));
        }
        headers
    }

    fn make_name(&mut self, index: usize) -> String {
        let known =
            ["User-Agent", "Accept", "Referer", "If-None-Match", "X-Dup", "x-dup", "Origin"];
        match self.random.below(4) {
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

    fn make_body(&mut self, headers: &mut Vec<(String, Vec<u8>)>) -> Vec<u8> {
        let (kind, body) = match self.random.below(10) {
            0..=2 => ("text/plain; charset=utf-8".to_owned(), self.make_lines()),
            3..=5 => ("application/json".to_owned(), self.make_json()),
            6 => ("application/x-www-form-urlencoded".to_owned(), self.make_form()),
            7 => self.make_multipart(),
            8 => ("application/octet-stream".to_owned(), self.make_binary()),
            _ => ("application/xml".to_owned(), self.make_lines()),
        };
        if self.random.chance(95) && !body.is_empty() {
            headers.push(("Content-Type".to_owned(), kind.into_bytes()));
        }
        body
    }

    fn make_lines(&mut self) -> Vec<u8> {
        let mut text = self.text(Alphabet::Any);
        for _ in 0..self.random.below(4) {
            text.push_str(self.random.pick(&["\n", "\r\n", "\n\n", "\r", "\n  "]));
            text.push_str(&self.text(Alphabet::Any));
        }
        text.into_bytes()
    }

    fn make_binary(&mut self) -> Vec<u8> {
        (0..=self.random.below(300)).map(|_| self.random.byte()).collect()
    }

    fn make_form(&mut self) -> Vec<u8> {
        let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._*".contains(&byte);
        let mut pairs = Vec::new();
        for _ in 0..=self.random.below(4) {
            let (name, value) = (self.text(Alphabet::Any), self.text(Alphabet::Any));
            let pair =
                format!("{}={}", percent_encode(&name, is_kept), percent_encode(&value, is_kept));
            pairs.push(if self.random.chance(50) { pair.replace("%20", "+") } else { pair });
        }
        pairs.join("&").into_bytes()
    }

    fn make_multipart(&mut self) -> (String, Vec<u8>) {
        let boundary = format!("----fuzz{}", self.number);
        let mut body = Vec::new();
        for _ in 0..=self.random.below(3) {
            let part = self.make_part(&boundary);
            body.extend(part);
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    fn make_part(&mut self, boundary: &str) -> Vec<u8> {
        // What a browser cannot write into a name it writes as an escape (HTML §4.10.21.8).
        let name = self.text(Alphabet::Field).replace('"', "%22");
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        let is_file = self.random.chance(50);
        if is_file {
            let file = self.text(Alphabet::Field).replace('"', "%22");
            head.push_str("; filename=\"");
            head.push_str(&file);
            head.push_str("\"\r\nContent-Type: application/octet-stream");
        }
        head.push_str("\r\n\r\n");
        let content =
            if is_file && self.random.chance(50) { self.make_binary() } else { self.make_lines() };
        [head.into_bytes(), content, b"\r\n".to_vec()].concat()
    }

    fn make_json(&mut self) -> Vec<u8> {
        let gap = self.random.pick(&["", "", " ", "\n  "]);
        let mut text = String::new();
        self.write_json(&mut text, 3, gap);
        if self.random.chance(20) {
            text.push('\n');
        }
        text.into_bytes()
    }

    fn write_json(&mut self, out: &mut String, depth: usize, gap: &str) {
        let numbers = [
            "0",
            "-0",
            "-0.0",
            "1",
            "10.00",
            "1e5",
            "1E+2",
            "12345678901234567890",
            "1e400",
            "-1.5e-7",
            "9007199254740993",
            "0.1",
            "1.0",
        ];
        match self.random.below(if depth == 0 { 4 } else { 8 }) {
            0 => out.push_str(self.random.pick(&["null", "true", "false"])),
            1 => out.push_str(self.random.pick(&numbers)),
            2 | 3 => self.write_json_string(out),
            4 | 5 => {
                out.push('[');
                for index in 0..self.random.below(4) {
                    out.push_str(if index == 0 { "" } else { "," });
                    out.push_str(gap);
                    self.write_json(out, depth - 1, gap);
                }
                out.push(']');
            }
            _ => {
                out.push('{');
                for index in 0..self.random.below(4) {
                    out.push_str(if index == 0 { "" } else { "," });
                    out.push_str(gap);
                    self.write_json_string(out);
                    out.push_str(if gap.is_empty() { ":" } else { ": " });
                    self.write_json(out, depth - 1, gap);
                }
                out.push('}');
            }
        }
    }

    /// A string with the escapes that it must have, and at times with those that it may have.
    fn write_json_string(&mut self, out: &mut String) {
        let text = self.text(Alphabet::Any);
        let escapes_all = self.random.chance(20);
        out.push('"');
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '/' if escapes_all => out.push_str("\\/"),
                c if c < ' ' || escapes_all && !c.is_ascii() => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        // Writing to a `String` cannot fail.
                        let _ = write!(out, "\\u{unit:04x}");
                    }
                }
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

fn percent_encode(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if is_kept(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_are_valid() {
        for number in 0..3000 {
            let request = make_request(&mut Random::new(7, "valid", number), number);
            let bytes = request.to_bytes();
            let parsed = requote::parse::parse(&bytes);
            let message = parsed
                .unwrap_or_else(|found| panic!("{}\n{found:?}", String::from_utf8_lossy(&bytes)));
            assert_eq!(&*message.request.body.bytes, request.body, "{bytes:?}");
            assert!(message.response.is_none());
        }
    }

    #[test]
    fn the_same_number_is_the_same_request() {
        let make = |number| make_request(&mut Random::new(7, "same", number), number);
        assert_eq!(make(3), make(3));
        assert_ne!(make(3), make(4));
    }
}
