//! Targets: paths and queries in spellings that a client may take for others.

use std::fmt::Write as _;

use super::hostile::Alphabet;
use super::make::Maker;

/// Segments that some resolve (RFC 3986 §5.2.4), plain and encoded.
const DOTS: &[&str] = &[
    ".", "..", "%2e", "%2E", "%2e%2E", "%2e%2E/", ".%2e", "...", "..;", "", "/", "%2F..", "%5c..",
];

/// Escapes in the spellings that clients change: of unreserved characters, in small letters, of bytes
/// that are no UTF-8, and what is no escape.
const ESCAPES: &[&str] = &[
    "%7e", "%7E", "%41", "%c3%a9", "%C3%A9", "%c3%A9", "%e9", "%2f", "%2F", "%5C", "%20", "%22",
    "%25", "%2525", "%", "%zz", "%a", "%00", "%0D%0A", "%5B%5d", "%27", "%3A", "+",
];

/// Characters that RFC 3986 has not in a path or query, and that clients escape.
const RAW: &str = "[]{}|^`<>\\\"'#?&=/:@!$()*,;";

/// Which letters the digits of an escape have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hex {
    Upper,
    /// Now small, now capital.
    Mixed,
}

impl Maker<'_> {
    pub(super) fn make_target(&mut self) -> String {
        let mut target = String::new();
        for _ in 0..=self.random.below(3) {
            target.push('/');
            if self.random.chance(6) {
                target.push_str(self.random.pick(DOTS));
                continue;
            }
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

    /// Hostile text as a part of a URL: mostly encoded as RFC 3986 has it, at times as it stands,
    /// at times both side by side.
    fn make_url_part(&mut self, reserved: &str) -> String {
        let mut part = self.make_plain_part(reserved);
        if self.random.chance(15) {
            part.push_str(self.random.pick(ESCAPES));
        }
        if self.random.chance(8) {
            let odd: String = RAW.chars().filter(|&c| !reserved.contains(c)).collect();
            part.extend(odd.chars().nth(self.random.below(odd.len())));
        }
        part
    }

    fn make_plain_part(&mut self, reserved: &str) -> String {
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
        let case = if self.random.chance(70) { Hex::Upper } else { Hex::Mixed };
        percent_encode(&text, case, is_kept)
    }
}

/// Writes each byte as an escape that is not kept.
pub(super) fn percent_encode(text: &str, hex: Hex, is_kept: impl Fn(u8) -> bool) -> String {
    let mut out = String::new();
    for (at, byte) in text.bytes().enumerate() {
        // Writing to a `String` cannot fail.
        let _ = match hex {
            _ if is_kept(byte) => out.write_char(char::from(byte)),
            Hex::Mixed if at % 2 == 1 => write!(out, "%{byte:02x}"),
            Hex::Upper | Hex::Mixed => write!(out, "%{byte:02X}"),
        };
    }
    out
}
