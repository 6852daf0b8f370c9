//! `kubectl quota`: what each namespace may use, uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
pub mod commands;
mod document;
mod inventory;
pub mod proposal;
mod room;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
