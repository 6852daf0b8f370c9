//! Whether a namespace exists, also for users who may neither read nor list namespaces.
//!
//! Asked in this order, until there is an answer: GET the namespace, LIST all, review the user's rights in it, and last
//! the settings, the kubeconfig and earlier switches. The answer names its evidence.
//!
//! GET and LIST know the same, and either is conclusive, so the cheaper one comes first: GET is
//! one small answer whatever the size of the cluster, and a Role in a namespace may allow it where LIST is forbidden.
//! LIST is sent where GET is forbidden, and for similar names where GET finds nothing. A
//! namespace that is created or deleted between the two is seen by the later one, in either order.

mod ask;
mod decide;
mod rules;

pub use ask::ask;
pub use decide::{Evidence, Existence};
