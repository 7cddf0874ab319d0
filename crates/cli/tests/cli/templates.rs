//! `--templates`.

use std::fs;
use std::path::PathBuf;

use crate::program::{PLAIN, Ran, command, empty_folder, root, run_with, text, write};

const TINY: &str = "tests/templates";

fn run_plain(args: &[&str]) -> Ran {
    run_with(&mut command(args), PLAIN)
}

/// A folder of templates with these files.
fn folder_of(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = empty_folder(test);
    for (path, content) in files {
        write(&folder.join(path), content);
    }
    folder
}

#[test]
fn a_new_language_is_two_files() {
    assert_eq!(fs::read_dir(root().join("tests/templates/tiny")).unwrap().count(), 2);
    let expected = "echo 'GET' 'https://example.org/a'\n";
    for name in ["tiny", "echo", "tiny/echo"] {
        let ran = run_plain(&["to", name, "--templates", TINY]);
        assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (0, expected, ""));
    }
    let listed = run_plain(&["targets", "--json", "--templates", TINY]);
    let lines = listed.lines();
    let tiny = lines.iter().find(|line| line["id"] == "tiny/echo").unwrap();
    assert_eq!((&tiny["extension"], &tiny["proven"]), (&"tiny".into(), &false.into()));
    assert!(lines.iter().any(|line| line["id"] == "python/requests"));
    assert_eq!(run_plain(&["to", "tiny"]).status, 2);
}

#[test]
fn an_override_wins_and_the_rest_stays() {
    let own = fs::read_to_string(root().join("templates/python/requests.tera")).unwrap();
    let template = format!("# mine\n{own}");
    let files = [("python/requests.tera", template.as_bytes()), (".git/x", b"\xff")];
    let folder = folder_of("override", &files);
    let ran = run_plain(&["to", "python", "--templates", text(&folder)]);
    let expected = format!("# mine\n{}", run_plain(&["to", "python"]).stdout);
    assert_eq!((ran.status, ran.stdout), (0, expected));
    let curl = run_plain(&["to", "curl", "--templates", text(&folder)]);
    assert_eq!(curl.stdout, run_plain(&["to", "curl"]).stdout);
}

