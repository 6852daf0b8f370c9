//! The arguments of `kubectl quota fits`.

use clap::Args;

use crate::capacity::args::CapacityArgs;

/// Arguments of `kubectl quota fits`.
#[derive(Args, Clone, Debug)]
pub struct FitsArgs {
    /// The arguments that `rollout` shares.
    #[command(flatten)]
    pub capacity: CapacityArgs,

    /// Exit with status 3 unless the workload can have this many pods in total
    #[arg(long, value_name = "N")]
    pub replicas: Option<usize>,

    /// Show how many more pods nodes have room for as well, by the scheduler's filters
    #[arg(long)]
    pub nodes: bool,
}
