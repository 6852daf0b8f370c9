//! What is known of a pod before any budget or node is asked: filters in the order in which they decide, and what an
//! eviction would lose.

mod annotations;
mod daemon;
mod found;
mod job;
mod local_data;
mod only_replica;
mod standing;
mod surge;

pub use annotations::annotations;
pub use daemon::tolerates_cordon;
pub use found::{Found, verdict};
pub use job::{Restart, restart_of_job};
pub use local_data::{bound_data, claims_of, local_data};
pub use only_replica::wanted_replicas;
pub use standing::standing;
pub use surge::{Move, obstacle};
