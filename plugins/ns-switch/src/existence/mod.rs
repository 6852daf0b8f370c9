//! Whether a namespace exists, for somebody who may not be allowed to know.
//!
//! The ladder: GET the namespace, LIST all, ask what we may do in it, and last what is known without the cluster. The
//! first rung that knows answers. GET comes before LIST because it is one small answer whatever the size of the
//! cluster, and because a Role in a namespace may allow it where no list is allowed.

mod ask;
mod decide;
mod rules;

pub use ask::ask;
pub use decide::{Existence, Rung};
