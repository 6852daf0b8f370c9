//! What the four kubectl plugins stand on. One room an idea; no room knows a plugin.
//!
//! - [`base64`]: as Go reads it.
//! - [`cli`]: connection flags, the one `main`, exit status, completion.
//! - [`client`]: from flags and kubeconfig to answers of the API server.
//! - [`dump`]: objects from files instead of a cluster: manifests, `kubectl get -o yaml`, must-gathers.
//! - [`error`]: failures as sentences, with a hint and an exit status.
//! - [`kubeconfig`]: reading kubeconfig files as client-go does.
//! - [`model`]: slim structs of what the plugins read.
//! - [`output`]: tables, formats, the printer, sanitizing, human time.
//! - [`prompt`]: questions on a terminal.
//! - [`quantity`]: exact Kubernetes quantities.
//! - [`regular_file`]: opening files without waiting for anybody.
//! - [`resources`]: effective requests and limits of a pod.
//! - [`selector`]: label and field selectors applied on our side.
//! - [`yaml`]: YAML as kubectl reads it, for kubeconfigs, manifests and dumps.
//! - [`state`]: what a plugin remembers between two runs.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod admission;
mod allocator;
pub mod base64;
pub mod cli;
pub mod client;
pub mod dump;
pub mod error;
mod exit_status;
pub mod kubeconfig;
pub mod manifest;
pub mod model;
pub mod output;
pub mod prompt;
pub mod quantity;
pub mod regular_file;
pub mod resources;
pub mod selector;
pub mod snapshot;
pub mod state;
pub mod workload;
pub mod yaml;

pub use error::{Error, Result};
pub use exit_status::ExitStatus;
