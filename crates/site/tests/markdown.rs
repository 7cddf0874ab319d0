//! Pages in Markdown as another generator reads them.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Parser, Tag, TagEnd};
use requote::{Engine, Options};
use requote_site::{Example, Format, Site, SiteError};

fn build(message: &[u8]) -> BTreeMap<String, String> {
    let engine = Engine::new();
    let message = requote::parse(message).unwrap();
    let ids = ["python", "curl"].map(|name| engine.find(name).unwrap()).to_vec();
    let site = Site::new(&engine, ids).unwrap().with_format(Format::Markdown);
    let mut files = BTreeMap::new();
    site.write(&[Example::new("a", &message)], |file| {
        files.insert(file.path, String::from_utf8(file.bytes).unwrap());
        Ok::<(), SiteError>(())
    })
    .unwrap();
    files
}

/// The page below its front matter.
fn body_of(page: &str) -> &str {
    let rest = page.strip_prefix("---\n").unwrap();
    rest.split_once("\n---\n").unwrap().1
}

/// The code of the blocks of a page, in fences and in `<pre>`.
fn code_of(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    let mut html = String::new();
    for event in Parser::new_ext(page, Extensions::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => open = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.push_str(&text);
                }
            }
            Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
            _ => {}
        }
    }
    for block in html.split("<pre><code").skip(1) {
        let code = block.split_once('>').unwrap().1.split_once("</code></pre>").unwrap().0;
        blocks.push(decode(code));
    }
    blocks
}

/// Undoes numeric references, which are all that there are.
fn decode(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap();
        out.push(char::from_u32(number.parse().unwrap()).unwrap());
        out.push_str(rest);
    }
    assert!(!out.contains("&#"));
    out
}

#[test]
fn pages_have_front_matter_and_the_code_in_fences() {
    let files = build(b"PUT /a HTTP/1.1\r\nHost: example.org\r\nContent-Length: 1\r\n\r\na");
    assert!(
        files["a/python.md"]
            .starts_with("---\ntitle: \"HTTP PUT request in Python\"\ndescription: \"")
    );
    let page = body_of(&files["a/python.md"]);
    assert!(page.contains("```python\nimport requests\n"), "{page}");
    assert!(page.contains("\n| Safe | no | yes | no | no |\n"), "{page}");
    assert!(page.contains("](index.md)") && page.contains("](shell.md)"), "{page}");
    assert!(!page.contains("\n\n\n\n"), "{page}");
}

#[test]
fn code_comes_back_and_no_directive_of_a_generator_is_in_a_page() {
    let directives = [
        "{{#include ../secret.txt}}",
        "--8<-- \"secret.txt\"",
        "<!--@include: ../package.json-->",
        "{{< readfile \"secret.txt\" >}}",
        "{% include secret.txt %}",
        "{{ 7*191 }}",
        "````\n</code></pre>\n::: danger",
        "x // [!code --]",
        "// highlight-next-line",
        "{++added++} {#id}",
        "<!-- tabs:start -->",
        "---\ntitle: x\n---",
    ];
    let engine = Engine::new();
    for directive in directives {
        let line = directive.lines().next().unwrap();
        let message = format!(
            "POST /a HTTP/1.1\r\nHost: example.org\r\nX-A: {line}\r\nContent-Type: text/plain\r\n\
             Content-Length: {}\r\n\r\n{directive}\n",
            directive.len() + 1
        );
        let files = build(message.as_bytes());
        let parsed = requote::parse(message.as_bytes()).unwrap();
        for (target, path) in [("python", "a/python.md"), ("curl", "a/shell.md")] {
            let snippet = engine.quote(&parsed, &engine.find(target).unwrap(), &Options::default());
            let code = snippet.unwrap().code.unwrap();
            let page = &files[path];
            assert!(code_of(body_of(page)).contains(&code), "{directive}\n{page}");
            for opening in [
                "{{",
                "{%",
                "{#",
                "{++",
                "8<--",
                "@include",
                "\n:::",
                "[!code",
                "highlight-next-line",
                "tabs:",
            ] {
                assert!(!page.contains(opening), "{opening}\n{page}");
            }
        }
    }
}
