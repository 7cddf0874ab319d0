//! Code that reads a file, in a page that has none beside it.

use requote::diagnostic::Severity;
use requote::docs::{Attachments, Format, MAX_CARRIED, Page};

use crate::{build, expand, two};

/// The codes of what is wrong.
fn codes(page: &Page<'_>) -> Vec<String> {
    let told = page.told().filter(|(_, it)| it.severity == Severity::Error);
    told.map(|(_, it)| it.code.to_string()).collect()
}

/// A live block with a body of controls, which no code writes as text.
fn fence(words: &str, length: usize) -> String {
    format!(
        "```http requote=\"curl, python\" {words}\nPOST /a HTTP/1.1\nHost: h.example\nContent-Type: \
         application/octet-stream\nContent-Length: {length}\n\n{}\n```\n",
        "\u{1}".repeat(length)
    )
}

#[test]
fn a_page_carries_a_file_only_where_it_is_asked_to() {
    let page = fence("", 9000);
    let refused = expand(&page, Format::Markdown, &build());
    assert_eq!(codes(&refused), ["docs-attachment", "docs-attachment"]);
    assert_eq!(refused.text, page, "nothing can be shown, so the page stays");

    let words = fence("attachments=carry", 9000);
    for (page, settings) in
        [(&words, build()), (&page, build().with_attachments(Attachments::Carry))]
    {
        let carried = expand(page, Format::Markdown, &settings);
        assert_eq!(codes(&carried), [""; 0]);
        let text = &carried.text;
        assert!(text.contains("--data-binary '@body.bin'"), "{text}");
        let command =
            "<summary>body&#46;bin</summary>\n\n```bash\nbase64 --decode > body.bin <<'END'\nAQEB";
        assert_eq!(text.matches(command).count(), 1, "once for both targets: {text}");
        assert!(text.contains("AQEB\nEND\n```\n"), "{text}");
    }
}

#[test]
fn a_region_that_is_kept_does_not_change_again() {
    let page = format!(
        "{}\n<!-- requote:begin targets=curl attachments=carry -->\n\n<!-- requote:end -->\n",
        fence("", 9000).replace("http requote=\"curl, python\" ", "http")
    );
    let once = expand(&page, Format::Markdown, &two());
    assert!(once.is_changed() && once.is_done());
    assert!(!expand(&once.text, Format::Markdown, &two()).is_changed());
}

#[test]
fn a_long_file_is_refused_and_told() {
    let page = fence("attachments=carry", MAX_CARRIED + 1);
    let long = expand(&page, Format::Markdown, &build());
    assert_eq!(codes(&long), ["docs-attachment", "docs-attachment"]);
    let (_, told) = long.told().last().unwrap();
    assert!(
        told.message.ends_with("whose 32769 bytes are more than the 32768 that a page carries")
    );
}

#[test]
fn another_way_with_files_is_an_error() {
    let page = fence("attachments=beside", 9000);
    assert_eq!(codes(&expand(&page, Format::Markdown, &build())), ["docs-key"]);
}
