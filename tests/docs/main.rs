//! Pages with snippets: `requote::docs`.

mod carried;
mod hostile;
mod properties;
mod reference;
mod regions;

use std::collections::BTreeMap;

use requote::Engine;
use requote::docs::{self, Format, Mode, Page, Settings};
use requote::input::{FileError, Files};

/// Files by name.
#[derive(Debug, Default)]
pub struct Shelf(BTreeMap<&'static str, &'static str>);

impl Files for Shelf {
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        self.0
            .get(name)
            .map(|text| text.as_bytes().to_vec())
            .ok_or_else(|| FileError::new("no such file"))
    }
}

/// A page with the snippets of an engine of its own; `put.http` and `bad.http` can be read.
pub fn expand<'p>(page: &'p str, format: Format, settings: &Settings) -> Page<'p> {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    let files = Shelf(BTreeMap::from([
        (
            "put.http",
            "PUT /a HTTP/1.1\nHost: h.example\nContent-Type: application/json\n\n{\"a\": 1}\n",
        ),
        ("bad.http", "GET / HTTP/1.1\nHost h.example\n\n"),
    ]));
    docs::expand(page, format, ENGINE.get_or_init(Engine::new), settings, &files)
}

/// Settings of two targets that all pages here use.
pub fn two() -> Settings {
    Settings::default().with_targets(["curl", "python"])
}

/// The same for a page on its way into the documentation.
pub fn build() -> Settings {
    two().with_mode(Mode::Build)
}

/// The codes of all that is told.
pub fn codes(page: &Page<'_>) -> Vec<String> {
    page.told().map(|(_, diagnostic)| diagnostic.code.to_string()).collect()
}
