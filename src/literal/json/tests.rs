use super::*;

#[derive(Deserialize)]
struct Tables {
    string: Vec<crate::literal::StringStyle>,
    json: JsonLiteral,
}

#[test]
fn a_computed_key_stands_in_brackets_though_it_is_an_identifier() {
    let tables: Tables = toml::from_str(
        "[[string]]\nopen = '\"'\nclose = '\"'\nescapes = { '\\' = '\\\\', '\"' = '\\\"' }\n\
         [json]\nnull = 'null'\ntrue = 'true'\nfalse = 'false'\nkey = 'identifier'\n\
         object = { open = '{', close = '}' }\narray = { open = '[', close = ']' }\n\
         computed-keys = ['__proto__']",
    )
    .expect("valid tables");
    let literals = Literals {
        string: tables.string,
        split: None,
        bytes: None,
        json: Some(tables.json),
        comment: None,
        environment: None,
        variable: None,
    };
    let key = |text| {
        let mut out = String::new();
        literals.write_key(&mut out, text).expect("a literal");
        out
    };
    assert_eq!(key("__proto__"), "[\"__proto__\"]");
    assert_eq!(key("proto"), "proto");
    assert_eq!(key("x-proto"), "\"x-proto\"");
}

#[test]
fn a_key_is_bare_where_the_language_takes_it_so() {
    let table = |key: &str| {
        format!(
            "null = 'null'\ntrue = 'true'\nfalse = 'false'\nkey = '{key}'\n\
             object = {{ open = '{{', close = '}}' }}\narray = {{ open = '[', close = ']' }}\n\
             quoted-keys = ['if']"
        )
    };
    let string: crate::literal::StringStyle =
        toml::from_str("open = '\"'\nclose = '\"'").expect("a style");
    let literals = Literals { string: vec![string], ..Literals::default() };
    let bare = |key: &str| {
        let json: JsonLiteral = toml::from_str(&table(key)).expect("a table");
        let keys = ["a", "A_1", "_a", "a$", "1", "a-b", "if"].into_iter();
        let is_bare = |text: &&str| {
            let mut out = String::new();
            json.write_key(&mut out, text, &literals).expect("a literal");
            out == *text
        };
        keys.filter(is_bare).collect::<Vec<_>>()
    };
    assert_eq!(bare("string"), [""; 0]);
    assert_eq!(bare("identifier"), ["a", "A_1", "_a", "a$", "1"]);
    assert_eq!(bare("word"), ["a", "A_1", "_a"]);
    assert_eq!(bare("letter-word"), ["a", "A_1"]);
}

#[test]
fn what_is_open_in_the_message_stays_open() {
    let write = |text, keep| {
        let table = format!(
            "[[string]]\nopen = '\"'\nclose = '\"'\nescapes = {{ '\\' = '\\\\', '\"' = '\\\"' }}\n\
             [json]\nnull = 'None'\ntrue = 'True'\nfalse = 'False'\ntrailing-comma = true\nwidth = 30\n\
             object = {{ open = '{{', close = '}}' }}\narray = {{ open = '[', close = ']' }}\n{keep}"
        );
        let tables: Tables = toml::from_str(&table).expect("valid tables");
        let mut json = tables.json;
        json.unit = " ".to_owned();
        let literals = Literals { string: tables.string, json: Some(json), ..Literals::default() };
        let mut out = String::new();
        literals.write_json(&mut out, text, Place::default()).expect("a literal");
        crate::literal::finish(out, "\n")
    };
    let text = "{\r\n\"a\": [1],\"b\":[\n[],2],\"c\":{\"d\":null}}";
    assert_eq!(
        write(text, ""),
        "{\n \"a\": [1],\n \"b\": [\n  [],\n  2,\n ],\n \"c\": {\"d\": None},\n}"
    );
    assert_eq!(
        write(text, "keep-open = 'objects'"),
        "{\n \"a\": [1],\n \"b\": [[], 2],\n \"c\": {\"d\": None},\n}"
    );
    let closed = "{\"a\":[[1],{\n\"b\":1}]}";
    assert_eq!(write(closed, "keep-open = 'nothing'"), "{\"a\": [[1], {\"b\": 1}]}");
    assert_eq!(
        write("[[1,2,3],[4,5,6],[7,8,9],[\n0]]", "keep-open = 'nothing'"),
        "[\n [1, 2, 3],\n [4, 5, 6],\n [7, 8, 9],\n [0],\n]"
    );
}

