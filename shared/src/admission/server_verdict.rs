//! What the server said, by dry run, of one pod of a workload.

use super::object::PodFacts;
use crate::admission::Refusal;

/// What the server's answer to one pod of a workload comes to.
#[derive(Clone, Debug, Default)]
pub struct PodVerdict {
    /// The pod with all that admission makes of it.
    pub unit: Option<PodFacts>,
    /// The words to it, where it is refused.
    pub refusal: Option<Refusal>,
    /// Why what is said of the pods is not certain.
    pub doubt: Option<String>,
}
