//! `--secrets env`: no value of a credential is in the code, in what is told, or in a file's name.

use requote::{Engine, Options, Outcome, Secrets, mask_message};

/// Each value of at least six characters that is to be nowhere.
const VALUES: [&str; 9] = [
    "bearer-a1b2c3",
    "p4ssw0rd!",
    "YWxpY2U6cDRzc3cwcmQh",
    "api-key-d4e5f6",
    "cookie-g7h8i9",
    "query-j0k1l2",
    "hawk-m3n4o5",
    "proxy-p6q7r8",
    "named-s9t0u1",
];

const MESSAGES: [&str; 8] = [
    "GET / HTTP/1.1\r\nHost: h.example\r\nAuthorization: Bearer bearer-a1b2c3\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h.example\r\nAuthorization: Basic YWxpY2U6cDRzc3cwcmQh\r\n\r\n",
    "PUT / HTTP/1.1\r\nHost: h.example\r\nX-Api-Key: api-key-d4e5f6\r\nContent-Type: application/json\r\n\
     Content-Length: 33\r\n\r\n{\"a\": \"named-s9t0u1\",\r\n\"b\": 10.0}",
    "GET / HTTP/1.1\r\nHost: h.example\r\nCookie: session=cookie-g7h8i9; n=1\r\n\r\n",
    "GET /a//../b?x=1&access_token=query-j0k1l2 HTTP/1.1\r\nHost: h.example\r\n\
     Referer: https://h.example/?t=query-j0k1l2\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h.example\r\nAuthorization: Hawk id=\"hawk-m3n4o5\"\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h.example\r\nProxy-Authorization: Bearer proxy-p6q7r8\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\
     Content-Length: 25\r\n\r\na=named-s9t0u1&b=w+a+r+ss",
];

fn options() -> Options {
    let mut options = Options::default().with_secrets(Secrets::Env);
    assert!(options.add_variable("NAMED", "named-s9t0u1"));
    options
}

/// The code of a message in which the text is read from the variable `V` of the environment.
fn quote_with_variable(engine: &Engine, target: &str, message: &str, text: &str) -> String {
    let message = requote::parse(message.as_bytes()).unwrap();
    let mut options = Options::default();
    assert!(options.add_variable("V", text));
    engine.quote(&message, &engine.find(target).unwrap(), &options).unwrap().code.unwrap()
}

#[test]
fn no_value_is_in_what_any_target_writes() {
    let engine = Engine::new();
    let mut with_code = 0;
    for text in MESSAGES {
        let mut message = requote::parse::parse(text.as_bytes()).unwrap();
        message.diagnostics.extend(requote::check::check(&message));
        let shown = mask_message(&mut message, text.as_bytes(), &options()).into_owned();
        let told = format!("{:?}", message.diagnostics);
        for id in engine.ids() {
            let snippet = engine.quote(&message, &id, &options()).unwrap();
            let all =
                [serde_json::to_string(&snippet).unwrap(), format!("{snippet:?}"), told.clone()];
            for value in VALUES {
                let is_told = all.iter().any(|text| text.contains(value));
                assert!(!is_told, "{id} tells {value} of\n{text}\n{snippet:#?}");
                assert!(!String::from_utf8_lossy(&shown).contains(value), "{value} is shown");
            }
            with_code += usize::from(snippet.code.is_some());
        }
    }
    assert!(with_code > MESSAGES.len(), "only {with_code} snippets");
}

