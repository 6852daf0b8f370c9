//! From a document whose header is known to the objects of one kind in it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::header::Header;
use crate::model::Resource;

/// Reads the wanted objects of a document, straight into their structs, and skips the rest.
pub(super) struct Objects<'h, K> {
    header: &'h Header,
    kind: PhantomData<K>,
}

impl<'h, K: Resource> Objects<'h, K> {
    pub fn new(header: &'h Header) -> Self {
        Self { header, kind: PhantomData }
    }
}

impl<'de, K: Resource> DeserializeSeed<'de> for Objects<'_, K> {
    type Value = Vec<K>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<K>, D::Error> {
        match self.header.list() {
            _ if self.header.is::<K>() => Ok(vec![K::deserialize(deserializer)?]),
            Some(items) if self.header.holds::<K>() => {
                deserializer.deserialize_map(ListVisitor { items, kind: PhantomData })
            }
            _ => {
                deserializer.deserialize_ignored_any(IgnoredAny)?;
                Ok(Vec::new())
            }
        }
    }
}

struct ListVisitor<'h, K> {
    items: &'h [Header],
    kind: PhantomData<K>,
}

impl<'de, K: Resource> Visitor<'de> for ListVisitor<'_, K> {
    type Value = Vec<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<K>, A::Error> {
        let mut found = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => {
                    found = map.next_value_seed(ItemsSeed { items: self.items, kind: PhantomData::<K> })?
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

struct ItemsSeed<'h, K> {
    items: &'h [Header],
    kind: PhantomData<K>,
}

impl<'de, K: Resource> DeserializeSeed<'de> for ItemsSeed<'_, K> {
    type Value = Vec<K>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<K>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, K: Resource> Visitor<'de> for ItemsSeed<'_, K> {
    type Value = Vec<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<K>, A::Error> {
        let mut found = Vec::new();
        for header in self.items {
            let Some(objects) = sequence.next_element_seed(Objects::new(header))? else { break };
            found.extend(objects);
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }
}
