//! `check --ask-server`: what the server itself says, by dry run, with all its webhooks and policies.
//!
//! A dry run is never cumulative and charges nothing, and of a workload it tries the workload alone. So each object is
//! tried, and of each workload one pod; what comes back is counted here as often as it would be made.

mod ask;
mod earlier;
pub mod response;
pub mod verdict;

pub use ask::ask;
pub use response::{DryRun, DryRunResponse};
pub use verdict::ServerVerdict;

use earlier::depends_on_earlier;
