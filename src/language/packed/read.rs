//! A packed table → the type that asks for it. It knows which type asks, so each value is read in one way;
//! the code for all types is a large part of what a browser loads.

use std::fmt;

use serde::de::value::U32Deserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::tag;

/// The bytes are no packed table of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language) struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the packed table is damaged, or of another version")
    }
}

impl std::error::Error for Fault {}

/// What Serde would say is not kept: a packed table has been read before.
impl Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// The rest of a packed table.
pub(super) struct Reader<'p>(&'p [u8]);

impl<'p> Reader<'p> {
    pub(super) fn new(bytes: &'p [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        let (first, rest) = self.0.split_first().ok_or(Fault)?;
        self.0 = rest;
        Ok(*first)
    }

    fn expect(&mut self, tag: u8) -> Result<(), Fault> {
        if self.byte()? == tag { Ok(()) } else { Err(Fault) }
    }

    /// LEB128, of 64 bits at most.
    fn number(&mut self) -> Result<u64, Fault> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Fault)
    }

    fn count(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.number()?).map_err(|_| Fault)
    }

    /// Bytes behind their length.
    pub(super) fn run(&mut self) -> Result<&'p [u8], Fault> {
        let length = self.count()?;
        let (run, rest) = self.0.split_at_checked(length).ok_or(Fault)?;
        self.0 = rest;
        Ok(run)
    }

    fn text(&mut self) -> Result<&'p str, Fault> {
        self.expect(tag::TEXT)?;
        str::from_utf8(self.run()?).map_err(|_| Fault)
    }

    fn tagged_count(&mut self, tag: u8) -> Result<usize, Fault> {
        self.expect(tag)?;
        self.count()
    }

    fn signed_number(&mut self) -> Result<i64, Fault> {
        self.expect(tag::NUMBER)?;
        let doubled = self.number()?;
        let half = i64::try_from(doubled >> 1).map_err(|_| Fault)?;
        Ok(if doubled & 1 == 0 { half } else { -half - 1 })
    }
}

macro_rules! read_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_i64(self.signed_number()?)
        })*
    };
}

macro_rules! read_texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_str(self.text()?)
        })*
    };
}

impl<'p> Deserializer<'p> for &mut Reader<'p> {
    type Error = Fault;

    /// A type that asks for any value takes a text or a map.
    fn deserialize_any<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.0.first() == Some(&tag::TEXT) {
            return visitor.visit_str(self.text()?);
        }
        self.deserialize_map(visitor)
    }

    fn deserialize_bool<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.byte()? {
            tag::FALSE => visitor.visit_bool(false),
            tag::TRUE => visitor.visit_bool(true),
            _ => Err(Fault),
        }
    }

    read_numbers! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    }

    read_texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_option<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'p>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
        let left = self.tagged_count(tag::LIST)?;
        visitor.visit_seq(Items { reader: self, left })
    }

    fn deserialize_tuple<V: Visitor<'p>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
        let left = self.tagged_count(tag::MAP)?;
        visitor.visit_map(Items { reader: self, left })
    }

    fn deserialize_struct<V: Visitor<'p>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.expect(tag::FIELDS)?;
        visitor.visit_seq(Fields { reader: self, left: fields.len() })
    }

    fn deserialize_enum<V: Visitor<'p>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.expect(tag::VARIANT)?;
        visitor.visit_enum(Variant(self))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'p>>
        f32 f64 bytes byte_buf unit unit_struct tuple_struct ignored_any
    }
}

/// The items of a list, or the pairs of a map.
struct Items<'r, 'p> {
    reader: &'r mut Reader<'p>,
    left: usize,
}

impl Items<'_, '_> {
    fn is_next(&mut self) -> bool {
        let is_next = self.left > 0;
        self.left -= usize::from(is_next);
        is_next
    }
}

impl<'p> SeqAccess<'p> for Items<'_, 'p> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'p>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        if !self.is_next() {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'p> MapAccess<'p> for Items<'_, 'p> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'p>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'p>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(&mut *self.reader)
    }
}

/// The fields of a structure. One that is absent is no item, though others follow: Serde's code takes the
/// default in its place.
struct Fields<'r, 'p> {
    reader: &'r mut Reader<'p>,
    left: usize,
}

impl<'p> SeqAccess<'p> for Fields<'_, 'p> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'p>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        if self.reader.0.first() == Some(&tag::ABSENT) {
            self.reader.byte()?;
            return Ok(seed.deserialize(Absent).ok());
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// No value: an `Option` takes it, and nothing else does.
struct Absent;

impl<'p> Deserializer<'p> for Absent {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'p>>(self, _: V) -> Result<V::Value, Fault> {
        Err(Fault)
    }

    fn deserialize_option<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'p>>
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A variant, and its value where it has one.
struct Variant<'r, 'p>(&'r mut Reader<'p>);

impl<'p> EnumAccess<'p> for Variant<'_, 'p> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'p>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let place: U32Deserializer<Fault> =
            u32::try_from(self.0.number()?).map_err(|_| Fault)?.into_deserializer();
        Ok((seed.deserialize(place)?, self))
    }
}

impl<'p> VariantAccess<'p> for Variant<'_, 'p> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'p>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'p>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.0.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'p>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.0.deserialize_struct("", fields, visitor)
    }
}
