//! `kubectl elb-tls`.

use std::process::ExitCode;

mod args;

fn main() -> ExitCode {
    shared::cli::main::<args::ElbTlsArgs>()
}
