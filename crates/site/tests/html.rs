//! Pages as a browser reads them: what a reader copies is the snippet, request data is never markup, and every
//! link leads somewhere.

mod dom;

use std::collections::BTreeMap;

use dom::Page;
use requote::{Engine, Options, Secrets, TargetId};
use requote_site::{Example, Site, SiteError};

/// Few targets whose literals differ much: grammars take their time without optimisation.
const TARGETS: [&str; 6] = ["python", "curl", "fetch", "c", "csharp", "powershell"];

fn ids(engine: &Engine, names: &[&str]) -> Vec<TargetId> {
    names.iter().map(|name| engine.find(name).unwrap()).collect()
}

/// The files of a site of these messages.
fn build(messages: &[&[u8]], options: &Options) -> BTreeMap<String, Vec<u8>> {
    let engine = Engine::new();
    let parsed: Vec<_> = messages.iter().map(|it| requote::parse(it).unwrap()).collect();
    let examples: Vec<_> = parsed
        .iter()
        .map(|message| Example::new("a", message).with_title(Some("<b>Title</b>".to_owned())))
        .collect();
    let site = Site::new(&engine, ids(&engine, &TARGETS)).unwrap().with_options(options.clone());
    let mut files = BTreeMap::new();
    site.write(&examples, |file| {
        assert!(files.insert(file.path.clone(), file.bytes).is_none(), "{} twice", file.path);
        Ok::<(), SiteError>(())
    })
    .unwrap();
    files
}

/// The files that are pages.
fn pages_of(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(path, _)| path.rsplit('.').next() == Some("html"))
}

const PUT: &[u8] = b"PUT /a HTTP/1.1\r\nHost: example.org\r\nContent-Type: application/json\r\n\
    Content-Length: 7\r\n\r\n{\"a\":1}HTTP/1.1 201 Created\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n";

/// Requests full of what ends an attribute, an element, a comment, a script or a template.
fn hostile() -> Vec<Vec<u8>> {
    let texts = [
        "</code></pre><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "<!-- --> ]]> </title></style></textarea>",
        "{{ title }} {% include \"x\" %} {# a #}",
        "&amp; &lt;b&gt; &#13; &quot;",
        "javascript:alert(1)",
    ];
    texts
        .iter()
        .map(|text| {
            let target: String = text
                .bytes()
                .map(|byte| if byte == b' ' { '+' } else { char::from(byte) })
                .collect();
            let body = format!("{text}\r\n\ttab\r\n");
            format!(
                "POST /{target}?{target} HTTP/1.1\r\nHost: example.org\r\nX-Text: {text}\r\n\
                 Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}\
                 HTTP/1.1 200 {text}\r\nX-Text: {text}\r\n\r\n{text}",
                body.len()
            )
            .into_bytes()
        })
        .collect()
}

#[test]
fn the_classic_example_has_its_pages_linked_both_ways() {
    let files = build(&[PUT], &Options::default());
    let index = Page::parse(&files["a/index.html"]);
    assert_eq!(index.title(), "HTTP PUT request");
    let python = Page::parse(&files["a/python.html"]);
    assert_eq!(python.title(), "HTTP PUT request in Python");
    assert_eq!(python.texts("h1"), ["HTTP PUT request in Python"]);
    assert!(index.links().contains(&"python.html".to_owned()));
    assert!(python.links().contains(&"index.html".to_owned()));
    for other in ["curl", "c", "csharp", "javascript", "powershell"] {
        let other = if other == "curl" { "shell" } else { other };
        assert!(python.links().contains(&format!("{other}.html")), "{other}");
        let page = Page::parse(&files[&format!("a/{other}.html")]);
        assert!(page.links().contains(&"python.html".to_owned()), "{other}");
    }
    assert_eq!(Page::parse(&files["a/shell.html"]).title(), "HTTP PUT request with curl");
    let text = python.text();
    for fact in [
        "pip install requests",
        "HTTP/1.1 201 Created",
        "Idempotent",
        "PUT beside GET, POST and PATCH",
        "RFC 9110 §9.3.4",
        "412 Precondition Failed",
    ] {
        assert!(text.contains(fact), "{fact}");
    }
}

