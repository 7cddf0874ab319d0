//! What real serializers print, against the styles that describe them.
//!
//! Each expectation is the output of the command above it.

use requote::content::form::{self, FormStyle};
use requote::content::json::{self, Json, JsonStyle};

const PYTHON: &str = r#"
    item-separator = ", "
    key-separator = ": "
    ascii = true
    also-escape = "\u007f"
    numbers = "python"
"#;
const ECMASCRIPT: &str = "numbers = 'ecmascript'\nkeys = 'ecmascript'";
const GO: &str = r#"
    also-escape = "<>&\u2028\u2029"
    keys = "sorted"
    numbers = { integers = "i64", floats = "f64", format = "ecmascript" }
"#;
const PHP: &str = r#"
    ascii = true
    also-escape = "/"
    keys = "php"
    [numbers]
    integers = "i64"
    floats = "f64"
    negative-zero = true
    format = { fixed-from = -4, fixed-below = 17, exponent-point-zero = true }
"#;
const RUST: &str = r#"
    keys = "sorted"
    numbers = { integers = "i64", floats = "f64", format = "rust", negative-zero = true }
"#;

fn style(toml: &str) -> JsonStyle {
    toml::from_str(toml).unwrap()
}

/// What the style writes, or `-` for what it cannot hold.
fn write(text: &str, style: &JsonStyle) -> String {
    json::write(&json::parse(text).unwrap(), style).unwrap_or_else(|_| "-".to_owned())
}

fn check(toml: &str, cases: &[(&str, &str)]) {
    let style = style(toml);
    for (text, expected) in cases {
        assert_eq!(write(text, &style), *expected, "{text}");
    }
}

