//! The messages of the command line, one after the other: a file each, or a line each.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::BufRead;
use std::path::Path;
use std::sync::OnceLock;

use requote::diagnostic::Diagnostic;

use super::line;
use crate::input::Place;
use crate::output::folder::choose_stem;

type Read = Result<Vec<u8>, Box<Diagnostic>>;

/// A message, perhaps not yet read.
pub struct Item<'a> {
    /// What it is called.
    pub name: String,
    /// The name of its folder, unlike that of each message before; empty where none is written.
    pub stem: OsString,
    place: Option<Place<'a>>,
    read: OnceLock<Read>,
}

impl Item<'_> {
    /// Its bytes, read when they are first asked for.
    pub fn bytes(&self) -> Result<&[u8], &Diagnostic> {
        let read = || self.place.as_ref().map_or_else(|| Ok(Vec::new()), Place::read);
        match self.read.get_or_init(read) {
            Ok(bytes) => Ok(bytes),
            Err(diagnostic) => Err(diagnostic),
        }
    }
}

/// How messages stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// The file is the message.
    File,
    /// Each line is one, as a JSON object.
    Lines,
}

/// All messages, read as they are asked for.
pub struct Messages<'a> {
    places: std::slice::Iter<'a, Place<'a>>,
    packing: Packing,
    open: Option<Open<'a>>,
    /// The names of folders that are given away, where folders are written.
    stems: Option<HashSet<String>>,
}

/// A file of lines.
struct Open<'a> {
    place: &'a Place<'a>,
    reader: Box<dyn BufRead + Send>,
    /// The number of the line read last, from 1.
    number: u64,
}

/// Whether each message gets a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folders {
    /// It does.
    Named,
    /// It does not.
    None,
}

impl<'a> Messages<'a> {
    /// The messages of these places.
    pub fn new(places: &'a [Place<'a>], packing: Packing, folders: Folders) -> Self {
        let stems = (folders == Folders::Named).then(HashSet::new);
        Self { places: places.iter(), packing, open: None, stems }
    }

    fn next_line(&mut self) -> Option<Item<'a>> {
        loop {
            if let Some(open) = &mut self.open {
                match open.read_line() {
                    Some((name, read)) => {
                        let stem = self.choose_stem(Path::new(&name).file_stem());
                        return Some(Item { name, stem, place: None, read: read.into() });
                    }
                    None => self.open = None,
                }
            }
            let place = self.places.next()?;
            match place.open() {
                Ok(reader) => self.open = Some(Open { place, reader, number: 0 }),
                Err(error) => {
                    let diagnostic = Box::new(place.unreadable(&error));
                    let stem = self.choose_stem(Some(&place.stem()));
                    let read = OnceLock::from(Err(diagnostic));
                    return Some(Item { name: place.name(), stem, place: None, read });
                }
            }
        }
    }

    fn choose_stem(&mut self, stem: Option<&std::ffi::OsStr>) -> OsString {
        let stem = stem.unwrap_or("message".as_ref());
        self.stems.as_mut().map_or_else(OsString::new, |taken| choose_stem(stem, taken))
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if self.packing == Packing::Lines {
            return self.next_line();
        }
        let place = *self.places.next()?;
        let stem = self.choose_stem(Some(&place.stem()));
        Some(Item { name: place.name(), stem, place: Some(place), read: OnceLock::new() })
    }
}

impl Open<'_> {
    /// The next line that is not blank: its message's name, and the message.
    fn read_line(&mut self) -> Option<(String, Read)> {
        loop {
            let mut bytes = Vec::new();
            self.number += 1;
            // Of a line that has no name, the place is one.
            let place = || format!("{}:{}", self.place.name(), self.number);
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let (name, read) = line::decode(&bytes);
                    return Some((name.unwrap_or_else(place), read));
                }
                Err(error) => {
                    let read = Err(Box::new(self.place.unreadable(&error)));
                    let named = (place(), read);
                    // What follows cannot be read either.
                    self.reader = Box::new(std::io::empty());
                    return Some(named);
                }
            }
        }
    }
}
