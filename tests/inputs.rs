//! Every file of `tests/inputs/<format>` is read as that format; its snapshot shows what was read, and
//! what there is to say about it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use requote::diagnostic::{Diagnostic, Palette, Severity, render};
use requote::input::{self, Entry, FileError, Files, Format, Options};
use requote::parse::{ParseError, parse};

#[test]
fn each_is_read_as_it_was_approved() {
    insta::glob!("inputs/*/*", |path| {
        let source = fs::read(path).expect("a readable case");
        let format = path.parent().and_then(Path::file_name).expect("a format").to_string_lossy();
        let mut shown = String::new();
        match input::read(&source, None, &Options::default()) {
            Ok(read) => {
                assert_eq!(read.format.name(), format, "{}", path.display());
                assert!(!read.entries.is_empty(), "no request and no error");
                tell(&mut shown, &read.diagnostics, path, &source);
                for entry in &read.entries {
                    show(&mut shown, entry, path, &source);
                }
            }
            Err(refusal) => {
                check_refusal(&refusal);
                tell(&mut shown, &[refusal.into_diagnostic()], path, &source);
            }
        }
        approve(path, &format, &source, &shown);
    });
}

/// The message of a request, a line for each of its lines, and what parsing says about it.
fn show(out: &mut String, entry: &Entry<'_>, path: &Path, source: &[u8]) {
    let name = entry.name.as_deref().unwrap_or("-");
    let _ = writeln!(out, "request: {name}, bytes {}..{}", entry.span.start, entry.span.end);
    let raw = match &entry.raw {
        Ok(raw) => raw,
        Err(refusal) => {
            check_refusal(refusal);
            return tell(out, &[refusal.diagnostic().clone()], path, source);
        }
    };
    if let Some(scheme) = raw.scheme {
        let _ = writeln!(out, "scheme: {scheme}");
    }
    for line in raw.message.split_inclusive(|byte| *byte == b'\n') {
        let _ = writeln!(out, "    {}", line.escape_ascii());
    }
    tell(out, &raw.diagnostics, path, source);
    let mut said = match parse(&raw.message) {
        Ok(message) => message.diagnostics,
        Err(refusal) => vec![refusal.into_diagnostic()],
    };
    for diagnostic in &mut said {
        raw.map.relocate(diagnostic, source);
    }
    tell(out, &said, path, source);
}

fn check_refusal(refusal: &ParseError) {
    let error = refusal.diagnostic();
    assert_eq!(error.severity, Severity::Error, "{error:?}");
    assert!(error.span.is_some() && error.location.is_some(), "no place: {error:?}");
    assert!(error.label.is_some() && error.help.is_some(), "no label or help: {error:?}");
}

fn tell(out: &mut String, diagnostics: &[Diagnostic], path: &Path, source: &[u8]) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    for diagnostic in diagnostics {
        let span = diagnostic.span.unwrap_or_default();
        assert!(span.start <= span.end && span.end <= source.len(), "{name}: {diagnostic:?}");
        out.push_str(&render(diagnostic, &name, source, &Palette::PLAIN));
    }
}

fn approve(path: &Path, format: &str, source: &[u8], shown: &str) {
    let case = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut settings = insta::Settings::clone_current();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/inputs").join(format);
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.remove_input_file();
    settings.set_omit_expression(true);
    settings.set_description(source.escape_ascii().to_string());
    settings.bind(|| insta::assert_snapshot!(case.as_ref(), shown));
}

#[test]
fn each_snapshot_has_its_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in fs::read_dir(root.join("snapshots/inputs")).expect("snapshots") {
        let folder = folder.expect("an entry").path();
        let cases = root.join("tests/inputs").join(folder.file_name().unwrap_or_default());
        let stems: Vec<_> = fs::read_dir(&cases)
            .expect("cases")
            .map(|case| case.expect("a case").path().file_stem().unwrap_or_default().to_owned())
            .collect();
        for snapshot in fs::read_dir(&folder).expect("snapshots") {
            let path = snapshot.expect("a snapshot").path();
            // What waits for a review, `.snap.new`, is told by the test that wrote it.
            if path.extension().is_none_or(|extension| extension != "snap") {
                continue;
            }
            let stem = path.file_stem().unwrap_or_default();
            assert!(stems.iter().any(|known| known == stem), "{} has no case", path.display());
        }
    }
}

