//! What can be typed after `kubectl quota rollout`.

use clap::Args;

use crate::capacity::options::CapacityArgs;

/// Arguments of `kubectl quota rollout`.
#[derive(Args, Clone, Debug)]
pub struct RolloutArgs {
    /// Flags that `fits` has too.
    #[command(flatten)]
    pub capacity: CapacityArgs,
}
