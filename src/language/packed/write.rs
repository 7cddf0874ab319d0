//! A table of TOML → its packed form. The type that the table is of is read from it, and what it asks for on
//! the way is written down.

use serde::Deserialize;
use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use toml::{Table, Value, map};

use super::super::tables::{Merged, Tables};
use super::super::{LanguageError, LanguageTable, Sources, toml_error};
use super::read::Fault;
use super::tag;

/// What only those read who run snippets or check tables.
const LEFT_OUT: [&str; 3] = ["adds-source", "run", "source"];

/// The types that keep it: users are told the `source` of an option, and the others have no value without one.
const WHOLE: [&str; 3] = ["OptionFact", "DecodingFact", "RedirectFact"];

/// Packs the tables of all languages that `sources` have a template of, but for how a snippet is run and where
/// facts are written.
pub fn pack(sources: &Sources) -> Result<Vec<u8>, LanguageError> {
    let mut names: Vec<&str> =
        sources.targets().into_iter().map(|(language, _)| language).collect();
    names.dedup();
    let mut packed = Vec::new();
    for name in names {
        let mut tables = Tables::new(sources);
        let table = tables.resolve(name).and_then(|Merged { table, .. }| tables.read(table));
        let table: Table = table.map_err(|faults| toml_error(name, &faults))?;
        let mut out = Vec::new();
        LanguageTable::deserialize(Writer { value: Value::Table(table), out: &mut out }).map_err(
            |Fault| LanguageError::Toml {
                path: format!("{name}/language.toml"),
                message: "the table has a value that has no packed form".to_owned(),
            },
        )?;
        write_run(&mut packed, name.as_bytes());
        write_run(&mut packed, &out);
    }
    Ok(packed)
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

fn write_run(out: &mut Vec<u8>, bytes: &[u8]) {
    write_number(out, bytes.len());
    out.extend(bytes);
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(tag::TEXT);
    write_run(out, text.as_bytes());
}

/// A value, and where its packed form goes.
struct Writer<'o> {
    value: Value,
    out: &'o mut Vec<u8>,
}

impl<'o> Writer<'o> {
    fn list(self) -> Result<Items<'o>, Fault> {
        let Value::Array(items) = self.value else { return Err(Fault) };
        self.out.push(tag::LIST);
        write_number(self.out, items.len());
        Ok(Items { items: items.into_iter(), out: self.out })
    }

    fn text(self) -> Result<String, Fault> {
        let Value::String(text) = self.value else { return Err(Fault) };
        write_text(self.out, &text);
        Ok(text)
    }
}

macro_rules! write_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
            let number = self.value.as_integer().ok_or(Fault)?;
            self.out.push(tag::NUMBER);
            let size = if number < 0 { -(number + 1) * 2 + 1 } else { number * 2 };
            write_number(self.out, usize::try_from(size).map_err(|_| Fault)?);
            visitor.visit_i64(number)
        })*
    };
}

macro_rules! write_texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_string(self.text()?)
        })*
    };
}

impl Deserializer<'static> for Writer<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(_) => visitor.visit_string(self.text()?),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
        let value = self.value.as_bool().ok_or(Fault)?;
        self.out.push(if value { tag::TRUE } else { tag::FALSE });
        visitor.visit_bool(value)
    }

    write_numbers! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    }

    write_texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple<V: Visitor<'static>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_map<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Value::Table(table) = self.value else { return Err(Fault) };
        self.out.push(tag::MAP);
        write_number(self.out, table.len());
        visitor.visit_map(Pairs { left: table.into_iter(), value: None, out: self.out })
    }

    fn deserialize_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Value::Table(mut table) = self.value else { return Err(Fault) };
        if !WHOLE.contains(&name) {
            table.retain(|key, _| !LEFT_OUT.contains(&key));
        }
        self.out.push(tag::FIELDS);
        visitor.visit_map(Fields { table, names: fields.iter(), value: None, out: self.out })
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (name, value) = match self.value {
            Value::String(name) => (name, None),
            Value::Table(table) => {
                table.into_iter().next().map(|(name, value)| (name, Some(value))).ok_or(Fault)?
            }
            _ => return Err(Fault),
        };
        let place = variants.iter().position(|known| *known == name).ok_or(Fault)?;
        self.out.push(tag::VARIANT);
        write_number(self.out, place);
        visitor.visit_enum(Variant { place, value, out: self.out })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'static>>
        f32 f64 bytes byte_buf unit unit_struct tuple_struct ignored_any
    }
}

struct Items<'o> {
    items: std::vec::IntoIter<Value>,
    out: &'o mut Vec<u8>,
}

impl SeqAccess<'static> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'static>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some(value) = self.items.next() else { return Ok(None) };
        seed.deserialize(Writer { value, out: self.out }).map(Some)
    }
}

/// The pairs of a map.
struct Pairs<'o> {
    left: map::IntoIter<String, Value>,
    value: Option<Value>,
    out: &'o mut Vec<u8>,
}

impl MapAccess<'static> for Pairs<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'static>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.left.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Writer { value: Value::String(name), out: self.out }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'static>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let value = self.value.take().ok_or(Fault)?;
        seed.deserialize(Writer { value, out: self.out })
    }
}

/// The fields of a structure, in its order.
struct Fields<'o> {
    table: Table,
    names: std::slice::Iter<'static, &'static str>,
    value: Option<Value>,
    out: &'o mut Vec<u8>,
}

impl MapAccess<'static> for Fields<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'static>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        for field in self.names.by_ref() {
            self.value = self.table.remove(*field);
            if self.value.is_some() {
                let name: StrDeserializer<'_, Fault> = (*field).into_deserializer();
                return seed.deserialize(name).map(Some);
            }
            self.out.push(tag::ABSENT);
        }
        // A key that the type does not have would be lost.
        if self.table.is_empty() { Ok(None) } else { Err(Fault) }
    }

    fn next_value_seed<V: DeserializeSeed<'static>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let value = self.value.take().ok_or(Fault)?;
        seed.deserialize(Writer { value, out: self.out })
    }
}

struct Variant<'o> {
    place: usize,
    value: Option<Value>,
    out: &'o mut Vec<u8>,
}

impl EnumAccess<'static> for Variant<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'static>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let place: U32Deserializer<Fault> =
            u32::try_from(self.place).map_err(|_| Fault)?.into_deserializer();
        Ok((seed.deserialize(place)?, self))
    }
}

impl<'o> Variant<'o> {
    fn value(self) -> Result<Writer<'o>, Fault> {
        Ok(Writer { value: self.value.ok_or(Fault)?, out: self.out })
    }
}

impl VariantAccess<'static> for Variant<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        if self.value.is_none() { Ok(()) } else { Err(Fault) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'static>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.value()?)
    }

    fn tuple_variant<V: Visitor<'static>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.value()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'static>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.value()?.deserialize_struct("", fields, visitor)
    }
}
