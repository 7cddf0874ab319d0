//! What holds for any page.

use proptest::prelude::*;
use requote::docs::{Format, Mode};

use crate::{build, expand, two};

/// A region of a format, within lines that begin with `margin`.
fn region(format: Format, margin: &str) -> String {
    let (begin, end) = match format {
        Format::Mdx => ("{/* requote:begin file=put.http */}", "{/* requote:end */}"),
        Format::ReStructuredText => (".. requote:begin file=put.http", ".. requote:end"),
        Format::AsciiDoc => ("// requote:begin file=put.http", "// requote:end"),
        _ => ("<!-- requote:begin file=put.http -->", "<!-- requote:end -->"),
    };
    format!("{margin}{begin}\n{margin}old\n{margin}{end}\n")
}

/// Pieces of pages: text, containers, code with what looks like markers, regions.
fn piece(format: Format) -> BoxedStrategy<String> {
    let fake = region(format, "    ");
    let pieces = match format {
        Format::Markdown => vec![
            "text *a* `b` <!-- c -->\n".to_owned(),
            "- item\n\n  more\n".to_owned(),
            "> quote\n> text\n".to_owned(),
            format!("~~~~md\n{fake}~~~~\n"),
            "```http\nGET / HTTP/1.1\nHost: a\n```\n".to_owned(),
            "```http requote=\"curl\"\nGET / HTTP/1.1\nHost: a\n```\n".to_owned(),
            "!!! note\n    a\n\n\tb\n".to_owned(),
            "<div>\n\n| a |\n|---|\n".to_owned(),
            "- a\n    1. b\n\n       c\n".to_owned(),
            region(format, ""),
            format!("- a\n\n{}", region(format, "  ")),
            format!("> a\n>\n{}", region(format, "> ")),
            format!("=== \"t\"\n\n{}", region(format, "    ")),
        ],
        Format::Mdx => vec![
            "text *a* `b` {1 + 1}\n".to_owned(),
            "<Tabs>\n\n  text\n\n</Tabs>\n".to_owned(),
            format!("```md\n{fake}```\n"),
            "import A from 'a';\n".to_owned(),
            "- item\n\n  more\n".to_owned(),
            region(format, "").replace("old", "\nold\n"),
            format!("- a\n\n{}", region(format, "  ").replace("  old", "\n  old\n")),
        ],
        Format::ReStructuredText => vec![
            "text *a* ``b``\n".to_owned(),
            format!("Code::\n\n{fake}\n"),
            format!(".. code-block:: rst\n\n{fake}\n"),
            ".. note::\n\n   a\n".to_owned(),
            format!(".. a comment\n\n{fake}\n"),
            region(format, ""),
            format!(".. note::\n\n{}", region(format, "   ")),
        ],
        _ => vec![
            "text *a* `b`\n".to_owned(),
            format!("----\n{}----\n", region(format, "")),
            format!("////\n{}////\n", region(format, "")),
            "* item\n+\nmore\n".to_owned(),
            region(format, ""),
        ],
    };
    proptest::sample::select(pieces).boxed()
}

fn page() -> impl Strategy<Value = (Format, String)> {
    proptest::sample::select(Format::ALL.to_vec()).prop_flat_map(|format| {
        let end = proptest::sample::select(vec!["\n", "\r\n"]);
        let mark = proptest::sample::select(vec!["", "\u{feff}"]);
        let pieces = proptest::collection::vec(piece(format), 0..6);
        (Just(format), mark, pieces, end).prop_map(|(format, mark, pieces, end)| {
            (format, format!("{mark}{}", pieces.join("\n")).replace('\n', end))
        })
    })
}

/// What is not between a begin and the next end.
fn outside(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find("requote:begin") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find("requote:end") else { break };
        rest = &rest[at + end..];
    }
    out + rest
}

proptest! {
    #[test]
    fn what_is_outside_of_regions_stays_and_a_second_time_changes_nothing((format, page) in page()) {
        let settings = two().with_style("plain");
        let done = expand(&page, format, &settings);
        prop_assert!(done.is_done(), "{page}\n{:#?}", done.told().collect::<Vec<_>>());
        prop_assert_eq!(outside(&done.text), outside(&page));
        prop_assert_eq!(done.regions.iter().any(|region| region.changed), done.is_changed());
        let again = expand(&done.text, format, &settings);
        prop_assert!(!again.is_changed(), "{}\n----\n{}", done.text, again.text);
        prop_assert_eq!(again.regions.len(), done.regions.len());
        let clean = expand(&done.text, format, &settings.clone().with_mode(Mode::Clean));
        let cleaner = expand(&clean.text, format, &settings.clone().with_mode(Mode::Clean));
        prop_assert!(!cleaner.is_changed());
        prop_assert_eq!(&expand(&clean.text, format, &settings).text, &done.text);
        if page.contains("\r\n") {
            prop_assert!(!done.text.replace("\r\n", "").contains(['\r', '\n']));
        }
    }

    #[test]
    fn no_text_is_too_odd(
        text in r"(requote:begin|requote:end|requote|<!--|-->|\{/\*|\*/\}|```|~~~|\.\. |// |::|=== .x.|!!! |file=|put.http|[\r\n\t >é:*|-]|----|    ){0,40}",
    ) {
        for format in Format::ALL {
            for settings in [two(), build(), two().with_mode(Mode::Clean)] {
                let done = expand(&text, format, &settings);
                if done.regions.is_empty() {
                    prop_assert_eq!(&done.text, &text);
                }
                for (_, diagnostic) in done.told() {
                    let span = diagnostic.span.unwrap_or_default();
                    prop_assert!(span.start <= span.end && span.end <= text.len() + 1, "{diagnostic:?}");
                }
            }
        }
    }
}

#[test]
fn long_pages_take_no_quadratic_time() {
    for piece in [
        "<!-- requote:begin file=put.http -->\n<!-- requote:end -->\n",
        "<!-- requote:begin -->\n",
        "!!! a\n    ",
        "> - ",
        ">",
        "<a>",
        "```http requote\n",
        ".. requote:begin\n",
    ] {
        let page = piece.repeat(10_000 / piece.len());
        for format in Format::ALL {
            let done = expand(&page, format, &build().with_style("plain"));
            assert!(done.told().count() <= 2 * page.lines().count() + 2);
        }
    }
}
