//! Bounds and defaults of containers on the command line.

use clap::Args;
use shared::{admission::limit_range::Item, resources::ResourceList};

use super::{ResourceAmount, resource_lists};

/// The LimitRange in flags, named as `kubectl describe limitrange` names its columns.
#[derive(Args, Clone, Debug, Default)]
pub struct LimitFlags {
    /// Limits of containers that name none
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub default_limit: Vec<ResourceAmount>,

    /// Requests of containers that name none
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub default_request: Vec<ResourceAmount>,

    /// The least that a container may ask for
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub min: Vec<ResourceAmount>,

    /// The most that a container may be limited to
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Limits")]
    pub max: Vec<ResourceAmount>,

    /// The most that limit divided by request may be
    #[arg(long, value_name = "RESOURCE=NUMBER", value_delimiter = ',', help_heading = "Limits")]
    pub max_ratio: Vec<ResourceAmount>,
}

impl LimitFlags {
    /// Whether none was given.
    pub fn is_empty(&self) -> bool {
        let Self { default_limit, default_request, min, max, max_ratio } = self;
        [default_limit, default_request, min, max, max_ratio].iter().all(|pairs| pairs.is_empty())
    }

    /// Puts what was given over what an item says.
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

    /// The flags that say what an item says, each with its value.
    pub fn of(item: &Item) -> Vec<(&'static str, String)> {
        let flags = ["--default-limit", "--default-request", "--max", "--min", "--max-ratio"];
        let texts = resource_lists(item).map(|(_, list)| list_text(list));
        flags.into_iter().zip(texts).filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// `cpu=1,memory=1Gi`.
pub fn list_text(list: &ResourceList) -> String {
    let pairs = list.iter().map(|(name, amount)| format!("{name}={}", amount.text()));
    pairs.collect::<Vec<_>>().join(",")
}
