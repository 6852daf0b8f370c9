//! The shared crate against real programs: an API server, kubectl, a terminal, signals, and servers that misbehave.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod client;
mod interrupt;
mod kubeconfig;
mod manifests;
mod program;
mod progress;
mod prompt;
mod quantity;
mod reading;
