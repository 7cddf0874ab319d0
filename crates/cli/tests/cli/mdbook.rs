//! `requote mdbook`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::program::{Ran, command, empty_folder, run, run_with};

const CHAPTER: &str = "# Put\n\n```http requote=\"curl,python\"\nPUT /a HTTP/1.1\nHost: example.org\n\n```\n\n\
                       1. Step\n\n   ```http requote\n   GET /b HTTP/1.1\n   Host: example.org\n   ```\n";

/// A chapter as mdBook hands it over.
fn chapter(content: &str) -> Value {
    json!({"Chapter": {
        "name": "A", "content": content, "number": [1], "sub_items": [], "path": "b/a.md",
        "source_path": "b/a.md", "parent_names": [],
    }})
}

/// The context and the book of a release with `items` or `sections`.
fn book(root: &Path, table: &Value, renderer: &str, list: &str, content: &str) -> Value {
    let mut table = table.clone();
    table["command"] = "requote mdbook".into();
    json!([
        {"root": root, "renderer": renderer, "mdbook_version": "0.5.4", "chapter_titles": {},
         "config": {"book": {"src": "pages"}, "preprocessor": {"requote": table}}},
        {list: [{"PartTitle": "One"}, chapter(content), "Separator"], "unknown": {"a": 1}},
    ])
}

fn preprocess(input: &Value) -> Ran {
    run_with(&mut command(&["mdbook"]), input.to_string().as_bytes())
}

/// What the program makes of a chapter.
fn content_of(ran: &Ran, list: &str) -> String {
    let book: Value = serde_json::from_str(&ran.stdout).expect(&ran.stderr);
    assert_eq!(book["unknown"], json!({"a": 1}));
    book[list][1]["Chapter"]["content"].as_str().unwrap().to_owned()
}

fn table() -> Value {
    json!({"after": ["links"], "targets": ["curl", "go"]})
}

#[test]
fn fences_become_tabs_in_both_releases() {
    for list in ["items", "sections"] {
        let ran = preprocess(&book(Path::new("/"), &table(), "html", list, CHAPTER));
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        let content = content_of(&ran, list);
        assert!(!content.contains("```http"), "{content}");
        assert_eq!(content.matches("<div class=\"requote\">").count(), 2, "{content}");
        for code in ["curl --request PUT 'https://example.org/a'", "requests.put(", "```python\n"] {
            assert!(content.contains(code), "{content}");
        }
        // The second fence is in a list, and names no targets.
        assert!(content.contains("\n   ```go\n   package main\n"), "{content}");
        // One style and one script for the page.
        assert_eq!(content.matches("<style>").count(), 1);
        assert_eq!(content.matches("<script>").count(), 1);
    }
}

#[test]
fn a_page_without_snippets_stays_as_it_is() {
    let page = "# Title\n\n```http\nGET / HTTP/1.1\nHost: example.org\n```\n";
    let ran = preprocess(&book(Path::new("/"), &table(), "html", "items", page));
    assert_eq!(content_of(&ran, "items"), page);
}

#[test]
fn other_renderers_and_those_who_ask_get_plain_blocks() {
    let asks = json!({"after": ["links"], "targets": ["curl"], "tabs": "plain"});
    for (table, renderer) in [(table(), "epub"), (asks, "html")] {
        let ran = preprocess(&book(Path::new("/"), &table, renderer, "items", CHAPTER));
        let content = content_of(&ran, "items");
        assert!(content.contains("**curl**\n\n```bash\ncurl "), "{content}");
        assert!(!content.contains('<'), "{content}");
    }
    assert_eq!(run(&["mdbook", "supports", "epub"]).status, 0);
}

#[test]
fn the_marks_of_mdbook_tabs_are_written_where_they_are_asked_for() {
    let table = json!({"after": ["links"], "targets": ["curl"], "tabs": "mdbook-tabs"});
    let ran = preprocess(&book(Path::new("/"), &table, "html", "items", CHAPTER));
    let content = content_of(&ran, "items");
    let marks = "{{#tabs global=\"requote\" }}\n\n{{#tab name=\"curl\" }}\n\n```bash\n";
    assert!(content.contains(marks), "{content}");
    assert!(!content.contains("<script>"), "{content}");
}

/// The preprocessor runs behind mdBook's own, which then acts on nothing of the request.
#[test]
fn text_that_mdbook_would_act_on_stays_text() {
    let page =
        "```http requote=curl\nGET /a HTTP/1.1\nHost: example.org\nX-A: {{#include b.md}}\n```\n";
    let ran = preprocess(&book(Path::new("/"), &table(), "html", "items", page));
    assert!(content_of(&ran, "items").contains("'X-A: {{#include b.md}}'"));
    for table in [json!({"targets": ["curl"]}), json!({"after": ["index"]})] {
        let ran = preprocess(&book(Path::new("/"), &table, "html", "items", page));
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
        assert!(ran.stderr.contains("`after` does not name `links`"), "{}", ran.stderr);
    }
}

#[test]
fn files_are_named_from_the_folder_of_the_chapter_and_are_in_the_book() {
    let folder = empty_folder("mdbook-files");
    let root = folder.join("book");
    fs::create_dir_all(root.join("pages/b")).unwrap();
    fs::write(root.join("pages/put.http"), "GET /file HTTP/1.1\nHost: example.org\n\n").unwrap();
    fs::write(folder.join("out.http"), "GET /out HTTP/1.1\nHost: example.org\n\n").unwrap();
    let with = |file: &str| {
        let page = format!("```http requote=curl file={file}\n```\n");
        preprocess(&book(&root, &table(), "html", "items", &page))
    };
    assert!(content_of(&with("../put.http"), "items").contains("https://example.org/file"));
    let ran = with("../../../out.http");
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("outside of the project's folder"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--> b/a.md:1:"), "{}", ran.stderr);
}

#[test]
fn faults_name_the_chapter_and_the_line() {
    let page = "# A\n\n```http requote=nothing\nGET / HTTP/1.1\nHost: example.org\n```\n";
    let ran = preprocess(&book(Path::new("/"), &table(), "html", "items", page));
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("--> b/a.md:3:"), "{}", ran.stderr);
}

#[test]
fn what_differs_is_an_error_only_where_it_is_asked_for() {
    let page = "\n```http requote=fetch\nGET / HTTP/1.1\nHost: example.org\nCookie: a=1\n```\n";
    let status = |strict: bool| {
        let table = json!({"after": ["links"], "strict": strict});
        preprocess(&book(Path::new("/"), &table, "html", "items", page))
    };
    assert_eq!(status(false).status, 0);
    let ran = status(true);
    assert_eq!(ran.status, 1);
    let told = "b/a.md:2: the snippet for javascript/fetch differs from its request";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
}

#[test]
fn a_wrong_table_or_no_book_is_an_error() {
    for (table, told) in [
        (json!({"after": ["links"], "target": ["curl"]}), "unknown field `target`"),
        (json!({"after": ["links"], "tabs": "fancy"}), "unknown variant `fancy`"),
        (
            json!({"after": ["links"], "body": "short"}),
            "`body` is `auto`, `exact`, `text`, `native`",
        ),
    ] {
        let ran = preprocess(&book(Path::new("/"), &table, "html", "items", CHAPTER));
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("book.toml") && ran.stderr.contains(told), "{}", ran.stderr);
    }
    for input in ["", "[]", "{}", "[{}, {}]", "\u{0}"] {
        let ran = run_with(&mut command(&["mdbook"]), input.as_bytes());
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{input}");
        assert!(ran.stderr.contains("no book of mdBook"), "{}", ran.stderr);
    }
}
