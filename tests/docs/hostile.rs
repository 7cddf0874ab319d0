//! Requests full of what documentation tools act on: the code that a reader copies is the snippet, and
//! nothing of it is a directive.

use requote::docs::{self, Format, Mode, NoFiles, Settings};
use requote::{Engine, Options, TargetId};

/// What some tool acts on, within a block of code too, and what ends a block or a region.
const TEXTS: [&str; 35] = [
    "{{#include ../secret.txt}}",
    "--8<-- \"secret.txt\"",
    "  -8<- \"secret.txt\"",
    "<!--@include: ../secret.txt-->",
    "<<< @/secret.txt",
    "include::secret.txt[]",
    "ifdef::x[]",
    "\\include::secret.txt[]",
    "{{ 7*191 }}",
    "{% include 'secret.txt' %}",
    "{# x #}",
    "{{< readfile \"secret.txt\" >}}",
    "// [!code --]",
    "# highlight-next-line",
    "<1> <.>",
    "````",
    "~~~~~",
    "------",
    "<!-- requote:end -->",
    "{/* requote:end */}",
    ".. requote:end",
    "// requote:end",
    "</TabItem></Tabs>",
    ":::",
    "{% endtab %}",
    "</CodeGroup>",
    "</details></pre>",
    "*[HTML]: x",
    "[x]: y",
    "=== \"x\"",
    ".. include:: secret.txt",
    "$x$ &amp; &#38;",
    "a\tb",
    "# a",
    "{++added++} {--gone--} {~~a~>b~~} {==m==}{>>c<<}",
];

/// Requests with these texts, one in each, and all in one, as text and in JSON.
fn requests() -> Vec<String> {
    let head = "POST /a HTTP/1.1\nHost: h.example\nContent-Type:";
    let all = TEXTS.join("\n");
    let json =
        all.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t").replace('\n', "\\n");
    let bodies = TEXTS.iter().map(|text| format!("a\n{text}\nb")).chain([all]);
    let texts = bodies.map(|body| format!("{head} text/markdown\n\n{body}\n"));
    texts.chain([format!("{head} application/json\n\n{{\n  \"a\": \"{json}\"\n}}\n")]).collect()
}

/// The codes of the blocks of a page, however far they are indented.
fn read_back(page: &str, format: Format) -> Vec<String> {
    let lines: Vec<&str> = page.lines().collect();
    let mut codes = Vec::new();
    // The fences of directives that are open: `{tab-set}`.
    let mut directives: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let margin = line.len() - line.trim_start().len();
        let body = line.trim_start();
        at += 1;
        if body == ".. only:: not html" {
            // The same code for builders that leave HTML out.
            let is_in = |line: &&&str| {
                line.trim().is_empty() || line.len() - line.trim_start().len() > margin
            };
            at += lines[at..].iter().take_while(is_in).count();
        } else if directives.last() == Some(&body) {
            directives.pop();
        } else if let Some((fence, _)) =
            body.split_once("{tab-").filter(|_| body.starts_with("```"))
        {
            directives.push(fence);
        } else if let Some((_, rest)) = body.split_once("<pre><code class=\"language-") {
            codes
                .push(unescape(rest.split_once("\">").unwrap().1.split("</code>").next().unwrap()));
        } else if let Some((_, rest)) = body.split_once("<pre><code className=\"language-") {
            let string = rest.split_once("\">{").unwrap().1.split("}</code>").next().unwrap();
            codes.push(serde_json::from_str(string).unwrap());
        } else {
            let close = match format {
                Format::ReStructuredText if body.starts_with(".. code-block::") => String::new(),
                Format::AsciiDoc if body.starts_with("[source") => {
                    at += 1;
                    lines[at - 1].trim().to_owned()
                }
                Format::Markdown | Format::Mdx if body.starts_with("```") => {
                    body.chars().take_while(|c| *c == '`').collect()
                }
                _ => continue,
            };
            let mut code = Vec::new();
            let is_rst = format == Format::ReStructuredText;
            let cut = if is_rst { margin + 3 } else { margin };
            while let Some(line) = lines.get(at) {
                let depth = line.len() - line.trim_start().len();
                let ends = if is_rst {
                    !line.trim().is_empty() && depth <= margin
                } else {
                    line.trim() == close && depth == margin
                };
                if ends {
                    break;
                }
                code.push(line.get(cut..).unwrap_or_default());
                at += 1;
            }
            // The line that closes the block is no other's first.
            at += usize::from(!is_rst);
            let text = code.join("\n");
            codes.push(if is_rst { text.trim_matches('\n').to_owned() } else { text });
        }
    }
    codes
}

