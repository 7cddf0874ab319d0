//! Texts that a browser quotes come back from the readers, or their loss is told.
//!
//! The quoting of each browser is written here again, from its observed output.

use std::fmt::Write as _;

use proptest::prelude::*;
use requote::input::{self, Format, Options};

/// The body of the only request, and the codes of all that is told.
fn read(text: &str, format: Format) -> (Vec<u8>, Vec<String>) {
    let input = input::read(text.as_bytes(), None, &Options::default()).expect("an input");
    assert_eq!(input.format, format, "{text}");
    let [entry] = &*input.entries else { panic!("several requests: {text}") };
    let raw = entry.raw.as_ref().unwrap_or_else(|error| panic!("{error}: {text}"));
    let told = input.diagnostics.iter().chain(&raw.diagnostics);
    let end = raw.message.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
    (raw.message[end..].to_vec(), told.map(|it| it.code.to_string()).collect())
}

/// Chromium, "Copy as cURL (bash)".
fn quote_bash(text: &str) -> String {
    let is_special = |c: char| c == '!' || c == '\'' || c < ' ' || ('\x7f'..='\u{9f}').contains(&c);
    if !text.contains(is_special) {
        return format!("'{text}'");
    }
    let mut out = String::from("$'");
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if is_special(c) => write!(out, "\\u{:04x}", u32::from(c)).unwrap(),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// Firefox, "Copy as cURL (POSIX)".
fn quote_bash_of_firefox(text: &str) -> String {
    let mut out = String::from("$'");
    for unit in text.encode_utf16() {
        match unit {
            0x5c => out.push_str("\\\\"),
            0x27 => out.push_str("\\'"),
            0x0a => out.push_str("\\n"),
            0x0d => out.push_str("\\r"),
            0x20..=0x7e if unit != 0x21 => out.push(char::from(u8::try_from(unit).unwrap())),
            ..=0xff => write!(out, "\\x{unit:02x}").unwrap(),
            _ => write!(out, "\\u{unit:04x}").unwrap(),
        }
    }
    out.push('\'');
    out
}

/// Chromium, "Copy as cURL (cmd)".
fn quote_cmd(text: &str) -> String {
    let mut out = String::from("^\"");
    for character in text.chars() {
        match character {
            '\\' => out.push_str("^\\^\\"),
            '"' => out.push_str("^\\^\""),
            '\n' => out.push_str("^\r\n\r\n"),
            c if c.is_ascii_alphanumeric() || " _-:=+~'/.,?;()*`\t".contains(c) => out.push(c),
            c if c.is_ascii_graphic() => {
                out.push('^');
                out.push(c);
            }
            _ => out.push(' '),
        }
    }
    out.push_str("^\"");
    out
}

/// Chromium, "Copy as PowerShell".
fn quote_powershell(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        match unit {
            0x22 | 0x24 | 0x60 => {
                out.push('`');
                out.push(char::from(u8::try_from(unit).unwrap()));
            }
            0x0a => out.push_str("`n"),
            0x0d => out.push_str("`r"),
            0x20..=0x7e => out.push(char::from(u8::try_from(unit).unwrap())),
            _ => write!(out, "$([char]{unit})").unwrap(),
        }
    }
    out.push('"');
    out
}

