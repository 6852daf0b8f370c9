//! What every plugin's command line has in common.

mod exit_status;

pub use exit_status::ExitStatus;
