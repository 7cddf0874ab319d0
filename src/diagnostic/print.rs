//! The one printer of diagnostics.

use std::fmt::{self, Write as _};

use super::visible::{push_unit, push_visible, split_unit};
use super::{Diagnostic, Severity, Span};

/// Columns of source text that are shown at most.
const WINDOW: usize = 96;
/// Bytes before the marked place that are shown at most when a line is cut.
const BEFORE: usize = 40;

/// What is written before and after each part of a printed diagnostic, to colour it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Before `error[…]` and its mark.
    pub error: &'static str,
    /// Before `warning[…]` and its mark.
    pub warning: &'static str,
    /// Before `note[…]` and its mark.
    pub note: &'static str,
    /// Before the message.
    pub message: &'static str,
    /// Before line numbers, bars and the arrow.
    pub gutter: &'static str,
    /// Before `help:`.
    pub help: &'static str,
    /// After each of them.
    pub reset: &'static str,
}

impl Palette {
    /// No colour.
    pub const PLAIN: Self =
        Self { error: "", warning: "", note: "", message: "", gutter: "", help: "", reset: "" };

    /// The colours of a terminal (ECMA-48 SGR).
    pub const ANSI: Self = Self {
        error: "\x1b[1;31m",
        warning: "\x1b[1;33m",
        note: "\x1b[1;36m",
        message: "\x1b[1m",
        gutter: "\x1b[34m",
        help: "\x1b[1;32m",
        reset: "\x1b[0m",
    };

