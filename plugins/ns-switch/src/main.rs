//! `kubectl ns-switch`: switches namespaces and contexts, and changes nothing else.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod api_version;
mod args;
mod commands;
mod completers;
mod credentials;
mod kubeconfigs;
mod kubectl_flags;
mod kubectx;
mod namespaces;
mod picker;
#[cfg(test)]
mod schemas;
mod sessions;
mod settings;
mod state;
mod switching;
mod users;

#[global_allocator]
static ALLOCATOR: shared::Allocator = shared::Allocator;

fn main() -> std::process::ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    kubectx::run(&arguments).unwrap_or_else(shared::cli::main::<args::NsSwitchArgs>)
}
