//! Requests of which each datum has a word of its own, to find again what a template writes of them.

mod parts;

use std::fmt::Write as _;

use crate::diagnostic::Affect;
use crate::grammar::base64;
use crate::grammar::field_name::is_framing;
use crate::view::{BodyMode, Options, Secrets};

use parts::{BODIES, Body, HEADS, Head, METHODS, ODD_BODIES, OPTIONS, PLAIN_FIELD, SECRETS};

/// What every probe word begins with, in any letter case.
const MARK: &str = "zq";

/// A word of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The part of the request that it is in.
    pub(super) part: Affect,
    pub(super) text: String,
    /// Whether another letter case is the same: of methods, which are also names in the code, and of
    /// field names (RFC 9110 §5.1).
    pub(super) any_case: bool,
}

/// A request whose every datum is a word of its own.
#[derive(Clone)]
pub(super) struct Probe {
    pub(super) kind: String,
    pub(super) message: Vec<u8>,
    /// The form in which the message holds its credentials; a template may have them in clear.
    pub(super) credentials: Option<String>,
    pub(super) options: &'static [(&'static str, &'static str)],
    /// Where the code has what is secret.
    secrets: Secrets,
}

impl Probe {
    fn new(method: &str, head: (&str, &str, &str), body: Body) -> Self {
        let ((fields, target, lines), (content, media_type, bytes)) = (head, body);
        let mut text =
            format!("{method} {target} HTTP/1.1\r\nHost: zqhost.example:8443\r\n{lines}");
        if !media_type.is_empty() {
            let _ = write!(text, "Content-Type: {media_type}\r\n");
        }
        if !bytes.is_empty() {
            let _ = write!(text, "Content-Length: {}\r\n", bytes.len());
        }
        text.push_str("\r\n");
        // U+0080 marks a byte that is no UTF-8.
        let pieces: Vec<&[u8]> = text.split('\u{80}').map(str::as_bytes).collect();
        let mut message = pieces.join(&0xff);
        message.extend_from_slice(bytes);
        let kind = format!("{method} with {fields} and {content}");
        Self { kind, message, credentials: None, options: &[], secrets: Secrets::Keep }
    }

    pub(super) fn all() -> Vec<Self> {
        [Self::of_bodies(), Self::of_heads(), Self::with_options(), Self::with_secrets()].concat()
    }

    fn of_bodies() -> Vec<Self> {
        let ask = |bodies: &[Body], methods: &[&str]| -> Vec<Self> {
            let of = |method| bodies.iter().map(move |body| Self::new(method, HEADS[3], *body));
            methods.iter().copied().flat_map(of).collect()
        };
        [ask(BODIES, &METHODS), ask(ODD_BODIES, &["POST", "PUT"])].concat()
    }

    fn of_heads() -> Vec<Self> {
        let [none, text] = [BODIES[0], BODIES[1]];
        let mut probes = Vec::new();
        for head in HEADS {
            // Asterisk-form is for OPTIONS alone (RFC 9112 §3.2.4).
            let methods = if head.1 == "*" { ["OPTIONS"; 3] } else { ["GET", "POST", "PUT"] };
            let bodies = if head.0 == "a type" { [none; 3] } else { [none, text, BODIES[6]] };
            probes.extend(
                methods.iter().zip(bodies).map(|(method, body)| Self::new(method, *head, body)),
            );
        }
        let bare = ("no field", "/zqPath", "");
        probes.extend(["PUT", "DELETE"].map(|method| Self::new(method, bare, none)));
        // Authority-form is for CONNECT alone (RFC 9112 §3.2.3).
        let tunnel = ("authority-form", "zqhost.example:8443", PLAIN_FIELD);
        probes.push(Self::new("CONNECT", tunnel, none));
        let credentials = base64::encode(b"zquser:zqpassword");
        let lines = format!("Authorization: Basic {credentials}\r\nX-Zqname: zqValue\r\n");
        for secrets in [Secrets::Keep, Secrets::Env] {
            for body in [none, text] {
                let probe = Self::new("POST", ("credentials", "/", &lines), body);
                let credentials = Some(credentials.to_ascii_lowercase());
                probes.push(Self { credentials, secrets, ..probe });
            }
        }
        probes
    }

