//! What a Service's load balancer is, and what the next sync makes of it.

mod before;
mod case;
mod plan;

pub use before::load_balancer;
pub use case::{Cluster, ServiceCase, Source};
pub use plan::{AnnotationChange, Plan, annotation_changes, plan};