/// Clients encode, decode and escape texts: `core-a1b2c3` is in the middle of each value, which is in no
/// snippet and in nothing that is told of one.
#[test]
fn no_value_is_told_in_another_spelling() {
    let engine = Engine::new();
    let (mut told, mut with_code) = (0, 0);
    for text in [
        "GET /a?access_token=s\u{e9}%7e\"core-a1b2c3{| HTTP/1.1\r\nHost: h.example\r\n\r\n",
        "GET /%7e/../a?access_token=x%20y%2ecore-a1b2c3%7e HTTP/1.1\r\nHost: h.example\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h.example\r\nX-Api-Key: s\u{e9}\u{1f600}core-a1b2c3/\r\n\
         Content-Type: application/json\r\n\r\n{ \"a\": \"s\u{e9}\u{1f600}core-a1b2c3/\", \"b\": 1.0 }",
        "POST / HTTP/1.1\r\nHost: h.example\r\nX-Api-Key:  \u{e9}core-a1b2c3\r\nX-Api-Key: b\r\n\r\n",
    ] {
        let mut message = requote::parse::parse(text.as_bytes()).unwrap();
        let asked = Options::default().with_secrets(Secrets::Env);
        mask_message(&mut message, text.as_bytes(), &asked);
        for id in engine.ids() {
            let snippet = engine.quote(&message, &id, &asked).unwrap();
            let all = serde_json::to_string(&snippet).unwrap();
            assert!(!all.contains("core-a1b2c3"), "{id}\n{text}\n{snippet:#?}");
            told += snippet.diagnostics.iter().filter(|it| it.arrives.is_some()).count();
            with_code += usize::from(snippet.code.is_some());
        }
    }
    assert!(told > 80 && with_code > 80, "{told} {with_code}");
}

#[test]
fn code_reads_a_variable_where_the_value_was() {
    let engine = Engine::new();
    for (target, message, code, names) in [
        ("python/requests", 0, "f\"Bearer {os.environ['API_TOKEN']}\"", &["API_TOKEN"][..]),
        ("python/requests", 1, "(\"alice\", os.environ[\"BASIC_PASSWORD\"])", &["BASIC_PASSWORD"]),
        ("python/requests", 2, "\"a\": os.environ[\"NAMED\"]", &["NAMED", "API_KEY"]),
        (
            "node/fetch",
            1,
            "`Basic ${btoa(`alice:${process.env.BASIC_PASSWORD}`)}`",
            &["BASIC_PASSWORD"],
        ),
        (
            "shell/curl",
            3,
            "\"session=${COOKIE_SESSION}; n=${COOKIE_N}\"",
            &["COOKIE_SESSION", "COOKIE_N"],
        ),
        ("go/net-http", 5, "\"Hawk \"+os.Getenv(\"AUTHORIZATION\")", &["AUTHORIZATION"]),
        ("rust/reqwest", 0, ".bearer_auth(std::env::var(\"API_TOKEN\")?", &["API_TOKEN"]),
        ("shell/curl", 7, "\"a=${NAMED}\"", &["NAMED"]),
    ] {
        let parsed = requote::parse::parse(MESSAGES[message].as_bytes()).unwrap();
        let snippet = engine.quote(&parsed, &engine.find(target).unwrap(), &options()).unwrap();
        let written = snippet.code.unwrap();
        assert!(written.contains(code), "{target}\n{written}");
        let mut known: Vec<&str> = snippet.environment.iter().map(|it| &*it.name).collect();
        let mut names = names.to_vec();
        known.sort_unstable();
        names.sort_unstable();
        assert_eq!(known, names, "{target}\n{written}");
    }
}

#[test]
fn a_language_without_an_environment_gives_a_reason_and_no_code() {
    let engine = Engine::new();
    let message = requote::parse::parse(MESSAGES[0].as_bytes()).unwrap();
    let target = engine.find("javascript/fetch").unwrap();
    let snippet = engine.quote(&message, &target, &options()).unwrap();
    assert_eq!((snippet.outcome, snippet.code), (Outcome::Unsupported, None));
    assert!(snippet.diagnostics.iter().any(|it| it.code == "no-environment"));
}

#[test]
fn a_variable_of_the_code_is_set_only_where_it_is_read() {
    let engine = Engine::new();
    let target = engine.find("haskell/http-client").unwrap();
    let mut set = 0;
    for text in MESSAGES {
        let message = requote::parse::parse(text.as_bytes()).unwrap();
        let Some(code) = engine.quote(&message, &target, &options()).unwrap().code else {
            continue;
        };
        for line in code.lines() {
            let Some((name, _)) = line.split_once(" <- getEnv \"") else { continue };
            let name = name.trim_start();
            assert!(code.matches(name).count() > 1, "{name} in\n{code}");
            set += 1;
        }
    }
    assert!(set >= 6, "{set}");
}

