//! What `wget --debug` shows: a request between two lines, and its body behind them.

use crate::diagnostic::Span;

use super::super::draft::Draft;
use super::super::layer::lines;
use super::super::text::Text;
use super::{Client, draft_of};

pub(super) const BEGIN: &[u8] = b"---request begin---";
const END: &[u8] = b"---request end---";

pub(super) fn read(bytes: &[u8]) -> Vec<Draft> {
    let mut requests: Vec<Text> = Vec::new();
    let mut is_open = false;
    for line in lines(bytes) {
        let text = bytes[line.clone()].trim_ascii_end();
        let end = line.start + text.len();
        if text == BEGIN {
            requests.push(Text::default());
            is_open = true;
        } else if text == END {
            is_open = false;
        } else if let Some(message) = requests.last_mut() {
            if is_open {
                message.push_input(bytes, line.start..end);
                message.push(b"\r\n", Span::new(end, line.end));
            } else if let Some(start) = body_start(text) {
                message.push_input(bytes, line.start + start..end - 1);
            }
        }
    }
    requests.into_iter().map(|message| draft_of(message, Client::Wget)).collect()
}

/// Where a line has the body: `[BODY data: …]`, before wget 1.15 `[POST data: …]`.
fn body_start(line: &[u8]) -> Option<usize> {
    let mark =
        [&b"[BODY data: "[..], b"[POST data: "].into_iter().find(|it| line.starts_with(it))?;
    line.ends_with(b"]").then_some(mark.len())
}
