//! From flags to Services and what decides about them: all that reads a cluster, a dump or files.

mod cluster_facts;
mod collect;
mod early;
mod files;
mod flags;
mod lines;
mod live;
mod node;
mod options;

pub use collect::{Collected, collect, collect_judged};
pub use flags::{ControllerFlag, ServiceFlags};
pub use options::Options;
