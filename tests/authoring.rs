//! What an author of templates can rely on.

use requote::{Engine, Options};

const LANGUAGE: &str = "title = \"T\"\nextension = \"t\"\ndefault = \"x\"\n[[string]]\nopen = '<'\n\
    close = '>'\n[[string]]\nfamily = 'wide'\nopen = 'L<'\nclose = '>'\n\
    [client.x]\ntitle = \"X\"\ndocs = \"https://x.example/\"\nbasic = true\n";

/// An engine with one small language, `t`, whose client has a parameter for Basic credentials.
fn engine(language: &str, template: &str) -> Engine {
    Engine::with_templates([
        ("t/language.toml", language),
        ("t/x.tera", template),
        ("t/_part.tera", "{{ g.nam | str }}"),
    ])
}

/// What a template prints for a message.
fn print(template: &str, message: &str) -> Result<String, String> {
    let engine = engine(LANGUAGE, template);
    let message = requote::parse(message.as_bytes()).map_err(|error| error.to_string())?;
    let id = engine.find("t").map_err(|error| error.to_string())?;
    let snippet =
        engine.quote(&message, &id, &Options::default()).map_err(|error| error.to_string())?;
    snippet.code.ok_or_else(|| snippet.diagnostics[0].message.clone())
}

/// What is wrong with a language.
fn load(language: &str, template: &str) -> Result<(), String> {
    engine(language, template).load_language("t").map_err(|error| error.to_string())
}

const BASIC: &str = "GET / HTTP/1.1\r\nHost: h.io\r\nAuthorization: Basic dTpw\r\n\r\n";

#[test]
fn a_workspace_takes_files_of_the_language_and_of_the_shared_folder() {
    let engine = Engine::new();
    for (name, is_there) in [
        ("driver.sh", true),
        ("_shared/batch.sh", true),
        ("batch.sh", false),
        ("_shared/driver.sh", false),
    ] {
        assert_eq!(engine.language_file("go", name).is_some(), is_there, "{name}");
    }
}

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
    assert_eq!(printed.as_deref(), Ok("<https://h.io/>b\n"));
}

/// Each template loads, and prints this.
#[test]
fn what_exists_is_no_fault() {
    for (template, printed) in [
        ("{{ url | str(level=1, style=\"wide\") }}", "L<https://h.io/>\n"),
        (
            "{% set u = url %}{{ u | str }}{% if u is starting_with(pat=\"h\") %}!{% endif %}",
            "<https://h.io/>!\n",
        ),
        (
            "{{ (scheme ~ \"://\" ~ host) | str }} {{ port }} {{ method | word(case=\"lower\") }}",
            "<https://h.io> 443 get\n",
        ),
        (
            "{% for h in headers %}{{ loop.index }}{{ h.name | str }}{% else %}none{% endfor %}",
            "none\n",
        ),
        ("{{ [h.name for h in headers if h.is_text] | join(sep=\",\") | str }}", "<>\n"),
        (
            "{% set all = [] if needs.host_header else headers %}{% for h in all %}{{ h.value | str }}{% endfor %}.",
            ".\n",
        ),
        ("{% set part %} a{{ url | str }} {% endset %}{{ part | trim }}", "a<https://h.io/>\n"),
        (
            "{% for m in [\"GET\", \"PUT\"] %}{% if m == method %}{{ m | str }}{% endif %}{% endfor %}",
            "<GET>\n",
        ),
        (
            "{% if method in [\"GET\"] and body.kind not in [\"text\", \"file\"] %}{{ body[\"length\"] }}{% endif %}",
            "0\n",
        ),
        ("{% raw %}{{ nothing }}{% endraw %}{# {{ nothing }} #}", "{{ nothing }}\n"),
        (
            "{% set_global n = 1 %}{% for h in headers %}{% set_global n = 2 %}{% endfor %}{{ n }}",
            "1\n",
        ),
        (
            "{% component c(a: string) %}{{ a | str }}{% endcomponent c %}{{ <c a={url} /> }}",
            "<https://h.io/>\n",
        ),
        (
            "{% set g = basic %}{% if g %}{{ g.user | str }}{% endif %}{{ \"a\" | str if basic else port }}",
            "<u><a>\n",
        ),
        ("'{{ url | str }}\"", "'<https://h.io/>\"\n"),
    ] {
        assert_eq!(print(template, BASIC).as_deref(), Ok(printed), "{template}");
    }
}

