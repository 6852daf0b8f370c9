//! The verdict of a server-side dry run on one pod of a workload.

use super::object::PodFacts;
use crate::admission::Refusal;

/// The server's dry-run answer to one pod of a workload, used in place of a simulation.
#[derive(Clone, Debug, Default)]
pub struct PodVerdict {
    /// The pod after mutating admission.
    pub pod: Option<PodFacts>,
    /// The refusal, if it is refused.
    pub refusal: Option<Refusal>,
    /// Why the verdict is uncertain.
    pub doubt: Option<String>,
}
