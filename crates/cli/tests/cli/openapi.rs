//! `requote openapi`.

use std::fs;

use crate::program::{empty_folder, run, text, write};

const DOCUMENT: &str = "crates/openapi/tests/documents/shelter.yaml";

#[test]
fn an_overlay_is_written_and_checked() {
    let out = empty_folder("openapi").join("samples.yaml");
    let args = ["openapi", DOCUMENT, "--overlay", text(&out), "--secrets", "env"];
    let ran = run(&args);
    assert_eq!((ran.status, &*ran.stdout), (0, ""), "{ran:?}");
    let place =
        "warning[openapi-no-example]: #/paths/~1visits~1{day}/get: no example for the parameter";
    assert!(ran.stderr.contains(place), "{ran:?}");
    assert!(ran.stderr.contains("samples of 4 operations"), "{ran:?}");
    let overlay = fs::read_to_string(&out).unwrap();
    assert!(overlay.starts_with("overlay: \"1.0.0\"\n"), "{overlay}");
    for label in ["curl", "Python", "JavaScript"] {
        assert!(overlay.contains(&format!("label: \"{label}\"")), "{label}");
    }
    let check = [&args[..], &["--check"]].concat();
    assert_eq!(run(&check).status, 0);
    write(&out, "other");
    let stale = run(&check);
    assert_eq!(stale.status, 1);
    assert!(stale.stderr.contains("error[openapi-stale]"), "{stale:?}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "other");
    assert_eq!(run(&[&args[..], &["--strict"]].concat()).status, 1);
}

#[test]
fn a_name_that_ends_with_json_gets_json() {
    let out = empty_folder("openapi-json").join("samples.json");
    let ran = run(&["openapi", DOCUMENT, "--overlay", text(&out), "--credential", "apiKey=k"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let overlay: serde_json::Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    assert_eq!(overlay["overlay"], "1.0.0");
}

#[test]
fn what_is_no_document_is_told_with_its_place_and_nothing_is_written() {
    let folder = empty_folder("openapi-bad");
    let (bad, out) = (folder.join("bad.yaml"), folder.join("out.yaml"));
    write(&bad, "openapi: 3.0.0\npaths: [\n");
    let ran = run(&["openapi", text(&bad), "--overlay", text(&out)]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("error[openapi-unreadable]"), "{ran:?}");
    assert!(ran.stderr.contains("bad.yaml:3:"), "{ran:?}");
    write(&bad, "openapi: 3.0.0\npaths: {}\n");
    let empty = run(&["openapi", text(&bad), "--overlay", text(&out)]);
    assert_eq!(empty.status, 1);
    assert!(empty.stderr.contains("error[openapi-empty]"), "{empty:?}");
    assert!(!out.exists());
}