/// Each template is refused when it loads, with this message at this place.
#[test]
fn what_does_not_exist_is_a_fault_of_the_template() {
    for (template, place, message) in [
        ("\n  {{ uri | str }}", "2:6", "there is no name `uri`; did you mean `url`?"),
        (
            "{% if a %}{{ bdy.text | str }}{% endif %}",
            "1:14",
            "no name `bdy`; did you mean `body`?",
        ),
        (
            "é{% if body.is_asci %}{% endif %}",
            "1:13",
            "`body` has no field `is_asci`; did you mean `is_ascii`?",
        ),
        (
            "{% for h in headers %}\n    {% if h.valu %}\n{% endif %}{% endfor %}",
            "2:13",
            "`header` has no field `valu`",
        ),
        ("{% for h in headers | reverse %}{{ h.nam | str }}{% endfor %}", "1:38", "no field `nam`"),
        ("{{ headers[0].nam | str }}", "1:15", "no field `nam`"),
        ("{% set l = [h for h in headers if h.x] %}", "1:37", "no field `x`"),
        ("{% set b = body %}{{ b[\"txt\"] | str }}", "1:24", "no field `txt`"),
        ("{% set k = \"text\" %}{{ body[k] | str }}", "1:29", "asked for by its name"),
        ("{{ loop.index }}", "1:4", "there is no name `loop`"),
        ("{% for h in headers %}{{ loop.indx }}{% endfor %}", "1:31", "invalid field of `loop`"),
        (
            "{% for h in headers %}{% set n = 1 %}{% endfor %}{{ n }}",
            "1:53",
            "there is no name `n`",
        ),
        ("{% for x in body %}{% endfor %}", "1:13", "a loop goes through a list"),
        ("{{ url.length }}", "1:8", "no fields"),
        ("{{ url | strr }}", "1:10", "strr"),
        ("{{ url | wordcount(x=1) }}", "1:20", "`wordcount` takes no argument `x`"),
        (
            "{{ url | str(levle=1) }}",
            "1:14",
            "`str` takes no argument `levle`; did you mean `level`?",
        ),
        (
            "{% filter join_lines(widht=9) %}{% endfilter %}",
            "1:22",
            "`join_lines` takes no argument `widht`",
        ),
        ("{% if url is starting_with(pt=\"a\") %}{% endif %}", "1:28", "takes no argument `pt`"),
        ("{% for i in range(until=3) %}{% endfor %}", "1:19", "`range` takes no argument `until`"),
        (
            "{{ url | str(style=\"nope\") }}",
            "1:20",
            "`style` of `str` cannot be `nope`: there are `wide`",
        ),
        ("{{ method | word(case=\"odd\") }}", "1:23", "`case` of `word` cannot be `odd`"),
        ("{% if needs.rawtarget %}{% endif %}", "1:13", "nothing sets the need `rawtarget`"),
        ("{% if body.kind == \"txt\" %}{% endif %}", "1:20", "`txt` is none of the texts"),
        (
            "{% if body.kind not in [\"text\", \"jsn\"] %}{% endif %}",
            "1:33",
            "`jsn` is none of the texts",
        ),
        ("{% if \"htps\" != scheme %}{% endif %}", "1:7", "`htps` is none of the texts"),
        ("{% if a %}{{ b }}{% endif %}", "1:7", "there is no name `a`"),
        ("{% set g = body %}{% include \"t/_part.tera\" %}", "1:6", "`body` has no field `nam`"),
        (
            "{% component c(a) %}{{ url | str }}{% endcomponent c %}{{ <c a={url} /> }}",
            "1:24",
            "no name `url`",
        ),
    ] {
        let told = load(LANGUAGE, template).expect_err(template);
        assert!(told.contains(message), "{template}: {told}");
        assert!(told.contains(&format!(".tera:{place}\n")), "{template}: {told}");
    }
}

