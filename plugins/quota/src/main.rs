//! `kubectl quota`: what each namespace may use, uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod admission;
mod aggregate;
mod args;
mod check;
mod countable;
mod defaulting;
mod evaluator;
mod facts;
mod limit_range;
mod quota_facts;
mod resource_name;
mod room;
mod skipped;
mod usage;
mod validation;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
