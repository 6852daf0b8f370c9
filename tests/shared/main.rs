//! The shared crate against real programs: an API server, kubectl, a terminal, signals, and servers that misbehave.
//!
//! | Behavior | File |
//! |---|---|
//! | errors of requests beside kubectl's, on a real control plane | `client/real_cluster` |
//! | servers that are down, answer badly or slowly, or have bad certificates | `client/connections`, `client/answers`, `client/tls` |
//! | proxies | `client/proxies` |
//! | credential plugins | `client/plugins`; beside kubectl on a real control plane: `client/real_plugins` |
//! | lists in pages, JSON and protobuf, watches that break | `lists_and_watches` |
//! | random kubeconfigs, loaded as kubectl loads them (`KUBECONFIG_DIFFERENTIAL_CASES`) | `kubeconfig` |
//! | random edits, as `kubectl config` makes them | `kubeconfig/editing` |
//! | many writers of one kubeconfig, writers that are killed | `kubeconfig/concurrent_writes` |
//! | quantities, as the API server stores and refuses them | `quantity` |
//! | where pods fit, as the scheduler decides (`PLACEMENT_TRIALS`) | `placement` |
//! | prompts, progress, Ctrl-C on a terminal | `prompt`, `progress`, `interrupt` |
//!
//! What runs at a terminal or under signals is a program of its own, in `programs/`; `program` starts it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![allow(clippy::print_stdout, reason = "a random test prints its seed")]

mod client;
mod interrupt;
mod kubeconfig;
mod layers;
mod lists_and_watches;
mod manifests;
mod placement;
mod program;
mod progress;
mod prompt;
mod quantity;
