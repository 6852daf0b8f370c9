//! What every plugin's command line has in common.

mod connection_flags;
mod exit_status;
mod request_timeout;

pub use connection_flags::ConnectionFlags;
pub use exit_status::ExitStatus;
pub use request_timeout::RequestTimeout;