/// Texts with what quoting is about, and any other characters.
fn texts() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "'", "\"", "\\", "`", "$", "${x}", "$(x)", "%", "%PATH%", "^", "!", "!x!", "&", "|", "\n",
        "\r\n", "\r", "\t", "\0", "\u{7f}", "\u{85}", "é", "ÿ", "東", "😀", "\u{2028}", "\\n",
        "\\\\", "\\\"", "{", "}", "$'", "''", "\"\"", ";", "#", "~", "*", "[a]", "a", "b c", "=",
        "1",
    ]);
    let piece =
        prop_oneof![4 => special.prop_map(str::to_owned), 1 => ".{0,4}".prop_map(String::from)];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn chromium_for_bash(text in texts()) {
        let command = format!("curl 'https://a.example/' -X 'POST' --data-raw {}", quote_bash(&text));
        let (body, told) = read(&command, Format::Curl);
        let is_told = told.iter().any(|code| code == "quoted-nul");
        prop_assert!(body == text.as_bytes() || is_told, "{command}");
        prop_assert!(!is_told || text.contains('\0'));
    }

    #[test]
    fn firefox_for_bash(text in texts()) {
        let command =
            format!("curl 'https://a.example/' --data-raw {}", quote_bash_of_firefox(&text));
        let (body, told) = read(&command, Format::Curl);
        let is_told = told.iter().any(|code| code == "quoted-nul" || code == "quoted-byte");
        prop_assert!(body == text.as_bytes() || is_told, "{command}");
        let is_lossy = |c: char| c == '\0' || ('\u{80}'..='\u{ff}').contains(&c);
        prop_assert!(!is_told || text.contains(is_lossy));
    }

    #[test]
    fn chromium_for_cmd(text in texts()) {
        let command = format!("curl ^\"https://a.example/^\" --data-raw {}", quote_cmd(&text));
        let (body, told) = read(&command, Format::Cmd);
        let is_kept = |c: char| c.is_ascii_graphic() || " \n\t".contains(c);
        let has_loss = !text.chars().all(is_kept) || told.iter().any(|code| code == "cmd-backslash");
        prop_assert!(body == text.as_bytes() || has_loss, "{command}");
        // What Chromium cannot write is told of every command.
        prop_assert!(told.iter().any(|code| code == "cmd-loses"));
    }

    #[test]
    fn chromium_for_powershell(text in texts()) {
        let command = format!(
            "Invoke-WebRequest -UseBasicParsing -Uri \"https://a.example/\" `\n-Method \"POST\" `\n\
             -Body ([System.Text.Encoding]::UTF8.GetBytes({}))",
            quote_powershell(&text)
        );
        prop_assert_eq!(read(&command, Format::PowerShell).0, text.as_bytes());
    }

    #[test]
    fn fetch_and_har_hold_json(text in texts()) {
        let body = serde_json::to_string(&text).unwrap();
        let call = format!("fetch(\"https://a.example/\", {{\"body\": {body}, \"method\": \"POST\"}});");
        prop_assert_eq!(read(&call, Format::Fetch).0, text.as_bytes());
        let har = format!(
            "{{\"method\": \"POST\", \"url\": \"https://a.example/\", \"postData\": {{\"text\": {body}}}}}"
        );
        prop_assert_eq!(read(&har, Format::Har).0, text.as_bytes());
    }

    #[test]
    fn no_input_panics(
        sample in prop::sample::select(SAMPLES),
        rest in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            texts().prop_map(String::into_bytes),
        ],
    ) {
        let input = [sample.as_bytes(), &rest].concat();
        for format in Format::all().map(Some).chain([None]) {
            check_places(&input, format);
        }
    }
}

/// How inputs of each format begin.
const SAMPLES: &[&str] = &[
    "",
    "curl https://a.example/ -d ",
    "curl ^\"",
    "fetch(\"https://a.example/\", {",
    "{\"log\": ",
    "Invoke-WebRequest -Uri ",
    "<items burpVersion=\"1\"><item><request>",
    "### a\n",
    ":method: ",
    "> GET / HTTP/1.1\n",
    "=> Send header, 9 bytes\n0000: ",
    "GET https://a.example/{{",
    "{\"info\": {\"schema\": \"postman.com\"}, \"item\": [",
];

/// Reads, and asks that every place is in the input.
fn check_places(bytes: &[u8], format: Option<Format>) {
    let is_within =
        |span: requote::diagnostic::Span| span.start <= span.end && span.end <= bytes.len();
    match input::read(bytes, format, &Options::default()) {
        Ok(read) => {
            for entry in &read.entries {
                match &entry.raw {
                    Ok(raw) => {
                        let spans = raw.diagnostics.iter().filter_map(|it| it.span);
                        assert!(spans.into_iter().all(is_within));
                        for at in 0..raw.message.len() {
                            let span = requote::diagnostic::Span::new(at, at + 1);
                            assert!(is_within(raw.map.locate(span)), "{at}");
                        }
                    }
                    Err(error) => assert!(error.diagnostic().span.is_some_and(is_within)),
                }
            }
        }
        Err(error) => assert!(error.diagnostic().span.is_some_and(is_within)),
    }
}

#[test]
fn a_long_body_takes_linear_time() {
    let text = "line with \"quotes\" and \\ é\n".repeat(80_000);
    let body = serde_json::to_string(&text).unwrap();
    let har = format!(
        "{{\"log\": {{\"entries\": [{{\"request\": {{\"method\": \"POST\", \"url\": \"https://a.example/\", \
         \"headers\": [], \"postData\": {{\"text\": {body}}}}}}}]}}}}"
    );
    let command = format!("curl https://a.example/ --data-raw {}", quote_bash(&text));
    let start = std::time::Instant::now();
    assert_eq!(read(&har, Format::Har).0, text.as_bytes());
    assert_eq!(read(&command, Format::Curl).0, text.as_bytes());
    // Quadratic time would take hours.
    assert!(start.elapsed().as_secs() < 60);
}
