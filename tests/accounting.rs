//! Each template writes all that it is given.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::{fs, iter, thread};

use requote::{Engine, Options, TargetId};

#[test]
fn each_template_writes_all_that_it_is_given() {
    let engine = Engine::new();
    let faults: Vec<String> = engine
        .ids()
        .iter()
        .filter_map(|id| engine.account(id).err())
        .map(|error| error.to_string())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a language without any rules drops, by the line that is not in its template.
#[test]
fn a_part_that_is_not_written_is_named() {
    let language = "title = \"T\"\nextension = \"t\"\ndefault = \"x\"\n[[string]]\nopen = '<'\n\
                    close = '>'\nescapes = { '>' = '\\>' }\n[bytes]\nopen = '['\nclose = ']'\n\
                    byte = '{:02x}'\n[json]\nnull = 'null'\ntrue = 'true'\nfalse = 'false'\n\
                    object = { open = '{', close = '}' }\narray = { open = '[', close = ']' }\n[client.x]\ntitle = \"X\"\ndocs = \"https://x.example/\"\n\
                    basic = true\nbearer = true\ncookies = true\n[client.x.json]\n[client.x.form]\n\
                    [client.x.multipart]\nfile-without-type = true\n[client.x.header]\ntext = \"utf-8\"\nbytes = true\n\
                    [client.x.options.timeout]\n[client.x.options.var]\n[client.x.target]\n\
                    plain = ['dot-segments']\nraw = []\n[variable]\ncase = 'upper'\n\
                    read = { variable = '{NAME}', inside = '{{NAME}}' }\n\
                    [environment]\nvariable = '{name}'\njoin = '+'\nbind = 'camel'\n";
    let lines = [
        ("{{ method | str }}", "`PUT` of the method, for PUT with"),
        ("{{ url | str }}", "`zqPath` of the target, for GET with"),
        ("{% for h in headers %}{{ h.name | str }}{% endfor %}", "of the field `x-zqname`"),
        (
            "{% for h in headers %}{% if h.is_text %}{{ h.value | str }}{% endif %}{% endfor %}",
            "`zqaccept` of the field `accept`",
        ),
        (
            "{% for h in headers %}{% if not h.is_text %}{{ h.bytes | bytes }}{% endif %}{% endfor %}",
            "that is not UTF-8",
        ),
        ("{% if basic %}{{ basic.user | str }}{% endif %}", "the credentials"),
        ("{% if basic %}{{ basic.password | str }}{% endif %}", "the credentials"),
        ("{% if bearer %}{{ bearer | str }}{% endif %}", "`zqToken` of the field `authorization`"),
        ("{% for c in cookies %}{{ c.name | str }}{% endfor %}", "of the field `cookie`"),
        ("{% for c in cookies %}{{ c.value | str }}{% endfor %}", "of the field `cookie`"),
        ("{% if body.kind == \"text\" %}{{ body.text | str }}{% endif %}", "and a body of text"),
        ("{% if body.kind == \"json\" %}{{ body.text | json }}{% endif %}", "and a JSON object"),
        ("{% for p in body.pairs %}{{ p.name | str }}{% endfor %}", "and a form"),
        ("{% for p in body.pairs %}{{ p.value | str }}{% endfor %}", "and a form"),
        (
            "{% for p in body.parts %}{{ p.name | str }}{% endfor %}",
            "and a multipart form of fields",
        ),
        (
            "{% for p in body.parts %}{{ p.text | str }}{% endfor %}",
            "and a multipart form of fields",
        ),
        (
            "{% for p in body.parts %}{{ p.filename | str }}{% endfor %}",
            "and a multipart form with a file",
        ),
        (
            "{% for p in body.parts %}{{ p.type | str }}{% endfor %}",
            "and a multipart form with a file",
        ),
        (
            "{% for p in body.parts %}{{ p.file | str }}{% endfor %}",
            "and a multipart form with a file",
        ),
        (
            "{% if body.kind == \"file\" %}{{ body.file | str }}{% endif %}",
            "and a multipart form with a file",
        ),
    ];
    let lines = [
        &lines[..],
        &[
            ("{% if needs.raw_target %}{{ target | str }}{% endif %}", "the target as it is"),
            (
                "{% if options.timeout %}{{ options.timeout.seconds }}{% endif %}",
                "what the option `timeout` is given",
            ),
            (
                "{% for v in variables %}{{ v.name | word }}{% endfor %}",
                "what the option `var` is given",
            ),
            ("{% for v in variables %}{{ v.value | str }}{% endfor %}", "of the field `x-zqname`"),
            (
                "{% for v in environment %}{{ v.name | word }} = {{ v.variable | str }} {% endfor %}",
                "where the variable `",
            ),
        ],
    ]
    .concat();
    // What the tables set is read, whichever line is left out.
    let reads = "{% if needs.raw_target and target and options.timeout and variables and environment %}{% endif %}\n";
    let account = |left_out: Option<usize>| {
        let kept = lines.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
        let template: Vec<&str> = kept.map(|(_, (line, _))| *line).collect();
        let files = [
            ("t/language.toml", language.to_owned()),
            ("t/x.tera", reads.to_owned() + &template.join("\n")),
        ];
        let engine = Engine::with_templates(files);
        let id = engine.find("t").map_err(|error| error.to_string())?;
        engine.account(&id).map_err(|error| error.to_string())
    };
    assert_eq!(account(None), Ok(()));
    for (at, (line, what)) in lines.iter().enumerate() {
        let told = account(Some(at)).expect_err(line);
        assert!(told.starts_with("t/x.tera: the template does not write"), "{line}: {told}");
        assert!(told.contains(what), "{line}: {told}");
    }
}

/// The code for each core case.
fn core(engine: &Engine, id: &TargetId) -> Result<Vec<Option<String>>, String> {
    let cases = fs::read_to_string("tests/core.txt").map_err(|error| error.to_string())?;
    let quote = |case: &str| {
        let bytes = fs::read(format!("tests/requests/{case}.http")).map_err(|e| e.to_string())?;
        let message = requote::parse::parse(&bytes).map_err(|error| error.to_string())?;
        let quoted = engine.quote(&message, id, &Options::default());
        Ok(quoted.map_err(|error| error.to_string())?.code)
    };
    cases.lines().map(quote).collect()
}

fn template(path: &str) -> String {
    fs::read_to_string(format!("templates/{path}")).expect("a template")
}

/// The names that a template gives to blocks without a filter. They hold no data: a value is an error that
/// passed no literal filter.
fn names_without_data(text: &str) -> Vec<&str> {
    let blocks = text.split("{% set ").skip(1);
    blocks
        .filter_map(|rest| {
            let (name, rest) = rest.split_once(" %}")?;
            let is_block = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            let (inner, _) = rest.split_once("endset")?;
            (is_block && !inner.contains('|') && !inner.contains("include")).then_some(name)
        })
        .collect()
}

/// Whether a line of a template prints data.
fn writes_data(line: &str, without_data: &[&str]) -> bool {
    let prints = line.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0));
    prints.map(|print| print.trim_matches(['-', ' '])).any(|print| {
        print != "indent" && !print.starts_with("loop.") && !without_data.contains(&print)
    })
}

