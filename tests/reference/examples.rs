//! The examples of the reference are templates.

use requote::Engine;

use crate::names;

const TABLE: &str = "title = 'T'\nextension = 't'\ndefault = 'x'\n\
    [[string]]\nopen = '\"'\nclose = '\"'\n\
    escapes = { '\"' = '\\\"', '\\' = '\\\\' }\nother = [{ write = '\\u{{:x}}' }]\n\
    [json]\nnull = 'null'\ntrue = 'true'\nfalse = 'false'\n\
    object = { open = '{', close = '}' }\narray = { open = '[', close = ']' }\n\
    [bytes]\nopen = '['\nclose = ']'\n[comment]\nline = '#'\n\
    [client.x]\ntitle = 'X'\ndocs = 'https://x.example/'\noptions.response.source = 's'\n";

#[test]
fn every_example_of_a_filter_loads() {
    let mut count = 0;
    for (filter, meaning) in names::filters() {
        let example = meaning.rsplit_once(" `{").map(|(_, example)| format!("{{{example}"));
        let example = example.expect("an example").trim_end_matches('`').to_owned();
        let end = match example.split_whitespace().nth(1) {
            Some("if") => "{% endif %}",
            Some("for") => "{% endfor %}",
            _ => "",
        };
        let template = format!(
            "{{% set block %}}a{{% endset %}}{{% set names = [h.name for h in headers] %}}\
             {{% set number = port %}}{{% if options.response == \"json\" %}}{{% endif %}}\
             {{% for g in header_groups %}}{{% for h in headers %}}\n{example}{end}\n\
             {{% endfor %}}{{% endfor %}}"
        );
        let files = [("t/language.toml", TABLE), ("t/x.tera", &template)];
        let found = Engine::builder().templates(files).findings();
        let mut faults = found.iter().filter(|it| it.code.ends_with("-invalid"));
        let fault = faults.next().map(|it| &it.message);
        assert_eq!(fault, None, "the example of `{filter}`: {example}");
        count += 1;
    }
    assert!(count > 30, "only {count} filters were found");
}
