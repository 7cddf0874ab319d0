//! Files that are missing, misnamed, or read by nobody.

use requote::Engine;

use crate::{TABLE, TEMPLATE};

/// What is told of these files.
fn find(files: &[(&str, &str)]) -> Vec<String> {
    let found = Engine::builder().templates_of("own", files.iter().copied()).findings();
    found.into_iter().map(|finding| finding.message).collect()
}

#[track_caller]
fn is_told(files: &[(&str, &str)], message: &str) {
    let found = find(files);
    assert!(found.iter().any(|told| told.starts_with(message)), "{message}: {found:#?}");
}

#[test]
fn what_is_missing_is_told() {
    let client = format!("{TABLE}[client.y]\ntitle = 'Y'\ndocs = 'https://y.example/'\n");
    is_told(
        &[("t/language.toml", &client), ("t/x.tera", TEMPLATE)],
        "own/t/language.toml: this client has no template: write `t/y.tera`, or say `like`\n  \
         --> own/t/language.toml:13:2\n",
    );
    for (files, message) in [
        (
            [("t/language.toml", TABLE), ("t/x.tera", TEMPLATE), ("t/y.tera", TEMPLATE)].as_slice(),
            "own/t/y.tera: the language has no table `[client.y]` for it: add one",
        ),
        (
            &[("n/x.tera", TEMPLATE)],
            "own/n/x.tera: the language `n` is not built in, and its folder has no `language.toml`",
        ),
        (
            &[("n/language.toml", TABLE)],
            "own/n/language.toml: the folder has no template `<client>.tera`",
        ),
        // An overlay of a language or a client whose name is misspelt.
        (
            &[("pyhton/language.toml", "[client.own]\n"), ("pyhton/own.tera", TEMPLATE)],
            "own/pyhton/language.toml: the key `title` is missing",
        ),
        (
            &[("python/language.toml", "[client.reqests]\ntitle = 'R'\n")],
            "own/python/language.toml: the key `docs` is missing\n --> own/python/language.toml:1:1\n",
        ),
    ] {
        is_told(files, message);
    }
}

#[test]
fn what_nobody_reads_is_told() {
    for (path, message) in [
        (
            "t/x.tmpl",
            "own/t/x.tmpl: nothing reads a file of this name: a template is `<client>.tera`",
        ),
        ("t/y.j2", "own/t/y.j2: nothing reads a file of this name"),
        ("t/Y.TERA", "own/t/Y.TERA: nothing reads a file of this name"),
        ("t/language.tml", "own/t/language.tml: nothing reads a file of this name"),
        ("t/Language.toml", "own/t/Language.toml: nothing reads a file of this name"),
        ("t/a/b.tera", "own/t/a/b.tera: nothing reads a file of this name"),
        ("t/x.toml", "own/t/x.toml: no table names this file, so nothing reads it"),
        ("t/_p.tera", "own/t/_p.tera: no template includes it: `{% include \"t/_p.tera\" %}`"),
        ("a b/y.tera", "own/a b/y.tera: a name of a language or client has letters"),
        ("a\u{1b}/y.tera", "own/a\u{1b}/y.tera: a name of a language or client has letters"),
        ("y.tera", "own/y.tera: the file is in no language's folder"),
    ] {
        is_told(&[("t/language.toml", TABLE), ("t/x.tera", TEMPLATE), (path, "")], message);
    }
}

#[test]
fn what_is_read_or_is_for_people_is_not_told() {
    for (path, text) in [
        ("t/_p.tera", "{% component p(a: string) %}{{ a | str }}{% endcomponent p %}"),
        ("t/README.md", "# mine"),
        ("t/x.tera~", "{{"),
    ] {
        let files = [("t/language.toml", TABLE), ("t/x.tera", TEMPLATE), (path, text)];
        assert_eq!(find(&files), Vec::<String>::new(), "{path}");
    }
}
