//! What a document is, before anything is made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{
    Deserialize, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::model::Resource;

/// Kind and API version of a document, and of everything in it where it is a list. Any YAML or JSON has
/// a header; what is no object has an empty one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub kind: String,
    pub api_version: String,
    /// `None` where there is no such field.
    pub items: Option<Vec<Header>>,
}

impl Header {
    /// Whether this is an object of the kind. An `apiVersion` that is missing is no obstacle, and neither
    /// is another version of the same group.
    pub fn is<K: Resource>(&self) -> bool {
        let group = self.api_version.rsplit_once('/').map_or("", |(group, _)| group);
        self.kind == K::KIND && (self.api_version.is_empty() || group == K::GROUP)
    }

    /// Whether this is an object of the kind, or a list that has one.
    pub fn holds<K: Resource>(&self) -> bool {
        self.holds_any(&Self::is::<K>)
    }

    /// Whether this is wanted, or a list that has something that is.
    pub fn holds_any(&self, wanted: &dyn Fn(&Self) -> bool) -> bool {
        wanted(self) || self.list().is_some_and(|items| items.iter().any(|item| item.holds_any(wanted)))
    }

    /// Whether this is a list of such objects, if there were any: `kubectl get` of nothing.
    pub fn is_empty_list<K: Resource>(&self) -> bool {
        let matches = self.kind == "List" || self.kind.strip_suffix("List") == Some(K::KIND);
        matches && self.list().is_some_and(<[Self]>::is_empty)
    }

    /// The items, if this is a list.
    pub fn list(&self) -> Option<&[Self]> {
        if self.kind.ends_with("List") { self.items.as_deref() } else { None }
    }

    /// Adds to the number of objects of each kind.
    pub fn count(&self, counts: &mut BTreeMap<String, usize>) {
        match self.list() {
            Some(items) => items.iter().for_each(|item| item.count(counts)),
            None if self.kind.is_empty() => {}
            None => *counts.entry(self.kind.clone()).or_default() += 1,
        }
    }

    /// Adds the kinds of its objects; of an empty list, that of the objects it would have.
    pub fn add_kinds(&self, kinds: &mut BTreeSet<String>) {
        match self.list() {
            Some(items) => {
                kinds.extend(self.kind.strip_suffix("List").map(str::to_owned));
                items.iter().for_each(|item| item.add_kinds(kinds));
            }
            None => drop(kinds.insert(self.kind.clone())),
        }
    }

    /// Gives items that don't say what they are the kind their list is of: the API server leaves it out in
    /// typed lists.
    pub fn hand_down(&mut self) {
        let Some(kind) = self.kind.strip_suffix("List").filter(|kind| !kind.is_empty()) else { return };
        for item in self.items.iter_mut().flatten().filter(|item| item.kind.is_empty()) {
            item.kind = kind.to_owned();
            item.api_version = self.api_version.clone();
        }
    }
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeaderVisitor)
    }
}

/// Takes anything, and looks into maps.
struct HeaderVisitor;

/// Takes the scalars that a visitor has no use for.
macro_rules! instead_of_scalars {
    ($type:ty, $value:expr, $($visit:ident: $scalar:ty),*) => {
        $(fn $visit<E>(self, _: $scalar) -> Result<$type, E> {
            Ok($value)
        })*
    };
    ($type:ty, $value:expr) => {
        instead_of_scalars!(
            $type, $value,
            visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64
        );
    };
}

impl<'de> Visitor<'de> for HeaderVisitor {
    type Value = Header;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Kubernetes object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
        let mut header = Header::default();
        while let Some(Text(key)) = map.next_key()? {
            match key.as_str() {
                "kind" => header.kind = map.next_value::<Text>()?.0,
                "apiVersion" => header.api_version = map.next_value::<Text>()?.0,
                "items" => header.items = map.next_value::<Items>()?.0,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        header.hand_down();
        Ok(header)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Header, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Header::default())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Header, A::Error> {
        let (IgnoredAny, content) = tagged.variant()?;
        content.newtype_variant::<IgnoredAny>()?;
        Ok(Header::default())
    }

    fn visit_unit<E>(self) -> Result<Header, E> {
        Ok(Header::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Header, E> {
        Ok(Header::default())
    }

    instead_of_scalars!(Header, Header::default());
}

/// A string; whatever else stands in its place counts as an empty one.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(String::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Text, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text(String::new()))
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text(String::new()))
    }

    instead_of_scalars!(Text, Text(String::new()));
}

/// The headers of a list's items; `None` where it is no list (`items: null` is an empty one, as Go
/// writes a list that was never filled).
struct Items(Option<Vec<Header>>);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = Items;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Items, A::Error> {
        let mut headers = Vec::new();
        while let Some(header) = sequence.next_element()? {
            headers.push(header);
        }
        Ok(Items(Some(headers)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Items, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Items(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Items, E> {
        Ok(Items(None))
    }

    fn visit_unit<E>(self) -> Result<Items, E> {
        Ok(Items(Some(Vec::new())))
    }

    instead_of_scalars!(Items, Items(None));
}
