//! Each entry runs over the project's messages, whole and cut: what a fuzzer would begin with.

use std::fs;
use std::path::Path;

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/requests");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 100);
    // A third of them, so that the test stays short.
    paths.into_iter().step_by(3).map(|path| fs::read(path).unwrap()).collect()
}

fn body_of(message: &[u8]) -> &[u8] {
    let end = message.windows(4).position(|four| four == b"\r\n\r\n");
    end.map_or(message, |end| &message[end + 4..])
}

#[test]
fn messages() {
    for bytes in corpus() {
        requote_fuzz::message(&bytes);
        requote_fuzz::message(&bytes[..bytes.len() / 2]);
    }
}

#[test]
fn bodies() {
    for bytes in corpus() {
        requote_fuzz::json(body_of(&bytes));
        requote_fuzz::multipart(body_of(&bytes));
        requote_fuzz::literals(body_of(&bytes));
        requote_fuzz::read_back(body_of(&bytes));
    }
}
