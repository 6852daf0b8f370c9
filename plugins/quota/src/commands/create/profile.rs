//! Team sizes and their limits.

use clap::ValueEnum;
use shared::{admission::limit_range::Item, quantity::Quantity, resources::ResourceList};

/// Size of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Team {
    /// A few services: 2 CPUs, 4Gi of memory, 20 pods
    Small,
    /// A product: 8 CPUs, 16Gi of memory, 50 pods
    Medium,
    /// A platform: 32 CPUs, 64Gi of memory, 200 pods
    Large,
    /// Sized by what runs, as by `kubectl quota recommend`
    Custom,
}

impl Team {
    /// All sizes, in the order of the question.
    pub const ALL: [Self; 4] = [Self::Small, Self::Medium, Self::Large, Self::Custom];

    /// Returns the value of the flag.
    pub fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Custom => "custom",
        }
    }

    /// Returns the limits of the quota; `None` for `Custom`, which is sized by what runs.
    pub fn hard(self) -> Option<ResourceList> {
        let amounts = match self {
            Self::Small => ["2", "4Gi", "4", "8Gi", "20", "2", "5", "50Gi"],
            Self::Medium => ["8", "16Gi", "16", "32Gi", "50", "5", "20", "200Gi"],
            Self::Large => ["32", "64Gi", "64", "128Gi", "200", "10", "50", "1Ti"],
            Self::Custom => return None,
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
        Some(list(names.into_iter().zip(amounts)))
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