#[test]
fn values_begin_in_one_column_where_keys_are_in_lines_one_after_another() {
    let tables: Tables = toml::from_str(
        "[[string]]\nopen = '\"'\nclose = '\"'\n[json]\nnull = 'nil'\ntrue = 'true'\nfalse = 'false'\n\
         object = { open = '{', close = '}' }\narray = { open = '[', close = ']' }\n\
         key = 'word'\nalign-values = true",
    )
    .expect("valid tables");
    let mut json = tables.json;
    json.unit = " ".to_owned();
    let literals = Literals { string: tables.string, json: Some(json), ..Literals::default() };
    let mut out = String::new();
    let text =
        "{\n\"a\":1,\"bbb\":{\n\"c\":2,\"é-\":3},\"d\":[\n1],\"e\":4,\"ff\":{\"g\":5,\"hh\":6}}";
    literals.write_json(&mut out, text, Place::default()).expect("a literal");
    assert_eq!(
        crate::literal::finish(out, "\n"),
        "{\n a:   1,\n bbb: {\n  c:    2,\n  \"é-\": 3\n },\n d: [\n  1\n ],\n e:  4,\n ff: {g: 5, hh: 6}\n}"
    );
}

/// A language says of each value what it is, and separates items in its own way.
#[track_caller]
fn writes(table: &str, text: &str, expected: &str) {
    let table = format!(
        "[[string]]\nopen = '\"'\nclose = '\"'\nescapes = {{ '\\' = '\\\\', '\"' = '\\\"' }}\n\
         [json]\nwidth = 48\n{table}"
    );
    let tables: Tables = toml::from_str(&table).expect("valid tables");
    let mut json = tables.json;
    json.unit = "  ".to_owned();
    let literals = Literals { string: tables.string, json: Some(json), ..Literals::default() };
    let mut out = String::new();
    literals.write_json(&mut out, text, Place::default()).expect("a literal");
    assert_eq!(crate::literal::finish(out, "\n"), expected);
}

#[test]
fn items_are_separated_as_the_language_has_it() {
    let map = "null = 'nil'\ntrue = 'true'\nfalse = 'false'\npair = ' '\n\
        object = { open = '{', close = '}' }\narray = { open = '[', close = ']', separator = '' }";
    writes(map, r#"{"a":[1,-2.5],"b":{"c":null}}"#, r#"{"a" [1 -2.5], "b" {"c" nil}}"#);
    writes(map, "{\"a\":[\n1,2],\"b\":0}", "{\n  \"a\" [\n    1\n    2\n  ],\n  \"b\" 0\n}");
    let filled = format!("{map}\nfill-numbers = true").replace("separator = ''", "separator = ';'");
    writes(
        &filled,
        "[1000000000,1000000001,1000000002,1000000003]",
        "[\n  1000000000; 1000000001; 1000000002;\n  1000000003\n]",
    );
}

#[test]
fn each_value_says_what_it_is() {
    let tagged = "null = '`Null'\ntrue = '`Bool true'\nfalse = '`Bool false'\npair = ', '\n\
        object = { open = '`Assoc [', close = ']', separator = ';', padding = ' ' }\n\
        array = { open = '`List [', close = ']', separator = ';' }\ntrailing-comma = true\n\
        entry = { open = '(', close = ')' }\nstring.open = '`String '\ninteger.open = '`Int '\n\
        float.open = '`Float '\nnegative = { open = '(', close = ')' }";
    writes(tagged, "[-1,2.5,true]", "`List [`Int (-1); `Float 2.5; `Bool true]");
    writes(tagged, r#"{"a":{"b":[]}}"#, r#"`Assoc [ ("a", `Assoc [ ("b", `List []) ]) ]"#);
    writes(
        tagged,
        r#"{"name":"John Smith","list":[null,1e2],"n":{}}"#,
        "`Assoc [\n  (\"name\", `String \"John Smith\");\n  (\"list\", `List [`Null; `Float 1e2]);\n  \
         (\"n\", `Assoc [  ]);\n]",
    );
}

#[test]
fn a_list_of_lisp_hangs_from_its_bracket() {
    let tables: Tables = toml::from_str(
        "[[string]]\nopen = '\"'\nclose = '\"'\n[json]\nnull = 'nil'\ntrue = 'true'\nfalse = 'false'\n\
         object = { open = '#{', close = '}', separator = '' }\n\
         array = { open = '[', close = ']', separator = '' }\npair = ' '\n\
         hangs = true\nkey = 'letter-word'\nbare-open = ':'",
    )
    .expect("valid tables");
    let literals =
        Literals { string: tables.string, json: Some(tables.json), ..Literals::default() };
    let mut out = String::new();
    let text = "{\n\"a\":[1,2],\"b c\":{\n\"d\":[\n3,4],\"e\":null}}";
    let place = Place { column: 2, ..Place::default() };
    literals.write_json(&mut out, text, place).expect("a literal");
    assert_eq!(
        crate::literal::finish(out, "\n"),
        "#{:a [1 2]\n    \"b c\" #{:d [3\n                4]\n            :e nil}}"
    );
}
