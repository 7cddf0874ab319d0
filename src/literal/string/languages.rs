//! Small languages, each of which writes strings in a way of its own.

use super::{Lines, Place, StringDoubts, StringStyle, write_cheapest};

#[derive(serde::Deserialize)]
struct Table {
    string: Vec<StringStyle>,
}

#[derive(serde::Deserialize)]
struct Doubts {
    string: Vec<StringDoubts>,
}

/// A literal at the second level of indentation, in column 4.
fn write(table: &str, family: &str, text: &str) -> Option<String> {
    let Table { mut string } = toml::from_str(table).expect("a table");
    for style in &mut string {
        style.unit = "  ".to_owned();
    }
    let place = Place { level: 1, column: 4, ..Place::default() };
    let mut out = String::new();
    let lines = Lines::of(text);
    let is_written = write_cheapest(&string, family, text, lines, place, &mut out)
        || write_cheapest(&string, family, text, Lines::One, place, &mut out);
    is_written.then(|| crate::literal::finish(out, "\n"))
}

#[track_caller]
fn writes(table: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(write(table, "", text).as_deref(), Some(*expected), "{text:?}");
    }
}

/// What is told of the styles, when they are as they are and with something else in place of a part.
#[track_caller]
fn is_right_until(table: &str, part: &str, instead: &str, told: &str) {
    let doubts = |table: &str| -> Vec<String> {
        let Doubts { string } = toml::from_str(table).expect("a table");
        string.into_iter().flat_map(|StringDoubts(doubts)| doubts).collect()
    };
    assert_eq!(doubts(table), [""; 0]);
    let changed = table.replacen(part, instead, 1);
    assert_ne!(changed, table, "{part}");
    let found = doubts(&changed);
    assert!(found.iter().any(|doubt| doubt.contains(told)), "{part}: {found:?}");
}

/// Basic: no escapes but the doubled quote; control characters have names.
const INFIX: &str = r#"
[[string]]
open = '"'
close = '"'
escapes = { '"' = '""' }
[string.concat]
join = " & "
names = { "\r\n" = "vbCrLf", "\n" = "vbLf", "\t" = "vbTab" }
other = [{ up-to = 0xffff, write = "ChrW({:d})" }, { write = "Char({:d})" }]
"#;

