//! `kubectl ns-switch`: switches namespaces and contexts, and changes nothing else.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
mod auth;
mod compatible;
mod completers;
mod contexts;
mod difference;
mod doctor;
mod dry_run;
mod edits;
mod existence;
mod fitting;
mod known;
mod kubeconfigs;
mod kubectl_flags;
mod list;
mod natural_order;
mod outline;
mod pick;
mod settings;
mod state;
mod switching;
mod to;
mod undo;
mod use_context;

fn main() -> std::process::ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    compatible::run(&arguments).unwrap_or_else(shared::cli::main::<args::NsSwitchArgs>)
}
