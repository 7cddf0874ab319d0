//! What holds for any input, not only for the cases that someone wrote down.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use requote::check;
use requote::diagnostic::{Diagnostic, Palette, Severity, locate, render};
use requote::parse::{WireStatus, parse, parse_wire};
use requote::request::{Framing, Message};

/// All cases, the refused ones too: what mutations start from.
static CASES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = [root.join("requests"), root.join("rejects")];
    let paths = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = paths.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let cases = paths.iter().map(|path| fs::read(path).unwrap());
    cases.filter(|case| case.len() < 4096).collect()
});

/// Reads, checks and prints; every place must lie in the input.
fn walk(source: &[u8]) -> Result<(), TestCaseError> {
    match parse(source) {
        Ok(message) => {
            let checked = check(&message);
            walk_places(&message, source)?;
            for diagnostic in message.diagnostics.iter().chain(&checked) {
                prop_assert_ne!(diagnostic.severity, Severity::Error);
                walk_diagnostic(diagnostic, source)?;
            }
        }
        Err(error) => {
            prop_assert!(is_complete(error.diagnostic()));
            walk_diagnostic(error.diagnostic(), source)?;
        }
    }
    match parse_wire(source) {
        Ok(WireStatus::Complete { message, consumed }) => {
            prop_assert!(consumed <= source.len());
            walk_places(&message, source)?;
        }
        Ok(WireStatus::Incomplete { at_least, .. }) => prop_assert!(at_least > 0),
        Err(error) => prop_assert!(error.diagnostic().severity == Severity::Error),
        Ok(_) => {}
    }
    Ok(())
}

fn is_complete(refusal: &Diagnostic) -> bool {
    let has_place = refusal.span.is_some() && refusal.label.is_some();
    refusal.severity == Severity::Error && has_place && refusal.help.is_some()
}

fn walk_diagnostic(diagnostic: &Diagnostic, source: &[u8]) -> Result<(), TestCaseError> {
    if let Some(span) = diagnostic.span {
        prop_assert!(span.start <= span.end && span.end <= source.len(), "{diagnostic:?}");
        prop_assert!(locate(source, span.start).line <= source.len() + 1);
    }
    let printed = render(diagnostic, "case.http", source, &Palette::PLAIN);
    prop_assert!(printed.chars().all(|point| point == '\n' || !point.is_control()), "{printed:?}");
    prop_assert!(printed.lines().count() <= 6, "{printed}");
    Ok(())
}

fn walk_places(message: &Message<'_>, source: &[u8]) -> Result<(), TestCaseError> {
    let request = &message.request;
    let at = |span: Option<requote::diagnostic::Span>| source.get(span?.start..span?.end);
    prop_assert_eq!(at(request.method_span), Some(request.method.as_bytes()));
    prop_assert!(at(request.target_span).is_some());
    prop_assert!(at(request.body.span).is_some());
    for field in request.headers.iter().chain(&request.trailers) {
        prop_assert_eq!(at(field.name_span), Some(field.name.as_bytes()));
        let value = at(field.value_span);
        prop_assert!(value.is_some_and(|value| value.len() >= field.value.len()), "{field:?}");
    }
    if let Some(response) = &message.response {
        let status = response.status.to_string();
        prop_assert_eq!(at(Some(response.status_span)), Some(status.as_bytes()));
    }
    Ok(())
}

/// A piece that means something to the grammar, to be put anywhere.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: &[&[u8]] = &[
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b":",
        b" ",
        b"\t",
        b"\r\n\r\n",
        b"\n\n",
        b"\xff",
        b"\xe2\x80\xae",
        b"Content-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Host: b\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"0\r\n\r\n",
        b"5\r\n",
        b";",
        b"\xef\xbb\xbf",
        b"--",
        b"%",
        b"#",
        b"?",
        b"\"",
        b"{",
        b"[",
        b"1",
        b"ffffffffffffffff\r\n",
        b"18446744073709551615",
        b"*",
        b"@",
        b"[::1]",
        b"\r\n ",
        b"HTTP/1.0",
    ];
    let known: Vec<Vec<u8>> = known.iter().map(|piece| piece.to_vec()).collect();
    prop_oneof![3 => select(known), 1 => prop::collection::vec(any::<u8>(), 1..4)]
}

#[derive(Debug, Clone)]
enum Edit {
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Replace(Index, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<Index>(), piece()).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (any::<Index>(), 1..20_usize).prop_map(|(at, count)| Edit::Remove(at, count)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Edit::Replace(at, byte)),
    ]
}

fn apply(source: &mut Vec<u8>, edit: Edit) {
    match edit {
        Edit::Insert(at, piece) => {
            let at = at.index(source.len() + 1);
            source.splice(at..at, piece);
        }
        Edit::Remove(at, count) => {
            let at = at.index(source.len() + 1);
            source.drain(at..(at + count).min(source.len()));
        }
        Edit::Replace(at, byte) => {
            if !source.is_empty() {
                let at = at.index(source.len());
                source[at] = byte;
            }
        }
    }
}

/// A request as a sender writes it, in its parts.
#[derive(Debug, Clone)]
struct Sent {
    method: String,
    target: String,
    fields: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    framing: Framing,
    chunk: usize,
    trailers: Vec<(String, Vec<u8>)>,
}

