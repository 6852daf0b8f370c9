//! `kubectl drain-safe`.

use std::process::ExitCode;

mod args;

fn main() -> ExitCode {
    shared::cli::main::<args::DrainSafeArgs>()
}
