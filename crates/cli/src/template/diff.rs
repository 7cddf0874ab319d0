//! `requote template diff`: templates of a user's own beside the built-in ones.

use std::io::Write;

use requote::diagnostic::make_visible;
use requote::language::Sources;
use similar::{ChangeTag, TextDiff};

use super::args::DiffArgs;
use crate::output::stdout::styled_stdout;
use crate::stop::{Status, Stop};
use crate::templates::read_files;

/// Prints the differences of each file that there is a built-in one of.
pub fn run(args: &DiffArgs) -> Result<Status, Stop> {
    let sources = Sources::built_in();
    let mut out = styled_stdout()?;
    for (path, own) in read_files(&args.folder)? {
        let Some(built_in) = sources.get(&path) else {
            writeln!(out, "{}: there is no built-in file of this name", make_visible(&path))?;
            continue;
        };
        // A table that does not say what the language is, is laid over the built-in one.
        if path.ends_with("/language.toml") && !own.lines().any(|line| line.starts_with("title")) {
            writeln!(out, "{path}: merged over the built-in table")?;
            continue;
        }
        write!(out, "{}", compare(&path, built_in, &own))?;
    }
    Ok(Status::Done)
}

/// The lines that differ, with three around them, as `diff -u` writes them; coloured.
pub fn compare(path: &str, old: &str, new: &str) -> String {
    let mut text = String::new();
    if old == new {
        return text;
    }
    text.extend(["--- ", path, " (before)\n+++ ", path, "\n"]);
    let difference = TextDiff::from_lines(old, new);
    for group in difference.grouped_ops(3) {
        text.push_str("\x1b[34m@@\x1b[0m\n");
        for change in group.iter().flat_map(|op| difference.iter_changes(op)) {
            let (colour, sign) = match change.tag() {
                ChangeTag::Delete => ("\x1b[31m", "-"),
                ChangeTag::Insert => ("\x1b[32m", "+"),
                ChangeTag::Equal => ("", " "),
            };
            let reset = if colour.is_empty() { "" } else { "\x1b[0m" };
            let line: Vec<String> =
                change.value().trim_end_matches('\n').split('\t').map(make_visible).collect();
            text.extend([colour, sign, &line.join("\t"), reset, "\n"]);
        }
    }
    text
}