/// Each value gets into the code as the literal that a filter wrote, or not at all.
#[test]
fn a_literal_is_printed_as_it_is() {
    for (template, place, message) in [
        ("{{ url }}", "1:4", "a value must pass a literal filter"),
        ("{{ url | lower }}", "1:4", "a value must pass a literal filter"),
        ("{{ \"a\" }}", "1:4", "a value must pass a literal filter"),
        ("{{ headers }}", "1:4", "a value must pass a literal filter"),
        ("{{ url | safe }}", "1:10", "no filter `safe`"),
        ("{{ url | str | upper }}", "1:16", "`upper` would change what is already code"),
        ("{{ url | str | trim(pat='\"') }}", "1:16", "`trim` would change"),
        ("{{ url | str | str }}", "1:16", "`str` would change"),
        (
            "{% set u = url | str %}{{ u | replace(from=\"<\", to=\"\") }}",
            "1:31",
            "`replace` would change",
        ),
        (
            "{% set u %}{{ url | str }}{% endset %}{{ u | trim(pat=\">\") }}",
            "1:46",
            "`trim` would change",
        ),
        ("{% filter upper %}{{ url | str }}{% endfilter %}", "1:11", "`upper` would change"),
        ("{{ (url | str ~ \"x\") | str }}", "1:5", "already code"),
        ("{{ [url | str] | join(sep=\"\") | str }}", "1:5", "already code"),
        (
            "{% component c(a) %}{{ a | str }}{% endcomponent c %}{{ <c a={url | str} /> }}",
            "1:63",
            "already code",
        ),
        ("{{ url | str if basic else url }}", "1:28", "has not passed a literal filter"),
        ("{{ headers | str }}", "1:4", "`str` takes text"),
        ("{{ port | bytes }}", "1:4", "`bytes` takes text or bytes"),
        ("a = \"{{ url | str }}\"", "1:9", "a literal brings its own quotes"),
    ] {
        let told = load(LANGUAGE, template).expect_err(template);
        assert!(told.contains(message), "{template}: {told}");
        assert!(told.contains(&format!(".tera:{place}\n")), "{template}: {told}");
    }
}

#[test]
fn a_fault_shows_the_line_that_the_author_wrote() {
    let told = load(LANGUAGE, "a\n\t{% if\n  body.knd -%}\n  {% endif %}\n").unwrap_err();
    let shown = "t/x.tera: `body` has no field `knd`; did you mean `kind`?\n \
                 --> t/x.tera:3:8\n  |\n3 |   body.knd -%}\n  |        ^^^";
    assert_eq!(told, shown);
    let told = load(LANGUAGE, "{# a #}\n  {% if url %}\n  {% elif / %}\n{% endif %}").unwrap_err();
    assert!(told.contains("t/x.tera:3:11\n  |\n3 |   {% elif / %}\n  |           ^"), "{told}");
}

#[test]
fn each_need_of_a_client_is_read_by_its_template() {
    for (rules, message, place) in [
        ("[[client.x.rule]]\nwhen = { method = ['PUT'] }\nneed = \"own\"\n", "`needs.own`", "17:1"),
        ("[client.x.target]\nraw = []\n", "`needs.raw_target`", "16:1"),
    ] {
        let language = format!("{LANGUAGE}{rules}");
        let told = load(&language, "{{ url | str }}").expect_err(rules);
        assert!(told.contains(message), "{told}");
        assert!(told.contains(&format!("t/language.toml:{place}\n")), "{told}");
        let template = "{% if needs.own or needs.raw_target %}{{ url | str }}{% endif %}";
        let own = template.replace(" or needs.raw_target", "");
        let raw = template.replace("needs.own or ", "");
        assert!([own, raw].iter().any(|template| load(&language, template).is_ok()), "{rules}");
    }
}

#[test]
fn each_fact_of_the_api_is_read_by_its_template() {
    for (facts, name, place) in [
        ("[[client.x.helper]]\nmethods = ['PUT']\n", "method_has_helper", "15:1"),
        ("[[client.x.takes]]\nnames = ['a']\n", "taken", "15:1"),
    ] {
        let language = format!("{LANGUAGE}{facts}");
        let told = load(&language, "{{ url | str }}").expect_err(facts);
        assert!(told.contains(&format!("does not read `{name}`")), "{told}");
        assert!(told.contains(&format!("t/language.toml:{place}\n")), "{told}");
        assert_eq!(load(&language, &format!("{{% if {name} %}}a{{% endif %}}")), Ok(()));
    }
}

#[test]
fn a_need_that_turns_a_fact_off_is_set_by_some_rule() {
    for facts in [
        "[[client.x.takes]]\nnames = ['a']\nunless-need = \"own\"\n",
        "[client.x.names]\nunless-need = \"own\"\n",
    ] {
        let language = format!("{LANGUAGE}{facts}");
        let template = "{% if taken %}a{% endif %}";
        let told = load(&language, template).expect_err(facts);
        assert!(told.contains("nothing sets the need `own`"), "{told}");
        assert!(told.contains("unless-need = \"own\""), "{told}");
        let rule = "[[client.x.rule]]\nwhen = { method = ['PUT'] }\nneed = \"own\"\n";
        let template = "{% if needs.own or taken %}a{% endif %}";
        assert_eq!(load(&format!("{language}{rule}"), template), Ok(()));
    }
}

