//! The messages of the command line, one after the other: a file each, or a line each.

use std::collections::{HashSet, VecDeque};
use std::ffi::{OsStr, OsString};
use std::io::BufRead;
use std::mem;
use std::sync::{Mutex, OnceLock, PoisonError};

use requote::view::plain_stem;
use requote::{Reading, Refused, Requested};

use super::line::{self, Decoded};
use crate::input::Place;

/// A message, perhaps not yet read. Whoever asks first reads it, so that no thread waits while another
/// one decodes.
pub struct Item<'a> {
    /// The name of its folder, unlike that of each message before; empty where none is written.
    pub stem: OsString,
    source: Source<'a>,
    reading: &'a Reading,
    known: OnceLock<Known>,
}

/// Where a message comes from.
enum Source<'a> {
    File(Place<'a>),
    /// A line, its number from 1; taken away when it is decoded.
    Line(Place<'a>, u64, Mutex<Vec<u8>>),
}

/// What a message is called, and the request.
struct Known {
    name: String,
    read: Result<Requested, Refused>,
}

impl Item<'_> {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.known().name
    }

    /// The file that it is in; the name of a line.
    pub fn file(&self) -> String {
        match &self.source {
            Source::File(place) => place.name(),
            Source::Line(..) => self.name().to_owned(),
        }
    }

    /// The request.
    pub fn request(&self) -> Result<&Requested, &Refused> {
        self.known().read.as_ref()
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| match &self.source {
            Source::File(place) => {
                Known { name: place.name(), read: read_one(place, self.reading) }
            }
            Source::Line(place, number, line) => {
                let line = mem::take(&mut *line.lock().unwrap_or_else(PoisonError::into_inner));
                let Decoded { name, read } = line::decode(&line);
                let read = read.map_err(Refused::from).and_then(|(bytes, format)| {
                    let format = format.or(self.reading.format);
                    self.reading.clone().with_format(format).read_one(bytes)
                });
                Known { name: name.unwrap_or_else(|| name_line(place, *number)), read }
            }
        })
    }
}

/// The requests of a place.
pub fn read_place(place: &Place<'_>, reading: &Reading) -> Result<Vec<Requested>, Refused> {
    reading.read(place.read()?)
}

fn read_one(place: &Place<'_>, reading: &Reading) -> Result<Requested, Refused> {
    reading.read_one(place.read()?)
}

/// Of a line that has no name, the place is one.
fn name_line(place: &Place<'_>, number: u64) -> String {
    format!("{}:{number}", place.name())
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
    reading: &'a Reading,
    /// The requests of the last file that are not given out.
    pending: VecDeque<Item<'a>>,
    /// What was read of the only file to see how many requests it has.
    first: Option<Result<Vec<Requested>, Refused>>,
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
    pub fn new(
        places: &'a [Place<'a>],
        packing: Packing,
        folders: Folders,
        reading: &'a Reading,
    ) -> Self {
        let stems = (folders == Folders::Named).then(HashSet::new);
        let (places, pending) = (places.iter(), VecDeque::new());
        Self { places, packing, reading, pending, first: None, open: None, stems }
    }

    /// Says what is already read of the first place.
    pub fn begin_with(&mut self, read: Option<Result<Vec<Requested>, Refused>>) {
        self.first = read;
    }

    /// Reads the next place.
    fn read_next(&mut self) -> Option<()> {
        let place = self.places.next()?;
        let read = self.first.take().unwrap_or_else(|| read_place(place, self.reading));
        match read {
            Ok(requests) => {
                for request in requests {
                    let name = match &request.label {
                        Some(label) => format!("{}#{label}", place.name()),
                        None => place.name(),
                    };
                    let mut stem = place.stem();
                    if let Some(label) = &request.label {
                        stem.push("-");
                        stem.push(plain_stem(label, "request"));
                    }
                    self.add(place, &stem, Known { name, read: Ok(request) });
                }
            }
            Err(refused) => {
                let known = Known { name: place.name(), read: Err(refused) };
                self.add(place, &place.stem(), known);
            }
        }
        Some(())
    }

    fn add(&mut self, place: &'a Place<'a>, stem: &OsStr, known: Known) {
        let (stem, source) = (self.choose_stem(Some(stem)), Source::File(*place));
        self.pending.push_back(Item { stem, source, reading: self.reading, known: known.into() });
    }

    fn next_line(&mut self) -> Option<Item<'a>> {
        loop {
            if let Some(open) = &mut self.open {
                match open.read_line() {
                    Some((source, known)) => {
                        let (stem, reading) = (OsString::new(), self.reading);
                        let mut item = Item { stem, source, reading, known };
                        if self.stems.is_some() {
                            // A name in the data is no path: it may hold what a folder must not.
                            let stem = plain_stem(item.name(), "message");
                            item.stem = self.choose_stem(Some(OsStr::new(&stem)));
                        }
                        return Some(item);
                    }
                    None => self.open = None,
                }
            }
            let place = self.places.next()?;
            match place.open() {
                Ok(reader) => self.open = Some(Open { place, reader, number: 0 }),
                Err(error) => {
                    let read = Err(Box::new(place.unreadable(&error)).into());
                    let known = OnceLock::from(Known { name: place.name(), read });
                    let stem = self.choose_stem(Some(&place.stem()));
                    let (source, reading) = (Source::File(*place), self.reading);
                    return Some(Item { stem, source, reading, known });
                }
            }
        }
    }

    fn choose_stem(&mut self, stem: Option<&OsStr>) -> OsString {
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
        while self.pending.is_empty() {
            self.read_next()?;
        }
        self.pending.pop_front()
    }
}

impl<'a> Open<'a> {
    /// The next line that is not blank.
    fn read_line(&mut self) -> Option<(Source<'a>, OnceLock<Known>)> {
        loop {
            let mut bytes = Vec::new();
            self.number += 1;
            let read = self.reader.read_until(b'\n', &mut bytes);
            let known = match read {
                Ok(0) => return None,
                Ok(_) if bytes.trim_ascii().is_empty() => continue,
                Ok(_) => OnceLock::new(),
                Err(error) => {
                    // What follows cannot be read either.
                    self.reader = Box::new(std::io::empty());
                    let read = Err(Box::new(self.place.unreadable(&error)).into());
                    Known { name: name_line(self.place, self.number), read }.into()
                }
            };
            return Some((Source::Line(*self.place, self.number, bytes.into()), known));
        }
    }
}

/// A name for a message's folder, unlike those of the messages before; file systems may fold case.
fn choose_stem(stem: &OsStr, taken: &mut HashSet<String>) -> OsString {
    // The stem of `...` is `..`.
    let stem = if stem == "." || stem == ".." { OsStr::new("message") } else { stem };
    let numbered = (2..).map(|number| {
        let mut name = stem.to_owned();
        name.push(format!("-{number}"));
        name
    });
    [stem.to_owned()]
        .into_iter()
        .chain(numbered)
        .find(|name| taken.insert(name.to_string_lossy().to_lowercase()))
        .unwrap_or_default()
}
