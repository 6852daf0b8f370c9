//! The arguments of `kubectl quota rollout`.

use clap::Args;

use crate::capacity::args::CapacityArgs;

/// Arguments of `kubectl quota rollout`.
#[derive(Args, Clone, Debug)]
pub struct RolloutArgs {
    /// The arguments that `fits` shares.
    #[command(flatten)]
    pub capacity: CapacityArgs,
}