#[test]
fn what_looks_like_a_mark_is_a_text_of_the_message() {
    let text =
        "GET / HTTP/1.1\r\nHost: h\r\nA: \u{10fffe}PATH\u{10ffff}\r\nX-Api-Key: 0123456789\r\n\r\n";
    let message = requote::parse::parse(text.as_bytes()).unwrap();
    let engine = Engine::new();
    let target = engine.find("python/requests").unwrap();
    let code = engine.quote(&message, &target, &Options::default()).unwrap().code.unwrap();
    assert!(code.contains("\\U0010fffePATH\\U0010ffff") && !code.contains("environ"), "{code}");
    let snippet = engine.quote(&message, &target, &options()).unwrap();
    assert_eq!(snippet.code, None);
}

#[test]
fn nothing_changes_where_there_is_no_secret() {
    let text = "GET /?a=1 HTTP/1.1\r\nHost: h.example\r\nAccept: */*\r\nIdempotency-Key: 0123456789\r\n\r\n";
    let message = requote::parse::parse(text.as_bytes()).unwrap();
    let engine = Engine::new();
    for id in engine.ids() {
        let kept = engine.quote(&message, &id, &Options::default()).unwrap();
        assert_eq!(engine.quote(&message, &id, &options()).unwrap(), kept);
    }
}

#[test]
fn a_quote_at_the_end_of_a_text_of_lines_does_not_end_the_literal() {
    let message =
        "POST / HTTP/1.1\r\nHost: a.io\r\nContent-Type: text/plain\r\n\r\nline TOKEN\nsay \"hi\"";
    let message = requote::parse(message.as_bytes()).unwrap();
    let engine = Engine::new();
    let mut options = Options::default();
    assert!(options.add_variable("T", "TOKEN"));
    let id = engine.find("python").unwrap();
    let code = engine.quote(&message, &id, &options).unwrap().code.unwrap();
    assert!(code.contains("say \"hi\\\"\"\"\".encode()\n"), "{code}");
}

/// A text may be a variable wherever it is, and next to whatever it is.
#[test]
fn what_surrounds_a_variable_is_written_for_it() {
    let engine = Engine::new();
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: a.io\r\n\r\n");
    let post = |fields: &str, body: &str| {
        format!("POST / HTTP/1.1\r\nHost: a.io\r\n{fields}\r\n\r\n{body}")
    };
    let json = "Content-Type: application/json";
    let form = "Content-Type: application/x-www-form-urlencoded";
    let basic = "GET / HTTP/1.1\r\nHost: a.io\r\nAuthorization: Basic YXdvcmQ6JiZ0b3Q=\r\n\r\n";
    for (target, message, text, has, lacks) in [
        // An escape of JSON is no value of the environment, which the client would escape again.
        ("python/requests", post(json, "[\"\\\\\", 1]"), "\\", "[\"\\\\\", 1]", "environ"),
        ("python/requests", post(json, "[\"a\",\"b\"]"), "\",\"", "[\"a\", \"b\"]", "environ"),
        // What is only in an encoded text is not read, and nothing is imported for it.
        ("go/net-http", basic.to_owned(), "c", "SetBasicAuth(\"aword\"", "\"os\""),
        ("python/httpx", get("/y`"), "y", "f\"/{os.environ['V']}`\".encode()", "\\x"),
        ("perl/lwp", get("/y{"), "y", "\"/$ENV{V}\\{\"", "$ENV{V}{"),
        ("rust/reqwest", post(form, "a=b%20c&d=e"), "c", "?).as_str()", "to_owned"),
        (
            "shell/curl",
            post("Content-Type: text/plain", "ab\u{1}c"),
            "a",
            "\"${V}b$(printf '\\001')c\"",
            "|",
        ),
        (
            "python/http-client",
            post("A: b", "x\u{e9}y"),
            "\u{e9}",
            "f\"x{os.environ['V']}y\".encode()",
            "\\x",
        ),
    ] {
        let code = quote_with_variable(&engine, target, &message, text);
        assert!(code.contains(has) && !code.contains(lacks), "{target}\n{code}");
    }
    for (target, message, set, read) in [
        (
            "tcl",
            "GET / HTTP/1.1\r\nHost: a.io\r\nUser-Agent: abc\r\n\r\n".to_owned(),
            "set v",
            "${v}",
        ),
        ("perl", get("/abc`"), "my $v", "${v}"),
        // A method is that of the whole text, not of the last piece.
        (
            "java",
            "GET /bc HTTP/1.1\r\nHost: a.io\r\nAuthorization: Basic YWJjOmQ=\r\n\r\n".to_owned(),
            "String v = ",
            "login.getBytes(",
        ),
    ] {
        let parsed = requote::parse(message.as_bytes()).unwrap();
        let mut options = Options::default();
        options.add_option("var", "V:bc").unwrap();
        let code =
            engine.quote(&parsed, &engine.find(target).unwrap(), &options).unwrap().code.unwrap();
        assert!(code.find(set).unwrap() < code.find(read).unwrap(), "{code}");
    }
}

