//! Rules that hold for the whole crate, each of which is broken in silence otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src/`, from the ground up: each imports only rooms before it.
const ROOMS: [&str; 14] = [
    "diagnostic",
    "grammar",
    "content",
    "request",
    "parse",
    "input",
    "check",
    "literal",
    "language",
    "view",
    "template",
    "render",
    "engine",
    "docs",
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

/// A source file without its tests: they may build on any room.
fn code_of(path: &Path) -> String {
    if path.file_name().is_some_and(|name| name == "tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    match text.split_once("\n#[cfg(test)]\nmod tests {\n") {
        Some((code, tests)) => {
            // What follows the closing brace of the tests would be cut off with them.
            let end = tests.find("\n}\n").unwrap_or_else(|| panic!("{}", path.display()));
            assert_eq!(tests.len(), end + 3, "{}: the tests come last", path.display());
            code.to_owned()
        }
        None => text,
    }
}

/// The rooms that code names as `crate::<room>`.
fn imported_rooms(code: &str) -> BTreeSet<String> {
    code.match_indices("crate::")
        .map(|(at, _)| &code[at + "crate::".len()..])
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let place = |name: &str| ROOMS.iter().position(|room| *room == name);
    let mut faults = Vec::new();
    let mut imports = 0;
    for room in ROOMS.iter().filter(|room| root().join("src").join(room).exists()) {
        for path in files(&root().join("src").join(room), "rs") {
            for import in imported_rooms(&code_of(&path)) {
                imports += 1;
                if place(&import) > place(room) {
                    faults.push(format!("{} imports {import}", path.display()));
                }
            }
        }
    }
    assert!(imports > 100, "only {imports} imports were found");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_folder_of_the_library_is_a_room() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert!(
            !entry.path().is_dir() || ROOMS.contains(&name.as_str()),
            "{name} is not in the list of rooms"
        );
    }
}

#[test]
fn no_source_of_the_library_names_a_language() {
    let names: Vec<String> = fs::read_dir(root().join("templates"))
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().join("language.toml").is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        // Words that are also words of English or of HTTP.
        .filter(|name| {
            !matches!(name.as_str(), "c" | "r" | "go" | "http" | "node" | "rust" | "shell")
                && !name.starts_with('_')
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
        // Pages for authors are files; a folder whose name begins with `_` is no language.
        let is_shared = folder.file_name().is_some_and(|name| name.as_encoded_bytes()[0] == b'_');
        if is_shared || !folder.is_dir() {
            continue;
        }
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

/// A template is read as the program that it prints.
#[test]
fn no_line_of_a_template_is_over_120_columns() {
    let mut faults = Vec::new();
    for path in files(&root().join("templates"), "tera") {
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if line.chars().count() > 120 {
                faults.push(format!("{}:{}", path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
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
        let message = requote::parse(b"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n").unwrap();
        let id = engine.find("t").unwrap();
        let snippet = engine.quote(&message, &id, &requote::Options::default());
        assert_eq!(snippet.is_err(), is_fault, "{template}: {snippet:?}");
    }
}

/// In a file of `_shared` a client may read the needs of others, which are false for it.
#[test]
fn each_need_of_a_shared_file_is_set_by_some_client() {
    let tables: String = files(&root().join("templates"), "toml")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let mut faults = Vec::new();
    for path in files(&root().join("templates/_shared"), "tera") {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("needs.") {
            let rest = &text[at + "needs.".len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let need = &rest[..end.unwrap_or(rest.len())];
            if !tables.contains(&format!("need = \"{need}\"")) {
                faults.push(format!("{}: {need}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What a client does is read in its documentation or seen on the wire; the table says where.
#[test]
fn each_fact_of_a_client_has_its_source() {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files(&root().join("templates"), "toml") {
        let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for (client, facts) in table["client"].as_table().unwrap() {
            let lists = ["method", "field", "helper", "takes", "rule"]
                .into_iter()
                .filter_map(|key| facts.get(key));
            let listed = lists.flat_map(|list| list.as_array().unwrap().iter());
            for fact in listed.chain(facts.get("names")) {
                count += 1;
                let source = fact.get("source").and_then(toml::Value::as_str).unwrap_or_default();
                if source.trim().len() < 10 {
                    faults.push(format!("{} {client}: {fact:?}", path.display()));
                }
            }
        }
    }
    assert!(count > 150, "{count}");
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What a client adds, and what it makes of targets and hosts, too; what was not run may lack it.
#[test]
fn what_a_proven_client_does_to_each_request_has_its_source() {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files(&root().join("templates"), "toml") {
        let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for (client, facts) in table["client"].as_table().unwrap() {
            if facts.get("proven").and_then(toml::Value::as_bool) != Some(true) {
                continue;
            }
            let adds = facts.get("adds").map(|_| ("adds", facts.get("adds-source")));
            let tables = ["target", "host"].into_iter();
            let sources =
                tables.filter_map(|key| Some((key, facts.get(key)?.as_table()?.get("source"))));
            for (key, source) in adds.into_iter().chain(sources) {
                count += 1;
                let source = source.and_then(toml::Value::as_str).unwrap_or_default();
                if source.trim().len() < 10 {
                    faults.push(format!("{} {client}: {key}", path.display()));
                }
            }
        }
    }
    assert!(count > 90, "{count}");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_target_says_how_its_snippets_run_and_what_they_need() {
    let engine = requote::Engine::new();
    for id in engine.ids() {
        let run = engine.run_plan(&id).unwrap();
        assert!(run.command().is_some() || run.batch().is_some(), "{id}: no command");
        assert!(!run.requires().is_empty(), "{id}: nothing says whether the toolchain is there");
        // CI has the toolchains of proven targets; of the others a reader asks where they are had.
        let is_told = run.location().is_some() && run.install().is_some();
        let is_proven = engine.target(&id).unwrap().proven;
        assert!(is_proven || is_told, "{id}: neither proven nor `where` and `install`");
    }
}
