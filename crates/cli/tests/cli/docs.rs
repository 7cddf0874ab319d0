//! `requote docs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::{command, empty_folder, run_with, write};

const PAGE: &str = "# A\n\n<!-- requote:begin file=put.http -->\n\n<!-- requote:end -->\n\nb\n";
const PUT: &str =
    "PUT /a HTTP/1.1\nHost: h.example\nContent-Type: application/json\n\n{\"a\": 1}\n";

/// A project with settings, a request and a page.
fn project(name: &str) -> PathBuf {
    let folder = empty_folder(name);
    write(&folder.join("requote.toml"), "[docs]\ntargets = ['curl']\nstyle = 'plain'\n");
    write(&folder.join("put.http"), PUT);
    write(&folder.join("a.md"), PAGE);
    folder
}

/// Runs the program in a folder: exit status, standard output, standard error.
fn docs(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let ran = run_with(command(&["docs"]).args(args).current_dir(folder), b"");
    (ran.status, ran.stdout, ran.stderr)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn pages_are_written_once_and_checked() {
    let folder = project("docs-pages");
    let (status, diff, said) = docs(&folder, &["--check"]);
    assert_eq!((status, said.as_str()), (1, ""));
    assert!(diff.starts_with("--- a/a.md\n+++ b/a.md\n@@ -2,6 +2,"), "{diff}");
    assert!(diff.contains("\n+curl "), "{diff}");
    assert_eq!(read(&folder, "a.md"), PAGE);

    assert_eq!(docs(&folder, &[]), (0, String::new(), "a.md: written\n".to_owned()));
    let written = read(&folder, "a.md");
    assert!(written.contains("**curl**\n\n```bash\ncurl "), "{written}");
    assert_eq!(docs(&folder, &[]), (0, String::new(), String::new()));
    assert_eq!(docs(&folder, &["--check", "a.md"]), (0, String::new(), String::new()));

    assert_eq!(docs(&folder, &["--clean", "--quiet"]), (0, String::new(), String::new()));
    assert_eq!(read(&folder, "a.md"), PAGE);
}

#[test]
fn folders_are_walked_and_others_pages_are_left_alone() {
    let folder = project("docs-walk");
    for path in ["b/c.mdx", "node_modules/x/a.md", ".hidden/a.md", "out/a.md", "target/a.md"] {
        let text = if path.ends_with("mdx") {
            PAGE.replace("<!--", "{/*").replace("-->", "*/}")
        } else {
            PAGE.to_owned()
        };
        write(&folder.join(path), text.replace("put.http", "../put.http"));
    }
    // The folder of these tests is in a project that ignores folders of these names.
    write(&folder.join(".gitignore"), "out\n!node_modules\n!target\n");
    write(&folder.join("none.md"), "no marker\r\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("a.md", folder.join("link.md")).unwrap();
    let (status, _, said) = docs(&folder, &[]);
    assert_eq!((status, said.as_str()), (0, "a.md: written\nb/c.mdx: written\n"));
    assert_eq!(read(&folder, "none.md"), "no marker\r\n");
    #[cfg(unix)]
    {
        let (status, _, said) = docs(&folder, &["link.md"]);
        assert!(status == 2 && said.contains("symbolic link"), "{said}");
    }
}

#[test]
fn a_page_that_fails_leaves_the_others_done() {
    let folder = project("docs-fails");
    write(&folder.join("0.md"), PAGE.replace("put.http", "no.http"));
    write(&folder.join("1.md"), PAGE.replace("put.http", "../../etc/hostname"));
    let (status, _, said) = docs(&folder, &[]);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("error[docs-file-unreadable]: cannot read `no.http`"), "{said}");
    assert!(said.contains(" --> 0.md:3:25\n"), "{said}");
    assert!(said.ends_with("a.md: written\n"), "{said}");
    assert!(read(&folder, "a.md").contains("curl "));
}

#[test]
fn no_file_outside_of_the_project_is_read() {
    let folder = project("docs-outside");
    let inner = folder.join("inner");
    write(&inner.join("requote.toml"), "[docs]\ntargets = ['curl']\n");
    write(&inner.join("a.md"), PAGE.replace("put.http", "../put.http"));
    let (status, _, said) = docs(&inner, &[]);
    assert!(status == 1 && said.contains("outside of the project"), "{said}");
}

#[test]
fn lines_of_json_tell_each_region() {
    let folder = project("docs-json");
    write(&folder.join("b.md"), "<!-- requote:end -->\n");
    let (status, lines, said) = docs(&folder, &["--json", "--check"]);
    assert_eq!((status, said.as_str()), (1, ""));
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [region, page] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(region["file"], "a.md");
    assert_eq!((&region["line"], &region["changed"]), (&3.into(), &true.into()));
    assert_eq!((&region["style"], &region["source"]), (&"plain".into(), &"put.http".into()));
    assert_eq!(region["targets"][0]["target"], "shell/curl");
    assert_eq!(page["diagnostics"][0]["code"], "docs-marker-unpaired");
    assert_eq!(page["file"], "b.md");
}

#[test]
fn settings_of_some_pages_and_the_command_line_come_first() {
    let folder = project("docs-settings");
    let settings = "[docs]\ntargets = ['curl']\n[docs.paths.'api/**']\ntargets = ['python']\n\
                    style = 'plain'\nbody = 'exact'\n";
    write(&folder.join("requote.toml"), settings);
    write(&folder.join("mkdocs.yml"), "");
    write(&folder.join("api/a.md"), PAGE.replace("put.http", "../put.http"));
    assert_eq!(docs(&folder, &["-q"]).0, 0);
    assert!(read(&folder, "api/a.md").contains("**Python**\n"));
    // The project's own files tell the style of the other.
    assert!(read(&folder, "a.md").contains("=== \"curl\"\n"));
    assert_eq!(docs(&folder, &["-q", "--targets", "go,rust", "--style", "plain"]).0, 0);
    assert!(read(&folder, "api/a.md").contains("**Go**\n"));

    for (settings, message) in [
        ("[docs]\ntargets = ['pyton']\n", "there is no target `pyton`"),
        ("[docs]\nstyle = 'mkdoc'\n", "did you mean `mkdocs`?"),
        ("[docs]\nbody = 'x'\n", "not a body mode"),
        ("[docs]\ntarget = ['curl']\n", "unknown field `target`"),
    ] {
        write(&folder.join("requote.toml"), settings);
        let (status, _, said) = docs(&folder, &[]);
        assert!(status == 2 && said.contains(message), "{settings}: {said}");
    }
}

#[test]
fn a_page_passes_through() {
    let folder = project("docs-stdin");
    let page = b"a\n\n```http requote\nGET / HTTP/1.1\nHost: h.example\n```\n";
    let ran = run_with(command(&["docs", "--stdin", "markdown"]).current_dir(&folder), page);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "a\n\n**curl**\n\n```bash\ncurl 'https://h.example/'\n```\n");
}

