//! Options: what a client declares is what its template reads, and a target that lacks one says so.

use requote::{Engine, Error, Options, Outcome, Reading, Snippet};

const TABLE: &str = "title = 'X'\nextension = 'x'\ndefault = 'a'\n\
    [[string]]\nopen = '<'\nclose = '>'\n\
    [[string]]\nfamily = 'interpolated'\nopen = 'f<'\nclose = '>'\n\
    [variable]\ncase = 'upper'\nreserved = ['PATH']\nread = { variable = '{NAME}', inside = '{{NAME}}' }\n\
    [client.a]\ntitle = 'Client a'\ndocs = 'd'\n[client.a.target]\n";

const TEMPLATE: &str = "{% for v in variables %}\n{{ v.name | word }} = {{ v.value | str }}\n{% endfor %}\n\
    {{ method | str }} {{ url | str }} {{ body.text | str }}{{ body.file | str }}\
    {% for h in headers %}{{ h.name | str }}: {{ h.value | str }}{% endfor %}";

fn build(options: &str, template: &str) -> Result<Engine, Error> {
    let table = format!("{TABLE}{options}");
    let files = [("x/language.toml", table), ("x/a.tera", format!("{TEMPLATE}{template}"))];
    Engine::builder().templates(files).build()
}

fn quote(engine: &Engine, target: &str, message: &str, given: &[(&str, &str)]) -> Snippet {
    let mut options = Options::default();
    for (name, value) in given {
        options.add_option(name, value).unwrap();
    }
    let message = requote::parse(message.as_bytes()).unwrap();
    engine.quote(&message, &engine.find(target).unwrap(), &options).unwrap()
}

const GET: &str =
    "GET /v1/orders?n=12345 HTTP/1.1\r\nHost: h.example\r\nX-Order: no. 12345\r\n\r\n";

#[test]
fn a_template_reads_the_options_that_its_table_declares_and_no_others() {
    let timeout = "[client.a.options.timeout]\n";
    let reads = "{% if options.timeout %}{{ options.timeout.seconds }}{% endif %}";
    assert!(build(timeout, reads).is_ok());
    for (options, template, place) in [
        (timeout, "", "does not read `options.timeout`"),
        ("", reads, "this client has no option `timeout`"),
        (timeout, "{% if options.timeot %}{% endif %}", "did you mean `timeout`"),
        (timeout, "{{ options.timeout.minutes }}", "has no field `minutes`"),
        ("[client.a.options.mine]\n", "", "no `type` or `help`"),
        ("[client.a.options.redirects]\nvalues = ['maybe']\n", "", "no value `maybe`"),
    ] {
        let fault = build(options, template).unwrap_err().to_string();
        assert!(fault.contains(place), "{fault}");
    }
}

#[test]
fn a_text_of_an_option_of_ones_own_passes_a_literal_filter() {
    let option = "[client.a.options.proxy]\ntype = 'text'\nhelp = 'A proxy'\n";
    assert!(build(option, "{{ options.proxy }}").is_err());
    let engine = build(option, "{% if options.proxy %} via {{ options.proxy | str }}{% endif %}");
    let code = quote(&engine.unwrap(), "x", GET, &[("proxy", "http://p")]).code.unwrap();
    assert!(code.ends_with(" via <http://p>\n"), "{code}");
}

#[test]
fn a_time_is_a_number_of_seconds_or_milliseconds() {
    let template = "{% if options.timeout %} {{ options.timeout.seconds }} \
        {{ options.timeout.milliseconds }} {{ options.timeout.is_whole }}{% endif %}";
    let engine = build("[client.a.options.timeout]\n", template).unwrap();
    for (value, written) in [("10", " 10 10000 true\n"), ("2.5", " 2.5 2500 false\n")] {
        let code = quote(&engine, "x", GET, &[("timeout", value)]).code.unwrap();
        assert!(code.ends_with(written), "{code}");
    }
}

#[test]
fn a_target_that_lacks_an_option_says_so_once_and_what_it_does_anyway_is_no_lack() {
    let engine = build("", "").unwrap();
    let plain = quote(&engine, "x", GET, &[]);
    let given =
        [("timeout", "1"), ("mine", "x"), ("mine", "y"), ("response", "text"), ("insecure", "no")];
    let told = quote(&engine, "x", GET, &given);
    assert_eq!((told.code, told.outcome), (plain.code, Outcome::Exact));
    let codes: Vec<&str> = told.diagnostics.iter().map(|it| &*it.code).collect();
    assert_eq!(codes, ["option-missing"; 2]);
    let near = quote(&engine, "x", GET, &[("timout", "1")]);
    assert!(near.diagnostics[0].message.ends_with("did you mean `timeout`?"), "{near:?}");
    // A value that the client does not take.
    let engine = build(
        "[client.a.options.response]\nvalues = ['none']\n",
        "{% if options.response == 'none' %}!{% endif %}",
    );
    let told = quote(&engine.unwrap(), "x", GET, &[("response", "json")]);
    assert_eq!(told.diagnostics.last().map(|it| &*it.code), Some("option-value"));
}

