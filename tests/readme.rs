//! The README tells the truth: its table is what `requote targets` knows, its commands work.
//!
//! `REQUOTE_WRITE_README=1 cargo test --test readme` writes the table anew.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use requote::{BodyMode, Engine, Options};

const BEGIN: &str = "<!-- targets: begin -->\n";
const END: &str = "<!-- targets: end -->\n";

fn readme() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn table() -> String {
    let mut table =
        String::from("| target | client | proven | what it cannot carry |\n|---|---|---|---|\n");
    for target in Engine::new().targets().unwrap() {
        let name = if target.default {
            format!("**`{}`**", target.id)
        } else {
            format!("`{}`", target.id)
        };
        let proven = if target.proven { "yes" } else { "no" };
        let limits = target.limits.join("; ").replace('|', "\\|");
        writeln!(table, "| {name} | [{}]({}) | {proven} | {limits} |", target.title, target.docs)
            .unwrap();
    }
    table
}

#[test]
fn the_table_of_targets_is_what_the_program_knows() {
    let text = fs::read_to_string(readme()).unwrap();
    let start = text.find(BEGIN).unwrap() + BEGIN.len();
    let end = text.find(END).unwrap();
    if std::env::var_os("REQUOTE_WRITE_README").is_some() {
        let written = format!("{}{}{}", &text[..start], table(), &text[end..]);
        fs::write(readme(), written).unwrap();
        return;
    }
    assert!(
        text[start..end] == table(),
        "the table is old: REQUOTE_WRITE_README=1 cargo test --test readme"
    );
}

#[test]
fn the_python_on_the_first_screen_is_what_the_program_prints() {
    let text = fs::read_to_string(readme()).unwrap();
    let message = fs::read(readme().with_file_name("examples/put.http")).unwrap();
    let parsed = requote::parse(&message).unwrap();
    let engine = Engine::new();
    let id = engine.find("python").unwrap();
    for mode in [BodyMode::Auto, BodyMode::Exact] {
        let options = Options::default().with_body(mode);
        let code = engine.quote(&parsed, &id, &options).unwrap().code.unwrap();
        assert!(text.contains(&format!("```python\n{code}```\n")), "README.md lacks:\n{code}");
    }
    let shown = String::from_utf8(message).unwrap().replace("\r\n", "\n");
    assert!(text.contains(&format!("```http\n{shown}\n```\n")), "README.md lacks:\n{shown}");
}
