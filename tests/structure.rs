//! Properties of the structured readers, over thousands of generated inputs.

use std::borrow::Cow;

use ::base64::Engine as _;
use ::base64::prelude::BASE64_STANDARD;
use proptest::prelude::*;
use requote::content::form::{self, FormStyle};
use requote::content::json::{self, Json, JsonErrorKind, JsonStyle};
use requote::content::{auth, cookie, multipart};
use requote::grammar::{Parameterized, base64};

/// A JSON text of up to four levels, spelled in many ways.
fn json_text() -> impl Strategy<Value = String> {
    let space = || proptest::sample::select(vec!["", " ", "\n\t", "\r\n"]);
    let string = || {
        let piece = prop_oneof![
            "[ !#-\\[\\]-~]{0,3}",
            "[^\"\\\\\\p{Cc}]",
            Just("0".to_owned()),
            r#"\\["\\/bfnrt]"#,
            r"\\u00[0-9a-fA-F]{2}",
            Just(r"\ud83d\ude00".to_owned()),
            Just("__proto__".to_owned()),
        ];
        proptest::collection::vec(piece, 0..3).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
    };
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        r"-?(0|[1-9][0-9]{0,3})(\.[0-9]0{0,2})?([eE][+-]?[0-9])?",
        string(),
    ];
    scalar.prop_recursive(4, 40, 5, move |inner| {
        let array = proptest::collection::vec((space(), inner.clone()), 0..5).prop_map(|items| {
            let items: Vec<_> =
                items.iter().map(|(space, item)| format!("{space}{item}")).collect();
            format!("[{}]", items.join(","))
        });
        let members = proptest::collection::vec((space(), string(), inner), 0..5);
        let object = members.prop_map(|members| {
            let members = members.iter().map(|(space, key, value)| format!("{key}{space}:{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        });
        prop_oneof![array, object]
    })
}

fn styles() -> Vec<JsonStyle> {
    [
        "",
        "numbers = 'python'\nascii = true\nitem-separator = ', '\nkey-separator = ': '",
        "numbers = 'ecmascript'\nkeys = 'ecmascript'",
        "numbers = { integers = 'i64', floats = 'f64', format = 'rust' }\nkeys = 'sorted'",
        "numbers = { integers = 'big', floats = 'f64', format = { fixed-below = 3 } }\nkeys = 'php'",
        "keys = 'unordered'\nalso-escape = '</é'\nshort-escapes = ''",
        "duplicates = true\nend = \"\\n\"",
    ]
    .map(|toml| toml::from_str(toml).unwrap())
    .to_vec()
}

fn count_numbers(json: &Json) -> usize {
    match json {
        Json::Number(_) => 1,
        Json::Array(items) => items.iter().map(count_numbers).sum(),
        Json::Object(members) => members.iter().map(|(_, value)| count_numbers(value)).sum(),
        _ => 0,
    }
}

proptest! {
    #[test]
    fn what_a_style_writes_means_the_same(text in json_text()) {
        let json = json::parse(&text).unwrap();
        prop_assert!(json::check(text.as_bytes()).is_ok());
        prop_assert!(json::same_value(&json, &json));
        for style in styles() {
            if let Ok(written) = json::write(&json, &style) {
                let back = json::parse(&written).unwrap();
                prop_assert!(json::same_value(&json, &back), "{written}");
                prop_assert_eq!(json::write(&back, &style).unwrap(), written);
            }
        }
    }

    #[test]
    fn a_list_of_pairs_with_number_texts_holds_everything(text in json_text()) {
        let json = json::parse(&text).unwrap();
        let style = toml::from_str("duplicates = true").unwrap();
        let written = json::write(&json, &style).unwrap();
        prop_assert_eq!(json::parse(&written).unwrap(), json);
    }

    #[test]
    fn our_grammar_is_that_of_serde_json(
        text in proptest::collection::vec(
            proptest::sample::select(vec![
                "[", "]", "{", "}", ":", ",", "\"", "\"a\"", "\\", "\\u00e9", "\\ud800", "0", "1",
                "-", ".", "e", "+", "null", "true", "fals", " ", "\n", "\u{e9}", "\u{0}",
            ]),
            0..8,
        ),
    ) {
        let text = text.concat();
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        prop_assert_eq!(json::check(text.as_bytes()).is_ok(), theirs, "{}", text);
        match json::parse(&text) {
            Ok(_) => prop_assert!(theirs),
            Err(error) => {
                prop_assert!(!theirs || error.kind == JsonErrorKind::LoneSurrogate);
                prop_assert!(text.is_char_boundary(error.offset), "{error}");
            }
        }
    }

    #[test]
    fn floats_are_printed_as_serde_json_does(bits in any::<u64>(), small in any::<i32>(), power in -30..30) {
        let numbers = "numbers = { floats = 'f64', format = 'rust', negative-zero = true }";
        let style = toml::from_str(numbers).unwrap();
        let near = f64::from(small) * 10_f64.powi(power);
        // Quarters of this size lie halfway between two decimals of 16 digits.
        let quarters = f64::from(small) * 1e6 + 0.25;
        for number in [f64::from_bits(bits), near, 10_f64.powi(power), quarters] {
            if number.is_finite() {
                let printed = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(json::write(&Json::Number(&printed), &style).unwrap(), printed);
            }
        }
    }

    #[test]
    fn nothing_panics(bytes in any::<Vec<u8>>(), text in any::<String>(), other in any::<Vec<u8>>()) {
        let _ = json::parse(&text);
        let _ = json::check(text.as_bytes()).is_ok();
        let _ = json::same_number(&text, "1");
        let _ = form::same_pairs(&bytes, text.as_bytes());
        let _ = form::same_pairs(&bytes, &other);
        let _ = Parameterized::parse(&text);
        let _ = multipart::same_parts(text.as_bytes(), &bytes, b"multipart/form-data;boundary=b", &other);
        let _ = cookie::parse(&bytes);
        let _ = auth::parse(&bytes);
        let _ = base64::decode(&text);
    }

    #[test]
    fn form_pairs_come_back(
        pairs in proptest::collection::vec((any::<String>(), proptest::option::of(any::<String>())), 0..5),
        lower in any::<bool>(),
        percent in any::<bool>(),
    ) {
        let pairs: Vec<form::Pair> =
            pairs.iter().map(|(name, value)| (name.into(), value.as_ref().map(Cow::from))).collect();
        let toml = format!(
            "bare-names = true\nhex = '{}'\nspace = '{}'",
            if lower { "lower" } else { "upper" },
            if percent { "%20" } else { "+" },
        );
        let style: FormStyle = toml::from_str(&toml).unwrap();
        if let Some(written) = form::write(&pairs, &style) {
            prop_assert_eq!(form::parse(written.as_bytes()).unwrap(), pairs.clone());
            let usual = FormStyle { bare_names: true, ..FormStyle::default() };
            let usual = form::write(&pairs, &usual).unwrap();
            prop_assert!(form::same_pairs(written.as_bytes(), usual.as_bytes()));
        } else {
            prop_assert!(pairs.iter().any(|(name, value)| name.is_empty() && value.is_none()));
        }
    }

    #[test]
    fn forms_mean_what_the_url_crate_reads(text in "[a-c=&+%0-9]{0,12}") {
        if let Some(pairs) = form::parse(text.as_bytes()) {
            let theirs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).collect();
            let ours: Vec<_> =
                pairs.into_iter().map(|(name, value)| (name, value.unwrap_or_default())).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn multipart_parts_come_back(
        parts in proptest::collection::vec(
            (
                "[^\"\\\\\\p{Cc}]{0,6}",
                proptest::option::of("[^\"\\\\\\p{Cc}]{0,6}"),
                proptest::option::of("[a-z]{1,3}/[a-z]{1,3}"),
                proptest::collection::vec(proptest::sample::select(b"\r\n-bx\0\xff".to_vec()), 0..30),
            ),
            1..4,
        ),
    ) {
        let build = |boundary: &str| {
            let mut body = Vec::new();
            for (name, filename, content_type, content) in &parts {
                body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; ").bytes());
                body.extend(format!("name=\"{name}\"").bytes());
                body.extend(filename.iter().flat_map(|name| format!("; filename=\"{name}\"").into_bytes()));
                body.extend(content_type.iter().flat_map(|it| format!("\r\nContent-Type: {it}").into_bytes()));
                body.extend(b"\r\n\r\n");
                body.extend(content);
                body.extend(b"\r\n");
            }
            body.extend(format!("--{boundary}--\r\n").bytes());
            (format!("multipart/form-data; boundary={boundary}").into_bytes(), body)
        };
        let (content_type, body) = build("bound");
        let read = multipart::parse(&content_type, &body).unwrap();
        prop_assert_eq!(read.parts.len(), parts.len());
        for (ours, (name, filename, content_type, content)) in read.parts.iter().zip(&parts) {
            prop_assert_eq!(ours.name, name);
            prop_assert_eq!(ours.filename, filename.as_deref());
            prop_assert_eq!(ours.content_type, content_type.as_deref());
            prop_assert_eq!(ours.content, content);
        }
        let (other_type, other) = build("x-another");
        prop_assert!(multipart::same_parts(&content_type, &body, &other_type, &other));
        let mut changed = other.clone();
        changed.splice(other.len() - 17..other.len() - 17, *b"?");
        prop_assert!(!multipart::same_parts(&content_type, &body, &other_type, &changed));
    }

    #[test]
    fn cookies_join_to_the_same_bytes(text in "[a-c=; \"]{0,12}") {
        if let Some(pairs) = cookie::parse(text.as_bytes()) {
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
            prop_assert_eq!(pairs.join("; "), text);
        }
    }

    #[test]
    fn base64_is_that_of_the_base64_crate(bytes in any::<Vec<u8>>(), text in "[A-Da-d0-9+/=]{0,9}") {
        let encoded = BASE64_STANDARD.encode(&bytes);
        prop_assert_eq!(base64::encode(&bytes), encoded.clone());
        prop_assert_eq!(base64::decode(&encoded), Some(bytes));
        prop_assert_eq!(base64::decode(&text), BASE64_STANDARD.decode(&text).ok());
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let text = open.repeat(100_000);
        let error = json::parse(&text).unwrap_err();
        assert_eq!(error.kind, JsonErrorKind::TooDeep);
        assert!(json::check(text.as_bytes()).is_err());
    }
}

#[test]
fn huge_inputs_take_no_quadratic_time() {
    let numbers = format!("[{}1e999999999]", "1e-999999999,".repeat(50_000));
    let json = json::parse(&numbers).unwrap();
    assert_eq!(count_numbers(&json), 50_001);
    assert!(json::same_value(&json, &json.clone()));
    let python = toml::from_str("numbers = 'python'").unwrap();
    assert!(json::write(&json, &python).is_err());
    let digits = "7".repeat(1_000_000);
    assert!(json::write(&Json::Number(&format!("0.{digits}")), &python).is_err());
    let keys: Vec<_> = (0..100_000).map(|key| format!("\"k{key}\":{key}")).collect();
    let object = format!("{{{}}}", keys.join(","));
    assert!(json::write(&json::parse(&object).unwrap(), &python).is_ok());
    let lines = "\r\n--b".repeat(200_000);
    let body = format!("--bb\r\nContent-Disposition: form-data; name=a\r\n\r\n{lines}\r\n--bb--");
    assert!(multipart::parse(b"multipart/form-data; boundary=bb", body.as_bytes()).is_some());
}
