//! `kubectl quota`: what each namespace may use, uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod admission;
mod aggregate;
mod args;
mod clock;
pub mod commands;
mod countable;
mod defaulting;
mod document;
mod evaluator;
pub mod facts;
mod inventory;
mod limit_range;
mod listing;
mod proposal;
mod quota_facts;
mod resource_name;
mod room;
mod skipped;
mod validation;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