#[test]
fn a_style_of_ones_own_is_laid_over() {
    let folder = project("docs-styles");
    write(
        &folder.join("house/plain/tabs.tera"),
        "{% for tab in tabs %}\n{{ tab | block }}\n{% endfor %}\n",
    );
    assert_eq!(docs(&folder, &["-q", "--styles", "house"]).0, 0);
    assert!(!read(&folder, "a.md").contains("**curl**"));
    for (file, text, message) in [
        ("plain/tabs.tera", "{{ tabs[0].code }}", "a value must pass"),
        ("plain/tabs.tera", "{% if", "plain/tabs.tera:1:"),
        ("plain/style.toml", "label = 'x'", "unknown field `label`"),
    ] {
        write(&folder.join("bad").join(file), text);
        let (status, _, said) = docs(&folder, &["--styles", "bad"]);
        assert!(status != 0 && said.contains(message), "{said}");
        fs::remove_dir_all(folder.join("bad")).unwrap();
    }
}

#[test]
fn strict_makes_a_lossy_snippet_a_failure() {
    let folder = project("docs-strict");
    write(&folder.join("put.http"), "GET / HTTP/1.1\nHost: h.example\nCookie: a=1\n");
    assert_eq!(docs(&folder, &["--targets", "fetch"]).0, 0);
    let (status, _, said) = docs(&folder, &["--targets", "fetch", "--strict"]);
    assert!(status == 1 && said.contains("warning[header-forbidden]: javascript/fetch:"), "{said}");
    assert!(said.contains("error[strict]"), "{said}");
}

#[test]
fn a_long_page_does_not_stop_those_that_are_done_before_it() {
    let folder = project("docs-long");
    // More pages than may wait for the first one, whatever the number of threads.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for number in 0..threads * 64 + 64 {
        write(&folder.join(format!("b/{number}.md")), "# B\n");
    }
    write(&folder.join("a.md"), PAGE.repeat(400));
    let mut child = command(&["docs", "--check", "--quiet"])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
            panic!("the program waits for ever");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(1));
}
