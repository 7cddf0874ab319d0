//! Every language's strings, read back by a reader that knows nothing but the tables of
//! `language.toml`: what is written must mean the text, and nothing but the text.
//!
//! The languages' own toolchains read them back in `requote verify --fuzz`; this needs none of them.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use requote::diagnostic::is_hidden;
use requote::language::{Language, Sources};
use requote::literal::{Inverse, Layout, Place, RAW_BREAK, SOFT_BREAK};

/// Each language, loaded once: a property looks at all of them for every text.
static LANGUAGES: LazyLock<Vec<(String, Language, toml::Table)>> = LazyLock::new(|| {
    languages()
        .into_iter()
        .map(|name| {
            let language = Language::load(&Sources::built_in(), &name).unwrap();
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("templates")
                .join(&name)
                .join("language.toml");
            let table = fs::read_to_string(path).unwrap().parse().unwrap();
            (name, language, table)
        })
        .collect()
});

/// The tables of string styles of each language.
static INVERSES: LazyLock<Vec<(String, Vec<Inverse>)>> = LazyLock::new(|| {
    LANGUAGES.iter().map(|(name, _, table)| (name.clone(), inverses(table))).collect()
});

fn languages() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("language.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Text with everything that some language gives a meaning.
fn hostile_text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("`".to_owned()),
        Just("\\".to_owned()),
        Just("$".to_owned()),
        Just("${x}".to_owned()),
        Just("$(id)".to_owned()),
        Just("#{x}".to_owned()),
        Just("#@x".to_owned()),
        Just("\\(x)".to_owned()),
        Just("{{x}}".to_owned()),
        Just("%d%s%%".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("'''".to_owned()),
        Just("]]".to_owned()),
        Just("|}".to_owned()),
        Just("??=".to_owned()),
        Just("*/".to_owned()),
        Just("\"#".to_owned()),
        Just(")\"".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\t".to_owned()),
        Just(" ".to_owned()),
        Just("\0".to_owned()),
        Just("\u{1b}7f".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{1f389}".to_owned()),
        Just("é0".to_owned()),
        "[ -~]{0,6}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(fragment, 0..8).prop_map(|parts| parts.concat())
}

/// Whether a language has no escapes for what cannot be seen, as its table says; such text stands in
/// a file beside the code.
fn is_raw(name: &str) -> bool {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("templates").join(name);
    fs::read_to_string(folder.join("language.toml")).unwrap().contains("# raw: ")
}

/// The literal of `text`, or `None` where the language has none.
fn write(language: &Language, text: &str, layout: Layout) -> Option<String> {
    let mut out = String::new();
    let place = Place { layout, ..Place::default() };
    language.literals.write_string(&mut out, text, "", place).ok()?;
    Some(out)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_literal_holds_nothing_that_cannot_be_seen(text in hostile_text()) {
        for (name, language, _) in &*LANGUAGES {
            if is_raw(name) {
                continue;
            }
            for layout in [Layout::Free, Layout::OneLine] {
                if let Some(literal) = write(language, &text, layout) {
                    // Line ends are seen; the indentation after a break of the layout may be of tabs.
                    let laid_out: Vec<&str> =
                        literal.split(SOFT_BREAK).map(|line| line.trim_start_matches('\t')).collect();
                    let hidden = laid_out.concat().chars().find(|&c| c != RAW_BREAK && c != '\n' && is_hidden(c));
                    prop_assert_eq!(hidden, None, "{}: {:?} as {}", name, text, literal);
                }
            }
        }
    }

    #[test]
    fn two_texts_have_two_literals(one in hostile_text(), other in hostile_text()) {
        prop_assume!(one != other);
        for (name, language, _) in &*LANGUAGES {
            let (a, b) = (write(language, &one, Layout::OneLine), write(language, &other, Layout::OneLine));
            if a.is_some() {
                prop_assert_ne!(a, b, "{}: {:?} and {:?}", name, one, other);
            }
        }
    }

    #[test]
    fn every_text_without_nul_has_a_literal(text in hostile_text()) {
        let text = text.replace('\0', "");
        for (name, language, _) in &*LANGUAGES {
            if is_raw(name) {
                continue;
            }
            prop_assert!(write(language, &text, Layout::OneLine).is_some(), "{}: {:?}", name, text);
        }
    }
}

/// The tables of string styles of a language.
fn inverses(table: &toml::Table) -> Vec<Inverse> {
    let styles = table.get("string").and_then(toml::Value::as_array).into_iter().flatten();
    styles.map(|style| style.clone().try_into().unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_literal_of_each_table_reads_back_as_its_text(text in hostile_text()) {
        for (name, inverses) in &*INVERSES {
            for inverse in inverses.iter().filter(|inverse| inverse.is_read()) {
                prop_assert_eq!(inverse.find_fault(&text), None, "{}", name);
            }
        }
    }
}

/// Tables whose literals have grammars of their own: in cmd a run of backslashes is doubled, in Tcl braces are
/// counted, a literal of Zig ends with its line, and what margin a block of text has is not in its table.
/// `requote verify` has them read by their languages.
#[test]
fn all_other_tables_are_read_back() {
    let unread = INVERSES.iter().map(|(name, inverses)| {
        let count = inverses.iter().filter(|inverse| !inverse.is_read()).count();
        (name.as_str(), count)
    });
    let unread: Vec<(&str, usize)> = unread.filter(|(_, count)| *count > 0).collect();
    let blocks = [("csharp", 1), ("java", 2), ("kotlin", 1), ("ruby", 1), ("swift", 1)];
    let own = [&[("cmd", 3)][..], &blocks, &[("tcl", 1), ("zig", 1)]].concat();
    assert_eq!(unread, own);
}
