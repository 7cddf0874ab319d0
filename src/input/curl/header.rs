//! `--header` (curl, `lib/http.c`: `Curl_add_custom_headers`).

use crate::diagnostic::Diagnostic;

use super::super::code;
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::data::Sources;

/// The fields that `--header` gives.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// Names and values, in order.
    pub(super) fields: Vec<(Text, Text)>,
    /// Names that are given without a value: curl's own fields of these names are not sent.
    removed: Vec<Text>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Headers {
    /// Whether curl is told not to send its own field of this name.
    pub(super) fn is_removed(&self, name: &str) -> bool {
        self.removed.iter().any(|known| known.bytes().eq_ignore_ascii_case(name.as_bytes()))
    }
}

/// Reads a value of `--header`, or the lines of a file.
pub(super) fn read_header(
    headers: &mut Headers,
    value: &Text,
    sources: &Sources<'_>,
) -> Result<(), Refusal> {
    if value.bytes().first() != Some(&b'@') {
        read_line(headers, value);
        return Ok(());
    }
    let text = sources.read(&value.slice(1..value.len()))?;
    let mut from = 0;
    for end in memchr::memchr_iter(b'\n', text.bytes()).chain([text.len()]) {
        let line = text.slice(from..end).trim();
        let length = line.bytes().strip_suffix(b"\r").map_or(line.len(), <[u8]>::len);
        if length > 0 {
            read_line(headers, &line.slice(0..length));
        }
        from = end + 1;
    }
    Ok(())
}

fn read_line(headers: &mut Headers, line: &Text) {
    if let Some((name, value)) = line.split_once(b':') {
        let value = value.trim();
        if value.is_empty() {
            headers.removed.push(name);
        } else {
            headers.fields.push((name, value));
        }
    } else if let Some(name) = line.bytes().trim_ascii_end().strip_suffix(b";") {
        headers.fields.push((line.slice(0..name.len()), Text::default()));
    } else {
        let message = format!("curl does not send `{}`, which has no colon", line.lossy());
        let diagnostic = Diagnostic::warning(code::HEADER_IGNORED, message).with_span(line.span());
        headers
            .diagnostics
            .push(diagnostic.with_help("write `name: value`, or `name;` for an empty value"));
    }
}