fn field() -> impl Strategy<Value = (String, Vec<u8>)> {
    let name = "X-[!#$%&'*+.^_`|~0-9A-Za-z-]{0,12}";
    let value = prop::collection::vec(
        prop_oneof![Just(b' '), Just(b'\t'), 0x21..=0x7e_u8, 0x80..=0xff_u8],
        0..24,
    );
    (name, value.prop_map(|value| value.trim_ascii().to_vec()))
}

fn sent() -> impl Strategy<Value = Sent> {
    let framing = select(vec![Framing::None, Framing::ContentLength, Framing::Chunked]);
    (
        "[!#$%&'+.^_`|~0-9A-Za-z-]{1,10}",
        "/[!-~]{0,40}",
        prop::collection::vec(field(), 0..6),
        prop::collection::vec(any::<u8>(), 0..200),
        framing,
        1..50_usize,
        prop::collection::vec(field(), 0..3),
    )
        .prop_filter("CONNECT takes another target", |parts| parts.0 != "CONNECT")
        .prop_map(|(method, target, fields, body, framing, chunk, trailers)| Sent {
            method,
            target,
            fields,
            body: if framing == Framing::None { Vec::new() } else { body },
            framing,
            chunk,
            trailers: if framing == Framing::Chunked { trailers } else { Vec::new() },
        })
}

fn push_fields(out: &mut Vec<u8>, fields: &[(String, Vec<u8>)]) {
    for (name, value) in fields {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value);
        out.extend_from_slice(b"\r\n");
    }
}

fn serialize(sent: &Sent) -> Vec<u8> {
    let mut out = format!("{} {} HTTP/1.1\r\nHost: a\r\n", sent.method, sent.target).into_bytes();
    push_fields(&mut out, &sent.fields);
    match sent.framing {
        Framing::ContentLength => {
            out.extend_from_slice(
                format!("Content-Length: {}\r\n\r\n", sent.body.len()).as_bytes(),
            );
            out.extend_from_slice(&sent.body);
        }
        Framing::Chunked => {
            out.extend_from_slice(b"Transfer-Encoding: chunked\r\n\r\n");
            for chunk in sent.body.chunks(sent.chunk) {
                out.extend_from_slice(format!("{:X}\r\n", chunk.len()).as_bytes());
                out.extend_from_slice(chunk);
                out.extend_from_slice(b"\r\n");
            }
            out.extend_from_slice(b"0\r\n");
            push_fields(&mut out, &sent.trailers);
            out.extend_from_slice(b"\r\n");
        }
        _ => out.extend_from_slice(b"\r\n"),
    }
    out
}

fn compare(message: &Message<'_>, sent: &Sent) -> Result<(), TestCaseError> {
    let request = &message.request;
    prop_assert_eq!(&*request.method, sent.method.as_str());
    prop_assert_eq!(&*request.target, sent.target.as_str());
    prop_assert_eq!(&*request.body.bytes, &sent.body[..]);
    prop_assert_eq!(request.body.framing, sent.framing);
    let own = request.headers.iter().filter(|field| field.name.starts_with("X-"));
    for (read, sent) in [
        (own.collect::<Vec<_>>(), &sent.fields),
        (request.trailers.iter().collect(), &sent.trailers),
    ] {
        let read: Vec<_> = read
            .iter()
            .map(|field| (field.name.clone().into_owned(), field.value.to_vec()))
            .collect();
        prop_assert_eq!(&read, sent);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(source in prop::collection::vec(any::<u8>(), 0..300)) {
        walk(&source)?;
    }

    #[test]
    fn any_pieces_are_read_or_refused(pieces in prop::collection::vec(piece(), 0..30)) {
        walk(&[&b"PUT /x HTTP/1.1\r\nHost: a\r\n"[..], &pieces.concat()].concat())?;
        walk(&pieces.concat())?;
    }

    #[test]
    fn any_change_to_a_case_is_read_or_refused(
        case in any::<Index>(),
        edits in prop::collection::vec(edit(), 1..6),
    ) {
        let mut source = case.get(&CASES).clone();
        for edit in edits {
            apply(&mut source, edit);
        }
        walk(&source)?;
    }

    #[test]
    fn any_diagnostic_is_printed(
        message in any::<String>(),
        label in any::<String>(),
        help in any::<String>(),
        start in 0..400_usize,
        length in 0..400_usize,
        source in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let diagnostic = Diagnostic::warning("code", message)
            .with_span(requote::diagnostic::Span::new(start, start + length))
            .with_label(label)
            .with_help(help);
        let printed = render(&diagnostic, "a\n.http", &source, &Palette::PLAIN);
        prop_assert!(printed.chars().all(|point| point == '\n' || !point.is_control()));
        prop_assert_eq!(printed.lines().count(), 6);
    }

    #[test]
    fn what_was_sent_is_what_is_read(sent in sent()) {
        let source = serialize(&sent);
        let message = parse(&source);
        prop_assert!(message.is_ok(), "{message:?}");
        compare(&message.unwrap(), &sent)?;
        match parse_wire(&source) {
            Ok(WireStatus::Complete { message, consumed }) => {
                prop_assert_eq!(consumed, source.len());
                compare(&message, &sent)?;
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }
}
