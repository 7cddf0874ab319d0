//! The README tells the truth: its table and `docs/targets.md` are what `requote targets` knows, its
//! commands work.
//!
//! `REQUOTE_WRITE_README=1 cargo test --test readme` writes both anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use requote::language::{LimitPart, Redirects};
use requote::{BodyMode, Engine, Options};

const BEGIN: &str = "<!-- targets: begin -->\n";
const END: &str = "<!-- targets: end -->\n";

fn readme() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn targets_page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/targets.md")
}

/// A row for each target; the page of targets has the rest.
fn table() -> String {
    let mut table = String::from("| target | client | proven | may differ |\n|---|---|---|---|\n");
    for target in Engine::new().targets().unwrap() {
        let name = if target.default {
            format!("**`{}`**", target.id)
        } else {
            format!("`{}`", target.id)
        };
        let proven = if target.proven { "yes" } else { "no" };
        let parts: BTreeSet<LimitPart> = target.limits.iter().map(|it| it.part).collect();
        let parts: Vec<&str> = parts.into_iter().map(name_part).collect();
        let link = format!("docs/targets.md#{}", target.id.replace('/', ""));
        let parts = parts.join(", ");
        writeln!(table, "| [{name}]({link}) | {} | {proven} | {parts} |", target.title).unwrap();
    }
    table
}

fn name_part(part: LimitPart) -> &'static str {
    match part {
        LimitPart::Method => "method",
        LimitPart::Target => "target",
        LimitPart::Host => "host",
        LimitPart::Fields => "fields",
        LimitPart::Body => "body",
        _ => "other",
    }
}

/// What there is to know of each target, in the order of the table.
fn page() -> String {
    let mut page = String::from(
        "# Targets\n\nWhat `requote targets --json` knows. The client of a *proven* target is run by CI \
         over every case, and what arrives is compared. No client sends trailer fields.\n",
    );
    for target in Engine::new().targets().unwrap() {
        let proven = if target.proven { "proven" } else { "not proven" };
        let version = target.version.iter().map(|version| format!(", from {version}"));
        let install = target.install.iter().map(|install| format!("; install: `{install}`"));
        write!(page, "\n## {}\n\n[{}]({})", target.id, target.title, target.docs).unwrap();
        page.extend(version.chain(install));
        write!(page, "; {proven}").unwrap();
        if !target.adds.is_empty() {
            write!(page, "; adds `{}`", target.adds.join("`, `")).unwrap();
        }
        match target.redirects {
            Some(Redirects::Follows) => page.push_str("; follows redirections"),
            Some(_) => page.push_str("; does not follow redirections"),
            None => panic!("{} does not say what it does with redirections", target.id),
        }
        page.push_str(".\n");
        for (at, limit) in target.limits.iter().enumerate() {
            let gap = if at == 0 { "\n" } else { "" };
            writeln!(page, "{gap}- {}: {}", name_part(limit.part), limit.words).unwrap();
        }
    }
    page
}

#[test]
fn the_table_of_targets_is_what_the_program_knows() {
    let text = fs::read_to_string(readme()).unwrap();
    let start = text.find(BEGIN).unwrap() + BEGIN.len();
    let end = text.find(END).unwrap();
    if std::env::var_os("REQUOTE_WRITE_README").is_some() {
        let written = format!("{}{}{}", &text[..start], table(), &text[end..]);
        fs::write(readme(), written).unwrap();
        fs::write(targets_page(), page()).unwrap();
        return;
    }
    let way_out = "is old: REQUOTE_WRITE_README=1 cargo test --test readme";
    assert!(text[start..end] == table(), "the table {way_out}");
    assert!(fs::read_to_string(targets_page()).unwrap() == page(), "docs/targets.md {way_out}");
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
