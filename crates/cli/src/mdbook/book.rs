//! What mdBook hands over: a context and a book, in JSON.
//!
//! Only what is needed is read, and the rest goes back as it came: mdBook 0.4 calls the list of a book
//! `sections`, and 0.5 calls it `items`; both may have more keys than are known here.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// What mdBook tells beside the book.
#[derive(Debug, Deserialize)]
pub struct Context {
    /// The folder of `book.toml`.
    pub root: PathBuf,
    /// `book.toml`.
    pub config: Value,
    /// The renderer that the book is for.
    pub renderer: String,
}

impl Context {
    /// The folder of the chapters.
    pub fn source_folder(&self) -> PathBuf {
        let folder = self.config.pointer("/book/src").and_then(Value::as_str);
        self.root.join(folder.unwrap_or("src"))
    }
}

/// A chapter with a text.
#[derive(Debug)]
pub struct Chapter<'b> {
    /// Its file below the folder of the chapters; none for a chapter that has no file.
    pub source: Option<PathBuf>,
    /// Its text.
    pub content: &'b mut String,
}

/// The most chapters within one another that are read.
const MAX_DEPTH: usize = 64;

/// Calls `visit` with each chapter of a book, in order.
pub fn for_each_chapter(book: &mut Value, visit: &mut dyn FnMut(Chapter<'_>)) {
    for key in ["items", "sections"] {
        if let Some(items) = book.get_mut(key) {
            walk(items, MAX_DEPTH, visit);
        }
    }
}

fn walk(items: &mut Value, depth: usize, visit: &mut dyn FnMut(Chapter<'_>)) {
    let Some(items) = items.as_array_mut().filter(|_| depth > 0) else { return };
    for item in items {
        let Some(chapter) = item.get_mut("Chapter") else { continue };
        // `path` is where the page goes; `source_path` is new in 0.4.
        let path = |key: &str| chapter.get(key).and_then(Value::as_str).map(PathBuf::from);
        let source = path("source_path").or_else(|| path("path"));
        if let Some(Value::String(content)) = chapter.get_mut("content") {
            visit(Chapter { source, content });
        }
        if let Some(below) = chapter.get_mut("sub_items") {
            walk(below, depth - 1, visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(book: &mut Value) -> Vec<String> {
        let mut names = Vec::new();
        for_each_chapter(book, &mut |chapter| {
            names.push(chapter.source.map_or("-".to_owned(), |path| path.display().to_string()));
            chapter.content.push('!');
        });
        names
    }

    #[test]
    fn chapters_of_both_releases_are_found_and_the_rest_stays() {
        let chapter = |path: Option<&str>, below: Value| {
            json!({"Chapter": {"content": "c", "path": "p.md", "source_path": path,
                               "sub_items": below, "unknown": 1}})
        };
        let items = json!([
            {"PartTitle": "content"},
            "Separator",
            chapter(Some("a.md"), json!([chapter(Some("b/c.md"), json!([]))])),
            chapter(None, json!([])),
        ]);
        for key in ["items", "sections"] {
            let mut book = json!({key: items, "__non_exhaustive": null});
            assert_eq!(named(&mut book), ["a.md", "b/c.md", "p.md"]);
            let expected = items.to_string().replace(r#""c""#, r#""c!""#);
            assert_eq!(book[key].to_string(), expected);
            assert!(book.get("__non_exhaustive").is_some());
        }
        assert!(named(&mut json!({"items": {"Chapter": 1}})).is_empty());
    }
}