    fn of(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Location {
    /// The line, from 1; a line ends with LF.
    pub line: usize,
    /// The column, from 1, in characters; a byte that is no valid UTF-8 counts as one.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Line and column of a byte offset; an offset past the end is the end.
pub fn locate(source: &[u8], offset: usize) -> Location {
    let before = &source[..offset.min(source.len())];
    let line_start = find_line_start(before);
    let mut rest = &before[line_start..];
    let mut column = 1;
    while let Some((_, length)) = split_unit(rest) {
        rest = &rest[length..];
        column += 1;
    }
    Location { line: memchr::memchr_iter(b'\n', before).count() + 1, column }
}

/// Prints a diagnostic with the line of `source` that it is about, ending with a line feed.
///
/// `name` is what the source is called, a file name for example. Hidden and control characters of
/// all parts are written as escapes, and a long line is cut around the marked place, so that the
/// result is safe to show in a terminal.
pub fn render(diagnostic: &Diagnostic, name: &str, source: &[u8], palette: &Palette) -> String {
    let colour = palette.of(diagnostic.severity);
    let Palette { reset, message, help, .. } = *palette;
    let mut out = format!("{colour}{}[{}]{reset}: {message}", diagnostic.severity, diagnostic.code);
    push_visible(&mut out, &diagnostic.message);
    out.push_str(reset);
    out.push('\n');
    if let Some(span) = diagnostic.span {
        push_excerpt(&mut out, diagnostic, span, name, source, palette);
    }
    if let Some(way_out) = &diagnostic.help {
        out.extend([help, "help", reset, ": "]);
        push_visible(&mut out, way_out);
        out.push('\n');
    }
    out
}

/// Appends the place, the source line and the mark under it.
fn push_excerpt(
    out: &mut String,
    diagnostic: &Diagnostic,
    span: Span,
    name: &str,
    source: &[u8],
    palette: &Palette,
) {
    let Palette { gutter, reset, .. } = *palette;
    let colour = palette.of(diagnostic.severity);
    let Location { line, column } = locate(source, span.start);
    let indent = " ".repeat(line.to_string().len());
    let window = Window::cut(source, span);
    let (offset, marks) = (" ".repeat(window.offset), "^".repeat(window.width));
    out.extend([&indent, gutter, "-->", reset, " "]);
    push_visible(out, name);
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, ":{line}:{column}\n{indent} {gutter}|{reset}");
    let excerpt = format!("{gutter}{line} |{reset} {}", window.text);
    let _ = writeln!(out, "{}", excerpt.trim_end());
    let _ = write!(out, "{indent} {gutter}|{reset} {offset}{colour}{marks}");
    if let Some(label) = &diagnostic.label {
        out.push(' ');
        push_visible(out, label);
    }
    out.push_str(reset);
    out.push('\n');
}

/// The part of a source line that is shown.
struct Window {
    text: String,
    /// Columns before the marked place.
    offset: usize,
    /// Columns of the marked place, at least one.
    width: usize,
}

impl Window {
    fn cut(source: &[u8], span: Span) -> Self {
        let mark = span.start.min(source.len());
        let line_start = find_line_start(&source[..mark]);
        let line_end =
            memchr::memchr(b'\n', &source[mark..]).map_or(source.len(), |at| mark + at + 1);
        let mut start = line_start;
        let mut window = Self { text: String::new(), offset: 0, width: 0 };
        if mark - line_start > WINDOW - BEFORE {
            start = find_char_start(source, mark - BEFORE);
            window.text.push('…');
            window.offset = 1;
        }
        let mut columns = window.offset;
        while let Some((unit, length)) = split_unit(&source[start..line_end]) {
            if columns >= WINDOW {
                window.text.push('…');
                break;
            }
            let width = push_unit(&mut window.text, unit);
            if start < mark {
                window.offset += width;
            } else if start < span.end {
                window.width += width;
            }
            columns += width;
            start += length;
        }
        window.width = window.width.max(1);
        window
    }
}

fn find_line_start(before: &[u8]) -> usize {
    memchr::memrchr(b'\n', before).map_or(0, |at| at + 1)
}

/// The first offset from `at` back, at most three bytes, where a code point may begin.
fn find_char_start(source: &[u8], at: usize) -> usize {
    let lowest = at.saturating_sub(3);
    (lowest..=at).rev().find(|&place| source[place] & 0xc0 != 0x80).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(source: &[u8], start: usize, end: usize) -> String {
        let diagnostic = Diagnostic::error("code", "message")
            .with_span(Span::new(start, end))
            .with_label("label")
            .with_help("way out");
        render(&diagnostic, "a.http", source, &Palette::PLAIN)
    }

    #[test]
    fn the_place_is_marked_below_its_line() {
        let expected = "error[code]: message\n --> a.http:2:2\n  |\n2 | 1z\\r\\n\n  |  ^ label\n\
                        help: way out\n";
        assert_eq!(print(b"first\r\n1z\r\nlast", 8, 9), expected);
    }

    #[test]
    fn escapes_shift_the_mark_but_count_as_one_column() {
        let printed = print(b"\x00\xff\xe2\x80\xaex", 5, 6);
        assert!(printed.contains(" --> a.http:1:4\n"), "{printed}");
        assert!(
            printed.contains("1 | \\0\\xff\\u{202e}x\n  |               ^ label\n"),
            "{printed}"
        );
    }

    #[test]
    fn a_wide_character_takes_two_columns() {
        assert!(print("東x".as_bytes(), 3, 4).contains("1 | 東x\n  |   ^ label"));
        let rockets = "X: 🚀🚀🚀\0".as_bytes();
        let printed = print(rockets, rockets.len() - 1, rockets.len());
        let marks = format!("\n  | {}^^ label", " ".repeat("X: ".len() + 3 * 2));
        assert!(printed.contains("1 | X: 🚀🚀🚀\\0\n") && printed.contains(&marks), "{printed}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = "é".repeat(40_000);
        let printed = print(line.as_bytes(), 40_000, 40_002);
        assert!(printed.contains(":1:20001\n"), "{printed}");
        assert!(printed.chars().count() < 400, "{printed}");
        assert!(printed.contains("| …é") && printed.contains("é…\n"), "{printed}");
    }

    #[test]
    fn the_end_of_the_source_can_be_marked() {
        assert!(print(b"", 0, 0).contains(" --> a.http:1:1\n  |\n1 |\n  | ^ label\n"));
        assert!(print(b"a\n", 2, 2).contains(" --> a.http:2:1\n"));
        assert!(print(b"a", 9, 9).contains(" --> a.http:1:2\n"));
    }

    #[test]
    fn colour_stands_around_the_parts() {
        let printed = render(&Diagnostic::warning("c", "m\x1b[0m"), "n", b"", &Palette::ANSI);
        assert_eq!(printed, "\x1b[1;33mwarning[c]\x1b[0m: \x1b[1mm\\x1b[0m\x1b[0m\n");
    }
}
