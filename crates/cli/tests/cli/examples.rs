//! The two messages in `examples/`.

use std::fs;

use crate::program::{root, run};

#[test]
fn the_messages_differ_in_their_line_ends_alone() {
    let crlf = fs::read_to_string(root().join("examples/put.http")).unwrap();
    let lf = fs::read_to_string(root().join("examples/put-lf.http")).unwrap();
    assert_eq!(crlf.split_once("\r\n\r\n").unwrap().1.len(), 85);
    assert!(!lf.contains('\r') && lf.ends_with("}\n"));
    assert_eq!(crlf.replace("\r\n", "\n") + "\n", lf);
}

#[test]
fn lost_line_ends_give_the_same_snippet_and_a_reason() {
    let [crlf, lf] = ["put", "put-lf"].map(|name| {
        let ran = run(&["to", "python", "--body", "exact", &format!("examples/{name}.http")]);
        assert_eq!(ran.status, 0, "{ran:?}");
        ran
    });
    assert_eq!(crlf.stdout, lf.stdout);
    assert!(crlf.stdout.contains("requests.put(") && crlf.stdout.contains("\"Price\": 10.00\\r\n"));
    assert_eq!(crlf.stderr, "");
    assert!(lf.stderr.contains("warning[body-crlf-restored]"), "{}", lf.stderr);
    assert!(lf.stderr.contains("80 bytes, and 85 with CR LF"), "{}", lf.stderr);
}