// python3 -c 'import json,sys; [print(json.dumps(eval(t))) for t in sys.argv[1:]]' 1e16 1e15 ...
#[test]
fn python_prints_numbers_so() {
    check(
        PYTHON,
        &[
            ("1e16", "1e+16"),
            ("1e15", "1000000000000000.0"),
            ("0.00001", "1e-05"),
            ("0.0001", "0.0001"),
            ("10.00", "10.0"),
            ("1E5", "100000.0"),
            ("0.1000", "0.1"),
            ("1e-7", "1e-07"),
            ("-0.0", "-0.0"),
            ("0", "0"),
            ("0e5", "0.0"),
            ("5e-324", "5e-324"),
            ("649714273740195.2", "649714273740195.2"),
            ("649714273740195.3", "-"),
            ("123456789.125", "123456789.125"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("123456789012345680.0", "1.2345678901234568e+17"),
            ("12345678901234567890", "12345678901234567890"),
        ],
    );
}

#[test]
fn python_cannot_hold_these_numbers() {
    let cases = ["-0", "1e400", "-1e400", "1e-400", "12345678901234567890.123", "4.9e-324"];
    for text in cases {
        assert_eq!(write(text, &style(PYTHON)), "-", "{text}");
    }
    // ValueError: Exceeds the limit (4300 digits) for integer string conversion
    assert_eq!(write(&"9".repeat(4300), &style(PYTHON)).len(), 4300);
    assert_eq!(write(&"9".repeat(4301), &style(PYTHON)), "-");
}

// node -e 'for (const t of process.argv.slice(1)) console.log(JSON.stringify(eval(t)))' 1e16 ...
#[test]
fn ecmascript_prints_numbers_so() {
    check(
        ECMASCRIPT,
        &[
            ("1e16", "10000000000000000"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"),
            ("0.00001", "0.00001"),
            ("1e-6", "0.000001"),
            ("1e-7", "1e-7"),
            ("1.5e-7", "1.5e-7"),
            ("1.5e300", "1.5e+300"),
            ("10.00", "10"),
            ("0.0", "0"),
            ("5e-324", "5e-324"),
            ("649714273740195.2", "649714273740195.2"),
            ("649714273740195.3", "-"),
            ("123456789.125", "123456789.125"),
            ("9007199254740992", "9007199254740992"),
            ("123456789012345680000", "123456789012345680000"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            // It prints another value for these.
            ("9007199254740993", "-"),
            ("12345678901234567890", "-"),
            ("-0", "-"),
            ("-0.0", "-"),
            ("1e400", "-"),
        ],
    );
}

// node -e 'console.log(JSON.stringify({b: 1, 4294967295: 1, 4294967294: 2, "01": 3, "-1": 4, 1: 5}))'
// {"1":5,"4294967294":2,"b":1,"4294967295":1,"01":3,"-1":4}
#[test]
fn ecmascript_moves_array_indices_to_the_front() {
    check(
        ECMASCRIPT,
        &[
            (
                r#"{"1":5,"4294967294":2,"b":1,"4294967295":1,"01":3,"-1":4,"+1":0}"#,
                r#"{"1":5,"4294967294":2,"b":1,"4294967295":1,"01":3,"-1":4,"+1":0}"#,
            ),
            (r#"{"b":1,"4294967294":2}"#, "-"),
            (r#"{"1":1,"0":2}"#, "-"),
            (r#"{"a":[{"b":{"x":0,"0":0}}]}"#, "-"),
            (r#"{"b":1,"__proto__":{}}"#, "-"),
            (r#"{"a":1,"a":1}"#, "-"),
        ],
    );
}

// json.Marshal of a map[string]any with each number as a Go literal
#[test]
fn go_prints_numbers_and_keys_so() {
    check(
        GO,
        &[
            ("1e16", "10000000000000000"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"),
            ("1e-6", "0.000001"),
            ("1e-7", "1e-7"),
            ("10.00", "10"),
            ("1.5e300", "1.5e+300"),
            ("9223372036854775807", "9223372036854775807"),
            ("9223372036854775808", "-"),
            // A constant has no negative zero.
            ("-0.0", "-"),
            (r#"{"a":1,"b":2}"#, r#"{"a":1,"b":2}"#),
            (r#"{"b":2,"a":1}"#, "-"),
        ],
    );
}

// php -r 'foreach ([1e16, ...] as $v) echo json_encode($v), "\n";'
#[test]
fn php_prints_numbers_and_keys_so() {
    check(
        PHP,
        &[
            ("1e16", "10000000000000000"),
            ("12345678901234568.0", "12345678901234568"),
            ("1e17", "1.0e+17"),
            ("1.5e17", "1.5e+17"),
            ("1e-4", "0.0001"),
            ("1e-5", "1.0e-5"),
            ("1.5e-5", "1.5e-5"),
            ("10.00", "10"),
            ("-0.0", "-0"),
            ("-0", "-"),
            ("5e-324", "5.0e-324"),
            ("9223372036854775808", "-"),
            (r#"{"1":1,"0":2}"#, r#"{"1":1,"0":2}"#),
            (r#"{"":1,"01":2,"b":[]}"#, r#"{"":1,"01":2,"b":[]}"#),
            (r#"{"0":1,"a":2}"#, r#"{"0":1,"a":2}"#),
            (r#"{"00":1}"#, r#"{"00":1}"#),
            // Arrays with these keys are lists: [1,2]
            (r#"{"0":1,"1":2}"#, "-"),
            ("{}", "{}"),
        ],
    );
}

// Rscript -e 'cat(jsonlite::toJSON(list(1e15, ...), auto_unbox = TRUE, digits = 22))'
#[test]
fn jsonlite_prints_numbers_so() {
    check(
        "empty-keys = false\nescape-slash-behind = '<'\n[numbers]\nintegers = 'f64'\nfloats = 'f64'\nnegative-zero = true\n\
         format = { fixed-from = -4, fixed-below = 15, exponent-digits = 2, digits = 15 }",
        &[
            ("1000000000000000", "1e+15"),
            ("123456789012345", "123456789012345"),
            ("1.5e30", "1.5e+30"),
            ("100000", "100000"),
            ("10.00", "10"),
            ("0.0001", "0.0001"),
            ("0.00001234", "1.234e-05"),
            ("-0.0", "-0"),
            // Printed as 3.14159265358979, 1.23456789012346e+15 and 4.94065645841247e-324.
            ("3.141592653589793", "-"),
            ("1234567890123456", "-"),
            ("5e-324", "-"),
            (r#"{"":1}"#, "-"),
            (r#"{"</":"/<//"}"#, r#"{"<\/":"/<\//"}"#),
        ],
    );
}

/// Characters that one serializer or another writes as an escape.
const ODD: &str = "\u{e9}\u{7f}\u{1f}\u{2028}\u{1f600}/<>&\u{8}\u{c}\n\r\t\"\\";

// json.dumps, JSON.stringify, json.Marshal and json_encode of the string
#[test]
fn strings_are_escaped_so() {
    let cases = [
        (PYTHON, r#""\u00e9\u007f\u001f\u2028\ud83d\ude00/<>&\b\f\n\r\t\"\\""#.to_owned()),
        (ECMASCRIPT, "\"é\u{7f}\\u001f\u{2028}😀/<>&\\b\\f\\n\\r\\t\\\"\\\\\"".to_owned()),
        (GO, "\"é\u{7f}\\u001f\\u2028😀/\\u003c\\u003e\\u0026\\b\\f\\n\\r\\t\\\"\\\\\"".to_owned()),
        (
            PHP,
            "\"\\u00e9\u{7f}\\u001f\\u2028\\ud83d\\ude00\\/<>&\\b\\f\\n\\r\\t\\\"\\\\\"".to_owned(),
        ),
        (RUST, serde_json::to_string(ODD).unwrap()),
    ];
    for (toml, expected) in cases {
        let json = Json::Object(vec![(ODD.into(), Json::String(ODD.into()))]);
        let colon = style(toml).key_separator;
        let expected = format!("{{{expected}{colon}{expected}}}");
        assert_eq!(json::write(&json, &style(toml)).unwrap(), expected);
    }
    let upper = style("short-escapes = ''\nhex = 'upper'");
    assert_eq!(write(r#""\n\"\\\u001f""#, &upper), r#""\u000A\u0022\u005C\u001F""#);
    let mixed = style("hex = 'upper'\nlower-hex-of = \"\\u000b\"");
    assert_eq!(write(r#""\u000b\u001f""#, &mixed), r#""\u000b\u001F""#);
}

#[test]
fn the_shorter_form_of_a_float_is_written_where_the_serializer_takes_it() {
    // Jason.encode!, seen at work.
    check(
        "numbers = { integers = 'big', floats = 'f64', format = 'erlang' }",
        &[
            ("10.00", "10.0"),
            ("100.0", "100.0"),
            ("1000.0", "1.0e3"),
            ("12345.0", "12345.0"),
            ("0.0001", "0.0001"),
            ("0.00012", "1.2e-4"),
            ("0.0012", "0.0012"),
            ("123456789012.0", "123456789012.0"),
            ("9007199254740992.0", "9.007199254740992e15"),
            ("1.5E+10", "1.5e10"),
            ("0.0", "0.0"),
        ],
    );
}

// (cheshire.core/generate-string …) on Java 17
#[test]
fn java_prints_numbers_so() {
    let format = "{ fixed-from = -3, fixed-below = 7, whole-point-zero = true, exponent-point-zero = true, \
        exponent-positive = 'E', exponent-negative = 'E-', known-from = -300, known-below = 16 }";
    check(
        &format!("numbers = {{ integers = 'big', floats = 'f64', format = {format} }}"),
        &[
            ("1e7", "1.0E7"),
            ("0.0001", "1.0E-4"),
            ("12345678.5", "1.23456785E7"),
            ("8.827348907275e15", "8.827348907275E15"),
            ("123456789012345678901", "123456789012345678901"),
            // 8.8273489072750003E17 before Java 19, and 4.9E-324.
            ("88273489072750e4", "-"),
            ("5e-324", "-"),
        ],
    );
}

#[test]
fn separators_and_the_end_are_data() {
    check(PYTHON, &[(r#"{"a":[1,{}],"b":[]}"#, r#"{"a": [1, {}], "b": []}"#)]);
    // json.NewEncoder(w).Encode([]int{1})
    check("end = \"\\n\"", &[("[1]", "[1]\n")]);
    check("duplicates = true", &[(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":2}"#)]);
    check(
        "keys = 'unordered'",
        &[(r#"[{"a":1},{}]"#, r#"[{"a":1},{}]"#), (r#"{"a":1,"b":2}"#, "-")],
    );
    check(
        "most-members = 2",
        &[
            (r#"{"b":{"a":1},"a":[1,2,3]}"#, r#"{"b":{"a":1},"a":[1,2,3]}"#),
            (r#"[{"a":1,"b":2,"c":3}]"#, "-"),
        ],
    );
}

#[test]
fn a_style_that_is_not_json_is_refused() {
    for toml in [
        "item-separator = ';'",
        "item-separator = ',,'",
        "key-separator = '::'",
        "end = 'x'",
        "short-escapes = 'x'",
        "numbers = 'pascal'",
        "numbers = { integers = 'i7' }",
        "numbers = { unknown = 1 }",
        "numbers = { format = 'pascal' }",
        "numbers = 1",
        "unknown = 1",
    ] {
        assert!(toml::from_str::<JsonStyle>(toml).is_err(), "{toml}");
    }
    let error = toml::from_str::<JsonStyle>("numbers = 'pascal'").unwrap_err();
    assert!(error.message().contains("`text`, `python`, `ecmascript`"), "{error}");
    // A layout that is no number never reaches the wire.
    let broken = "numbers = { floats = 'f64', format = { exponent-positive = 'x' } }";
    check(broken, &[("1e30", "-"), ("1.5", "1.5")]);
}

#[test]
fn integers_fit_or_stay_text() {
    let cases = [
        ("i32", "2147483647", "2147483648"),
        ("i32", "-2147483648", "-2147483649"),
        ("i64", "-9223372036854775808", "-9223372036854775809"),
        ("u64", "18446744073709551615", "18446744073709551616"),
        ("u64", "0", "-1"),
        (
            "i128",
            "-170141183460469231731687303715884105728",
            "-170141183460469231731687303715884105729",
        ),
        ("big", "-1267650600228229401496703205376", "-0"),
        ("f64", "-10", "9007199254740993"),
    ];
    for (integers, fits, does_not) in cases {
        let toml = format!("numbers = {{ integers = '{integers}' }}");
        check(&toml, &[(fits, fits), (does_not, "-")]);
    }
    check("numbers = 'text'", &[("-0", "-0"), ("1E+400", "1E+400"), ("10.00", "10.00")]);
}

// All printable ASCII characters and é, by
//   node: new URLSearchParams([["k", s]]).toString()    ruby: URI.encode_www_form([["k", s]])
//   java: URLEncoder.encode(s, UTF_8)                   php: http_build_query(["k" => $s])
//   python: urllib.parse.urlencode([("k", s)])          go: url.Values{"k": {s}}.Encode()
//   curl 7.88: --data-urlencode k@s.txt
#[test]
fn forms_are_escaped_so() {
    let text: String = (' '..='~').chain(['\u{e9}']).collect();
    let pairs = [("k".into(), Some(text.into()))];
    for (toml, star, tilde) in [
        ("", "*", "%7E"),
        ("bare-names = true", "*", "%7E"),
        ("safe = '_.-'", "%2A", "%7E"),
        ("safe = '_.-~'", "%2A", "~"),
        ("safe = '_.-~'\nsorted = true", "%2A", "~"),
    ] {
        let style: FormStyle = toml::from_str(toml).unwrap();
        let expected = format!(
            "k=+%21%22%23%24%25%26%27%28%29{star}%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40\
             ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D{tilde}%C3%A9"
        );
        assert_eq!(form::write(&pairs, &style), Some(expected), "{toml}");
    }
    let percent: FormStyle = toml::from_str("space = '%20'\nhex = 'lower'").unwrap();
    let spaced = [("a b".into(), Some("/".into()))];
    assert_eq!(form::write(&spaced, &percent).as_deref(), Some("a%20b=%2f"));
}

#[test]
fn a_form_that_would_change_is_not_written() {
    let write = |toml: &str, name: &str, value: &str| {
        let style: FormStyle = toml::from_str(toml).unwrap();
        form::write(&[(name.into(), Some(value.into()))], &style)
    };
    // perl, HTTP::Request::Common
    assert_eq!(write("line-feeds = 'become-crlf'", "a", "x\ny"), None);
    assert_eq!(write("line-feeds = 'become-crlf'", "a\n", ""), None);
    assert_eq!(write("line-feeds = 'become-crlf'", "a", "x\r\ny").as_deref(), Some("a=x%0D%0Ay"));
    // tcl, http::formatQuery
    assert_eq!(write("line-feeds = 'gain-return'", "a", "x\r\ny"), None);
    assert_eq!(write("", "a", "x\ny").as_deref(), Some("a=x%0Ay"));
    assert_eq!(write("empty-names = false", "", "x"), None);
    assert_eq!(write("", "", "x").as_deref(), Some("=x"));
}