#[test]
fn what_a_reader_copies_is_the_snippet_byte_for_byte() {
    let engine = Engine::new();
    let hostile = hostile();
    let messages: Vec<&[u8]> = hostile.iter().map(Vec::as_slice).chain([PUT]).collect();
    let files = build(&messages, &Options::default());
    let mut compared = 0;
    for (number, bytes) in messages.iter().enumerate() {
        let message = requote::parse(bytes).unwrap();
        let folder = if number == 0 { "a".to_owned() } else { format!("a-{}", number + 1) };
        let all = Page::parse(&files[&format!("{folder}/index.html")]).code();
        for id in ids(&engine, &TARGETS) {
            let snippet = engine.quote(&message, &id, &Options::default()).unwrap();
            let Some(code) = &snippet.code else { continue };
            let page = Page::parse(&files[&format!("{folder}/{}.html", id.language())]);
            assert_eq!(&page.code()[0], code, "{id}");
            assert!(all.contains(code), "{id} on the index");
            compared += 1;
        }
    }
    assert!(compared >= 40, "only {compared} snippets were compared");
}

#[test]
fn request_data_is_never_markup_and_nothing_is_fetched() {
    let hostile = hostile();
    let messages: Vec<&[u8]> = hostile.iter().map(Vec::as_slice).collect();
    let files = build(&messages, &Options::default());
    let plain = build(&[PUT], &Options::default());
    // The elements and attributes of pages with harmless data.
    let known: Vec<String> = ["index.html", "a/index.html", "a/python.html"]
        .iter()
        .flat_map(|path| Page::parse(&plain[*path]).names())
        .chain(["a download".into(), "ul class".into(), "li class".into(), "q ".into()])
        .collect();
    for (path, bytes) in pages_of(&files) {
        let page = Page::parse(bytes);
        assert_eq!(page.scripts(), 1, "{path}");
        for name in page.names() {
            assert!(known.contains(&name), "{path}: {name}");
        }
        for link in page.loaded() {
            let is_own = ["site.css", "../site.css", "site.js", "../site.js", "data:,"];
            assert!(is_own.contains(&link.as_str()), "{path} loads {link}");
        }
    }
}

#[test]
fn every_link_of_the_site_leads_to_a_file_and_every_id_is_there_once() {
    let binary = b"POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\n\r\n\x00\xff\x01";
    let files = build(&[PUT, binary], &Options::default());
    let mut followed = 0;
    for (path, bytes) in pages_of(&files) {
        let page = Page::parse(bytes);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in page.links() {
            if link.starts_with("https://") {
                continue;
            }
            if let Some(id) = link.strip_prefix('#') {
                assert_eq!(page.count_id(id), 1, "{path}: {link}");
            } else {
                let target = match link.strip_prefix("../") {
                    Some(rest) => rest.to_owned(),
                    None => format!("{folder}/{link}").trim_start_matches('/').to_owned(),
                };
                assert!(files.contains_key(&target), "{path}: {link}");
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "only {followed} links");
    // The bytes of the body are files beside the pages that read them, and so is the message.
    assert!(
        files
            .iter()
            .any(|(path, bytes)| path.starts_with("a-2/python/") && **bytes == *b"\x00\xff\x01")
    );
    assert_eq!(files["a-2/request.http"], binary);
}

#[test]
fn secrets_that_the_code_reads_from_its_environment_are_on_no_page() {
    let message = b"GET /a?access_token=QUERYSECRET1 HTTP/1.1\r\nHost: example.org\r\n\
        Authorization: Bearer HEADERSECRET1\r\n\r\n";
    let options = Options::default().with_secrets(Secrets::Env);
    for (path, bytes) in build(&[message], &options) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("SECRET1"), "{path}");
    }
    let shown = build(&[message], &Options::default());
    assert!(String::from_utf8_lossy(&shown["a/python.html"]).contains("HEADERSECRET1"));
}

#[test]
fn pages_of_the_caller_are_laid_over_the_built_in_ones() {
    let engine = Engine::new();
    let message = requote::parse(PUT).unwrap();
    let write = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let site = Site::new(&engine, ids(&engine, &["curl"])).unwrap().with_pages(files);
        let mut written = BTreeMap::new();
        let done = site.write(&[Example::new("a", &message)], |file| {
            written.insert(file.path, String::from_utf8(file.bytes).unwrap());
            Ok::<(), SiteError>(())
        });
        done.map(|()| written).map_err(|error| error.to_string())
    };
    let own = write(&[
        ("target.html", "{{ request.method }} {{ snippet.label }} {{ method.name }}"),
        ("fields.toml", "[host]\ntext = 'Ours'\nsource = 'RFC 9110 §7.2'\n"),
    ])
    .unwrap();
    assert_eq!(own["a/shell.html"], "PUT curl PUT");
    assert!(own["a/index.html"].contains("Ours"));
    let wrong = write(&[("target.html", "{{ nothing }}")]).unwrap_err();
    assert!(wrong.starts_with("pages/target.html: error: Variable `nothing` is not"), "{wrong}");
}
