//! The arguments of `finish`.

use clap::Args;
use shared::cli::RequestTimeout;

/// The arguments of `kubectl drain-safe finish`.
#[derive(Args, Clone, Debug)]
pub struct FinishArgs {
    /// Nodes that are to take pods again, as NAME or node/NAME
    #[arg(value_name = "NODE", required = true)]
    pub nodes: Vec<String>,

    /// Wait until the kubelet reports this version, v1.36.3 for instance
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,

    /// Give up on a node after this long (1m30s); 0 waits for ever
    #[arg(long, value_name = "DURATION", default_value = "15m")]
    pub timeout: RequestTimeout,
}
