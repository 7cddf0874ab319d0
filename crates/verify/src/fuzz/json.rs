//! JSON texts.

use std::fmt::Write as _;

use super::hostile::Alphabet;
use super::make::Maker;

impl Maker<'_> {
    pub(super) fn make_json(&mut self) -> Vec<u8> {
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
        if self.random.chance(2) {
            // Half of a surrogate pair, which the grammar allows (RFC 8259 §8.2).
            out.push_str(self.random.pick(&["\\ud800", "\\udfff"]));
        }
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
