//! How generous to be.

use clap::ValueEnum;
use shared::quantity::Percent;

use crate::proposal::{LimitFlags, ResourceAmount};

/// Which pods on their way out there is to be room for, beside their successors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Terminating {
    /// None: successors may be refused for as long as the old ones take to end
    None,
    /// Those of one step of a rolling update
    #[default]
    Step,
    /// All that an update replaces: nothing is ever refused, however slowly pods end
    All,
}

/// How far autoscalers are to reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Autoscalers {
    /// To their maxReplicas
    #[default]
    Max,
    /// As far as they are now
    Now,
}

/// What is asked of a recommendation.
#[derive(Clone, Debug)]
pub struct Options {
    /// On top of everything.
    pub headroom: Percent,
    /// Which terminating pods count.
    pub terminating: Terminating,
    /// Whether autoscalers count.
    pub autoscalers: Autoscalers,
    /// Whether containers without limits are to get some.
    pub default_limits: bool,
    /// The quota's name, if it was given.
    pub name: Option<String>,
    /// Values that were given.
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
            name: None,
            hard: Vec::new(),
            limits: LimitFlags::default(),
        }
    }
}
