//! Mistakes that authors of templates make: each is found with no request and no toolchain, and told with
//! its place.

mod conditions;
mod endless;
mod files;
mod lists;
mod strings;
mod tables;
mod templates;

use requote::language::{DoubtKind, Sources, doubts};
use requote::{Engine, Finding, Severity};

const TABLE: &str = "title = 'T'\nextension = 't'\ndefault = 'x'\n\
    [[string]]\nopen = '\"'\nclose = '\"'\n\
    escapes = { '\"' = '\\\"', '\\' = '\\\\' }\nother = [{ write = '\\u{{:x}}' }]\n\
    [client.x]\ntitle = 'X'\ndocs = 'https://x.example/'\nheader.text = 'utf-8'\n";

const TEMPLATE: &str = "send({{ method | str }}, {{ url | str }})\n\
    {% for h in headers %}\nfield({{ h.name | str }}, {{ h.value | str }})\n{% endfor %}\n\
    {% if body.kind == \"text\" %}\nbody({{ body.text | str }})\n\
    {% elif body.kind == \"file\" %}\nfile({{ body.file | str }})\n{% endif %}\n";

fn find(table: &str, template: &str) -> Vec<Finding> {
    let files = [("t/language.toml", table), ("t/x.tera", template)];
    Engine::builder().templates_of("own", files).findings()
}

#[track_caller]
fn is_told(table: &str, template: &str, expected: &[&str]) {
    let found = find(table, template);
    let is_it = |finding: &Finding| expected.iter().all(|words| finding.message.contains(words));
    assert!(found.iter().any(is_it), "expected {expected:?}, found {found:#?}");
}

/// Each change of the table is told with this message at this place.
#[track_caller]
fn are_told(cases: &[(String, &str, &str)]) {
    for (table, message, place) in cases {
        assert_ne!(table, TABLE, "{message}");
        is_told(table, TEMPLATE, &[message, &format!("--> own/t/language.toml:{place}\n")]);
    }
}

/// The table with more before it.
fn top(text: &str) -> String {
    format!("{text}{TABLE}")
}

/// The table with more behind it: of the client, or tables of their own.
fn end(text: &str) -> String {
    format!("{TABLE}{text}")
}

/// The table with something else in place of a part of it.
fn swap(old: &str, new: &str) -> String {
    assert!(TABLE.contains(old), "{old}");
    TABLE.replace(old, new)
}

/// Each text behind the template is told with this message at this place.
#[track_caller]
fn are_told_behind(cases: &[(&str, &str, &str)]) {
    for (text, message, place) in cases {
        let place = format!("--> own/t/x.tera:{place}\n");
        is_told(TABLE, &format!("{TEMPLATE}{text}"), &[message, &place]);
    }
}

#[test]
fn what_is_right_is_not_told() {
    assert_eq!(find(TABLE, TEMPLATE), []);
}

/// A datum that is given to the template and that it does not write.
#[test]
fn what_a_template_drops_is_told() {
    let place = "own/t/x.tera: the template does not write";
    for (written, instead, words) in [
        ("{{ method | str }}, ", "", "of the method"),
        ("{{ url | str }}", "\"\"", "of the target"),
        ("field({{ h.name | str }}, {{ h.value | str }})\n", "", "of the field"),
        (", {{ h.value | str }}", "", "of the field"),
        ("body({{ body.text | str }})\n", "", "of the body"),
        ("file({{ body.file | str }})\n", "", "of the body"),
    ] {
        let template = TEMPLATE.replace(written, instead);
        assert_ne!(template, TEMPLATE, "{written}");
        is_told(TABLE, &template, &[place, words]);
    }
    // Parameters of the client's own that the template does not know of.
    for table in
        ["[client.x.json]\n", "[client.x.form]\n", "[client.x.multipart]\n", "[client.x.query]\n"]
    {
        is_told(&format!("{TABLE}{table}"), TEMPLATE, &[place]);
    }
    for key in ["basic", "bearer", "cookies"] {
        is_told(&format!("{TABLE}{key} = true\n"), TEMPLATE, &[place]);
    }
    // All parts at once.
    let template = "{{ url | str }}";
    let found = find(TABLE, template);
    for part in ["of the method", "of the field", "of the body"] {
        assert!(found.iter().any(|it| it.message.contains(part)), "{part}: {found:#?}");
    }
}

