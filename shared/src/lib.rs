//! What the four kubectl plugins stand on. One room an idea; no room knows a plugin.
//!
//! - [`base64`]: as Go reads it.
//! - [`cli`]: connection flags, the one `main`, exit status, completion.
//! - [`client`]: from flags and kubeconfig to answers of the API server.
//! - [`error`]: failures as sentences, with a hint and an exit status.
//! - [`kubeconfig`]: reading kubeconfig files as client-go does.
//! - [`model`]: slim structs of what the plugins read, and the dumps they can be read from.
//! - [`output`]: tables, formats, the printer, sanitising, human time.
//! - [`prompt`]: questions on a terminal.
//! - [`quantity`]: exact Kubernetes quantities.
//! - [`resources`]: effective requests and limits of a pod.
//! - [`selector`]: label and field selectors applied on our side.
//! - [`state`]: what a plugin remembers between two runs.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod allocator;
pub mod base64;
pub mod cli;
pub mod client;
pub mod error;
pub mod kubeconfig;
pub mod model;
pub mod output;
pub mod prompt;
pub mod quantity;
pub mod resources;
pub mod selector;
pub mod state;

pub use error::{Error, Result};