#[test]
fn a_response_without_content_is_not_read_as_json() {
    let template = "{{ options.response == 'json' }} {{ options.response == 'status' }}";
    let template =
        template.replace("{{ ", "{% if ").replace(" }}", " %}yes{% else %}no{% endif %}");
    let head = GET.replacen("GET", "HEAD", 1);
    for (values, message, code, told) in [
        ("", GET, "yes no", 0),
        ("", head.as_str(), "no yes", 1),
        ("values = ['text', 'json']\n", head.as_str(), "no no", 1),
    ] {
        let options = format!("[client.a.options.response]\n{values}");
        let template = match values {
            "" => template.clone(),
            _ => "{% if options.response == 'json' %}yes{% else %}no{% endif %} no".to_owned(),
        };
        let engine = build(&options, &template).unwrap();
        let snippet = quote(&engine, "x", message, &[("response", "json")]);
        assert!(snippet.code.unwrap().ends_with(&format!("{code}\n")));
        let notes = snippet.diagnostics.iter().filter(|told| told.code == "option-unused");
        assert_eq!(notes.count(), told);
    }
}

#[test]
fn a_variable_of_the_code_is_set_first_and_read_wherever_the_text_is() {
    let engine = build("[client.a.options.base-url]\n[client.a.options.var]\n", "").unwrap();
    let code = |given: &[(&str, &str)]| quote(&engine, "x", GET, given).code.unwrap();
    assert_eq!(
        code(&[("var", "order_id:12345"), ("base-url", "")]),
        "BASE_URL = <https://h.example>\nORDER_ID = <12345>\n\
         <GET> f<{BASE_URL}/v1/orders?n={ORDER_ID}> <><><X-Order>: f<no. {ORDER_ID}>\n"
    );
    let deeper = code(&[("base-url", "https://h.example/v1")]);
    assert!(deeper.starts_with("BASE_URL = <https://h.example/v1>\n<GET> f<{BASE_URL}/orders?"));
    // A name that the code has, and one that the language keeps for itself.
    assert!(code(&[("var", "get:orders")]).starts_with("GET_2 = <orders>\n"));
    assert!(code(&[("var", "path:orders")]).starts_with("PATH_2 = <orders>\n"));
    // A text that the request does not have, and one that the code has no variable for.
    for given in [("var", "A:nowhere"), ("var", "A:X-Order"), ("base-url", "https://other.example")]
    {
        let snippet = quote(&engine, "x", GET, &[given]);
        assert_eq!(snippet.code.unwrap(), code(&[]), "{given:?}");
        assert_eq!(snippet.diagnostics.last().unwrap().code, "option-unused", "{given:?}");
    }
}

/// Haskell names a variable twice where it sets it: in its type and in its value.
#[test]
fn a_variable_that_is_only_set_is_left_out_however_often_its_name_is_there() {
    let engine = Engine::new();
    let target = engine.find("haskell").unwrap();
    for (path, is_read) in [("/a?b=c", true), ("/a#b", false)] {
        let message = format!("GET {path} HTTP/1.1\r\nHost: h.example\r\n\r\n");
        let message = requote::parse(message.as_bytes()).unwrap();
        let mut options = Options::default();
        options.add_option("base-url", "").unwrap();
        let snippet = engine.quote(&message, &target, &options).unwrap();
        let names = snippet.code.unwrap().matches("baseUrl").count();
        assert_eq!(names, if is_read { 3 } else { 0 }, "{path}");
        let is_told = snippet.diagnostics.iter().any(|told| told.code == "option-unused");
        assert_eq!(is_told, !is_read, "{path}");
    }
}

#[test]
fn a_placeholder_is_told_until_a_variable_takes_its_place() {
    let engine = Engine::new();
    let input = b"GET /{{id}} HTTP/1.1\r\nHost: h.example\r\nX-Key: $TOKEN\r\n\r\n";
    let target = engine.find("python").unwrap();
    let tell = |given: &[&str]| {
        let mut options = Options::default();
        for value in given {
            options.add_option("var", value).unwrap();
        }
        let quoted = engine.quote_input(input.to_vec(), &Reading::default(), &target, &options);
        let told = quoted.found.iter().filter(|it| it.code == "placeholder").count();
        (told, quoted.result.unwrap().code.unwrap())
    };
    assert_eq!(tell(&[]).0, 2);
    let (told, code) = tell(&["TOKEN:$TOKEN"]);
    assert_eq!(told, 1);
    // The name is free, though it is in the text of which the variable takes the place.
    assert!(code.contains("TOKEN = \"$TOKEN\"") && code.contains("\"X-Key\": TOKEN"), "{code}");
    assert_eq!(tell(&["TOKEN:$TOKEN", "ID:{{id}}"]).0, 0);
}