#[test]
fn a_style_whose_keys_do_not_fit_together_is_a_fault() {
    for (style, message) in [
        ("open = '|'\nclose = '{fence}|'\nfence = '#'", "`fence` needs a place"),
        ("open = '{fence}|'\nclose = '|'\nfence = '#'", "`fence` needs a place"),
        ("open = '|'\nclose = ''\nlead = '|'", "`lead` begins each line"),
        ("open = ''\nclose = ''\nlead = '|'\nmargin = true", "`lead` begins each line"),
        ("open = '{number}|'\nclose = '|'", "`{number}` is in `open` and in `close`"),
        (
            "open = '|'\nclose = '|'\nmargin = true\nconcat.join = '+'",
            "`margin` does not go with it",
        ),
    ] {
        let (head, client) = LANGUAGE.split_at(LANGUAGE.find("[client.x]").unwrap());
        let told = load(&format!("{head}[[string]]\n{style}\n{client}"), "").expect_err(style);
        assert!(told.contains(message), "{style}: {told}");
    }
}

#[test]
fn templates_share_files_and_components() {
    let print = |template: &str| {
        let engine = Engine::with_templates([
            ("t/language.toml", LANGUAGE),
            ("t/x.tera", template),
            (
                "t/_named.tera",
                "{% component named(a: string) %}{{ a | str }}!{% endcomponent named %}",
            ),
            ("_shared/url.tera", "{% include \"_shared/inner.tera\" %}{{ at | str }}"),
            ("_shared/inner.tera", "{{ method | str }}"),
        ]);
        let message = requote::parse::parse(BASIC.as_bytes()).map_err(|error| error.to_string())?;
        let id = engine.find("t").map_err(|error| error.to_string())?;
        let quoted = engine.quote(&message, &id, &Options::default());
        Ok::<_, String>(quoted.map_err(|error| error.to_string())?.code.unwrap_or_default())
    };
    let shared = "{% set at = url %}{% include \"_shared/url.tera\" %}";
    assert_eq!(print(shared).as_deref(), Ok("<GET><https://h.io/>\n"));
    assert_eq!(print("{{ <named a={url} /> }}").as_deref(), Ok("<https://h.io/>!\n"));
    let told = print("{% include \"_shared/url.tera\" %}").unwrap_err();
    assert!(told.contains("there is no name `at`"), "{told}");
    assert!(told.contains("--> _shared/url.tera:1:38\n"), "{told}");
    let told = print("\n{% include \"_shared/none.tera\" %}").unwrap_err();
    assert!(told.contains("_shared/none.tera"), "{told}");
}

/// A component has a scope of its own: what it reads of its arguments, and what holds for the whole code,
/// is known in it all the same.
#[test]
fn a_component_of_a_partial_is_checked_and_writes_variables() {
    let environment = "[environment]\nvariable = 'env {NAME}'\njoin = '+'\n[client.x]";
    let language = LANGUAGE.replace("[client.x]", environment);
    let print = |component: &str| {
        let engine = Engine::with_templates([
            ("t/language.toml", &*language),
            ("t/x.tera", "{% for h in headers %}{{ <whole field={h} /> }}{% endfor %}"),
            ("t/_other.tera", "{{ g.nothing | str }}"),
            ("t/_whole.tera", component),
        ]);
        let message = b"GET / HTTP/1.1\r\nHost: h.io\r\nX-Api-Key: abcdefgh\r\n\r\n";
        let message = requote::parse(message).map_err(|error| error.to_string())?;
        let id = engine.find("t").map_err(|error| error.to_string())?;
        let options = Options::default().with_secrets(requote::Secrets::Env);
        let quoted = engine.quote(&message, &id, &options);
        Ok::<_, String>(quoted.map_err(|error| error.to_string())?.code.unwrap_or_default())
    };
    let whole =
        |body: &str| format!("{{% component whole(field) %}}{body}{{% endcomponent whole %}}");
    let printed = print(&whole("{{ field.name | str }}: {{ field.value | str }}"));
    assert_eq!(printed.as_deref(), Ok("<X-Api-Key>: env API_KEY\n"));
    let told = print(&whole("{{ url | str }}")).unwrap_err();
    assert!(told.contains("there is no name `url`"), "{told}");
    assert!(told.contains("--> t/_whole.tera:1:32\n"), "{told}");
}

