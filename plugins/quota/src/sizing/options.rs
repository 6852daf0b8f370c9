//! The options of sizing.

use clap::ValueEnum;
use shared::quantity::Percent;

use crate::proposal::{LimitFlags, ResourceAmount};

/// The terminating pods to reserve capacity for, beside their replacements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Terminating {
    /// None: replacements may be refused until the old pods are gone
    None,
    /// Those of one step of a rolling update
    #[default]
    Step,
    /// All that an update replaces: nothing is refused, however slowly pods terminate
    All,
}

/// The number of replicas to reserve for autoscalers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Autoscalers {
    /// Their maxReplicas
    #[default]
    Max,
    /// Their current replicas
    Now,
}

/// The options of a recommendation.
#[derive(Clone, Debug)]
pub struct Options {
    /// The percentage added to what is needed.
    pub headroom: Percent,
    /// The terminating pods to reserve capacity for.
    pub terminating: Terminating,
    /// The replicas to reserve for autoscalers.
    pub autoscalers: Autoscalers,
    /// Whether to set default limits for containers without limits.
    pub default_limits: bool,
    /// Whether to set the smallest and largest amounts of containers.
    pub bounds: bool,
    /// Whether to limit numbers of objects other than pods.
    pub object_counts: bool,
    /// The quota's name, if it was given.
    pub name: Option<String>,
    /// Hard limits that were given.
    pub hard: Vec<ResourceAmount>,
    /// Bounds and defaults that were given.
    pub limits: LimitFlags,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            headroom: Percent::new(20),
            terminating: Terminating::default(),
            autoscalers: Autoscalers::default(),
            default_limits: false,
            bounds: false,
            object_counts: false,
            name: None,
            hard: Vec::new(),
            limits: LimitFlags::default(),
        }
    }
}