/// The first of two variables is named first, and its text begins the other's.
#[test]
fn the_longer_of_two_variables_that_begin_at_one_place_is_read() {
    let engine = Engine::new();
    let message = requote::parse(b"GET /a?k=abcdef HTTP/1.1\r\nHost: h.example\r\n\r\n").unwrap();
    let mut options = Options::default();
    assert!(options.add_variable("SHORT", "abc") && options.add_variable("LONG", "abcdef"));
    let code = engine.quote(&message, &engine.find("python").unwrap(), &options).unwrap().code;
    let code = code.unwrap();
    assert!(code.contains("LONG") && !code.contains("SHORT"), "{code}");
}

/// An input has a value as its own format writes it: as a string of JSON in an archive.
#[test]
fn what_is_shown_of_an_input_has_no_value_in_its_own_spelling() {
    let text = "GET / HTTP/1.1\r\nHost: h.example\r\nX-Api-Key: a\"b/core-a1b2c3\r\n\r\n";
    let mut message = requote::parse(text.as_bytes()).unwrap();
    let input = br#"{"name": "X-Api-Key", "value": "a\"b\/core-a1b2c3"}"#;
    let shown = mask_message(&mut message, input, &options());
    let expected = format!("{{\"name\": \"X-Api-Key\", \"value\": \"{}\"}}", "*".repeat(17));
    assert_eq!(String::from_utf8_lossy(&shown), expected);
}

