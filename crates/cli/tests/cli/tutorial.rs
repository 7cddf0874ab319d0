//! The tutorial for authors of templates, walked as it is written.

use std::fs;

use crate::program::{command, empty_folder, root, run_with};

/// A part of the page: its language and its text, and the last file that was named before it.
struct Block {
    language: String,
    text: String,
    file: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut file = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("\n```") {
        let named = before
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains('.') && !name.contains(' '));
        if let Some(name) = named.last() {
            name.clone_into(&mut file);
        }
        let (language, after) = after.split_once('\n').unwrap();
        let (text, after) = after.split_once("\n```\n").unwrap();
        blocks.push(Block {
            language: language.to_owned(),
            text: text.to_owned(),
            file: file.clone(),
        });
        rest = after;
    }
    blocks
}

#[test]
fn the_page_is_true() {
    let page = fs::read_to_string(root().join("docs/own-templates.md")).unwrap();
    let folder = empty_folder("tutorial");
    let mut commands = 0;
    let mut replaced: Option<String> = None;
    for Block { language, text, file } in blocks(&page) {
        match (language.as_str(), replaced.take()) {
            // An editor ends the last line.
            ("http", _) => fs::write(folder.join(file), text + "\n").unwrap(),
            ("text", None) => replaced = Some(text),
            ("text", Some(before)) => {
                let path = folder.join(&file);
                let whole = fs::read_to_string(&path).unwrap();
                assert!(whole.contains(&before), "{file} has no {before}");
                fs::write(path, whole.replace(&before, &text)).unwrap();
            }
            ("console", _) => {
                let (line, expected) = text.split_once('\n').unwrap();
                let words = line.strip_prefix("$ requote ").expect("a command of requote");
                let args: Vec<&str> = words.split(' ').collect();
                let ran = run_with(command(&args).current_dir(&folder), b"");
                let printed = format!("{}{}", ran.stderr, ran.stdout);
                assert_eq!(printed.trim_end(), expected, "{line}");
                commands += 1;
            }
            _ => {}
        }
    }
    assert_eq!(commands, 6);
}
