//! From flags to Services and what decides about them: all that reads a cluster, a dump or files.

mod cluster_facts;
mod collect;
mod files;
mod flags;
mod lines;
mod live;
mod node;
mod options;

pub use collect::{Collected, collect};
pub use flags::{ControllerFlag, ServiceFlags};
pub use options::Options;
