//! A LimitRange, its quantities parsed.

use crate::{
    Error, Result,
    model::{LimitRange, LimitRangeItem, Quantities},
    quantity::{ParseQuantityError, Quantity},
    resources::ResourceList,
};

/// A LimitRange, its quantities parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitRangeFacts {
    /// The namespace it is in.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its items, at most one per type.
    pub items: Vec<Item>,
}

/// The bounds and defaults for one type of object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    pub kind: String,
    /// The least a request may be.
    pub min: ResourceList,
    /// The most a limit may be.
    pub max: ResourceList,
    /// The limit of a container that sets none.
    pub default: ResourceList,
    /// The request of a container that sets none.
    pub default_request: ResourceList,
    /// The most that limit divided by request may be.
    pub ratio: ResourceList,
}

impl LimitRangeFacts {
    /// Returns the facts of a LimitRange as the server stores it, whether it was read from there or from a manifest.
    ///
    /// # Errors
    /// A text that is not a quantity.
    pub fn new(range: &LimitRange) -> Result<Self> {
        Self::read(range, |amount| Quantity::parse(&amount.text()))
    }

    /// Returns the facts of a LimitRange as the server validates it. Once stored it is parsed again, which may change
    /// how its quantities print.
    ///
    /// # Errors
    /// As [`LimitRangeFacts::new`].
    pub fn as_sent(range: &LimitRange) -> Result<Self> {
        Self::read(range, Ok)
    }

    fn read(
        range: &LimitRange,
        again: impl Fn(Quantity) -> Result<Quantity, ParseQuantityError>,
    ) -> Result<Self> {
        let (namespace, name) = (&range.metadata.namespace, &range.metadata.name);
        let items = range.spec.limits.iter().map(|item| Item::new(item, &again)).collect::<Result<_, _>>();
        let items = items.map_err(|(text, error)| {
            Error::new(format!("limitrange {namespace}/{name}: `{text}` is not a quantity: {error}"))
        })?;
        Ok(Self { namespace: namespace.clone(), name: name.clone(), items })
    }
}

impl Item {
    fn new(
        item: &LimitRangeItem,
        again: impl Fn(Quantity) -> Result<Quantity, ParseQuantityError>,
    ) -> Result<Self, (String, ParseQuantityError)> {
        let list = |texts| list(texts, &again);
        let mut facts = Self {
            kind: item.kind.clone(),
            min: list(&item.min)?,
            max: list(&item.max)?,
            default: list(&item.default)?,
            default_request: list(&item.default_request)?,
            ratio: list(&item.max_limit_request_ratio)?,
        };
        if facts.kind == "Container" {
            facts.fill_in();
        }
        Ok(facts)
    }

    /// Fills in the defaults that the server adds to an item for containers (`SetDefaults_LimitRangeItem`).
    fn fill_in(&mut self) {
        let missing = |list: &mut ResourceList, from: &ResourceList| {
            for (name, amount) in from {
                list.entry(name.clone()).or_insert_with(|| amount.clone());
            }
        };
        missing(&mut self.default, &self.max);
        missing(&mut self.default_request, &self.default);
        missing(&mut self.default_request, &self.min);
    }
}

/// Parses quantities and rounds them as the server does. `again` parses what was stored: a fraction of bytes is then
/// decimal.
fn list(
    texts: &Quantities,
    again: impl Fn(Quantity) -> Result<Quantity, ParseQuantityError>,
) -> Result<ResourceList, (String, ParseQuantityError)> {
    let read = |text: &str| again(Quantity::parse(text.trim())?.as_stored());
    let named = |(name, text): (&String, &crate::model::QuantityText)| match read(text.as_str()) {
        Ok(amount) => Ok((name.clone(), amount)),
        Err(error) => Err((text.as_str().to_owned(), error)),
    };
    texts.iter().map(named).collect()
}
