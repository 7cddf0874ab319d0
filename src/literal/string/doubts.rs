//! What cannot be right in a string style, by its table alone and with no toolchain.
//!
//! Some of it shows in the table. The rest is found by [`super::read_back`].

use serde::Deserialize;

use super::read_back::read_back_wrong;
use super::table::{StringTable, UsedFor};
use super::{BadStyle, StringStyle};
use crate::diagnostic::show;
use crate::literal::matcher::{Other, Rule, Unit};

/// What cannot be right in a table of `[[string]]`, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "StringTable")]
pub struct StringDoubts(pub Vec<String>);

impl TryFrom<StringTable> for StringDoubts {
    type Error = BadStyle;

    fn try_from(table: StringTable) -> Result<Self, BadStyle> {
        let style = StringStyle::try_from(table.clone())?;
        let mut doubts = seen_in(&table);
        if doubts.is_empty() {
            doubts.extend(read_back_wrong(&table, &style));
        }
        Ok(Self(doubts))
    }
}

/// What shows in the table.
fn seen_in(table: &StringTable) -> Vec<String> {
    let mut doubts = Vec::new();
    if table.escapes.contains_key("") || table.escapes.keys().any(String::is_empty) {
        doubts.push("`escapes` has a rule for the empty text: it never applies".to_owned());
    }
    let forbids = [&table.forbid, &table.forbid_start, &table.forbid_end, &table.forbid_odd];
    if forbids.into_iter().flatten().any(String::is_empty) {
        doubts.push("`forbid` has the empty text, which is in every text".to_owned());
    }
    if let Some(c) = table
        .doubled
        .iter()
        .find_map(|(c, before)| std::iter::once(*c).chain(before.chars()).find(|c| !c.is_ascii()))
    {
        doubts.push(format!("`doubled` takes ASCII characters, and `{c}` is none"));
    }
    let written = table.escapes.iter().map(|(from, rule)| (from, written_by(rule)));
    for (from, write) in written {
        if !table.close.is_empty() && !write.is_empty() && table.close.starts_with(write) {
            doubts.push(format!(
                "`escapes` writes `{}` as `{write}`, with which the closing delimiter begins",
                show(from)
            ));
        }
    }
    if let Some((open, close)) = table.balanced
        && (!table.open.ends_with(open) || !table.close.starts_with(close))
    {
        doubts.push(format!(
                "`balanced` is `{open}` and `{close}`, with which `open` does not end and `close` not begin"
            ));
    }
    doubts.extend(in_other(table, &table.other, "other"));
    if let Some(concat) = &table.concat {
        doubts.extend(in_other(table, &concat.other, "concat.other"));
    }
    let breaks_line = |rule: &&Rule| written_by(rule).contains(['\n', '\r']);
    let is_bare = table.open.is_empty() && table.close.is_empty();
    if is_bare && table.lines == UsedFor::One && table.escapes.values().any(|it| breaks_line(&it)) {
        doubts.push(
            "an escape writes a line end, and no delimiter keeps the next line in the literal"
                .to_owned(),
        );
    }
    let begins = introducers(table);
    let is_doubled = |from: &&String| {
        table.escapes.get(*from).is_some_and(|rule| written_by(rule) == from.repeat(2))
    };
    if begins.contains(&'\\')
        && let Some(from) = [&table.close].into_iter().find(is_doubled)
    {
        doubts.push(format!(
            "`{from}` is doubled, and other escapes begin with `\\`: a language has one of the two"
        ));
    }
    for c in begins {
        if !is_ruled(table, c) {
            doubts.push(format!(
                "an escape begins with `{c}`, and no rule is about a `{c}` of the text: add it to `escapes`"
            ));
        }
    }
    doubts
}

/// What shows in the forms of a list, which has this name.
fn in_other(table: &StringTable, forms: &[Other], name: &str) -> Vec<String> {
    let mut doubts = Vec::new();
    let limits: Vec<u32> = forms.iter().map(|other| other.up_to).collect();
    if let Some(at) = limits.windows(2).position(|pair| pair[0] >= pair[1]) {
        doubts.push(format!(
            "the forms of `{name}` are not in ascending order of `up-to`: number {} is never used",
            at + 2
        ));
    }
    let raw_end = table.raw_up_to.unwrap_or(u32::from(char::MAX));
    let is_short = limits.last().is_some_and(|last| *last < u32::from(char::MAX));
    if is_short
        && (table.ascii || raw_end < u32::from(char::MAX))
        && forms.iter().all(|other| other.unit == Unit::CodePoint)
    {
        doubts.push(format!(
            "`{name}` has no form for the highest code points: let its last one have no `up-to`"
        ));
    }
    doubts
}

