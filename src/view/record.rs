//! What a template sees as a map: names, the shape of what each of them is, and the values.
//!
//! A value is built only where a template reads it, and from what it is, without a copy between.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// What is known of a value before there is a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    Bytes,
    Number,
    Flag,
    /// A map whose names the rules of a client set, each of them true.
    Flags,
    /// A map of the options that a client has.
    Options,
    Record(&'static Table),
    /// A list of records.
    List(&'static Table),
    /// A list of texts.
    Texts,
}

/// The names of a record.
#[derive(Debug, PartialEq)]
pub(crate) struct Table {
    /// What messages call the record.
    pub(crate) record: &'static str,
    /// Each name, and the shape of what it is; at most 32.
    pub(crate) names: &'static [(&'static str, Shape)],
}

impl Table {
    /// The bit of a name; none where there is no such name.
    pub(crate) fn bit(&self, name: &str) -> u32 {
        self.names.iter().position(|(known, _)| *known == name).map_or(0, |place| 1 << place)
    }
}

/// Which names of each record a template reads. What nothing reads is not worked out.
#[derive(Debug, Default)]
pub(crate) struct Reads(Vec<(&'static str, u32)>);

impl Reads {
    /// Notes that a template reads the name at `place` of `table`.
    pub(crate) fn add(&mut self, table: &Table, place: usize) {
        let bit = 1 << place;
        match self.0.iter_mut().find(|(record, _)| *record == table.record) {
            Some((_, bits)) => *bits |= bit,
            None => self.0.push((table.record, bit)),
        }
    }

    /// Notes that a template reads `name` of any of the records that are in reach of `table`.
    pub(crate) fn add_to_all(&mut self, table: &Table, name: &str) {
        for (place, (known, shape)) in table.names.iter().enumerate() {
            if *known == name {
                self.add(table, place);
            }
            if let Shape::Record(inner) | Shape::List(inner) = shape {
                self.add_to_all(inner, name);
            }
        }
    }

    /// A bit for each name of `table` that is read. A record that is there is true, so that it is
    /// never without any name.
    pub(crate) fn of(&self, table: &Table) -> u32 {
        self.0.iter().find(|(record, _)| *record == table.record).map_or(1, |(_, bits)| *bits)
    }
}

/// Takes the values of a record, as its template reads them.
pub(crate) trait Taker {
    type Error;

    fn take(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), Self::Error>;
}

/// What a template sees as a map.
pub(crate) trait Record {
    const TABLE: &'static Table;

    /// Hands over each name that `wanted` has the bit of, and its value.
    fn each<T: Taker>(&self, wanted: u32, reads: &Reads, taker: &mut T) -> Result<(), T::Error>;
}

impl<R: Record> Record for &R {
    const TABLE: &'static Table = R::TABLE;

    fn each<T: Taker>(&self, wanted: u32, reads: &Reads, taker: &mut T) -> Result<(), T::Error> {
        (**self).each(wanted, reads, taker)
    }
}

/// The fields of a map.
struct Fields<S>(S);

impl<S: SerializeStruct> Taker for Fields<S> {
    type Error = S::Error;

    fn take(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), Self::Error> {
        self.0.serialize_field(name, value)
    }
}

/// A record as a value: a map of what is wanted of it.
pub(super) struct One<'v, R> {
    record: &'v R,
    wanted: u32,
    reads: &'v Reads,
}

impl<R: Record> Serialize for One<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.wanted.count_ones() as usize;
        let mut fields = Fields(serializer.serialize_struct(R::TABLE.record, count)?);
        self.record.each(self.wanted, self.reads, &mut fields)?;
        fields.0.end()
    }
}

/// Records as a value: a list of maps.
pub(super) struct Many<'v, R> {
    records: &'v [R],
    reads: &'v Reads,
}

impl<R: Record> Serialize for Many<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { records, reads } = *self;
        let wanted = reads.of(R::TABLE);
        serializer.collect_seq(records.iter().map(|record| One { record, wanted, reads }))
    }
}

/// Bytes as a value.
pub(super) struct Raw<'v>(pub(super) &'v [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// Names as a map in which each is true; any other name is undefined, which counts as false.
pub(super) struct True<'v>(pub(super) &'v [&'v str]);

impl Serialize for True<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|name| (name, true)))
    }
}

pub(super) fn one<'v, R: Record>(record: &'v R, reads: &'v Reads) -> One<'v, R> {
    One { record, wanted: reads.of(R::TABLE), reads }
}

pub(super) fn list<'v, R: Record>(records: &'v [R], reads: &'v Reads) -> Many<'v, R> {
    Many { records, reads }
}

/// Says which names a record has, the shape of each, and its value.
macro_rules! record {
    ($record:ty as $item:ident, $reads:ident {
        $($(#[doc = $meaning:literal])* $name:literal: $shape:expr => $value:expr,)*
    }) => {
        impl Record for $record {
            const TABLE: &'static Table =
                &Table { record: stringify!($item), names: &[$(($name, $shape)),*] };

            fn each<T: Taker>(
                &self,
                wanted: u32,
                $reads: &Reads,
                taker: &mut T,
            ) -> Result<(), T::Error> {
                let $item = self;
                let mut bits = (0..u32::BITS).map(|place| wanted >> place & 1 == 1);
                $(
                    if bits.next() == Some(true) {
                        taker.take($name, &$value)?;
                    }
                )*
                Ok(())
            }
        }
    };
}

pub(super) use record;
