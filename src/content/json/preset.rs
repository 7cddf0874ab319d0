//! Data that is either the name of a preset or a whole table.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A type that has named values.
pub(super) trait Preset: Sized {
    /// The names, for the error message.
    const NAMES: &'static [&'static str];

    /// The value of that name.
    fn find(name: &str) -> Option<Self>;

    /// Reads a table that spells all of it.
    fn read_table<'de, D: Deserializer<'de>>(table: D) -> Result<Self, D::Error>;
}

/// Reads a name or a table.
pub(super) fn read_preset<'de, T: Preset, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_any(NameOrTable(PhantomData))
}

struct NameOrTable<T>(PhantomData<T>);

impl<'de, T: Preset> Visitor<'de> for NameOrTable<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a table or one of {:?}", T::NAMES)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        T::find(name).ok_or_else(|| E::unknown_variant(name, T::NAMES))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<T, A::Error> {
        T::read_table(MapAccessDeserializer::new(table))
    }
}

/// Implements `Deserialize` for a [`Preset`].
macro_rules! deserialize_preset {
    ($type:ty) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                read_preset(from)
            }
        }
    };
}

deserialize_preset!(super::FloatFormat);
deserialize_preset!(super::NumberModel);