/// The characters with which an escape begins to differ from what it is written for; not those of an
/// escape that leaves the literal.
fn introducers(table: &StringTable) -> Vec<char> {
    let close = table.close.replace("{fence}", "");
    let mut found = Vec::new();
    let mut add = |from: &str, write: &str| {
        let same = from.chars().zip(write.chars()).take_while(|(one, other)| one == other).count();
        let begins = write.chars().nth(same).or_else(|| write.chars().next());
        let leaves = !close.is_empty() && write.starts_with(&close);
        // `?` of the text may begin what is written for `??`.
        let is_new = |c: &char| *c == '\\' || same == 0 && !from.contains(*c);
        found.extend(begins.filter(|c| !leaves && is_new(c) && !c.is_alphanumeric()));
    };
    for (from, rule) in &table.escapes {
        add(from, written_by(rule));
    }
    for other in &table.other {
        add("", &other.write.example());
    }
    found.sort_unstable();
    found.dedup();
    found
}

pub(super) fn written_by(rule: &Rule) -> &str {
    match rule {
        Rule::Always(write) | Rule::Before { write, .. } => write,
    }
}

/// Whether something in the table is about a character of the text.
fn is_ruled(table: &StringTable, c: char) -> bool {
    let begins = |text: &String| text.starts_with(c);
    table.escapes.keys().any(begins)
        || table.doubled.contains_key(&c)
        || [&table.forbid, &table.forbid_start, &table.forbid_end, &table.forbid_odd]
            .into_iter()
            .flatten()
            .any(begins)
}

#[cfg(test)]
mod tests {
    use super::StringDoubts;

    fn doubts(table: &str) -> Vec<String> {
        toml::from_str::<StringDoubts>(table).expect("a table").0
    }

    #[test]
    fn a_table_that_cannot_be_right_is_told() {
        for (table, told) in [
            // No rule for the delimiter.
            (
                r"escapes = { '\' = '\\' }",
                "the text `\"` is written as `\"\"\"`, which ends before",
            ),
            // No rule for what an escape begins with.
            (r#"escapes = { '"' = '\"' }"#, r"an escape begins with `\`, and no rule"),
            (
                r#"escapes = { '"' = '""' }
               other = [{ write = '\u{:04x}' }]"#,
                r"an escape begins with `\`, and no rule",
            ),
            // A quote that is doubled where the language escapes it.
            (
                r#"escapes = { '"' = '""', '\' = '\\' }"#,
                r"is doubled, and other escapes begin with `\`",
            ),
            // Digits without an end.
            (
                r#"escapes = { '"' = '\"', '\' = '\\' }
               other = [{ write = '\x{:x}' }]"#,
                "reads back as",
            ),
            // More digits than there is place for.
            (
                r#"escapes = { '"' = '\"', '\' = '\\' }
               ascii = true
               other = [{ write = '\u{:04x}' }]"#,
                "reads back as",
            ),
            (
                r#"escapes = { '"' = '\"', '\' = '\\' }
               other = [{ up-to = 0xffff, write = '\u{:04x}' }, { up-to = 0xff, write = '\x{:02x}' }]"#,
                "not in ascending order",
            ),
            (r#"escapes = { '"' = '\"', '\' = '\\', '' = 'x' }"#, "empty text"),
            (
                r#"escapes = { '"' = '\"' }
               doubled = { 'é' = '"' }"#,
                "`doubled` takes ASCII",
            ),
            // Two texts, one literal.
            (r#"escapes = { '"' = '\"', '\' = '\\', 'é' = 'e' }"#, "reads back as"),
        ] {
            let found = doubts(&format!("open = '\"'\nclose = '\"'\n{table}"));
            assert!(found.iter().any(|doubt| doubt.contains(told)), "{table}: {found:?}");
        }
    }

    #[test]
    fn a_sound_table_is_not_doubted() {
        for table in [
            r#"open = '"'
               close = '"'
               escapes = { '"' = '\"', '\' = '\\' }
               other = [{ up-to = 0xff, write = '\x{:02x}' }, { write = '\u{{:x}}' }]"#,
            r#"open = '"'
               close = '"'
               escapes = { '"' = '""', "\n" = '" & vbLf & "' }"#,
            "open = \"'\"\nclose = \"'\"\nescapes = { \"'\" = \"'\\\\''\" }",
            "open = 'r{fence}\"'\nclose = '\"{fence}'\nfence = '#'\nlines = 'any'",
        ] {
            assert_eq!(doubts(table), Vec::<String>::new(), "{table}");
        }
    }
}
