use super::{Lines, Place, StringStyle, write_cheapest};

fn block() -> StringStyle {
    let table = "open = \"[\\n\"\nclose = ']'\nlines = 'many'\nmargin = true\n\
        end = { ' ' = '\\s' }\nother = [{ write = '\\{:03o}' }]";
    let mut style: StringStyle = toml::from_str(table).expect("a style");
    style.unit = "  ".to_owned();
    style
}

fn write(text: &str) -> Option<String> {
    let styles = [block()];
    let mut out = String::new();
    let place = Place { level: 1, ..Place::default() };
    if !write_cheapest(&styles, "", text, Lines::Many, place, &mut out) {
        assert_eq!(out, "");
        return None;
    }
    Some(crate::literal::finish(out, "\n"))
}

#[test]
fn code_points_above_the_limit_are_escaped() {
    let table = "open = '<'\nclose = '>'\nraw-up-to = 0x24f\nother = [{ write = '\\{:x}' }]";
    let style: StringStyle = toml::from_str(table).expect("a style");
    let mut out = String::new();
    style.write(&mut out, "a\u{24f}\u{250}\u{7f}", Place::default());
    assert_eq!(out, "<a\u{24f}\\250\\7f>");
}

#[test]
fn lines_stand_at_the_margin() {
    assert_eq!(write("a\n\n b").as_deref(), Some("[\n  a\n\n   b]"));
    assert_eq!(write(" a\nb\n").as_deref(), Some("[\n   a\n  b\n  ]"));
    assert_eq!(write("a \nb ").as_deref(), Some("[\n  a\\040\n  b\\s]"));
}

#[test]
fn lines_hang_from_their_delimiters() {
    let table = "open = \"<<~T\\n\"\nclose = \"\\nT\"\nlines = 'many'\nmargin = true\nhangs = true";
    let mut style: StringStyle = toml::from_str(table).expect("a style");
    style.unit = "  ".to_owned();
    let mut out = String::new();
    style.write(&mut out, "a\n\n b", Place { level: 1, ..Place::default() });
    assert_eq!(crate::literal::finish(out, "\n"), "<<~T\n    a\n\n     b\n  T");
}

#[test]
fn lines_stand_behind_their_lead() {
    let table = "open = ''\nclose = ''\nlines = 'many'\nlead = '|'\nforbid-end = [' ']";
    let mut style: StringStyle = toml::from_str(table).expect("a style");
    style.unit = "  ".to_owned();
    let mut out = "x =".to_owned();
    style.write(&mut out, "a\n\n b\n", Place { level: 1, ..Place::default() });
    assert_eq!(crate::literal::finish(out, "\n"), "x =\n    |a\n    |\n    | b\n    |\n  ");
    for text in ["a\r\nb", "a \nb", "a\nb "] {
        assert_eq!(style.cost(text), None, "{text:?}");
    }
}

#[test]
fn a_margin_that_would_not_be_found_again_is_refused() {
    assert_eq!(write(" a\n b"), None);
    assert_eq!(write("a\u{3000}\nb"), None);
}
