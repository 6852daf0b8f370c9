//! `kubectl elb-tls`.

use std::process::ExitCode;

mod api_version;
mod args;
mod certificates;
mod commands;
mod completers;
mod controllers;
mod events;
mod inputs;
mod key_changes;
mod keys;
mod listeners;
mod planning;
mod policies;
mod rules;
#[cfg(test)]
mod samples;
mod show;
mod sync;
mod values;
mod writes;

fn main() -> ExitCode {
    shared::cli::main::<args::ElbTlsArgs>()
}
