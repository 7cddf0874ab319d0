//! How many conditions a template has for the lines of its program.
//!
//! A template is read as the program that it prints, and each condition stands in the way. Half a
//! dozen for ten lines remain in most: a snippet has a line for an option, a kind of body or an odd
//! value only where the request asks for it, so that nearly each line that not every request needs
//! has a condition of its own. What can go is a condition about separators (`separated`), layout
//! (`join_lines`, `level`), or what a partial or a table of the client says once.
//!
//! `conditions.txt` has the limit of each template, which only falls.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The templates and their texts, by the path below `templates`.
fn templates() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in fs::read_dir(root().join("templates")).unwrap().flatten() {
        for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            let path = file.path();
            if path.extension().is_some_and(|extension| extension == "tera") {
                let below = path.strip_prefix(root().join("templates")).unwrap();
                let name = below.to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The conditions of a template, and the lines of it that print something.
fn measure(text: &str) -> (usize, usize) {
    let (mut conditions, mut program) = (0, String::new());
    let mut rest = text;
    while let Some(at) = rest.find("{%").into_iter().chain(rest.find("{#")).min() {
        let (before, tag) = rest.split_at(at);
        program.push_str(before);
        let close = if tag.starts_with("{#") { "#}" } else { "%}" };
        let end = tag.find(close).map_or(tag.len(), |end| end + 2);
        let mut words = tag[2..end].trim_start_matches('-').split_whitespace();
        conditions += usize::from(matches!(words.next(), Some("if" | "elif")));
        rest = &tag[end..];
    }
    program.push_str(rest);
    (conditions, program.lines().filter(|line| !line.trim().is_empty()).count())
}

fn limits() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(Path::new(&root()).join("tests/conditions.txt")).unwrap();
    let line = |line: &str| {
        let (limit, path) = line.split_once(' ').expect("a limit and a path");
        (path.to_owned(), limit.parse().expect("a number"))
    };
    text.lines().map(line).collect()
}

#[test]
fn conditions_and_lines_of_the_program_are_counted() {
    for (text, expected) in [
        ("", (0, 0)),
        ("a\n{% if b %}\nc\n{% endif %}\n\nd\n", (1, 3)),
        ("{# {% if a %} #}\na{%- if b %} c{% elif d %} e{% else %}{% endif %}\n", (2, 1)),
        ("{% for a in b %}\n{{ a | str }}\n{% endfor %}", (0, 1)),
    ] {
        assert_eq!(measure(text), expected, "{text}");
    }
}

/// Partials of a few lines are conditions and little else.
#[test]
fn no_template_has_more_conditions_than_its_limit() {
    let (limits, mut faults) = (limits(), Vec::new());
    for (path, text) in templates() {
        let (conditions, lines) = measure(&text);
        if lines < 10 {
            continue;
        }
        let measured = (conditions * 10).div_ceil(lines);
        match limits.get(&path) {
            Some(limit) if measured > *limit => faults.push(format!(
                "{path} has {conditions} conditions for {lines} lines of its program: more than {limit} for ten"
            )),
            Some(limit) if measured + 1 < *limit => {
                faults.push(format!("{path} has fewer than {limit} for ten: let its limit be {measured}"));
            }
            Some(_) => {}
            None => faults.push(format!("{path} has no limit: write `{measured} {path}`")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
