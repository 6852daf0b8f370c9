//! Whether a namespace exists, for somebody who may not be allowed to know.
//!
//! The ladder: LIST all namespaces, GET the one, ask what we may do in it, and last what is known without the cluster.
//! The first evidence that knows answers, and the answer says which it was.
//!
//! The first two rungs know the same, and either settles the matter alone, so the cheaper one is climbed first: GET is
//! one small answer whatever the size of the cluster, and a Role in a namespace may allow it where no list is allowed.
//! LIST is asked where GET is forbidden; and where GET says that there is no such namespace, for names like it. A
//! namespace that is made or deleted between the two is seen by whichever is asked later, in either order.

mod ask;
mod decide;
mod rules;

pub use ask::ask;
pub use decide::{Evidence, Existence};