/// Serves one file, whatever its name.
#[derive(Debug)]
struct OneFile(&'static [u8]);

impl Files for OneFile {
    fn read(&self, _: &str) -> Result<Vec<u8>, FileError> {
        Ok(self.0.to_vec())
    }
}

/// An editor adds the last line end only to lines that are in the request.
#[test]
fn lines_of_json_in_a_file_end_as_the_file_does() {
    let options = Options::default().with_files(Arc::new(OneFile(b"{\"a\": 1}")));
    let head = "POST https://api.example.com/\nContent-Type: application/x-ndjson\n\n";
    for (body, sent) in [("< lines.ndjson\n", "{\"a\": 1}"), ("{\"a\": 1}", "{\"a\": 1}\n")] {
        let source = format!("{head}{body}");
        let read = input::read(source.as_bytes(), None, &options).expect("a request");
        let raw = read.entries[0].raw.as_ref().expect("a message");
        let message = String::from_utf8_lossy(&raw.message);
        assert_eq!(message.split_once("\r\n\r\n").expect("a body").1, sent, "{body}");
    }
}

/// The console of Elasticsearch knows its host, takes paths without `/`, and long strings between `"""`.
#[test]
fn requests_of_a_console_go_to_the_host_that_is_given() {
    let index =
        input::read(b"PUT logs\n{ }", None, &Options::default().with_host("h")).expect("a request");
    assert_eq!(index.entries[0].title, "PUT http://h/logs");
    let spaced = input::read(b"GET https://h/?a=b c", None, &Options::default());
    assert_eq!(spaced.expect("a request").entries[0].title, "GET https://h/?a=b%20c");
    let typo = input::read(b"GET https://h/?a HTTP 1.1", None, &Options::default());
    assert_eq!(typo.expect("a message").format, Format::Message);
    let local =
        input::read(b"GET localhost:9200/_cat", None, &Options::default()).expect("a request");
    assert_eq!(local.entries[0].title, "GET http://localhost:9200/_cat");
    let source = "POST sales/_update_by_query\n{ \"source\": \"\"\"\n  // it\n  a = \"b\\c\"\n\"\"\", \"x\": \"\"\"y\"\"\" }\n\n\
                  GET _cat/indices?v\n\n# an index\nPUT my-index\n{\n# \"\"\"\n}\n\nDELETE .kibana/_doc/1\n\nGET localhost:9200/_cat\n";
    let options = Options::default().with_host("search.example:9200");
    let read = input::read(source.as_bytes(), None, &options).expect("requests");
    let sent: Vec<String> = read
        .entries
        .iter()
        .map(|entry| entry.raw.as_ref().expect("a message"))
        .map(|raw| String::from_utf8_lossy(&raw.message).replace("\r\n", "\n"))
        .collect();
    let wanted = [
        "POST /sales/_update_by_query HTTP/1.1\nHost: search.example:9200\nContent-Type: application/json\n\
         Content-Length: 53\n\n{ \"source\": \"\\n  // it\\n  a = \\\"b\\\\c\\\"\\n\", \"x\": \"y\" }",
        "GET /_cat/indices?v HTTP/1.1\nHost: search.example:9200\n\n",
        "PUT /my-index HTTP/1.1\nHost: search.example:9200\nContent-Type: application/json\nContent-Length: 3\n\n{\n}",
        "DELETE /.kibana/_doc/1 HTTP/1.1\nHost: search.example:9200\n\n",
        "GET /_cat HTTP/1.1\nHost: localhost:9200\n\n",
    ];
    assert_eq!(sent, wanted);
    // Without a host there is none to guess: the name of an index is no host.
    for entry in
        input::read(source.as_bytes(), None, &Options::default()).expect("requests").entries
    {
        let is_whole = entry.title.contains("localhost");
        assert_eq!(entry.raw.is_ok(), is_whole, "{}", entry.title);
    }
}

#[test]
fn a_host_is_given_only_to_a_message_that_names_none() {
    let options = Options::default().with_host("given.example");
    for (line, has_host) in [
        ("GET /a?u=http://b/ HTTP/1.1", true),
        ("OPTIONS * HTTP/1.1", true),
        ("GET http://a.example/ HTTP/1.1", false),
        ("CONNECT a.example:443 HTTP/1.1", false),
    ] {
        let source = format!("{line}\r\nAccept: a/b\r\n\r\n");
        let read = input::read(source.as_bytes(), None, &options).expect("a message");
        let message = read.entries[0].raw.as_ref().expect("a message").message.clone();
        let text = String::from_utf8_lossy(&message);
        assert_eq!(text.contains("Host: given.example"), has_host, "{line}");
    }
}
