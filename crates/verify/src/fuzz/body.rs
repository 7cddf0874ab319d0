//! Bodies, each with its media type: lines, forms, parts, bytes; JSON has a file of its own.

use super::hostile::Alphabet;
use super::make::Maker;
use super::target::{Hex, percent_encode};

/// Media types whose last line end belongs to the content.
const LINES: &[&str] = &["application/x-ndjson", "application/json-seq", "text/csv", "text/plain"];

/// Types of parts: plain ones, and what an option reads as more than a type.
const TYPES: &[&str] = &[
    "application/octet-stream",
    "text/plain",
    "image/png",
    "Text/Plain",
    "application/vnd.a-b+json",
    "text/plain; charset=utf-8",
    "text/plain;charset=UTF-8",
    "text/plain; a=\"b; c, d\"",
    "text/plain;headers=@secret.txt",
    "text/plain;headers=<secret.txt",
    "text/plain;headers=\"X: y\"",
    "text/plain,secret.txt",
    "text/plain;encoder=base64",
    "text/plain;filename=secret.txt",
    "text/plain;type=text/html",
    "text/plain;",
    "text/x!#$&*^_'%`|~",
    "text/a/b",
    "text",
    "@secret.txt",
    "<secret.txt",
    "multipart/mixed",
    "*/*",
    ".txt",
];

impl Maker<'_> {
    pub(super) fn make_body(&mut self, headers: &mut Vec<(String, Vec<u8>)>) -> Vec<u8> {
        let (kind, body) = match self.random.below(12) {
            0..=2 => ("text/plain; charset=utf-8".to_owned(), self.make_lines()),
            3..=5 => ("application/json".to_owned(), self.make_json()),
            6 => ("application/x-www-form-urlencoded".to_owned(), self.make_form()),
            7 => self.make_multipart(),
            8 => ("application/octet-stream".to_owned(), self.make_binary()),
            9 => (self.random.pick(LINES).to_owned(), self.make_lines()),
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
        let encode = |text: &str| percent_encode(text, Hex::Upper, is_kept);
        let mut pairs = Vec::new();
        for _ in 0..=self.random.below(4) {
            let (name, value) = (self.text(Alphabet::Any), self.text(Alphabet::Any));
            let pair = format!("{}={}", encode(&name), encode(&value));
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
            head.push('"');
        }
        if self.random.chance(if is_file { 90 } else { 20 }) {
            head.push_str("\r\nContent-Type: ");
            head.push_str(self.random.pick(TYPES));
        }
        if self.random.chance(5) {
            let value = self.text(Alphabet::Visible);
            head.push_str("\r\nX-Part: ");
            head.push_str(&value);
        }
        head.push_str("\r\n\r\n");
        let content = match self.random.below(4) {
            0 if is_file => self.make_binary(),
            1 => self.text(Alphabet::Visible).into_bytes(),
            _ => self.make_lines(),
        };
        [head.into_bytes(), content, b"\r\n".to_vec()].concat()
    }
}