/// What no part of the table or the template reads, or what cannot be.
#[test]
fn what_does_nothing_is_told() {
    for (more, template, expected) in [
        (
            "[[client.x.rule]]\nneed = \"own\"\n",
            "",
            ["does not read `needs.own`", "own/t/language.toml:14:1"],
        ),
        (
            "[client.x.target]\nraw = []\n",
            "",
            ["does not read `needs.raw_target`", "own/t/language.toml:14:1"],
        ),
        (
            "",
            "{% if needs.own %}{% endif %}",
            ["nothing sets the need `own`", "own/t/x.tera:10:13"],
        ),
        (
            "",
            "{% if body.kind == \"txt\" %}{% endif %}",
            ["`txt` is none of the texts", "own/t/x.tera:10:20"],
        ),
        ("", "{% if body.is_asci %}{% endif %}", ["no field `is_asci`", "own/t/x.tera:10:12"]),
        ("", "{{ uri | str }}", ["no name `uri`; did you mean `url`?", "own/t/x.tera:10:4"]),
        ("", "{{ url | str(levle=1) }}", ["no argument `levle`", "own/t/x.tera:10:14"]),
        ("", "{{ url | str | str }}", ["already code", "own/t/x.tera:10:16"]),
        ("", "\"{{ url | str }}\"", ["brings its own quotes", "own/t/x.tera:10:5"]),
        ("", "{{ url }}", ["must pass a literal filter", "own/t/x.tera:10:4"]),
        (
            "[[client.x.rule]]\nwhen = { method = ['GET'] }\n",
            "",
            ["rule without an effect", "own/t/language.toml:13:"],
        ),
        (
            "[client.x.json]\n",
            "",
            ["the language has no table `[json]`", "own/t/language.toml:13:"],
        ),
        (
            "[[client.x.takes]]\nnames = ['a']\nwhen = { method = ['A'], method-not = ['A'] }\n",
            "{% for t in taken %}{{ t.name | str }}{{ t.value | str }}{% endfor %}",
            ["no request shows this fact", "own/t/language.toml:13:"],
        ),
    ] {
        is_told(&format!("{TABLE}{more}"), &format!("{TEMPLATE}{template}"), &expected);
    }
}

#[test]
fn each_fault_of_a_table_is_told_with_its_place() {
    let faults = [
        ("adds = 'x'\n", "expected a list", "13:8"),
        ("adss = []\n", "there is no key `adss`; did you mean `adds`?", "14:1"),
        ("[[client.x.method]]\neffect = 'upper'\n", "there is no `upper`", "16:10"),
        (
            "[client.x.target]\nplain = ['urll']\n",
            "there is no `urll`; did you mean `url`?",
            "18:10",
        ),
        (
            "[[client.x.field]]\neffect = 'dropped'\nnmaes = []\n",
            "no key `nmaes`; did you mean `names`?",
            "21:1",
        ),
    ];
    let more: String = faults.iter().map(|(text, ..)| *text).collect();
    for (_, message, place) in faults {
        is_told(
            &format!("{TABLE}{more}"),
            TEMPLATE,
            &[message, &format!("own/t/language.toml:{place}\n")],
        );
    }
    // Keys of tables that a text may take the place of.
    for (more, message) in [
        ("adds = [{ name = 'accept', whne = {} }]\n", "no key `whne`; did you mean `when`?"),
        (
            "adds = [{ name = 'accept', when = { methd = [] } }]\n",
            "no key `methd`; did you mean `method`?",
        ),
        ("[client.x.run]\ncomand = []\n", "no key `comand`; did you mean `command`?"),
    ] {
        is_told(&format!("{TABLE}{more}"), TEMPLATE, &[message, "own/t/language.toml:1"]);
    }
}

/// A style that would let the text of a request become code, or make one literal of two texts.
#[test]
fn a_string_that_cannot_be_right_is_told() {
    let sound = "escapes = { '\"' = '\\\"', '\\' = '\\\\' }";
    for (escapes, expected) in [
        ("escapes = { '\\' = '\\\\' }", "ends before the text does"),
        ("escapes = { '\"' = '\\\"' }", "no rule is about a `\\` of the text"),
        ("escapes = { '\"' = '\"\"', '\\' = '\\\\' }", "is doubled"),
    ] {
        let table = TABLE.replace(sound, escapes);
        is_told(&table, TEMPLATE, &[expected, "own/t/language.toml:4:1"]);
    }
    let variable = TABLE.replace("\\u{{:x}}", "\\x{:x}");
    is_told(&variable, TEMPLATE, &["reads back as", "own/t/language.toml:4:1"]);
}

#[test]
fn what_is_read_by_nobody_is_told() {
    for path in ["t/y.tera.txt", "t/langauge.toml", "t/sub/y.tera"] {
        let files = [("t/language.toml", TABLE), ("t/x.tera", TEMPLATE), (path, "")];
        let found = Engine::builder().templates(files).findings();
        assert!(found.iter().any(|it| it.message.contains(path)), "{path}: {found:#?}");
    }
}

#[test]
fn a_client_says_where_its_facts_are_written() {
    let table = TABLE.replace("https://x.example/", "todo");
    let found = find(&table, TEMPLATE);
    let (severity, message) = (found[0].severity, &found[0].message);
    assert!(severity == Severity::Note && message.contains("is no address"), "{found:#?}");
    let table = format!("{TABLE}[[client.x.method]]\neffect = 'refused'\nmethods = ['TRACE']\n");
    assert!(find(&table, TEMPLATE)[0].message.contains("`source`"));
}

/// The project's own tables hold to what it asks of others.
#[test]
fn no_built_in_table_is_doubtful() {
    let sources = Sources::built_in();
    let mut languages: Vec<&str> =
        sources.targets().into_iter().map(|(language, _)| language).collect();
    languages.dedup();
    let found = languages.into_iter().flat_map(|language| doubts(&sources, language));
    let grave: Vec<String> = found
        .filter(|doubt| doubt.kind != DoubtKind::Source)
        .map(|doubt| doubt.fault.to_string())
        .collect();
    assert!(grave.is_empty(), "{}", grave.join("\n"));
}
