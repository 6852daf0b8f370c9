//! From a document whose header is known to the objects of some kinds in it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::header::Header;

/// Says which objects are wanted.
pub(super) type Wanted<'h> = &'h dyn Fn(&Header) -> bool;

/// Reads the wanted objects of a document, straight into their structs, and skips the rest. Each comes with its header.
pub(super) struct Objects<'h, T> {
    header: &'h Header,
    wanted: Wanted<'h>,
    object: PhantomData<T>,
}

impl<'h, T> Objects<'h, T> {
    pub fn new(header: &'h Header, wanted: Wanted<'h>) -> Self {
        Self { header, wanted, object: PhantomData }
    }
}

impl<'de, 'h, T: DeserializeOwned> DeserializeSeed<'de> for Objects<'h, T> {
    type Value = Vec<(&'h Header, T)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let Self { header, wanted, .. } = self;
        match header.list() {
            _ if wanted(header) => Ok(vec![(header, T::deserialize(deserializer)?)]),
            Some(items) if header.holds_any(wanted) => {
                deserializer.deserialize_map(ListVisitor { items, wanted, object: PhantomData })
            }
            _ => {
                deserializer.deserialize_ignored_any(IgnoredAny)?;
                Ok(Vec::new())
            }
        }
    }
}

struct ListVisitor<'h, T> {
    items: &'h [Header],
    wanted: Wanted<'h>,
    object: PhantomData<T>,
}

impl<'de, 'h, T: DeserializeOwned> Visitor<'de> for ListVisitor<'h, T> {
    type Value = Vec<(&'h Header, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self { items, wanted, object } = self;
        let mut found = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => found = map.next_value_seed(ItemsSeed { items, wanted, object })?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

struct ItemsSeed<'h, T> {
    items: &'h [Header],
    wanted: Wanted<'h>,
    object: PhantomData<T>,
}

impl<'de, 'h, T: DeserializeOwned> DeserializeSeed<'de> for ItemsSeed<'h, T> {
    type Value = Vec<(&'h Header, T)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, 'h, T: DeserializeOwned> Visitor<'de> for ItemsSeed<'h, T> {
    type Value = Vec<(&'h Header, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        for header in self.items {
            let seed = Objects::new(header, self.wanted);
            let Some(objects) = sequence.next_element_seed(seed)? else { break };
            found.extend(objects);
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }
}
