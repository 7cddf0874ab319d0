//! Mistakes in the lists of a table, and in texts that nothing else reads.

use crate::{TEMPLATE, are_told, end, find, is_told, swap, top};

#[test]
fn what_is_in_a_list_twice_is_told() {
    let rule = "[[client.x.method]]\neffect='refused'\nmethods=['PUT']\nsource='s'\n";
    are_told(&[
        (end("attach=['line-feed','line-feed']\n"), "`line-feed` is here twice", "13:21"),
        (end("target.plain=['url','url']\n"), "`url` is here twice", "13:21"),
        (end("target.plain=[{escape='a'},{escape='a'}]\n"), "this is here twice", "13:28"),
        (end("host.sends=['lower','lower']\n"), "`lower` is here twice", "13:21"),
        (
            end("[[client.x.method]]\neffect='refused'\nmethods=['PUT','PUT']\nsource='s'\n"),
            "`PUT` is here twice",
            "15:16",
        ),
        (
            end("[[client.x.field]]\neffect='dropped'\nnames=['a','a']\nsource='s'\n"),
            "`a` is here twice",
            "15:12",
        ),
        (end(&rule.repeat(2)), "this is here twice", "17:1"),
        (top("aliases=['u','u']\n"), "`u` is here twice", "1:14"),
    ]);
    // A command may say a word twice, and two steps of one kind may differ.
    for more in [
        "[run]\ncommand=['x','-e','a','-e','{file}']\n",
        "target.plain=[{escape='a'},{escape='b'}]\ntarget.source='s'\n",
    ] {
        assert_eq!(find(&end(more), TEMPLATE), [], "{more}");
    }
}

#[test]
fn a_list_that_selects_nothing_is_told() {
    let empty = "is empty, which is as if it were not here";
    are_told(&[
        (end("[[client.x.method]]\neffect='refused'\nmethods=[]\nsource='s'\n"), empty, "15:9"),
        (end("[[client.x.field]]\neffect='dropped'\nnames=[]\nsource='s'\n"), empty, "15:7"),
        (end("[[client.x.rule]]\nunsupported='no'\ncode='c'\nwhen.body=[]\n"), empty, "16:11"),
        (
            end("[[client.x.rule]]\nunsupported='no'\ncode='c'\nwhen.body=['json']\n"),
            "the client has no table `json`, so no body is written in this way",
            "16:12",
        ),
        (
            end("[[client.x.rule]]\nunsupported='no'\ncode='c'\nwhen.scheme='HTTPS'\n"),
            "a scheme is `http` or `https`",
            "16:13",
        ),
        (
            end("[[client.x.rule]]\nunsupported='no'\ncode='c'\n"),
            "this rule refuses every request: say `when`",
            "13:1",
        ),
        (end("[[client.x.rule]]\nneed='own'\n"), "every request has this need: say `when`", "13:1"),
    ]);
}

#[test]
fn facts_that_contradict_each_other_are_told() {
    let fact = |effect: &str, more: &str| {
        format!("[[client.x.field]]\neffect='{effect}'\nnames=['a']\nsource='s'\n{more}")
    };
    let both = |one: &str, more: &str| end(&[fact("dropped", ""), fact(one, more)].concat());
    are_told(&[(both("kept", ""), "`a` is `dropped` by a fact above", "19:8")]);
    // What holds for some requests only, and what a repeat of a dropped field would also be.
    for table in [both("kept", "on='Windows'\n"), both("joined", "")] {
        assert_eq!(find(&table, TEMPLATE), [], "{table}");
    }
}

