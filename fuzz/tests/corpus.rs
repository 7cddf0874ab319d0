//! Each entry runs over the project's messages, whole and cut: what a fuzzer would begin with.

use std::fs;
use std::path::Path;

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/requests");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 100);
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

fn body_of(message: &[u8]) -> &[u8] {
    let end = message.windows(4).position(|four| four == b"\r\n\r\n");
    end.map_or(message, |end| &message[end + 4..])
}

/// A third of them, where all would take long.
fn some() -> impl Iterator<Item = Vec<u8>> {
    corpus().into_iter().step_by(3)
}

#[test]
fn messages() {
    for bytes in some() {
        requote_fuzz::message(&bytes);
        requote_fuzz::message(&bytes[..bytes.len() / 2]);
    }
}

#[test]
fn bodies() {
    for bytes in some() {
        requote_fuzz::json(body_of(&bytes));
        requote_fuzz::multipart(body_of(&bytes));
        requote_fuzz::literals(body_of(&bytes));
    }
}

#[test]
fn literals_of_bodies() {
    for bytes in corpus() {
        requote_fuzz::read_back(body_of(&bytes));
    }
}
