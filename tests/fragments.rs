//! A fragment is the snippet without imports and main function: every other line is there, in order.

use std::fs;
use std::path::Path;

use requote::{Engine, Options};

/// Targets with the option that leave something out, by how much they indent the main function, and how
/// each line that they leave out may begin.
const LEFT_OUT: [(&str, &str, &[&str]); 32] = [
    ("c/libcurl", "  ", &["#include <", "int main(void) {", "}"]),
    ("clojure/clj-http", "", &["(require '", "         '["]),
    ("cpp/libcurl", "  ", &["#include <", "int main() {", "}"]),
    ("crystal/http-client", "", &["require \""]),
    ("csharp/http-client", "", &["using System."]),
    ("dart/dart-io", "  ", &["import '", "Future<void> main() async {", "}"]),
    ("dart/http", "  ", &["import '", "Future<void> main() async {", "}"]),
    ("go/net-http", "\t", &["package main", "import (", "\t\"", ")", "func main() {", "}"]),
    ("haskell/http-client", "  ", &["{-# LANGUAGE ", "import ", "main :: ", "main = do"]),
    (
        "java/http-client",
        "    ",
        &["import ", "public class ", "  public static void main(", "  }", "}"],
    ),
    (
        "java/okhttp",
        "    ",
        &["import ", "public class ", "  public static void main(", "  }", "}"],
    ),
    ("javascript/fetch", "", &["import "]),
    ("julia/http", "", &["using "]),
    ("kotlin/okhttp", "    ", &["import ", "fun main() {", "}"]),
    (
        "lua/luasocket",
        "",
        &["local http = require(", "local ltn12 = require(", "local mime = require("],
    ),
    ("matlab/http-interface", "", &["import matlab."]),
    ("nim/http-client", "", &["import std/", "# Compile with "]),
    ("node/fetch", "", &["import "]),
    (
        "objective-c/nsurlsession",
        "    ",
        &["#import <", "int main(void) {", "  @autoreleasepool {", "  }", "}"],
    ),
    ("ocaml/cohttp", "  ", &["open ", "let main =", "let () = "]),
    ("perl/lwp", "", &["#!", "use "]),
    ("php/curl", "", &["<?php"]),
    ("python/httpx", "", &["import ", "from "]),
    ("python/requests", "    ", &["import ", "from "]),
    ("r/httr", "", &["library("]),
    ("r/httr2", "", &["library("]),
    ("ruby/net-http", "", &["require '"]),
    (
        "rust/reqwest",
        "    ",
        &["use ", "#[tokio::main]", "async fn main() -> Result<(), ", "    Ok(())", "}"],
    ),
    ("scala/sttp", "  ", &["import ", "@main def main()"]),
    ("swift/urlsession", "", &["import ", "#if ", "  import ", "#endif"]),
    ("tcl/http", "", &["package require ", "http::register "]),
    ("zig/http-client", "    ", &["const std = @import(", "pub fn main(", "}"]),
];

/// The lines that are not in the fragment; nothing where the fragment has another one.
fn find_left_out<'w>(whole: &'w str, fragment: &str, indent: &str) -> Option<Vec<&'w str>> {
    let mut rest = fragment.lines().peekable();
    let mut left_out = Vec::new();
    for line in whole.lines() {
        let outdented = line.strip_prefix(indent);
        match rest.peek() {
            Some(next) if *next == line || Some(*next) == outdented => {
                rest.next();
            }
            _ => left_out.push(line),
        }
    }
    rest.next().is_none().then_some(left_out)
}

#[test]
fn a_fragment_has_each_line_but_imports_and_the_main_function() {
    let engine = Engine::new();
    let mut options = Options::default();
    options.add_option("fragment", "").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["examples/gallery", "tests/requests"].map(|folder| root.join(folder));
    let mut with_less = [0; LEFT_OUT.len()];
    for file in folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()) {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let Ok(message) = requote::parse(&bytes) else { continue };
        for (at, (target, indent, begins)) in LEFT_OUT.iter().enumerate() {
            let id = engine.find(target).unwrap();
            let code = |options| engine.quote(&message, &id, options).unwrap().code;
            let (Some(whole), Some(fragment)) = (code(&Options::default()), code(&options)) else {
                continue;
            };
            let left_out = find_left_out(&whole, &fragment, indent);
            let place = format!("{target} of {}:\n{whole}\n---\n{fragment}", path.display());
            let left_out = left_out.unwrap_or_else(|| panic!("another line: {place}"));
            for line in &left_out {
                let is_frame = line.is_empty() || begins.iter().any(|it| line.starts_with(it));
                assert!(is_frame, "`{line}` is left out: {place}");
            }
            assert!(fragment.starts_with(|c: char| !c.is_whitespace()), "{place}");
            with_less[at] += usize::from(!left_out.is_empty());
        }
    }
    // A browser's snippet has no imports.
    for (count, (target, ..)) in with_less.iter().zip(LEFT_OUT) {
        assert_eq!(*count == 0, target == "javascript/fetch", "{target}: {count}");
    }
}

#[test]
fn a_line_that_is_not_in_the_whole_is_found() {
    assert_eq!(find_left_out("a\n\tb\nc\n", "b\nc\n", "\t"), Some(vec!["a"]));
    assert_eq!(find_left_out("a\n  b\n", "b\n", ""), None);
    assert_eq!(find_left_out("a\nb\n", "b\nx\n", ""), None);
}
