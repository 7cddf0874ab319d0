//! What must hold of every built-in target.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use crate::language::{Language, Sources};
use crate::parse::parse;
use crate::render::Template;
use crate::view::{BodyMode, Options, Outcome, View};

#[test]
fn the_part_of_a_template_that_is_needed_prints_what_all_of_it_prints() -> Result<(), Box<dyn Error>>
{
    let mut messages = Vec::new();
    for entry in fs::read_dir("tests/requests")? {
        messages.push(fs::read(entry?.path())?);
    }
    let messages: Vec<_> = messages.iter().filter_map(|bytes| parse(bytes).ok()).collect();
    assert!(messages.len() > 100);
    let sources = Sources::built_in();
    for (name, client_name) in sources.targets() {
        let id = format!("{name}/{client_name}");
        let language = Arc::new(Language::load(&sources, name)?);
        let client = &language.clients[client_name];
        for mode in [BodyMode::Auto, BodyMode::Native] {
            let template = Template::load(&sources, name, &language, client_name)?;
            for message in &messages {
                let view = View::new(message, client, &Options::default().with_body(mode));
                if view.outcome == Outcome::Unsupported {
                    continue;
                }
                let part = template.render_part(&view).ok_or_else(|| id.clone())?;
                assert_eq!(part, template.render_whole(&view)?, "{id}");
                assert_eq!(part, template.render(&view)?, "{id}");
            }
        }
    }
    Ok(())
}

/// Where a template is not understood as steps, the interpreter prints the same, only slower: that it
/// happens to few is what is held here.
#[test]
fn an_ordinary_request_mostly_needs_no_interpreter() -> Result<(), Box<dyn Error>> {
    let bytes = fs::read("examples/put.http")?;
    let message = parse(&bytes).map_err(|_| "a message")?;
    let sources = Sources::built_in();
    let mut interpreted = Vec::new();
    for (name, client_name) in sources.targets() {
        let language = Arc::new(Language::load(&sources, name)?);
        let template = Template::load(&sources, name, &language, client_name)?;
        let view = View::new(&message, &language.clients[client_name], &Options::default());
        template.render(&view)?;
        if template.count_kinds() != (1, 1) {
            interpreted.push(format!("{name}/{client_name}"));
        }
    }
    assert!(interpreted.len() * 2 < sources.targets().len(), "{interpreted:#?}");
    Ok(())
}

/// A language with one client for each template.
fn language_of(templates: &[&str]) -> (Sources, Arc<Language>) {
    let mut toml = "title = \"T\"\nextension = \"t\"\ndefault = \"c0\"\n[[string]]\nopen = '<'\n\
                    close = '>'\nescapes = { '>' = '\\>' }\n[bytes]\nopen = '['\nclose = ']'\n\
                    byte = '{:02x}'\n"
        .to_owned();
    let mut sources = Sources::default();
    for (number, template) in templates.iter().enumerate() {
        writeln!(toml, "[client.c{number}]\ntitle = \"C\"\ndocs = \"https://c.example/\"")
            .expect("a String takes all");
        sources.lay_over(format!("t/c{number}.tera"), (*template).to_owned());
    }
    sources.lay_over("t/language.toml", toml);
    let language = Language::load(&sources, "t").map(Arc::new).expect("a language");
    (sources, language)
}

/// Holds `check` for each template, and a request with a repeated field, bytes and a body.
fn check_each(templates: &[&str], check: impl Fn(&str, &Template, &View<'_, '_>)) {
    let bytes = b"PUT /a?b HTTP/1.1\r\nHost: h:1\r\nX: 1\r\ny: >2\r\nx: \xe9\r\n\
                  Content-Length: 3\r\n\r\nabc";
    let message = parse(bytes).expect("a message");
    let (sources, language) = language_of(templates);
    for (number, text) in templates.iter().enumerate() {
        let name = format!("c{number}");
        let template = Template::load(&sources, "t", &language, &name).expect("a template");
        check(text, &template, &View::new(&message, &language.clients[&name], &Options::default()));
    }
}

#[test]
fn steps_print_what_the_interpreter_prints() {
    let templates = [
        "{{ url | str }} {{ method | word(case=\"title\") }} {{ port }} {{ target | bytes }}",
        "{{ (scheme ~ \"://\" ~ authority) | str(oneline=true) }}",
        "{% for h in headers %}{{ loop.index }}{{ h.name | str }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% for h in headers | reverse %}{% if loop.first %}a{% elif h.is_text and not loop.last %}{{ h.value | str }}{% else %}{{ h.bytes | bytes }}{% endif %}{% endfor %}",
        "{% for g in header_groups %}{{ g.name | str }}{{ g.values[0].name | str }}{% for v in g.values %}{{ v.bytes | bytes }}{% endfor %};{% endfor %}",
        "{% for g in header_groups %}{% for v in g.values %}{{ g.name | str }}{{ v.name | str }}{% endfor %}{% endfor %}",
        "{% set u = url %}{{ u | str }}{% set l = headers %}{% if l %}1{% endif %}{% for h in l %}.{% endfor %}",
        "{% set q = url | str %}{% if q | length > 9 %}long{% else %}short{% endif %}",
        "{% set is_long = url | str | length < 9 %}{% if is_long %}1{% endif %}2",
        "{% for h in headers %}{% if h.name | str | length == 3 or h.is_empty %}{{ h.name | str }}{% endif %}{% endfor %}",
        "{% set block %} {{ url | str }}\n {% endset %}a{{ block | trim }}b{{ block }}c",
        "{% filter fit(width=40, tail=1) %}f(\n    {{ method | str }},\n    {{ method | str }},\n)\n{% endfilter %}",
        "{% filter fit(width=20) %}f(\n    {{ url | str }},\n);\n{% endfilter %}",
        "{% for p in body.pairs %}{{ p.name | str }}{% endfor %}{% for c in cookies %}{{ c.value | str }}{% endfor %}{{ body.text | str(level=1) }}",
    ];
    check_each(&templates, |text, template, view| {
        let part = template.render_part(view).expect(text);
        assert_eq!(part, template.render_whole(view).expect(text), "{text}");
        assert_eq!(template.count_kinds(), (1, 1), "not taken as steps: {text}");
    });
}

#[test]
fn what_is_no_step_is_left_to_the_interpreter() {
    let templates = [
        // Tera says that these are faults.
        "{{ url }}",
        "{{ url | str | upper }}",
        "{{ headers[0].value }}",
        "{{ method | word(case=\"odd\") }}",
        "{{ headers | str }}",
        "{{ bearer | str }}",
        // Without brackets the filter is about the last operand.
        "{{ scheme ~ url | str }}",
        // These it prints, in ways of its own.
        "{{ url | upper | str }}",
        "{{ url | str(level=0, other=1) }}",
        "{% set x = 1 %}{% for h in headers %}{% set x = 2 %}{% endfor %}{{ url | str }}",
        "{% for x in [1, 2] %}{{ url | str }}{% endfor %}",
        "{% raw %}{{ x }}{% endraw %}",
    ];
    check_each(&templates, |text, template, view| match template.render_whole(view) {
        Ok(whole) => assert_eq!(template.render(view).expect(text), whole, "{text}"),
        Err(fault) => {
            assert_eq!(template.render_part(view), None, "{text}");
            assert_eq!(template.render(view).unwrap_err().message, fault.message, "{text}");
        }
    });
}
