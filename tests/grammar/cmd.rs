//! A batch file as cmd.exe and then the C runtime read it, from the documented rules:
//! <https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd>,
//! <https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments>.

use proptest::prelude::*;
use requote::{Engine, Outcome, Snippet, parse};

use crate::tree::is_same_json;
use crate::{for_each_case, hostile_request, quote};

/// The command lines that cmd.exe starts, as the programs see them.
fn read_batch(code: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut command = String::new();
    let mut is_quoted = false;
    let percents = code.replace("%%", "\0");
    assert!(!percents.contains('%'), "a variable is expanded:\n{code}");
    let mut chars = percents.chars();
    while let Some(c) = chars.next() {
        match c {
            '\0' => command.push('%'),
            '"' => {
                is_quoted = !is_quoted;
                command.push('"');
            }
            // A line ends a quotation.
            '\n' => {
                is_quoted = false;
                commands.push(std::mem::take(&mut command));
            }
            '^' if !is_quoted => match chars.next() {
                // The first character of the next line is taken as it is.
                Some('\n') => command.extend(chars.next()),
                Some('\0') => command.push('%'),
                Some(c) => command.push(c),
                None => panic!("a caret ends the file:\n{code}"),
            },
            '&' | '|' | '<' | '>' if !is_quoted => panic!("`{c}` is special:\n{code}"),
            c => command.push(c),
        }
    }
    assert!(command.is_empty(), "the last line has no end");
    commands
}

/// `argv` of a command line.
fn read_arguments(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut chars = line.chars().peekable();
    loop {
        while chars.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
        if chars.peek().is_none() {
            return arguments;
        }
        let mut argument = String::new();
        let mut is_quoted = false;
        while let Some(&c) = chars.peek() {
            let mut backslashes = 0;
            while chars.next_if_eq(&'\\').is_some() {
                backslashes += 1;
            }
            if backslashes > 0 {
                let is_before_quote = chars.peek() == Some(&'"');
                let kept = if is_before_quote { backslashes / 2 } else { backslashes };
                argument.extend(std::iter::repeat_n('\\', kept));
                if is_before_quote && backslashes % 2 == 1 {
                    argument.extend(chars.next());
                }
                continue;
            }
            if !is_quoted && matches!(c, ' ' | '\t') {
                break;
            }
            chars.next();
            if c != '"' {
                argument.push(c);
            } else if is_quoted && chars.next_if_eq(&'"').is_some() {
                argument.push('"');
            } else {
                is_quoted = !is_quoted;
            }
        }
        arguments.push(argument);
    }
}

/// What `--data` and `--data-raw` send: their values, joined with `&`.
fn read_data(arguments: &[String]) -> Option<String> {
    let is_data = |pair: &&[String]| match pair[0].as_str() {
        "--data" => {
            assert!(!pair[1].starts_with('@'), "`--data` opens a file: {}", pair[1]);
            true
        }
        option => option == "--data-raw",
    };
    let pairs = arguments.windows(2).filter(is_data);
    let values: Vec<&str> = pairs.map(|pair| pair[1].as_str()).collect();
    (!values.is_empty()).then(|| values.join("&"))
}

/// The values of an option.
fn values<'a>(arguments: &'a [String], option: &str) -> Vec<&'a str> {
    let pairs = arguments.windows(2).filter(|pair| pair[0] == option);
    pairs.map(|pair| pair[1].as_str()).collect()
}

