//! The walk over a page.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, locate};
use crate::engine::Engine;
use crate::input::Files;

use super::labels::Labels;
use super::needs::Needs;
use super::outline;
use super::page::{Page, Region};
use super::region::{self, Kind, Place};
use super::settings::{Mode, Settings};
use super::tabs::Around;
use super::{Format, Refusal, code};

/// Writes the snippets of a page.
///
/// What is outside of the regions stays byte for byte. A region whose request or settings are at fault
/// stays as it is; of a region with a target that has no code the others are written. Either is told by
/// an error in the page that comes back. `files` gives the bytes of `file=…`.
///
/// Takes time linear in the page and in what is written, except for MDX, whose parser takes longer for odd pages: those
/// of more than 20,000 lines or marks are refused. Reads no file, and never panics.
pub fn expand<'p>(
    page: &'p str,
    format: Format,
    engine: &Engine,
    settings: &Settings,
    files: &dyn Files,
) -> Page<'p> {
    let blocks = match outline::read(page, format) {
        Ok(blocks) => blocks,
        Err(refusal) => return unread(page, *refusal),
    };
    let (places, mut diagnostics) = region::find(page, format, settings.mode, &blocks);
    for diagnostic in &mut diagnostics {
        diagnostic.locate(page.as_bytes());
    }
    let around = Around { engine, settings, files, format };
    let mut writer = Writer {
        page,
        around,
        labels: Labels::default(),
        written: String::new(),
        copied: 0,
        needs: Needs::new(page, &places),
        line_end: if page.contains("\r\n") { "\r\n" } else { "\n" },
    };
    let mut regions: Vec<Region> =
        places.iter().enumerate().map(|(at, place)| writer.write(at + 1, place)).collect();
    let (text, needs) = writer.finish();
    for (number, missing) in needs.missing() {
        let mut missing = missing.with_span(places[number - 1].named);
        missing.locate(page.as_bytes());
        regions[number - 1].diagnostics.push(missing);
    }
    Page { text, regions, diagnostics }
}

fn unread(page: &str, diagnostic: Diagnostic) -> Page<'_> {
    Page { text: Cow::Borrowed(page), regions: Vec::new(), diagnostics: vec![diagnostic] }
}

struct Writer<'p, 'a> {
    page: &'p str,
    around: Around<'a>,
    labels: Labels,
    /// The new text up to `copied` of the page; empty while nothing differs.
    written: String,
    copied: usize,
    needs: Needs<'p>,
    line_end: &'static str,
}

impl Writer<'_, '_> {
    fn write(&mut self, number: usize, place: &Place<'_, '_>) -> Region {
        let mut region = Region {
            line: locate(self.page.as_bytes(), place.named.start).line,
            style: None,
            source: place.arguments.get("file").map(|file| file.value.to_owned()),
            targets: Vec::new(),
            changed: false,
            diagnostics: Vec::new(),
        };
        let text = if self.around.settings.mode == Mode::Clean {
            Some(String::new())
        } else {
            self.text_of(number, place, &mut region)
        };
        if let Some(text) = text {
            region.changed = self.replace(place, &text);
        }
        let quoted = region.targets.iter_mut().flat_map(|quoted| &mut quoted.diagnostics);
        for diagnostic in region.diagnostics.iter_mut().chain(quoted) {
            diagnostic.locate(self.page.as_bytes());
        }
        region
    }

    /// The tabs of a region, none where it has to stay as it is.
    fn text_of(
        &mut self,
        number: usize,
        place: &Place<'_, '_>,
        region: &mut Region,
    ) -> Option<String> {
        let told = |refusal: Refusal, region: &mut Region| region.diagnostics.push(*refusal);
        let style = self.around.style(place).map_err(|error| told(error, region)).ok()?;
        region.style = Some(style.name().to_owned());
        let tabs = self.around.quote(place, style, &mut self.labels);
        let tabs = tabs.map_err(|error| told(error, region)).ok()?;
        region.targets = tabs.targets;
        region.diagnostics = tabs.diagnostics;
        if tabs.shown.is_empty() {
            return None;
        }
        let needs = self.needs.take(style.needs(), number, place);
        let written = tabs.style.write(self.around.format, number, &needs, &tabs.shown);
        written
            .map_err(|error| {
                let error = Diagnostic::error(code::DOCS_STYLE, error.to_string());
                region.diagnostics.push(error.with_span(place.named));
            })
            .ok()
    }

    /// Puts a text in the place of a region; whether it is another than before.
    fn replace(&mut self, place: &Place<'_, '_>, text: &str) -> bool {
        let blank = format!("{}{}", place.prefix.trim_end(), self.line_end);
        let mut new = String::new();
        if place.kind == Kind::Marked {
            new.push_str(&blank);
        }
        let lines: Vec<&str> =
            if text.is_empty() { Vec::new() } else { text.split('\n').collect() };
        for (at, line) in lines.iter().enumerate() {
            if line.is_empty() {
                new.push_str(place.prefix.trim_end());
            } else {
                if place.kind == Kind::Marked || at > 0 {
                    new.push_str(&place.prefix);
                }
                new.push_str(line);
            }
            if place.kind == Kind::Marked || at + 1 < lines.len() {
                new.push_str(self.line_end);
            }
        }
        if place.kind == Kind::Marked && !lines.is_empty() {
            new.push_str(&blank);
        }
        if is_same(&self.page[place.span.start..place.span.end], &new, place) {
            return false;
        }
        self.written.push_str(&self.page[self.copied..place.span.start]);
        self.written.push_str(&new);
        self.copied = place.span.end;
        true
    }
}

/// Whether a region has its text already. A blank line may have all that is before the lines of a list or a
/// quote: Prettier writes such lines into code.
fn is_same(old: &str, new: &str, place: &Place<'_, '_>) -> bool {
    let is_blank = |line: &str| line == place.prefix || line == place.prefix.trim_end();
    let is_kept = |(old, new): (&str, &str)| old == new || (is_blank(old) && is_blank(new));
    old == new
        || (!place.prefix.is_empty()
            && old.matches("\r\n").count() == new.matches("\r\n").count()
            && old.matches('\n').count() == new.matches('\n').count()
            && old.lines().zip(new.lines()).all(is_kept))
}

impl<'p> Writer<'p, '_> {
    /// The page, and what it needs.
    fn finish(mut self) -> (Cow<'p, str>, Needs<'p>) {
        if self.copied == 0 && self.written.is_empty() {
            return (Cow::Borrowed(self.page), self.needs);
        }
        self.written.push_str(&self.page[self.copied..]);
        (Cow::Owned(self.written), self.needs)
    }
}
