//! Regions as lines of JSON.

use requote::diagnostic::Diagnostic;
use requote::docs::{Page, Region};
use serde::Serialize;

use crate::output::json::write_line;

#[derive(Serialize)]
struct RegionLine<'l> {
    file: &'l str,
    #[serde(flatten)]
    region: &'l Region,
}

/// What is wrong with a page beside its regions.
#[derive(Serialize)]
struct PageLine<'l> {
    file: &'l str,
    line: Option<usize>,
    style: Option<&'l str>,
    source: Option<&'l str>,
    targets: [&'l str; 0],
    changed: bool,
    diagnostics: &'l [Diagnostic],
}

/// Writes a line for each region of a page, and one for the page where there is something to say of it.
pub fn write(out: &mut Vec<u8>, file: &str, page: &Page<'_>) {
    for region in &page.regions {
        write_line(out, &RegionLine { file, region });
    }
    let diagnostics = page.diagnostics.as_slice();
    if !diagnostics.is_empty() {
        let (line, style, source, targets) = (None, None, None, []);
        write_line(
            out,
            &PageLine { file, line, style, source, targets, changed: false, diagnostics },
        );
    }
}
