//! Which controller makes a Service's load balancer, and how that shows.

mod detect;
mod hostname;
mod kind;
mod traces;

pub use detect::{Controller, Situation, acting, detect, maker};
pub use hostname::{Hostname, HostnameKind};
pub use kind::{ControllerKind, EKS_AUTO_CLASS, LBC_CLASS, RULES_OF};
