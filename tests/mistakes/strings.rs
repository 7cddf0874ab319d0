//! Mistakes in the strings of a language: what does not load, and what would write wrong code.

use crate::{TABLE, TEMPLATE, are_told, end, is_told};

/// The table with this as its only style.
fn style(text: &str) -> String {
    let (head, rest) = TABLE.split_once("[[string]]\n").expect("a style");
    let (_, client) = rest.split_once("[client.x]").expect("a client");
    format!("{head}[[string]]\n{text}\n[client.x]{client}")
}

/// A style with double quotes around the text.
fn quoted(text: &str) -> String {
    style(&format!("open = '\"'\nclose = '\"'\n{text}"))
}

/// A style of which the escapes are right, too.
fn sound(text: &str) -> String {
    quoted(&format!("escapes = {{ '\"' = '\\\"', '\\' = '\\\\' }}\n{text}"))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases, each of which is short")]
fn a_style_that_cannot_be_meant_is_told() {
    are_told(&[
        (
            style(
                r#"close='"'
escapes = { '"' = '\"', '\' = '\\' }"#,
            ),
            "the key `open` is missing",
            "4:1",
        ),
        (
            style(
                r#"open='"'
escapes = { '"' = '\"', '\' = '\\' }"#,
            ),
            "the key `close` is missing",
            "4:1",
        ),
        (
            style(
                r#"open='"'
close='"'
fence='#'"#,
            ),
            "`fence` needs a place in `open` and in `close`: write `{fence}` there",
            "4:1",
        ),
        (
            style(
                r#"open='{fence}"'
close='"{fence}'"#,
            ),
            r#"the text ` ` is written as `{fence}" "{fence}`, which ends before the text does"#,
            "4:1",
        ),
        (
            sound(r"other=[{write='\x{:z}'}]"),
            r"`\x{:z}` needs one place for a number, such as `{:04x}`",
            "8:15",
        ),
        (
            sound(r"other=[{write='\x{:x'}]"),
            r"`\x{:x` needs one place for a number, such as `{:04x}`",
            "8:15",
        ),
        (
            sound(r"other=[{write='\x'}]"),
            r"`\x` needs one place for a number, such as `{:04x}`",
            "8:15",
        ),
        (
            sound(r"other=[{write='\u{:x}{:x}'}]"),
            r"`\u{:x}{:x}` needs one place for a number, such as `{:04x}`",
            "8:15",
        ),
        (
            sound(r"other=[{up-to=0xffff,write='\u{:04x}'},{up-to=0xff,write='\x{:02x}'}]"),
            "the forms of `other` are not in ascending order of `up-to`: number 2 is never used",
            "4:1",
        ),
        (
            sound(r"other=[{up-to=0xff,write='\u{:04x}'},{up-to=0xff,write='\x{:02x}'}]"),
            "the forms of `other` are not in ascending order of `up-to`: number 2 is never used",
            "4:1",
        ),
        (
            sound(r"other=[{write='\x{:02x}'}]"),
            r#"the text `\0\0\u{fdd0}` is written as `"\x00\x00\xfdd0"`, which reads back as `\0\0ýd0`"#,
            "4:1",
        ),
        (
            quoted(r#"escapes={''='a','"'='\"','\'='\\'}"#),
            "`escapes` has a rule for the empty text: it never applies",
            "4:1",
        ),
        (sound("forbid='a'"), "expected a list, `[...]`, and this is text `a`", "8:8"),
        (sound("lines='two'"), "there is no `two`: expected one of `one`, `many`, `any`", "8:7"),
        (quoted("escapes=['a']"), "expected a table, and this is a list", "7:9"),
        (
            quoted(r#"escapes={'"'=1}"#),
            "expected a text or a table, and this is the number `1`",
            "7:14",
        ),
        (
            quoted(r#"escapes={'"'={write='\"',befor='a'}}"#),
            "there is no key `befor`; did you mean `before`?",
            "7:26",
        ),
        (sound(r#"doubled={'é'='"'}"#), "`doubled` takes ASCII characters, and `é` is none", "4:1"),
        (sound(r#"doubled={'ab'='"'}"#), "one character is expected", "8:10"),
        (
            style("open='{'\nclose='}'\nbalanced=['{']"),
            "expected two of them, and this is 1",
            "7:10",
        ),
        (
            style("open='{'\nclose='}'\nbalanced=['[',']']"),
            "`balanced` is `[` and `]`, with which `open` does not end and `close` not begin",
            "4:1",
        ),
        (
            sound(r"other=[{write='\x{:02x}',unit='utf8'}]"),
            "there is no `utf8`; did you mean `utf-8`?",
            "8:31",
        ),
        (
            sound(r"other=[{write='\u{:03x}',unit='utf-16'}]"),
            r#"the text `\0\0\u{fdd0}` is written as `"\u000\u000\ufdd0"`, which reads back as"#,
            "4:1",
        ),
        (
            sound(r"other=[{write='\{:o}',unit='utf-8'}]"),
            r#"the text `\0\01` is written as `"\0\01"`, which reads back as `\0\x01`"#,
            "4:1",
        ),
        (
            style(
                r#"open="'"
close="'""#,
            ),
            "the text `'` is written as `'''`, which ends before the text does",
            "4:1",
        ),
        (
            quoted(r#"escapes={'"'='"','\'='\\'}"#),
            r#"`escapes` writes `"` as `"`, with which the closing delimiter begins"#,
            "4:1",
        ),
        (
            quoted(r#"escapes={'"'='\"','\'='\\','a'='\n','b'='\n'}"#),
            r#"the text `b` is written as `"\n"`, which reads back as `a`"#,
            "4:1",
        ),
        (
            quoted(r#"escapes={'"'='\"','\'='\\',"\n"=''}"#),
            r#"the text `\n` is written as `""`, which reads back as ``"#,
            "4:1",
        ),
        (
            sound("start={'a'='b'}"),
            r#"the text `b` is written as `"b"`, which reads back as `a`"#,
            "4:1",
        ),
        (
            sound("end={'a'='b'}"),
            r#"the text `b` is written as `"b"`, which reads back as `a`"#,
            "4:1",
        ),
        (
            sound("raw-up-to='x'"),
            "expected a whole number, 0 or more, and this is text `x`",
            "8:11",
        ),
        (end("[split]\njion='+'\n"), "there is no key `jion`; did you mean `join`?", "14:1"),
        (
            end(r#"[[string]]
family='interpolated'
open='f"'
close='"'
escapes={'"'='\"','\'='\\'}
[environment]
variable='env({NAME})'
inside='{env({NAME})}'
"#),
            "a variable begins with `{`, and no rule is about a `{` of the text: add it to `escapes`",
            "13:1",
        ),
    ]);
}

#[test]
fn a_language_without_strings_has_no_filter_for_them() {
    let (head, rest) = TABLE.split_once("[[string]]\n").expect("a style");
    let (_, client) = rest.split_once("[client.x]").expect("a client");
    let table = format!("{head}[client.x]{client}");
    let message = "`str` needs the table `[[string]]` of the language, and there is none";
    is_told(&table, TEMPLATE, &[message, "--> own/t/x.tera:1:18\n"]);
}
