//! Where regions are, and what is in them.

use requote::Severity;
use requote::docs::{Format, Mode};

use crate::{build, codes, expand, two};

#[test]
fn a_region_has_the_snippets_of_its_file() {
    let page =
        "# A\n\n<!-- requote:begin file=put.http style=plain -->\nold\n<!-- requote:end -->\n\nb\n";
    let done = expand(page, Format::Markdown, &two());
    assert!(done.is_done() && done.is_changed(), "{done:#?}");
    assert!(
        done.text.starts_with(
            "# A\n\n<!-- requote:begin file=put.http style=plain -->\n\n**curl**\n\n```bash\ncurl "
        ),
        "{}",
        done.text
    );
    assert!(done.text.ends_with("```\n\n<!-- requote:end -->\n\nb\n"), "{}", done.text);
    assert!(done.text.contains("**Python**\n\n```python\nimport requests\n"), "{}", done.text);
    assert!(!done.text.contains("old"));
    let [region] = done.regions.as_slice() else { panic!("{done:#?}") };
    assert_eq!((region.line, region.changed), (3, true));
    assert_eq!(region.source.as_deref(), Some("put.http"));
    assert_eq!(region.style.as_deref(), Some("plain"));
    let targets: Vec<_> = region.targets.iter().map(|it| it.target.to_string()).collect();
    assert_eq!(targets, ["shell/curl", "python/requests"]);

    let again = expand(&done.text, Format::Markdown, &two());
    assert!(!again.is_changed(), "{}", again.text);
    let clean = expand(&done.text, Format::Markdown, &two().with_mode(Mode::Clean));
    let expected = page.replace("old\n", "\n");
    assert_eq!(clean.text, expected);
}

#[test]
fn the_fence_above_has_the_request() {
    for (format, page) in [
        (
            Format::Markdown,
            "```http\nGET /a HTTP/1.1\nHost: h.example\n```\n\n<!-- requote:begin -->\n<!-- requote:end -->\n",
        ),
        (
            Format::Mdx,
            "```http\nGET /a HTTP/1.1\nHost: h.example\n```\n\n{/* requote:begin */}\n\n{/* requote:end */}\n",
        ),
        (
            Format::ReStructuredText,
            ".. code-block:: http\n\n   GET /a HTTP/1.1\n   Host: h.example\n\n.. requote:begin\n\n.. requote:end\n",
        ),
        (
            Format::AsciiDoc,
            "[source,http]\n----\nGET /a HTTP/1.1\nHost: h.example\n----\n\n// requote:begin\n\n// requote:end\n",
        ),
    ] {
        let done = expand(page, format, &two());
        assert!(done.is_done(), "{done:#?}");
        assert!(
            done.text.contains("curl 'https://h.example/a'")
                || done.text.contains("curl https://h.example/a"),
            "{}",
            done.text
        );
        let again = expand(&done.text, format, &two());
        assert!(!again.is_changed() && again.is_done(), "{}\n{}", done.text, again.text);
        assert_eq!(again.regions.len(), 1);
    }
}

#[test]
fn a_live_fence_becomes_snippets_where_the_documentation_is_built() {
    let page = "a\n\n```http requote=\"fetch, curl\" style=plain\nGET / HTTP/1.1\nHost: h.example\n```\n\nb\n";
    assert!(!expand(page, Format::Markdown, &two()).is_changed());
    let built = expand(page, Format::Markdown, &build());
    assert!(built.is_done(), "{built:#?}");
    assert!(built.text.starts_with("a\n\n**JavaScript**\n\n```javascript\n"), "{}", built.text);
    assert!(built.text.ends_with("\n```\n\nb\n"), "{}", built.text);
    assert!(!built.text.contains("requote"));
}

