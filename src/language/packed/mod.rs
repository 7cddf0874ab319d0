//! The tables of the built-in languages in a compact form, for where a reader of TOML would weigh too much.
//!
//! [`pack`] reads the tables as [`super::Language::load`] does and writes what a language's types take
//! from them to quote: no comments, no names of fields, no places, nothing about running snippets. [`Packed`] is
//! the same tables read again.
//!
//! A value begins with one of the bytes of [`tag`]. Lengths, counts and numbers are LEB128. A structure is
//! its fields in the order in which the type declares them, so that both sides must be of one version.

mod read;
#[cfg(feature = "templates")]
mod write;

pub(super) use read::Fault;
#[cfg(feature = "templates")]
pub use write::pack;

use serde::de::DeserializeOwned;

use read::Reader;

/// What a value is.
mod tag {
    /// A field that the table has not.
    pub(super) const ABSENT: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    /// A number, doubled; -1, -2, … are 1, 3, ….
    pub(super) const NUMBER: u8 = 3;
    /// A length, and UTF-8.
    pub(super) const TEXT: u8 = 4;
    /// A count, and the items.
    pub(super) const LIST: u8 = 5;
    /// A count, and the pairs of a text and a value.
    pub(super) const MAP: u8 = 6;
    /// The fields.
    pub(super) const FIELDS: u8 = 7;
    /// The place of a variant in its type, and its value where it has one.
    pub(super) const VARIANT: u8 = 8;
}

/// Packed tables: for each language its name and its table, each behind its length.
#[derive(Debug, Clone, Copy)]
pub struct Packed(&'static [u8]);

impl Packed {
    /// The tables that [`pack`] wrote.
    pub fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// The table of a language.
    pub(super) fn table(&self, language: &str) -> Option<&'static [u8]> {
        let mut reader = Reader::new(self.0);
        while let (Ok(name), Ok(table)) = (reader.run(), reader.run()) {
            if name == language.as_bytes() {
                return Some(table);
            }
        }
        None
    }

    /// Whether the table of a language holds a text anywhere.
    pub(super) fn mentions(&self, language: &str, text: &str) -> bool {
        let table = self.table(language).unwrap_or_default();
        memchr::memmem::find(table, text.as_bytes()).is_some()
    }
}

/// Reads a table.
pub(super) fn read<T: DeserializeOwned>(table: &[u8]) -> Result<T, Fault> {
    T::deserialize(&mut Reader::new(table))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::{Packed, pack, read};
    use crate::language::{Language, Sources};

    /// A language as Rust shows it for debugging, without the fields that are not packed.
    fn without_what_is_left_out(language: &Language) -> String {
        let shown = format!("{language:#?}");
        let mut lines = shown.lines();
        let mut kept = String::new();
        while let Some(line) = lines.next() {
            let field = line.trim_start();
            let is_left_out =
                ["adds_source: ", "run: ", "source: "].iter().any(|name| field.starts_with(name));
            if !is_left_out {
                kept.push_str(line);
                kept.push('\n');
            } else if line.ends_with(['(', '{', '[']) {
                // The line that closes the value is the next of the same depth.
                let depth = line.len() - field.len();
                lines.by_ref().find(|line| line.len() - line.trim_start().len() == depth);
            }
        }
        kept
    }

    #[test]
    fn packed_languages_are_those_of_the_tables() {
        let sources = Sources::built_in();
        let packed = Packed::new(pack(&sources).expect("the tables hold together").leak());
        let languages: Vec<String> =
            sources.targets().into_iter().map(|(language, _)| language.to_owned()).collect();
        assert!(languages.len() > 40);
        for language in languages {
            let [read, expected] = [Sources::of_packed(packed), sources.clone()]
                .map(|sources| Language::load(&sources, &language).expect("it loads"));
            assert_eq!(without_what_is_left_out(&read), without_what_is_left_out(&expected));
        }
    }

    #[test]
    fn what_is_cut_short_is_a_fault_and_no_panic() {
        #[derive(Debug, Deserialize)]
        struct Table {
            #[expect(dead_code, reason = "it is only read")]
            texts: BTreeMap<String, Vec<Option<String>>>,
        }
        let whole = [7, 6, 1, 4, 1, b'a', 5, 1, 4, 1, b'b'];
        assert!(read::<Table>(&whole).is_ok());
        for end in 0..whole.len() {
            assert!(read::<Table>(&whole[..end]).is_err(), "{end}");
        }
        for (at, _) in whole.iter().enumerate() {
            let mut damaged = whole;
            damaged[at] = 0xff;
            assert!(read::<Table>(&damaged).is_err(), "{at}");
        }
    }
}
