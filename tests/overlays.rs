//! Templates and tables of a user's own, laid over the built-in ones.

use requote::Engine;

#[test]
fn a_table_of_one_client_is_laid_over_the_others() {
    let table = "[client.own]\nlike = 'python/requests'\ntitle = 'Own'\n";
    let built =
        |table: &str| Engine::builder().templates([("python/language.toml", table)]).build();
    let engine = built(table).unwrap();
    let own = engine.target(&engine.find("python/own").unwrap()).unwrap();
    assert_eq!((own.title.as_str(), own.proven), ("Python Own", false));
    assert_eq!(engine.find("python").unwrap().client(), "requests");
    // What is not changed stays proven; what is changed does not.
    let proven =
        |engine: &Engine, id: &str| engine.target(&engine.find(id).unwrap()).unwrap().proven;
    assert!(proven(&engine, "python/requests"));
    let engine = built("[client.requests]\ntitle = 'Mine'\nproven = true\n").unwrap();
    assert!(!proven(&engine, "python/requests") && proven(&engine, "python/http-client"));
    let engine = built("indent = \"  \"\n").unwrap();
    assert!(!proven(&engine, "python/http-client"));
}

#[test]
fn layers_are_laid_one_over_another() {
    let title = |title: &str| format!("[client.requests]\ntitle = '{title}'\n");
    let engine = Engine::builder()
        .templates_of("low", [("python/language.toml", title("Low"))])
        .templates_of("high", [("python/language.toml", title("High"))])
        .build()
        .unwrap();
    let id = engine.find("python").unwrap();
    assert_eq!(engine.target(&id).unwrap().title, "Python High");
    let told = Engine::builder()
        .templates_of("low", [("python/language.toml", title("Low"))])
        .templates_of(
            "high/",
            [("python/language.toml", "\n[client.requests]\nadss = []\ntitel = ''\n")],
        )
        .build()
        .unwrap_err()
        .to_string();
    for expected in [
        "high/python/language.toml: there is no key `adss`; did you mean `adds`?\n",
        " --> high/python/language.toml:3:1\n",
        "there is no key `titel`; did you mean `title`?\n --> high/python/language.toml:4:1\n",
    ] {
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn what_an_editor_leaves_behind_is_no_template() {
    let built = |path: &str| Engine::builder().templates([(path, "{{")]).build();
    for path in ["python/requests.tera~", "README.md", "python/#requests.tera#"] {
        assert!(built(path).is_ok(), "{path}");
    }
    for path in
        ["python/requests.tera.txt", "python/langauge.toml", "a,b/x.tera", "a\u{1b}b/x.tera"]
    {
        assert!(built(path).is_err(), "{path}");
    }
}

/// A language from tables alone, without its toolchain: what is right is believed, and each change of a string
/// that makes it wrong is told.
#[track_caller]
fn is_right_until(client: &str, template: &str, table: &str, mistakes: &[(&str, &str)]) {
    let (language, _) = client.split_once('/').unwrap();
    let (toml, tera) = (format!("{language}/language.toml"), format!("{client}.tera"));
    let find = |table: &str| {
        let files = [(toml.as_str(), table), (tera.as_str(), template)];
        Engine::builder().templates(files).findings()
    };
    assert_eq!(find(table), []);
    for (right, wrong) in mistakes {
        let changed = table.replacen(right, wrong, 1);
        assert_ne!(changed, table, "{right}");
        let found = find(&changed);
        assert!(found.iter().any(|it| it.code == "string-doubtful"), "{right}: {found:#?}");
    }
}

#[test]
fn a_language_without_escapes_is_data() {
    is_right_until(
        "vbnet/http-client",
        include_str!("overlays/vbnet/vbnet/http-client.tera"),
        include_str!("overlays/vbnet/vbnet/language.toml"),
        &[("'\"' = '\"\"', ", ""), ("'\"' = '\"\"'", "'\"' = '\"'"), ("vbLf", "vbCr")],
    );
}

#[test]
fn a_language_with_prefix_operators_is_data() {
    is_right_until(
        "lisp/drakma",
        include_str!("overlays/drakma/lisp/drakma.tera"),
        include_str!("overlays/drakma/lisp/language.toml"),
        &[("'\"' = '\\\"', ", ""), ("#\\Tab", "#\\Return"), ("B = \"b\"", "B = \"a\"")],
    );
}

#[test]
fn a_format_without_quotes_is_data() {
    is_right_until(
        "hurl/hurl",
        include_str!("overlays/hurl/hurl/hurl.tera"),
        include_str!("overlays/hurl/hurl/language.toml"),
        &[("'\\' = '\\\\', ", ""), ("'`' = '\\`', ", ""), ("forbid = [\"```\"]\n", "")],
    );
}
