//! `requote template`: from an empty folder to a client that is checked and tested.

use std::fs;
use std::path::Path;

use crate::program::{Ran, command, empty_folder, root, run_with};

const MESSAGE: &[u8] = b"POST /a?b=1 HTTP/1.1\r\nHost: example.org\r\nX-A: \"\r\n\r\n";

/// Runs the program in a folder.
fn run_in(folder: &Path, args: &[&str]) -> Ran {
    run_with(command(args).current_dir(folder), MESSAGE)
}

#[test]
fn a_language_from_nothing_works_at_once() {
    let folder = empty_folder("template-new");
    let made = run_in(&folder, &["template", "new", "own/client"]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let checked = run_in(&folder, &["template", "check", "--strict"]);
    assert_eq!((checked.status, checked.stderr.as_str()), (0, "0 errors, 0 warnings, 0 notes\n"));
    let quoted = run_in(&folder, &["to", "own", "--templates", "templates"]);
    assert_eq!(quoted.status, 0, "{}", quoted.stderr);
    assert!(quoted.stdout.contains("request.add_field(\"X-A\", \"\\\"\")\n"), "{}", quoted.stdout);
    // What is there stays as it is.
    let again = run_in(&folder, &["template", "new", "own/client"]);
    assert!(
        again.status == 2 && again.stderr.contains("has a table of `client`"),
        "{}",
        again.stderr
    );
    // A second client of the language.
    assert_eq!(run_in(&folder, &["template", "new", "own/second"]).status, 0);
    assert_eq!(run_in(&folder, &["template", "check", "--strict"]).status, 0);
    for name in ["own", "a/b/c", "a,b/c", "own/\u{1b}[31m"] {
        let refused = run_in(&folder, &["template", "new", name]);
        assert!(refused.status == 2 && !refused.stderr.contains('\u{1b}'), "{}", refused.stderr);
    }
}

#[test]
fn a_client_that_is_like_another_works_at_once() {
    let folder = empty_folder("template-like");
    let args = ["template", "new", "vb/http-client", "--like", "csharp/http-client"];
    assert_eq!(run_in(&folder, &args).status, 0);
    let quoted = run_in(&folder, &["to", "vb", "--templates", "templates"]);
    assert_eq!(quoted.status, 0, "{}", quoted.stderr);
    assert_eq!(quoted.stdout, run_in(&folder, &["to", "csharp"]).stdout);
    let shown = run_in(&folder, &["template", "show", "csharp/http-client"]).stdout;
    assert_eq!(shown, fs::read_to_string(folder.join("templates/vb/http-client.tera")).unwrap());
    let unknown = run_in(&folder, &["template", "new", "a/b", "--like", "nobody"]);
    assert_eq!(unknown.status, 2);
}

#[test]
fn what_is_built_in_is_shown() {
    let built_in = |path: &str| fs::read_to_string(root().join("templates").join(path)).unwrap();
    let show = |args: &[&str]| run_in(&root(), &[&["template", "show"], args].concat()).stdout;
    assert_eq!(show(&["python/requests"]), built_in("python/requests.tera"));
    assert_eq!(show(&["py"]), built_in("python/requests.tera"));
    assert_eq!(show(&["python"]), built_in("python/language.toml"));
    assert!(show(&[]).lines().any(|line| line == "python/requests.tera"));
    let table = show(&["python/requests", "--table"]);
    assert!(table.contains("[client.requests]\n") && !table.contains("[client.httpx]"), "{table}");
    assert_eq!(run_in(&root(), &["template", "show", "none"]).status, 2);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let folder = empty_folder("template-check");
    run_in(&folder, &["template", "new", "own/client"]);
    let path = folder.join("templates/own/client.tera");
    let template = fs::read_to_string(&path).unwrap();
    let broken = template
        .replace("body.kind == \"text\"", "body.kind == \"txt\"")
        .replace("h.value", "h.valeu");
    fs::write(&path, broken).unwrap();
    let checked = run_in(&folder, &["template", "check"]);
    assert_eq!(checked.status, 1);
    for expected in [
        "`txt` is none of the texts that this can be",
        " --> templates/own/client.tera:7:20\n",
        "`header` has no field `valeu`; did you mean `value`?",
        "2 errors, 0 warnings, 0 notes\n",
    ] {
        assert!(checked.stderr.contains(expected), "{expected}: {}", checked.stderr);
    }
    // What is dropped.
    fs::write(&path, template.replace("{{ body.text | str }}", "\"\"")).unwrap();
    let checked = run_in(&folder, &["template", "check"]);
    assert!(
        checked.status == 1 && checked.stderr.contains("error[template-drops]"),
        "{}",
        checked.stderr
    );
}

#[test]
fn what_is_written_down_is_compared() {
    let folder = empty_folder("template-test");
    run_in(&folder, &["template", "new", "own/client"]);
    fs::create_dir(folder.join("templates/requests")).unwrap();
    fs::write(folder.join("templates/requests/mine.http"), MESSAGE).unwrap();
    let test = |args: &[&str]| run_in(&folder, &[&["template", "test"], args].concat());
    let first = test(&[]);
    assert_eq!(first.status, 1);
    assert!(
        first.stdout.contains("0 as before, 0 changed, 23 new, 0 orphans\n"),
        "{}",
        first.stdout
    );
    assert_eq!(test(&["--update"]).status, 0);
    let snapshots = folder.join("templates/snapshots/own/client");
    let mine = fs::read_to_string(snapshots.join("mine.snap")).unwrap();
    assert!(
        mine.starts_with("POST /a?b=1 HTTP/1.1\n") && mine.contains("outcome: exact\n---\n"),
        "{mine}"
    );
    assert_eq!(test(&[]).status, 0);

    let path = folder.join("templates/own/client.tera");
    let template = fs::read_to_string(&path).unwrap();
    let changed = template.replace("request.send()", "request.go()")
        + "{% if method == \"NONE\" %}\n{{ method | str }}\n{% endif %}\n";
    fs::write(&path, changed).unwrap();
    fs::write(snapshots.join("gone.snap"), "").unwrap();
    let told = test(&[]);
    assert_eq!(told.status, 1);
    for expected in [
        "-print(request.send())\n+print(request.go())\n",
        "gone.snap: no target and request has this snapshot\n",
        "own/client.tera:13: {% if method == \"NONE\" %}: no request takes this branch",
        "0 as before, 23 changed, 0 new, 1 orphan\n",
    ] {
        assert!(told.stdout.contains(expected), "{expected}: {}", told.stdout);
    }
    assert_eq!(test(&["-u"]).status, 0);
    assert!(!snapshots.join("gone.snap").exists());
    assert_eq!(test(&["-t", "own"]).status, 0);
}

#[test]
fn a_copy_is_compared_with_what_is_built_in() {
    let folder = empty_folder("template-diff");
    let shown = run_in(&folder, &["template", "show", "lua"]).stdout;
    let template = shown.clone();
    assert!(template.starts_with("title"), "a table");
    let own = run_in(&folder, &["template", "show", "curl"]).stdout;
    fs::create_dir_all(folder.join("templates/shell")).unwrap();
    fs::write(folder.join("templates/shell/curl.tera"), format!("# mine\n{own}")).unwrap();
    fs::write(folder.join("templates/shell/language.toml"), "[client.curl]\nlabel = 'x'\n")
        .unwrap();
    let told = run_in(&folder, &["template", "diff"]);
    assert_eq!(told.status, 0);
    assert!(told.stdout.contains("+++ shell/curl.tera\n@@\n+# mine\n"), "{}", told.stdout);
    assert!(told.stdout.contains("shell/language.toml: merged over the built-in table\n"));
}

#[test]
fn the_reference_and_the_schema_are_printed() {
    let page = run_in(&root(), &["template", "docs"]);
    assert!(page.status == 0 && page.stdout.contains("\n| `host_is_ip_literal` | true or false |"));
    let schema = run_in(&root(), &["template", "docs", "--schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.stdout).unwrap();
    assert_eq!(schema["properties"]["title"]["type"], "string");
}
