//! `kubectl quota`: what each namespace may use, what it uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod api_version;
mod args;
pub mod capacity;
pub mod commands;
mod document;
mod help;
mod inventory;
pub mod proposal;
pub mod refusal_message;
mod remedy;
pub mod shortage;
pub mod sizing;
pub mod starter_amounts;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
