//! `kubectl elb-tls`.

use std::process::ExitCode;

mod api_version;
mod args;
mod certificates;
mod commands;
mod completers;
mod connections;
mod controllers;
mod events;
mod help;
mod inputs;
mod key_changes;
mod keys;
mod listeners;
mod parallel;
mod planning;
mod policies;
mod rules;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod schemas;
mod service_status;
mod show;
mod sync;
mod sync_state;
mod values;
mod verification;
mod writes;

#[global_allocator]
static ALLOCATOR: shared::ThreadedAllocator = shared::ThreadedAllocator;

fn main() -> ExitCode {
    shared::cli::main::<args::ElbTlsArgs>()
}
