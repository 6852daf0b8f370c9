//! Team sizes and their limits.

use clap::ValueEnum;
use shared::{
    admission::{limit_range::Item, proposal::TeamSize},
    resources::ResourceList,
};

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
        match self {
            Self::Small => Some(TeamSize::Small.hard()),
            Self::Medium => Some(TeamSize::Medium.hard()),
            Self::Large => Some(TeamSize::Large.hard()),
            Self::Custom => None,
        }
    }

    /// Returns the defaults of containers, the same for all sizes.
    pub fn container() -> Item {
        TeamSize::container()
    }
}
