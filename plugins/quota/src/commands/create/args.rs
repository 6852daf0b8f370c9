//! The arguments of `create`.

use clap::{Args, ValueEnum};
use shared::{admission::quota_facts::ScopeRequirement, cli::DryRun};

use crate::completers;

use super::{profile::Team, scope_selector::ScopeSelector};
use crate::proposal::{LimitFlags, ResourceAmount};

/// The arguments of `kubectl quota create`.
#[derive(Args, Clone, Debug)]
pub struct CreateArgs {
    /// The name of the ResourceQuota and of the LimitRange [default: quota]
    pub name: Option<String>,

    /// Limit these resources in the namespace, for example requests.cpu=4,limits.memory=8Gi,pods=20,count/jobs.batch=10;
    /// may be repeated
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', add = completers::hard_limits())]
    pub hard: Vec<ResourceAmount>,

    /// Count only objects in all of these scopes: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass,
    /// CrossNamespacePodAffinity or VolumeAttributesClass
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', add = completers::scopes())]
    pub scopes: Vec<String>,

    /// Count only objects that match this scope selector, in the syntax of label selectors: PriorityClass=high,
    /// 'PriorityClass in (high,low)', '!PriorityClass'
    #[arg(long, value_name = "SELECTOR")]
    pub scope_selector: Option<ScopeSelector>,

    /// Start from the limits of a team size; --hard and the flags for limits override single values
    #[arg(long, value_name = "SIZE", value_enum)]
    pub team: Option<Team>,

    /// The LimitRange.
    #[command(flatten)]
    pub limits: LimitFlags,

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Allow values that running workloads already exceed, and resource names that are never enforced
    #[arg(long)]
    pub force: bool,

    /// How far it goes.
    #[command(flatten)]
    pub dry_run: DryRun,

    /// Do not wait until the quota is enforced
    #[arg(long)]
    pub no_wait: bool,

    /// Print the objects instead of a line for each
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub output: Option<Output>,
}

impl CreateArgs {
    /// Returns the requirements of `--scope-selector`.
    pub fn requirements(&self) -> Vec<ScopeRequirement> {
        self.scope_selector.iter().flat_map(|selector| selector.0.clone()).collect()
    }
}

/// Output format of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// Only names, as resource/name
    Name,
}
