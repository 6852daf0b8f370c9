//! What the four kubectl plugins stand on. Each room holds one idea; none knows a plugin.
//!
//! The rooms stand on floors, and a room names only rooms below it (`tests/shared/layers` holds this):
//!
//! 1. [`quantity`]: exact Kubernetes quantities. [`base64`]: as Go reads it. [`go_duration`]: durations as Go writes
//!    them. [`regular_file`]: opening files without waiting for anybody. [`edit_distance()`]: how far a word is from
//!    another. [`error`] and [`ExitStatus`]: failures as sentences, with a hint and an exit status.
//! 2. [`model`]: slim structs of what the plugins read, and the kinds of the API. [`yaml`]: YAML as kubectl reads it.
//!    [`selector`]: label and field selectors applied locally. [`output`]: tables, formats, the printer, sanitizing,
//!    human-readable times.
//! 3. [`resources`]: effective requests and limits of a pod. [`dump`]: objects from files instead of a cluster:
//!    manifests, `kubectl get -o yaml`, must-gathers. [`cli`]: connection flags, the one `main`, completion. [`state`]:
//!    what a plugin remembers between two runs.
//! 4. [`manifest`]: objects to be created or changed, and what `kubectl apply` does to existing ones. [`placement`]:
//!    where pods can run. [`kubeconfig`]: kubeconfig files, read and edited as client-go does. [`prompt`]: questions on
//!    a terminal.
//! 5. [`admission`]: what the API server says to a create, an update or a delete. [`client`]: from flags and kubeconfig
//!    to responses of the API server.
//! 6. [`workload`]: what the built-in controllers create and delete.
//! 7. [`snapshot`]: what of a cluster decides about admission, read from the cluster or from a dump.
//!
//! Quantities, models, resources, selectors, YAML, dumps, manifests, admission, workloads and placement are pure: they
//! compute from values, and name nothing that talks to a server or to a person. Only dumps read files.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod admission;
mod allocator;
pub mod base64;
pub mod cli;
pub mod client;
pub mod dump;
mod edit_distance;
pub mod error;
mod exit_status;
pub mod go_duration;
pub mod kubeconfig;
pub mod manifest;
pub mod model;
pub mod output;
pub mod placement;
pub mod prompt;
pub mod quantity;
pub mod regular_file;
pub mod resources;
pub mod selector;
pub mod snapshot;
pub mod state;
pub mod workload;
pub mod yaml;

pub use allocator::{Allocator, ThreadedAllocator};
pub use edit_distance::edit_distance;
pub use error::{Error, Result};
pub use exit_status::ExitStatus;
