//! Whether the controller has done what the Service asks for now, and waiting until it has.

mod follow;
mod goal;
mod state;

pub use follow::{Waited, follow};
pub use goal::Goal;
pub use state::{State, SyncState};