#[test]
fn a_broken_file_is_an_error_whatever_the_target() {
    let cases: [(&str, &[u8], &str); 12] = [
        ("python/requests.tera", b"{{ url", "/broken/python/requests.tera"),
        ("python/requests.tera", b"a\n {{ url }}", "/broken/python/requests.tera:2:5\n"),
        ("python/requests.tera", b"\xff", "error[templates-unreadable]: cannot read `"),
        ("python/language.toml", b"title = ", "/broken/python/language.toml:1:"),
        ("python/language.toml", b"titel = 'x'", "there is no key `titel`; did you mean `title`?"),
        ("python/langauge.toml", b"", "langauge.toml: nothing reads a file of this name"),
        ("k\u{1b}[31m/curl.tera", b"", "a name of a language or client has letters"),
        ("python/requests.terra", b"", "python/requests.terra: nothing reads"),
        ("python/httpx2.tera", b"", "no table `[client.httpx2]`"),
        (
            "klingon/language.toml",
            b"title = 'K'",
            "klingon/language.toml: the folder has no template",
        ),
        ("klingon/curl.tera", b"", "klingon/curl.tera: the language `klingon` is not built in"),
        ("client.tera", b"", "a file that is in no language's folder"),
    ];
    for (path, content, expected) in cases {
        let folder = folder_of("broken", &[(path, content)]);
        let ran = run_plain(&["to", "curl", "--templates", text(&folder)]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{path}");
        assert!(ran.stderr.contains(expected), "{path}: {}", ran.stderr);
        assert!(!ran.stderr.contains("\\n"), "{}", ran.stderr);
        assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    }
    let ran = run_plain(&["targets", "--templates", "no/such/folder"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("cannot read `no/such/folder`"), "{}", ran.stderr);
}

#[test]
fn a_table_without_its_template_is_an_error() {
    let toml = fs::read_to_string(root().join("tests/templates/tiny/language.toml")).unwrap();
    let toml = toml.replace("default = \"echo\"", "default = \"cat\"");
    let toml = format!("{toml}[client.cat]\ntitle = 'cat'\ndocs = 'x'\n");
    let files = [("tiny/language.toml", toml.as_bytes()), ("tiny/echo.tera", b"echo\n")];
    let folder = folder_of("no-template", &files);
    let ran = run_plain(&["to", "tiny", "--templates", text(&folder)]);
    assert_eq!(ran.status, 2);
    let message = "this client has no template: write `tiny/cat.tera`, or say `like`";
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
}

#[test]
fn a_template_that_fails_leaves_the_other_targets() {
    let own = fs::read_to_string(root().join("templates/python/requests.tera")).unwrap();
    let template = format!(
        "{own}\n{{% if target == \"/a\" %}}\n{{{{ throw(message=\"no /a\") }}}}\n{{% endif %}}\n"
    );
    let folder = folder_of("throws", &[("python/requests.tera", template.as_bytes())]);
    let ran = run_plain(&["to", "python,curl", "--templates", text(&folder)]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.stdout, run_plain(&["to", "curl"]).stdout);
    assert!(
        ran.stderr.contains("→ python/requests: failed\nerror[template-invalid]"),
        "{}",
        ran.stderr
    );
    let line = own.lines().count() + 3;
    assert!(ran.stderr.contains(&format!("python/requests.tera:{line}:4\n")), "{}", ran.stderr);
    let json = run_plain(&["to", "python,curl", "--json", "--templates", text(&folder)]);
    let lines = json.lines();
    assert_eq!((json.status, lines.len()), (1, 2));
    assert_eq!(
        (&lines[0]["target"], &lines[0]["outcome"]),
        (&"python/requests".into(), &().into())
    );
    assert_eq!(lines[0]["diagnostics"][0]["code"], "template-invalid");
    assert_eq!(lines[1]["outcome"], "exact");
}

const OWN_CLIENT: &[u8] = b"[client.own]\nlike = 'python/requests'\ntitle = 'Own'\n";

#[test]
fn a_table_of_one_client_adds_it() {
    let files: [(&str, &[u8]); 6] = [
        ("python/language.toml", OWN_CLIENT),
        ("python/requests.tera~", b"{{"),
        ("python/.requests.tera.swp", b"\xff"),
        ("python/notes.bin", b"\xff"),
        ("README.md", b"# mine"),
        ("requests/get.http", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    ];
    let folder = folder_of("one-client", &files);
    let ran = run_plain(&["to", "python/own", "--templates", text(&folder)]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, run_plain(&["to", "python/requests"]).stdout);
}

#[test]
fn folders_are_laid_one_over_another_wherever_they_are_named() {
    let title = |title: &str| format!("[client.requests]\ntitle = \"{title}\"\n").into_bytes();
    let (low, middle, high) = (title("Low"), title("Middle"), title("High"));
    let files: [(&str, &[u8]); 5] = [
        ("requote.toml", b"templates = ['low']"),
        ("low/python/language.toml", &low),
        ("middle/python/language.toml", &middle),
        ("high/python/language.toml", &high),
        ("work/deep/put.http", b""),
    ];
    let folder = folder_of("layers", &files);
    let title_of = |at: &str, variable: &str, args: &[&str]| {
        let mut listed = command(&[&["targets", "--json"], args].concat());
        listed.current_dir(folder.join(at)).env("REQUOTE_TEMPLATES", variable);
        let ran = run_with(&mut listed, b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let lines = ran.lines();
        let requests = lines.iter().find(|line| line["id"] == "python/requests").unwrap();
        requests["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(title_of("work/deep", "", &[]), "Python Low");
    assert_eq!(title_of(".", "middle", &[]), "Python Middle");
    assert_eq!(title_of(".", "middle", &["--templates", "high"]), "Python High");
    assert_eq!(
        title_of(".", "", &["--templates", "high", "--templates", "middle"]),
        "Python Middle"
    );
    assert_eq!(title_of("/", "", &[]), "Python Requests");
}

#[test]
fn settings_that_cannot_be_read_are_told_with_their_line() {
    let folder = folder_of("settings", &[("requote.toml", b"\ntemplate = []\n")]);
    let ran = run_with(command(&["targets"]).current_dir(&folder), b"");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("error[settings-invalid]: requote.toml:2: "), "{}", ran.stderr);
}

/// The folder that `template new` writes is not laid over the built-in ones by itself.
#[test]
fn a_folder_of_templates_that_is_not_named_is_told() {
    let folder = empty_folder("templates-unnamed");
    let run = |args: &[&str]| run_with(command(args).current_dir(&folder), b"");
    let help = |of: &str| {
        format!(
            "help: `templates/{of}` has templates: add `--templates templates`, or name the folder in \
             requote.toml\n"
        )
    };
    let before = run(&["to", "own", "put.http"]);
    assert!(before.stderr.ends_with("help: `requote targets` lists them all\n"), "{before:?}");
    assert_eq!(run(&["template", "new", "own/client"]).status, 0);
    for (args, of) in [
        (&["to", "own", "put.http"][..], "own"),
        (&["to", "own/client", "put.http"], "own/client"),
        (&["verify", "-t", "own", "put.http"], "own"),
    ] {
        let ran = run(args);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.stderr.ends_with(&help(of)), "{ran:?}");
    }
}