/// The lines of a template that write data, and that can be deleted with no test failing.
fn survivors(path: &str) -> Vec<String> {
    let text = template(path);
    let lines: Vec<&str> = text.lines().collect();
    let without_data = names_without_data(&text);
    let engine = Engine::new();
    let includes = |file: &str| {
        fs::read_to_string(format!("templates/{file}")).is_ok_and(|text| text.contains(path))
    };
    let mut users = engine.ids();
    users.retain(|user| {
        let own = format!("{user}.tera");
        own == path || includes(&own)
    });
    let expected: Vec<_> = users.iter().map(|user| core(&engine, user)).collect();
    let writes = |(_, line): &(usize, &&str)| writes_data(line, &without_data);
    let mut survivors = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(writes) {
        let rest = [&lines[..at], &lines[at + 1..]].concat().join("\n") + "\n";
        let engine = Engine::with_templates([(path.to_owned(), rest)]);
        let is_missed = users.iter().zip(&expected).all(|(user, expected)| {
            core(&engine, user) == *expected && engine.account(user).is_ok()
        });
        if is_missed {
            survivors.push(format!("{path}: {}", line.trim()));
        }
    }
    survivors
}

/// The lines that can be deleted with no test failing, each under its reason in `tests/survivors.txt`.
fn excused() -> BTreeSet<String> {
    let list = fs::read_to_string("tests/survivors.txt").expect("a list");
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn each_excused_line_is_in_its_template() {
    for line in excused() {
        let (path, line) = line.split_once(": ").expect("a path and a line");
        assert!(template(path).lines().any(|it| it.trim() == line), "{path}: {line}");
    }
}

/// Takes minutes: each line that writes a value is deleted once.
#[test]
#[ignore = "it takes minutes"]
fn no_line_that_writes_a_value_can_be_deleted() {
    let folders = fs::read_dir("templates").expect("a folder").flatten();
    let files = folders.filter_map(|folder| fs::read_dir(folder.path()).ok()).flatten().flatten();
    let mut paths: Vec<String> = files
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "tera"))
        .filter_map(|file| Some(file.path().strip_prefix("templates").ok()?.to_str()?.to_owned()))
        .collect();
    paths.sort();
    let left = Mutex::new(paths);
    let next = || left.lock().expect("no thread panicked").pop();
    let search = || iter::from_fn(next).flat_map(|path| survivors(&path)).collect::<Vec<_>>();
    let found: BTreeSet<String> = thread::scope(|scope| {
        let other = scope.spawn(search);
        let own = search();
        own.into_iter().chain(other.join().expect("no thread panicked")).collect()
    });
    let excused = excused();
    let told = |title: &str, lines: Vec<&String>| {
        lines
            .iter()
            .fold(format!("{} {title}", lines.len()), |told, line| format!("{told}\n{line}"))
    };
    let new = told("lines that no test misses:", found.difference(&excused).collect());
    let old = told("lines that a test misses now:", excused.difference(&found).collect());
    assert!(found == excused, "{new}\n{old}");
}
