//! Conditions that are the same for each request, and values that are not the request's any more.

use crate::{TABLE, TEMPLATE, are_told_behind, find, is_told};

#[test]
fn what_is_never_the_same_is_told() {
    are_told_behind(&[
        (
            r#"{% if body.is_map == "yes" %}{% endif %}"#,
            r#"`body.is_map` is true or false, `"yes"` a text: they are never the same"#,
            "10:22",
        ),
        (
            "{% if body.is_map == 1 %}{% endif %}",
            "`body.is_map` is true or false, `1` a number: they are never the same",
            "10:22",
        ),
        (
            r#"{% if port == "80" %}{% endif %}"#,
            r#"`port` is a number, `"80"` a text: they are never the same"#,
            "10:15",
        ),
        (
            r#"{% if headers | length != "1" %}{% endif %}"#,
            r#"`headers | length` is a number, `"1"` a text: they are never the same"#,
            "10:27",
        ),
        (
            r#"{% for h in headers %}{% if h == "a" %}{% endif %}{% endfor %}"#,
            r#"`h` is a record, `"a"` a text: they are never the same"#,
            "10:34",
        ),
        (
            r#"{% if "accept" in headers %}{% endif %}"#,
            r#"`"accept"` is a text, each of `headers` a record: it is never in there"#,
            "10:19",
        ),
        (
            r#"{% set n = method | lower %}{% if n == "PUT" %}{% endif %}"#,
            "`PUT` has a capital letter, and this has none",
            "10:40",
        ),
        (
            r#"{% for h in headers %}{% if h.name | lower in ["Accept"] %}{% endif %}{% endfor %}"#,
            "`Accept` has a capital letter, and this has none",
            "10:48",
        ),
        (
            r#"{% for h in headers %}{% if h.name | upper == "Accept" %}{% endif %}{% endfor %}"#,
            "`Accept` has a small letter, and this has none",
            "10:47",
        ),
        (
            r#"{% if method == "get" %}{% endif %}"#,
            "`get` is another method than `GET` (RFC 9110 §9.1)",
            "10:17",
        ),
        (
            r#"{% if method in ["GET", "put"] %}{% endif %}"#,
            "`put` is another method than `PUT` (RFC 9110 §9.1)",
            "10:25",
        ),
    ]);
}

#[test]
fn what_is_always_true_is_told() {
    let (text, kind) = ("this text is always true", "this is always true: compare it with one of");
    are_told_behind(&[
        (r#"{% if body.kind == "text" or "json" %}{% endif %}"#, text, "10:30"),
        (r#"{% if "text" %}{% endif %}"#, text, "10:7"),
        (r#"{{ url | str if "text" else method | str }}"#, text, "10:17"),
        ("{% if body.kind %}{% endif %}", kind, "10:7"),
        ("{% if not body.kind %}{% endif %}", kind, "10:11"),
        ("{% if body.is_map and scheme %}{% endif %}", kind, "10:23"),
        ("{% set a = [h for h in headers if scheme] %}", kind, "10:35"),
    ]);
}

/// A literal that is printed within a text of the code ends that text.
#[test]
fn a_literal_within_quotes_is_told() {
    let words = "a literal within a text of the code would end it: write the whole text";
    are_told_behind(&[
        (r#"x = "a {{ url | str }}""#, words, "10:11"),
        (r#"x = "{{ url | str }} b""#, words, "10:9"),
        (r#"x = f("b", "a \" {{ url | str }} b")"#, words, "10:21"),
        (r#"x = "a {% if method %}{{ url | str }}{% endif %} b""#, words, "10:26"),
        (r#"x = "{ 'a': {{ url | str }} }""#, words, "10:16"),
    ]);
    for text in [
        r#"x = f("a", {{ url | str }}, "b")"#,
        r#"x = "${f({{ url | str }})}""#,
        r#"x = f"{f({{ url | str }})}""#,
        r#"x = "[f {{ url | str }}]""#,
        r#"x = "a" + {{ url | str }}"#,
        "x = \"a\n{{ url | str }}",
    ] {
        assert_eq!(find(TABLE, &format!("{TEMPLATE}{text}\n")), [], "{text}");
    }
}

/// What is written is what the request has.
#[test]
fn a_value_that_is_changed_is_told() {
    let part = "only a part of the text would be sent: write all of it";
    let case = "another letter case is another method (RFC 9110 §9.1): write it as it is";
    are_told_behind(&[
        ("{{ url | trim | str }}", part, "10:4"),
        ("{{ body.text | trim_end | str }}", part, "10:4"),
        ("{{ url | truncate(length=8) | str }}", part, "10:4"),
        ("{{ method | lower | str }}", case, "10:4"),
        (
            "{% for h in headers | unique %}{{ h.name | str }}{% endfor %}",
            "what the request has twice would be sent once: write each",
            "10:23",
        ),
    ]);
    for (written, instead, words) in [
        ("{{ url | str }}", "{{ url | lower | str }}", "`zqPath` of the target"),
        ("{{ url | str }}", "{{ url | upper | str }}", "`zqPath` of the target"),
        ("{{ h.value | str }}", "{{ h.value | lower | str }}", "`zqAgent` of the field"),
        ("{{ body.text | str }}", "{{ body.text | lower | str }}", "`zqText` of the body"),
        (
            "{{ body.text | str }}",
            r#"{{ body.text | replace(from="T", to="t") | str }}"#,
            "`zqText` of the body",
        ),
    ] {
        let template = TEMPLATE.replace(written, instead);
        assert_ne!(template, TEMPLATE, "{written}");
        is_told(TABLE, &template, &["own/t/x.tera: the template does not write", words]);
    }
    // The letter case of a field name is nobody's (RFC 9110 §5.1).
    let template = TEMPLATE.replace("{{ h.name | str }}", "{{ h.name | lower | str }}");
    assert_eq!(find(TABLE, &template), []);
}

/// The literal filters write whole literals, which no other filter takes.
#[test]
fn what_is_already_code_stays_as_it_is() {
    let of = |filter: &str| format!("`{filter}` would change what is already code");
    for (text, filter, place) in [
        ("{{ url | str | trim(pat=\"a\") }}", "trim", "10:16"),
        ("{{ url | str | upper }}", "upper", "10:16"),
        ("{{ url | str | default(value=\"a\") }}", "default", "10:16"),
        ("{% filter upper %}{{ url | str }}{% endfilter %}", "upper", "10:11"),
        (
            "{% filter replace(from=\"a\", to=\"b\") %}{{ url | str }}{% endfilter %}",
            "replace",
            "10:11",
        ),
        ("{% set x %}{{ url | str }}{% endset %}{{ x | upper }}", "upper", "10:46"),
    ] {
        are_told_behind(&[(text, &of(filter), place)]);
    }
    are_told_behind(&[
        (
            r#"{{ url | str ~ "a" }}"#,
            "this is already code, and `~` would take it for text",
            "10:4",
        ),
        (r#"{{ url | str(style="nope") }}"#, "`style` of `str` cannot be `nope`", "10:20"),
        (
            "{% for k, v in body %}{% endfor %}",
            "a loop goes through a list, and `body` is none",
            "10:16",
        ),
        (
            r#"{% set k = "text" %}{{ body[k] | str }}"#,
            "a field is asked for by its name: another way cannot be checked",
            "10:29",
        ),
    ]);
}
