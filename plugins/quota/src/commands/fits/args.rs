//! What can be typed after `kubectl quota fits`.

use clap::Args;

use crate::capacity::options::CapacityArgs;

/// Arguments of `kubectl quota fits`.
#[derive(Args, Clone, Debug)]
pub struct FitsArgs {
    /// Flags that `rollout` has too.
    #[command(flatten)]
    pub capacity: CapacityArgs,

    /// Exit with status 3 when the workload can't have so many pods
    #[arg(long, value_name = "N")]
    pub replicas: Option<usize>,
}
