//! What the tests use: a control plane shared by a test binary, an environment of their own, a pseudo-terminal,
//! and a server that misbehaves on order.

mod shared_cluster;

pub use shared_cluster::{cluster, fresh_namespace};
