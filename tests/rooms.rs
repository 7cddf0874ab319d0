//! Rules that hold for the whole crate, each of which is broken in silence otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room of `src/` and the rooms that it may import.
const ROOMS: [(&str, &[&str]); 10] = [
    ("diagnostic", &[]),
    ("content", &[]),
    ("request", &["diagnostic"]),
    ("parse", &["diagnostic", "request"]),
    ("check", &["content", "diagnostic", "parse", "request"]),
    ("literal", &["content", "diagnostic"]),
    ("language", &["content", "diagnostic", "literal"]),
    ("view", &["content", "diagnostic", "language", "parse", "request"]),
    ("render", &["content", "diagnostic", "language", "literal", "view"]),
    ("engine", &["diagnostic", "language", "parse", "render", "request", "view"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The rooms that a source file names as `crate::<room>`.
fn imported_rooms(text: &str) -> BTreeSet<String> {
    text.match_indices("crate::")
        .map(|(at, _)| &text[at + "crate::".len()..])
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let mut faults = Vec::new();
    for (room, allowed) in ROOMS {
        for path in files(&root().join("src").join(room), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for import in imported_rooms(&text) {
                let is_room = ROOMS.iter().any(|(name, _)| *name == import);
                if is_room && import != room && !allowed.contains(&import.as_str()) {
                    faults.push(format!("{} imports {import}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_folder_of_the_library_is_a_room() {
    let mut folders = Vec::new();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            folders.push(name);
        }
    }
    folders.sort();
    let mut rooms: Vec<_> = ROOMS.iter().map(|(name, _)| (*name).to_owned()).collect();
    rooms.sort();
    assert_eq!(folders, rooms);
}

#[test]
fn no_source_of_the_library_names_a_language() {
    let names: Vec<String> = fs::read_dir(root().join("templates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        // Words that are also words of English or of HTTP.
        .filter(|name| {
            !matches!(name.as_str(), "c" | "r" | "go" | "http" | "node" | "rust" | "shell")
        })
        .collect();
    assert!(names.iter().any(|name| name == "python"));
    let mut faults = Vec::new();
    for path in files(&root().join("src"), "rs") {
        // The named models of how numbers are held and printed bear the names of languages.
        if path.ends_with("json/float_format.rs") || path.ends_with("json/number_model.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for name in &names {
                if code.contains(&format!("\"{name}\"")) || code.contains(&format!("\"{name}/")) {
                    faults.push(format!("{}:{}: {name}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_template_has_its_table_and_every_table_its_template() {
    for folder in fs::read_dir(root().join("templates")).unwrap() {
        let folder = folder.unwrap().path();
        let text = fs::read_to_string(folder.join("language.toml")).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let clients: BTreeSet<String> =
            table["client"].as_table().unwrap().keys().cloned().collect();
        let templates: BTreeSet<String> = files(&folder, "tera")
            .iter()
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .filter(|stem| !stem.starts_with('_'))
            .collect();
        assert_eq!(clients, templates, "{}", folder.display());
    }
}

#[test]
fn every_language_and_template_loads() {
    let engine = requote::Engine::new();
    engine.load_all().unwrap();
    for target in engine.targets().unwrap() {
        assert!(target.docs.starts_with("https://"), "{}", target.id);
    }
    for id in engine.ids() {
        engine.run_plan(&id).unwrap();
    }
}

#[test]
fn no_template_writes_a_quote_around_a_value() {
    let mut faults = Vec::new();
    for path in files(&root().join("templates"), "tera") {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            for quote in ['"', '\'', '`'] {
                let is_quoted = line.contains(&format!("{quote}{{{{"))
                    && line.contains(&format!("}}}}{quote}"));
                if is_quoted {
                    faults.push(format!("{}:{}: {quote}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_engine_is_shared_between_threads() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<requote::Engine>();
}

#[test]
fn a_value_without_a_filter_is_an_error() {
    let toml = "title = \"T\"\nextension = \"t\"\ndefault = \"x\"\n[client.x]\ntitle = \"X\"\n\
                docs = \"https://x.example/\"\n[[string]]\nopen = '\"'\nclose = '\"'\n";
    for (template, is_fault) in [
        ("{{ url }}", true),
        ("{{ url | safe }}", true),
        ("{{ headers[0].value | upper }}", true),
        ("{{ url ~ \"x\" }}", true),
        ("{{ url | str }}", false),
    ] {
        let files = [("t/language.toml", toml), ("t/x.tera", template)];
        let engine = requote::Engine::with_templates(files);
        let message = requote::parse::parse(b"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n").unwrap();
        let id = engine.find("t").unwrap();
        let snippet = engine.quote(&message, &id, &requote::Options::default());
        assert_eq!(snippet.is_err(), is_fault, "{template}: {snippet:?}");
    }
}

/// A need that no rule sets would count as false, always.
#[test]
fn each_need_of_a_template_is_set_by_a_rule() {
    let mut faults = Vec::new();
    for path in files(&root().join("templates"), "tera") {
        let text = fs::read_to_string(&path).unwrap();
        let table = fs::read_to_string(path.with_file_name("language.toml")).unwrap();
        for (at, _) in text.match_indices("needs.") {
            let rest = &text[at + "needs.".len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let need = &rest[..end.unwrap_or(rest.len())];
            let is_own = ["raw_target", "host_header"].contains(&need);
            if !is_own && !table.contains(&format!("need = \"{need}\"")) {
                faults.push(format!("{}: {need}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
