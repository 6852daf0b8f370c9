//! `check --ask-server`: the server's own verdict by dry run, webhooks and policies included.
//!
//! A dry run charges nothing, so dry runs do not add up, and that of a workload does not create pods. So each object is
//! sent, and one pod of each workload; the pod that the server returns is then charged as often as it would be created.

mod ask;
mod earlier;
pub mod response;
pub mod verdict;

pub use ask::ask;
pub use response::{DryRun, DryRunResponse};
pub use verdict::ServerVerdict;

use earlier::depends_on_earlier;
