//! What a template does is held against what it was given.
//!
//! Probe requests have a word of its own in each datum: `zqpath` in the target, `zqvalue` in a field,
//! and so on. The template writes them with filters that leave a value as it is, so that a word that
//! it wrote is found again. A word that is neither in the code nor in a file that the code names must
//! be excused by a warning about the part of the request that it is in.

use std::fmt::Write as _;
use std::mem::{Discriminant, discriminant};

use crate::diagnostic::{Affect, Severity};
use crate::grammar::base64;
use crate::grammar::field_name::is_framing;
use crate::language::Client;
use crate::parse::parse;
use crate::render::{RenderError, Template};
use crate::view::{BodyMode, Options, Outcome, View};

/// What every probe word begins with, in any letter case.
const MARK: &str = "zq";

/// The requests whose methods have ways of their own somewhere.
const METHODS: [&str; 8] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "ZQMETHOD"];

/// The bodies: what each is, its Content-Type, and its bytes.
const BODIES: [(&str, &str, &[u8]); 16] = [
    ("no body", "", b""),
    ("a body of text", "text/zqplain", b"zqtext"),
    ("a body of lines", "text/plain", b"zqone\n zqtwo\r\nzqthree"),
    ("a body of text outside ASCII", "text/plain", "zqtext é 🎉".as_bytes()),
    ("a body of text with control characters", "text/plain", b"zqtext\0\x07\x1b zqrest"),
    ("a body of text without a type", "", b"zqtext"),
    ("a JSON object", "application/json", br#"{"zqkey": "zqstring", "a": [1, null, true, "zqlast"]}"#),
    ("a JSON array of lines", "application/json", b"[\n  \"zqone\",\n  {\"zqkey\": 2}\n]"),
    ("a JSON string", "application/json", br#""zqstring""#),
    ("a form", "application/x-www-form-urlencoded", b"zqname=zqvalue&zqother=zqrest"),
    ("a form of repeated names", "application/x-www-form-urlencoded", b"zqname=zqalpha&zqname=zqbeta&zqlone"),
    ("a form of short names", "application/x-www-form-urlencoded", b"zqx=zqshort&zqy=zqlast"),
    (
        "a multipart form of fields",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqone\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqtwo\"\r\n\r\nzqsecond\r\nzqline\r\n--b--\r\n",
    ),
    (
        "a multipart form with a file",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqone\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqtwo\"; filename=\"zqfile\"\r\n\
          Content-Type: text/plain\r\n\r\nzqsecond\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqthree\"; filename=\"zqother\"\r\n\
          Content-Type: application/zqtype\r\n\r\nzqthird\xff\r\n--b--\r\n",
    ),
    (
        "a multipart form with types",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqone\"\r\n\
          Content-Type: text/zqtype\r\n\r\nzqfirst\r\n--b--\r\n",
    ),
    ("a body of bytes", "application/zqbinary", b"zqstart\xff\xfe\0zqend"),
];

/// Targets and fields that have ways of their own somewhere: what they are, the target, the fields.
const HEADS: [(&str, &str, &str); 20] = [
    ("a query of pairs", "/zqpath?zqname=zqalpha&zqother=zqbeta%26", PLAIN_FIELD),
    ("a query of short names", "/zqpath?zqx=zqshort&zqy=zqlast", PLAIN_FIELD),
    ("a query of repeated names", "/zqpath?zqname=zqalpha&zqname=zqbeta", PLAIN_FIELD),
    (
        "ordinary fields",
        "/zqpath?zqquery=zqvalue",
        "Accept: application/zqaccept\r\nUser-Agent: zqagent\r\n\
      Accept-Language: zqlanguage\r\nReferer: https://zqreferer.example/\r\nX-Zqname: zqfield\r\n",
    ),
    (
        "repeated fields",
        "/zqpath",
        "X-Zqname: zqone\r\nx-zqname: zqtwo\r\nAccept: application/zqalpha\r\n\
      Accept: application/zqbeta\r\nX-Zqother: zqthree\r\n",
    ),
    (
        "repeated fields of the client's own",
        "/",
        "User-Agent: zqone\r\nUser-Agent: zqtwo\r\n\
      Accept-Encoding: zqalpha\r\nAccept-Encoding: zqbeta\r\n",
    ),
    ("an empty field", "/", "X-Zqname:\r\nX-Zqother: zqvalue\r\nZqend:\r\n"),
    ("a field outside ASCII", "/", "X-Zqname: zqvalue é\r\nX-Zqother: zqrest\r\n"),
    ("a field that is not UTF-8", "/", "X-Zqname: zqvalue \u{80}\r\nX-Zqother: zqrest\r\n"),
    ("a token", "/", "Authorization: Bearer zqtoken\r\nX-Zqname: zqvalue\r\n"),
    (
        "other credentials",
        "/",
        "Authorization: Zqscheme zqcredentials\r\nProxy-Authorization: zqproxy\r\n",
    ),
    ("cookies", "/", "Cookie: zqname=zqvalue; zqother=zqrest\r\nX-Zqlast: zqfield\r\n"),
    (
        "a field that looks like an option",
        "/",
        "X-Zqname: @zqfile\r\nX-Zqother: =zqvalue\r\n_zqunder: zqrest\r\n",
    ),
    ("dot segments", "/zqalpha/../zqbeta/./zqgamma", PLAIN_FIELD),
    ("an odd target", "/zqalpha//zqbeta?zqname[]=zqgamma|%7e'&{zqdelta}?", PLAIN_FIELD),
    ("absolute-form", "http://zqhost.example/zqpath?zqquery", PLAIN_FIELD),
    ("absolute-form of another host", "http://zqother.example:81/zqpath", PLAIN_FIELD),
    ("asterisk-form", "*", PLAIN_FIELD),
    (
        "an upgrade",
        "/zqpath",
        "Connection: Upgrade\r\nUpgrade: zqprotocol\r\nX-Zqname: zqvalue\r\n",
    ),
    (
        "many fields",
        "/zqpath?zqquery",
        "Zqname: zqfield\r\nOrigin: https://zqorigin.example\r\nIf-Match: \"zqtag\"\r\n\
      Date: zqdate\r\nFrom: zqfrom\r\nRange: zqrange\r\nAccept-Encoding: zqcoding\r\nTE: zqtransfer\r\n",
    ),
];

/// The field of the [`HEADS`] that are about something else.
const PLAIN_FIELD: &str = "X-Zqname: zqvalue\r\n";

/// Options whose values are words of their own: a whole number of seconds and a variable for the value of
/// [`PLAIN_FIELD`], and a number of seconds that is not whole.
const OPTIONS: [&[(&str, &str)]; 2] =
    [&[("timeout", "7919"), ("var", "zqheld:zqvalue")], &[("timeout", "7.919")]];

/// What a target begins with that a client takes as it is: the URL does not have it.
const RAW: &str = "zqraw";

/// A request of which a template wrote only a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dropped {
    /// The kind of request.
    pub(super) request: String,
    /// The kind of part that it is of; nothing where that is the credentials.
    part: Option<Discriminant<Affect>>,
    /// What is not written.
    pub(super) what: String,
}

/// A request whose every datum is a word of its own.
struct Probe {
    kind: String,
    message: Vec<u8>,
    /// The form in which the message holds its credentials; a template may have them in clear.
    credentials: Option<String>,
    options: &'static [(&'static str, &'static str)],
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

    fn all() -> Vec<Self> {
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
        let lines = format!("Authorization: Basic {credentials}\r\nX-Zqname: zqvalue\r\n");
        for body in [none, text] {
            let mut probe = Self::new("POST", ("credentials", "/", &lines), body);
            probe.credentials = Some(credentials.to_ascii_lowercase());
            probes.push(probe);
        }
        probes
    }

    fn options(&self, body: BodyMode) -> Options {
        let mut options = Options::default().with_body(body);
        for (name, value) in self.options {
            // The values are those of `OPTIONS`; a test asks each of them.
            let _ = options.add_option(name, value);
        }
        options
    }

    /// The first option of the client that the code does not have: the value of a timeout, and the name
    /// of a variable where it is set and where it is read.
    fn lost_option(&self, written: &str, view: &View<'_, '_>) -> Option<&'static str> {
        let is_set =
            |name: &str| view.options.iter().any(|it| it.name == name && it.value.is_some());
        let is_lost = |(name, value): &&(&str, &str)| match *name {
            "timeout" => {
                is_set(name)
                    && !written.contains(value)
                    && !written.contains(&value.replace('.', ""))
            }
            _ => view
                .variables
                .iter()
                .any(|variable| written.matches(&variable.name.to_ascii_lowercase()).count() < 2),
        };
        self.options.iter().find(is_lost).map(|(name, _)| *name)
    }

    /// Whether its credentials, if it has any, are written in their form or in clear.
    fn has_credentials(&self, written: &str) -> bool {
        self.credentials.as_ref().is_none_or(|credentials| {
            written.contains(credentials)
                || written.contains("zquser") && written.contains("zqpassword")
        })
    }

    /// Each word, and the part of the request that it is in.
    fn words(&self) -> Vec<(Affect, String)> {
        let end = self.message.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_default();
        let head = String::from_utf8_lossy(&self.message[..end]);
        let body = String::from_utf8_lossy(&self.message[end..]);
        let mut words = Vec::new();
        for (number, line) in head.split("\r\n").enumerate() {
            match line.split_once(if number == 0 { ' ' } else { ':' }) {
                Some((method, target)) if number == 0 => {
                    // What writes no method means GET, or POST where there is a body.
                    if !matches!(method, "GET" | "POST") {
                        words.push((Affect::Method, method.to_ascii_lowercase()));
                    }
                    words.extend(marked(target).map(|word| (Affect::Target, word)));
                }
                Some((name, value)) if !is_framing(name, value.trim().as_bytes()) => {
                    let part = Affect::Header(name.to_ascii_lowercase());
                    words.extend(marked(line).map(|word| (part.clone(), word)));
                }
                _ => {}
            }
        }
        words.extend(marked(&body).map(|word| (Affect::Body, word)));
        words
    }
}