#[test]
fn names_that_no_request_has_are_told() {
    are_told(&[
        (
            end("[[client.x.method]]\neffect='refused'\nmethods=['G T']\nsource='s'\n"),
            "`G T` is no method (RFC 9110 §9.1)",
            "15:10",
        ),
        (
            end("[[client.x.field]]\neffect='dropped'\nnames=['a b']\nsource='s'\n"),
            "`a b` is no name of a field (RFC 9110 §5.1)",
            "15:8",
        ),
        (
            end("[[client.x.helper]]\nmethods=['get']\n"),
            "`get` is another method than `GET` (RFC 9110 §9.1)",
            "14:10",
        ),
        (
            end("adds=[{name='accept',when.method=['get']}]\n"),
            "`get` is another method than `GET` (RFC 9110 §9.1)",
            "13:35",
        ),
        (
            end("[[client.x.rule]]\nneed='own-way'\nwhen.method=['PUT']\n"),
            "a need has a name of letters, digits and `_`, as templates read it",
            "14:6",
        ),
        (
            end("[[client.x.field]]\neffect='dropped'\nnames=['a']\nwith='x'\nsource='s'\n"),
            "`effect = \"dropped\"` does not read `with`",
            "16:6",
        ),
    ]);
}

#[test]
fn texts_that_no_language_means_are_told() {
    are_told(&[
        (swap("title = 'T'", "title = ''"), "`title` is empty: name the language", "1:9"),
        (swap("title = 'X'", "title = ''"), "`title` is empty: name the client", "10:9"),
        (
            top("line-end='\\n'\n"),
            "`line-end` is `\"\\n\"` or `\"\\r\\n\"`, in double quotes",
            "1:10",
        ),
        (
            top("indent='\\t'\n"),
            "`indent` is spaces, or a tab as `\"\\t\"` in double quotes",
            "1:8",
        ),
        (top("indent='x'\n"), "`indent` is spaces, or a tab", "1:8"),
        (
            end("[comment]\nline=''\n"),
            "a comment begins with nothing: its text would be code",
            "14:6",
        ),
        (
            end("[environment]\nvariable='{NAME}'\ninside='a'\n"),
            "`inside` has no `{NAME}`: every variable would be the same one",
            "15:8",
        ),
        (
            end("[variable]\ncase='upper'\nread={variable='x'}\n"),
            "`variable` has no `{NAME}`: every variable would be the same one",
            "15:16",
        ),
        (
            end("[run]\ncommand=['python3']\n"),
            "`command` does not name the snippet: give it `{file}`",
            "14:9",
        ),
        (
            end("[run]\ncommand=['python3','{file}']\nbuild=[['a','{nope}']]\n"),
            "there is no placeholder `{nope}`",
            "15:13",
        ),
    ]);
}

#[test]
fn strings_that_hold_nothing_are_told() {
    let close = "close = '\"'\n";
    are_told(&[
        (
            swap("'\"' = '\\\"'", "'\"' = '\\\"', '\\n' = '\\n'"),
            "is a backslash and a letter here: a line feed is in double quotes",
            "7:25",
        ),
        (
            swap(close, &format!("{close}forbid=['\\n']\n")),
            "is a backslash and a letter here: a line feed is in double quotes",
            "7:9",
        ),
        (
            swap(close, &format!("{close}forbid=['']\n")),
            "`forbid` has the empty text, which is in every text",
            "4:1",
        ),
    ]);
    let nothing = "no `[[string]]` without a `family` holds the text `a`, so `str` writes nothing";
    for more in ["forbid=['a']", "only=''", "family='own'"] {
        let table = swap(close, &format!("{close}{more}\n"));
        is_told(&table, TEMPLATE, &["own/t/language.toml: ", nothing]);
    }
    let second = "[[string]]\nfamily='own'\nopen='<'\nclose='>'\nforbid=['>']\n";
    let table = swap("[client.x]", &format!("{second}[client.x]"));
    let words = "no template asks for the family `own`: `str(style=\"own\")`";
    is_told(&table, TEMPLATE, &["own/t/language.toml: ", words]);
    let template = format!("{TEMPLATE}{{{{ url | str(style=\"own\") }}}}");
    assert_eq!(find(&table, &template), []);
}

/// An alias that means a built-in language is never this one.
#[test]
fn an_alias_of_another_language_is_told() {
    for alias in ["py", "python"] {
        let words = format!("the alias `{alias}` means `python` already");
        is_told(
            &top(&format!("aliases=['{alias}']\n")),
            TEMPLATE,
            &["own/t/language.toml: ", &words],
        );
    }
    assert_eq!(find(&top("aliases=['tt']\n"), TEMPLATE), []);
}
