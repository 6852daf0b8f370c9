//! The real control plane for tests and for hands: etcd, kube-apiserver, kube-controller-manager, kube-scheduler
//! and kwok, built from source once, started on free ports with certificates of their own, and gone when the
//! process that started them is gone.
//!
//! ```no_run
//! use cluster::{Cluster, NodeSpec, Options};
//! # fn main() -> cluster::Result<()> {
//! let cluster = Cluster::start(Options::default())?;
//! cluster.add_node(&NodeSpec::new("node-1").zone("eu-west-1a"))?;
//! let namespaces = cluster.api().get("/api/v1/namespaces")?;
//! # drop(namespaces); Ok(())
//! # }
//! ```

pub mod api;
mod cargo;
mod certificates;
mod control_plane;
mod error;
pub mod example;
mod kubeconfig;
pub mod kubelet;
mod nodes;
mod programs;
mod rbac;
mod users;

pub use api::Api;
pub use cargo::cargo;
pub use certificates::{Authority, Identity, base64};
pub use control_plane::audit::{AuditEntry, AuditLog};
pub use control_plane::options::Options;
pub use control_plane::ports::free as free_ports;
pub use control_plane::watchdog::Watchdog;
pub use control_plane::{Cluster, Etcd};
pub use error::{Context, Error, Result};
pub use kubeconfig::Kubeconfig;
pub use nodes::NodeSpec;
pub use programs::{CACHE_FOLDER, GoModule, ModuleFile, NAMES, Programs, build_program, cache_root};
pub use rbac::Rule;
pub use users::Expiry;
