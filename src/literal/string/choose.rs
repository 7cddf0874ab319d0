//! Which style of a language a text is written in.

use super::table::UsedFor;
use super::{Lines, Place, StringStyle};

/// Appends `text` in the first style of the family where it costs nothing, as most texts do there;
/// `false`, with nothing appended, where that is yet to be found out.
pub(in crate::literal) fn write_plain(
    styles: &[StringStyle],
    family: &str,
    text: &str,
    out: &mut String,
) -> bool {
    let first = styles.iter().find(|style| style.is_of(family) && style.lines != UsedFor::Many);
    let Some(style) = first.filter(|style| style.is_simple && style.matcher.is_plain(text)) else {
        return false;
    };
    out.reserve(style.open.len() + text.len() + style.close.len());
    out.push_str(&style.open);
    out.push_str(text);
    out.push_str(&style.close);
    true
}

/// Appends `text` in the style that holds it at the lowest cost, the first of those that cost the
/// same; `false`, with nothing appended, where none holds it.
pub(in crate::literal) fn write_cheapest(
    styles: &[StringStyle],
    family: &str,
    text: &str,
    lines: Lines,
    place: Place,
    out: &mut String,
) -> bool {
    let unfit = match lines {
        Lines::One => UsedFor::Many,
        Lines::Many => UsedFor::One,
    };
    let start = out.len();
    let mut best: Option<(usize, &StringStyle)> = None;
    let mut is_written = false;
    for style in styles.iter().filter(|s| s.is_of(family) && s.lines != unfit) {
        // A raw line feed would make one line of text two lines of code.
        if lines == Lines::One && style.lines == UsedFor::Any && text.contains('\n') {
            continue;
        }
        if style.loses_line_feeds(text, place) {
            continue;
        }
        // The first style is mostly the one: it is written while its cost is counted.
        let is_direct = best.is_none() && !style.is_indented();
        let cost = if is_direct { style.try_write(out, text) } else { style.cost(text) };
        if let Some(cost) = cost
            && best.is_none_or(|(lowest, _)| cost < lowest)
        {
            best = Some((cost, style));
            is_written = is_direct;
            if cost == 0 {
                break;
            }
        }
    }
    if let Some((_, style)) = best.filter(|_| !is_written) {
        out.truncate(start);
        style.write(out, text, place);
    }
    best.is_some()
}

/// Appends what `write_inner` writes between the delimiters of the first style of the family that holds
/// all of it; `false`, with nothing appended, where none does.
pub(in crate::literal) fn write_interpolated(
    styles: &[StringStyle],
    family: &str,
    lines: Lines,
    out: &mut String,
    write_inner: impl Fn(&StringStyle, &mut String) -> Result<(), char>,
) -> bool {
    let unfit = match lines {
        Lines::One => UsedFor::Many,
        Lines::Many => UsedFor::One,
    };
    let start = out.len();
    for style in styles.iter().filter(|style| style.is_of(family) && style.lines != unfit) {
        out.push_str(&style.open);
        if write_inner(style, out).is_ok() {
            out.push_str(&style.close);
            return true;
        }
        out.truncate(start);
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::literal::{Layout, LineEnds, Literals, Place, StringStyle, finish};

    #[derive(serde::Deserialize)]
    struct Table {
        string: Vec<StringStyle>,
    }

    #[track_caller]
    fn writes(text: &str, line_ends: LineEnds, layout: Layout, expected: &str) {
        let table = "string = [
            { open = '\"', close = '\"', escapes = { '\"' = '\\\"', \"\\n\" = '\\n' } },
            { open = '{', close = '}', lines = 'any', cost = 1, line-ends = 'of-file' },
        ]";
        let Table { string } = toml::from_str(table).expect("a table");
        let literals = Literals { string, ..Literals::default() };
        let mut out = String::new();
        let place = Place { layout, line_ends, ..Place::default() };
        literals.write_string(&mut out, text, "", place).expect("a literal");
        assert_eq!(finish(out, "\n"), expected, "{text:?} {line_ends:?}");
    }

    #[test]
    fn a_line_feed_that_must_arrive_is_no_line_end_of_the_file() {
        writes("a\nb", LineEnds::Free, Layout::Free, "{a\nb}");
        writes("a\nb", LineEnds::Kept, Layout::Free, r#""a\nb""#);
        writes("\"a\"\n", LineEnds::Kept, Layout::Free, r#""\"a\"\n""#);
        writes("\"a\n\"", LineEnds::Kept, Layout::OneLine, r#""\"a\n\"""#);
        writes("\"a\" b", LineEnds::Kept, Layout::Free, "{\"a\" b}");
    }
}
