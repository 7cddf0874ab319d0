//! Requests of which each datum has a word of its own, to find again what a template writes of them.

use std::fmt::Write as _;

use crate::diagnostic::Affect;
use crate::grammar::base64;
use crate::grammar::field_name::is_framing;
use crate::view::{BodyMode, Options};

/// What every probe word begins with, in any letter case.
const MARK: &str = "zq";

/// The requests whose methods have ways of their own somewhere.
const METHODS: [&str; 8] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "ZQMETHOD"];

/// The bodies: what each is, its Content-Type, and its bytes.
const BODIES: [(&str, &str, &[u8]); 16] = [
    ("no body", "", b""),
    ("a body of text", "text/zqplain", b"zqText"),
    ("a body of lines", "text/plain", b" zqOne\n zqTwo\r\nzqThree \n"),
    ("a body of text outside ASCII", "text/plain", "zqText é 🎉".as_bytes()),
    ("a body of text with control characters", "text/plain", b"zqText\0\x07\x1b zqRest"),
    ("a body of text without a type", "", b"zqText"),
    ("a JSON object", "application/json", br#"{"zqKey": "zqString", "a": [1, null, true, "zqLast"]}"#),
    ("a JSON array of lines", "application/json", b"[\n  \"zqOne\",\n  {\"zqKey\": 2}\n]"),
    ("a JSON string", "application/json", br#""zqString""#),
    ("a form", "application/x-www-form-urlencoded", b"zqName=zqValue&zqOther=zqRest"),
    ("a form of repeated names", "application/x-www-form-urlencoded", b"zqName=zqAlpha&zqName=zqBeta&zqLone"),
    ("a form of short names", "application/x-www-form-urlencoded", b"zqX=zqShort&zqY=zqLast"),
    (
        "a multipart form of fields",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"\r\n\r\nzqsecond\r\nzqline\r\n--b--\r\n",
    ),
    (
        "a multipart form with a file",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"; filename=\"zqFile\"\r\n\
          Content-Type: text/plain\r\n\r\nzqsecond\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqThree\"; filename=\"zqOther\"\r\n\
          Content-Type: application/zqtype\r\n\r\nzqthird\xff\r\n--b--\r\n",
    ),
    (
        "a multipart form with types",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\
          Content-Type: text/zqtype\r\n\r\nzqfirst\r\n--b--\r\n",
    ),
    ("a body of bytes", "application/zqbinary", b"zqStart\xff\xfe\0zqEnd"),
];

/// Targets and fields that have ways of their own somewhere: what they are, the target, the fields.
const HEADS: [(&str, &str, &str); 20] = [
    ("a query of pairs", "/zqPath?zqName=zqAlpha&zqOther=zqBeta%26", PLAIN_FIELD),
    ("a query of short names", "/zqPath?zqX=zqShort&zqY=zqLast", PLAIN_FIELD),
    ("a query of repeated names", "/zqPath?zqName=zqAlpha&zqName=zqBeta", PLAIN_FIELD),
    (
        "ordinary fields",
        "/zqPath?zqQuery=zqValue",
        "Accept: application/zqaccept\r\nUser-Agent: zqAgent\r\n\
      Accept-Language: zqLanguage\r\nReferer: https://zqreferer.example/\r\nX-Zqname: zqField\r\n",
    ),
    (
        "repeated fields",
        "/zqPath",
        "X-Zqname: zqOne\r\nx-zqName: zqTwo\r\nAccept: application/zqalpha\r\n\
      Accept: application/zqbeta\r\nX-Zqother: zqThree\r\n",
    ),
    (
        "repeated fields of the client's own",
        "/",
        "User-Agent: zqOne\r\nUser-Agent: zqTwo\r\n\
      Accept-Encoding: zqAlpha\r\nAccept-Encoding: zqBeta\r\n",
    ),
    ("an empty field", "/", "X-Zqname:\r\nX-Zqother: zqValue\r\nZqend:\r\n"),
    ("a field outside ASCII", "/", "X-Zqname: zqValue é\r\nX-Zqother: zqRest\r\n"),
    ("a field that is not UTF-8", "/", "X-Zqname: zqValue \u{80}\r\nX-Zqother: zqRest\r\n"),
    ("a token", "/", "Authorization: Bearer zqToken\r\nX-Zqname: zqValue\r\n"),
    (
        "other credentials",
        "/",
        "Authorization: Zqscheme zqCredentials\r\nProxy-Authorization: zqProxy\r\n",
    ),
    ("cookies", "/", "Cookie: zqName=zqValue; zqOther=zqRest\r\nX-Zqlast: zqField\r\n"),
    (
        "a field that looks like an option",
        "/",
        "X-Zqname: @zqFile\r\nX-Zqother: =zqValue\r\n_zqunder: zqRest\r\n",
    ),
    ("dot segments", "/zqAlpha/../zqBeta/./zqGamma", PLAIN_FIELD),
    ("an odd target", "/zqAlpha//zqBeta?zqName[]=zqGamma|%7e'&{zqDelta}?", PLAIN_FIELD),
    ("absolute-form", "http://zqhost.example/zqPath?zqQuery", PLAIN_FIELD),
    ("absolute-form of another host", "http://zqother.example:81/zqPath", PLAIN_FIELD),
    ("asterisk-form", "*", PLAIN_FIELD),
    (
        "an upgrade",
        "/zqPath",
        "Connection: Upgrade\r\nUpgrade: zqProtocol\r\nX-Zqname: zqValue\r\n",
    ),
    (
        "many fields",
        "/zqPath?zqQuery",
        "Zqname: zqField\r\nOrigin: https://zqorigin.example\r\nIf-Match: \"zqTag\"\r\n\
      Date: zqDate\r\nFrom: zqFrom\r\nRange: zqRange\r\nAccept-Encoding: zqCoding\r\nTE: zqTransfer\r\n",
    ),
];

/// The field of the [`HEADS`] that are about something else.
const PLAIN_FIELD: &str = "X-Zqname: zqValue\r\n";

/// Options whose values are words of their own: a whole number of seconds and a variable for the value of
/// [`PLAIN_FIELD`], and a number of seconds that is not whole.
const OPTIONS: [&[(&str, &str)]; 2] =
    [&[("timeout", "7919"), ("var", "zqheld:zqValue")], &[("timeout", "7.919")]];

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
pub(super) struct Probe {
    pub(super) kind: String,
    pub(super) message: Vec<u8>,
    /// The form in which the message holds its credentials; a template may have them in clear.
    pub(super) credentials: Option<String>,
    pub(super) options: &'static [(&'static str, &'static str)],
}

impl Probe {
    fn new(method: &str, head: (&str, &str, &str), body: (&str, &str, &[u8])) -> Self {
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
        let mut message = text.into_bytes();
        if let Some(at) = message.windows(2).position(|pair| pair == "\u{80}".as_bytes()) {
            message.splice(at..at + 2, [0xff]);
        }
        message.extend_from_slice(bytes);
        let kind = format!("{method} with {fields} and {content}");
        Self { kind, message, credentials: None, options: &[] }
    }

    pub(super) fn all() -> Vec<Self> {
        let plain = HEADS[3];
        let [none, text] = [BODIES[0], BODIES[1]];
        let mut probes = Vec::new();
        for method in METHODS {
            probes.extend(BODIES.iter().map(|body| Self::new(method, plain, *body)));
        }
        for head in HEADS {
            // Asterisk-form is for OPTIONS alone (RFC 9112 §3.2.4).
            let methods = if head.1 == "*" { ["OPTIONS"; 3] } else { ["GET", "POST", "PUT"] };
            let bodies = [none, text, BODIES[6]];
            probes.extend(
                methods.iter().zip(bodies).map(|(method, body)| Self::new(method, head, body)),
            );
        }
        for head in HEADS.iter().filter(|head| head.1 != "*") {
            let options = OPTIONS[usize::from(head.2 != PLAIN_FIELD)];
            let probe = Self::new("PUT", *head, text);
            let kind = format!("{} and options", probe.kind);
            probes.push(Self { kind, options, ..probe });
        }
        let credentials = base64::encode(b"zquser:zqpassword");
        let lines = format!("Authorization: Basic {credentials}\r\nX-Zqname: zqValue\r\n");
        for body in [none, text] {
            let mut probe = Self::new("POST", ("credentials", "/", &lines), body);
            probe.credentials = Some(credentials.to_ascii_lowercase());
            probes.push(probe);
        }
        probes
    }

    pub(super) fn options(&self, body: BodyMode) -> Options {
        let mut options = Options::default().with_body(body);
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
            any_case: true,
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
