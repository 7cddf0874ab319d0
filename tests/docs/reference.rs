//! `styles/README.md` says what the code says.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use requote::docs::Styles;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("styles/README.md")
}

/// The first column of the tables whose first heading is this, in a section.
fn listed(section: &str, heading: &str) -> BTreeSet<String> {
    let page = fs::read_to_string(path()).unwrap();
    let section =
        page.split("\n##").find(|it| it.trim_start_matches('#').trim().starts_with(section));
    let mut names = BTreeSet::new();
    let mut is_ours = false;
    for line in section.unwrap_or_else(|| panic!("no section {section:?}")).lines() {
        if let Some(row) = line.strip_prefix("| ") {
            let cell = row.split(" | ").next().unwrap();
            is_ours = (is_ours && !cell.is_empty()) || cell == heading;
            if let (true, Some(name)) = (is_ours, cell.strip_prefix('`')) {
                names.insert(name.trim_end_matches('`').to_owned());
            }
        } else if !line.starts_with('|') {
            is_ours = false;
        }
    }
    names
}

/// The names in backticks of an error that tells of those that there are.
fn known(table: &str) -> BTreeSet<String> {
    let files = [("style.toml", table), ("tabs.tera", "")]
        .map(|(file, text)| (file.to_owned(), format!("x/{file}"), text.to_owned()));
    let error = Styles::laid_over(files).unwrap_err().to_string();
    let list = error.split("expected").nth(1).unwrap_or_else(|| panic!("{error}"));
    let list = list.lines().next().unwrap();
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_keys_are_those_of_the_tables() {
    let whole = "title = 'x'\ndocs = 'x'\nformats = []\n";
    assert_eq!(listed("`style.toml`", "key"), known("nothing = 1\n"));
    assert_eq!(
        listed("`[[project]]`", "key"),
        known(&format!("{whole}[[project]]\nnothing = 1\n"))
    );
    assert_eq!(
        listed("`[[directive]]`", "key"),
        known(&format!("{whole}[[directive]]\nnothing = 1\n"))
    );
    let then = known(&format!("{whole}[[directive]]\nthen = 'x'\n"));
    assert_eq!(listed("`[[directive]]`", "way"), then);
}

#[test]
fn the_names_and_filters_are_those_of_templates() {
    let loads = |template: &str| {
        let table = "title = 'x'\ndocs = 'x'\nformats = ['markdown']\n";
        let files = [("style.toml", table), ("tabs.tera", template)]
            .map(|(file, text)| (file.to_owned(), format!("x/{file}"), text.to_owned()));
        Styles::laid_over(files).is_ok()
    };
    let filters = listed("`tabs.tera`", "filter");
    assert!(filters.len() > 3);
    for filter in &filters {
        assert!(loads(&format!("{{{{ tabs[0] | {filter} }}}}")), "{filter}");
    }
    assert!(!loads("{{ tabs[0] | nothing }}"));
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/docs/style/filters.rs");
    let code = fs::read_to_string(source).unwrap();
    let code = code.split("pub(super) fn register").nth(1).unwrap().split("\n}\n").next().unwrap();
    let registered: BTreeSet<String> =
        code.split("(\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect();
    let registered = registered
        .into_iter()
        .filter(|it| it.bytes().all(|b| b.is_ascii_lowercase()) && it != "safe");
    assert_eq!(filters, registered.collect());
}

#[test]
fn the_table_of_styles_is_up_to_date() {
    let styles = Styles::built_in();
    let mut table = String::from("| style | tool | pages | told by |\n|---|---|---|---|\n");
    for name in styles.names() {
        let style = styles.get(name).unwrap();
        let formats: Vec<&str> = style.formats().iter().map(|format| format.name()).collect();
        let files: Vec<String> = style
            .project()
            .iter()
            .map(|it| match &it.contains {
                Some(text) => format!("`{}` with `{text}`", it.file),
                None => format!("`{}`", it.file),
            })
            .collect();
        let row = format!(
            "| `{name}` | [{}]({}) | {} | {} |\n",
            style.title(),
            style.docs(),
            formats.join(", "),
            files.join(", ")
        );
        table.push_str(&row);
    }
    let page = fs::read_to_string(path()).unwrap();
    let (begin, end) = ("<!-- styles: begin -->\n", "<!-- styles: end -->");
    let (before, rest) = page.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let expected = format!("{before}{begin}{table}{end}{after}");
    if std::env::var_os("REQUOTE_WRITE_README").is_some() {
        fs::write(path(), &expected).unwrap();
    }
    assert!(
        page == expected,
        "REQUOTE_WRITE_README=1 cargo test --test docs writes the table again"
    );
}
