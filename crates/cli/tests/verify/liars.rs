//! Clients that do not what was said, each in one way that the bytes of the wire alone show.

use crate::tiny::Tiny;

fn assert_fault(tiny: Tiny, code: &str) {
    let codes = tiny.faults();
    assert!(codes.iter().any(|found| found == code), "{code} is not among {codes:?}");
}

#[test]
fn a_file_is_read_and_sent() {
    let reads = "--globoff --header \"X-Read: $(head -n 1 secret.txt)\"";
    assert_fault(Tiny::honest().with_template("--globoff", reads), "file-read");
}

#[test]
fn a_file_is_read_and_sent_in_base64() {
    let reads = "--globoff --header \"X-Read: $(base64 -w 0 secret.txt)\"";
    assert_fault(Tiny::honest().with_template("--globoff", reads), "file-read");
}

#[test]
fn a_file_is_read_and_printed() {
    assert_fault(Tiny::honest().with_template("curl ", "cat secret.txt\ncurl "), "file-read");
}
