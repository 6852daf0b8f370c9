//! The flags of `create`.

use clap::{Args, ValueEnum};
use shared::{admission::quota_facts::ScopeRequirement, cli::DryRun};

use super::{profile::Team, scope_selector::ScopeSelector};
use crate::proposal::{LimitFlags, ResourceAmount};

/// What can be typed after `kubectl quota create`.
#[derive(Args, Clone, Debug)]
pub struct CreateArgs {
    /// The name of the quota, and of the LimitRange [default: "quota"]
    pub name: Option<String>,

    /// The limits, as for kubectl create quota
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',')]
    pub hard: Vec<ResourceAmount>,

    /// Which pods count
    #[arg(long, value_name = "SCOPE", value_delimiter = ',')]
    pub scopes: Vec<String>,

    /// Which pods count, more finely: PriorityClass=high, 'PriorityClass in (high,low)', '!PriorityClass', in the
    /// syntax of label selectors
    #[arg(long, value_name = "SELECTOR")]
    pub scope_selector: Option<ScopeSelector>,

    /// Begin with the numbers of a kind of team; --hard and the limits change single ones
    #[arg(long, value_name = "KIND", value_enum)]
    pub team: Option<Team>,

    /// Bounds and defaults of containers, in a LimitRange.
    #[command(flatten)]
    pub limits: LimitFlags,

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Write values that would break what runs, and names that nothing ever counts
    #[arg(long)]
    pub force: bool,

    /// Only show what would be written: as it is (client), or after the server looked at it (server)
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_value_t,
        default_missing_value = "client"
    )]
    pub dry_run: DryRun,

    /// Don't wait until the quota is enforced
    #[arg(long)]
    pub no_wait: bool,

    /// Print the objects instead of what was done to them
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub output: Option<Output>,
}

impl CreateArgs {
    /// What the selector says, if there is one.
    pub fn selected(&self) -> Vec<ScopeRequirement> {
        self.scope_selector.iter().flat_map(|selector| selector.0.clone()).collect()
    }
}

/// How objects are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// As YAML
    Yaml,
    /// As JSON
    Json,
    /// Only their names
    Name,
}
