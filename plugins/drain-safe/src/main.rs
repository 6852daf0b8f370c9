//! `kubectl drain-safe`.
#![allow(dead_code, unused_imports)]

use std::process::ExitCode;

mod args;
mod flags;
mod plan;
mod run;

fn main() -> ExitCode {
    shared::cli::main::<args::DrainSafeArgs>()
}
