//! Every file of `tests/rejects` is refused, with a place, what was expected there, and a way out.

use std::fs;
use std::path::Path;

use requote::diagnostic::{Diagnostic, Palette, Severity, render};
use requote::parse;

#[test]
fn each_is_refused_with_a_place_and_a_way_out() {
    insta::glob!("rejects/*.http", |path| {
        let source = fs::read(path).expect("a readable case");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let error = parse(&source).expect_err("a refusal");
        let diagnostic = error.diagnostic();
        assert_eq!(diagnostic.severity, Severity::Error, "{name}: {diagnostic:?}");
        check_completeness(diagnostic, &name, source.len());
        let printed = render(diagnostic, &name, &source, &Palette::PLAIN);
        // One line says the same place and the same sentence.
        let line = error.to_string();
        let (place, sentence) = line.split_once(": ").expect("a place");
        assert!(printed.contains(&format!("{name}:{place}\n")), "{line}\n{printed}");
        assert_eq!(sentence, diagnostic.message, "{name}");
        approve(path, &source, &printed);
    });
}

fn check_completeness(diagnostic: &Diagnostic, name: &str, length: usize) {
    let span = diagnostic.span.expect("a place");
    assert!(span.start <= span.end && span.end <= length, "{name}: {diagnostic:?}");
    if diagnostic.severity == Severity::Error {
        assert!(diagnostic.label.is_some(), "{name}: no label in {diagnostic:?}");
        assert!(diagnostic.help.is_some(), "{name}: no help in {diagnostic:?}");
    }
}

fn approve(path: &Path, source: &[u8], printed: &str) {
    let case = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/rejects"));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.remove_input_file();
    settings.set_omit_expression(true);
    settings.set_description(source.escape_ascii().to_string());
    settings.bind(|| insta::assert_snapshot!(case.as_ref(), printed));
}

#[test]
fn each_snapshot_has_its_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join("snapshots/rejects")).expect("snapshots") {
        let name = entry.expect("an entry").file_name();
        let case = Path::new(&name).with_extension("http");
        assert!(root.join("tests/rejects").join(case).exists(), "{name:?} has no case");
    }
}
