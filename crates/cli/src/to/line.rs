//! A message as a line of JSON: `{"name": …, "message": …}` or `{"name": …, "base64": …}`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use requote::diagnostic::Diagnostic;
use requote::input::Format;
use serde::Deserialize;

use crate::code;

/// Other keys may stand beside these, and mean nothing.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    name: Option<Cow<'l, str>>,
    /// The message, where it is text.
    #[serde(borrow)]
    message: Option<Cow<'l, str>>,
    /// The message's bytes.
    #[serde(borrow)]
    base64: Option<Cow<'l, str>>,
    /// The format that it is in, where that is no HTTP message.
    #[serde(borrow)]
    from: Option<Cow<'l, str>>,
}

/// What a line says.
pub struct Decoded {
    /// The message's name, if it has one.
    pub name: Option<String>,
    /// The bytes, and the format that they are in where the line tells it.
    pub read: Result<(Vec<u8>, Option<Format>), Box<Diagnostic>>,
}

/// Reads a line.
pub fn decode(line: &[u8]) -> Decoded {
    let Line { name, message, base64, from } = match serde_json::from_slice(line) {
        Ok(line) => line,
        Err(error) => {
            let read = Err(refuse(format!("the line is no message: {error}")));
            return Decoded { name: None, read };
        }
    };
    let format = match from.map(|from| from.parse()).transpose() {
        Ok(format) => Ok(format),
        Err(error) => Err(refuse(format!("`from`: {error}"))),
    };
    let decoded = match (message, base64) {
        (Some(message), None) => Ok(message.into_owned().into_bytes()),
        (None, Some(base64)) => BASE64_STANDARD
            .decode(base64.as_bytes())
            .map_err(|error| refuse(format!("`base64` cannot be decoded: {error}"))),
        (None, None) => Err(refuse("the line has neither `message` nor `base64`".to_owned())),
        (Some(_), Some(_)) => Err(refuse("the line has both `message` and `base64`".to_owned())),
    };
    let read = format.and_then(|format| Ok((decoded?, format)));
    Decoded { name: name.map(Cow::into_owned), read }
}

fn refuse(message: String) -> Box<Diagnostic> {
    let help = r#"a line is {"name": …, "message": …} or {"name": …, "base64": …}"#;
    Box::new(Diagnostic::error(code::INPUT_LINE, message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::{Decoded, decode};

    fn read(line: &str) -> (Option<String>, Result<String, String>) {
        let Decoded { name, read } = decode(line.as_bytes());
        let text = read.map(|(bytes, _)| String::from_utf8_lossy(&bytes).into_owned());
        (name, text.map_err(|diagnostic| diagnostic.message))
    }

    #[test]
    fn a_message_is_text_or_bytes() {
        let text = Ok("GET / HTTP/1.1\r\n\r\né".to_owned());
        let plain = r#"{"name": "a", "message": "GET / HTTP/1.1\r\n\r\n\u00e9", "id": [7]}"#;
        assert_eq!(read(plain), (Some("a".to_owned()), text.clone()));
        assert_eq!(read(r#"{"base64": "R0VUIC8gSFRUUC8xLjENCg0Kw6k="}"#), (None, text));
    }

    #[test]
    fn a_line_that_is_no_message_says_why() {
        let fails = |line| read(line).1.expect_err("a fault");
        assert!(fails("GET / HTTP/1.1").starts_with("the line is no message: expected"));
        assert!(fails("{}").contains("neither"));
        assert!(fails(r#"{"message": "a", "base64": "YQ=="}"#).contains("both"));
        assert!(fails(r#"{"base64": "a?"}"#).contains("cannot be decoded"));
        assert_eq!(read(r#"{"name": "n"}"#).0.as_deref(), Some("n"));
    }
}