#[test]
fn pieces_are_joined_by_an_operator() {
    writes(
        INFIX,
        &[
            ("", r#""""#),
            ("a", r#""a""#),
            ("a\tb", r#""a" & vbTab & "b""#),
            ("\t", "vbTab"),
            ("\r\n\n", "vbCrLf & vbLf"),
            ("say \"é\"\0", r#""say ""é""" & ChrW(0)"#),
            ("\u{e0001}a", r#"Char(917505) & "a""#),
        ],
    );
    is_right_until(INFIX, "vbTab", "vbLf", "which reads back as");
    is_right_until(INFIX, "{ '\"' = '\"\"' }", "{}", "which ends before the text does");
    is_right_until(INFIX, "up-to = 0xffff, ", "", "not in ascending order");
    is_right_until(INFIX, "ChrW({:d})", "vbLf #{:d}", "which ends before");
}

/// Lisp: a function takes the pieces.
const PREFIX: &str = r#"
[[string]]
open = '"'
close = '"'
escapes = { '"' = '\"', '\' = '\\' }
[string.concat]
open = "(concatenate 'string "
join = " "
close = ")"
names = { "\t" = '(string #\Tab)', "\r" = '(string #\Return)', "\n" = '(string #\Newline)' }
other = [{ write = '(string (code-char {:d}))' }]
"#;

#[test]
fn a_function_takes_the_pieces() {
    writes(
        PREFIX,
        &[
            (r#"a"\"#, r#""a\"\\""#),
            ("\t", r"(string #\Tab)"),
            ("a\tb\0", r#"(concatenate 'string "a" (string #\Tab) "b" (string (code-char 0)))"#),
        ],
    );
    is_right_until(PREFIX, "#\\Tab", "#\\Return", "which reads back as");
    is_right_until(PREFIX, "'\\' = '\\\\'", "'%' = '%%'", "no rule is about a `\\`");
}

/// A literal has 8 characters at most, and a line 30 columns.
const NARROW: &str = r#"
[[string]]
open = "'"
close = "'"
escapes = { "'" = "''" }
[string.concat]
longest = 8
width = 30
join = " && "
line-end = " &&"
line-start = "~ "
names = { "\n" = '\n' }
"#;

#[test]
fn long_literals_and_lines_go_on() {
    writes(
        NARROW,
        &[
            ("abcdefgh", "'abcdefgh'"),
            ("abcdefghi", "'abcdefgh' && 'i'"),
            // The doubled quote is not cut.
            ("abcdefg'h", "'abcdefg' && '''h'"),
            ("abcdefghijklmnopq", "'abcdefgh' &&\n    ~ 'ijklmnop' && 'q'"),
            ("a\nb", r"'a' && \n && 'b'"),
        ],
    );
    let long = "abcdefghijklmnopqrstuvwxyz";
    let unlimited = NARROW.replace("longest = 8\n", "");
    writes(&unlimited, &[(long, "'abcdefghijklmnopqrstu' &&\n    ~ 'vwxyz'")]);
    for table in [NARROW, &unlimited] {
        let code = write(table, "", &long.repeat(9)).expect("a literal");
        assert!(code.lines().all(|line| line.len() <= 30), "{code}");
        is_right_until(table, "{ \"'\" = \"''\" }", "{}", "which ends before the text does");
    }
}

#[test]
fn what_no_piece_holds_is_refused() {
    assert_eq!(write(NARROW, "", "a\tb"), None);
}

/// Lines go on within the literal, behind a bar.
const BARS: &str = r#"
[[string]]
lines = "many"
open = '"'
close = '"'
lead = "|"
escapes = { '"' = '""' }
[[string]]
open = '"'
close = '"'
escapes = { '"' = '""' }
[string.concat]
join = " + "
other = [{ write = "Char({:d})" }]
"#;

#[test]
fn each_line_but_the_first_has_its_lead() {
    writes(
        BARS,
        &[
            ("a\nb", "\"a\n    |b\""),
            ("|\"\n\n|", "\"|\"\"\n    |\n    ||\""),
            ("a\n", "\"a\" + Char(10)"),
            ("a\r\nb", "\"a\" + Char(13) + Char(10) + \"b\""),
        ],
    );
    is_right_until(BARS, "{ '\"' = '\"\"' }", "{}", "which ends before the text does");
}

/// A here-document ends at a line with its word.
const WORDS: &str = r#"
[[string]]
lines = "any"
open = "<<EOT{number}\n"
close = "\nEOT{number}"
"#;

#[test]
fn a_delimiter_is_chosen_by_the_text() {
    writes(
        WORDS,
        &[
            ("a", "<<EOT\na\nEOT"),
            ("EOT\na", "<<EOT1\nEOT\na\nEOT1"),
            ("EOT\nEOT1\nEOT3", "<<EOT2\nEOT\nEOT1\nEOT3\nEOT2"),
        ],
    );
    let tags = "[[string]]\nlines = 'any'\nopen = '$q{number}$'\nclose = '$q{number}$'";
    writes(tags, &[("$q$", "$q1$$q$$q1$"), ("$q", "$q1$$q$q1$")]);
    is_right_until(WORDS, "\"any\"", "\"any\"\nescapes = { 'a' = 'b' }", "which reads back as");
}

/// A keyword, or a symbol between bars.
const SYMBOLS: &str = r#"
[[string]]
family = "symbol"
open = ":"
close = ""
only = "A-C-"
only-start = "A-C"
escapes = { A = "a", B = "b", C = "c" }
[[string]]
family = "symbol"
open = ":|"
close = "|"
cost = 4
escapes = { '|' = '\|', '\' = '\\' }
"#;

#[test]
fn a_symbol_is_bare_where_its_reader_gives_it_back() {
    for (text, expected) in [
        ("ABC", ":abc"),
        ("A-B", ":a-b"),
        ("abc", ":|abc|"),
        ("-A", ":|-A|"),
        ("", ":||"),
        ("a|\\", r":|a\|\\|"),
        ("É", ":|É|"),
    ] {
        assert_eq!(write(SYMBOLS, "symbol", text).as_deref(), Some(expected), "{text:?}");
    }
    is_right_until(SYMBOLS, "A = \"a\"", "A = \"b\"", "which reads back as");
}

/// A format in which a value is what is left of the line.
const BARE: &str = r#"
[[string]]
open = ""
close = ""
forbid-end = [" ", "\t"]
forbid-start = [' ', "\t", '#']
escapes = { '\' = '\\', "\n" = '\n' }
[[string]]
lines = "many"
open = ""
close = ""
forbid-line-start = ['###']
"#;

#[test]
fn a_value_without_delimiters_stays_in_its_line() {
    writes(BARE, &[("a b", "a b"), ("a\\\n", r"a\\\n"), ("a\n b", "a\n b")]);
    writes(BARE, &[("a\n###b", r"a\n###b")]);
    for text in [" a", "a ", "#a", "a\r", "###a\nb"] {
        assert_eq!(write(BARE, "", text), None, "{text:?}");
    }
    is_right_until(BARE, r#""\n" = '\n'"#, r#""\n" = "\r\n""#, "an escape writes a line end");
}

#[test]
fn keys_that_do_not_go_together_are_told() {
    for (part, instead, told) in [
        ("[string.concat]", "lead = '|'\n[string.concat]", "`lead` does not go with it"),
        ("[string.concat]", "lines = 'any'\n[string.concat]", "`lines` does not go with it"),
        ("[string.concat]", "family = 'interpolated'\n[string.concat]", "`family` does not go"),
        ("close = '\"'", "close = ''", "`close` does not go with it"),
        ("open = '\"'", "open = '{number}\"'", "`{number}` is in `open` and in `close`"),
    ] {
        let changed = INFIX.replacen(part, instead, 1);
        let told_of = toml::from_str::<Table>(&changed).err().expect(part).to_string();
        assert!(told_of.contains(told), "{told_of}");
    }
}
