//! `requote to -o`.

use std::fs;

use crate::program::{PLAIN, command, empty_folder, list_files, root, run, run_with, text, write};

const PNG: &str = "tests/requests/put-binary-png.http";

#[test]
fn a_path_is_a_file_for_one_snippet() {
    let folder = empty_folder("one-file");
    let path = folder.join("new/put.py");
    let ran = run(&["to", "python", "--body", "exact", "examples/put.http", "-o", text(&path)]);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
    let code = run(&["to", "python", "--body", "exact", "examples/put.http"]).stdout;
    assert_eq!(fs::read_to_string(&path).unwrap(), code);
    assert_eq!(list_files(&folder), ["new/put.py"]);
    assert_eq!(
        run(&["to", "python", "--body", "exact", "examples/put.http", "-o", "-"]).stdout,
        code
    );
}

#[test]
fn attachments_stand_beside_the_file() {
    let folder = empty_folder("beside");
    let path = folder.join("put.py");
    let write_it = || run(&["to", "python", PNG, "-o", text(&path)]);
    assert_eq!((write_it().status, write_it().status), (0, 0));
    assert_eq!(list_files(&folder), ["body.png", "put.py"]);
    assert!(
        fs::read(root().join(PNG)).unwrap().ends_with(&fs::read(folder.join("body.png")).unwrap())
    );
}

#[test]
fn a_file_that_nobody_named_is_not_overwritten() {
    let folder = empty_folder("in-the-way");
    write(&folder.join("body.png"), "mine");
    let ran = run(&["to", "python", PNG, "-o", text(&folder.join("put.py"))]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("error[output-path]") && ran.stderr.contains("body.png"));
    assert_eq!(fs::read(folder.join("body.png")).unwrap(), b"mine");
    assert_eq!(list_files(&folder), ["body.png"]);
    let clash = run(&["to", "python", PNG, "-o", text(&folder.join("BODY.png"))]);
    assert_eq!(clash.status, 1, "{clash:?}");
}

#[test]
fn a_path_is_a_folder_for_many_snippets() {
    let folder = empty_folder("many");
    let out = folder.join("out");
    let copy = folder.join("again/PUT.http");
    write(&copy, fs::read(root().join(PNG)).unwrap());
    let ran = run(&["to", "python,curl", "examples/put.http", text(&copy), "-o", text(&out)]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    let expected = [
        "PUT-2/python-requests/body.png",
        "PUT-2/python-requests/python-requests.py",
        "PUT-2/shell-curl/body.png",
        "PUT-2/shell-curl/shell-curl.sh",
        "put/python-requests.py",
        "put/shell-curl.sh",
    ];
    assert_eq!(list_files(&out), expected);
    let code = run(&["to", "curl", "examples/put.http"]).stdout;
    assert_eq!(fs::read_to_string(out.join("put/shell-curl.sh")).unwrap(), code);
}

#[test]
fn a_folder_may_hold_one_snippet() {
    let folder = empty_folder("one-in-folder");
    let slash = format!("{}/new/", text(&folder));
    assert_eq!(run_with(&mut command(&["to", "curl", "-o", &slash]), PLAIN).status, 0);
    assert_eq!(run(&["to", "curl", "examples/put.http", "-o", text(&folder)]).status, 0);
    assert_eq!(list_files(&folder), ["new/stdin/shell-curl.sh", "put/shell-curl.sh"]);
}

#[test]
fn nothing_is_written_outside_the_folder() {
    let folder = empty_folder("outside");
    // The stem of `...` is `..`.
    write(&folder.join("..."), PLAIN);
    let out = folder.join("out");
    assert_eq!(
        run(&["to", "curl", text(&folder.join("...")), "-o", &format!("{}/", text(&out))]).status,
        0
    );
    assert_eq!(list_files(&folder), ["...", "out/message/shell-curl.sh"]);

    let templates = folder.join("templates");
    let toml = fs::read_to_string(root().join("tests/templates/tiny/language.toml")).unwrap();
    let toml = toml.replace("extension = \"tiny\"", "extension = \"/../../../x\"");
    write(&templates.join("tiny/language.toml"), toml);
    let template = fs::read(root().join("tests/templates/tiny/echo.tera")).unwrap();
    write(&templates.join("tiny/echo.tera"), template);
    let before = list_files(&folder);
    let args = ["to", "tiny,curl", "--templates", text(&templates), "-o", text(&out)];
    let ran = run_with(&mut command(&args), PLAIN);
    // An extension is no path.
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("error[language-invalid]"), "{}", ran.stderr);
    assert_eq!(list_files(&folder), before);
}

#[test]
fn many_snippets_do_not_fit_a_file() {
    let folder = empty_folder("file-for-many");
    write(&folder.join("file"), "mine");
    let ran = run(&["to", "python,curl", "examples/put.http", "-o", text(&folder.join("file"))]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("error[output-path]"), "{}", ran.stderr);
    assert_eq!(fs::read(folder.join("file")).unwrap(), b"mine");
}

#[test]
fn what_cannot_be_written_fails_and_the_others_are_done() {
    let folder = empty_folder("unwritable");
    // A file stands where the folder of the first message would.
    write(&folder.join("put"), "mine");
    let args = ["to", "curl", "examples/put.http", "examples/put-lf.http", "-o", text(&folder)];
    let ran = run(&args);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("error[output-failed]: cannot write `"), "{}", ran.stderr);
    assert_eq!(list_files(&folder), ["put", "put-lf/shell-curl.sh"]);
}

#[test]
fn lines_of_json_go_to_a_file() {
    let folder = empty_folder("json-file");
    let path = folder.join("new/out.jsonl");
    let ran = run(&["to", "python,curl", "--json", "examples/put.http", "-o", text(&path)]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    let stdout = run(&["to", "python,curl", "--json", "examples/put.http"]).stdout;
    assert_eq!(fs::read_to_string(&path).unwrap(), stdout);
    let ran = run(&["to", "curl", "--json", "examples/put.http", "-o", text(&folder)]);
    assert_eq!(ran.status, 2, "{ran:?}");
}

#[test]
fn what_cannot_run_is_not_verified() {
    for asked in [["-O", "fragment"], ["-O", "fragment=yes"]] {
        let ran = run(&["verify", "-t", "python", asked[0], asked[1], "examples/put.http"]);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.stderr.contains("error[fragment-unrun]"), "{ran:?}");
    }
}
