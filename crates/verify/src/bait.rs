//! A file that no snippet may read. It lies where a snippet runs, hostile requests name it in the
//! syntax of every client, and its text must not come back.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use memchr::memmem;

/// The file's name, in the folder of the snippet. `/proc/self/cwd/` makes it absolute.
pub const FILE: &str = "secret.txt";

/// What is in the file: a text that nobody can guess.
#[derive(Debug, Clone)]
pub struct Bait {
    secret: String,
    /// The secret as it looks in Base64, for each place in a group of three bytes.
    encoded: [String; 3],
}

impl Bait {
    /// A new secret.
    pub fn new() -> Self {
        // Each state has random keys, so what they make of the same number is random.
        let [left, right] = [0, 1].map(|seed: u8| RandomState::new().hash_one(seed));
        Self::of(format!("{left:016x}{right:016x}"))
    }

    fn of(secret: String) -> Self {
        let encode = |before: usize| {
            let bytes = [&vec![0; before], secret.as_bytes()].concat();
            // The characters at both ends also depend on the neighbours.
            let text = STANDARD_NO_PAD.encode(bytes);
            text.get(4..text.len() - 4).unwrap_or_default().to_owned()
        };
        let encoded = [0, 1, 2].map(encode);
        Self { secret, encoded }
    }

    /// Puts the file into a folder. Its lines are fields, cookies and options to those who read such.
    pub fn lay(&self, folder: &Path) -> io::Result<()> {
        let secret = &self.secret;
        let text =
            format!("X-Secret: {secret}\nSet-Cookie: secret={secret}\nheader = \"X: {secret}\"\n");
        fs::write(folder.join(FILE), text)
    }

    /// Whether the secret is among these bytes, as it is or in Base64.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        let has = |text: &str| memmem::find(bytes, text.as_bytes()).is_some();
        has(&self.secret) || self.encoded.iter().any(|text| has(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_found_plain_and_in_base64() {
        let bait = Bait::new();
        assert_ne!(bait.secret, Bait::new().secret);
        for before in ["", "a", "ab", "abc"] {
            let text = format!("{before}{}z", bait.secret);
            assert!(bait.is_in(text.as_bytes()));
            assert!(bait.is_in(STANDARD_NO_PAD.encode(&text).as_bytes()), "{before}");
        }
        let other = Bait::new().secret;
        assert!(!bait.is_in(other.as_bytes()));
        assert!(!bait.is_in(STANDARD_NO_PAD.encode(other).as_bytes()));
        assert!(!bait.is_in(b""));
    }
}