fn assert_sends(name: &str, bytes: &[u8], snippet: &Snippet) {
    let Some(code) = &snippet.code else { return };
    assert!(code.len() <= 8191 && code.is_ascii(), "{name}:\n{code}");
    assert!(code.chars().all(|c| c == '\n' || !c.is_control()), "{name}:\n{code}");
    let commands = read_batch(code);
    // `!x!` is a variable where delayed expansion is on (`cmd /v:on`, or the registry).
    let before: &[&str] = if code.contains('!') {
        &["@echo off", "setlocal DisableDelayedExpansion"]
    } else {
        &["@echo off"]
    };
    let (command, others) = commands.split_last().unwrap();
    assert_eq!(others, before, "{name}:\n{code}");
    let arguments = read_arguments(command);
    let message = parse(bytes).unwrap();
    let request = &message.request;
    if arguments.contains(&"--request-target".to_owned()) {
        assert_eq!(values(&arguments, "--request-target"), [&*request.target], "{name}:\n{code}");
    } else {
        let url = arguments.iter().find(|argument| argument.contains("://")).unwrap();
        let target = request.target.trim_start_matches("http://").trim_start_matches("https://");
        assert!(url.ends_with(target) || request.target.contains('@'), "{name}: {url}\n{code}");
    }
    let body = String::from_utf8_lossy(&request.body.bytes);
    match (read_data(&arguments), snippet.attachments.as_slice()) {
        (Some(sent), []) => {
            let is_sent =
                sent == body || (snippet.outcome != Outcome::Exact && is_same_json(&sent, &body));
            assert!(is_sent, "{name}: {sent:?} for {body:?}\n{code}");
        }
        (None, [file]) if arguments.contains(&"--data-binary".to_owned()) => {
            assert_eq!(file.bytes, *request.body.bytes, "{name}:\n{code}");
            let named = format!("@{}", file.name);
            assert_eq!(values(&arguments, "--data-binary"), [named], "{name}:\n{code}");
        }
        _ => assert!(body.is_empty() || code.contains("--form"), "{name}:\n{code}"),
    }
    let lines = values(&arguments, "--header");
    for field in &request.headers {
        let is_own = ["content-length", "host", "content-type", "authorization", "cookie"]
            .iter()
            .any(|own| field.is(own));
        let is_shown = field.value.iter().all(|byte| matches!(byte, b' '..=b'~'));
        if is_own || !is_shown || field.name.eq_ignore_ascii_case("transfer-encoding") {
            continue;
        }
        let value = String::from_utf8_lossy(&field.value);
        let line = match &*value {
            "" => format!("{};", field.name),
            value => format!("{}: {value}", field.name),
        };
        let is_framing = ["connection", "keep-alive", "te", "trailer", "expect"];
        let is_written = lines.contains(&line.as_str());
        assert!(is_written || is_framing.iter().any(|own| field.is(own)), "{name}: {line}\n{code}");
    }
}

#[test]
fn each_case_reaches_curl_as_it_is() {
    let engine = Engine::new();
    for_each_case(|name, bytes| {
        quote(&engine, "cmd/curl", bytes, |snippet| assert_sends(name, bytes, snippet));
    });
}

#[test]
fn the_readers_follow_the_documented_examples() {
    for (line, arguments) in [
        (r#""a b c" d e"#, ["a b c", "d", "e"]),
        (r#""ab\"c" "\\" d"#, ["ab\"c", "\\", "d"]),
        (r#"a\\\b d"e f"g h"#, [r"a\\\b", "de fg", "h"]),
        (r#"a\\\"b c d"#, [r#"a\"b"#, "c", "d"]),
        (r#"a\\\\"b c" d e"#, [r"a\\b c", "d", "e"]),
        (r#""a""b" c d"#, ["a\"b", "c", "d"]),
    ] {
        assert_eq!(read_arguments(line), arguments, "{line}");
    }
    assert_eq!(read_batch("a ^\n  b \"^&\" ^& %%x\n"), ["a   b \"^&\" & %x"]);
}

proptest! {
    #[test]
    fn any_request_reaches_curl_as_it_is(bytes in hostile_request()) {
        if parse(&bytes).is_ok() {
            quote(&Engine::new(), "cmd/curl", &bytes, |snippet| {
                assert_sends("hostile", &bytes, snippet);
            });
        }
    }
}
