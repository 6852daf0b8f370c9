//! What the events of a Service tell about its syncs.

mod causes;
mod digest;
mod last_change;
mod last_sync;
mod service;

pub use causes::cause;
pub use digest::{EventLine, digest};
pub use last_change::LastChange;
pub use last_sync::{LastSync, is_outcome, last_sync};
pub use service::{is_about, service_of};