#[test]
fn a_text_that_no_literal_holds_goes_into_a_file_or_is_a_reason() {
    let language = LANGUAGE.replace("close = '>'", "close = '>'\nforbid = ['>']");
    let template = "{{ method | word }} {{ url | str }} {{ body.text | str }} {{ body.file | str }}\
                    {% for h in headers %}{{ h.value | str }}{% endfor %}";
    let engine = engine(&language, template);
    let id = engine.find("t").unwrap();
    let quote = |message: &str| {
        let message = requote::parse::parse(message.as_bytes()).unwrap();
        let snippet = engine.quote(&message, &id, &Options::default()).unwrap();
        let assessed = engine.assess(&message, &id, &Options::default()).unwrap().0;
        assert_eq!(assessed, snippet.outcome);
        snippet
    };
    let held = quote("PUT /a HTTP/1.1\r\nHost: h.io\r\nContent-Length: 1\r\n\r\nb");
    assert_eq!(held.code.as_deref(), Some("PUT <https://h.io/a> <b> <>\n"));
    let filed = quote("PUT /a HTTP/1.1\r\nHost: h.io\r\nContent-Length: 2\r\n\r\n>b");
    assert_eq!(filed.code.as_deref(), Some("PUT <https://h.io/a> <> <body.bin>\n"));
    assert_eq!(
        (filed.attachments[0].name.as_str(), &*filed.attachments[0].bytes),
        ("body.bin", &b">b"[..])
    );
    let name = "a name in the code is of ASCII letters, digits and underscores";
    for (message, reason) in [
        (
            "GET /a HTTP/1.1\r\nHost: h.io\r\nX: of 'what' it is >b\r\n\r\n",
            "no string literal of this language can hold U+003E of `of 'what' it is >b`",
        ),
        (
            "PUT /a HTTP/1.1\r\nHost: h.io\r\nX: >\r\nContent-Length: 1\r\n\r\n>",
            "can hold U+003E of `>`",
        ),
        ("M-SEARCH /a HTTP/1.1\r\nHost: h.io\r\n\r\n", &*format!("`M-SEARCH`: {name}")),
    ] {
        let refused = quote(message);
        assert_eq!(refused.outcome, requote::Outcome::Unsupported);
        assert_eq!((refused.code, refused.attachments.len()), (None, 0), "{message}");
        let told = refused.diagnostics.last().unwrap();
        assert_eq!(told.code, "text-unwritable", "{message}");
        assert!(told.message.ends_with(reason), "{}", told.message);
    }
}

/// What ends each entry of a block is between them.
#[test]
fn a_block_is_separated() {
    let print = |template: &str| {
        let engine =
            engine(LANGUAGE, &format!("{{{{ method | str }}}} {{{{ url | str }}}}\n{template}"));
        let message = b"GET / HTTP/1.1\r\nHost: h.io\r\nA: 1,\r\nB: 2,\r\n\r\n";
        let message = requote::parse::parse(message).unwrap();
        let id = engine.find("t").unwrap();
        let code = engine.quote(&message, &id, &Options::default()).unwrap().code.unwrap();
        code.split_once('\n').unwrap().1.to_owned()
    };
    let each = "{% for h in headers %}\n{{ h.name | str }} {{ h.value | str }},\n{% endfor %}\n";
    let block = format!("[\n{{% filter separated %}}\n{each}{{% endfilter %}}\n]");
    assert_eq!(print(&block), "[\n<A> <1,>,\n<B> <2,>\n]\n");
    let set = format!("{{% set all | separated %}}\n{each}{{% endset %}}\n[\n{{{{ all }}}}\n]");
    assert_eq!(print(&set), "[\n<A> <1,>,\n<B> <2,>\n\n]\n");
    let each = "{% for h in headers %}{{ h.name | str }} {{ h.value | str }}; {% endfor %}";
    let line = format!("({{% filter separated(sep=\"; \") %}}{each}{{% endfilter %}})");
    assert_eq!(print(&line), "(<A> <1,>; <B> <2,>)\n");
    // A literal is no separator, and nothing is left out of a block without entries.
    let none = "{% filter separated %}{% for h in headers %}{{ h.name | str }}\
                {{ h.value | str }}{% endfor %}{% endfilter %}";
    assert_eq!(print(none), "<A><1,><B><2,>\n");
    assert_eq!(print("{% filter separated %}{% endfilter %}()"), "()\n");
}
