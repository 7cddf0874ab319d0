//! What an author of templates can rely on.

use requote::{Engine, Options};

/// What a template of a small language prints for a message. The client of the language has a
/// parameter for Basic credentials.
fn print(template: &str, message: &str) -> Result<String, String> {
    let toml = "title = \"T\"\nextension = \"t\"\ndefault = \"x\"\n[client.x]\ntitle = \"X\"\n\
                docs = \"https://x.example/\"\nbasic = true\n[[string]]\nopen = '<'\nclose = '>'\n";
    let engine = Engine::with_templates([("t/language.toml", toml), ("t/x.tera", template)]);
    let message = requote::parse::parse(message.as_bytes()).map_err(|error| error.to_string())?;
    let id = engine.find("t").map_err(|error| error.to_string())?;
    let snippet =
        engine.quote(&message, &id, &Options::default()).map_err(|error| error.to_string())?;
    snippet.code.ok_or_else(|| snippet.diagnostics[0].message.clone())
}

const BASIC: &str = "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Basic dTpw\r\n\r\n";

#[test]
fn a_record_that_is_there_is_true_whatever_else_the_template_reads() {
    for template in [
        "{% if basic %}yes{% else %}no{% endif %}",
        "{% if basic and url | length > 1 %}yes{% else %}no{% endif %}",
        "{% if basic and body.kind == \"none\" %}yes{% else %}no{% endif %}",
        "{% set has = basic %}{% if has and body %}yes{% else %}no{% endif %}",
    ] {
        assert_eq!(print(template, BASIC).as_deref(), Ok("yes\n"), "{template}");
    }
}

#[test]
fn a_dash_takes_white_space_away_across_a_comment() {
    let printed = print("{{ url | str -}}{# why #}  b", BASIC);
    assert_eq!(printed.as_deref(), Ok("<https://h/>b\n"));
}