/// The marked words of a text, in lower case.
fn marked(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase);
    words.filter(|word| word.starts_with(MARK))
}

/// Holds what a template writes against what the probes give it: the first that it does not write. The
/// template's filters leave the values as they are.
pub(super) fn account(plain: &Template, client: &Client) -> Result<Option<Dropped>, RenderError> {
    for probe in Probe::all() {
        let dropped = probe.account(plain, client)?;
        if let Some(first) = dropped.into_iter().next() {
            return Ok(Some(first));
        }
    }
    Ok(None)
}

/// As [`account`]: the first of each kind of part that the template does not write.
pub(super) fn account_all(plain: &Template, client: &Client) -> Result<Vec<Dropped>, RenderError> {
    let mut found: Vec<Dropped> = Vec::new();
    for probe in Probe::all() {
        for dropped in probe.account(plain, client)? {
            if found.iter().all(|known| known.part != dropped.part) {
                found.push(dropped);
            }
        }
    }
    Ok(found)
}

impl Probe {
    /// What the template does not write of this request, in the first mode in which there is something:
    /// one of each kind of part.
    fn account(&self, plain: &Template, client: &Client) -> Result<Vec<Dropped>, RenderError> {
        let Ok(message) = parse(&self.message) else { return Ok(Vec::new()) };
        let mut words = None;
        let mut kinds = Vec::new();
        for body in [BodyMode::Auto, BodyMode::Native, BodyMode::Exact] {
            let mut view = View::new(&message, client, &self.options(body));
            let is_raw = plain.reads("target")
                && view.needs.contains(&"raw_target")
                && view.target.starts_with('/');
            if is_raw {
                view.target = format!("/{RAW}{}", &view.target[1..]).into();
            }
            if view.outcome == Outcome::Unsupported || kinds.contains(&view.content.kind) {
                continue;
            }
            kinds.push(view.content.kind);
            let written = find_written(plain.render(&view)?, &view, client);
            let words = words.get_or_insert_with(|| self.words());
            // A note tells of what is equal in meaning: every word is there.
            let differences =
                || view.diagnostics.iter().filter(|told| told.severity > Severity::Note);
            let is_lost = |(part, word): &&(Affect, String)| {
                !is_in(word, &written, &view)
                    && !differences().any(|told| told.affects.contains(part))
            };
            let mut dropped: Vec<Dropped> = Vec::new();
            for (part, word) in words.iter().filter(is_lost) {
                let kind = Some(discriminant(part));
                if dropped.iter().all(|known| known.part != kind) {
                    let what = match part {
                        Affect::Header(name) => format!("`{word}` of the field `{name}`"),
                        part => format!("`{word}` of the {part}"),
                    };
                    dropped.push(Dropped { request: self.kind.clone(), part: kind, what });
                }
            }
            if is_raw && !written.contains(RAW) {
                let part = Some(discriminant(&Affect::Target));
                let what = "the target as it is".to_owned();
                dropped.push(Dropped { request: self.kind.clone(), part, what });
            }
            if dropped.is_empty()
                && let Some(option) = self.lost_option(&written, &view)
            {
                let what = format!("what the option `{option}` is given");
                dropped.push(Dropped { request: self.kind.clone(), part: None, what });
            }
            if dropped.is_empty() && !self.has_credentials(&written) {
                let what = "the credentials".to_owned();
                dropped.push(Dropped { request: self.kind.clone(), part: None, what });
            }
            if !dropped.is_empty() {
                return Ok(dropped);
            }
        }
        Ok(Vec::new())
    }
}

/// Whether a word is written. The name of a part's file is often that of the attachment, which the
/// code names in any case: then it is there once more.
fn is_in(word: &str, written: &str, view: &View<'_, '_>) -> bool {
    let names = view.attachments.iter().filter(|file| file.name.contains(word)).count();
    written.matches(word).count() > names
}

/// The code, and the files that it names, in lower case.
fn find_written(code: String, view: &View<'_, '_>, client: &Client) -> String {
    let mut written = code;
    for file in &view.attachments {
        if written.contains(&*file.name) || client.body_follows {
            written.push_str(&String::from_utf8_lossy(&file.bytes));
        }
    }
    written.make_ascii_lowercase();
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probes_are_requests_and_no_word_hides_in_another() {
        for probe in Probe::all() {
            assert!(parse(&probe.message).is_ok(), "{}", probe.kind);
            let words = probe.words();
            assert!(!words.is_empty(), "{}", probe.kind);
            for (name, value) in probe.options {
                assert_eq!(Options::default().add_option(name, value), Ok(()), "{name}");
            }
            for (_, word) in &words {
                let hides = |(_, other): &(Affect, String)| other != word && other.contains(word);
                assert!(!words.iter().any(hides), "{}: {word}", probe.kind);
            }
        }
    }
}
