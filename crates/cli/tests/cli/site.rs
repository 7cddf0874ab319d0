//! `requote site`.

use std::fs;

use crate::program::{empty_folder, list_files, run, text, write};

#[test]
fn an_example_gets_its_pages() {
    let out = empty_folder("site").join("out");
    let ran = run(&["site", "examples/put.http", "--targets", "python,curl", "-o", text(&out)]);
    assert_eq!((ran.status, &*ran.stdout), (0, ""), "{ran:?}");
    let mut files = list_files(&out);
    files.sort();
    let pages =
        ["index.html", "put/index.html", "put/python.html", "put/request.http", "put/shell.html"];
    assert_eq!(files, [&pages[..], &["site.css", "site.js"]].concat());
    let page = fs::read_to_string(out.join("put/python.html")).unwrap();
    assert!(page.contains("<title>HTTP PUT request in Python</title>"), "{page}");
    assert_eq!(
        fs::read(out.join("put/request.http")).unwrap(),
        fs::read("../../examples/put.http").unwrap()
    );
}

#[test]
fn markdown_is_another_format_and_an_unknown_one_is_refused() {
    let out = empty_folder("site-markdown").join("out");
    let args = ["site", "examples/put.http", "--targets", "curl", "-o", text(&out), "--format"];
    let with = |format| run(&[&args[..], &[format]].concat());
    assert_eq!(with("markdown").status, 0);
    assert!(fs::read_to_string(out.join("put/shell.md")).unwrap().starts_with("---\ntitle: "));
    let refused = with("pdf");
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("there are html and markdown"), "{refused:?}");
}

#[test]
fn a_message_that_does_not_parse_fails_and_the_others_get_their_pages() {
    let folder = empty_folder("site-partly");
    let (bad, out) = (folder.join("bad.http"), folder.join("out"));
    write(&bad, "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
    let files = ["site", text(&bad), "examples/put.http", "--targets", "curl"];
    let ran = run(&[&files[..], &["-o", text(&out)]].concat());
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("bad.http:2:"), "{ran:?}");
    assert!(out.join("put/shell.html").is_file());
}

#[test]
fn a_page_that_does_not_load_is_told_with_its_name_before_anything_is_written() {
    let folder = empty_folder("site-pages");
    let (pages, out) = (folder.join("pages"), folder.join("out"));
    write(&pages.join("target.html"), "{% if %}");
    let args = ["site", "examples/put.http", "--targets", "curl", "-o", text(&out), "--pages"];
    let ran = run(&[&args[..], &[text(&pages)]].concat());
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("error[pages-invalid]"), "{ran:?}");
    assert!(ran.stderr.contains("target.html"), "{ran:?}");
    assert!(!out.exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_is_not_followed() {
    let folder = empty_folder("site-link");
    fs::create_dir_all(folder.join("elsewhere")).unwrap();
    fs::create_dir_all(folder.join("out")).unwrap();
    std::os::unix::fs::symlink(folder.join("elsewhere"), folder.join("out/put")).unwrap();
    let out = folder.join("out");
    let ran = run(&["site", "examples/put.http", "--targets", "curl", "-o", text(&out)]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("symbolic link"), "{ran:?}");
    assert_eq!(fs::read_dir(folder.join("elsewhere")).unwrap().count(), 0);
}