/// The text of HTML with numeric references.
fn unescape(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let (number, after) = after.split_once(';').unwrap();
        out.push(char::from_u32(number.parse().unwrap()).unwrap());
        rest = after;
    }
    out + rest
}

const TARGETS: [&str; 3] = ["python", "go", "rust"];

/// The code for each target, without its last line end.
fn snippets(engine: &Engine, request: &str) -> Vec<(TargetId, String)> {
    let message = requote::parse(request.as_bytes()).unwrap();
    let quote = |name: &&str| {
        let id = engine.find(name).unwrap();
        let code = engine.quote(&message, &id, &Options::default()).unwrap().code?;
        Some((id, code.strip_suffix('\n').unwrap_or(&code).to_owned()))
    };
    TARGETS.iter().filter_map(quote).collect()
}

#[test]
fn what_a_reader_copies_is_the_snippet_in_every_style() {
    let engine = Engine::new();
    let settings = Settings::default().with_targets(TARGETS);
    let mut count = 0;
    for request in requests() {
        let snippets = snippets(&engine, &request);
        for name in settings.styles.names() {
            let settings = settings.clone().with_style(name);
            for format in settings.styles.get(name).unwrap().formats() {
                for mode in [Mode::Build, Mode::Update] {
                    let settings = settings.clone().with_mode(mode);
                    count += compare(&engine, &settings, *format, &request, &snippets);
                }
            }
        }
    }
    assert!(count > 1_000, "{count}");
}

/// Holds the code of a page against the snippets; how many there are.
fn compare(
    engine: &Engine,
    settings: &Settings,
    format: Format,
    request: &str,
    snippets: &[(TargetId, String)],
) -> usize {
    let page = page_of(format, request);
    let done = docs::expand(&page, format, engine, settings, &NoFiles);
    let [region] = done.regions.as_slice() else { panic!("{:?}\n{page}", done.regions) };
    let is_refused = |id: &TargetId| {
        let quoted = region.targets.iter().find(|quoted| quoted.target == *id).unwrap();
        quoted.diagnostics.iter().any(|it| it.code.starts_with("docs-"))
    };
    let expected: Vec<&str> =
        snippets.iter().filter(|(id, _)| !is_refused(id)).map(|(_, code)| code.as_str()).collect();
    let from = page.find("requote:begin").unwrap();
    let codes = read_back(&done.text[from..], format);
    assert_eq!(codes, expected, "{:?} {format} {:?}\n{}", settings.style, settings.mode, done.text);
    codes.len()
}

/// A page with a request and a region below it.
fn page_of(format: Format, request: &str) -> String {
    let indent =
        |by: &str| -> String { request.lines().flat_map(|line| [by, line, "\n"]).collect() };
    let (request, begin, end) = match format {
        Format::ReStructuredText => (
            format!(".. code-block:: http\n\n{}", indent("   ")),
            ".. requote:begin",
            ".. requote:end",
        ),
        Format::AsciiDoc => (
            format!("[source,http]\n--------\n{request}--------\n"),
            "// requote:begin",
            "// requote:end",
        ),
        Format::Mdx => (
            format!("`````````http\n{request}`````````\n"),
            "{/* requote:begin */}",
            "{/* requote:end */}",
        ),
        _ => (
            format!("`````````http\n{request}`````````\n"),
            "<!-- requote:begin -->",
            "<!-- requote:end -->",
        ),
    };
    format!("{request}\n{begin}\n\n{end}\n")
}

#[test]
fn no_directive_is_left_for_the_tool() {
    let engine = Engine::new();
    for (style, format, texts) in [
        ("mkdocs", Format::Markdown, &["{{", "{%", "{#", "8<-", "\t", "{++", "{>>"] as &[&str]),
        ("vitepress", Format::Markdown, &["@include", "[!code"]),
        ("mdbook", Format::Markdown, &["{{#"]),
        ("hugo", Format::Markdown, &["{{< readfile"]),
        ("gitbook", Format::Markdown, &["{% include"]),
        ("mintlify", Format::Mdx, &["{{", "[!code"]),
        ("docusaurus", Format::Mdx, &["highlight-next-line"]),
        (
            "asciidoc",
            Format::AsciiDoc,
            &["\ninclude::", "\nifdef::", "\n\\include::", "<1>", "<.>"],
        ),
    ] {
        for request in requests() {
            let settings = Settings::default().with_targets(["python", "go"]).with_style(style);
            let page = page_of(format, &request);
            let done = docs::expand(&page, format, &engine, &settings, &NoFiles);
            let at = page.find("requote:begin").unwrap();
            let written = &done.text[at..];
            for text in texts {
                assert!(!written.contains(text), "{style}: {text}\n{written}");
            }
        }
    }
}