/// A byte string would hold the mark of the variable, and no value.
#[test]
fn a_byte_string_of_a_variable_is_no_code() {
    let language = "title = 'T'\nextension = 't'\ndefault = 'x'\n[[string]]\nopen = '<'\nclose = '>'\n\
        [bytes]\nopen = '['\nclose = ']'\nbyte = '{:02x}'\n[environment]\nvariable = 'env {NAME}'\n\
        join = '+'\n[client.x]\ntitle = 'X'\ndocs = 'https://x.example/'\n";
    let template = "{{ method | word }} {{ url | str }} {{ target | bytes }}";
    let engine = Engine::with_templates([("t/language.toml", language), ("t/x.tera", template)]);
    let message = requote::parse(b"GET /abc HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
    let id = engine.find("t").unwrap();
    let quote = |text: &str| {
        let mut options = Options::default();
        assert!(options.add_variable("V", text));
        engine.quote(&message, &id, &options).unwrap()
    };
    assert!(quote("https:").code.unwrap().ends_with("[2f616263]\n"));
    let refused = quote("bc");
    assert_eq!((refused.outcome, refused.code), (Outcome::Unsupported, None));
    assert!(refused.diagnostics.iter().any(|it| it.code == "no-environment"));
}

/// What arrives is compared with what is told, where a run asks for that.
#[test]
fn a_run_is_told_the_values_that_arrive() {
    let text = "GET /a?access_token=secret%7e12345 HTTP/1.1\r\nHost: h.example\r\n\r\n";
    let message = requote::parse(text.as_bytes()).unwrap();
    let engine = Engine::new();
    let id = engine.find("python/requests").unwrap();
    let asked = Options::default().with_secrets(Secrets::Env);
    let tells = |options: &Options| {
        let told = engine.quote(&message, &id, options).unwrap().diagnostics;
        told.into_iter().find(|it| it.code == "target-changed").and_then(|it| it.arrives)
    };
    assert_eq!(tells(&asked).as_deref(), Some("/a?access_token=$ACCESS_TOKEN"));
    let arrived = tells(&asked.with_values_told());
    assert_eq!(arrived.as_deref(), Some("/a?access_token=secret~12345"));
}

/// `HTTPie` reads the file that the rest of a value names where it begins with `@`, and takes `==@` for another
/// separator: a value of the environment cannot be escaped.
#[test]
fn a_secret_that_begins_as_a_separator_is_not_an_item() {
    let engine = Engine::new();
    let id = engine.find("httpie").unwrap();
    for value in ["%40%2Fetc%2Fhostname", "%3D123456", "12345678"] {
        let message =
            format!("GET /?api_key={value}&q=a+b HTTP/1.1\r\nHost: a.io\r\nAccept: */*\r\n\r\n");
        let message = requote::parse(message.as_bytes()).unwrap();
        let code = engine.quote(&message, &id, &options()).unwrap().code.unwrap();
        assert!(code.contains("API_KEY"), "{code}");
        assert_eq!(code.contains("api_key=="), value == "12345678", "{code}");
    }
}

/// curl reads the file that the rest of `--data` names behind `@`, and `HTTPie` takes `-` for an option.
#[test]
fn a_body_that_begins_with_a_variable_may_begin_with_anything() {
    let engine = Engine::new();
    for (target, body, expected) in [
        ("curl", "SECRET", "--data-raw \"$V\""),
        ("curl", "a SECRET", "--data \"a ${V}\""),
        ("httpie", "SECRET", "--raw=\"$V\""),
    ] {
        let message =
            format!("POST / HTTP/1.1\r\nHost: a.io\r\nContent-Type: text/plain\r\n\r\n{body}");
        let code = quote_with_variable(&engine, target, &message, "SECRET");
        assert!(code.contains(expected), "{code}");
    }
}

/// A client does with the value what it does with any: axios trims JSON, and a constructor of .NET takes no parameters.
#[test]
fn what_a_client_makes_of_a_type_it_makes_of_one_in_a_variable() {
    let engine = Engine::new();
    for (target, kind, hidden, expected) in [
        ("axios", "application/json", "ation/json", "const payload = Buffer.from("),
        ("axios", "application/json", "json", "const payload = Buffer.from("),
        (
            "csharp",
            "text/plain; charset=utf-8",
            "plain; charset=utf-8",
            "MediaTypeHeaderValue.Parse(",
        ),
    ] {
        let message =
            format!("POST / HTTP/1.1\r\nHost: a.io\r\nContent-Type: {kind}\r\n\r\n {{x}}");
        let code = quote_with_variable(&engine, target, &message, hidden);
        assert!(code.contains(expected) && !code.contains(hidden), "{code}");
    }
}

/// A part's text is read from the environment too, in a way that takes any text.
#[test]
fn a_part_of_a_form_reads_its_variable() {
    let text = "POST / HTTP/1.1\r\nHost: a.io\r\nContent-Type: multipart/form-data; boundary=B\r\n\
                Content-Length: 67\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n\
                s3cret-a1\r\n--B--\r\n";
    let message = requote::parse(text.as_bytes()).unwrap();
    let engine = Engine::new();
    let mut options = Options::default();
    assert!(options.add_variable("V", "s3cret-a1"));
    let mut read = 0;
    for id in engine.ids() {
        let Some(code) = engine.quote(&message, &id, &options).unwrap().code else { continue };
        assert!(!code.contains("s3cret-a1"), "{id}\n{code}");
        read += 1;
    }
    assert!(read > 30, "{read}");
    let id = engine.find("curl").unwrap();
    let code = engine.quote(&message, &id, &options).unwrap().code.unwrap();
    assert!(code.contains("--form-string \"key=${V}\""), "{code}");
}
