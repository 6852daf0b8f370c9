//! `kubectl drain-safe`.
#![cfg_attr(test, allow(clippy::unwrap_used))]

use std::process::ExitCode;

mod api_version;
mod args;
mod budgets;
mod collect;
mod commands;
mod completers;
mod facts;
mod flags;
mod help;
mod manifest;
mod object_files;
mod plan;
mod pods;
mod run;
#[cfg(test)]
mod schemas;
mod show;
mod verdict;

#[global_allocator]
static ALLOCATOR: shared::Allocator = shared::Allocator;

fn main() -> ExitCode {
    shared::cli::main::<args::DrainSafeArgs>()
}
