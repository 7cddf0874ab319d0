//! Mistakes in the table of a language.

use crate::{are_told, end, swap, top};

/// What is no table, or says something that there is not.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases, each of which is short")]
fn what_does_not_load_is_told() {
    are_told(&[
        (swap("title = 'T'", "title = 'T"), "invalid literal string, expected `'`", "1:11"),
        (top("title = 'U'\n"), "this is here twice: put both into one", "2:1"),
        (end("[client.x]\n"), "this is here twice: put both into one", "13:9"),
        (
            swap("title = 'T'", r#"title = "\q""#),
            r#"missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\`, `"`, `x`, `u`, `U`"#,
            "1:11",
        ),
        (top("aliases = 'tt'\n"), "expected a list, `[...]`, and this is text `tt`", "1:11"),
        (swap("[[string]]", "[string]"), "expected a list, `[...]`, and this is a table", "4:1"),
        (
            swap("[client.x]", "[[client.x]]"),
            "expected a text in quotes, and this is a table",
            "9:1",
        ),
        (
            swap(
                "[client.x]\ntitle = 'X'\ndocs = 'https://x.example/'\nheader.text = 'utf-8'",
                "client.x = 'y'",
            ),
            "there is no key `client`: expected one of `open`, `close`, `fence`, `escapes`,",
            "9:1",
        ),
        (top("indent = 4\n"), "expected a text in quotes, and this is the number `4`", "1:10"),
        (
            top("max-code = '1'\n"),
            "expected a whole number, 1 or more, and this is text `1`",
            "1:12",
        ),
        (
            top("max-code = -1\n"),
            "expected a whole number, 1 or more, and this is the number `-1`",
            "1:12",
        ),
        (
            top("max-code = 0\n"),
            "expected a whole number, 1 or more, and this is the number `0`",
            "1:12",
        ),
        (swap("default = 'x'\n[[string]]", "[[string]]"), "the key `default` is missing", "1:1"),
        (swap("default = 'x'", "default = 'y'"), r#"`default = "y"` names no client"#, "3:1"),
        (
            swap("extension = 't'\ndefault = 'x'", "default = 'x'"),
            "the key `extension` is missing",
            "1:1",
        ),
        (
            swap("extension = 't'", "extension = '.t'"),
            "`extension` is `.t`: write it without the dot, in letters, digits, `-`, `_` and `+`",
            "2:1",
        ),
        (
            swap("extension = 't'", "extension = 'a/../t'"),
            "`extension` is `a/../t`: write it without the dot, in letters, digits, `-`, `_` and `+`",
            "2:1",
        ),
        (
            swap("title = 'T'\nextension = 't'", "extension = 't'"),
            "the key `title` is missing",
            "1:1",
        ),
        (
            top(r"line_end = '\n'
"),
            "there is no key `line_end`; did you mean `line-end`?",
            "1:1",
        ),
        (
            end("[clinet.y]\ntitle='a'\n"),
            "there is no key `clinet`; did you mean `client`?",
            "13:2",
        ),
        (
            swap("docs = 'https://x.example/'\nheader.text = 'utf-8'", "header.text = 'utf-8'"),
            "the key `docs` is missing",
            "9:1",
        ),
        (
            swap("title = 'X'\ndocs = 'https://x.example/'", "docs = 'https://x.example/'"),
            "the key `title` is missing",
            "9:1",
        ),
        (end("like = 'a/b'\n"), r#"`like = "a/b"` of `[client.x]` names no client"#, "13:8"),
        (end("like = 't/x'\n"), "`like` of `[client.x]` does not end at a client", "13:8"),
        (end("like = 3\n"), "`like` of `[client.x]` does not end at a client", "13:8"),
        (
            end("proven = true\n"),
            "`t/x` cannot be `proven`: it is not among the targets that the project itself",
            "13:1",
        ),
        (end("options = ['timeout']\n"), "expected a table, and this is a list", "13:11"),
        (
            end("[client.x.options.timout]\ndefault='1'\n"),
            "the option `timout` has no `type` or `help`: only those of shared options are known",
            "13:1",
        ),
        (
            end("[client.x.options.timeout]\ndefault='1'\n"),
            "the template does not read `options.timeout`, which this sets",
            "13:1",
        ),
        (
            end("[client.x.options.timeout]\nsource='s'\ndefault='abc'\n"),
            "the template does not read `options.timeout`, which this sets",
            "13:1",
        ),
        (
            end("[client.x.options.timeout]\nsource='s'\ndefault='1'\n"),
            "the template does not read `options.timeout`, which this sets",
            "13:1",
        ),
    ]);
}

/// What is said of a client.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases, each of which is short")]
fn facts_that_cannot_be_meant_are_told() {
    are_told(&[
        (
            end("[[client.x.rule]]\nunsupported='no'\n"),
            "a rule of `x` has a reason for no code, but no `code`",
            "14:1",
        ),
        (
            end("[[client.x.rule]]\nwhen.method=['PUT']\nunsupported='no {methd}'\ncode='c'\n"),
            "`{methd}` is no placeholder of a reason: there is `{method}`",
            "15:13",
        ),
        (
            end("[[client.x.method]]\neffect='refused'\nmethods='GET'\nsource='s'\n"),
            "expected a list, `[...]`, and this is text `GET`",
            "15:9",
        ),
        (
            end("[[client.x.method]]\neffect='refused'\nmethods=['put']\nsource='s'\n"),
            "`put` is another method than `PUT` (RFC 9110 §9.1)",
            "15:10",
        ),
        (end("adds=['Accept']\n"), "names in `adds` are in lower case: `accept`", "13:7"),
        (end("adds=['ac cept']\n"), "`ac cept` is no name of a field", "13:7"),
        (end("adds=['accept','accept']\n"), "`accept` is here twice", "13:16"),
        (
            end("[[client.x.rule]]\nwhen.header-value='empy'\nunsupported='no'\ncode='c'\n"),
            "there is no `empy`; did you mean `empty`?",
            "14:19",
        ),
        (
            end("[[client.x.rule]]\nwhen.body=['txt']\nunsupported='no'\ncode='c'\n"),
            "there is no `txt`; did you mean `text`?",
            "14:12",
        ),
        (end("[[client.x.field]]\nnames=['a']\n"), "the key `effect` is missing", "13:1"),
        (
            end("[[client.x.field]]\neffect='trimmed'\nsource='s'\n"),
            r#"`effect = "trimmed"` needs `with`: what the client takes or writes"#,
            "13:1",
        ),
        (
            end("[[client.x.field]]\neffect='appended'\nnames=['a']\nsource='s'\n"),
            r#"`effect = "appended"` needs `with`: what the client takes or writes"#,
            "13:1",
        ),
        (
            end("[[client.x.field]]\neffect='substituted'\nsource='s'\n"),
            r#"`effect = "substituted"` needs `with`: what the client takes or writes"#,
            "13:1",
        ),
        (
            end("[client.x.rule]\nneed='a'\n"),
            "expected a list, `[...]`, and this is a table",
            "13:1",
        ),
        (end("target.plain=['escape']\n"), "this takes a value: write `{ name = value }`", "13:15"),
        (end("target.plain=[{url='x'}]\n"), "this takes no value: write its name alone", "13:20"),
        (end("target.plain='url'\n"), "expected a list, `[...]`, and this is text `url`", "13:14"),
        (
            end("target.plain=[{escape=['a']}]\n"),
            "expected a text in quotes, and this is a list",
            "13:23",
        ),
        (end("host.sends=['lowr']\n"), "there is no `lowr`; did you mean `lower`?", "13:13"),
        (
            swap("header.text = 'utf-8'", "header.text = 'utf8'"),
            "there is no `utf8`; did you mean `utf-8`?",
            "12:15",
        ),
        (
            end("attach=['line feed']\n"),
            "there is no `line feed`; did you mean `line-feed`?",
            "13:9",
        ),
        (
            end("[run]\nfile='../a'\n"),
            "`[run] file` is `../a`, which is not in the snippet's folder: give a path in",
            "14:1",
        ),
        (
            end("[run]\ncommand='x {file}'\n"),
            "expected a list, `[...]`, and this is text `x {file}`",
            "14:9",
        ),
        (
            end("[run]\ncommand=['x','{fil}']\n"),
            "there is no placeholder `{fil}`; did you mean `file`?",
            "14:14",
        ),
        (
            end("[run]\nrequires=['x','--version']\ncommand=['x','{file}']\n"),
            "expected a list, `[...]`, and this is text `x`",
            "14:11",
        ),
        (end("[run]\ncommand=[]\n"), "`command` names no program", "14:9"),
        (
            end("[run]\ntimeout='3'\n"),
            "expected a whole number, 0 or more, and this is text `3`",
            "14:9",
        ),
        (
            end("[environment]\nvariable='env(X)'\n"),
            "`variable` has no `{NAME}`: every variable would be the same one",
            "14:10",
        ),
        (end("[environment]\n"), "the key `variable` is missing", "13:1"),
        (end("[comment]\n"), "the key `line` is missing", "13:1"),
        (end("[bytes]\nopen='['\n"), "the key `close` is missing", "13:1"),
        (end("[json]\nnull='x'\n"), "the key `true` is missing", "13:1"),
        (end("basic='yes'\n"), "expected `true` or `false`, and this is text `yes`", "13:7"),
    ]);
}