#[test]
fn indentation_and_quotes_are_kept() {
    for (page, start) in [
        (
            "1. a\n\n   <!-- requote:begin file=put.http style=plain -->\n   <!-- requote:end -->\n",
            "   ",
        ),
        (
            "> a\n>\n> <!-- requote:begin file=put.http style=plain -->\n> <!-- requote:end -->\n",
            "> ",
        ),
        (
            "- > <!-- requote:begin file=put.http style=plain -->\n  > <!-- requote:end -->\n",
            "  > ",
        ),
        (
            "!!! note\n    <!-- requote:begin file=put.http style=plain -->\n    <!-- requote:end -->\n",
            "    ",
        ),
        (
            "=== \"a\"\n\n    b\n\n    ??? tip \"t\"\n\n        <!-- requote:begin file=put.http style=plain -->\n\n        <!-- requote:end -->\n",
            "        ",
        ),
    ] {
        let done = expand(page, Format::Markdown, &two());
        assert!(done.is_done() && done.regions.len() == 1, "{page}\n{done:#?}");
        let fence = format!("\n{start}```bash\n{start}curl ");
        assert!(done.text.contains(&fence), "{}", done.text);
        assert!(!done.text.contains(" \n"), "{}", done.text);
        let again = expand(&done.text, Format::Markdown, &two());
        assert!(!again.is_changed() && again.is_done(), "{}\n{}", done.text, again.text);
    }
}

