//! `kubectl quota`: what each namespace may use, uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
mod countable;
mod quota_facts;
mod resource_name;
mod skipped;
mod usage;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
