//! The gallery shows what the program writes: `docs/gallery.md`, and a page for each target.
//!
//! `REQUOTE_WRITE_GALLERY=1 cargo test --test gallery` writes it anew. To look at a template without
//! building anything: `requote to go examples/gallery/*.http --templates templates`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use requote::diagnostic::make_visible;
use requote::{Engine, Options, Snippet, Target};

/// The requests, in the order of the pages: a file of `examples/gallery`, and what it is.
const REQUESTS: [(&str, &str); 11] = [
    ("query", "GET with a query"),
    ("bearer", "GET with a bearer token"),
    ("json", "PUT of JSON"),
    ("json-compact", "PUT of JSON in one line"),
    ("json-crlf", "PUT of JSON with CRLF line ends"),
    ("form", "POST of a form"),
    ("multipart", "POST of a multipart form with a file"),
    ("merge-patch", "PATCH of nested JSON with a media type of its own"),
    ("delete", "DELETE"),
    ("basic", "GET with a user name and a password"),
    ("xml", "PUT of XML"),
];

const WAY_OUT: &str = "REQUOTE_WRITE_GALLERY=1 cargo test --test gallery";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(request: &str) -> Vec<u8> {
    fs::read(root().join(format!("examples/gallery/{request}.http"))).unwrap()
}

/// The page of a target: each request as code, what is told of it, and the files beside it.
fn write_page(target: &Target, snippets: &[Snippet]) -> String {
    let mut page = format!(
        "# {}\n\n`{}` for each request of the [gallery](../gallery.md).\n",
        target.title, target.id
    );
    for ((_, title), snippet) in REQUESTS.iter().zip(snippets) {
        write!(page, "\n## {title}\n\n{}", snippet.outcome).unwrap();
        for diagnostic in &snippet.diagnostics {
            let message = make_visible(&diagnostic.message);
            write!(page, "; {}: {message}", diagnostic.severity).unwrap();
        }
        for file in &snippet.attachments {
            write!(page, "; reads `{}`", file.name).unwrap();
        }
        page.push('\n');
        if let Some(code) = &snippet.code {
            write!(page, "\n{}", fence(&snippet.highlight, code)).unwrap();
        }
    }
    page
}

/// A block of code; its fence is longer than any in the code. The pages have the line ends of a text file.
fn fence(language: &str, code: &str) -> String {
    let code = code.replace("\r\n", "\n");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    let end = if code.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{code}{end}{fence}\n")
}

/// The first page: the requests, and the outcome of each for each target.
fn write_index(rows: &[(Target, Vec<Snippet>)]) -> String {
    let mut page = format!(
        "# Gallery\n\nEleven ordinary requests as code for each target, in the default options. \
         `{WAY_OUT}` writes these pages, and a test compares them with what the program writes. \
         [Verdicts](verdicts.md) compares them with what other generators write.\n"
    );
    for (request, title) in REQUESTS {
        let shown = String::from_utf8(read(request)).unwrap().replace("\r\n", "\n");
        let link = format!("[{title}](../examples/gallery/{request}.http)");
        write!(page, "\n{link}:\n\n{}", fence("http", &shown)).unwrap();
    }
    let heads: Vec<&str> = REQUESTS.iter().map(|(request, _)| *request).collect();
    write!(page, "\n| target | {} |\n|---{}|\n", heads.join(" | "), "|---".repeat(heads.len()))
        .unwrap();
    for (target, snippets) in rows {
        let outcomes: Vec<String> = snippets.iter().map(|it| it.outcome.to_string()).collect();
        let link = format!("[`{}`](gallery/{})", target.id, file_name(target));
        writeln!(page, "| {link} | {} |", outcomes.join(" | ")).unwrap();
    }
    page
}

fn file_name(target: &Target) -> String {
    format!("{}.md", target.id.replace('/', "-"))
}

/// Each page, by its path in `docs`.
fn write_all() -> Vec<(PathBuf, String)> {
    let engine = Engine::new();
    let messages: Vec<Vec<u8>> = REQUESTS.iter().map(|(request, _)| read(request)).collect();
    let rows: Vec<(Target, Vec<Snippet>)> = engine
        .ids()
        .into_iter()
        .map(|id| {
            let quote = |bytes: &Vec<u8>| {
                let message = requote::parse(bytes).unwrap();
                engine.quote(&message, &id, &Options::default()).unwrap()
            };
            (engine.target(&id).unwrap(), messages.iter().map(quote).collect())
        })
        .collect();
    let page = |(target, snippets): &(Target, Vec<Snippet>)| {
        (Path::new("gallery").join(file_name(target)), write_page(target, snippets))
    };
    let mut pages: Vec<_> = rows.iter().map(page).collect();
    pages.push((PathBuf::from("gallery.md"), write_index(&rows)));
    pages
}

#[test]
fn the_pages_are_what_the_program_writes() {
    let docs = root().join("docs");
    let pages = write_all();
    let names: BTreeSet<PathBuf> = pages.iter().map(|(path, _)| docs.join(path)).collect();
    let folder = docs.join("gallery");
    if std::env::var_os("REQUOTE_WRITE_GALLERY").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (path, text) in &pages {
            fs::write(docs.join(path), text).unwrap();
        }
    }
    let old: Vec<_> = pages
        .iter()
        .filter(|(path, text)| fs::read_to_string(docs.join(path)).ok().as_ref() != Some(text))
        .map(|(path, _)| path)
        .collect();
    assert!(old.is_empty(), "{old:?} are old: {WAY_OUT}");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        assert!(names.contains(&path), "{} is the page of no target", path.display());
    }
}

#[test]
fn each_request_has_a_place_in_the_pages() {
    let files = fs::read_dir(root().join("examples/gallery")).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<String> = REQUESTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, known);
}
