//! What cannot be right in a string style, by its table alone and with no toolchain.
//!
//! Some of it shows in the table. The rest is found by a reader that knows nothing but the table: it
//! undoes the escapes as a lexer would, the longest first and digits as far as they go, and ends where the
//! closing delimiter is. What it reads back of a few thousand texts must be these texts. A style that it
//! reads is injective for them: no two of them have one literal.

use serde::Deserialize;

use super::table::StringTable;
use super::{BadStyle, StringStyle};
use crate::diagnostic::show;
use crate::literal::matcher::{Other, Rule, Unit};
use crate::literal::template::TakesAll;
use crate::literal::{RAW_BREAK, finish};

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
    let limits: Vec<u32> = table.other.iter().map(|other| other.up_to).collect();
    if let Some(at) = limits.windows(2).position(|pair| pair[0] >= pair[1]) {
        doubts.push(format!(
            "the forms of `other` are not in ascending order of `up-to`: number {} is never used",
            at + 2
        ));
    }
    let raw_end = table.raw_up_to.unwrap_or(u32::from(char::MAX));
    let is_short = limits.last().is_some_and(|last| *last < u32::from(char::MAX));
    if is_short
        && (table.ascii || raw_end < u32::from(char::MAX))
        && table.other.iter().all(|other| other.unit == Unit::CodePoint)
    {
        doubts.push(
            "`other` has no form for the highest code points: let its last one have no `up-to`"
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

fn written_by(rule: &Rule) -> &str {
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

/// The first text that is not read back.
fn read_back_wrong(table: &StringTable, style: &StringStyle) -> Option<String> {
    // Runs that are doubled, margins and leads are read by grammars of their own.
    let is_plain = table.doubled.is_empty()
        && !table.margin
        && table.lead.is_empty()
        && table.balanced.is_none();
    if !is_plain {
        return None;
    }
    let reader = Reader::new(table);
    texts(table).into_iter().find_map(|text| {
        style.cost(&text)?;
        let mut literal = String::new();
        style.write(&mut literal, &text, super::Place::default());
        let why = match reader.read(style, &text, &literal) {
            Read::Whole(read) if read == text.as_bytes() => return None,
            Read::Whole(read) => format!("reads back as `{}`", show(&read)),
            Read::EndsEarly => "ends before the text does".to_owned(),
        };
        Some(format!(
            "the text `{}` is written as `{}`, which {why}",
            show(&text),
            show(finish(literal, "\n"))
        ))
    })
}

/// All texts of up to three of the characters that the table speaks of, and those beside them.
fn texts(table: &StringTable) -> Vec<String> {
    let mut spoken: Vec<char> = "a1f \n\r\t\0\u{7f}é\u{fdd0}🎉".chars().collect();
    let mut add = |text: &str| spoken.extend(text.chars().filter(|c| !c.is_alphanumeric()));
    for (from, rule) in &table.escapes {
        add(from);
        add(written_by(rule));
    }
    for text in [&table.open, &table.close].into_iter().chain(&table.forbid) {
        add(text);
    }
    for other in &table.other {
        add(&other.write.example());
    }
    spoken.sort_unstable();
    spoken.dedup();
    // The cube of more would take longer than it is worth.
    spoken.truncate(26);
    let mut texts: Vec<String> = (' '..='~').chain('\u{0}'..=' ').map(String::from).collect();
    for one in &spoken {
        for two in &spoken {
            texts.push([*one, *two].iter().collect());
            texts
                .extend(spoken.iter().map(|three| [*one, *two, *three].iter().collect::<String>()));
        }
    }
    texts.extend(table.escapes.keys().filter(|from| !from.is_empty()).flat_map(|from| {
        spoken.iter().flat_map(move |c| {
            [format!("{c}{from}"), format!("{from}{c}"), format!("{from}{from}{c}")]
        })
    }));
    texts
}

/// Reads literals by the table alone.
struct Reader<'t> {
    table: &'t StringTable,
    /// What is written, and for what; the longest first.
    escapes: Vec<(&'t str, &'t str)>,
}

enum Read {
    /// The bytes that the literal means.
    Whole(Vec<u8>),
    /// The closing delimiter is inside.
    EndsEarly,
}

impl<'t> Reader<'t> {
    fn new(table: &'t StringTable) -> Self {
        let rules = table.escapes.iter().map(|(from, rule)| (written_by(rule), from.as_str()));
        let ends = table.start.iter().chain(&table.end);
        let gaps = table.other.iter().map(|other| (other.gap.as_str(), ""));
        let mut escapes: Vec<_> = rules
            .chain(ends.map(|(from, write)| (write.as_str(), from.as_str())))
            .chain(gaps)
            .collect();
        escapes.retain(|(write, _)| !write.is_empty());
        escapes.sort_by_key(|(write, _)| std::cmp::Reverse(write.len()));
        Self { table, escapes }
    }

    fn read(&self, style: &StringStyle, text: &str, literal: &str) -> Read {
        let fence = self.table.fence.repeat(style.fences(text));
        // A line feed of the text and one of an escape are not the same.
        let raw = |delimiter: &str| {
            delimiter.replace("{fence}", &fence).replace('\n', &RAW_BREAK.to_string())
        };
        let open = raw(&self.table.open);
        let close = raw(&self.table.close);
        let inner =
            literal.strip_prefix(open.as_str()).and_then(|rest| rest.strip_suffix(close.as_str()));
        let Some(mut rest) = inner else { return Read::EndsEarly };
        let mut bytes = Vec::new();
        let mut surrogate = None;
        while let Some(c) = rest.chars().next() {
            if let Some((write, from)) =
                self.escapes.iter().find(|(write, _)| rest.starts_with(write))
            {
                bytes.extend_from_slice(from.as_bytes());
                rest = &rest[write.len()..];
            } else if let Some(length) = self.read_number(rest, &mut bytes, &mut surrogate) {
                rest = &rest[length..];
            } else if self.is_end(rest, &close) {
                return Read::EndsEarly;
            } else {
                let read = if c == RAW_BREAK { '\n' } else { c };
                bytes.extend_from_slice(read.encode_utf8(&mut [0; 4]).as_bytes());
                rest = &rest[c.len_utf8()..];
            }
        }
        Read::Whole(bytes)
    }

    /// Whether a lexer would end the literal before `rest`, which is inside.
    fn is_end(&self, rest: &str, close: &str) -> bool {
        let Some(last) = close.chars().next_back() else { return false };
        if !format!("{rest}{close}").starts_with(close) {
            return false;
        }
        // Of a run of quotes the last ones end the literal.
        !(self.table.ends_last && rest.trim_start_matches(last).is_empty())
    }

    /// Reads an escape with a number, the form with the longest beginning first; its length.
    fn read_number(
        &self,
        rest: &str,
        bytes: &mut Vec<u8>,
        surrogate: &mut Option<u32>,
    ) -> Option<usize> {
        let mut forms: Vec<&Other> = self.table.other.iter().collect();
        forms.sort_by_key(|other| std::cmp::Reverse(other.write.before().len()));
        forms.into_iter().find_map(|other| {
            // What needs a gap would go on.
            let takes_all = if other.gap.is_empty() { TakesAll::No } else { TakesAll::Yes };
            let (number, length) = other.write.read_back(rest, takes_all)?;
            let push = |bytes: &mut Vec<u8>, c: char| {
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            };
            match other.unit {
                Unit::Utf8 => bytes.push(u8::try_from(number).ok()?),
                Unit::CodePoint => push(bytes, char::from_u32(number)?),
                Unit::Utf16 => match (surrogate.take(), number) {
                    (None, 0xd800..0xdc00) => *surrogate = Some(number),
                    (Some(high), 0xdc00..0xe000) => {
                        push(
                            bytes,
                            char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + number - 0xdc00)?,
                        );
                    }
                    _ => push(bytes, char::from_u32(number)?),
                },
            }
            Some(length)
        })
    }
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
