//! What the events of a Service tell about its syncs.

mod event;
mod last_sync;

pub use event::Event;
pub use last_sync::{LastSync, last_sync};
