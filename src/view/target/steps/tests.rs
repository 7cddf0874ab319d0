use super::{apply, recode, reencode_pairs, refuse_stray_percent, whatwg};
use crate::grammar::Scheme;
use crate::language::{Recoding, Step, Steps};
use crate::view::target::Destination;

fn asking_for(target: &str) -> Destination<'_> {
    let path_and_query = target.into();
    Destination { scheme: Scheme::Http, authority: "a", host: "a", port: None, path_and_query }
}

#[test]
fn an_equals_sign_stays_only_where_no_value_follows() {
    for (query, sent) in [
        ("a%3Db", "a=b"),
        ("%3D&c", "=&c"),
        ("a%3Db=c%3Dd=e", "a%3Db=c%3Dd%3De"),
        ("=%3D", "=%3D"),
        ("a%26b%20c", "a%26b+c"),
    ] {
        assert_eq!(reencode_pairs(query, "-"), sent, "{query}");
    }
}

#[test]
fn what_is_said_to_leave_ordinary_targets_does() {
    let table = |text: &str| {
        #[derive(serde::Deserialize)]
        struct Table {
            steps: Steps,
        }
        toml::from_str::<Table>(text).expect("steps").steps
    };
    let steps = table(
        "steps = ['url', 'path-and-query', 'dot-segments', 'decode-unreserved', { decode = '/' }, \
         'upper-hex', 'upper-hex-path', 'upper-hex-iri', { reencode-query = '' }, 'decode-unreserved-query', \
         { encode-parameters = '<' }, 'drop-empty-parameters', \
         'escape-non-ascii', { escape = '?' }, { escape-path = '~' }, { escape-query = 'a' }, \
         'escape-stray-percent', 'escape-percent-if-stray', 'drop-fragment', \
         'drop-empty-query', 'backslash-to-slash', 'collapse-leading-slashes', \
         'collapse-slashes', { collapse-slashes-reencoding = '' }, { refuse = '%' }, { refuse-path = '.' }, { refuse-query = '.' }, 'refuse-stray-percent', \
         'refuse-stray-percent-path', 'refuse-stray-percent-before-two', 'refuse-leading-slashes', \
         'refuse-invalid-authority', 'refuse-non-ascii', \
         'refuse-hidden']",
    );
    for target in ["/", "/a", "/a/B-9_/", "/-"] {
        assert!(steps.leave(target), "{target}");
        let destination = asking_for(target);
        for step in &*steps {
            let after = apply(step, target, &destination).expect("not refused");
            assert_eq!(after.as_deref().unwrap_or(target), target, "{step:?}");
        }
    }
    for list in
        ["'whatwg'", "{ escape = '_' }", "{ refuse-query = 'x' }", "'url', { refuse-path = 'x' }"]
    {
        assert!(!table(&format!("steps = [{list}]")).leave("/a"), "{list}");
    }
    for target in ["", "*", "a", "//a", "/a//b", "/a.b", "/a?b", "/%61", "/é"] {
        assert!(!steps.leave(target), "{target}");
    }
}

#[test]
fn a_path_is_recoded_only_where_it_is_no_valid_encoding() {
    let recoding = Recoding { valid: "/!-".to_owned(), keep: "/-".to_owned() };
    assert_eq!(recode("/a%2fb!", &recoding), None);
    assert_eq!(recode("/a%2fb!|\u{e9}", &recoding).unwrap(), "/a/b%21%7C%C3%A9");
}

#[test]
fn a_path_of_several_slashes_is_encoded_anew() {
    let destination = asking_for("/");
    let step = Step::CollapseSlashesReencoding("~&".to_owned());
    for (target, sent) in [
        ("//%26/a%2fb//%7e+?x=%26&y=//", Some("/&/a%2Fb/~%2B?x=%26&y=//")),
        ("/a//", Some("/a/")),
        ("/a/%26?//", None),
    ] {
        assert_eq!(apply(&step, target, &destination).unwrap().as_deref(), sent, "{target}");
    }
}

#[test]
fn what_two_slashes_begin_is_read_as_an_authority() {
    let destination = asking_for("/");
    for (target, is_taken) in [
        ("//a/b", true),
        ("//a:80/b", true),
        ("//a:x@b:/c", true),
        ("//:?x", true),
        ("//a%20b\\:x", true),
        ("/:x//:x", true),
        ("///:x", true),
        ("//:x", false),
        ("//a:65536", false),
        ("//a:000080", false),
        ("//a:1:2", false),
        ("//%zz", false),
        ("//[::1]/", false),
        ("//\u{e9}", false),
    ] {
        let applied = apply(&Step::RefuseInvalidAuthority, target, &destination);
        assert_eq!(applied.is_ok(), is_taken, "{target}");
    }
}

#[test]
fn parameters_are_those_of_the_last_segment() {
    let destination = asking_for("/");
    let taken = |target: &str| {
        let mut sent = target.to_owned();
        for step in [Step::EncodeParameters("<".to_owned()), Step::DropEmptyParameters] {
            let after = apply(&step, &sent, &destination).expect("not refused");
            sent = after.unwrap_or(sent);
        }
        sent
    };
    for (target, sent) in [
        ("/%7E;", "/%7E"),
        ("/a;?b;", "/a?b;"),
        ("/%7e;%7e?%7e", "/%7e;~?%7e"),
        ("/a;%7e/b", "/a;%7e/b"),
        ("/%zz/;<%7e\u{e9}", "/%zz/;%3C%257E%C3%A9"),
        ("/a;b;", "/a;b;"),
        ("/a;;", "/a;;"),
    ] {
        assert_eq!(taken(target), sent, "{target}");
    }
}

#[test]
fn a_url_is_parsed_with_what_it_asks_for() {
    let destination = Destination {
        scheme: Scheme::Http,
        authority: "a:80",
        host: "a",
        port: Some(80),
        path_and_query: "/./b".into(),
    };
    for target in ["/./b", "http://a:80/./b", "*", "a:80"] {
        assert_eq!(whatwg(target, &destination).unwrap(), "/b", "{target}");
    }
}

#[test]
fn a_percent_needs_two_digits() {
    assert!(refuse_stray_percent("/%41").is_ok());
    assert!(refuse_stray_percent("/%4").is_err() && refuse_stray_percent("/%zz").is_err());
}

#[test]
fn a_percent_at_the_end_of_path_or_query_passes_where_two_characters_must_follow() {
    let destination = asking_for("/");
    let refuses =
        |target: &str| apply(&Step::RefuseStrayPercentBeforeTwo, target, &destination).is_err();
    for sent in ["/%", "/%4", "/%/", "/a%4?%", "/%?ab", "/%41?%41"] {
        assert!(!refuses(sent), "{sent}");
    }
    for refused in ["/%zz", "/%4/", "/%4/?", "/%?%zz", "/%zz?%"] {
        assert!(refuses(refused), "{refused}");
    }
}
