//! Team sizes and their limits.

use crate::{admission::limit_range::Item, quantity::Quantity, resources::ResourceList};

/// The size of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamSize {
    /// A few services.
    Small,
    /// A product.
    Medium,
    /// A platform.
    Large,
}

impl TeamSize {
    /// All sizes, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// Returns the limits of the quota.
    pub fn hard(self) -> ResourceList {
        let amounts = match self {
            Self::Small => ["2", "4Gi", "4", "8Gi", "20", "2", "5", "50Gi"],
            Self::Medium => ["8", "16Gi", "16", "32Gi", "50", "5", "20", "200Gi"],
            Self::Large => ["32", "64Gi", "64", "128Gi", "200", "10", "50", "1Ti"],
        };
        let names = [
            "requests.cpu",
            "requests.memory",
            "limits.cpu",
            "limits.memory",
            "pods",
            "services.loadbalancers",
            "persistentvolumeclaims",
            "requests.storage",
        ];
        list(names.into_iter().zip(amounts))
    }

    /// Returns the defaults of containers, the same for all sizes.
    pub fn container() -> Item {
        Item {
            kind: "Container".to_owned(),
            default: list([("cpu", "200m"), ("memory", "512Mi")]),
            default_request: list([("cpu", "100m"), ("memory", "256Mi")]),
            ..Item::default()
        }
    }
}

fn list<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> ResourceList {
    let read = |(name, amount): (&str, &str)| Some((name.to_owned(), Quantity::parse(amount).ok()?));
    pairs.into_iter().filter_map(read).collect()
}
