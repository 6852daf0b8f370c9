//! Kinds of teams, and the numbers to begin with.

use clap::ValueEnum;
use shared::{admission::limit_range::Item, quantity::Quantity, resources::ResourceList};

/// A kind of team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Team {
    /// A few services: 2 CPUs, 4Gi, 20 pods
    Small,
    /// A product: 8 CPUs, 16Gi, 50 pods
    Medium,
    /// A platform: 32 CPUs, 64Gi, 200 pods
    Large,
    /// What `kubectl quota recommend` says of what runs
    Custom,
}

impl Team {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Small, Self::Medium, Self::Large, Self::Custom];

    /// As the flag has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Custom => "custom",
        }
    }

    /// The limits of a quota; none for `Custom`, which is measured.
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

    /// The defaults of containers, the same for all: those of every introduction.
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
