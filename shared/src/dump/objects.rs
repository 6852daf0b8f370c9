//! From a document whose header is known to the objects of some kinds in it.

use std::cell::RefCell;
use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::header::Header;

/// Says which objects are wanted.
pub(super) type Wanted<'h> = &'h dyn Fn(&Header) -> bool;

/// Takes an object with its header.
pub(super) type Sink<'s, 'o, T> = &'s RefCell<&'o mut dyn FnMut(&Header, T)>;

/// Reads the wanted objects of a document, straight into their structs, hands each over with its header, and skips the
/// rest.
pub(super) struct Objects<'h, 's, 'o, T> {
    header: &'h Header,
    wanted: Wanted<'h>,
    sink: Sink<'s, 'o, T>,
}

impl<'h, 's, 'o, T> Objects<'h, 's, 'o, T> {
    pub fn new(header: &'h Header, wanted: Wanted<'h>, sink: Sink<'s, 'o, T>) -> Self {
        Self { header, wanted, sink }
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Objects<'_, '_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { header, wanted, sink } = self;
        match header.list() {
            _ if wanted(header) => {
                let object = T::deserialize(deserializer)?;
                (sink.borrow_mut())(header, object);
                Ok(())
            }
            Some(items) if header.holds_any(wanted) => {
                deserializer.deserialize_map(ListVisitor(Items { items, wanted, sink }))
            }
            _ => deserializer.deserialize_ignored_any(IgnoredAny).map(drop),
        }
    }
}

struct Items<'h, 's, 'o, T> {
    items: &'h [Header],
    wanted: Wanted<'h>,
    sink: Sink<'s, 'o, T>,
}

struct ListVisitor<'h, 's, 'o, T>(Items<'h, 's, 'o, T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ListVisitor<'_, '_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut items = Some(self.0);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => {
                    let items = items.take().ok_or_else(|| A::Error::duplicate_field("items"))?;
                    map.next_value_seed(items)?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Items<'_, '_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Items<'_, '_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        for header in self.items {
            let seed = Objects::new(header, self.wanted, self.sink);
            if sequence.next_element_seed(seed)?.is_none() {
                break;
            }
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}
