//! Mistakes in a template.

use crate::are_told_behind;

/// What other template languages have, and tags that do not fit together.
#[test]
fn what_is_no_template_is_told() {
    are_told_behind(&[
        ("{% if url %}\na\n", "`if` is not closed: `{% endif %}` is missing", "10:4"),
        ("{% for h in headers %}\na\n", "`for` is not closed: `{% endfor %}` is missing", "10:4"),
        ("{% endif %}\n", "`endif` ends nothing: no `if` is open", "10:4"),
        (
            "{% if url %}{% endfor %}",
            "`endfor` does not end `if` of line 10, which is still open",
            "10:16",
        ),
        (
            "{% if url %}{% elseif url %}{% endif %}",
            "there is no tag `elseif`: write `elif`",
            "10:16",
        ),
        (
            "{% if url %}{% else if url %}{% endif %}",
            "there is no tag `else if`: write `elif`",
            "10:16",
        ),
        ("{% if url && method %}{% endif %}", "Unexpected character: write `and`", "10:11"),
        (
            "{% if !url %}{% endif %}",
            "Found `!` but expected one of: integer, float, string, bool, ident, `-`, `not`,",
            "10:7",
        ),
        (r#"{% if url = "a" %}{% endif %}"#, "Found `=` but expected %}: `==` compares", "10:11"),
        (
            r#"{% if url === "a" %}{% endif %}"#,
            "Found `=` but expected one of: integer, float, string, bool, ident, `-`, `not`,",
            "10:13",
        ),
        (
            r#"{{ (url ? "a" : "b") | str }}"#,
            "Unexpected character: write `a if condition else b`",
            "10:9",
        ),
        ("{{ url | quote }}", "Unknown filter `quote`", "10:10"),
        (
            "{% unless url %}{% endunless %}",
            "there is no tag `unless`: write `{% if not ... %}`",
            "10:4",
        ),
        (
            "{{ url.upper() | str }}",
            "Function calls are only allowed at the first element of a chain: what changes a",
            "10:8",
        ),
        (
            r#"{{ ",".join(headers) | str }}"#,
            "Found `.` but expected }}: what changes a value is a filter: `{{ list |",
            "10:7",
        ),
        (
            "{{ url | str(1) }}",
            "Found integer but expected identifier: arguments are named: `str(level=1)`",
            "10:14",
        ),
        (
            r#"{{ f"{url}" | str }}"#,
            r#"Found string but expected }}: texts are joined by `~`: `("a" ~ url) | str`"#,
            "10:5",
        ),
        (r#"{{ (url + "a") | str }}"#, "`str` takes text, and this is none", "10:5"),
        (
            "{{ url str }}",
            "Found identifier but expected }}: a filter follows `|`, and texts are joined by `~`",
            "10:8",
        ),
        (
            "{{ url | str\n",
            "Unexpected end of input: something that is opened here is not closed: `}}`,",
            "10:10",
        ),
        ("{% if url \na{% endif %}", "`if` is not closed: `{% endif %}` is missing", "10:4"),
        ("{# a", "Closing comment tag `#}` not found", "10:1"),
        (r#"{% include "t/_a.tera" %}"#, "Unknown template `t/_a.tera`", "10:12"),
        (r#"{% include "_a.tera" %}"#, "Unknown template `_a.tera`", "10:12"),
        (
            "{% include url %}",
            "Found identifier but expected string: a file is named by a text: `{% include",
            "10:12",
        ),
        (
            r#"{% extends "t/_b.tera" %}"#,
            "`extends` needs to be the first tag of the template",
            "10:12",
        ),
        (
            r#"{% import "t/_m.tera" as m %}"#,
            "there is no tag `import`: the components of the files `_name.tera` are known without it",
            "10:4",
        ),
        (
            "{% macro m() %}{% endmacro m %}",
            "there is no tag `macro`: write `{% component name(...) %}`",
            "10:4",
        ),
        ("{% raw %}", "unexpected end of raw block", "10:1"),
        ("{% set a %}", "`set` is not closed: `{% endset %}` is missing", "10:4"),
    ]);
}

/// Names, fields, filters and arguments that there are not, and what is printed otherwise than meant.
#[test]
fn what_there_is_not_is_told() {
    are_told_behind(&[
        (
            r#"{% set url = "a" %}"#,
            "`url` is what the request has: take another name, such as `own_url`",
            "10:8",
        ),
        (
            "{% for url in headers %}{% endfor %}",
            "`url` is what the request has: take another name, such as `own_url`",
            "10:8",
        ),
        (
            "{% for h in headers %}{{ loop.lst }}{% endfor %}",
            "Found invalid field of `loop`: lst. Only `index`, `index0`, `first`, `last` and",
            "10:31",
        ),
        (r#"{{ headers["a"] | str }}"#, "`str` takes text, and this is none", "10:4"),
        (
            "{{ body[0] | str }}",
            "a field is asked for by its name: another way cannot be checked",
            "10:9",
        ),
        ("{{ __tera_context }}", "there is no name `__tera_context`", "10:4"),
        ("{{ now() }}", "Unknown function `now`", "10:4"),
        (r#"{{ get_env(name="HOME") | str }}"#, "Unknown function `get_env`", "10:4"),
        ("{{ url | safe }}", "templates of code have no filter `safe`", "10:10"),
        ("{{ url | escape }}", "templates of code have no filter `escape`", "10:10"),
        ("{% if nothing is defined %}{% endif %}", "there is no name `nothing`", "10:7"),
        (
            "{% if body.txt is defined %}{% endif %}",
            "`body` has no field `txt`; did you mean `text`?",
            "10:12",
        ),
        ("{% if url is blank %}{% endif %}", "Unknown test `blank`", "10:14"),
        (
            r#"{% if body.kind == "Text" %}{% endif %}"#,
            "`Text` is none of the texts that this can be: `none`, `text`, `json`, `form`,",
            "10:20",
        ),
        ("{{ port | str }}", "`str` takes text, and this is none", "10:4"),
        ("{{ body.is_map | str }}", "`str` takes text, and this is none", "10:4"),
        (
            "{{ url | json }}",
            "`json` needs the table `[json]` of the language, and there is none",
            "10:10",
        ),
        (
            r#"{% if body.kind == "json" %}{{ body.text | json }}{% endif %}"#,
            "`json` needs the table `[json]` of the language, and there is none",
            "10:44",
        ),
        (
            "{{ body.bytes | bytes }}",
            "`bytes` needs the table `[bytes]` of the language, and there is none",
            "10:17",
        ),
        (
            "{{ url | comment }}",
            "`comment` needs the table `[comment]` of the language, and there is none",
            "10:10",
        ),
        (
            r#"{{ url | str(level="1") }}"#,
            "`level` of `str` takes number, and `1` is a text",
            "10:20",
        ),
        (
            r#"{{ url | str(oneline="yes") }}"#,
            "`oneline` of `str` takes true or false, and `yes` is a text",
            "10:22",
        ),
        ("'{{ url | str }}'", "a literal brings its own quotes: no others go around it", "10:5"),
        ("`{{ url | str }}`", "a literal brings its own quotes: no others go around it", "10:5"),
        (
            r#"<a href="{{ url | str }}">"#,
            "a literal brings its own quotes: no others go around it",
            "10:13",
        ),
        ("{{ h.name | str }}", "there is no name `h`", "10:4"),
        (
            "{{ {{ url }} }}",
            "Found `{` but expected `...`, a string, an integer or a bool.",
            "10:5",
        ),
        ("{% if options.timout %}{% endif %}", "this client has no option `timout`", "10:15"),
        ("{% if options.timeout %}{% endif %}", "this client has no option `timeout`", "10:15"),
        (r#"{{ <foo a="b" /> }}"#, "Unknown component `foo`", "10:4"),
        (
            "{% component c(a: string) %}{% endcomponent c %}{{ <c b={url} /> }}",
            "Unknown argument(s) `b` in component call. Possible argument(s) are: `a`",
            "10:52",
        ),
        ("a\0b", "U+0000 cannot be seen: write what the language has for it", "10:2"),
        ("a\u{202e}b", "U+202E cannot be seen: write what the language has for it", "10:2"),
    ]);
}
