//! A curl command in place of a request, as REST Client takes it.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};

use super::super::draft::Draft;
use super::super::placeholder::{Variables, expand};
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::{code, curl};
use super::body::before_response;
use super::line::{begins_command, comment};
use super::{Block, trim_end};

/// Whether a curl command is in place of the request.
pub(super) fn is_command(bytes: &[u8], block: &Block) -> bool {
    block.lines.first().is_some_and(|first| begins_command(&bytes[first.clone()]))
}

/// Reads the commands of a block. As in the editor, its comments are left out and its variables have their values before
/// the words are read.
pub(super) fn read(
    bytes: &[u8],
    block: &Block,
    variables: &Variables<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Draft>, Refusal> {
    let lines = before_response(bytes, &block.lines, diagnostics);
    let is_comment = |line: &Range<usize>| comment(bytes[line.clone()].trim_ascii()).is_some();
    let mut text = Text::default();
    for line in lines {
        if !is_comment(line) {
            text.push_input(bytes, line.clone());
        }
    }
    diagnostics.extend(lines.iter().find(|line| is_comment(line)).map(|line| {
        let message = "lines that begin with `#` or `//` are comments and no part of the command";
        let place = Span::new(line.start, trim_end(bytes, line));
        Diagnostic::note(code::BODY_COMMENT, message).with_span(place)
    }));
    let (command, map) = expand(&text, variables)?.into_parts();
    let map = Arc::new(map);
    let mut found = curl::read(&command, variables.options).map_err(|mut refusal| {
        map.relocate(&mut refusal, bytes);
        refusal
    })?;
    for diagnostic in &mut found.diagnostics {
        map.relocate(diagnostic, bytes);
    }
    diagnostics.append(&mut found.diagnostics);
    Ok(found.entries.into_iter().map(|draft| draft.over(&map, bytes)).collect())
}
