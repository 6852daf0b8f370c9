//! The arguments of `kubectl drain-safe rolling`.

use clap::Args;
use shared::cli::RequestTimeout;

use crate::{
    flags::{DecisionFlags, RunFlags, TargetFlags, WriteFlags},
    run::rolling::Until,
};

/// The arguments of `kubectl drain-safe rolling`.
#[derive(Args, Clone, Debug)]
pub struct RollingArgs {
    /// Which nodes.
    #[command(flatten)]
    pub targets: TargetFlags,

    /// What decides about their pods.
    #[command(flatten)]
    pub decision: DecisionFlags,

    /// How each drain is carried out.
    #[command(flatten)]
    pub run: RunFlags,

    /// Execute this command line once a node is drained, with its name in $NODE
    #[arg(long, value_name = "COMMAND")]
    pub exec_after: Option<String>,

    /// Wait until a node is ready, has had a reboot, another version, or this version (v1.37.2)
    #[arg(long, value_name = "WHAT", default_value = "ready")]
    pub until: String,

    /// How long a node may take to come back, and its workloads to be whole (1m30s); 0 waits for ever
    #[arg(long, value_name = "DURATION", default_value = "15m")]
    pub node_timeout: RequestTimeout,

    /// Who confirms, and how far it goes.
    #[command(flatten)]
    pub write: WriteFlags,
}

impl RollingArgs {
    /// Returns which node came back.
    ///
    /// # Errors
    /// A word that is none of them.
    pub fn until(&self) -> Result<Until, String> {
        self.until.parse()
    }
}
