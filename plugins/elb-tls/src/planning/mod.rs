//! What a Service's load balancer is, and what the next sync makes of it.

mod before;
mod case;
mod plan;
mod recorded;
mod target_group_binding;

pub use before::load_balancer;
pub use case::{Cluster, ServiceCase, Source};
pub use plan::{AnnotationChange, Plan, ServiceName, annotation_changes, plan};
pub use recorded::Recorded;
pub use target_group_binding::TargetGroupBinding;
