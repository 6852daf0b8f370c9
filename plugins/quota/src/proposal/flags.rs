//! The flags for bounds and defaults of containers.

use clap::Args;
use shared::{admission::limit_range::Item, resources::ResourceList};

use super::{ResourceAmount, list_text, resource_lists};

/// The flags of a LimitRange, named like the columns of `kubectl describe limitrange`.
#[derive(Args, Clone, Debug, Default)]
pub struct LimitFlags {
    /// Set default limits for containers that specify none
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub default_limit: Vec<ResourceAmount>,

    /// Set default requests for containers that specify none
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub default_request: Vec<ResourceAmount>,

    /// Set the minimum that a container must request
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub min: Vec<ResourceAmount>,

    /// Set the maximum limit of a container
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub max: Vec<ResourceAmount>,

    /// Set the maximum ratio of limit to request
    #[arg(long, value_name = "RESOURCE=NUMBER", value_delimiter = ',', help_heading = "Limits")]
    pub max_ratio: Vec<ResourceAmount>,
}

impl LimitFlags {
    /// Returns whether no flag was given.
    pub fn is_empty(&self) -> bool {
        let Self { default_limit, default_request, min, max, max_ratio } = self;
        [default_limit, default_request, min, max, max_ratio].iter().all(|pairs| pairs.is_empty())
    }

    /// Overrides the values of an item with those that were given.
    pub fn override_in(&self, item: &mut Item) {
        let put = |list: &mut ResourceList, pairs: &[ResourceAmount]| {
            list.extend(pairs.iter().map(|pair| (pair.resource.clone(), pair.amount.clone())));
        };
        put(&mut item.default, &self.default_limit);
        put(&mut item.default_request, &self.default_request);
        put(&mut item.min, &self.min);
        put(&mut item.max, &self.max);
        put(&mut item.ratio, &self.max_ratio);
    }

    /// Returns the flags, with values, that describe an item.
    pub fn of(item: &Item) -> Vec<(&'static str, String)> {
        let flags = ["--default-limit", "--default-request", "--max", "--min", "--max-ratio"];
        let texts = resource_lists(item).map(|(_, list)| list_text(list));
        flags.into_iter().zip(texts).filter(|(_, text)| !text.is_empty()).collect()
    }
}