    fn with_options() -> Vec<Self> {
        let [own, other, all] = OPTIONS;
        let heads = HEADS.iter().filter(|head| head.1 != "*" && head.0 != "a type").map(|head| {
            let options = if head.2 == PLAIN_FIELD { own } else { other };
            (*head, BODIES[1], options)
        });
        let field = ("a field", "/zqPath", PLAIN_FIELD);
        let bodies = BODIES[2..].iter().map(|body| (field, *body, own));
        let more = BODIES[2..].iter().chain(ODD_BODIES).map(|body| (field, *body, all));
        let ask = |(head, body, options): (Head, Body, _)| {
            let probe = Self::new("PUT", head, body);
            let kind = format!("{} and options", probe.kind);
            Self { kind, options, ..probe }
        };
        heads.chain(bodies).chain(more).map(ask).collect()
    }

    fn with_secrets() -> Vec<Self> {
        let of_head = |head| {
            [("GET", BODIES[0]), ("PUT", BODIES[1]), ("POST", BODIES[6])]
                .map(|(method, body)| Self::new(method, head, body))
        };
        let heads = SECRETS.into_iter().flat_map(of_head);
        let bodies = BODIES[2..].iter().map(|body| Self::new("PUT", SECRETS[0], *body));
        let ask = |probe: Self| {
            let kind = format!("{} from the environment", probe.kind);
            Self { kind, secrets: Secrets::Env, ..probe }
        };
        heads.chain(bodies).map(ask).collect()
    }

    pub(super) fn options(&self, body: BodyMode) -> Options {
        let mut options = Options::default().with_body(body).with_secrets(self.secrets);
        for (name, value) in self.options {
            // The values are those of `OPTIONS`; a test asks each of them.
            let _ = options.add_option(name, value);
        }
        options
    }

    /// The words of the request.
    pub(super) fn words(&self) -> Vec<Word> {
        let end = self.message.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_default();
        let head = String::from_utf8_lossy(&self.message[..end]);
        let body = String::from_utf8_lossy(&self.message[end..]);
        let mut words = Vec::new();
        let mut add = |part: &Affect, text: &str, any_case: bool| {
            let new = |text: &str| Word { part: part.clone(), text: text.to_owned(), any_case };
            words.extend(marked(text).map(new));
        };
        let mut method_word = None;
        for (number, line) in head.split("\r\n").enumerate() {
            match line.split_once(if number == 0 { ' ' } else { ':' }) {
                Some((method, target)) if number == 0 => {
                    // What writes no method means GET, or POST where there is a body.
                    method_word = Some(method).filter(|it| !matches!(*it, "GET" | "POST"));
                    add(&Affect::Target, target, false);
                }
                Some((name, value)) if !is_framing(name, value.trim().as_bytes()) => {
                    let part = Affect::Header(name.to_ascii_lowercase());
                    add(&part, name, true);
                    add(&part, value, false);
                }
                _ => {}
            }
        }
        add(&Affect::Body, &body, false);
        let method = method_word.map(|method| Word {
            part: Affect::Method,
            text: method.to_owned(),
            any_case: !method.bytes().any(|b| b.is_ascii_lowercase()),
        });
        method.into_iter().chain(words).collect()
    }
}

/// The marked words of a text.
fn marked(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| word.get(..MARK.len()).is_some_and(|start| start.eq_ignore_ascii_case(MARK)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn probes_are_requests_and_no_word_hides_in_another() {
        for probe in Probe::all() {
            assert!(parse(&probe.message).is_ok(), "{}", probe.kind);
            let words = probe.words();
            assert!(!words.is_empty(), "{}", probe.kind);
            for (name, value) in probe.options {
                assert_eq!(Options::default().add_option(name, value), Ok(()), "{name}");
            }
            let texts: Vec<String> =
                words.iter().map(|word| word.text.to_ascii_lowercase()).collect();
            for text in &texts {
                let hides = |other: &String| other != text && other.contains(text);
                assert!(!texts.iter().any(hides), "{}: {text}", probe.kind);
            }
        }
    }
}
