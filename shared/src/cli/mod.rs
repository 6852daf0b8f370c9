//! What every plugin's command line has in common.

mod block_on;
pub mod clock;
pub mod completion;
mod connection_flags;
mod default_subcommand;
mod dry_run;
mod dump_flag;
mod fail_on;
mod foreground;
mod global_flags;
mod help_anywhere;
pub(crate) mod interrupt;
mod leak_until_exit;
mod main;
pub mod man;
mod mistyped;
mod output_flags;
mod request_timeout;
mod termination;

pub use crate::exit_status::{EXIT_STATUS_HELP, ExitStatus};
pub use block_on::{Interrupt, block_on, block_on_interruptible};
pub use connection_flags::ConnectionFlags;
pub use dry_run::DryRun;
pub use dump_flag::DumpFlag;
pub use fail_on::FailOn;
pub use foreground::run_in_foreground;
pub use global_flags::{GlobalFlags, LookFlags};
pub use leak_until_exit::leak_until_exit;
pub use main::{Plugin, command, main, run};
pub use output_flags::OutputFlags;
pub use request_timeout::RequestTimeout;
pub use termination::Termination;
