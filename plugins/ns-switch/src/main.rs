//! `kubectl ns-switch`: switches namespaces and contexts, and changes nothing else.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
mod auth;
mod contexts;
mod known;
mod kubeconfigs;
mod list;
mod natural_order;
mod review;
mod settings;
mod state;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::NsSwitchArgs>()
}