#[test]
fn crlf_and_a_byte_order_mark_are_kept() {
    let page = "\u{feff}<!-- requote:begin file=put.http style=details -->\r\n\r\n<!-- requote:end -->\r\n";
    let done = expand(page, Format::Markdown, &two());
    assert!(done.is_done() && done.regions.len() == 1, "{done:#?}");
    assert!(done.text.starts_with(
        "\u{feff}<!-- requote:begin file=put.http style=details -->\r\n\r\n<details open>\r\n"
    ));
    assert!(!done.text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(!expand(&done.text, Format::Markdown, &two()).is_changed());
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (page, code, line, column) in [
        ("a\n<!-- requote:begin file=put.http -->\n", "docs-marker-unpaired", 2, 1),
        ("<!-- requote:end -->\n", "docs-marker-unpaired", 1, 1),
        (
            "<!-- requote:begin file=put.http -->\n<!-- requote:begin -->\n<!-- requote:end -->\n",
            "docs-marker-nested",
            2,
            1,
        ),
        ("a <!-- requote:begin -->\n", "docs-marker-place", 1, 3),
        ("<!-- requote:start -->\n", "docs-marker-place", 1, 1),
        ("<!-- requote:begin file=put.http titel=x -->\n<!-- requote:end -->\n", "docs-key", 1, 40),
        ("<!-- requote:begin file=put.http body=x -->\n<!-- requote:end -->\n", "docs-key", 1, 39),
        (
            "<!-- requote:begin file=no.http -->\n<!-- requote:end -->\n",
            "docs-file-unreadable",
            1,
            25,
        ),
        ("<!-- requote:begin -->\n<!-- requote:end -->\n", "docs-request-missing", 1, 1),
        (
            "<!-- requote:begin file=put.http targets=curl,pyton -->\n<!-- requote:end -->\n",
            "docs-target",
            1,
            47,
        ),
        (
            "<!-- requote:begin file=put.http style=mkdoc -->\n<!-- requote:end -->\n",
            "docs-style",
            1,
            40,
        ),
        ("<!-- requote:begin file=bad.http -->\n<!-- requote:end -->\n", "field-colon", 1, 25),
        (
            "> ```http\n> GET / HTTP/1.1\n> Host h.example\n> ```\n>\n> <!-- requote:begin -->\n> <!-- requote:end -->\n",
            "field-colon",
            3,
            3,
        ),
    ] {
        let done = expand(page, Format::Markdown, &two());
        let told: Vec<_> = done.told().filter(|(_, it)| it.severity == Severity::Error).collect();
        let [(None, told)] = told.as_slice() else { panic!("{page}\n{told:#?}") };
        let place = told.location.map(|it| (it.line, it.column));
        assert_eq!((&*told.code, place), (code, Some((line, column))), "{page}\n{told:#?}");
        assert!(!done.is_changed() && !done.is_done(), "{page}");
    }
}

#[test]
fn a_marker_in_code_is_no_marker() {
    let page = "```md\n<!-- requote:begin file=put.http -->\n<!-- requote:end -->\n```\n";
    let done = expand(page, Format::Markdown, &two());
    assert!(done.regions.is_empty() && done.is_done());
    let page = "::\n\n   .. requote:begin file=put.http\n\n   .. requote:end\n";
    let done = expand(page, Format::ReStructuredText, &two());
    assert!(done.regions.is_empty() && codes(&done).is_empty());
}

#[test]
fn a_page_has_the_imports_of_its_style_once() {
    let region = "{/* requote:begin file=put.http style=docusaurus */}\n\n{/* requote:end */}\n";
    let page = format!("# A\n\n{region}\n# B\n\n{region}");
    let written = expand(&page, Format::Mdx, &two());
    assert_eq!(written.text.matches("import Tabs from").count(), 1, "{}", written.text);
    assert_eq!(written.text.matches("<Tabs ").count(), 2, "{}", written.text);
    let again = expand(&written.text, Format::Mdx, &two());
    assert_eq!(again.text, written.text);
}

#[test]
fn imports_are_outside_of_lists() {
    let import = "import Tabs from \"@theme/Tabs\";";
    let nested =
        "- a\n\n  {/* requote:begin file=put.http style=docusaurus */}\n\n  {/* requote:end */}\n";
    let region = "{/* requote:begin file=put.http style=docusaurus */}\n\n{/* requote:end */}\n";
    // The region behind the list has them.
    let page = format!("{nested}\n# B\n\n{region}");
    let written = expand(&page, Format::Mdx, &two());
    assert!(written.is_done(), "{written:#?}");
    assert_eq!(written.text.matches(import).count(), 1, "{}", written.text);
    assert!(written.text.contains(&format!("\n{import}\n")), "{}", written.text);
    // No region may have them: the page does, or it is told once.
    let written = expand(nested, Format::Mdx, &two());
    let told: Vec<_> = written
        .told()
        .map(|(_, diagnostic)| diagnostic)
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .collect();
    let [first, second] = told.as_slice() else { panic!("{told:#?}") };
    assert_eq!(first.code.to_string(), "docs-line-missing");
    assert_eq!(first.span.map(|it| it.start), nested.find("{/*"));
    assert!(first.message.contains(import) && second.message.contains("TabItem"), "{told:#?}");
    assert!(!written.text.contains(import), "{}", written.text);
    let page =
        format!("import TabItem from '@theme/TabItem'\n{}\n\n{nested}", import.replace(';', ""));
    assert!(expand(&page, Format::Mdx, &two()).is_done());
}

#[test]
fn imports_stay_as_a_formatter_spells_them() {
    let region = "{/* requote:begin file=put.http style=docusaurus */}\n\n{/* requote:end */}\n";
    let written = expand(region, Format::Mdx, &two()).text.into_owned();
    let other = written.replace("\"@theme/Tabs\";", "'@theme/Tabs'");
    assert_ne!(other, written);
    assert!(!expand(&other, Format::Mdx, &two()).is_changed());
}

#[test]
fn blank_lines_may_have_the_indentation_of_their_list() {
    let page = "- a\n\n  <!-- requote:begin file=put.http targets=fetch style=plain -->\n\n  <!-- requote:end -->\n";
    let written = expand(page, Format::Markdown, &two()).text.into_owned();
    let blank = written.rfind("\n\n").unwrap() + 1;
    let with = |text: &str| format!("{}{text}{}", &written[..blank], &written[blank..]);
    assert!(!expand(&with("  "), Format::Markdown, &two()).is_changed());
    assert!(expand(&with("   "), Format::Markdown, &two()).is_changed());
}

#[test]
fn mdx_that_its_parser_takes_minutes_for_is_refused_at_once() {
    let region = "{/* requote:begin file=put.http */}\n\n{/* requote:end */}\n";
    for odd in ["<A>".repeat(10_001), "a\n".repeat(100_000), "*a_ ".repeat(100_000)] {
        let page = format!("{odd}\n\n{region}");
        let begin = std::time::Instant::now();
        let read = expand(&page, Format::Mdx, &two());
        assert_eq!(codes(&read), ["docs-page-unreadable"]);
        assert!(
            !read.is_changed() && read.told().all(|(_, it)| it.message.contains("at most 20000"))
        );
        assert!(begin.elapsed().as_secs() < 2);
    }
    // The same text is no problem in Markdown.
    let page = format!(
        "{}\n\n{}",
        "a\n".repeat(100_000),
        "<!-- requote:begin file=put.http -->\n\n<!-- requote:end -->\n"
    );
    assert!(expand(&page, Format::Markdown, &two()).is_done());
}
