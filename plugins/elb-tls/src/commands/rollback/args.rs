//! The arguments of `rollback`.

use clap::Args;

use crate::{completers, writes::WriteFlags};

/// The arguments of `kubectl elb-tls rollback`.
#[derive(Args, Clone, Debug)]
pub struct RollbackArgs {
    /// The name of the Service
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub name: String,

    /// Undo the change of this number and all after it [default: the newest]
    #[arg(long, value_name = "NUMBER")]
    pub to: Option<u64>,

    /// List the recorded changes, and write nothing
    #[arg(long, conflicts_with = "to")]
    pub list: bool,

    /// How they are written.
    #[command(flatten)]
    pub write: WriteFlags,
}
