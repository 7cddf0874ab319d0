//! Hostile requests that are only quoted, for every target: what must hold of any code, whatever a client
//! does with it. A request costs microseconds here and not a process, so that a million can be tried:
//!
//! ```text
//! REQUOTE_REQUESTS=1000000 cargo test --release -p requote-verify --lib -- --ignored --nocapture a_million
//! ```

use std::collections::BTreeSet;

use requote::diagnostic::{Affect, is_hidden};
use requote::{BodyMode, Engine, Options, Outcome, Snippet, TargetId};

use super::make::make_marked_request;
use super::random::Random;

/// The seed where none is given: the same requests in each run.
const SEED: u64 = 1;

#[test]
fn what_is_quoted_keeps_its_promises() {
    let faults = try_requests(SEED, 0..60);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// As many as `REQUOTE_REQUESTS` says, with the seed `REQUOTE_SEED`.
#[test]
#[ignore = "it takes as long as it is told"]
fn a_million_requests_are_quoted() {
    let number_of = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let count = number_of("REQUOTE_REQUESTS").unwrap_or(1_000_000);
    let faults = try_requests(number_of("REQUOTE_SEED").unwrap_or(SEED), 0..count);
    println!("{count} requests, {} faults", faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// Quotes each request for all targets, and says what is wrong; one fault of a kind for each target.
fn try_requests(seed: u64, numbers: std::ops::Range<u64>) -> Vec<String> {
    let engine = Engine::new();
    let targets = engine.ids();
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for number in numbers {
        let bytes =
            make_marked_request(&mut Random::new(seed, "quoted", number), number).to_bytes();
        let message = requote::parse(&bytes).expect("a valid request");
        let modes = [BodyMode::Auto, BodyMode::Exact, BodyMode::Native, BodyMode::Text];
        let mode = modes[usize::try_from(number % 4).expect("below four")];
        let options = Options::default().with_body(mode);
        for target in &targets {
            let found = match engine.quote(&message, target, &options) {
                Ok(snippet) => find_fault(&bytes, &snippet),
                Err(error) => Some(("error", error.to_string())),
            };
            let Some((kind, what)) = found else { continue };
            if told.insert((target.clone(), kind)) {
                let shown = bytes.escape_ascii();
                faults.push(format!("{target}, request {number}: {kind}: {what}\n{shown}"));
            }
        }
    }
    faults
}

type Fault = (&'static str, String);

fn find_fault(message: &[u8], snippet: &Snippet) -> Option<Fault> {
    let Some(code) = &snippet.code else {
        let is_refused = snippet.outcome == Outcome::Unsupported && !snippet.diagnostics.is_empty();
        return (!is_refused).then(|| ("no code", format!("{:?}", snippet.outcome)));
    };
    if snippet.outcome == Outcome::Unsupported {
        return Some(("refused with code", code.clone()));
    }
    if let Err(error) = serde_json::to_string(snippet) {
        return Some(("no JSON", error.to_string()));
    }
    find_hidden(&snippet.target, code)
        .or_else(|| find_bad_name(snippet))
        .or_else(|| find_missing(message, snippet, code))
}

/// A character that must not stand in code as it is.
fn find_hidden(target: &TargetId, code: &str) -> Option<Fault> {
    // A message has CR LF.
    let is_message = target.to_string() == "http/message";
    let is_plain = |c: char| c == '\n' || c == '\t' || is_message && c == '\r';
    let hidden = code.chars().find(|c| is_hidden(*c) && !is_plain(*c))?;
    Some(("hidden character", format!("{hidden:?}")))
}

fn find_bad_name(snippet: &Snippet) -> Option<Fault> {
    let mut names = BTreeSet::new();
    let is_bad = |name: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        name.starts_with(['.', '-']) || name.is_empty() || !name.chars().all(is_plain)
    };
    let mut attachments = snippet.attachments.iter().map(|it| &it.name);
    let bad = attachments.find(|name| is_bad(name) || !names.insert(name.to_ascii_lowercase()))?;
    Some(("attachment's name", bad.clone()))
}

/// A mark of the request that is neither in the code nor in a file beside it, and that no diagnostic
/// tells of.
fn find_missing(message: &[u8], snippet: &Snippet, code: &str) -> Option<Fault> {
    let told = |part: &Affect| snippet.diagnostics.iter().any(|it| it.affects.contains(part));
    let shown = Shown::of(code);
    let is_attached =
        |mark: &str| snippet.attachments.iter().any(|it| contains(&it.bytes, mark.as_bytes()));
    // It belongs to the connection and is no part of the request.
    let is_request = |(part, _): &(Affect, &[u8])| *part != Affect::Header("keep-alive".to_owned());
    for (part, bytes) in parts_of(message).into_iter().filter(is_request) {
        let missing = marks_in(bytes).find(|mark| !shown.has(mark) && !is_attached(mark));
        if let Some(mark) = missing.filter(|_| !told(&part)) {
            return Some(("missing", format!("{mark} of {part}\n{code}")));
        }
    }
    None
}

/// The parts of the message that have marks.
fn parts_of(message: &[u8]) -> Vec<(Affect, &[u8])> {
    let end = memchr::memmem::find(message, b"\r\n\r\n").unwrap_or(message.len());
    let body = message.get(end + 4..).unwrap_or_default();
    let mut lines = message[..end].split(|byte| *byte == b'\n');
    let mut parts = vec![(Affect::Body, body)];
    parts.extend(lines.next().map(|line| (Affect::Target, line)));
    parts.extend(lines.map(|line| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        (Affect::Header(String::from_utf8_lossy(name).to_ascii_lowercase()), line)
    }));
    parts
}

/// The words `zqzq17zqzq` of a part.
fn marks_in(bytes: &[u8]) -> impl Iterator<Item = String> {
    memchr::memmem::find_iter(bytes, b"zqzq").filter_map(|at| {
        let rest = &bytes[at + 4..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_whole = digits > 0 && rest[digits..].starts_with(b"zqzq");
        is_whole.then(|| String::from_utf8_lossy(&bytes[at..at + digits + 8]).into_owned())
    })
}

/// The data that code can hold: as text, in pieces of a literal that goes on in the next line, as numbers,
/// in Base64.
struct Shown {
    text: String,
    /// Only the letters and digits: a literal in pieces has quotes between them.
    joined: String,
    /// What the numbers of lists of bytes stand for.
    decoded: Vec<u8>,
}

impl Shown {
    fn of(code: &str) -> Self {
        let joined = code.chars().filter(char::is_ascii_alphanumeric).collect();
        Self { text: code.to_owned(), joined, decoded: decode(code) }
    }

    fn has(&self, mark: &str) -> bool {
        self.text.contains(mark)
            || self.joined.contains(mark)
            || contains(&self.decoded, mark.as_bytes())
            || encoded(mark).iter().any(|text| self.joined.contains(text))
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    memchr::memmem::find(bytes, text).is_some()
}

/// The bytes of all numbers from 0 to 255 in the code, decimal and hexadecimal, one after another.
fn decode(code: &str) -> Vec<u8> {
    let word = |c: char| !c.is_ascii_alphanumeric();
    let decimal = code.split(word).filter_map(|it| it.parse::<u8>().ok());
    let hexadecimal = code.split(word).filter_map(|it| {
        let digits = it.strip_prefix("0x").or(it.strip_prefix('x')).or(it.strip_prefix("16"))?;
        u8::from_str_radix(digits.get(..2)?, 16).ok()
    });
    decimal.chain([0]).chain(hexadecimal).collect()
}

/// The middle of a mark in Base64, for each place in a group of three bytes.
fn encoded(mark: &str) -> [String; 3] {
    [0, 1, 2].map(|before| {
        let bytes = [&vec![0; before], mark.as_bytes()].concat();
        let text = requote::grammar::base64::encode(&bytes);
        let middle = text.get(4..text.len() - 4).unwrap_or_default();
        middle.chars().filter(char::is_ascii_alphanumeric).collect()
    })
}

/// The faults that must be found are found: code with one of them is taken for what a target writes.
#[test]
fn each_fault_is_found() {
    let message = b"PUT /zqzq1zqzq HTTP/1.1\r\nHost: a\r\nX-A: zqzq2zqzq\r\nContent-Length: 10\r\n\r\nzqzq3zqzq!";
    let engine = Engine::new();
    let target = engine.find("curl").expect("a target");
    let parsed = requote::parse(message).expect("a request");
    let snippet = engine.quote(&parsed, &target, &Options::default()).expect("a snippet");
    assert_eq!(find_fault(message, &snippet), None);
    let kind_of = |code: &dyn Fn(&str) -> Option<String>| {
        let mut changed = snippet.clone();
        changed.code = code(snippet.code.as_deref().unwrap_or_default());
        find_fault(message, &changed).map(|(kind, _)| kind)
    };
    for mark in ["zqzq1zqzq", "zqzq2zqzq", "zqzq3zqzq"] {
        assert_eq!(kind_of(&|code| Some(code.replace(mark, ""))), Some("missing"), "{mark}");
        // In pieces, as numbers and in Base64 it is there.
        let split = format!("{}' \\\n'{}", &mark[..4], &mark[4..]);
        assert_eq!(kind_of(&|code| Some(code.replace(mark, &split))), None, "{split}");
        let numbers: Vec<String> = mark.bytes().map(|byte| format!("0x{byte:02x}")).collect();
        let numbers = numbers.join(", ");
        assert_eq!(kind_of(&|code| Some(code.replace(mark, &numbers))), None, "{numbers}");
        let base64 = requote::grammar::base64::encode(mark.as_bytes());
        assert_eq!(kind_of(&|code| Some(code.replace(mark, &base64))), None, "{base64}");
    }
    assert_eq!(kind_of(&|code| Some(format!("{code}\u{202e}"))), Some("hidden character"));
    assert_eq!(kind_of(&|code| Some(format!("{code}\r"))), Some("hidden character"));
    assert_eq!(kind_of(&|_| None), Some("no code"));
}
